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
/// Columns of the sign before a value.
const SIGN: u16 = 2;

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

/// On one line where both fit beside each other, else below each other. Long texts in full only where opened: else
/// the part of them that differs.
fn value_lines(value: &Value, opened: bool, width: u16) -> Vec<Line> {
    let label = LABEL.min(width / 3);
    let room = width.saturating_sub(label + 2);
    let half = room / 2;
    let name = || Piece { text: value.label.clone(), role: Role::Muted, width: label };
    let fits = |text: &str, room: u16| {
        !text.is_empty() && !text.contains('\n') && paint::columns(&text::safe(text)) + SIGN <= room
    };
    if fits(&value.old, half.saturating_sub(2).min(30)) && fits(&value.new, half) {
        let before = Piece { width: half.min(30), ..piece(format!("- {}", value.old), Role::DiffRemove) };
        return vec![Line(vec![name(), before, piece(format!("+ {}", value.new), Role::DiffAdd)])];
    }
    let shown = match opened {
        true => (value.old.clone(), value.new.clone()),
        false => text::contrast(&value.old, &value.new, usize::from(room.saturating_sub(SIGN))),
    };
    let mut lines: Vec<Line> = Vec::new();
    for (sign, text, role) in [("-", shown.0, Role::DiffRemove), ("+", shown.1, Role::DiffAdd)] {
        if text.is_empty() {
            continue;
        }
        for (at, words) in wrap(&text, room.saturating_sub(SIGN)).into_iter().enumerate() {
            let lead = if lines.is_empty() {
                name()
            } else {
                Piece { width: label, ..piece(String::new(), Role::Muted) }
            };
            let sign = if at == 0 { sign } else { " " };
            lines.push(Line(vec![lead, piece(format!("{sign} {words}"), role)]));
        }
    }
    lines
}

fn piece(text: String, role: Role) -> Piece {
    Piece { text, role, width: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, opened: bool, expect: &[&str]) {
        let value = Value { label: "Body".into(), old: old.into(), new: new.into() };
        let text = |line: &Line| line.0.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("|");
        let shown: Vec<_> = value_lines(&value, opened, 56).iter().map(text).collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn short_values_beside_each_other() {
        check("high", "low", false, &["Body|- high|+ low"]);
        check("", "low", false, &["Body|+ low"]);
        check("high", "", true, &["Body|- high"]);
    }

    #[test]
    fn of_long_ones_the_part_that_differs() {
        let old = "The fuse was blown again.\nAsk Marta whether the second line may stand still on Monday.";
        let new = old.replace("Monday", "Friday");
        check(old, &new, false, &["Body|- … still on Monday.", "|+ … still on Friday."]);
        check(
            old,
            &new,
            true,
            &[
                "Body|- The fuse was blown again.",
                "|  Ask Marta whether the second line",
                "|  may stand still on Monday.",
                "|+ The fuse was blown again.",
                "|  Ask Marta whether the second line",
                "|  may stand still on Friday.",
            ],
        );
    }
}
