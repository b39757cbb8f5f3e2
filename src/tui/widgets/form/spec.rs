//! What an owner tells a form about its fields, and what the form asks its owner.

use chrono::NaiveDate;
use smol_str::SmolStr;

use super::value::{FormValue, Values};
use crate::tui::widgets::picker::Item;

/// How a field is edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Editor {
    /// One line.
    Text,
    /// One line that is read as a number, an amount, a share, a length of time; its reading is shown beside it.
    Number,
    /// Several lines.
    Multiline,
    /// One of a few, from [`FormModel::options`].
    Choice,
    /// A day.
    Date,
    /// A day and a time.
    Datetime,
    /// Yes or no, kept as `true` and `false`.
    Toggle,
    /// Another record.
    Link {
        /// The offer to make one, with `{}` for the typed name; none where it can't be made here.
        create: Option<String>,
    },
    /// Other records.
    Links {
        /// As for [`Editor::Link`].
        create: Option<String>,
    },
    /// Words; new ones can be made.
    Tags,
    /// A map with these parts: name and label.
    Parts(Vec<(SmolStr, String)>),
    /// A list of maps with these fields.
    Lines(Vec<FieldSpec>),
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name in [`Values`].
    pub name: SmolStr,
    /// What people call it.
    pub label: String,
    /// The heading it stands under; fields of a group are given together.
    pub group: String,
    /// One sentence of help, shown beside the field while it has the focus.
    pub help: String,
    /// How it is edited.
    pub editor: Editor,
    /// Whether it must have a value.
    pub required: bool,
    /// Why it can't be edited, if it can't.
    pub locked: Option<String>,
}

impl FieldSpec {
    /// A field that may be empty.
    pub fn new(name: impl Into<SmolStr>, label: impl Into<String>, editor: Editor) -> FieldSpec {
        FieldSpec {
            name: name.into(),
            label: label.into(),
            group: String::new(),
            help: String::new(),
            editor,
            required: false,
            locked: None,
        }
    }

    /// That must have a value.
    pub fn required(mut self) -> FieldSpec {
        self.required = true;
        self
    }

    /// Under a heading.
    pub fn group(mut self, group: impl Into<String>) -> FieldSpec {
        self.group = group.into();
        self
    }

    /// With a sentence of help.
    pub fn help(mut self, help: impl Into<String>) -> FieldSpec {
        self.help = help.into();
        self
    }

    /// That can't be edited, for this reason.
    pub fn locked(mut self, reason: impl Into<String>) -> FieldSpec {
        self.locked = Some(reason.into());
        self
    }
}

/// How serious what is said about a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum Level {
    /// Nothing is wrong.
    #[default]
    Fine,
    /// It can be saved, but look.
    Warn,
    /// It can't be saved so.
    Error,
}

/// What the owner says about a field's content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldStatus {
    /// How serious.
    pub level: Level,
    /// What to say beside the field.
    pub note: String,
    /// The content as people read it (`30 Jan 2027`, `85,000.00 EUR`), where it differs from what is typed.
    pub shown: Option<String>,
    /// What the text becomes when the field is left: its canonical spelling.
    pub settled: Option<String>,
}

impl FieldStatus {
    /// Nothing to say.
    pub fn fine() -> FieldStatus {
        FieldStatus::default()
    }

    /// It can't be saved so.
    pub fn error(note: impl Into<String>) -> FieldStatus {
        FieldStatus { level: Level::Error, note: note.into(), ..FieldStatus::default() }
    }

    /// It can be saved, but look.
    pub fn warn(note: impl Into<String>) -> FieldStatus {
        FieldStatus { level: Level::Warn, note: note.into(), ..FieldStatus::default() }
    }

    /// Read as `settled`, shown as `shown`.
    pub fn read(settled: impl Into<String>, shown: impl Into<String>) -> FieldStatus {
        FieldStatus { settled: Some(settled.into()), shown: Some(shown.into()), ..FieldStatus::default() }
    }
}

/// What can be picked for a field.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The items.
    pub items: Vec<Item>,
    /// Whether these answer one query only; the form then asks again for the next.
    pub partial: bool,
}

/// What a form asks its owner. Fields are named by path: `stage`, `billing_address.city`, `lines.quantity`.
pub trait FormModel {
    /// Reads a field's content and says what there is to say. Parts of a map are checked with the map.
    fn check(&self, path: &str, value: &FormValue, all: &Values) -> FieldStatus;

    /// What can be picked.
    fn options(&self, path: &str, query: &str, all: &Values) -> Options;

    /// What a picked key is called.
    fn label(&self, path: &str, key: &str) -> String;

    /// What other fields beside this one take on from what it holds, such as a line's price from its product. They
    /// are filled where nothing was typed.
    fn follows(&self, _path: &str, _all: &Values) -> Vec<(SmolStr, FormValue)> {
        Vec::new()
    }

    /// What the lines of a field come to: each by itself, and all together, in words.
    fn sums(&self, _path: &str, _all: &Values) -> Option<(Vec<String>, String)> {
        None
    }

    /// What a field that has been changed held before, in words: `was Proposal since 12 Oct, 41 days`.
    fn before(&self, _path: &str) -> Option<String> {
        None
    }

    /// Reads a date as people type it, or says why not.
    fn read_date(&self, text: &str) -> Result<NaiveDate, String>;

    /// The day it is.
    fn today(&self) -> NaiveDate;
}
