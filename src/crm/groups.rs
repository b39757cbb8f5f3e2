//! Records under headings, each with how many there are and what they come to.

use super::total::amount;
use crate::base::show::{self, money};
use crate::base::{Money, Now, Style};
use crate::model::{Book, Record, TypeDef};
use crate::query::{Grouping, QueryError};
use crate::tr;
use smol_str::SmolStr;
use std::sync::Arc;

/// A heading over some records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The value they share, as stored; a month as `2026-11`; empty for those without one.
    pub value: SmolStr,
    /// What it is called: `Proposal`, `Nov 2026`, `no owner`.
    pub title: String,
    /// The place of the first of them.
    pub start: usize,
    /// How many they are.
    pub count: usize,
    /// The sum of their amounts, in the base currency.
    pub sum: Option<Money>,
}

/// Brings records of a type together by the field at `path`, in the order they come in. Where they are sorted by that
/// same field, largest first, the headings are too.
///
/// # Errors
/// When the path leads nowhere, or to what no two records share.
pub fn groups(
    book: &Book,
    ty: &Arc<TypeDef>,
    path: &str,
    sorted: Option<(&str, bool)>,
    records: &mut Vec<Arc<Record>>,
    now: Now,
) -> Result<Vec<Group>, QueryError> {
    let grouping = Grouping::new(ty, path, book)?;
    let descending = sorted.is_some_and(|(by, descending)| descending && by == grouping.path());
    let headings = grouping.arrange(records, descending, book, now);
    let label = grouping.field().map(|field| field.label.get(book.settings().language()).to_lowercase());
    let nothing = || tr!("no {field}", field = label.as_deref().unwrap_or(path)).into_owned();
    let group = |heading: crate::query::Heading| Group {
        title: if heading.value.is_empty() { nothing() } else { heading.title },
        sum: amount(book, ty, &records[heading.start..heading.start + heading.count]),
        value: heading.value,
        start: heading.start,
        count: heading.count,
    };
    Ok(headings.into_iter().map(group).collect())
}

impl Group {
    /// What stands behind the title: `12 · 149,000 €`.
    pub fn detail(&self, style: &Style) -> String {
        let count = show::count(self.count, style);
        match &self.sum {
            Some(sum) => format!("{count} · {}", money(sum, style)),
            None => count,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, ids, now};

    #[test]
    fn each_heading_with_count_and_sum() {
        let book = book(
            "
kontor: {time_zone: Europe/Berlin, rates: {USD: 0.5}}
pipelines/p: {stages: [{id: q, name: Qualification}, {id: t, name: Talks}]}
opportunities/a: {pipeline: p, stage: t, amount: 100}
opportunities/b: {pipeline: p, stage: q, amount: 50 USD}
opportunities/c: {pipeline: p, stage: t, amount: 1200}
opportunities/d: {pipeline: p}
",
        );
        let check = |path: &str, sorted: Option<(&str, bool)>, expect: &str| {
            let ty = book.schema().find("deal").unwrap();
            let mut records = book.of(&ty.folder).to_vec();
            let found = groups(&book, ty, path, sorted, &mut records, now("2026-11-21 13:30")).unwrap();
            let shown = found.iter().map(|group| {
                let of = ids(&records[group.start..group.start + group.count]);
                format!("{} ({}): {of}", group.title, group.detail(&book.settings().style()))
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" | "), expect);
        };
        let (q, t, none) = ("Qualification (1 · 25 €): b", "Talks (2 · 1,300 €): a c", "no stage (1): d");
        check("stage", None, &format!("{q} | {t} | {none}"));
        check("stage", Some(("amount", true)), &format!("{q} | {t} | {none}"));
        check("stage", Some(("stage", true)), &format!("{t} | {q} | {none}"));
    }
}
