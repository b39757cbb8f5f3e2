//! What the index holds of each record.

use super::ask::squeezed;
use super::role::{Role, Source};
use super::standing::Standing;
use super::tokens::{FIRST, PARTS, STEMS, WORDS};
use super::{amount, role};
use crate::base::phone;
use crate::model::{Book, Record, Schema as Types, TypeDef};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Raised whenever the fields below change, or how their numbers are made: the index is then made anew.
pub const SCHEMA_VERSION: u32 = 3;

/// The columns and word lists of the index.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// A number for the reference: finds and replaces a record's entry.
    pub key: Field,
    /// The reference as text.
    pub reference: Field,
    /// A number for all that the entry was made from.
    pub stamp: Field,
    /// How the record stands.
    pub standing: Field,
    /// The folder of its type.
    pub folder: Field,
    /// The first word of each name.
    pub first: Field,
    /// The words of names.
    pub name: Field,
    /// The words of codes.
    pub code: Field,
    /// Codes and numbers in threes.
    pub part: Field,
    /// The words of prose.
    pub prose: Field,
    /// Their stems.
    pub stem: Field,
    /// Whole codes, numbers and amounts, without signs.
    pub whole: Field,
    /// The words of linked names.
    pub link: Field,
    /// The words of what says less.
    pub aside: Field,
}

/// The names of columns that are read by name.
pub const KEY: &str = "key";
/// See [`Fields::stamp`].
pub const STAMP: &str = "stamp";
/// See [`Fields::standing`].
pub const STANDING: &str = "standing";

/// The schema of the index with its fields.
pub fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |tokenizer: &str, positions: bool| {
        let option = match positions {
            true => IndexRecordOption::WithFreqsAndPositions,
            false => IndexRecordOption::Basic,
        };
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_fieldnorms(false);
        TextOptions::default().set_indexing_options(indexing.set_index_option(option))
    };
    let fields = Fields {
        key: builder.add_u64_field(KEY, INDEXED | FAST),
        reference: builder.add_text_field("reference", TextOptions::default() | STORED),
        stamp: builder.add_u64_field(STAMP, FAST),
        standing: builder.add_u64_field(STANDING, FAST),
        folder: builder.add_text_field("folder", STRING),
        first: builder.add_text_field("first", text(FIRST, false)),
        name: builder.add_text_field("name", text(WORDS, true)),
        code: builder.add_text_field("code", text(WORDS, false)),
        part: builder.add_text_field("part", text(PARTS, true)),
        prose: builder.add_text_field("prose", text(WORDS, true)),
        stem: builder.add_text_field("stem", text(STEMS, false)),
        whole: builder.add_text_field("whole", STRING),
        link: builder.add_text_field("link", text(WORDS, true)),
        aside: builder.add_text_field("aside", text(WORDS, false)),
    };
    (builder.build(), fields)
}

/// A number for a reference. Two references that share one are as likely as a disk that errs.
pub fn key(reference: &crate::base::Ref) -> u64 {
    let mut hasher = FxHasher::default();
    reference.hash(&mut hasher);
    hasher.finish()
}

/// Makes entries, and tells from what.
#[derive(Debug)]
pub struct Entries<'a> {
    book: &'a Book,
    fields: Fields,
    types: FxHashMap<&'a str, u64>,
}

impl<'a> Entries<'a> {
    /// For the records of this book.
    pub fn new(book: &'a Book, fields: Fields) -> Self {
        Self { book, fields, types: described(book.schema()) }
    }

    /// A number for everything the record's entry is made from: another one says that the entry is out of date.
    pub fn stamp(&self, record: &Record) -> u64 {
        let mut hasher = FxHasher::default();
        self.types.get(record.reference.folder.as_str()).hash(&mut hasher);
        record.fields.hash(&mut hasher);
        crate::crm::state::is_closed(self.book, record).hash(&mut hasher);
        role::linked(self.book, record, &mut |name| name.hash(&mut hasher));
        hasher.finish()
    }

    /// The record's entry.
    pub fn entry(&self, record: &Record, stamp: u64) -> TantivyDocument {
        let sources = role::sources(self.book, record);
        let fields = &self.fields;
        let mut entry = TantivyDocument::default();
        entry.add_u64(fields.key, key(&record.reference));
        entry.add_text(fields.reference, record.reference.to_string());
        entry.add_u64(fields.stamp, stamp);
        entry.add_u64(fields.standing, Standing::of(self.book, record, &sources).pack());
        entry.add_text(fields.folder, record.reference.folder.as_str());
        for source in &sources {
            self.add(&mut entry, source);
        }
        entry
    }

    fn add(&self, entry: &mut TantivyDocument, source: &Source<'_>) {
        let (fields, text) = (&self.fields, source.text.as_ref());
        match source.role {
            Role::Name => {
                entry.add_text(fields.first, text);
                entry.add_text(fields.name, text);
            }
            Role::Code => {
                entry.add_text(fields.code, text);
                entry.add_text(fields.part, text);
                entry.add_text(fields.whole, squeezed(text));
            }
            Role::Number => {
                entry.add_text(fields.code, text);
                if let Some(digits) = phone::indexed(text) {
                    entry.add_text(fields.whole, &digits);
                    entry.add_text(fields.part, digits);
                }
            }
            Role::Prose => {
                entry.add_text(fields.prose, text);
                entry.add_text(fields.stem, text);
                for digits in phone::in_prose(text) {
                    entry.add_text(fields.part, digits);
                }
            }
            Role::Link => entry.add_text(fields.link, text),
            Role::Aside => entry.add_text(fields.aside, text),
            Role::Amount => {
                amount::digits(text).iter().for_each(|digits| entry.add_text(fields.whole, digits))
            }
        }
    }
}

/// The types by folder, each with a number for all that the schema says of it.
fn described(schema: &Types) -> FxHashMap<&str, u64> {
    let number = |ty: &TypeDef, place: usize| {
        let mut hasher = FxHasher::default();
        (format!("{ty:?}"), place).hash(&mut hasher);
        hasher.finish()
    };
    let types = schema.types().iter().enumerate();
    types.map(|(place, ty)| (ty.folder.as_str(), number(ty, place))).collect()
}
