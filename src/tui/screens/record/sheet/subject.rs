//! Whose page it is, with what every part of it is worked out from.

use crate::base::{Money, Ref};
use crate::model::{Book, Record, TypeDef};
use crate::tui::parts::World;
use crate::tui::screens::record::fact::Facts;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A record, its type and its fields as facts.
pub struct Subject<'a> {
    /// The moment, the person and how values are shown.
    pub world: &'a World,
    /// All records.
    pub book: &'a Arc<Book>,
    /// The record.
    pub record: &'a Arc<Record>,
    /// Its type.
    pub ty: &'a Arc<TypeDef>,
    /// Its fields.
    pub facts: Facts<'a>,
}

impl<'a> Subject<'a> {
    /// A record as a subject. `None` where it or its type is not there.
    pub fn of(world: &'a World, reference: &Ref) -> Option<Self> {
        let record = world.book.get(reference)?;
        let ty = world.book.schema().in_folder(&reference.folder)?;
        let facts = Facts::of(&world.book, record, world.now)?;
        Some(Self { world, book: &world.book, record, ty, facts })
    }

    /// The records of a type that point here in one of these fields, each once.
    pub fn linked_by(&self, name: &str, fields: &[&str]) -> Vec<Arc<Record>> {
        let Some(ty) = self.book.schema().find(name) else { return Vec::new() };
        let mut seen = BTreeSet::new();
        let links =
            fields.iter().flat_map(|f| self.book.linking(&self.record.reference, ty.folder.as_str(), f));
        links.filter(|r| seen.insert(r.reference.clone())).cloned().collect()
    }
}

/// An amount without its cents, which say nothing in a sum.
pub fn whole(money: &Money) -> Money {
    Money::new(money.amount.round(), money.currency)
}
