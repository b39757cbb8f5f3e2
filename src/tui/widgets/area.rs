//! Several lines of text being typed, softly wrapped.

use std::cell::RefCell;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::chord::{Held, chord};
use super::input::Edit;
use super::paint;
use crate::base::text;
use crate::tui::theme::{Role, Theme};

/// The state of a text of several lines.
#[derive(Debug, Default)]
pub struct Area {
    /// Behind a cell because its styles are set while drawing.
    inner: RefCell<TextArea<'static>>,
}

impl Area {
    /// A text, the cursor at its end.
    pub fn with(text: &str) -> Area {
        let mut inner = TextArea::new(text.split('\n').map(str::to_owned).collect());
        inner.set_wrap_mode(WrapMode::WordOrGlyph);
        inner.set_hard_tab_indent(false);
        inner.move_cursor(CursorMove::Bottom);
        inner.move_cursor(CursorMove::End);
        Area { inner: RefCell::new(inner) }
    }

    /// Puts the cursor before the first character.
    pub fn at_start(self) -> Area {
        self.inner.borrow_mut().move_cursor(CursorMove::Jump(0, 0));
        self
    }

    /// The text.
    pub fn text(&self) -> String {
        self.inner.borrow().lines().join("\n")
    }

    /// Inserts pasted text, lines and all.
    pub fn paste(&mut self, text: &str) -> Edit {
        let clean = text.replace("\r\n", "\n").replace('\r', "\n");
        if self.inner.get_mut().insert_str(clean) { Edit::Changed } else { Edit::Moved }
    }

    /// Handles one key. Up on the first line and Down on the last are ignored, so that a form can move on.
    pub fn handle(&mut self, key: KeyEvent) -> Edit {
        let inner = self.inner.get_mut();
        let changed = match chord(key) {
            (Held::Plain, KeyCode::Char(c)) => {
                inner.insert_char(c);
                true
            }
            (Held::Plain, KeyCode::Enter) => {
                inner.insert_newline();
                true
            }
            (Held::Plain, KeyCode::Backspace) | (Held::Ctrl, KeyCode::Char('h')) => inner.delete_char(),
            (Held::Plain, KeyCode::Delete) | (Held::Ctrl, KeyCode::Char('d')) => inner.delete_next_char(),
            (Held::Ctrl, KeyCode::Char('w')) | (Held::Alt | Held::Ctrl, KeyCode::Backspace) => {
                inner.delete_word()
            }
            (Held::Alt, KeyCode::Char('d') | KeyCode::Delete) => inner.delete_next_word(),
            (Held::Ctrl, KeyCode::Char('u')) => inner.delete_line_by_head(),
            (Held::Ctrl, KeyCode::Char('k')) => inner.delete_line_by_end(),
            (Held::Ctrl, KeyCode::Char('y')) => inner.paste(),
            (Held::Ctrl, KeyCode::Char('_' | '7')) => inner.undo(),
            (held, code) => {
                let Some(motion) = motion(held, code) else { return Edit::Ignored };
                let before = inner.cursor();
                inner.move_cursor(motion);
                let leaves = matches!(motion, CursorMove::Up | CursorMove::Down);
                return if leaves && inner.cursor() == before { Edit::Ignored } else { Edit::Moved };
            }
        };
        if changed { Edit::Changed } else { Edit::Moved }
    }

    /// Draws the text; with `focused`, its cursor too.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let role = if focused { Role::InputFocus } else { Role::Input };
        let style = theme.style(Role::Text).patch(theme.style(role));
        let mut inner = self.inner.borrow_mut();
        inner.set_style(style);
        inner.set_cursor_line_style(Style::new());
        inner.set_cursor_style(if focused { style.add_modifier(Modifier::REVERSED) } else { style });
        inner.render(area, buf);
        make_safe(area, buf);
    }
}

fn motion(held: Held, code: KeyCode) -> Option<CursorMove> {
    Some(match (held, code) {
        (Held::Plain, KeyCode::Left) | (Held::Ctrl, KeyCode::Char('b')) => CursorMove::Back,
        (Held::Plain, KeyCode::Right) | (Held::Ctrl, KeyCode::Char('f')) => CursorMove::Forward,
        (Held::Plain, KeyCode::Up) | (Held::Ctrl, KeyCode::Char('p')) => CursorMove::Up,
        (Held::Plain, KeyCode::Down) | (Held::Ctrl, KeyCode::Char('n')) => CursorMove::Down,
        (Held::Plain, KeyCode::Home) | (Held::Ctrl, KeyCode::Char('a')) => CursorMove::Head,
        (Held::Plain, KeyCode::End) | (Held::Ctrl, KeyCode::Char('e')) => CursorMove::End,
        (Held::Alt, KeyCode::Char('b')) | (Held::Alt | Held::Ctrl, KeyCode::Left) => CursorMove::WordBack,
        (Held::Alt, KeyCode::Char('f')) | (Held::Alt | Held::Ctrl, KeyCode::Right) => CursorMove::WordForward,
        (Held::Ctrl, KeyCode::Home) => CursorMove::Top,
        (Held::Ctrl, KeyCode::End) => CursorMove::Bottom,
        _ => return None,
    })
}

/// The text area draws for itself, so what it drew is made safe afterwards, cell by cell.
fn make_safe(area: Rect, buf: &mut Buffer) {
    for position in area.positions() {
        let cell = &mut buf[position];
        if let std::borrow::Cow::Owned(safe) = text::safe(cell.symbol()) {
            let shown = if safe.is_empty() { "�".to_owned() } else { safe };
            cell.set_symbol(&shown);
        }
    }
}

/// How many lines the text takes at this width.
pub fn lines_at(text: &str, width: u16) -> u16 {
    u16::try_from(paint::wrap(text, width).len()).unwrap_or(u16::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::testing::{key, keys, shown};

    #[test]
    fn text_comes_back_as_it_was() {
        for text in ["", "one", "one\n", "one\n\n  two\n"] {
            assert_eq!(Area::with(text).text(), text);
        }
    }

    #[test]
    fn typing_cutting_and_moving() {
        let mut area = Area::with("first\nsecond line");
        for event in keys("<c-w>row<up><home>the <enter><up><c-k>A") {
            area.handle(event);
        }
        assert_eq!(area.text(), "A\nfirst\nsecond row");
        assert_eq!(area.handle(key("<up>")), Edit::Ignored);
        assert_eq!(area.handle(key("<down>")), Edit::Moved);
        assert_eq!(area.handle(key("<tab>")), Edit::Ignored);
        assert_eq!(area.paste("x\r\ny"), Edit::Changed);
        assert_eq!(area.text(), "A\nfx\nyirst\nsecond row");
    }

    #[test]
    fn long_lines_wrap_and_nothing_unsafe_is_drawn() {
        let area = Area::with("Marta prefers mornings\u{202e}, not 黒田製作所 evenings").at_start();
        let picture = shown(16, 5, |place, buf, theme| area.draw(place, buf, theme, true));
        assert!(!picture.contains('\u{202e}'));
        insta::assert_snapshot!(picture);
    }
}
