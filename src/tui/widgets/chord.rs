//! A key press reduced to what editing cares about: one modifier and a code.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The modifier that changes a key's meaning; Shift is already in the character it produced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// No modifier, or Shift alone.
    Plain,
    /// Control, with or without others.
    Ctrl,
    /// Alt without Control.
    Alt,
    /// Shift with a key that produces no character, such as an arrow.
    Shift,
}

/// Splits a key event into its deciding modifier and its code.
pub fn chord(key: KeyEvent) -> (Held, KeyCode) {
    let back_tab = key.code == KeyCode::BackTab
        || (key.code == KeyCode::Tab && key.modifiers.contains(KeyModifiers::SHIFT));
    if back_tab {
        return (Held::Plain, KeyCode::BackTab);
    }
    let held = if key.modifiers.contains(KeyModifiers::CONTROL) {
        Held::Ctrl
    } else if key.modifiers.contains(KeyModifiers::ALT) {
        Held::Alt
    } else if key.modifiers.contains(KeyModifiers::SHIFT) && !matches!(key.code, KeyCode::Char(_)) {
        Held::Shift
    } else {
        Held::Plain
    };
    (held, key.code)
}
