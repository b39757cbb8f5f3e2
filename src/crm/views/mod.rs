//! Views: records found by a query, in columns and an order of their own. Some are built in; a workspace's `views/`
//! adds its own, for everybody or for one person.

mod faults;
mod view;

pub use faults::{asked, faults};
pub use view::{CLOCK, Layout, Standing, View, has_clock, signed};

use crate::base::Id;
use crate::model::{Book, Value};

/// The views that come with Kontor.
const BUILTIN: &str = include_str!("builtin.yaml");

/// The views somebody is offered: those of the workspace that are everybody's, or their own, by position and name; then
/// the built-in ones that none of these takes the place of, by its id or name. Of two with one key the first has it.
pub fn views(book: &Book, me: Option<&Id>) -> Vec<View> {
    let theirs = |owner: &str| owner.is_empty() || me.is_some_and(|me| me.as_str() == owner);
    let mut own: Vec<_> = book.of_type("view").iter().filter(|r| theirs(r.text("owner"))).collect();
    own.sort_by_key(|record| {
        (record.number("position").is_none(), record.number("position"), record.text("name"))
    });
    let mut views: Vec<View> = own.into_iter().map(|record| View::of(record)).collect();
    let taken = |view: &View| {
        views.iter().any(|own| own.id == view.id || own.name.to_lowercase() == view.name.to_lowercase())
    };
    let builtin: Vec<_> = builtin().into_iter().filter(|view| !taken(view)).collect();
    views.extend(builtin);
    for at in 1..views.len() {
        let (before, rest) = views.split_at_mut(at);
        if before.iter().any(|view| view.key == rest[0].key) {
            rest[0].key = None;
        }
    }
    views
}

/// The built-in views, in their order.
fn builtin() -> Vec<View> {
    // A test reads every one of them.
    let Ok(root) = crate::yaml::parse(BUILTIN) else { return Vec::new() };
    let views = Value::from(&root);
    views
        .entries()
        .iter()
        .map(|(id, fields)| View::read(id, |name| fields.get(name), Standing::Builtin))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, ids, now, sample};

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
            let fields = [view.columns.len(), view.sort.len()];
            let spelled = view.clone().spelled_out(&book);
            assert_eq!([spelled.columns.len(), spelled.sort.len()], fields, "{}", view.name);
            assert!(view.key.is_some(), "{}", view.name);
        }
    }

    const BOOK: &str = "
views/b: {name: Later, type: lead, key: m}
views/a: {name: First, type: lead, position: 1, sort: \"name, -score\"}
views/mine: {name: Mine, type: lead, owner: lena}
views/rotting: {name: Ours, type: opportunity, query: \"stage:q\", layout: board, group: stage}
views/leads: {name: unassigned Leads, type: lead, owner: lena}
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
        let (deals, rest) =
            ("My open deals, Closing this month", "Breaching in 4 hours, No activity for 60 days");
        assert_eq!(names(None), format!("First, Later, Ours, {deals}, Unassigned leads, {rest}"));
        assert_eq!(
            names(Some("lena")),
            format!("First, Later, Mine, Ours, unassigned Leads, {deals}, {rest}")
        );
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
        check("views/rotting.yaml", Ok("rotting"));
        check("roting", Err(Some("rotting")));
        check("mine", Err(None));
        assert_eq!(views[0].sort, ["name", "-score"]);
        assert_eq!((views[2].layout, views[2].group.as_deref()), (Layout::Board, Some("stage")));
        // The workspace's own has the key.
        let keyed: Vec<_> = views.iter().filter(|v| v.key == Some('m')).map(|v| v.id.as_str()).collect();
        assert_eq!(keyed, ["b"]);
    }

    #[test]
    fn what_shows_the_same_is_the_same_view() {
        let book = book("pipelines/p: {stages: [{id: q}]}");
        let short = View {
            type_name: "deal".into(),
            columns: vec!["name".into(), "account.country".into(), "nonsense".into()],
            sort: vec!["-close".into()],
            group: Some("stag".into()),
            ..View::default()
        };
        let full = short.clone().spelled_out(&book);
        assert_eq!(full.columns, ["name", "account.billing_address.country"]);
        assert_eq!((full.sort[0].as_str(), full.group.as_deref()), ("-close_date", Some("stage")));
        assert!(!full.shows_as(&short));
        assert!(full.shows_as(&View { name: "X".into(), key: Some('x'), ..full.clone() }));
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
