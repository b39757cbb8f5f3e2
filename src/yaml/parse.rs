//! From text to tree. The parser tells what the parts are and what they say; where they stand we find
//! ourselves, walking the text beside it: between two parts there may be nothing but white space, comments
//! and the one indicator that belongs there. So a span is right, or the file is refused.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, StrInput};

use super::cursor::Cursor;
use super::error::{YamlError, YamlErrorKind};
use super::extent;
use super::node::{Key, Node, NodeKind, Span, Style};
use crate::base::limits::{MAX_DEPTH, MAX_FILE_BYTES, MAX_VALUES};

/// Parses one record: a map, or nothing at all, which is an empty map.
///
/// ```
/// let root = kontor::yaml::parse("country: NO  # Norway\n").unwrap();
/// assert_eq!(root.get("country").unwrap().as_text(), Some("NO"));
/// ```
pub fn parse(text: &str) -> Result<Node, YamlError> {
    check_bytes(text)?;
    let mut reader =
        Reader { events: Parser::new_from_str(text), text, cursor: Cursor::new(text), values: 0 };
    reader.document()
}

/// Parses bytes, which must be UTF-8.
pub fn parse_bytes(bytes: &[u8]) -> Result<Node, YamlError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => parse(text),
        Err(_) if bytes.len() > MAX_FILE_BYTES => Err(too_large(bytes.len())),
        Err(e) => {
            let valid = std::str::from_utf8(&bytes[..e.valid_up_to()]).unwrap_or_default();
            Err(error_at(valid, valid.len(), YamlErrorKind::NotUtf8))
        }
    }
}

fn too_large(bytes: usize) -> YamlError {
    YamlError { kind: YamlErrorKind::TooLarge { bytes }, line: 1, column: 1 }
}

fn error_at(text: &str, at: usize, kind: YamlErrorKind) -> YamlError {
    let mut cursor = Cursor::new(text);
    cursor.advance_to(at);
    YamlError { kind, line: cursor.line, column: cursor.column }
}

fn check_bytes(text: &str) -> Result<(), YamlError> {
    if text.len() > MAX_FILE_BYTES {
        return Err(too_large(text.len()));
    }
    // The parser reads ahead in brackets before we can count what it finds there.
    if text.bytes().filter(|b| matches!(b, b',' | b'[' | b'{')).count() > 2 * MAX_VALUES {
        return Err(YamlError { kind: YamlErrorKind::TooMany { limit: MAX_VALUES }, line: 1, column: 1 });
    }
    let control = |&b: &u8| (b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0x7f;
    match text.bytes().position(|b| control(&b)) {
        Some(at) => Err(error_at(text, at, YamlErrorKind::ControlCharacter(char::from(text.as_bytes()[at])))),
        None => Ok(()),
    }
}

/// An event of the parser, with what we need of its span.
struct Part<'a> {
    event: Event<'a>,
    start: Marker,
    chars: usize,
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    text: &'a str,
    cursor: Cursor<'a>,
    values: usize,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Node, YamlError> {
        let mut part = self.next()?; // the start of the stream
        self.cursor.skip_gap();
        if self.cursor.byte() == b'%' {
            return Err(self.error(YamlErrorKind::Directive));
        }
        if part.event == Event::StreamStart {
            part = self.next()?;
        }
        if let Event::DocumentStart(explicit) = part.event {
            if explicit {
                self.expect("---")?;
            }
            part = self.next()?;
        }
        let root = match &part.event {
            Event::StreamEnd => self.nothing(),
            Event::Scalar(text, ScalarStyle::Plain, 0, None) if text.is_empty() => self.nothing(),
            _ => self.node(part, false, 1)?,
        };
        if root.as_map().is_none() {
            let kind = YamlErrorKind::NotAMap { found: root.describe() };
            return Err(YamlError { kind, line: root.line, column: root.column });
        }
        while let Some(part) = self.events.next_event() {
            let (event, span) = part.map_err(|e| syntax(&e, self.text))?;
            if matches!(event, Event::DocumentStart(_)) {
                return Err(fail(span.start, YamlErrorKind::SeveralDocuments));
            }
        }
        self.cursor.skip_gap();
        while self.cursor.sees("...") {
            self.cursor.skip(3);
            self.cursor.skip_gap();
        }
        if !self.cursor.at_end() {
            return Err(self.lost());
        }
        Ok(root)
    }

    /// The map an empty file stands for: at its end, or before the `...`.
    fn nothing(&mut self) -> Node {
        self.cursor.skip_gap();
        let Cursor { at, line, column, .. } = self.cursor;
        Node { kind: NodeKind::Map(Vec::new()), span: Span { start: at, end: at }, line, column }
    }

    /// The value that follows the indicator the cursor stands behind.
    fn node(&mut self, part: Part<'a>, flow: bool, depth: usize) -> Result<Node, YamlError> {
        let behind = self.cursor;
        self.cursor.skip_gap();
        // Keys come with depth 0 and do not count.
        self.values += usize::from(depth > 0);
        if self.values > MAX_VALUES {
            return Err(self.error(YamlErrorKind::TooMany { limit: MAX_VALUES }));
        }
        match part.event {
            Event::Alias(_) => Err(fail(part.start, YamlErrorKind::Alias)),
            Event::Scalar(_, _, 0, Some(_)) => Err(fail(part.start, YamlErrorKind::Tag)),
            Event::SequenceStart(0, Some(_)) | Event::MappingStart(0, Some(_)) => {
                Err(fail(part.start, YamlErrorKind::Tag))
            }
            Event::Scalar(_, _, 1.., _) | Event::SequenceStart(1.., _) | Event::MappingStart(1.., _) => {
                // With both, the tag may stand first: name what is at the start.
                let tag = self.cursor.byte() == b'!';
                Err(fail(part.start, if tag { YamlErrorKind::Tag } else { YamlErrorKind::Anchor }))
            }
            Event::Scalar(text, ScalarStyle::Plain, ..) if text.is_empty() => {
                self.cursor = behind;
                let kind = NodeKind::Scalar { text: String::new(), style: Style::Plain };
                let span = Span { start: behind.at, end: behind.at };
                Ok(Node { kind, span, line: behind.line, column: behind.column })
            }
            Event::Scalar(text, style, ..) => self.scalar(text.into_owned(), style, part.start, part.chars),
            Event::SequenceStart(..) => self.within(depth, |r| r.list(flow, depth)),
            Event::MappingStart(..) => self.within(depth, |r| r.map(flow, depth)),
            _ => Err(self.lost()),
        }
    }

    fn within(
        &mut self,
        depth: usize,
        read: impl FnOnce(&mut Self) -> Result<NodeKind, YamlError>,
    ) -> Result<Node, YamlError> {
        let Cursor { at: start, line, column, .. } = self.cursor;
        if depth > MAX_DEPTH {
            return Err(self.error(YamlErrorKind::TooDeep));
        }
        let kind = read(self)?;
        Ok(Node { kind, span: Span { start, end: self.cursor.at }, line, column })
    }

    fn scalar(
        &mut self,
        mut text: String,
        style: ScalarStyle,
        start: Marker,
        chars: usize,
    ) -> Result<Node, YamlError> {
        let Cursor { at, line, column, .. } = self.cursor;
        let (style, end) = match style {
            ScalarStyle::Plain => (Style::Plain, Some(extent::plain_end(self.text, at, chars))),
            ScalarStyle::SingleQuoted => (Style::Single, extent::quoted_end(self.text, at, b'\'')),
            ScalarStyle::DoubleQuoted => (Style::Double, extent::quoted_end(self.text, at, b'"')),
            // The parser's span starts at the content, so that its column is the indentation.
            ScalarStyle::Literal => {
                (Style::Literal, extent::block_end(self.text, at, b'|', start.col(), &text))
            }
            ScalarStyle::Folded => {
                (Style::Folded, extent::block_end(self.text, at, b'>', start.col(), &text))
            }
        };
        let here = style.is_block() || (start.line() == line as usize && start.col() + 1 == column as usize);
        let Some(end) = end.filter(|_| here) else { return Err(self.lost()) };
        if style.is_block() && self.text[end..].trim().is_empty() && !self.text.ends_with(['\n', '\r']) {
            extent::drop_invented_break(self.text, at, start.col(), &mut text);
        }
        self.cursor.advance_to(end);
        Ok(Node { kind: NodeKind::Scalar { text, style }, span: Span { start: at, end }, line, column })
    }

    fn list(&mut self, flow: bool, depth: usize) -> Result<NodeKind, YamlError> {
        let bracket = self.cursor.byte() == b'[';
        if bracket {
            self.cursor.skip(1);
        } else if flow {
            return Err(self.lost());
        }
        let mut items = Vec::new();
        loop {
            let part = self.next()?;
            if part.event == Event::SequenceEnd {
                break;
            }
            if !bracket {
                self.cursor.skip_gap();
                self.expect("-")?;
            } else if !items.is_empty() {
                self.cursor.skip_gap();
                self.expect(",")?;
            }
            items.push(self.node(part, bracket, depth + 1)?);
        }
        if bracket {
            self.close("]")?;
        }
        Ok(NodeKind::List(items))
    }

    fn map(&mut self, flow: bool, depth: usize) -> Result<NodeKind, YamlError> {
        let brace = self.cursor.byte() == b'{';
        if brace {
            self.cursor.skip(1);
        }
        let mut entries: Vec<(Key, Node)> = Vec::new();
        let mut seen = Keys::default();
        loop {
            let part = self.next()?;
            if part.event == Event::MappingEnd {
                break;
            }
            self.cursor.skip_gap();
            if brace && !entries.is_empty() {
                self.expect(",")?;
                self.cursor.skip_gap();
            }
            let key = self.key(part)?;
            if let Some(first_line) = seen.find_or_add(&entries, &key) {
                let kind = YamlErrorKind::DuplicateKey { key: key.text, first_line };
                return Err(YamlError { kind, line: key.line, column: key.column });
            }
            let behind_key = self.cursor;
            self.cursor.skip_gap();
            if self.cursor.byte() == b':' {
                self.cursor.skip(1);
            } else if brace {
                self.cursor = behind_key; // `{key}`
            } else {
                return Err(self.lost());
            }
            let part = self.next()?;
            let value = self.node(part, flow || brace, depth + 1)?;
            entries.push((key, value));
        }
        if brace {
            self.close("}")?;
        }
        Ok(NodeKind::Map(entries))
    }

    fn key(&mut self, part: Part<'a>) -> Result<Key, YamlError> {
        let byte = self.cursor.byte();
        let start = part.start;
        let here =
            start.line() == self.cursor.line as usize && start.col() + 1 == self.cursor.column as usize;
        if byte == b'?' && !here {
            return Err(self.error(YamlErrorKind::ExplicitKey));
        }
        match &part.event {
            Event::MappingStart(0, None) | Event::SequenceStart(0, None) => {
                return Err(fail(start, YamlErrorKind::ComplexKey));
            }
            Event::Scalar(text, ScalarStyle::Plain, 0, None) if text.is_empty() => {
                // `? ` alone on its line and `: value` both come without a key.
                let explicit = byte == b'?';
                let kind = if explicit { YamlErrorKind::ExplicitKey } else { YamlErrorKind::EmptyKey };
                return Err(self.error(kind));
            }
            _ => {}
        }
        let node = self.node(part, false, 0)?;
        match node.kind {
            NodeKind::Scalar { style: Style::Literal | Style::Folded, .. } => {
                Err(fail(start, YamlErrorKind::ComplexKey))
            }
            NodeKind::Scalar { text, .. } => {
                Ok(Key { text, span: node.span, line: node.line, column: node.column })
            }
            _ => Err(fail(start, YamlErrorKind::ComplexKey)),
        }
    }

    /// A bracket that closes, with the comma that may stand before it.
    fn close(&mut self, bracket: &str) -> Result<(), YamlError> {
        self.cursor.skip_gap();
        if self.cursor.byte() == b',' {
            self.cursor.skip(1);
            self.cursor.skip_gap();
        }
        self.expect(bracket)
    }

    fn expect(&mut self, indicator: &str) -> Result<(), YamlError> {
        if !self.cursor.sees(indicator) {
            return Err(match self.cursor.byte() {
                b'!' => self.error(YamlErrorKind::Tag),
                b'&' => self.error(YamlErrorKind::Anchor),
                _ => self.lost(),
            });
        }
        self.cursor.skip(indicator.len());
        Ok(())
    }

    fn next(&mut self) -> Result<Part<'a>, YamlError> {
        match self.events.next_event() {
            Some(Ok((event, span))) => Ok(Part { event, start: span.start, chars: span.len() }),
            Some(Err(e)) => Err(syntax(&e, self.text)),
            None => Err(self.lost()),
        }
    }

    fn error(&self, kind: YamlErrorKind) -> YamlError {
        YamlError { kind, line: self.cursor.line, column: self.cursor.column }
    }

    /// The parser and the walk beside it disagree on what is here: unusual syntax, better refused.
    fn lost(&self) -> YamlError {
        self.error(YamlErrorKind::Syntax {
            message: "an unusual spelling that cannot be edited safely".into(),
            hint: "write it in a simpler way",
        })
    }
}

/// Finds a key's first occurrence: by looking for small maps, by hash for large ones.
#[derive(Default)]
struct Keys(HashMap<String, u32>);

impl Keys {
    const SMALL: usize = 24;

    fn find_or_add(&mut self, entries: &[(Key, Node)], key: &Key) -> Option<u32> {
        if entries.len() < Self::SMALL {
            return entries.iter().find(|(k, _)| k.text == key.text).map(|(k, _)| k.line);
        }
        if self.0.is_empty() {
            self.0.extend(entries.iter().map(|(k, _)| (k.text.clone(), k.line)));
        }
        let first = self.0.get(&key.text).copied();
        if first.is_none() {
            self.0.insert(key.text.clone(), key.line);
        }
        first
    }
}

fn fail(mark: Marker, kind: YamlErrorKind) -> YamlError {
    YamlError { kind, line: mark.line() as u32, column: mark.col() as u32 + 1 }
}

fn syntax(e: &ScanError, text: &str) -> YamlError {
    let mut error = fail(*e.marker(), YamlErrorKind::from_parser(e.info()));
    if e.info().starts_with("simple key expect") {
        // The parser notices a missing colon only where the next line starts.
        let before = text.lines().zip(1..error.line).filter(|(line, _)| {
            let line = line.trim_start();
            !line.is_empty() && !line.starts_with('#')
        });
        if let Some((line, number)) = before.last() {
            error.line = number;
            error.column = 1 + (line.len() - line.trim_start().len()) as u32;
        }
    }
    error
}
