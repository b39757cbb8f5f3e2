//! One line of text being typed, with the keys of a shell's line.

use std::cell::Cell;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_segmentation::UnicodeSegmentation;

use super::chord::{Held, chord};
use super::paint::{self, Pen};
use crate::base::text;
use crate::tui::theme::{Role, Theme};

/// What a key did to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Nothing; the key is someone else's (Enter, Esc, Tab…).
    Ignored,
    /// The cursor moved, or could not.
    Moved,
    /// The text changed.
    Changed,
}

/// The state of one line: text, cursor, what was cut.
#[derive(Debug, Clone, Default)]
pub struct Input {
    text: String,
    /// Byte offset of the cursor, always at a grapheme's beginning.
    cursor: usize,
    cut: String,
    /// What to show while there is no text.
    pub placeholder: String,
    /// Columns of the text left of the line.
    scroll: Cell<usize>,
}

impl Input {
    /// An empty line.
    pub fn new() -> Input {
        Input::default()
    }

    /// A line with text, its cursor at the end.
    pub fn with(text: impl Into<String>) -> Input {
        let mut input = Input::new();
        input.set(text);
        input
    }

    /// An empty line that shows this until something is typed.
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Input {
        self.placeholder = placeholder.into();
        self
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing has been typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Other text, the cursor at its end.
    pub fn set(&mut self, text: impl Into<String>) {
        self.text = one_line(&text.into());
        self.cursor = self.text.len();
    }

    /// The text before the cursor, and what follows it.
    pub fn around(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    /// Puts other text before the cursor.
    pub fn set_before(&mut self, text: &str) {
        let text = one_line(text);
        self.text.replace_range(..self.cursor, &text);
        self.cursor = text.len();
    }

    /// Takes the text out.
    pub fn take(&mut self) -> String {
        self.cursor = 0;
        std::mem::take(&mut self.text)
    }

    /// Whether the cursor stands before the first character.
    pub fn at_start(&self) -> bool {
        self.cursor == 0
    }

    /// Inserts pasted text; line breaks become spaces.
    pub fn paste(&mut self, text: &str) -> Edit {
        let text = one_line(text);
        self.text.insert_str(self.cursor, &text);
        self.cursor += text.len();
        if text.is_empty() { Edit::Moved } else { Edit::Changed }
    }

    /// Handles one key.
    pub fn handle(&mut self, key: KeyEvent) -> Edit {
        match chord(key) {
            (Held::Plain, KeyCode::Char(c)) => self.paste(c.encode_utf8(&mut [0; 4])),
            (Held::Plain, KeyCode::Left) | (Held::Ctrl, KeyCode::Char('b')) => self.to(self.before()),
            (Held::Plain, KeyCode::Right) | (Held::Ctrl, KeyCode::Char('f')) => self.to(self.after()),
            (Held::Plain, KeyCode::Home) | (Held::Ctrl, KeyCode::Char('a')) => self.to(0),
            (Held::Plain, KeyCode::End) | (Held::Ctrl, KeyCode::Char('e')) => self.to(self.text.len()),
            (Held::Alt, KeyCode::Char('b')) | (Held::Ctrl | Held::Alt, KeyCode::Left) => {
                self.to(self.word_before())
            }
            (Held::Alt, KeyCode::Char('f')) | (Held::Ctrl | Held::Alt, KeyCode::Right) => {
                self.to(self.word_after())
            }
            (Held::Plain | Held::Shift, KeyCode::Backspace) | (Held::Ctrl, KeyCode::Char('h')) => {
                self.remove(self.before()..self.cursor, false)
            }
            (Held::Plain, KeyCode::Delete) | (Held::Ctrl, KeyCode::Char('d')) => {
                self.remove(self.cursor..self.after(), false)
            }
            (Held::Ctrl, KeyCode::Char('w')) | (Held::Alt | Held::Ctrl, KeyCode::Backspace) => {
                self.remove(self.word_before()..self.cursor, true)
            }
            (Held::Alt, KeyCode::Char('d') | KeyCode::Delete) => {
                self.remove(self.cursor..self.word_after(), true)
            }
            (Held::Ctrl, KeyCode::Char('u')) => self.remove(0..self.cursor, true),
            (Held::Ctrl, KeyCode::Char('k')) => self.remove(self.cursor..self.text.len(), true),
            (Held::Ctrl, KeyCode::Char('y')) => self.paste(&self.cut.clone()),
            _ => Edit::Ignored,
        }
    }

    /// Draws the line; with `focused`, its cursor too.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) {
        let area = paint::line(area.intersection(buf.area), 0);
        if area.is_empty() {
            return;
        }
        let style =
            theme.style(Role::Text).patch(theme.style(if focused { Role::InputFocus } else { Role::Input }));
        let before = text::width(&text::safe(&self.text[..self.cursor]));
        let whole = text::width(&text::safe(&self.text));
        let room = usize::from(area.width);
        let mut scroll = self.scroll.get().min((whole + 1).saturating_sub(room));
        scroll = if focused { scroll.clamp((before + 1).saturating_sub(room), before) } else { 0 };
        self.scroll.set(scroll);

        if self.text.is_empty() {
            Pen::new(buf, area).text(&self.placeholder, theme.style(Role::Placeholder));
        } else if scroll == 0 {
            Pen::new(buf, area).text(&self.text, style);
        } else {
            Pen::new(buf, area).text("…", theme.style(Role::Faint)).text(self.tail(scroll + 1), style);
        }
        if focused {
            // The cursor is in the area by now.
            let behind = u16::try_from(before - scroll).unwrap_or(area.width);
            let x = area.x.saturating_add(behind).min(area.right() - 1);
            buf[(x, area.y)].modifier.insert(Modifier::REVERSED);
        }
    }

    /// The text from this display column on.
    fn tail(&self, column: usize) -> &str {
        let mut passed = 0;
        for (at, grapheme) in self.text.grapheme_indices(true) {
            if passed >= column {
                return &self.text[at..];
            }
            passed += text::width(&text::safe(grapheme));
        }
        ""
    }

    fn to(&mut self, cursor: usize) -> Edit {
        self.cursor = cursor;
        Edit::Moved
    }

    fn remove(&mut self, range: std::ops::Range<usize>, keep: bool) -> Edit {
        if range.is_empty() {
            return Edit::Moved;
        }
        let start = range.start;
        let cut: String = self.text.drain(range).collect();
        if keep {
            self.cut = cut;
        }
        self.cursor = start;
        Edit::Changed
    }

    fn before(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.text[self.cursor..].graphemes(true).next().map_or(self.cursor, |first| self.cursor + first.len())
    }

    fn word_before(&self) -> usize {
        let words = self.text[..self.cursor].split_word_bound_indices();
        words.rev().find(|(_, word)| word.chars().any(char::is_alphanumeric)).map_or(0, |(at, _)| at)
    }

    fn word_after(&self) -> usize {
        let mut words = self.text[self.cursor..].split_word_bound_indices();
        let word = words.find(|(_, word)| word.chars().any(char::is_alphanumeric));
        word.map_or(self.text.len(), |(at, word)| self.cursor + at + word.len())
    }
}

/// Text without line breaks and control characters.
fn one_line(text: &str) -> String {
    let spaced = text.replace("\r\n", " ");
    spaced
        .chars()
        .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
        .filter(|c| !c.is_control())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::testing::{key, keys, shown};

    fn after(start: &str, script: &str) -> String {
        let mut input = Input::with(start);
        for event in keys(script) {
            input.handle(event);
        }
        let mut text = input.text.clone();
        text.insert(input.cursor, '|');
        text
    }

    #[test]
    fn keys_of_a_shell_line() {
        assert_eq!(after("", "a b"), "a b|");
        assert_eq!(after("one two three", "<c-w>"), "one two |");
        assert_eq!(after("one two three", "<a-b><a-b><c-k>"), "one |");
        assert_eq!(after("one two", "<c-a><a-f>!"), "one!| two");
        assert_eq!(after("one two", "<c-w><c-a><c-y>"), "two|one ");
        assert_eq!(after("one", "<c-u>x"), "x|");
        assert_eq!(after("abc", "<left><left><del>"), "a|c");
        assert_eq!(after("abc", "<home><c-e><bs>"), "ab|");
    }

    #[test]
    fn a_grapheme_is_one_step() {
        assert_eq!(after("e\u{301}👩‍🔬", "<bs>"), "e\u{301}|");
        assert_eq!(after("黒田", "<left><bs>"), "|田");
    }

    #[test]
    fn pasted_lines_become_one() {
        let mut input = Input::new();
        assert_eq!(input.paste("a\r\nb\nc\u{1b}[2J"), Edit::Changed);
        assert_eq!(input.text(), "a b c[2J");
    }

    #[test]
    fn a_text_of_any_length_is_shown_and_edited() {
        let mut input = Input::with("x".repeat(70_000) + "end");
        let draw = |input: &Input| shown(14, 1, |area, buf, theme| input.draw(area, buf, theme, true));
        assert_eq!(draw(&input), "…xxxxxxxxxend");
        input.handle(key("<left>"));
        input.handle(key("黒"));
        assert_eq!(draw(&input), "…xxxxxxxxen黒d");
        input.handle(key("<home>"));
        assert_eq!(draw(&input), "xxxxxxxxxxxxx…");
        input.paste(&"y ".repeat(70_000));
        assert_eq!(draw(&input), "…y y y y y y…");
    }

    #[test]
    fn a_long_line_scrolls_with_its_cursor() {
        let mut input = Input::with("Kuroda 黒田製作所 long name");
        let draw = |input: &Input| shown(14, 1, |area, buf, theme| input.draw(area, buf, theme, true));
        assert_eq!(draw(&input), "…所 long name");
        input.handle(key("<home>"));
        assert_eq!(draw(&input), "Kuroda 黒田製…");
    }
}
