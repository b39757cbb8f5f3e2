//! Records under headings: one for each value of a field, one a month for days.

use super::QueryError;
use super::path::Path;
use super::sort::{Keys, first_scalar};
use crate::base::Now;
use crate::base::show::month_year;
use crate::model::kinds::show_text;
use crate::model::order::Key;
use crate::model::resolve::Scope;
use crate::model::{Book, FieldDef, Kind, Moment, Record, TypeDef};
use indexmap::IndexMap;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;
use smol_str::SmolStr;
use std::sync::Arc;

/// What puts records under headings.
#[derive(Debug, Clone)]
pub struct Grouping {
    path: Path,
}

/// A heading, and the records under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The value they share: as stored, a month as `2026-11`; empty for those without one.
    pub value: SmolStr,
    /// What it is called; empty for those without a value.
    pub title: String,
    /// The place of the first of them.
    pub start: usize,
    /// How many they are.
    pub count: usize,
}

/// Whether the values of a field are few enough to be headings, as far as its kind tells.
pub fn makes_headings(field: &FieldDef) -> bool {
    let kind = matches!(
        field.kind,
        Kind::Choice(_) | Kind::Link(_) | Kind::User | Kind::Date | Kind::Datetime | Kind::Boolean
    );
    kind && !field.is_list()
}

impl Grouping {
    /// By the field at a path.
    ///
    /// # Errors
    /// When the path leads nowhere, or to what no two records share.
    pub fn new(ty: &Arc<TypeDef>, text: &str, book: &Book) -> Result<Self, QueryError> {
        let fault = |message: String| QueryError::new(0..text.len(), message);
        let path = Path::new(ty, text, book).map_err(|nowhere| {
            let message = match nowhere.several.is_empty() {
                true => format!("there is no field '{}' to group by", nowhere.step),
                false => nowhere.message(),
            };
            QueryError { suggestion: nowhere.suggestion, ..fault(message) }
        })?;
        let alone = |field: &FieldDef| matches!(field.kind, Kind::Longtext | Kind::Lines(_) | Kind::Address);
        match path.is_id() || path.is_title() || path.field.as_ref().is_some_and(alone) {
            true => Err(fault(format!("records cannot be grouped by '{text}': every one has its own"))),
            false => Ok(Self { path }),
        }
    }

    /// The path, spelled in full.
    pub fn path(&self) -> &SmolStr {
        &self.path.text
    }

    /// The field at its end; `None` for parts of addresses.
    pub fn field(&self) -> Option<&FieldDef> {
        self.path.field.as_ref()
    }

    /// Brings the records of each value together, in the order they come in, and says what stands over them. The
    /// values are in the order of their field, or in its reverse; records without one come last either way.
    pub fn arrange(
        &self,
        records: &mut Vec<Arc<Record>>,
        descending: bool,
        book: &Book,
        now: Now,
    ) -> Vec<Heading> {
        let keys = Keys::new(book, &self.path);
        let keyed: Vec<_> = records.par_iter().map(|r| (self.value(r, book, now), keys.of(r))).collect();
        let mut groups: IndexMap<SmolStr, (Key, Vec<usize>), FxBuildHasher> = IndexMap::default();
        for (at, (value, key)) in keyed.into_iter().enumerate() {
            let (least, members) = groups.entry(value).or_insert_with(|| (key.clone(), Vec::new()));
            if key < *least {
                *least = key;
            }
            members.push(at);
        }
        groups.sort_by(|a, (one, _), b, (other, _)| {
            let order = one.cmp(other).then(a.cmp(b));
            let order = if descending { order.reverse() } else { order };
            a.is_empty().cmp(&b.is_empty()).then(order)
        });
        let mut start = 0;
        let heading = |(value, (_, members)): (&SmolStr, &(Key, Vec<usize>))| {
            let title = members.first().map(|at| self.title(&records[*at], value, book, now));
            let heading = Heading {
                value: value.clone(),
                title: title.unwrap_or_default(),
                start,
                count: members.len(),
            };
            start += members.len();
            heading
        };
        let headings = groups.iter().map(heading).collect();
        *records = groups.values().flat_map(|(_, members)| members).map(|at| records[*at].clone()).collect();
        headings
    }

    fn value(&self, record: &Record, book: &Book, now: Now) -> SmolStr {
        let values = self.path.values(book, record);
        let Some(text) = values.into_iter().find_map(first_scalar) else { return SmolStr::default() };
        match self.is_dated().then(|| Moment::read(text)).flatten() {
            Some(moment) => moment.day_in(now.zone).format("%Y-%m").to_string().into(),
            None => text.into(),
        }
    }

    fn is_dated(&self) -> bool {
        matches!(self.field().map(|field| &field.kind), Some(Kind::Date | Kind::Datetime))
    }

    /// What a value is called where a record holds it.
    fn title(&self, record: &Record, value: &str, book: &Book, now: Now) -> String {
        if value.is_empty() {
            return String::new();
        }
        if self.is_dated()
            && let Some(Moment::Day(first)) = Moment::read(&format!("{value}-01"))
        {
            return month_year(first);
        }
        match (self.field(), Scope::of(book, record)) {
            (Some(field), Some(scope)) => show_text(&scope, field, value, now),
            _ => value.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::RepoPath;
    use crate::model::{Schema, Settings, test_fields};
    use chrono::{TimeZone, Utc};

    const BOOK: &str = "
users/lena: {name: Lena Vogt}
accounts/z: {name: Acme, billing_address: {country: DE}}
accounts/a: {name: Zeta, billing_address: {country: NL}}
pipelines/p: {stages: [{id: q, name: Qualification}, {id: won, name: Won, kind: won}]}
pipelines/r: {stages: [{id: up, name: Upcoming}, {id: won, name: Won, kind: won}]}
opportunities/a: {account: z, pipeline: p, stage: won, close_date: 2026-11-02, owner: lena}
opportunities/b: {account: a, pipeline: p, stage: q, close_date: 2027-01-20}
opportunities/c: {account: a, pipeline: r, stage: won, close_date: 2026-11-30}
opportunities/d: {name: nothing}
opportunities/e: {account: z, pipeline: r, stage: up}
";

    fn check(path: &str, descending: bool, expect: &str) {
        let records = test_fields(BOOK).into_iter().map(|(name, value)| Record {
            reference: name.parse().unwrap(),
            path: RepoPath::try_from(format!("{name}.yaml").as_str()).unwrap(),
            fields: value.entries().to_vec().into(),
        });
        let book =
            Book::new(Arc::new(Schema::builtin()), Arc::new(Settings::default()), records.collect(), vec![]);
        let ty = book.schema().find("deal").unwrap();
        let now = Now::new(Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap(), chrono_tz::UTC);
        let mut rows = book.of(&ty.folder).to_vec();
        let shown = match Grouping::new(ty, path, &book) {
            Ok(grouping) => {
                let headings = grouping.arrange(&mut rows, descending, &book, now);
                let group = |heading: &Heading| {
                    let of: Vec<_> =
                        rows[heading.start..][..heading.count].iter().map(|r| r.id().as_str()).collect();
                    format!("{}: {}", heading.title, of.join(" "))
                };
                headings.iter().map(group).collect::<Vec<_>>().join(" | ")
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expect, "{path} {descending}");
    }

    #[test]
    fn values_come_in_the_order_of_their_field_and_nothing_last() {
        check("stage", false, "Qualification: b | Upcoming: e | Won: a c | : d");
        check("stage", true, "Won: a c | Upcoming: e | Qualification: b | : d");
        check("account", false, "Acme: a e | Zeta: b c | : d");
        check("owner", false, "Lena Vogt: a | : b c d e");
        check("close_date", false, "Nov 2026: a c | Jan 2027: b | : d e");
        check("close", true, "Jan 2027: b | Nov 2026: a c | : d e");
        check("account.country", false, "DE: a e | NL: b c | : d");
    }

    #[test]
    fn not_by_what_is_everyones_own() {
        check("stge", false, "there is no field 'stge' to group by: did you mean 'stage'?");
        check("id", false, "records cannot be grouped by 'id': every one has its own");
        check("lines", false, "records cannot be grouped by 'lines': every one has its own");
    }
}
