//! Where things stand in a text: entries, their indicators, their lines, the habits of the file.

use crate::yaml::cursor::{Cursor, break_len, line_end, line_start};
use crate::yaml::node::{Node, NodeKind, Style};
use crate::yaml::path::Step;
use crate::yaml::write::Writer;

/// A text and its tree.
pub(super) struct Layout<'a> {
    pub text: &'a str,
    pub root: &'a Node,
}

/// One entry of a map or list.
pub(super) struct Entry<'a> {
    /// Its value.
    pub node: &'a Node,
    /// Where it starts: at its key or dash.
    pub start: usize,
    /// Behind its `:` or `-`. In a flow list, where the value starts.
    pub after: usize,
    /// The map or list it is in.
    pub container: &'a Node,
    /// Its place there.
    pub index: usize,
    /// Whether that is inside brackets or braces.
    pub flow: bool,
}

impl Entry<'_> {
    /// The column of the key or dash, from 0.
    pub fn column(&self) -> usize {
        column(self.container)
    }

    /// How many entries there are beside it, with itself.
    pub fn count(&self) -> usize {
        len(self.container)
    }

    /// Whether it is in a list.
    pub fn is_item(&self) -> bool {
        self.container.as_list().is_some()
    }
}

/// The column of the keys or dashes of a map or list, from 0.
pub(super) fn column(container: &Node) -> usize {
    container.column as usize - 1
}

/// How many entries a map or list has.
pub(super) fn len(container: &Node) -> usize {
    match &container.kind {
        NodeKind::Map(entries) => entries.len(),
        NodeKind::List(items) => items.len(),
        NodeKind::Scalar { .. } => 0,
    }
}

impl<'a> Layout<'a> {
    /// The value at a path, and whether it is inside brackets or braces.
    pub fn node(&self, at: &[Step]) -> Option<(&'a Node, bool)> {
        at.iter().try_fold((self.root, false), |(node, flow), step| {
            let inner = match step {
                Step::Key(key) => node.get(key)?,
                Step::Index(index) => node.as_list()?.get(*index)?,
            };
            Some((inner, flow || self.is_flow(node)))
        })
    }

    /// The entry at a path.
    pub fn find(&self, at: &[Step]) -> Option<Entry<'a>> {
        let (last, before) = at.split_last()?;
        let (container, flow) = self.node(before)?;
        let index = match (&container.kind, last) {
            (NodeKind::Map(entries), Step::Key(key)) => entries.iter().position(|(k, _)| k.text == *key)?,
            (NodeKind::List(_), Step::Index(index)) => *index,
            _ => return None,
        };
        self.entry(container, index, flow || self.is_flow(container))
    }

    /// The entry with this index.
    pub fn entry(&self, container: &'a Node, index: usize, flow: bool) -> Option<Entry<'a>> {
        let (node, start, after) = match &container.kind {
            NodeKind::Map(entries) => {
                let (key, node) = entries.get(index)?;
                let colon = self.skip_gap(key.span.end);
                let after = if self.byte(colon) == b':' { colon + 1 } else { key.span.end };
                (node, key.span.start, after)
            }
            NodeKind::List(items) if flow => {
                let node = items.get(index)?;
                (node, node.span.start, node.span.start)
            }
            NodeKind::List(items) => {
                let before = match index.checked_sub(1) {
                    Some(n) => items.get(n)?.span.end,
                    None => container.span.start,
                };
                let dash = self.skip_gap(before);
                (items.get(index)?, dash, dash + 1)
            }
            NodeKind::Scalar { .. } => return None,
        };
        Some(Entry { node, start, after, container, index, flow })
    }

    /// Whether a map or list is written in braces or brackets.
    pub fn is_flow(&self, node: &Node) -> bool {
        node.as_text().is_none() && matches!(self.byte(node.span.start), b'[' | b'{')
    }

    /// The byte at a place, 0 at the end.
    pub fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// Behind white space, line breaks and comments.
    pub fn skip_gap(&self, at: usize) -> usize {
        let mut cursor = Cursor::new(self.text);
        cursor.at = at;
        cursor.skip_gap();
        cursor.at
    }

    /// Behind blank lines.
    pub fn skip_blank(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len()
    }

    /// Whether there is a comment in a gap.
    pub fn has_comment(&self, start: usize, end: usize) -> bool {
        self.text[start..end].contains('#')
    }

    /// Whether there is a line break in a gap.
    pub fn has_break(&self, start: usize, end: usize) -> bool {
        self.text[start..end].contains(['\n', '\r'])
    }

    /// The end of a line, before its break.
    pub fn line_end(&self, at: usize) -> usize {
        line_end(self.text, at)
    }

    /// The start of a line.
    pub fn line_start(&self, at: usize) -> usize {
        line_start(self.text, at)
    }

    /// Behind the break of a line.
    pub fn next_line(&self, at: usize) -> usize {
        let end = self.line_end(at);
        end + break_len(self.text, end)
    }

    /// The end of the line before the one `at` is in, before its break.
    pub fn line_end_before(&self, at: usize) -> usize {
        let start = self.line_start(at);
        match &self.text.as_bytes()[..start] {
            [.., b'\r', b'\n'] => start - 2,
            [.., b'\r' | b'\n'] => start - 1,
            _ => start,
        }
    }

    /// Whether nothing but white space stands before `at` on its line.
    pub fn is_first_on_line(&self, at: usize) -> bool {
        self.text[self.line_start(at)..at].bytes().all(|b| matches!(b, b' ' | b'\t'))
    }

    /// What stands behind a value on its line: nothing, white space, a comment. Of a text block it is the
    /// line with its sign that counts.
    pub fn beside(&self, node: &Node) -> &'a str {
        if !is_block(node) {
            return &self.text[node.span.end..self.line_end(node.span.end)];
        }
        let header = &self.text[node.span.start..self.line_end(node.span.start)];
        // The header itself is a sign and at most two more.
        &header[header.find([' ', '\t', '#']).unwrap_or(header.len())..]
    }

    /// The end of a value and of what [`Self::beside`] says is beside it.
    pub fn end_with_beside(&self, node: &Node) -> usize {
        let first = if is_block(node) { node.span.start } else { node.span.end };
        node.span.end.max(self.line_end(first))
    }

    /// The end of the last line of an entry: comments below that are indented more than its key or dash are
    /// taken for its own.
    pub fn entry_end(&self, entry: &Entry) -> usize {
        let mut end = self.line_end(entry.node.span.end);
        let mut line = self.next_line(end);
        while line > end && line < self.text.len() {
            let stop = self.line_end(line);
            let content = self.text[line..stop].trim_start_matches(' ');
            let indent = stop - line - content.len();
            if content.starts_with('#') && indent > entry.column() {
                end = stop;
            } else if !content.trim().is_empty() {
                break;
            }
            let next = self.next_line(line);
            if next == line {
                break;
            }
            line = next;
        }
        end
    }

    /// The line break in use around `at`.
    fn newline(&self, at: usize) -> &'a str {
        let end = self.line_end(at);
        let (start, len) = match break_len(self.text, end) {
            0 => {
                let before = self.line_end_before(at);
                (before, break_len(self.text, before))
            }
            len => (end, len),
        };
        if len == 0 { "\n" } else { &self.text[start..start + len] }
    }

    /// A writer in the habits of the file, for a place in it.
    pub fn writer(&self, at: usize) -> Writer<'a> {
        let mut habits = Habits::default();
        habits.learn(self, self.root);
        Writer {
            newline: self.newline(at),
            step: habits.step.unwrap_or(2),
            list_step: habits.list_step.unwrap_or(2),
            blocks: true,
        }
    }
}

/// How deep the file indents maps and lists in maps.
#[derive(Default)]
struct Habits {
    step: Option<usize>,
    list_step: Option<usize>,
}

impl Habits {
    fn learn(&mut self, layout: &Layout, node: &Node) {
        if layout.is_flow(node) || (self.step.is_some() && self.list_step.is_some()) {
            return;
        }
        match &node.kind {
            NodeKind::Map(entries) => {
                for (key, value) in entries {
                    if !layout.is_flow(value) && value.line > key.line && len(value) > 0 {
                        let deeper = (value.column.saturating_sub(key.column) as usize).min(8);
                        match value.kind {
                            NodeKind::List(_) => self.list_step = self.list_step.or(Some(deeper)),
                            _ => self.step = self.step.or(Some(deeper.max(1))),
                        }
                    }
                    self.learn(layout, value);
                }
            }
            NodeKind::List(items) => items.iter().for_each(|item| self.learn(layout, item)),
            NodeKind::Scalar { .. } => {}
        }
    }
}

/// The style of a node, if it is a scalar that has one.
pub(super) fn style(node: &Node) -> Option<Style> {
    match &node.kind {
        NodeKind::Scalar { style, .. } if !node.is_null() => Some(*style),
        _ => None,
    }
}

/// Whether a node is a text block.
pub(super) fn is_block(node: &Node) -> bool {
    style(node).is_some_and(Style::is_block)
}
