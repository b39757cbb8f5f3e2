//! Ways of writing a text, best first.

use std::fmt::Write;

use super::node::Style;
use super::plain;

/// Where a scalar is written.
#[derive(Clone, Copy)]
pub(super) struct Room<'a> {
    /// Inside `[…]` or `{…}`, where no text block can stand.
    pub flow: bool,
    /// The column of the keys or dashes around it, from 0.
    pub column: usize,
    /// How much deeper a text block goes.
    pub step: usize,
    /// The line break of the file.
    pub newline: &'a str,
}

/// Ways of writing `text`, best first, the last of them always possible. `bare` says that readers may take it
/// for a number or the like; `old` is the style it replaces, which is kept where it can hold the text.
pub(super) fn spellings(text: &str, bare: bool, old: Option<Style>, room: &Room) -> Vec<String> {
    let mut ways = Vec::new();
    let lines = text.contains('\n');
    if !room.flow {
        if old == Some(Style::Folded) {
            ways.extend(folded(text, room));
        }
        if lines || old.is_some_and(Style::is_block) {
            ways.extend(literal(text, room));
        }
    }
    match old {
        Some(Style::Single) => ways.extend(single(text)),
        Some(Style::Double) => {}
        _ => {
            if plain::is_valid(text, room.flow) && (bare || plain::is_surely_text(text)) {
                ways.push(text.to_owned());
            }
            if text.contains(['"', '\\']) && !text.contains('\'') {
                ways.extend(single(text));
            }
        }
    }
    ways.push(double(text));
    ways
}

/// A key: bare where possible.
pub(super) fn key(text: &str, flow: bool) -> String {
    // A colon in a bare key is valid and still reads badly.
    let bare = plain::is_valid(text, flow) && plain::is_surely_text(text) && !text.contains(':');
    if bare { text.to_owned() } else { double(text) }
}

fn single(text: &str) -> Option<String> {
    let fits = text.chars().all(|c| plain::is_printable(c) && c != '\t');
    fits.then(|| format!("'{}'", text.replace('\'', "''")))
}

fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\0' => out.push_str("\\0"),
            '\u{1b}' => out.push_str("\\e"),
            c if plain::is_printable(c) => out.push(c),
            c => {
                // Writing to a String cannot fail.
                let _ = match u32::from(c) {
                    n @ 0..=0xff => write!(out, "\\x{n:02X}"),
                    n @ 0x100..=0xffff => write!(out, "\\u{n:04X}"),
                    n => write!(out, "\\U{n:08X}"),
                };
            }
        }
    }
    out.push('"');
    out
}

/// A text block, without the line break behind its last line: the line that holds it has one.
fn literal(text: &str, room: &Room) -> Option<String> {
    let lines = text.trim_end_matches('\n').split('\n').map(str::to_owned).collect();
    fits_block(text).then(|| block('|', text, lines, room))
}

fn folded(text: &str, room: &Room) -> Option<String> {
    let body = text.trim_end_matches('\n');
    // Lines that start with a space are not folded, which is more trouble than it is worth.
    if !fits_block(text) || body.is_empty() || body.split('\n').any(|line| line.starts_with([' ', '\t'])) {
        return None;
    }
    let width = 80_usize.saturating_sub(room.column + room.step).max(20);
    let mut lines = Vec::new();
    let mut after_text = false;
    for line in body.split('\n') {
        // A single line break between two texts would be folded into a space.
        if after_text && !line.is_empty() {
            lines.push(String::new());
        }
        if line.is_empty() {
            lines.push(String::new());
        } else {
            lines.extend(wrap(line, width));
        }
        after_text = true;
    }
    Some(block('>', text, lines, room))
}

/// Breaks a line at single spaces, which folding puts back.
fn wrap(line: &str, width: usize) -> Vec<String> {
    let blank = |i: usize| matches!(line.as_bytes().get(i), Some(b' ' | b'\t') | None);
    let mut lines: Vec<String> = Vec::new();
    let mut start = 0;
    for i in 1..=line.len() {
        let single = i < line.len() && line.as_bytes()[i] == b' ' && !blank(i - 1) && !blank(i + 1);
        if !single && i < line.len() {
            continue;
        }
        let word = &line[start..i];
        start = i + 1;
        match lines.last_mut() {
            Some(last) if last.chars().count() + 1 + word.chars().count() <= width => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn fits_block(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c == '\n' || plain::is_printable(c))
}

fn block(sign: char, text: &str, lines: Vec<String>, room: &Room) -> String {
    let body = text.trim_end_matches('\n');
    let breaks = text.len() - body.len();
    let mut out = String::from(sign);
    if lines.iter().find(|line| !line.is_empty()).is_some_and(|line| line.starts_with([' ', '\t'])) {
        out.push_str(&room.step.to_string());
    }
    match breaks {
        0 => out.push('-'),
        1 if !body.is_empty() => {}
        _ => out.push('+'),
    }
    if body.is_empty() {
        out.push_str(&room.newline.repeat(breaks));
        return out;
    }
    for line in lines {
        out.push_str(room.newline);
        if !line.is_empty() {
            out.push_str(&" ".repeat(room.column + room.step));
            out.push_str(&line);
        }
    }
    out.push_str(&room.newline.repeat(breaks.saturating_sub(1)));
    out
}
