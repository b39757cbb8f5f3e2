//! What is to be said of an import before it is made: gathered, so that a thousand rows with one fault are one line.

use indexmap::IndexMap;
use serde::Serialize;

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing is imported before that is decided.
    Stop,
    /// Something of the file does not come in.
    Warning,
    /// Something is understood by a rule, and the rule is named.
    Rule,
}

/// Something to be said, with the rows it is true of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// How much it matters.
    pub level: Level,
    /// A stable word for programs.
    pub code: &'static str,
    /// The sentence, without the rows.
    pub text: String,
    /// How many rows it is about; 0 where it is about the file.
    pub rows: usize,
    /// The line in the file of the first of them; 0 where it is about the file.
    pub line: u64,
}

/// The notes so far, each sentence once.
#[derive(Debug, Default)]
pub struct Notes(IndexMap<(Level, &'static str, String), (usize, u64)>);

impl Notes {
    /// Says something of the whole file.
    pub fn file(&mut self, level: Level, code: &'static str, text: impl Into<String>) {
        self.0.entry((level, code, text.into())).or_default();
    }

    /// Says something of a row.
    pub fn row(&mut self, level: Level, code: &'static str, text: impl Into<String>, line: u64) {
        let (rows, first) = self.0.entry((level, code, text.into())).or_insert((0, line));
        *rows += 1;
        *first = line.min(*first);
    }

    /// Says something of so many rows at once, the first of them on that line.
    pub fn rows(
        &mut self,
        level: Level,
        code: &'static str,
        text: impl Into<String>,
        rows: usize,
        line: u64,
    ) {
        self.0.insert((level, code, text.into()), (rows, line));
    }

    /// All of them: what stops first, then what is lost, then the rules, each in the order they came up.
    pub fn finish(self) -> Vec<Note> {
        let all = self.0.into_iter();
        let note = |((level, code, text), (rows, line))| Note { level, code, text, rows, line };
        let mut notes: Vec<Note> = all.map(note).collect();
        notes.sort_by_key(|note| note.level);
        notes
    }
}
