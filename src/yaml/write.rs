//! Writing values afresh, in the style of the file around them.

use super::data::Data;
use super::node::Style;
use super::parse::parse;
use super::scalar::{self, Room};

/// The longest list that is written on one line, in characters.
const ONE_LINE: usize = 72;

/// The text of a fresh file. `data` is a map; an empty one is an empty file.
///
/// ```
/// use kontor::yaml::{Data, to_text};
/// let tags = Data::List(vec![Data::text("pilot"), Data::text("no")]);
/// let data = Data::Map(vec![("name".into(), Data::text("Acme: pumps")), ("tags".into(), tags)]);
/// assert_eq!(to_text(&data), "name: \"Acme: pumps\"\ntags: [pilot, \"no\"]\n");
/// ```
pub fn to_text(data: &Data) -> String {
    let mut writer = Writer { newline: "\n", step: 2, list_step: 2, blocks: true };
    let mut write = |blocks| {
        writer.blocks = blocks;
        let mut text = writer.block(data, 0);
        if !text.is_empty() {
            text.push('\n');
        }
        text
    };
    let text = write(true);
    // There are texts no block can hold; what comes out is what counts.
    if parse(&text).is_ok_and(|root| data.is_written_in(&root)) { text } else { write(false) }
}

/// Writes values in one file's habits.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    /// The line break.
    pub newline: &'a str,
    /// How much deeper a map in a map goes.
    pub step: usize,
    /// How much deeper a list in a map goes.
    pub list_step: usize,
    /// Whether texts of several lines become blocks.
    pub blocks: bool,
}

impl<'a> Writer<'a> {
    /// The room of a scalar under a key or dash at `column`.
    pub fn room(&self, column: usize) -> Room<'a> {
        Room { flow: !self.blocks, column, step: self.step, newline: self.newline }
    }

    /// A map or list with its lines at `column`; the first one is where the caller puts it.
    pub fn block(&self, data: &Data, column: usize) -> String {
        let lines: Vec<String> = match data {
            Data::Map(entries) => entries.iter().map(|(key, value)| self.entry(key, value, column)).collect(),
            Data::List(items) => items.iter().map(|item| self.item(item, column)).collect(),
            scalar => vec![self.scalar(scalar, None, column)],
        };
        lines.join(&self.line(column))
    }

    /// `key: value` in a map at `column`.
    pub fn entry(&self, key: &str, value: &Data, column: usize) -> String {
        format!("{}:{}", scalar::key(key, false), self.value(value, column))
    }

    /// What follows the colon of a key at `column`.
    pub fn value(&self, value: &Data, column: usize) -> String {
        if let Some(inline) = self.inline(value, None, column) {
            return if inline.is_empty() { inline } else { format!(" {inline}") };
        }
        let deeper = column + if matches!(value, Data::List(_)) { self.list_step } else { self.step };
        format!("{}{}", self.line(deeper), self.block(value, deeper))
    }

    /// `- item` in a list at `column`.
    pub fn item(&self, item: &Data, column: usize) -> String {
        match self.inline(item, None, column) {
            Some(inline) if inline.is_empty() => "-".into(),
            Some(inline) => format!("- {inline}"),
            None => format!("- {}", self.block(item, column + 2)),
        }
    }

    /// A value that starts on the line of its key: a scalar, an empty or a short list, an empty map.
    pub fn inline(&self, data: &Data, old: Option<Style>, column: usize) -> Option<String> {
        match data {
            Data::List(items) => {
                let simple = items.iter().all(|item| match item {
                    Data::Text(text) | Data::Plain(text) => !text.contains('\n'),
                    _ => false,
                });
                let line = simple.then(|| self.flow(data, None))?;
                (line.chars().count() + column <= ONE_LINE || items.is_empty()).then_some(line)
            }
            Data::Map(entries) => entries.is_empty().then(|| "{}".into()),
            scalar => Some(self.scalar(scalar, old, column)),
        }
    }

    /// A value inside brackets or braces, all on one line.
    pub fn flow(&self, data: &Data, old: Option<Style>) -> String {
        let comma = |parts: Vec<String>| parts.join(", ");
        match data {
            Data::Null => "~".into(),
            Data::Text(text) => flow_scalar(text, false, old),
            Data::Plain(text) => flow_scalar(text, true, old),
            Data::List(items) => format!("[{}]", comma(items.iter().map(|d| self.flow(d, None)).collect())),
            Data::Map(entries) => {
                format!(
                    "{{{}}}",
                    comma(entries.iter().map(|(key, value)| self.flow_entry(key, value)).collect())
                )
            }
        }
    }

    /// `key: value` inside braces.
    pub fn flow_entry(&self, key: &str, value: &Data) -> String {
        format!("{}: {}", scalar::key(key, true), self.flow(value, None))
    }

    /// A line break and the indentation up to `column`.
    pub fn line(&self, column: usize) -> String {
        format!("{}{}", self.newline, " ".repeat(column))
    }

    fn scalar(&self, data: &Data, old: Option<Style>, column: usize) -> String {
        let (text, bare) = match data {
            Data::Text(text) => (text, false),
            Data::Plain(text) => (text, true),
            _ => return String::new(),
        };
        scalar::spellings(text, bare, old, &self.room(column)).swap_remove(0)
    }
}

fn flow_scalar(text: &str, bare: bool, old: Option<Style>) -> String {
    let room = Room { flow: true, column: 0, step: 2, newline: "\n" };
    scalar::spellings(text, bare, old, &room).swap_remove(0)
}
