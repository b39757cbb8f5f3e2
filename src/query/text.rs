//! Looking for a text inside others, upper and lower case alike, without allocating for each.

use crate::model::Value;

/// A text to be found inside others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    folded: String,
}

impl Needle {
    /// The text, made ready.
    pub fn new(text: &str) -> Self {
        Self { folded: text.to_lowercase() }
    }

    /// Whether it is in there.
    pub fn is_in(&self, text: &str) -> bool {
        if self.folded.is_ascii() {
            // Bytes of other letters are never ASCII, so the text may hold any.
            contains_ascii(text.as_bytes(), self.folded.as_bytes())
        } else {
            !text.is_ascii() && text.to_lowercase().contains(&self.folded)
        }
    }

    /// Whether it is in any scalar of the value.
    pub fn is_in_value(&self, value: &Value) -> bool {
        any_scalar(value, &mut |text| self.is_in(text))
    }

    /// Whether it is one word.
    pub fn is_one_word(&self) -> bool {
        !self.folded.contains(char::is_whitespace)
    }
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
        check("müller", "Frau Mueller", false);
        check("", "anything", true);
        check("longer", "long", false);
        check("黒田", "Kuroda 黒田製作所", true);
    }

    proptest! {
        #[test]
        fn as_the_plain_way_does(needle in "[a-dA-Dä]{0,3}", text in "[a-dA-DäÖ日 ]{0,12}") {
            let plain = text.to_lowercase().contains(&needle.to_lowercase());
            prop_assert_eq!(Needle::new(&needle).is_in(&text), plain);
        }
    }
}
