//! How a workspace writes numbers and dates: the style they are shown in, and read in where they have two readings.

use super::clock::Now;
use super::currency::Currency;
use chrono::NaiveDate;

/// The sign before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecimalMark {
    /// `1,5` as most of Europe and South America write.
    Comma,
    /// `1.5` as the English-speaking world and East Asia write.
    Point,
}

impl DecimalMark {
    /// The sign itself.
    pub fn sign(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Point => '.',
        }
    }
}

/// What parts the thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// `85000`
    None,
    /// `85,000`
    Comma,
    /// `85.000`
    Point,
    /// `85 000`, with the narrow no-break space ISO 80000-1 asks for.
    Space,
    /// `85’000` as the Swiss write.
    Apostrophe,
}

impl Grouping {
    /// The sign itself; empty for [`Grouping::None`].
    pub fn sign(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Comma => ",",
            Self::Point => ".",
            Self::Space => "\u{202f}",
            Self::Apostrophe => "’",
        }
    }
}

/// The order of day, month and year where all are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// `21/11/2026`
    Dmy,
    /// `11/21/2026`
    Mdy,
    /// `2026-11-21`; says nothing about what `3/4/2026` means.
    Ymd,
}

/// How numbers, money and dates are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Style {
    pub decimal: DecimalMark,
    pub grouping: Grouping,
    pub date_order: DateOrder,
    /// Whether a currency's sign stands before the number (`$85,000`) and not after it (`85,000 €`).
    pub symbol_first: bool,
}

impl Style {
    /// The style with that decimal mark and date order; thousands take the other of comma and point.
    pub fn new(decimal: DecimalMark, date_order: DateOrder) -> Self {
        let grouping = match decimal {
            DecimalMark::Comma => Grouping::Point,
            DecimalMark::Point => Grouping::Comma,
        };
        Self { decimal, grouping, date_order, symbol_first: false }
    }

    /// `12,400.50 €`, 21 Nov 2026
    pub fn english() -> Self {
        Self::new(DecimalMark::Point, DateOrder::Dmy)
    }

    /// `$12,400.50`, Nov 21, 2026
    pub fn american() -> Self {
        Self { symbol_first: true, ..Self::new(DecimalMark::Point, DateOrder::Mdy) }
    }

    /// `12.400,50 €`, 21 Nov 2026
    pub fn german() -> Self {
        Self::new(DecimalMark::Comma, DateOrder::Dmy)
    }

    /// `12 400,50 €`, 21 Nov 2026
    pub fn french() -> Self {
        Self { grouping: Grouping::Space, ..Self::german() }
    }

    /// `12’400.50 CHF`, 21 Nov 2026
    pub fn swiss() -> Self {
        Self { grouping: Grouping::Apostrophe, ..Self::english() }
    }
}

impl Default for Style {
    fn default() -> Self {
        Self::english()
    }
}

/// What decides between two readings of what somebody typed, and what `today`, a bare amount or a bare time mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputStyle {
    /// The workspace's decimal mark, if it says so; without one `1.250` is refused.
    pub decimal: Option<DecimalMark>,
    /// The workspace's date order; with [`DateOrder::Ymd`] `3/4/2026` is refused.
    pub date_order: DateOrder,
    /// The moment it is, and the zone dates and times are meant in.
    pub now: Now,
    /// The currency of an amount that names none.
    pub base: Currency,
}

impl InputStyle {
    /// The style of a workspace that decides nothing: what has two readings is refused.
    pub fn undecided(now: Now, base: Currency) -> Self {
        Self { decimal: None, date_order: DateOrder::Ymd, now, base }
    }

    /// The day it is.
    pub fn today(&self) -> NaiveDate {
        self.now.today()
    }
}
