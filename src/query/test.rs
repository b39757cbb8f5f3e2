//! What a term asks of a value, with its own values made ready once.

use super::stretch::Window;
use super::text::Needle;
use crate::base::{Currency, Money, Span, phone};
use crate::model::{Book, FieldDef, Kind, Record};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::cmp::Ordering;

/// A test of one scalar. It knows what the book held when it was made.
#[derive(Debug, Clone)]
pub enum Test {
    /// Holds something.
    Filled,
    /// Is one of these, upper and lower case and accents alike.
    Text(Vec<Needle>),
    /// Compares so with the text.
    Order(&'static [Ordering], Needle),
    /// Is one of these words of a choice.
    Word(Vec<SmolStr>),
    /// Is one of these words, of those that the record named in `link` lists.
    Listed {
        /// The field that names the record with the list, such as `pipeline`.
        link: SmolStr,
        /// The words by what that field holds.
        words: FxHashMap<SmolStr, FxHashSet<SmolStr>>,
    },
    /// Links to one of these.
    Among(FxHashSet<SmolStr>),
    /// A number within one of these.
    Number(Measure, Vec<Bounds>),
    /// A day or time within one of these.
    When(Vec<Window>),
    /// Is one of these telephone numbers, or has these digits in it where they need not be all: as
    /// [`asked`](crate::base::phone::asked).
    Phone(Vec<String>, bool),
    /// Contains one of the texts, or stands for something whose name does.
    Contains(Vec<Needle>, FxHashSet<SmolStr>),
}

/// The two ends of a stretch of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    /// The lower end, and whether it belongs to the stretch.
    pub from: Option<(Decimal, bool)>,
    /// The upper end, and whether it belongs to the stretch.
    pub to: Option<(Decimal, bool)>,
}

/// How the text of a number is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// As it is.
    Plain,
    /// With its sign taken off.
    Percent,
    /// In the base currency. Amounts without a rate are compared only where both are in the same currency: this one.
    Money(Option<Currency>),
    /// In minutes.
    Minutes,
}

impl Test {
    /// Whether the text passes, which is held by the record.
    pub fn passes(&self, book: &Book, record: &Record, text: &str) -> bool {
        match self {
            Self::Filled => !text.is_empty(),
            Self::Text(wanted) => wanted.iter().any(|needle| needle.is(text)),
            Self::Order(orderings, bound) => orderings.contains(&bound.order(text)),
            Self::Word(words) => words.iter().any(|word| word.eq_ignore_ascii_case(text)),
            Self::Listed { link, words } => {
                words.get(record.text(link)).is_some_and(|words| words.contains(text))
            }
            Self::Among(records) => records.contains(text),
            Self::Number(measure, bounds) => {
                measure.read(book, text).is_some_and(|number| bounds.iter().any(|bounds| bounds.hold(number)))
            }
            Self::When(windows) => windows.iter().any(|window| window.holds(text, book)),
            Self::Phone(asked, whole) => phone::indexed(text).is_some_and(|held| {
                asked
                    .iter()
                    .any(|asked| if *whole { phone::is_whole(&held, asked) } else { held.contains(asked) })
            }),
            Self::Contains(needles, named) => {
                needles.iter().any(|needle| needle.is_in(text)) || named.contains(text)
            }
        }
    }
}

impl Bounds {
    fn hold(&self, number: Decimal) -> bool {
        self.from.is_none_or(|(from, with)| number > from || (with && number == from))
            && self.to.is_none_or(|(to, with)| number < to || (with && number == to))
    }
}

impl Measure {
    /// How numbers of a field are read, to be compared with one written so; `None` for fields that hold no numbers.
    pub fn of(book: &Book, field: &FieldDef, bound: &str) -> Option<Self> {
        match field.kind {
            Kind::Integer | Kind::Decimal => Some(Self::Plain),
            Kind::Percent => Some(Self::Percent),
            Kind::Duration => Some(Self::Minutes),
            Kind::Money => {
                let rates = book.settings().rates();
                let currency = Money::read(bound, rates.base).ok().map(|money| money.currency);
                Some(Self::Money(currency.filter(|currency| rates.rate(*currency).is_none())))
            }
            _ => None,
        }
    }

    /// The number a canonical text stands for.
    pub fn read(self, book: &Book, text: &str) -> Option<Decimal> {
        match self {
            Self::Plain => text.trim().parse().ok(),
            Self::Percent => text.trim_end_matches('%').trim().parse().ok(),
            Self::Minutes => text.parse::<Span>().ok().map(|span| span.minutes().into()),
            Self::Money(unrated) => {
                let rates = book.settings().rates();
                let money = Money::read(text, rates.base).ok()?;
                match unrated {
                    Some(currency) => (money.currency == currency).then_some(money.amount),
                    None => rates.to_base(&money),
                }
            }
        }
    }
}
