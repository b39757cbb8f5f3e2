//! How a file writes dates and numbers, told from its own cells: one program wrote all of them.

use crate::base::{DateOrder, DecimalMark, InputStyle};
use crate::model::Kind;
use crate::tr;
use std::borrow::Cow;

/// How a file writes what can be written in two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Styles {
    /// The order of day, month and year.
    pub dates: Found<DateOrder>,
    /// The sign before the decimals.
    pub decimals: Found<DecimalMark>,
}

/// What was found out, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<T> {
    /// Nothing in the file can be read in two ways.
    Plain,
    /// The person said so.
    Given(T),
    /// Cells that can be read in one way only say so.
    Seen(T),
    /// The file leaves it open, and the workspace or the custom of the format decides.
    Assumed(T),
    /// The file leaves it open, and so does everything else.
    Open,
}

impl<T: Copy> Found<T> {
    /// What it is, if that is known.
    pub fn get(self) -> Option<T> {
        match self {
            Self::Given(found) | Self::Seen(found) | Self::Assumed(found) => Some(found),
            Self::Plain | Self::Open => None,
        }
    }

    /// Who says so, where it is not the file.
    fn source(self) -> Cow<'static, str> {
        match self {
            Self::Given(_) => tr!(" (as said)"),
            Self::Assumed(_) => tr!(" (assumed)"),
            Self::Plain | Self::Seen(_) | Self::Open => "".into(),
        }
    }
}

impl Styles {
    /// What was found out, for people; nothing of what can be read in one way only.
    pub fn told(&self) -> Vec<String> {
        let dates = self.dates.get().map(|order| match order {
            DateOrder::Dmy => tr!("dates day/month/year"),
            DateOrder::Mdy => tr!("dates month/day/year"),
            DateOrder::Ymd => tr!("dates year-month-day"),
        });
        let decimals = self.decimals.get().map(|mark| match mark {
            DecimalMark::Point => tr!("decimal point"),
            DecimalMark::Comma => tr!("decimal comma"),
        });
        let dates = dates.map(|text| format!("{text}{}", self.dates.source()));
        dates.into_iter().chain(decimals.map(|text| format!("{text}{}", self.decimals.source()))).collect()
    }
}

/// Finds the styles out from cells and the kinds they are to be read as.
#[derive(Debug, Default)]
pub struct Votes {
    day_first: usize,
    month_first: usize,
    any_order: usize,
    comma: usize,
    point: usize,
    any_mark: usize,
}

impl Votes {
    /// Looks at one cell.
    pub fn look(&mut self, kind: &Kind, cell: &str) {
        match kind {
            Kind::Date | Kind::Datetime => self.look_at_date(cell),
            Kind::Integer | Kind::Decimal | Kind::Money | Kind::Percent => self.look_at_number(cell),
            _ => {}
        }
    }

    fn look_at_date(&mut self, cell: &str) {
        let day = cell.split([' ', 'T', ',']).next().unwrap_or_default();
        let numbers: Vec<u32> = day.split(['/', '-']).map_while(|part| part.parse().ok()).collect();
        match numbers.as_slice() {
            [first, ..] if *first > 31 => {}
            [first, second, _] if *first > 12 && *second <= 12 => self.day_first += 1,
            [first, second, _] if *first <= 12 && *second > 12 => self.month_first += 1,
            [first, second, _] if first != second => self.any_order += 1,
            _ => {}
        }
    }

    fn look_at_number(&mut self, cell: &str) {
        let digits = cell.trim_matches(|c: char| !c.is_ascii_digit());
        let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
        let Some(last) = digits.rfind([',', '.']) else { return };
        let (before, after) = (&digits[..last], &digits[last + 1..]);
        let comma_last = digits.as_bytes()[last] == b',';
        let decimal_comma = match (commas, points) {
            (1.., 1..) => comma_last,
            // A sign that comes twice parts thousands.
            (2.., 0) => false,
            (0, 2..) => true,
            _ if after.len() != 3 || before.len() > 3 || before.starts_with('0') => comma_last,
            _ => {
                self.any_mark += 1;
                return;
            }
        };
        match decimal_comma {
            true => self.comma += 1,
            false => self.point += 1,
        }
    }

    /// What comes of it. `own` is how the workspace reads; `semicolons`: the file parts its cells with them, as
    /// programs do where the comma is the decimal sign.
    pub fn count(
        &self,
        own: &InputStyle,
        semicolons: bool,
        dates: Option<DateOrder>,
        decimals: Option<DecimalMark>,
    ) -> Styles {
        let own_order = Some(own.date_order).filter(|order| *order != DateOrder::Ymd);
        let custom = own.decimal.or(if semicolons { Some(DecimalMark::Comma) } else { None });
        let dates = match (dates, self.day_first, self.month_first) {
            (Some(given), ..) => Found::Given(given),
            (None, 1.., 0) => Found::Seen(DateOrder::Dmy),
            (None, 0, 1..) => Found::Seen(DateOrder::Mdy),
            (None, 0, 0) if self.any_order == 0 => Found::Plain,
            (None, 0, 0) => own_order.map_or(Found::Open, Found::Assumed),
            _ => Found::Open,
        };
        let decimals = match (decimals, self.comma, self.point) {
            (Some(given), ..) => Found::Given(given),
            (None, 1.., 0) => Found::Seen(DecimalMark::Comma),
            (None, 0, 1..) => Found::Seen(DecimalMark::Point),
            (None, 0, 0) if self.any_mark == 0 => Found::Plain,
            (None, 0, 0) => custom.map_or(Found::Open, Found::Assumed),
            _ => Found::Open,
        };
        Styles { dates, decimals }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::input::tests::undecided;

    #[track_caller]
    fn check(
        kind: Kind,
        cells: &[&str],
        own: InputStyle,
        dates: Found<DateOrder>,
        decimals: Found<DecimalMark>,
    ) {
        let mut votes = Votes::default();
        cells.iter().for_each(|cell| votes.look(&kind, cell));
        assert_eq!(votes.count(&own, false, None, None), Styles { dates, decimals }, "{cells:?}");
    }

    #[test]
    fn dates_say_their_order() {
        use DateOrder::{Dmy, Mdy, Ymd};
        let date = |cells: &[&str], order, found| {
            check(Kind::Date, cells, InputStyle { date_order: order, ..undecided() }, found, Found::Plain);
        };
        date(&["2024-01-02", "20240102", "2024/3/4"], Ymd, Found::Plain);
        date(&["03/04/2024", "31/12/2024"], Ymd, Found::Seen(Dmy));
        date(&["03/04/2024", "12/31/2024 5:00 PM"], Ymd, Found::Seen(Mdy));
        date(&["03/04/2024", "5/5/2024"], Ymd, Found::Open);
        date(&["03/04/2024"], Dmy, Found::Assumed(Dmy));
        date(&["31/12/2024"], Mdy, Found::Seen(Dmy));
        date(&["31/12/2024", "12/31/2024"], Mdy, Found::Open);
        date(&["3.4.2024", "5 May 2024"], Ymd, Found::Plain);
    }

    #[test]
    fn numbers_say_their_mark() {
        use DecimalMark::{Comma, Point};
        let number = |cells: &[&str], decimal, found| {
            check(Kind::Money, cells, InputStyle { decimal, ..undecided() }, Found::Plain, found);
        };
        number(&["1250", "7"], None, Found::Plain);
        number(&["1100.04", "251"], None, Found::Seen(Point));
        number(&["€ 1.250,00", "1.250"], None, Found::Seen(Comma));
        number(&["1,250,000"], None, Found::Seen(Point));
        number(&["1.250.000"], None, Found::Seen(Comma));
        number(&["1.250"], None, Found::Open);
        number(&["1.250"], Some(Comma), Found::Assumed(Comma));
        number(&["0.250"], None, Found::Seen(Point));
        number(&["1.5", "1,5"], None, Found::Open);
        let mut votes = Votes::default();
        votes.look(&Kind::Decimal, "1.250");
        assert_eq!(votes.count(&undecided(), true, None, None).decimals, Found::Assumed(Comma));
        assert_eq!(votes.count(&undecided(), true, None, Some(Point)).decimals, Found::Given(Point));
    }
}
