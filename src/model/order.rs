//! How values of a field compare: numbers as numbers, dates as dates, choices in the order of their list.

use super::schema::{FieldDef, Kind, Options};
use super::{Book, Moment};
use crate::base::{Money, Span};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use smol_str::SmolStr;

/// A value made ready to be compared. Make one per row, then sort.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A number, an amount in the base currency, minutes, or a choice's place in its list.
    Number(Decimal),
    /// A point in time.
    Time(DateTime<Utc>),
    /// Text in lower case, then as spelled so that the order is total.
    Text(SmolStr, SmolStr),
    /// Nothing sorts last.
    Nothing,
}

impl Key {
    /// The key of one scalar of `field`; text order where there is no field or the text does not read as
    /// the field's kind.
    pub fn of(book: &Book, field: Option<&FieldDef>, text: &str) -> Self {
        if text.is_empty() {
            return Self::Nothing;
        }
        field
            .and_then(|f| Self::typed(book, f, text))
            .unwrap_or_else(|| Self::Text(text.to_lowercase().into(), text.into()))
    }

    fn typed(book: &Book, field: &FieldDef, text: &str) -> Option<Self> {
        let settings = book.settings();
        match &field.kind {
            Kind::Integer | Kind::Decimal => text.trim().parse().ok().map(Self::Number),
            Kind::Percent => text.trim_end_matches('%').trim().parse().ok().map(Self::Number),
            Kind::Money => {
                let money = Money::read(text, settings.currency()).ok()?;
                Some(Self::Number(settings.rates().to_base(&money).unwrap_or(money.amount)))
            }
            Kind::Duration => text.parse::<Span>().ok().map(|s| Self::Number(Decimal::from(s.minutes()))),
            Kind::Date | Kind::Datetime => Moment::read(text).map(|m| Self::Time(m.start(settings.zone()))),
            Kind::Choice(Options::Fixed(choices)) => {
                choices.iter().position(|c| c.value == text).map(|i| Self::Number(Decimal::from(i)))
            }
            _ => None,
        }
    }

    /// Whether the two are of one sort, so that less and greater mean something.
    pub fn comparable(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other) && *self != Self::Nothing
    }
}
