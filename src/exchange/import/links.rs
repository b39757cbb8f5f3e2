//! Finding the record a cell names.

use super::fold::{folded, squeezed};
use crate::base::{Id, Ref};
use crate::model::kinds::title_of;
use crate::model::near::nearest;
use crate::model::schema::{FieldDef, Kind, TypeDef};
use crate::model::{Book, Record};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// The field that holds a record's id in the system it came from.
pub const EXTERNAL_ID: &str = "external_id";

/// What a cell names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// This record, by its id, external id, e-mail address or name.
    One(Ref),
    /// This record, whose name is the same but for spaces and signs.
    ButForSigns(Ref),
    /// Several records.
    Several(Vec<Ref>),
    /// None; perhaps the one of this name is meant.
    Nobody(Option<String>),
}

/// The names of records, type by type, made when they are first asked for.
pub struct Links {
    types: FxHashMap<SmolStr, Known>,
    /// How many more times to look for what was probably meant: that compares with every name there is.
    hints: usize,
}

/// After so many unknown names the next ones are no slips of the finger.
const HINTS: usize = 25;

impl Default for Links {
    fn default() -> Self {
        Self { types: FxHashMap::default(), hints: HINTS }
    }
}

#[derive(Default)]
struct Known {
    names: FxHashMap<String, Vec<Ref>>,
    squeezed: FxHashMap<String, Vec<Ref>>,
    titles: Vec<String>,
}

impl Links {
    /// What `text` names among the records a field may point at.
    pub fn find(&mut self, book: &Book, field: &FieldDef, text: &str) -> Named {
        match self.named(book, field, text) {
            Named::Nobody(_) if self.hints > 0 => {
                self.hints -= 1;
                let known = book.schema().targets(field).filter_map(|ty| self.types.get(&ty.name));
                let titles = known.flat_map(|known| &known.titles).map(String::as_str);
                Named::Nobody(nearest(text, titles).map(str::to_owned))
            }
            named => named,
        }
    }

    /// The one record that `text` names, if it is there.
    pub fn only(&mut self, book: &Book, field: &FieldDef, text: &str) -> Option<Ref> {
        match self.named(book, field, text) {
            Named::One(found) | Named::ButForSigns(found) => Some(found),
            Named::Several(_) | Named::Nobody(_) => None,
        }
    }

    fn named(&mut self, book: &Book, field: &FieldDef, text: &str) -> Named {
        let targets: Vec<_> = book.schema().targets(field).cloned().collect();
        let by_id = |ty: &TypeDef| {
            let id =
                text.strip_prefix(ty.folder.as_str()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(text);
            let reference = Ref { folder: ty.folder.clone(), id: Id::try_from(id).ok()? };
            book.get(&reference).map(|record| record.reference.clone())
        };
        if let Some(found) = targets.iter().find_map(|ty| by_id(ty)) {
            return Named::One(found);
        }
        let (name, bare) = (folded(text), squeezed(text));
        let mut exact = Vec::new();
        let mut alike = Vec::new();
        for ty in &targets {
            let known = self.known(book, ty);
            exact.extend(known.names.get(&name).into_iter().flatten().cloned());
            alike.extend(
                known.squeezed.get(&bare).filter(|_| !bare.is_empty()).into_iter().flatten().cloned(),
            );
        }
        alike.dedup();
        match (exact.len(), alike.len()) {
            (1, _) => Named::One(exact.swap_remove(0)),
            (0, 1) => Named::ButForSigns(alike.swap_remove(0)),
            (0, 0) => Named::Nobody(None),
            (0, _) => Named::Several(alike),
            _ => Named::Several(exact),
        }
    }

    /// Lets a record that is to be made be found. It is in the book already.
    pub fn add(&mut self, book: &Book, ty: &TypeDef, record: &Record) {
        if let Some(known) = self.types.get_mut(&ty.name) {
            known.add(book, ty, record);
        }
    }

    fn known(&mut self, book: &Book, ty: &TypeDef) -> &mut Known {
        self.types.entry(ty.name.clone()).or_insert_with(|| {
            let mut known = Known::default();
            book.of(&ty.folder).iter().for_each(|record| known.add(book, ty, record));
            known
        })
    }
}

impl Known {
    fn add(&mut self, book: &Book, ty: &TypeDef, record: &Record) {
        let title = title_of(book, record);
        let mails =
            ty.fields.iter().filter(|f| f.kind == Kind::Email).flat_map(|f| record.get(&f.name).scalars());
        let others = mails.chain([record.text(EXTERNAL_ID)]).filter(|text| !text.is_empty());
        let mut names: Vec<String> = others.map(folded).chain([folded(&title)]).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            self.names.entry(name).or_default().push(record.reference.clone());
        }
        self.squeezed.entry(squeezed(&title)).or_default().push(record.reference.clone());
        self.titles.push(title);
    }
}
