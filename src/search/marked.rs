//! A text with the places that matched, for showing.

use crate::base::text::{graphemes, safe, width};
use std::ops::Range;

/// A line of text, safe to show, with the places that matched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// The places, in bytes, in order and apart from each other.
    pub marks: Vec<Range<usize>>,
}

/// So much of what stands before the first mark is shown with it.
const BEFORE: usize = 24;
/// Longer texts are cut before anything else is done with them.
const LONGEST: usize = 400;

impl Marked {
    /// A text as one safe line. Of a long one the part around the first mark.
    pub fn new(text: &str, marks: &[Range<usize>]) -> Self {
        let first = marks.first().map_or(0, |mark| mark.start);
        let from = back(text, first, LONGEST / 4);
        let to = forward(text, from, LONGEST);
        let mut line = Self::default();
        if from > 0 {
            line.text.push('…');
        }
        let mut at = from;
        for mark in marks.iter().filter(|mark| mark.start >= from && mark.end <= to) {
            line.push(&text[at..mark.start]);
            let start = line.text.len();
            line.push(&text[mark.clone()]);
            line.marks.push(start..line.text.len());
            at = mark.end;
        }
        line.push(&text[at..to]);
        if to < text.len() {
            line.text.push('…');
        }
        line.text.truncate(line.text.trim_end().len());
        let end = line.text.len();
        line.marks.retain(|mark| mark.end <= end);
        line
    }

    /// Adds text, with every stretch of blanks and line ends as one blank.
    fn push(&mut self, text: &str) {
        for c in safe(&text.replace(['\n', '\r', '\t'], " ")).chars() {
            if !(c == ' ' && (self.text.is_empty() || self.text.ends_with(' '))) {
                self.text.push(c);
            }
        }
    }

    /// The part of it that fits into so many columns, with the first mark in it.
    pub fn fit(&self, columns: usize) -> Self {
        if width(&self.text) <= columns {
            return self.clone();
        }
        let first = self.marks.first().map_or(0, |mark| mark.start);
        let end = self.marks.first().map_or(0, |mark| mark.end);
        let fits = width(&self.text[..end]) < columns;
        let from = if fits { 0 } else { word_start(&self.text, first, BEFORE.min(columns / 3)) };
        let mut part = Self::default();
        let mut room = columns.saturating_sub(1);
        if from > 0 {
            part.text.push('…');
            room = room.saturating_sub(1);
        }
        let offset = part.text.len();
        let mut to = from;
        for (cluster, wide) in graphemes(&self.text[from..]) {
            if wide > room {
                break;
            }
            room -= wide;
            to += cluster.len();
        }
        part.text.push_str(&self.text[from..to]);
        if to < self.text.len() {
            part.text.push('…');
        }
        let marks = self.marks.iter().filter(|mark| mark.start >= from && mark.start < to);
        part.marks = marks.map(|m| m.start - from + offset..m.end.min(to) - from + offset).collect();
        part
    }

    /// Its pieces in order, each with whether it matched.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        let mut pieces = Vec::with_capacity(self.marks.len() * 2 + 1);
        let mut at = 0;
        for mark in &self.marks {
            pieces.push((&self.text[at..mark.start], false));
            pieces.push((&self.text[mark.clone()], true));
            at = mark.end;
        }
        pieces.push((&self.text[at..], false));
        pieces.retain(|(text, _)| !text.is_empty());
        pieces
    }
}

/// Up to so many bytes before `at`, at the start of a word.
fn back(text: &str, at: usize, bytes: usize) -> usize {
    if at <= bytes {
        return 0;
    }
    let mut from = at - bytes;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text[from..at].find(' ').map_or(from, |blank| from + blank + 1)
}

fn forward(text: &str, from: usize, bytes: usize) -> usize {
    let mut to = (from + bytes).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    to
}

/// The start of a word not more than so many characters before `at`.
fn word_start(text: &str, at: usize, characters: usize) -> usize {
    let before = &text[..at];
    let from = before.char_indices().rev().nth(characters).map_or(0, |(from, _)| from);
    before[from..].find(' ').map_or(from, |blank| from + blank + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(marked: &Marked) -> String {
        let piece = |(text, hit): (&str, bool)| if hit { format!("[{text}]") } else { text.to_owned() };
        marked.pieces().into_iter().map(piece).collect()
    }

    fn one(range: Range<usize>) -> [Range<usize>; 1] {
        [range]
    }

    #[test]
    fn the_part_around_the_match_is_shown() {
        let text = "The pump was sent back.\n  It  reboots every hour, says Marta, who is not amused.";
        let at = text.find("reboots").unwrap();
        let line = Marked::new(text, &[4..8, at..at + 7]);
        let whole = "The [pump] was sent back. It [reboots] every hour, says Marta, who is not amused.";
        assert_eq!(say(&line), whole);
        assert_eq!(say(&line.fit(200)), whole);
        assert_eq!(say(&line.fit(20)), "The [pump] was sent b…");
        let line = Marked::new(text, &one(at..at + 7));
        assert_eq!(say(&line.fit(24)), "…It [reboots] every hour,…");
        assert!(width(&line.fit(24).text) <= 24);
    }

    #[test]
    fn nothing_in_it_can_drive_a_terminal() {
        let line = Marked::new("a\u{1b}[31mpump\u{202e}", &one(6..10));
        assert_eq!(say(&line), "a[pump]");
    }

    #[test]
    fn long_texts_are_cut_around_the_match() {
        let text = format!("{} needle {}", "hay ".repeat(500), "straw ".repeat(500));
        let at = text.find("needle").unwrap();
        let line = Marked::new(&text, &one(at..at + 6));
        assert!(line.text.len() < 500);
        assert!(
            say(&line).starts_with("…hay") && say(&line).contains("[needle]") && line.text.ends_with('…')
        );
    }
}
