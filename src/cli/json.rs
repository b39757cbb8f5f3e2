//! JSON for programs: records, values, and text that cannot drive a terminal.

use crate::base::text::safe;
use crate::model::{Book, Record, Value};
use serde::{Serialize, Serializer};
use serde_json::ser::{Formatter, PrettyFormatter};
use serde_json::{Map, Value as Json};
use std::io;

/// A value as its file spells it: every scalar is a string, nothing is `null`.
pub fn value(value: &Value) -> Json {
    match value {
        Value::Empty => Json::Null,
        Value::Text(text) => Json::String(text.to_string()),
        Value::List(items) => items.iter().map(self::value).collect(),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|(name, v)| (name.to_string(), self::value(v))).collect())
        }
    }
}

/// A record: `ref`, `type`, `id` and its fields.
pub fn record(book: &Book, record: &Record) -> Json {
    let mut object = head(book, record);
    for (name, v) in &record.fields {
        object.insert(key(name), value(v));
    }
    Json::Object(object)
}

/// What every record's object begins with.
pub fn head(book: &Book, record: &Record) -> Map<String, Json> {
    let folder = &record.reference.folder;
    let ty = book.schema().in_folder(folder).map_or(folder.as_str(), |t| t.name.as_str());
    let mut object = Map::new();
    object.insert("ref".into(), record.reference.to_string().into());
    object.insert("type".into(), ty.into());
    object.insert("id".into(), record.id().to_string().into());
    object
}

/// The key of a field. A field called as one of the three of every record gets an underscore: `type_`.
pub fn key(field: &str) -> String {
    match field {
        "ref" | "type" | "id" => format!("{field}_"),
        other => other.to_owned(),
    }
}

/// Indented, and with every character escaped that could drive a terminal: serde_json leaves those above 0x7e.
///
/// # Errors
/// Never for what is made of strings, numbers, lists and maps.
pub fn to_text(value: &impl Serialize) -> io::Result<String> {
    let mut bytes = Vec::new();
    write(&mut bytes, value)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// As [`to_text`], to somebody who takes it bit by bit.
///
/// # Errors
/// When nobody takes it.
pub fn write(out: impl io::Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, Guarded(PrettyFormatter::new()));
    Ok(value.serialize(&mut serializer)?)
}

/// An array whose elements are only made when it is their turn: there may be many.
pub struct Each<F>(pub F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// The indenting formatter with a look at every character.
struct Guarded<'a>(PrettyFormatter<'a>);

impl Formatter for Guarded<'_> {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        if safe(text) == text {
            return writer.write_all(text.as_bytes());
        }
        let mut units = [0; 2];
        text.chars().try_for_each(|c| match c.is_ascii() && !c.is_ascii_control() || c.is_alphanumeric() {
            true => write!(writer, "{c}"),
            false => c.encode_utf16(&mut units).iter().try_for_each(|unit| write!(writer, "\\u{unit:04x}")),
        })
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_escaped_and_reads_back_the_same() {
        let hostile = "Müller \u{1b}]0;x\u{7}\u{9b}2J \u{202e}abc\u{7f} 黒田 😀 \"quoted\"";
        let text = to_text(&Json::String(hostile.into())).unwrap();
        assert!(text.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{text}");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), hostile);
        assert_eq!(to_text(&Json::String("Müller 😀".into())).unwrap(), "\"Müller 😀\"");
    }
}
