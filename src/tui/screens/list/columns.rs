//! The columns of a list, from the schema.

use crate::model::{FieldDef, Kind, TypeDef};
use crate::tui::app::World;
use crate::tui::widgets::grid::{Column, Order, Slot};
use smol_str::SmolStr;

/// Widest column of words.
const NAME: u16 = 44;

/// The columns of a type's list.
pub fn of_type(ty: &TypeDef, world: &World) -> Vec<Column> {
    let language = world.book.settings().language();
    let mut slots = Slots::default();
    ty.list
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let field = name.split('.').next().and_then(|first| ty.field(first));
            let label =
                field.map_or_else(|| name.replace(['_', '.'], " "), |f| f.label.get(language).to_owned());
            let column = Column::new(name.clone(), label).priority(priority(at));
            let column = sized(column, field.filter(|_| !name.contains('.')), world);
            // What a row is called is worth more than a column more.
            let column = match at {
                0 if column.max == NAME => column.width(20, NAME).weight(4),
                _ => column,
            };
            match slots.next(at, field) {
                Some(slot) => column.slot(slot),
                None => column,
            }
        })
        .collect()
}

/// The first columns stay the longest on narrow screens.
fn priority(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(u8::MAX)
}

fn sized(column: Column, field: Option<&FieldDef>, world: &World) -> Column {
    let separator = world.style().decimal.sign();
    match field.map(|f| &f.kind) {
        Some(Kind::Money) => column.width(9, 16).decimal(separator),
        Some(Kind::Decimal) => column.width(5, 12).decimal(separator),
        Some(Kind::Integer | Kind::Percent | Kind::Duration | Kind::Lines(_)) => column.width(4, 10).right(),
        Some(Kind::Date) => column.width(6, 12),
        Some(Kind::Datetime) => column.width(6, 18),
        Some(Kind::Boolean) => column.width(4, 6),
        Some(Kind::Choice(_)) => column.width(6, 18),
        Some(Kind::User) => column.width(6, 16),
        Some(Kind::Tags) => column.width(6, 20),
        Some(Kind::Email | Kind::Phone) => column.width(8, 28),
        _ => column.width(10, NAME).weight(2),
    }
}

/// Which columns a card of two lines shows on a narrow screen: the first above, a number to its right, two more
/// below.
#[derive(Default)]
struct Slots {
    right: bool,
    below: usize,
}

impl Slots {
    fn next(&mut self, at: usize, field: Option<&FieldDef>) -> Option<Slot> {
        let numeric =
            field.is_some_and(|f| f.kind.is_numeric() || matches!(f.kind, Kind::Date | Kind::Datetime));
        if at == 0 {
            return Some(Slot::Title);
        }
        if numeric && !self.right {
            self.right = true;
            return Some(Slot::Value);
        }
        self.below += 1;
        match self.below {
            1 => Some(Slot::Subtitle),
            2 => Some(Slot::Detail),
            _ => None,
        }
    }
}

/// Lists begin with what is next: the date that matters where there is one, else the name.
pub fn first_order(ty: &TypeDef) -> Option<(SmolStr, Order)> {
    ty.list.first().map(|first| (first.clone(), Order::Ascending))
}
