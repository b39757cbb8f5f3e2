//! The columns of a list, from the schema.

use crate::model::schema::Search;
use crate::model::{FieldDef, Kind, TypeDef};
use crate::query::{self, title_path};
use crate::tr;
use crate::tui::parts::World;
use crate::tui::widgets::grid::{Column, Slot};
use smol_str::SmolStr;

/// The column of a case's clock, which is no field.
pub const CLOCK: &str = ":clock";

/// The paths a type's list shows unless the person chooses others.
pub fn usual(ty: &TypeDef) -> Vec<SmolStr> {
    let first: &[&'static str] = if ty.name == "case" { &[CLOCK, "number"] } else { &[] };
    let first = first.iter().map(|path| SmolStr::new_static(path));
    let rest = ty.list.iter().filter(|path| !(ty.name == "case" && *path == "number")).cloned();
    first.chain(rest).collect()
}

/// The paths the person chose for the lists of a type, as far as there are such fields; else the usual ones.
pub fn chosen(ty: &TypeDef, world: &World) -> Vec<SmolStr> {
    let usual = usual(ty);
    let known = |path: &&SmolStr| {
        usual.contains(path)
            || title_path(ty) == Some(path)
            || path.split('.').next().is_some_and(|first| ty.field(first).is_some())
    };
    let chosen: Vec<SmolStr> =
        world.columns.get(&ty.name).into_iter().flatten().filter(known).cloned().collect();
    if chosen.is_empty() { usual } else { chosen }
}

/// The columns of a type's list.
pub fn of_type(ty: &TypeDef, world: &World) -> Vec<Column> {
    of_paths(ty, &usual(ty), world)
}

/// Columns that show these paths.
pub fn of_paths(ty: &TypeDef, paths: &[SmolStr], world: &World) -> Vec<Column> {
    let one = |((at, path), slot): ((usize, &SmolStr), Option<Slot>)| {
        let field = path.split('.').next().and_then(|first| ty.field(first));
        let column = Column::new(path.clone(), label(ty, path, world)).priority(priority(at));
        let column = match (ty.name.as_str(), path.as_str()) {
            (_, CLOCK) => column.width(8, 8).right(),
            ("case", "number") => column.width(6, 8),
            (_, path) if title_path(ty) == Some(path) => title(column),
            ("activity", "due") => column.width(14, 16),
            _ => sized(column, field.filter(|_| !path.contains('.')), world.style().decimal.sign()),
        };
        match slot {
            Some(slot) => column.slot(slot),
            None => column,
        }
    };
    paths.iter().enumerate().zip(slots(ty, paths)).map(one).collect()
}

/// What stands over a column.
pub fn label(ty: &TypeDef, path: &str, world: &World) -> String {
    let far = || {
        let ty = world.book.schema().find(&ty.name)?;
        query::Column::new(ty, path, &world.book).ok().map(|column| column.label)
    };
    match ty.field(path) {
        _ if path == CLOCK => tr!("Clock").into_owned(),
        Some(field) => field.label.get(world.book.settings().language()).to_owned(),
        None => far().unwrap_or_else(|| path.replace(['_', '.'], " ")),
    }
}

/// What the list of a type is there for, and sorted by at first: a case's clock, the day something is due or
/// decided, else the first column.
pub fn lead(ty: &TypeDef) -> SmolStr {
    match ty.name.as_str() {
        "case" => SmolStr::new_static(CLOCK),
        "opportunity" => SmolStr::new_static("close_date"),
        _ => ty.list.first().cloned().unwrap_or_default(),
    }
}

/// The first columns stay the longest on narrow screens.
fn priority(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(u8::MAX)
}

fn title(column: Column) -> Column {
    column.width(18, 60).weight(6)
}

/// What the kind of field needs, its decimals behind `separator`; the name gets most of what is left.
fn sized(column: Column, field: Option<&FieldDef>, separator: char) -> Column {
    match field.map(|f| &f.kind) {
        Some(Kind::Money) => column.width(11, 16).decimal(separator),
        Some(Kind::Decimal) => column.width(5, 12).decimal(separator),
        Some(Kind::Integer | Kind::Percent | Kind::Duration | Kind::Lines(_)) => column.width(4, 10).right(),
        // `30 Jan 2027`, and with the sign for what is overdue.
        Some(Kind::Date) => column.width(12, 14),
        Some(Kind::Datetime) => column.width(12, 18),
        Some(Kind::Boolean) => column.width(4, 6),
        Some(Kind::Choice(_)) => column.width(8, 18),
        Some(Kind::User) => column.width(9, 16),
        Some(Kind::Tags) => column.width(6, 20),
        Some(Kind::Email | Kind::Phone) => column.width(8, 28),
        Some(Kind::Text) if field.is_some_and(|f| f.search == Search::Title) => title(column),
        _ => column.width(12, 44).weight(3),
    }
}

/// Which columns a card of two lines shows on a narrow screen: the name above, a number or a day to its right, below
/// whom it is about, and how it stands to the right of that.
fn slots(ty: &TypeDef, paths: &[SmolStr]) -> Vec<Option<Slot>> {
    let mut slots = vec![None; paths.len()];
    let kind = |path: &SmolStr| ty.field(path).map(|field| &field.kind);
    let take = |slots: &mut Vec<Option<Slot>>, slot: Slot, fits: &dyn Fn(&SmolStr) -> bool| {
        let free = (0..paths.len()).find(|at| slots[*at].is_none() && fits(&paths[*at]));
        free.inspect(|at| slots[*at] = Some(slot)).is_some()
    };
    let any = |_: &SmolStr| true;
    let is_title = |path: &SmolStr| title_path(ty) == Some(path);
    let named = |path: &SmolStr| ty.field(path).is_some_and(|field| field.search == Search::Title);
    let value = |path: &SmolStr| {
        path == CLOCK
            || kind(path).is_some_and(|k| k.is_numeric() || matches!(k, Kind::Date | Kind::Datetime))
    };
    let link = |path: &SmolStr| matches!(kind(path), Some(Kind::Link(_)));
    let choice = |path: &SmolStr| matches!(kind(path), Some(Kind::Choice(_)));
    if take(&mut slots, Slot::Title, &is_title) {
        // It says it all.
    } else if take(&mut slots, Slot::Title, &named) {
        // People have two names.
        let second = |path: &SmolStr| named(path) && matches!(path.as_str(), "first_name" | "last_name");
        take(&mut slots, Slot::Title, &second);
    } else {
        take(&mut slots, Slot::Title, &any);
    }
    take(&mut slots, Slot::Value, &value);
    for (slot, fits) in [(Slot::Subtitle, &link as &dyn Fn(&SmolStr) -> bool), (Slot::Detail, &choice)] {
        let _ = take(&mut slots, slot, fits) || take(&mut slots, slot, &any);
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Style;
    use crate::base::show::full_date;
    use crate::base::style::DateOrder;
    use crate::model::Schema;
    use crate::tui::widgets::paint::columns;
    use chrono::NaiveDate;

    #[test]
    fn a_day_with_its_year_is_never_cut() {
        let schema = Schema::builtin();
        let close_date = schema.find("opportunity").unwrap().field("close_date");
        let sized = sized(Column::new("close_date", "Close date"), close_date, ',');
        for date_order in [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd] {
            let day = full_date(
                NaiveDate::from_ymd_opt(2027, 1, 30).unwrap(),
                &Style { date_order, ..Style::default() },
            );
            assert!(columns(&day) <= sized.min, "{day}");
            assert!(columns(&format!("! {day}")) <= sized.max, "{day}");
        }
    }
}
