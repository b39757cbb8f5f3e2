//! Longer text to read: wrapped, scrolled, with the lightest of Markdown.

use std::cell::{Cell, RefCell};

use crossterm::event::{KeyCode, KeyEvent, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::chord::{Held, chord};
use super::paint::{self, Pen};
use crate::base::text;
use crate::tui::theme::{Role, Theme};

/// One line as it is shown: indent, role, and its words, every second run of them strong.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    role: Role,
    runs: Vec<String>,
}

/// The state of a text being read.
#[derive(Debug, Default)]
pub struct Reader {
    text: String,
    markdown: bool,
    top: Cell<usize>,
    area: Cell<Rect>,
    /// The wrapped lines, and the width they are wrapped for.
    lines: RefCell<(u16, Vec<Line>)>,
}

impl Reader {
    /// A text as it is.
    pub fn plain(text: impl Into<String>) -> Reader {
        Reader { text: text.into(), ..Reader::default() }
    }

    /// A text whose headings, lists, quotes, code and `**strong**` words are shown as such.
    pub fn markdown(text: impl Into<String>) -> Reader {
        Reader { text: text.into(), markdown: true, ..Reader::default() }
    }

    /// Another text; the view stays if it is the same.
    pub fn set(&mut self, text: &str) {
        if self.text != text {
            self.text = text.to_owned();
            self.top.set(0);
            self.lines.get_mut().1.clear();
            self.lines.get_mut().0 = 0;
        }
    }

    /// Lines the text takes at this width.
    pub fn height(&self, width: u16) -> usize {
        self.wrap(width);
        self.lines.borrow().1.len()
    }

    /// Handles the keys that scroll; false for others.
    pub fn handle(&mut self, key: KeyEvent) -> bool {
        let page = isize::from(self.area.get().height as i16 - 1).max(1);
        let by = match chord(key) {
            (Held::Plain, KeyCode::Up | KeyCode::Char('k')) => -1,
            (Held::Plain, KeyCode::Down | KeyCode::Char('j')) => 1,
            (Held::Plain, KeyCode::PageUp) | (Held::Ctrl, KeyCode::Char('b')) => -page,
            (Held::Plain, KeyCode::PageDown | KeyCode::Char(' ')) | (Held::Ctrl, KeyCode::Char('f')) => page,
            (Held::Ctrl, KeyCode::Char('u')) => -(page / 2).max(1),
            (Held::Ctrl, KeyCode::Char('d')) => (page / 2).max(1),
            (Held::Plain, KeyCode::Home | KeyCode::Char('g')) => isize::MIN,
            (Held::Plain, KeyCode::End | KeyCode::Char('G')) => isize::MAX,
            _ => return false,
        };
        self.scroll(by);
        true
    }

    /// Handles the wheel; false when the mouse is elsewhere.
    pub fn mouse(&mut self, event: MouseEvent) -> bool {
        let by = match event.kind {
            MouseEventKind::ScrollUp => -3,
            MouseEventKind::ScrollDown => 3,
            _ => return false,
        };
        let inside = self.area.get().contains(Position::new(event.column, event.row));
        if inside {
            self.scroll(by);
        }
        inside
    }

    fn scroll(&mut self, by: isize) {
        let last = self.lines.borrow().1.len().saturating_sub(self.area.get().height.into());
        self.top.set(self.top.get().saturating_add_signed(by).min(last));
    }

    /// Draws the part in view.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        self.area.set(area);
        self.wrap(area.width.saturating_sub(1));
        let lines = &self.lines.borrow().1;
        let top = self.top.get().min(lines.len().saturating_sub(area.height.into()));
        self.top.set(top);
        for (y, line) in lines.iter().skip(top).take(area.height.into()).enumerate() {
            let mut pen = Pen::new(buf, paint::line(area, y as u16));
            for (run, words) in line.runs.iter().enumerate() {
                let role = if run % 2 == 1 { Role::Heading } else { line.role };
                pen.text(words, theme.style(role));
            }
        }
        paint::scrollbar(buf, area, top, area.height.into(), lines.len(), theme);
    }

    fn wrap(&self, width: u16) {
        let mut kept = self.lines.borrow_mut();
        if kept.0 == width && !kept.1.is_empty() {
            return;
        }
        let lines =
            if self.markdown { markdown(&self.text, width) } else { plain(&self.text, width, Role::Text) };
        *kept = (width, lines);
    }
}

fn plain(words: &str, width: u16, role: Role) -> Vec<Line> {
    paint::wrap(words, width).into_iter().map(|line| Line { role, runs: vec![line] }).collect()
}

fn markdown(words: &str, width: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut code = false;
    for line in text::safe_lines(words) {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") {
            code = !code;
        } else if code {
            lines.push(Line { role: Role::Muted, runs: vec![format!("  {line}")] });
        } else if let Some(title) = trimmed.strip_prefix('#') {
            let title = title.trim_start_matches('#').trim();
            lines.extend(plain(title, width, Role::Heading));
        } else if let Some(quote) = trimmed.strip_prefix('>') {
            let quoted = plain(quote.trim(), width.saturating_sub(2), Role::Muted);
            lines.extend(quoted.into_iter().map(|line| indented(line, "│ ")));
        } else if let Some(item) = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* ")) {
            let depth = line.len() - trimmed.len();
            let indent = depth as u16 + 2;
            let (first, next) = (format!("{}• ", " ".repeat(depth)), " ".repeat(indent.into()));
            for (at, part) in strong(item, width.saturating_sub(indent)).into_iter().enumerate() {
                lines.push(indented(part, if at == 0 { &first } else { &next }));
            }
        } else {
            lines.extend(strong(&line, width));
        }
    }
    lines
}

fn indented(mut line: Line, indent: &str) -> Line {
    if let Some(first) = line.runs.first_mut() {
        first.insert_str(0, indent);
    }
    line
}

/// Wrapped lines with the words between `**` as every second run. A run may go on over the end of a line.
fn strong(words: &str, width: u16) -> Vec<Line> {
    let paired = words.matches("**").count() / 2 * 2;
    // The stars take no room: wrap without them, and then put the changes of run back by counting characters.
    let mut bare = String::new();
    let mut changes = Vec::new();
    for (at, part) in words.splitn(paired + 1, "**").enumerate() {
        if at > 0 {
            changes.push(bare.chars().filter(|c| !c.is_whitespace()).count());
        }
        bare.push_str(part);
    }
    let mut seen = 0;
    let mut lines = Vec::new();
    for line in paint::wrap(&bare, width) {
        let mut runs = vec![String::new()];
        for c in line.chars() {
            let inside = changes.iter().filter(|change| **change <= seen).count() % 2 == 1;
            if !c.is_whitespace() {
                seen += 1;
                if inside != runs.len().is_multiple_of(2) {
                    runs.push(String::new());
                }
            }
            if let Some(run) = runs.last_mut() {
                run.push(c);
            }
        }
        lines.push(Line { role: Role::Text, runs });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::testing::{key, keys, shown};

    const NOTE: &str = "# Pilot, week 3\n\nMarta says it **runs well** and wants a second line.\n\n- ask **Tom Reuter** about the purchasing rules in January\n- send the quote\n\n> Purchasing changes in January\n\n```\nport: 502\n```\n2 ** 3 is no emphasis";

    #[test]
    fn light_markdown() {
        let reader = Reader::markdown(NOTE);
        insta::assert_snapshot!(shown(40, 16, |area, buf, theme| reader.draw(area, buf, theme)));
    }

    #[test]
    fn strong_words_are_the_odd_runs() {
        let runs = |width| -> Vec<Vec<String>> {
            strong("it **runs well** now", width).into_iter().map(|line| line.runs).collect()
        };
        assert_eq!(runs(12), [vec!["it ", "runs well"], vec!["now"]]);
        assert_eq!(runs(9), [vec!["it ", "runs"], vec!["", "well ", "now"]]);
    }

    #[test]
    fn scrolling_stays_within_the_text() {
        let mut reader = Reader::plain((1..=30).map(|n| format!("line {n}\n")).collect::<String>());
        let top = |reader: &Reader| {
            let text = shown(20, 10, |area, buf, theme| reader.draw(area, buf, theme));
            text.lines().next().unwrap().trim_end_matches(['┃', ' ']).to_owned()
        };
        assert_eq!(top(&reader), "line 1");
        for (script, first) in [("jj", "line 3"), ("G", "line 21"), ("<pgup>", "line 12"), ("g", "line 1")] {
            for event in keys(script) {
                assert!(reader.handle(event));
            }
            assert_eq!(top(&reader), first);
        }
        assert!(!reader.handle(key("x")));
    }

    #[test]
    fn another_text_starts_at_its_top_and_the_same_stays() {
        let mut reader = Reader::plain("a\nb\nc\nd\n");
        let draw = |reader: &Reader| shown(9, 2, |area, buf, theme| reader.draw(area, buf, theme));
        draw(&reader);
        reader.handle(key("G"));
        reader.set("a\nb\nc\nd\n");
        assert!(draw(&reader).starts_with("c"));
        reader.set("x\ny\nz");
        assert!(draw(&reader).starts_with("x"));
    }
}
