//! One key press, as people write it: `x`, `H`, `ctrl-s`, `shift-tab`, `f1`, `space`.

use std::{fmt, str::FromStr};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers, in one normal form: `shift-a` is `A`, and back-tab is `shift-tab`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// A text names no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a key: write for example x, H, ctrl-s, shift-tab, f1, space, enter, pageup")]
pub struct NotAKey(pub String);

/// Names of keys that are no character: as displayed, then what else is understood.
const NAMED: [(KeyCode, &[&str]); 16] = [
    (KeyCode::Enter, &["⏎", "enter", "return", "cr"]),
    (KeyCode::Esc, &["esc", "escape"]),
    (KeyCode::Tab, &["tab"]),
    (KeyCode::Char(' '), &["space"]),
    (KeyCode::Backspace, &["⌫", "backspace", "bs"]),
    (KeyCode::Delete, &["del", "delete"]),
    (KeyCode::Insert, &["ins", "insert"]),
    (KeyCode::Up, &["↑", "up"]),
    (KeyCode::Down, &["↓", "down"]),
    (KeyCode::Left, &["←", "left"]),
    (KeyCode::Right, &["→", "right"]),
    (KeyCode::Home, &["home"]),
    (KeyCode::End, &["end"]),
    (KeyCode::PageUp, &["pgup", "pageup"]),
    (KeyCode::PageDown, &["pgdn", "pagedown"]),
    (KeyCode::Menu, &["menu"]),
];

impl Key {
    /// The escape key.
    pub const ESC: Key = Key { code: KeyCode::Esc, modifiers: KeyModifiers::NONE };
    /// The enter key.
    pub const ENTER: Key = Key { code: KeyCode::Enter, modifiers: KeyModifiers::NONE };

    /// A key in its normal form.
    pub fn new(code: KeyCode, modifiers: KeyModifiers) -> Key {
        let kept = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT | KeyModifiers::SUPER;
        let mut modifiers = modifiers & kept;
        let code = match code {
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            // The character says whether shift was held; together with ctrl, terminals disagree on its case.
            KeyCode::Char(c) if c != ' ' => {
                let shift = modifiers.contains(KeyModifiers::SHIFT);
                let strong = modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::SUPER);
                if strong {
                    KeyCode::Char(c.to_lowercase().next().unwrap_or(c))
                } else {
                    modifiers -= KeyModifiers::SHIFT;
                    KeyCode::Char(if shift { c.to_uppercase().next().unwrap_or(c) } else { c })
                }
            }
            KeyCode::Char(' ') => {
                modifiers -= KeyModifiers::SHIFT;
                code
            }
            other => other,
        };
        Key { code, modifiers }
    }

    /// Which key of the board.
    pub fn code(self) -> KeyCode {
        self.code
    }

    /// What was held with it.
    pub fn modifiers(self) -> KeyModifiers {
        self.modifiers
    }

    /// The character this key types into a text field, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            // AltGr reaches us as ctrl-alt on Windows; elsewhere as nothing at all.
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// The terminal event of pressing this key, for parts that take events.
    pub fn event(self) -> KeyEvent {
        let upper = matches!(self.code, KeyCode::Char(c) if c.is_uppercase());
        let shift = if upper { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
        KeyEvent::new(self.code, self.modifiers | shift)
    }
}

impl From<char> for Key {
    fn from(c: char) -> Key {
        Key::new(KeyCode::Char(c), KeyModifiers::NONE)
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Key {
        Key::new(event.code, event.modifiers)
    }
}

impl FromStr for Key {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Key, NotAKey> {
        let wrong = || NotAKey(text.to_owned());
        let mut rest = match text.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')) {
            Some(inner) if !inner.is_empty() => inner,
            _ => text,
        };
        let mut modifiers = KeyModifiers::NONE;
        // A modifier needs something after it, so "-", "ctrl--" and "c" stay keys.
        while let Some((modifier, after)) = rest.split_once(['-', '+']).filter(|(_, after)| !after.is_empty())
        {
            modifiers |= match modifier.to_ascii_lowercase().as_str() {
                "ctrl" | "control" | "c" => KeyModifiers::CONTROL,
                "alt" | "meta" | "m" | "a" => KeyModifiers::ALT,
                "shift" | "s" => KeyModifiers::SHIFT,
                "super" | "cmd" => KeyModifiers::SUPER,
                _ => return Err(wrong()),
            };
            rest = after;
        }
        let mut chars = rest.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && !c.is_control()
            && !NAMED.iter().any(|(_, names)| names[0] == rest)
        {
            return Ok(Key::new(KeyCode::Char(c), modifiers));
        }
        let name = rest.to_lowercase();
        if let Some((code, _)) = NAMED.iter().find(|(_, names)| names.contains(&name.as_str())) {
            return Ok(Key::new(*code, modifiers));
        }
        let number = name.strip_prefix('f').and_then(|number| number.parse().ok());
        match number {
            Some(number @ 1..=24) => Ok(Key::new(KeyCode::F(number), modifiers)),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = [
            (KeyModifiers::SUPER, "super-"),
            (KeyModifiers::CONTROL, "ctrl-"),
            (KeyModifiers::ALT, "alt-"),
            (KeyModifiers::SHIFT, "shift-"),
        ];
        for (modifier, name) in held {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        if let Some((_, names)) = NAMED.iter().find(|(code, _)| *code == self.code) {
            return f.write_str(names[0]);
        }
        match self.code {
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(number) => write!(f, "f{number}"),
            other => write!(f, "{other}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_shown() {
        for (text, shown) in [
            ("x", "x"),
            ("H", "H"),
            ("shift-h", "H"),
            ("ctrl-s", "ctrl-s"),
            ("ctrl-S", "ctrl-s"),
            ("Ctrl+S", "ctrl-s"),
            ("C-s", "ctrl-s"),
            ("ctrl-shift-k", "ctrl-shift-k"),
            ("shift-tab", "shift-tab"),
            ("<space>", "space"),
            ("space", "space"),
            ("<", "<"),
            ("-", "-"),
            ("ctrl--", "ctrl--"),
            ("+", "+"),
            ("enter", "⏎"),
            ("⏎", "⏎"),
            ("Escape", "esc"),
            ("f1", "f1"),
            ("alt-F12", "alt-f12"),
            ("up", "↑"),
            ("pageup", "pgup"),
            ("?", "?"),
            ("ß", "ß"),
        ] {
            assert_eq!(text.parse::<Key>().unwrap().to_string(), shown, "{text}");
        }
        for wrong in ["", "<>", "gg", "hyper-x", "ctrl-", "f0", "f25", "\u{1b}", "ctrl-nope", "\n"] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn what_is_shown_reads_back_as_the_same_key() {
        let modifiers = [KeyModifiers::NONE, KeyModifiers::CONTROL, KeyModifiers::ALT, KeyModifiers::SHIFT];
        let mut codes: Vec<KeyCode> = NAMED.iter().map(|(code, _)| *code).collect();
        codes.extend((1..=12).map(KeyCode::F));
        codes.extend("aZß<>-+?/:1ä黒".chars().map(KeyCode::Char));
        for code in codes {
            for modifiers in modifiers {
                let key = Key::new(code, modifiers);
                assert_eq!(key.to_string().parse(), Ok(key), "{key}");
            }
        }
    }

    #[test]
    fn terminals_that_tell_keys_differently_mean_the_same_key() {
        let key = |code, modifiers| Key::from(KeyEvent::new(code, modifiers));
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT), key(KeyCode::BackTab, KeyModifiers::NONE));
        assert_eq!(key(KeyCode::Char('H'), KeyModifiers::SHIFT), key(KeyCode::Char('H'), KeyModifiers::NONE));
        assert_eq!(key(KeyCode::Char('h'), KeyModifiers::SHIFT), Key::from('H'));
        assert_eq!(
            key(KeyCode::Char('S'), KeyModifiers::CONTROL),
            key(KeyCode::Char('s'), KeyModifiers::CONTROL)
        );
        assert_eq!(key(KeyCode::Char('?'), KeyModifiers::SHIFT), Key::from('?'));
    }

    #[test]
    fn only_plain_characters_are_typed() {
        assert_eq!(Key::from('A').typed(), Some('A'));
        assert_eq!("space".parse::<Key>().unwrap().typed(), Some(' '));
        assert_eq!("ctrl-a".parse::<Key>().unwrap().typed(), None);
        assert_eq!("enter".parse::<Key>().unwrap().typed(), None);
    }
}
