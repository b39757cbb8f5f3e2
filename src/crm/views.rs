//! Views: records found by a query, in columns and an order of their own. Some are built in; a workspace's `views/`
//! adds its own, for everybody or for one person.

use super::Known;
use crate::base::{Id, Now};
use crate::model::kinds::Entry;
use crate::model::near::nearest;
use crate::model::{Book, Value};
use crate::query::{Ground, Query, QueryError};
use smol_str::SmolStr;

/// A view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The id of its record.
    pub id: SmolStr,
    /// What it is called.
    pub name: SmolStr,
    /// The type of record it lists.
    pub type_name: SmolStr,
    /// Which of them; empty for all.
    pub query: SmolStr,
    /// The columns; empty for the type's own.
    pub columns: Vec<SmolStr>,
    /// What it is sorted by, a minus for largest first.
    pub sort: Vec<SmolStr>,
    /// Whether it comes with Kontor.
    pub builtin: bool,
}

/// The views that come with Kontor.
const BUILTIN: &str = include_str!("views.yaml");

/// The views somebody is offered: those of the workspace that are shared, or their own, by position and name; then the
/// built-in ones whose id none of the workspace has taken.
pub fn views(book: &Book, me: Option<&Id>) -> Vec<View> {
    let records = book.of_type("view");
    let mine = |owner: &str| me.is_some_and(|me| me.as_str() == owner);
    let mut own: Vec<_> = records.iter().filter(|r| r.flag("shared") || mine(r.text("owner"))).collect();
    own.sort_by_key(|record| {
        (record.number("position").is_none(), record.number("position"), record.text("name"))
    });
    let own = own.into_iter().map(|record| View::read(record.id().as_str(), |name| record.get(name), false));
    let taken = |id: &str| records.iter().any(|record| record.id().as_str() == id);
    let builtin = builtin().into_iter().filter(|view| !taken(&view.id));
    own.chain(builtin).collect()
}

/// The built-in views, in their order.
fn builtin() -> Vec<View> {
    // A test reads every one of them.
    let Ok(root) = crate::yaml::parse(BUILTIN) else { return Vec::new() };
    let views = Value::from(&root);
    views.entries().iter().map(|(id, fields)| View::read(id, |name| fields.get(name), true)).collect()
}

impl View {
    fn read<'a>(id: &str, get: impl Fn(&str) -> &'a Value, builtin: bool) -> Self {
        let text = |name: &str| SmolStr::new(get(name).as_str());
        let words = |text: &str| -> Vec<SmolStr> {
            text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(SmolStr::new).collect()
        };
        let name = text("name");
        Self {
            id: id.into(),
            name: if name.is_empty() { id.into() } else { name },
            type_name: text("type"),
            query: text("query"),
            columns: get("columns").items().iter().map(|column| SmolStr::new(column.as_str())).collect(),
            sort: words(get("sort").as_str()),
            builtin,
        }
    }

    /// The view of that id or name; upper and lower case are the same.
    ///
    /// # Errors
    /// With the nearest one there is.
    pub fn find(views: &[Self], text: &str) -> Result<Self, Option<String>> {
        let said = text.trim().to_lowercase();
        let same = |view: &&Self| view.id == said.as_str() || view.name.to_lowercase() == said;
        let known = || views.iter().flat_map(|view| [view.id.as_str(), view.name.as_str()]);
        views.iter().find(same).cloned().ok_or_else(|| nearest(text, known()).map(str::to_owned))
    }

    /// Reads its query.
    ///
    /// # Errors
    /// When it says something that makes no sense for its type; the place is one in [`View::query`].
    pub fn read_query(&self, book: &Book, me: Option<&Id>, now: Now) -> Result<Query, QueryError> {
        let ground = Ground::new(book, Entry { me, now }).with_facts(Known::of(book, now));
        Query::read(&self.query, book.schema().find(&self.type_name), &ground)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, ids, now, sample};
    use crate::query::columns;

    #[test]
    fn every_built_in_view_can_be_read() {
        let book = sample();
        let me = Id::new("lena").unwrap();
        let views = builtin();
        assert_eq!(views.len(), 6);
        for view in views {
            let ty = book.schema().find(&view.type_name).unwrap();
            let query = view.read_query(&book, Some(&me), now("2026-11-21 13:30")).unwrap();
            let (found, all) = (query.run(&book).len(), book.of(&ty.folder).len());
            // In the sample, somebody has taken every lead.
            assert!(found < all && (found > 0) != (view.type_name == "lead"), "{} finds {found}", view.name);
            let paths = view.columns.iter().chain(&view.sort).map(|path| path.trim_start_matches('-'));
            columns(ty, paths, &book).unwrap();
        }
    }

    const BOOK: &str = "
views/b: {name: Later, type: lead, shared: true}
views/a: {name: First, type: lead, position: 1, shared: true, sort: \"name, -score\"}
views/mine: {name: Mine, type: lead, owner: lena}
views/rotting: {name: Ours, type: opportunity, shared: true, query: \"stage:q\"}
";

    #[test]
    fn the_workspaces_own_come_first_and_take_the_place_of_built_in_ones() {
        let names = |me: Option<&str>| {
            let me = me.map(|id| Id::new(id).unwrap());
            views(&book(BOOK), me.as_ref())
                .iter()
                .map(|view| view.name.to_string())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let builtin = "My open deals, Closing this month, Unassigned leads, Breaching in 4 hours, No activity for 60 days";
        assert_eq!(names(None), format!("First, Later, Ours, {builtin}"));
        assert_eq!(names(Some("lena")), format!("First, Later, Mine, Ours, {builtin}"));
    }

    #[test]
    fn found_by_id_or_name() {
        let views = views(&book(BOOK), None);
        let check = |text: &str, expect: Result<&str, Option<&str>>| {
            let found = View::find(&views, text);
            let found = found.as_ref().map(|view| view.id.as_str()).map_err(|near| near.as_deref());
            assert_eq!(found, expect, "{text}");
        };
        check("my-open-deals", Ok("my-open-deals"));
        check("unassigned LEADS", Ok("unassigned-leads"));
        check("ours", Ok("rotting"));
        check("roting", Err(Some("rotting")));
        check("mine", Err(None));
        assert_eq!(views[0].sort, ["name", "-score"]);
    }

    #[test]
    fn customers_nobody_has_talked_to() {
        let book = book(
            "
accounts/a: {name: A, type: customer}
accounts/b: {name: B, type: customer}
accounts/c: {name: C, type: prospect}
activities/2026-11-01-call: {status: done, about: accounts/a}
activities/2026-01-01-call: {status: done, about: accounts/b}
",
        );
        let view = View::find(&views(&book, None), "no-activity-for-60-days").unwrap();
        assert_eq!(ids(&view.read_query(&book, None, now("2026-11-21 13:30")).unwrap().run(&book)), "b");
    }
}
