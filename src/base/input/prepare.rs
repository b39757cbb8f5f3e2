//! What every parser does first: bound the text and take away differences that mean nothing.

use super::error::{InputError, What};
use crate::base::limits::MAX_INPUT;

/// The text in small letters with single ASCII blanks, full-width characters (Japanese keyboards) and
/// typographic minus signs made plain.
pub fn prepare(text: &str, what: What) -> Result<String, InputError> {
    if text.len() > MAX_INPUT {
        return Err(InputError::unreadable(text, what));
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match narrow(c) {
            ' ' if plain.ends_with(' ') => {}
            c => plain.extend(c.to_lowercase()),
        }
    }
    if plain.is_empty() { Err(InputError::Empty { what }) } else { Ok(plain) }
}

fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2212}' | '\u{2010}' | '\u{2011}' => '-',
        '’' | '‘' => '\'',
        '￥' => '¥',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}
