//! The lines an item takes: a sentence, and each value with what it was (`-`) and what it is (`+`).

use super::item::{Item, Value};
use crate::base::text;
use crate::tui::theme::Role;
use crate::tui::widgets::paint::{self, wrap};

/// One line beside the date: pieces of text, each in its role and its columns.
#[derive(Default)]
pub struct Line(pub Vec<Piece>);

/// A piece of a line.
pub struct Piece {
    /// What it says.
    pub text: String,
    /// How it is spoken.
    pub role: Role,
    /// In how many columns; as many as it needs where that is 0.
    pub width: u16,
}

/// Columns of the names of values, at most.
const LABEL: u16 = 18;

/// The lines of an item in so many columns; never none.
pub fn lines(item: &Item, opened: bool, width: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    let more = match (opened, item.more()) {
        (false, more) if !more.is_empty() => format!("  ▸ {more}"),
        _ => String::new(),
    };
    if !item.what.is_empty() {
        // Room for what is said behind the words, and for the sign that they go on.
        let behind = if opened { 0 } else { paint::columns(&more) + 1 };
        let wrapped = wrap(&item.what, width.saturating_sub(behind).max(width / 2));
        let last = if opened { wrapped.len() } else { 1 };
        for (at, words) in wrapped.iter().take(last).enumerate() {
            let cut = if at + 1 == last && last < wrapped.len() { "…" } else { "" };
            lines.push(Line(vec![piece(format!("{words}{cut}"), Role::Text)]));
        }
    }
    if opened || item.telling {
        for part in &item.parts {
            if !part.title.is_empty() {
                lines.push(Line(vec![piece(part.title.clone(), Role::Link)]));
            }
            part.own.iter().for_each(|value| lines.extend(value_lines(value, opened, width)));
            if opened {
                part.stamped.iter().for_each(|value| lines.extend(value_lines(value, true, width)));
            }
        }
    }
    if lines.is_empty() {
        lines.push(Line(vec![piece(item.subject.clone(), Role::Text)]));
    }
    if let (false, Some(last)) = (more.is_empty(), lines.last_mut()) {
        last.0.push(piece(more, Role::Faint));
    }
    lines
}

/// On one line where both fit beside each other, else below each other; long texts in full only where opened.
fn value_lines(value: &Value, opened: bool, width: u16) -> Vec<Line> {
    let label = LABEL.min(width / 3);
    let room = width.saturating_sub(label + 2);
    let half = room / 2;
    let side =
        |sign: &str, text: &str| (!text.is_empty()).then(|| format!("{sign} {}", first_line(text, opened)));
    let (old, new) = (side("-", &value.old), side("+", &value.new));
    let fits = |text: &Option<String>, room: u16| {
        text.as_ref().is_none_or(|t| !t.contains('\n') && paint::columns(&text::safe(t)) <= room)
    };
    let name = || Piece { text: value.label.clone(), role: Role::Muted, width: label };
    if let (Some(old), Some(new)) = (&old, &new)
        && fits(&Some(old.clone()), half.saturating_sub(2).min(30))
        && fits(&Some(new.clone()), half)
    {
        let width = half.min(30);
        let before = Piece { text: old.clone(), role: Role::DiffRemove, width };
        return vec![Line(vec![name(), before, piece(new.clone(), Role::DiffAdd)])];
    }
    let mut lines: Vec<Line> = Vec::new();
    for (text, role) in [(old, Role::DiffRemove), (new, Role::DiffAdd)] {
        let Some(text) = text else { continue };
        let wrapped = wrap(&text, room);
        let last = if opened { wrapped.len() } else { 1 };
        for (at, words) in wrapped.iter().take(last).enumerate() {
            let lead = match (lines.is_empty(), at) {
                (true, _) => name(),
                (false, 0) => Piece { width: label, ..piece(String::new(), Role::Muted) },
                (false, _) => Piece { width: label + 2, ..piece(String::new(), Role::Muted) },
            };
            let cut = if at + 1 == last && last < wrapped.len() { "…" } else { "" };
            lines.push(Line(vec![lead, piece(format!("{words}{cut}"), role)]));
        }
    }
    lines
}

fn first_line(text: &str, opened: bool) -> &str {
    if opened { text } else { text.lines().next().unwrap_or_default() }
}

fn piece(text: String, role: Role) -> Piece {
    Piece { text, role, width: 0 }
}
