//! What differs between two books, found by comparing pointers: most records are the same ones. Those that point at a
//! record with another name count as changed, since they are found by it.

use super::role::called;
use crate::base::Ref;
use crate::model::{Book, Record};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

/// What differs between two books.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The references of records that were changed, added or removed.
    pub records: Vec<Ref>,
    /// Whether something changed that all entries depend on: the schema, the settings, a pipeline.
    pub everything: bool,
}

impl Changes {
    /// Nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// Anything may differ.
    pub fn everything() -> Self {
        Self { records: Vec::new(), everything: true }
    }

    /// Whether nothing differs.
    pub fn is_none(&self) -> bool {
        self.records.is_empty() && !self.everything
    }

    /// Both together.
    pub fn join(&mut self, mut later: Self) {
        self.records.append(&mut later.records);
        self.everything |= later.everything;
    }
}

/// What differs.
pub fn changes(old: &Book, new: &Book) -> Changes {
    let mut changes = Changes::none();
    let same_ground =
        std::ptr::eq(old.schema(), new.schema()) && std::ptr::eq(old.settings(), new.settings());
    changes.everything = !same_ground;
    let mut folders: Vec<_> = new.schema().types().iter().collect();
    if !same_ground {
        let gone = |ty: &&Arc<crate::model::TypeDef>| new.schema().in_folder(&ty.folder).is_none();
        folders.extend(old.schema().types().iter().filter(gone));
    }
    for ty in folders {
        let before = changes.records.len();
        compare(old.of(&ty.folder), new.of(&ty.folder), &mut changes.records);
        // Whether a deal is closed says its pipeline.
        changes.everything |= ty.setting && changes.records.len() > before;
    }
    let renamed = |reference: &&Ref| name_in(old, reference) != name_in(new, reference);
    let links = changes.records.iter().filter(renamed).flat_map(|reference| new.backlinks(reference));
    let linking: Vec<Ref> = links.map(|link| link.from.clone()).collect();
    changes.records.extend(linking);
    changes
}

/// What a record is called, by which those that point at it are found.
fn name_in<'b>(book: &'b Book, reference: &Ref) -> Option<Cow<'b, str>> {
    called(book.schema().in_folder(&reference.folder)?, book.get(reference)?)
}

/// Goes through two tables that are sorted by id.
fn compare(old: &[Arc<Record>], new: &[Arc<Record>], changed: &mut Vec<Ref>) {
    if std::ptr::eq(old, new) {
        return;
    }
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(old), Some(new)) => old.reference.id.cmp(&new.reference.id),
        };
        match order {
            Ordering::Less => changed.extend(old.next().map(|record| record.reference.clone())),
            Ordering::Greater => changed.extend(new.next().map(|record| record.reference.clone())),
            Ordering::Equal => {
                let (Some(old), Some(new)) = (old.next(), new.next()) else { return };
                if !Arc::ptr_eq(old, new) && old.fields != new.fields {
                    changed.push(new.reference.clone());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, reference};

    #[test]
    fn only_what_differs() {
        let old = book(
            "accounts/a: {name: A}\naccounts/b: {name: B}\naccounts/c: {name: C}\ncontacts/m: {last_name: M, account: c}",
        );
        let check = |change: &dyn Fn(&mut Book), records: &str, everything: bool| {
            let mut new = old.clone();
            change(&mut new);
            let changes = changes(&old, &new);
            let found: Vec<_> = changes.records.iter().map(ToString::to_string).collect();
            assert_eq!((found.join(" ").as_str(), changes.everything), (records, everything));
        };
        let record = |r: &str, name: &str| {
            let path = format!("{r}.yaml").as_str().try_into().unwrap();
            Record { reference: reference(r), path, fields: vec![("name".into(), name.into_value())].into() }
        };
        check(&|_| {}, "", false);
        check(&|b| b.upsert(record("accounts/a", "A")), "", false);
        check(&|b| b.upsert(record("accounts/b", "BB")), "accounts/b", false);
        check(&|b| b.upsert(record("accounts/d", "D")), "accounts/d", false);
        check(&|b| drop(b.remove(&reference("accounts/a"))), "accounts/a", false);
        check(&|b| b.upsert(record("accounts/c", "CC")), "accounts/c contacts/m", false);
        check(&|b| drop(b.remove(&reference("accounts/c"))), "accounts/c contacts/m", false);
        check(&|b| b.upsert(record("pipelines/p", "P")), "pipelines/p", true);
    }

    trait IntoValue {
        fn into_value(self) -> crate::model::Value;
    }

    impl IntoValue for &str {
        fn into_value(self) -> crate::model::Value {
            crate::model::Value::text(self)
        }
    }
}
