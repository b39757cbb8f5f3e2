//! Comparing texts the way people do, upper and lower case and accents alike, without allocating for each.

use crate::model::Value;
use std::cmp::Ordering;

/// A text to be found inside others, or compared with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    folded: String,
    /// Its first letter, folded.
    first: Option<char>,
}

impl Needle {
    /// The text, made ready.
    pub fn new(text: &str) -> Self {
        let folded: String = fold(text).collect();
        Self { first: folded.chars().next(), folded }
    }

    /// Whether it is in there.
    pub fn is_in(&self, text: &str) -> bool {
        if text.is_ascii() {
            // A folded letter is ASCII or has no counterpart there.
            return contains_ascii(text.as_bytes(), self.folded.as_bytes());
        }
        let Some(first) = self.first else { return true };
        let mut rest = fold(text);
        loop {
            let here = rest.clone();
            match rest.next() {
                None => return false,
                Some(c) if c == first && self.begins(here) => return true,
                Some(_) => {}
            }
        }
    }

    /// Whether it is the whole text.
    pub fn is(&self, text: &str) -> bool {
        match text.is_ascii() {
            true => self.folded.eq_ignore_ascii_case(text),
            false => self.folded.chars().eq(fold(text)),
        }
    }

    /// Whether a word of the text begins so.
    pub fn begins_word_of(&self, text: &str) -> bool {
        let starts = text.char_indices().filter(|(at, _)| !text[..*at].ends_with(char::is_alphanumeric));
        starts.into_iter().any(|(at, _)| self.begins(fold(&text[at..])))
    }

    /// Whether the text begins so.
    pub fn starts(&self, text: &str) -> bool {
        self.begins(fold(text))
    }

    /// How the text compares with it.
    pub fn order(&self, text: &str) -> Ordering {
        fold(text).cmp(self.folded.chars())
    }

    /// Whether it is in any scalar of the value.
    pub fn is_in_value(&self, value: &Value) -> bool {
        any_scalar(value, &mut |text| self.is_in(text))
    }

    /// Whether it is one word.
    pub fn is_one_word(&self) -> bool {
        !self.folded.contains(char::is_whitespace)
    }

    fn begins(&self, mut letters: impl Iterator<Item = char>) -> bool {
        self.folded.chars().all(|c| letters.next() == Some(c))
    }
}

/// The letters of a text in lower case and without accents; `ß` is `ss`, `ø` is `o`. Other scripts stay.
pub fn fold(text: &str) -> impl Iterator<Item = char> + Clone {
    text.chars().filter(|c| !is_mark(*c)).flat_map(|c| {
        let plain = if is_latin(c) { deunicode::deunicode_char(c) } else { None };
        let other = if plain.is_some() { None } else { Some(c) };
        plain.unwrap_or_default().chars().chain(other).flat_map(char::to_lowercase)
    })
}

/// Whether it is an accent written as a character of its own, as macOS does in file names.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether it is a letter of the Latin script beyond ASCII.
fn is_latin(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && !matches!(c, '×' | '÷')
}

fn contains_ascii(text: &[u8], needle: &[u8]) -> bool {
    let Some((first, rest)) = needle.split_first() else { return true };
    let Some(last_start) = text.len().checked_sub(needle.len()) else { return false };
    let upper = first.to_ascii_uppercase();
    (0..=last_start).any(|i| {
        (text[i] == *first || text[i] == upper) && text[i + 1..i + needle.len()].eq_ignore_ascii_case(rest)
    })
}

/// Whether `test` holds for any scalar in the value.
pub fn any_scalar<'a>(value: &'a Value, test: &mut impl FnMut(&'a str) -> bool) -> bool {
    match value {
        Value::Empty => false,
        Value::Text(text) => test(text),
        Value::List(items) => items.iter().any(|item| any_scalar(item, test)),
        Value::Map(entries) => entries.iter().any(|(_, item)| any_scalar(item, test)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds() {
        let check = |needle: &str, text: &str, found: bool| {
            assert_eq!(Needle::new(needle).is_in(text), found, "{needle} in {text}");
        };
        check("ACME", "the acme company", true);
        check("acme", "Kuroda 黒田 ACME", true);
        check("müller", "Frau MÜLLER", true);
        check("muller", "Frau MÜLLER", true);
        check("Müller", "Muller & Co", true);
        check("muller", "Mu\u{308}ller", true);
        check("müller", "Frau Mueller", false);
        check("strasse", "Große Straße 1", true);
        check("ostergade", "Østergade", true);
        check("", "anything", true);
        check("longer", "long", false);
        check("黒田", "Kuroda 黒田製作所", true);
        check("黒", "plain", false);
    }

    #[test]
    fn compares() {
        let needle = Needle::new("Øst");
        assert!(needle.is("ost") && needle.is("ØST") && !needle.is("osten"));
        assert!(needle.begins_word_of("Nord-Østsee") && !needle.begins_word_of("Frost"));
        assert_eq!(needle.order("Nord"), Ordering::Less);
        assert_eq!(needle.order("öst"), Ordering::Equal);
        assert_eq!(needle.order("zeta"), Ordering::Greater);
    }

    proptest! {
        #[test]
        fn as_the_plain_way_does(needle in "[a-dA-DäÖß日]{0,3}", text in "[a-dA-DäÖß日 ]{0,12}") {
            let plain = |text: &str| fold(text).collect::<String>();
            prop_assert_eq!(Needle::new(&needle).is_in(&text), plain(&text).contains(&plain(&needle)));
            prop_assert_eq!(Needle::new(&needle).is(&text), plain(&text) == plain(&needle));
        }
    }
}
