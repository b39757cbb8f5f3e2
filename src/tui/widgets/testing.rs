//! For the widgets' tests: keys from a script, and a drawing as text.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::theme::Theme;

/// One key: a character, or a name such as `<c-s>`, `<a-b>`, `<enter>`.
pub fn key(name: &str) -> KeyEvent {
    keys(name)[0]
}

/// The keys of a script: `jj<enter>next fri<c-s>`.
pub fn keys(script: &str) -> Vec<KeyEvent> {
    let mut events = Vec::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        if let Some(end) = rest.find('>').filter(|end| first == '<' && *end > 1) {
            events.push(named(&rest[1..end]));
            rest = &rest[end + 1..];
        } else {
            events.push(KeyEvent::new(KeyCode::Char(first), KeyModifiers::NONE));
            rest = &rest[first.len_utf8()..];
        }
    }
    events
}

fn named(name: &str) -> KeyEvent {
    let (modifiers, name) = match name.split_at_checked(2) {
        Some(("c-", rest)) => (KeyModifiers::CONTROL, rest),
        Some(("a-", rest)) => (KeyModifiers::ALT, rest),
        Some(("s-", rest)) => (KeyModifiers::SHIFT, rest),
        _ => (KeyModifiers::NONE, name),
    };
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "bs" => KeyCode::Backspace,
        "del" => KeyCode::Delete,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "space" => KeyCode::Char(' '),
        single => KeyCode::Char(single.chars().next().unwrap()),
    };
    KeyEvent::new(code, modifiers)
}

/// A press of the left button.
pub fn click(column: u16, row: u16) -> MouseEvent {
    mouse(MouseEventKind::Down(MouseButton::Left), column, row)
}

/// Any mouse event.
pub fn mouse(kind: MouseEventKind, column: u16, row: u16) -> MouseEvent {
    MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }
}

/// What a drawing looks like, without trailing spaces.
pub fn shown(width: u16, height: u16, draw: impl FnOnce(Rect, &mut Buffer, &Theme)) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    draw(area, &mut buf, Theme::named(Theme::DEFAULT).unwrap());
    let mut lines: Vec<String> = Vec::new();
    for y in 0..height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..width {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buf[(x, y)].symbol();
            skip = crate::base::text::width(symbol).saturating_sub(1);
            line.push_str(symbol);
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n").trim_end_matches('\n').to_owned()
}
