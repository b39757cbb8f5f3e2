//! Between a list and the view it is, or could be saved as.

use super::List;
use super::arrange::{Sorting, finishes};
use super::columns::{CLOCK, chosen, lead, of_paths};
use crate::crm::views::{self, View, signed};
use crate::model::TypeDef;
use crate::query::all_of;
use crate::tui::parts::{Screen as _, World};
use crate::tui::screens::filter::Filter;
use crate::tui::screens::find_view;
use crate::tui::widgets::grid::Order;
use smol_str::SmolStr;

impl List {
    /// The list of a view, finished records too: its query says which.
    ///
    /// # Errors
    /// When there is no such type.
    pub fn of_view(view: &View, world: &World) -> Result<Self, String> {
        let mut list = Self::new(&view.type_name, world)?;
        list.show(view.clone(), world);
        Ok(list)
    }

    /// Shows a view as it was saved.
    pub(super) fn show(&mut self, view: View, world: &World) {
        let view = opened(view, &self.ty, world);
        self.columns = columns(&view);
        self.sort = sorting(&view);
        self.group.clone_from(&view.group);
        self.filter = Filter::new(&view.query);
        (self.closed, self.mine, self.overruled) = (true, false, None);
        self.grid.set_columns(of_paths(&self.ty, &self.paths(world), world));
        self.view = Some(view);
    }

    /// Takes in that the record of its view has changed. What was changed in the list by hand stays.
    pub(super) fn follow(&mut self, world: &World) {
        let Some(before) = &self.view else { return };
        let Some(now) = find_view(&before.id, world) else { return };
        let now = opened(now, &self.ty, world);
        if now.type_name != before.type_name {
            return;
        }
        match now.shows_as(before) || self.is_changed(world) {
            true => self.view = Some(now),
            false => self.show(now, world),
        }
    }

    /// Whether it shows something else than its view says.
    pub(super) fn is_changed(&self, world: &World) -> bool {
        let now = self.shown(world);
        self.view.as_ref().is_some_and(|view| now.is_none_or(|now| !view.shows_as(&now)))
    }

    /// The paths of its columns.
    pub(super) fn paths(&self, world: &World) -> Vec<SmolStr> {
        if self.columns.is_empty() { chosen(&self.ty, world) } else { self.columns.clone() }
    }

    /// What the filter says, with what else is left out of the list said in the same language.
    pub(super) fn whole_query(&self, world: &World) -> String {
        let open = finishes(&self.ty) && !self.closed && !self.rows.asks_for_state;
        let open = if open { "is:open" } else { "" };
        let mine = if self.mine && world.me.is_some() { "owner:me" } else { "" };
        all_of([self.filter.text(), open, mine])
    }

    /// The query it goes back to.
    pub(super) fn first_query(&self) -> &str {
        let view = self.view.as_ref().map(|view| view.query.as_str());
        view.or(self.query.as_deref()).unwrap_or_default()
    }
}

/// A view as a list opens it: every field spelled in full, and the order the list has anyway.
pub fn opened(view: View, ty: &TypeDef, world: &World) -> View {
    let mut view = view.spelled_out(&world.book);
    if view.sort.is_empty() {
        view.sort = sort_words(&[(lead(ty), Order::Ascending)]);
    }
    view
}

/// The columns of a view, as the list knows them.
pub fn columns(view: &View) -> Vec<SmolStr> {
    view.columns.iter().map(|column| here(column)).collect()
}

/// The order of a view, as the list knows it.
pub fn sorting(view: &View) -> Vec<Sorting> {
    let one = |word: &SmolStr| {
        let (sign, name) = signed(word);
        (here(name), if sign.is_empty() { Order::Ascending } else { Order::Descending })
    };
    view.sort.iter().map(one).collect()
}

/// A path as a view spells it: a case's clock has a word of its own there.
pub fn spelled(path: &SmolStr) -> SmolStr {
    if path == CLOCK { SmolStr::new_static(views::CLOCK) } else { path.clone() }
}

/// An order as a view spells it.
pub fn sort_words(sorting: &[Sorting]) -> Vec<SmolStr> {
    let word = |(path, order): &Sorting| match order {
        Order::Ascending => spelled(path),
        Order::Descending => format!("-{}", spelled(path)).into(),
    };
    sorting.iter().map(word).collect()
}

fn here(path: &str) -> SmolStr {
    if path == views::CLOCK { SmolStr::new_static(CLOCK) } else { path.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let words = |texts: &[&str]| -> Vec<SmolStr> { texts.iter().map(SmolStr::new).collect() };
        let view = View {
            columns: words(&["clock", "subject"]),
            sort: words(&["-clock", "queue"]),
            ..View::default()
        };
        assert_eq!(columns(&view), words(&[CLOCK, "subject"]));
        assert_eq!(columns(&view).iter().map(spelled).collect::<Vec<_>>(), view.columns);
        assert_eq!(sort_words(&sorting(&view)), view.sort);
    }
}
