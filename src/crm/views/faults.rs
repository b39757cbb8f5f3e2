//! What is wrong with a view.

use super::view::{CLOCK, Layout, View, has_clock, key_of, signed, words};
use crate::base::{Id, Now};
use crate::model::validate::Finding;
use crate::model::{Scope, TypeDef, Value};
use crate::query::{Column, Grouping, QueryError};
use chrono::DateTime;
use std::sync::Arc;

/// The key that opens a view by its key; pressed twice it shows them all.
const TAKEN: char = 'v';

/// Everything in a view's record that its type's schema cannot know to be wrong.
pub fn faults(scope: &Scope<'_>) -> Vec<Finding> {
    let text = |name: &str| scope.get(name).as_str().trim();
    let mut found = Vec::new();
    if !text("key").is_empty() && key_of(text("key")).is_none_or(|key| key == TAKEN) {
        let message = format!("the key of a view is one letter or digit, and not {TAKEN}");
        found.push(Finding::error(&["key"], "bad-key", message));
    }
    found.extend(asked(scope));
    let Some(ty) = scope.book.schema().find(text("type")) else { return found };
    for (at, column) in scope.get("columns").items().iter().map(Value::as_str).enumerate() {
        let fault = no_clock(ty, column).then(|| Column::new(ty, column, scope.book).err()).flatten();
        found.extend(fault.map(|error| unknown(&["columns", &at.to_string()], 0, error)));
    }
    let sort = scope.get("sort").as_str();
    for word in words(sort) {
        let name = signed(word).1;
        let fault = no_clock(ty, name).then(|| Column::new(ty, name, scope.book).err()).flatten();
        // A part of the text is as far into it as it lies behind its start.
        let within = sort[..name.as_ptr() as usize - sort.as_ptr() as usize].chars().count();
        found.extend(fault.map(|error| unknown(&["sort"], within, error)));
    }
    if !text("group").is_empty() {
        let fault = Grouping::new(ty, text("group"), scope.book).err();
        found.extend(fault.map(|error| unknown(&["group"], 0, error)));
    }
    let view = View { type_name: ty.name.clone(), ..View::of_fields("", scope.fields) };
    if view.layout == Layout::Board
        && view.spelled_out(scope.book).columns_by(ty).is_none()
        && found.is_empty()
    {
        let message =
            format!("a {} has nothing to make the columns of a board of", ty.name.replace('_', " "));
        found.push(Finding::error(&["layout"], "no-columns", message));
    }
    found
}

/// What is wrong with the type and the query of a record that has both: a view, a segment.
pub fn asked(scope: &Scope<'_>) -> Option<Finding> {
    let (schema, name) = (scope.book.schema(), scope.get("type").as_str().trim());
    match schema.find(name) {
        Some(ty) => query(scope, ty),
        None if name.is_empty() => None,
        None => {
            let message = format!("there is no record type '{name}'");
            let suggestion = schema.nearest(name).map(str::to_owned);
            Some(Finding { suggestion, ..Finding::error(&["type"], "unknown-type", message) })
        }
    }
}

fn no_clock(ty: &TypeDef, column: &str) -> bool {
    column != CLOCK || !has_clock(ty)
}

fn unknown(at: &[&str], within: usize, error: QueryError) -> Finding {
    let suggestion = error.suggestion;
    Finding { within, suggestion, ..Finding::error(at, "no-such-field", error.message) }
}

/// What its query says that makes no sense. Whether it does hangs neither on the moment nor on who asks.
fn query(scope: &Scope<'_>, ty: &Arc<TypeDef>) -> Option<Finding> {
    let query = scope.get("query").as_str();
    let view = View { type_name: ty.name.clone(), query: query.into(), ..View::default() };
    let (somebody, sometime) =
        (Id::new("me").ok(), Now::new(DateTime::UNIX_EPOCH, scope.book.settings().zone()));
    let error = view.read_query(scope.book, somebody.as_ref(), sometime).err()?;
    let within = error.column(query) - 1;
    let suggestion = error.suggestion;
    Some(Finding { within, suggestion, ..Finding::error(&["query"], "bad-query", error.message) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::book;

    fn check(fields: &str, expect: &[&str]) {
        let book = book(&format!("views/x: {{name: X, {fields}}}\npipelines/p: {{stages: [{{id: q}}]}}\n"));
        let record = &book.of_type("view")[0];
        let found = faults(&Scope::of(&book, record).unwrap());
        let shown: Vec<_> = found
            .into_iter()
            .map(|f| {
                let near = f.suggestion.map(|near| format!(" ({near})")).unwrap_or_default();
                format!("{}+{} {}: {}{near}", f.at.join("."), f.within, f.code, f.message)
            })
            .collect();
        assert_eq!(shown, expect, "{fields}");
    }

    #[test]
    fn everything_that_leads_nowhere_is_found() {
        check(
            "type: deal, query: 'owner:me stage:q', columns: [name, account.name], sort: '-amount, name'",
            &[],
        );
        check("type: case, columns: [clock, subject], sort: clock, group: queue, key: x", &[]);
        check("type: casse", &["type+0 unknown-type: there is no record type 'casse' (case)"]);
        check("type: deal, key: v", &["key+0 bad-key: the key of a view is one letter or digit, and not v"]);
        check("type: deal, key: xy", &["key+0 bad-key: the key of a view is one letter or digit, and not v"]);
        check(
            "type: deal, query: 'is:open stge:q'",
            &["query+8 bad-query: an opportunity has no field 'stge' (stage)"],
        );
        check("type: case, layout: board", &[]);
        check(
            "type: user, layout: board, group: account.name",
            &["group+0 no-such-field: there is no field 'account' to group by"],
        );
        check(
            "type: deal, columns: [name, nmae, clock]",
            &[
                "columns.1+0 no-such-field: there is no column 'nmae' (name)",
                "columns.2+0 no-such-field: there is no column 'clock'",
            ],
        );
        check(
            "type: deal, sort: 'name, -amuont', group: lines",
            &[
                "sort+7 no-such-field: there is no column 'amuont' (amount)",
                "group+0 no-such-field: records cannot be grouped by 'lines': every one has its own",
            ],
        );
    }
}
