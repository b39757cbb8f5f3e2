//! The schema: which record types and fields there are. Built-in types are YAML files compiled in and read
//! by the same code as the `schema/` folder of a repository.

mod compile;
mod field;
mod file;
mod kind;
mod label;
mod load;
mod template;
mod type_def;

pub use field::{DefaultValue, FieldDef, Stamp};
pub use kind::{ADDRESS_PARTS, Choice, Kind, Options, Targets, Tone};
pub use label::Label;
pub use template::{Part, Template};
pub use type_def::{Group, Layout, Search, TypeDef};

use crate::base::Folder;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::Arc;

/// Every record type, found by name, alias or folder.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    types: Vec<Arc<TypeDef>>,
    words: FxHashMap<SmolStr, usize>,
}

impl Schema {
    /// Finds a type by any word for it: name, plural, alias; upper case and spaces are forgiven.
    pub fn find(&self, word: &str) -> Option<&Arc<TypeDef>> {
        let word = word.trim().to_lowercase().replace([' ', '-'], "_");
        self.words.get(word.as_str()).map(|i| &self.types[*i])
    }

    /// The type whose records live in `folder`.
    pub fn in_folder(&self, folder: &Folder) -> Option<&Arc<TypeDef>> {
        self.words.get(folder.as_str()).map(|i| &self.types[*i]).filter(|t| t.folder == *folder)
    }

    /// All types, the built-in ones first.
    pub fn types(&self) -> &[Arc<TypeDef>] {
        &self.types
    }

    /// The word for a type that is nearest to a misspelled one.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        super::near::nearest(word, self.types.iter().map(|t| t.name.as_str()))
    }

    /// The link fields that may point at `target`: the type, its field (the name under which the book keeps
    /// backlinks), and the field that holds the link, which is another one only inside lines.
    pub fn links_to<'a>(
        &'a self,
        target: &'a TypeDef,
    ) -> impl Iterator<Item = (&'a Arc<TypeDef>, &'a FieldDef, &'a FieldDef)> + 'a {
        let all = self.types.iter().flat_map(|ty| ty.fields.iter().map(move |field| (ty, field)));
        let with_lines = all
            .flat_map(|(ty, field)| field.lines().iter().chain([field]).map(move |link| (ty, field, link)));
        with_lines.filter(move |(_, _, link)| self.targets(link).any(|t| t.name == target.name))
    }

    /// The types a link field may point at.
    pub fn targets<'a>(&'a self, field: &'a FieldDef) -> impl Iterator<Item = &'a Arc<TypeDef>> + 'a {
        const USER: &[SmolStr] = &[SmolStr::new_static("user")];
        let names: &[SmolStr] = match &field.kind {
            Kind::Link(targets) | Kind::Links(targets) => targets.types(),
            Kind::User => USER,
            _ => &[],
        };
        names.iter().filter_map(|name| self.words.get(name).map(|i| &self.types[*i]))
    }

    fn add(&mut self, ty: TypeDef) {
        let index = match self.words.get(&ty.name) {
            Some(&index) => index,
            None => self.types.len(),
        };
        let words = [ty.name.clone(), SmolStr::new(ty.folder.as_str())];
        for word in words.into_iter().chain(ty.aliases.iter().cloned()) {
            self.words.entry(word).or_insert(index);
        }
        match self.types.get_mut(index) {
            Some(slot) => *slot = Arc::new(ty),
            None => self.types.push(Arc::new(ty)),
        }
    }
}
