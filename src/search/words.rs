//! Parting a text into words: what stands between signs and blanks. Of scripts that are written without blanks every
//! character is a word of its own, so that any part of a text is found.

use super::fold::{is_apostrophe, is_mark};

/// One word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// As written.
    pub text: &'a str,
    /// Where it starts, in bytes.
    pub start: usize,
    /// Whether it is one character of a script without blanks.
    pub ideograph: bool,
}

impl Word<'_> {
    /// Where it ends, in bytes.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The words of a text.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// The words of a text, one after the other.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        if let Some(word) = self.plain() {
            return Some(word);
        }
        let rest = &self.text[self.at..];
        let skipped = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
        let rest = &rest[skipped..];
        let start = self.at + skipped;
        let first = rest.chars().next()?;
        let ideograph = is_ideograph(first);
        let length = if ideograph { first.len_utf8() } else { length(rest) };
        self.at = start + length;
        Some(Word { text: &rest[..length], start, ideograph })
    }
}

impl<'a> Words<'a> {
    /// The next word if it and what stands around it is plain ASCII, as most words are. Else it goes no further than
    /// the blanks and signs before it.
    fn plain(&mut self) -> Option<Word<'a>> {
        let bytes = self.text.as_bytes();
        let run = |from: usize, is_in: fn(&u8) -> bool| bytes[from..].iter().take_while(|b| is_in(b)).count();
        let start = self.at + run(self.at, |b| b.is_ascii() && !b.is_ascii_alphanumeric());
        let end = start + run(start, u8::is_ascii_alphanumeric);
        self.at = start;
        // A mark or an apostrophe may carry the word on.
        let ends = bytes.get(end).is_none_or(|b| b.is_ascii() && !is_apostrophe(char::from(*b)));
        (end > start && ends).then(|| {
            self.at = end;
            Word { text: &self.text[start..end], start, ideograph: false }
        })
    }
}

/// How long the word is that `text` begins with. An apostrophe between letters is part of it.
fn length(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let inside = c.is_alphanumeric() && !is_ideograph(c) || is_mark(c);
        let between = is_apostrophe(c) && letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !inside && !between {
            return at;
        }
    }
    text.len()
}

/// Whether the character belongs to a script whose words are not parted: Han, Kana, Hangul, Thai, Lao, Burmese and
/// Khmer.
pub fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{312f}'
        | '\u{3130}'..='\u{318f}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_part_into_words() {
        let check = |text: &str, expect: &str| {
            let found: Vec<_> = words(text).map(|w| w.text).collect();
            assert_eq!(found.join("|"), expect, "{text}");
            assert!(words(text).all(|w| &text[w.start..w.end()] == w.text), "{text}");
        };
        check("Acme GmbH & Co. KG", "Acme|GmbH|Co|KG");
        check("Müller-Lüdenscheidt", "Müller|Lüdenscheidt");
        check("marta.lind@acme.example", "marta|lind|acme|example");
        check("O'Brien's 'own' dogs'", "O'Brien's|own|dogs");
        check("Kuroda 黒田製作所", "Kuroda|黒|田|製|作|所");
        check("ABC株式会社DEF", "ABC|株|式|会|社|DEF");
        check("Mu\u{308}ller", "Mu\u{308}ller");
        check("Ростов-на-Дону", "Ростов|на|Дону");
        check("", "");
        check(" … — ", "");
        check("1.5 m", "1|5|m");
        check("pump's dogs' `own` x'1", "pump's|dogs|own|x|1");
        check("Cafe\u{301} caféX pumpé naïve", "Cafe\u{301}|caféX|pumpé|naïve");
        check("a黒b \u{301}c", "a|黒|b|c");
    }
}
