//! What a query says about one field as a whole, and the same query with something else said about it.

use super::all_of::all_of;
use super::complete::quoted;
use super::path::Path;
use super::run::Query;
use super::syntax::{Expr, Item, Term};
use crate::model::kinds::Entry;
use crate::model::{Book, TypeDef};
use std::sync::Arc;

impl Query {
    /// The one value that a field of the type must have in every record that passes, as it is written.
    pub fn value_of(&self, ty: &Arc<TypeDef>, field: &str, book: &Book) -> Option<&str> {
        let terms = self.terms_on(ty, field, book).into_iter();
        terms.filter(|term| term.operator.is_equality()).find_map(|term| only(&term.values))
    }

    /// The conditions on a field that hold for every record that passes.
    fn terms_on(&self, ty: &Arc<TypeDef>, field: &str, book: &Book) -> Vec<&Term> {
        let whole = self.expr().into_iter();
        let parts = whole.flat_map(|expr| match expr {
            Expr::All(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        });
        let is_on = |term: &&Term| Path::new(ty, &term.field, book).is_ok_and(|path| path.text == field);
        parts.filter_map(Expr::term).filter(is_on).collect()
    }
}

fn only(values: &[Item]) -> Option<&str> {
    match values {
        [Item::One(atom)] => Some(&atom.text),
        _ => None,
    }
}

/// The text of a query that asks for one value of a field in place of whatever the text asks of that field. The rest
/// stays as it is written.
pub fn asking(
    text: &str,
    ty: &Arc<TypeDef>,
    (field, value): (&str, &str),
    book: &Book,
    entry: Entry<'_>,
) -> String {
    let term = format!("{field}:{}", quoted(value));
    let query = Query::parse(text, ty, book, entry).unwrap_or_default();
    let spot = |term: &Term| term.field_at.0.start..term.values_at.0.end;
    let spots: Vec<_> = query.terms_on(ty, field, book).into_iter().map(spot).collect();
    let Some((first, others)) = spots.split_first() else { return all_of([text, term.as_str()]) };
    let mut asked = text.to_owned();
    for spot in others.iter().rev() {
        asked.replace_range(spot.clone(), "");
        let (before, after) = asked.split_at(spot.start);
        asked = format!("{} {}", before.trim_end(), after.trim_start()).trim_end().to_owned();
    }
    asked.replace_range(first.clone(), &term);
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Now, RepoPath};
    use crate::model::{Record, Schema, Settings};
    use chrono::DateTime;
    use chrono_tz::Tz;

    #[test]
    fn one_value_in_place_of_another() {
        let pipeline = |id: &str| Record {
            reference: format!("pipelines/{id}").parse().unwrap(),
            path: RepoPath::try_from(format!("pipelines/{id}.yaml").as_str()).unwrap(),
            fields: crate::model::Fields::default(),
        };
        let pipelines = ["a", "b", "direct", "renewals"].map(pipeline).to_vec();
        let (schema, settings) = (Arc::new(Schema::builtin()), Arc::new(Settings::default()));
        let book = Book::new(schema, settings, pipelines, Vec::new());
        let ty = book.schema().find("deal").unwrap();
        let entry = Entry { me: None, now: Now::new(DateTime::UNIX_EPOCH, Tz::UTC) };
        let check = |text: &str, value: Option<&str>, expect: &str| {
            let query = Query::parse(text, ty, &book, entry).unwrap();
            assert_eq!(query.value_of(ty, "pipeline", &book), value, "{text}");
            let asked = asking(text, ty, ("pipeline", "renewals"), &book, entry);
            assert_eq!(asked, expect);
            let query = Query::parse(&asked, ty, &book, entry).unwrap();
            assert_eq!(query.value_of(ty, "pipeline", &book), Some("renewals"), "{asked}");
        };
        check("", None, "pipeline:renewals");
        check("amount>5k", None, "amount>5k pipeline:renewals");
        check("pump or valve", None, "(pump or valve) pipeline:renewals");
        check("pipeline=direct amount>5k", Some("direct"), "pipeline:renewals amount>5k");
        check("x pipel:a,b pump", None, "x pipeline:renewals pump");
        check("pipeline:a amount>5k pipeline!=b pump", Some("a"), "pipeline:renewals amount>5k pump");
        check("-pipeline:a", None, "-pipeline:a pipeline:renewals");
        check("pump (pipeline:a or amount>1)", None, "pump (pipeline:a or amount>1) pipeline:renewals");
    }
}
