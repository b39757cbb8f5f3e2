//! Untrusted text made safe to show: it cannot drive the terminal, reorder what stands beside it, or hide.
//!
//! Sources: ECMA-48 for control sequences; Unicode UTR #36 and UTS #39 for bidi controls, invisible characters
//! and piled-up marks; UAX #9 for the bidi controls; UTS #51 for the joiners and selectors emoji need.

use super::escape::sequence_len;
use super::width::width;
use crate::base::limits::MAX_MARKS;
use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// One line of safe text. Line breaks and tabs become a space each; control characters and sequences, bidi
/// controls, invisible characters, tags, surplus variation selectors and surplus combining marks are dropped.
/// Clean text, which is nearly all of it, is borrowed.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| matches!(b, 0x20..=0x7e)) {
        return Cow::Borrowed(text);
    }
    let mut cleaner = Cleaner::default();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        match cleaner.judge(c, &rest[c.len_utf8()..]) {
            Verdict::Keep => at += c.len_utf8(),
            // From here on a copy is needed.
            _ => return Cow::Owned(copy_from(text, at, cleaner)),
        }
    }
    Cow::Borrowed(text)
}

/// The lines of a longer text, each safe as by [`safe`], tabs widened to the next multiple of four. A last line
/// break starts no further line.
pub fn safe_lines(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let mut rest = Some(text).filter(|text| !text.is_empty());
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(is_break) else {
            rest = None;
            return Some(line(text));
        };
        let after = end + break_len(&text[end..]);
        rest = Some(&text[after..]).filter(|text| !text.is_empty());
        Some(line(&text[..end]))
    })
}

fn line(text: &str) -> Cow<'_, str> {
    if !text.contains('\t') {
        return safe(text);
    }
    let mut out = String::new();
    for (index, part) in text.split('\t').enumerate() {
        if index > 0 {
            out.push_str(&"    "[width(&out) % 4..]);
        }
        out.push_str(&safe(part));
    }
    // Parts that were safe alone might join over a dropped character, never over the blanks between them.
    Cow::Owned(out)
}

fn copy_from(text: &str, clean_until: usize, mut cleaner: Cleaner) -> String {
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..clean_until]);
    let mut at = clean_until;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at + c.len_utf8()..];
        // The first character was judged before; only marks are counted, and a dropped one again is dropped again.
        match cleaner.judge(c, rest) {
            Verdict::Keep => {
                out.push(c);
                at += c.len_utf8();
            }
            Verdict::Drop => at += c.len_utf8(),
            Verdict::Break => {
                out.push(' ');
                at += break_len(&text[at..]);
            }
            Verdict::Sequence => at += sequence_len(&text[at..]),
        }
    }
    out
}

enum Verdict {
    Keep,
    Drop,
    /// A line break or tab: a space stands for it.
    Break,
    /// The start of a control sequence.
    Sequence,
}

/// What was kept just before: joiners, selectors and marks are judged by what they follow.
#[derive(Default)]
struct Cleaner {
    before: Option<char>,
    marks: usize,
}

impl Cleaner {
    fn judge(&mut self, c: char, rest: &str) -> Verdict {
        let verdict = match c {
            ' '..='~' => Verdict::Keep,
            _ if is_break(c) || c == '\t' => Verdict::Break,
            '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}' => Verdict::Sequence,
            _ if c.is_control() || is_invisible(c) => Verdict::Drop,
            '\u{200c}' | '\u{200d}' => {
                let after = rest.chars().next();
                keep_if(self.before.is_some_and(takes_joiner) && after.is_some_and(is_joined))
            }
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
                keep_if(self.before.is_some_and(takes_selector))
            }
            _ if c.width() == Some(0) => {
                self.marks += 1;
                let verdict = keep_if(self.before.is_some() && self.marks <= MAX_MARKS);
                self.marks = self.marks.min(MAX_MARKS);
                verdict
            }
            _ => Verdict::Keep,
        };
        match verdict {
            Verdict::Keep => {
                if c.width() != Some(0) {
                    self.marks = 0;
                }
                self.before = Some(c);
            }
            Verdict::Break => *self = Self { before: Some(' '), marks: 0 },
            Verdict::Drop | Verdict::Sequence => {}
        }
        verdict
    }
}

fn keep_if(keep: bool) -> Verdict {
    if keep { Verdict::Keep } else { Verdict::Drop }
}

/// Line breaks of Unicode (UAX #14: mandatory breaks).
fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Bytes of the break (or tab) at the start; CR LF is one.
fn break_len(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { text.chars().next().map_or(0, char::len_utf8) }
}

/// Characters that show nothing or rearrange what does, and that no language's plain text needs.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' // soft hyphen
        | '\u{34f}' // combining grapheme joiner
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // bidi controls
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers
        | '\u{17b4}' | '\u{17b5}' // Khmer inherent vowels
        | '\u{180b}'..='\u{180f}' // Mongolian selectors and vowel separator
        | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' // zero-width space, word joiner, invisible operators
        | '\u{206a}'..='\u{206f}' // deprecated format characters
        | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' // annotations, noncharacters
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' // shorthand and music formatting
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}' // tags, unassigned invisibles
    )
}

/// Whether a joiner beside this character has work to do: emoji, and scripts whose letters join.
fn takes_joiner(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{109f}' // Arabic to Myanmar, with the Indic scripts between
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{1800}'..='\u{18af}' // Mongolian
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' // Arabic presentation forms
        | '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}' // emoji and their selector
    )
}

/// Whether a joiner before this character has work to do; only a character that is itself kept counts.
fn is_joined(c: char) -> bool {
    takes_joiner(c) && !is_invisible(c) && c.width() != Some(0)
}

/// Whether a variation selector after this character means something: a symbol, an ideograph, or a keycap's digit.
fn takes_selector(c: char) -> bool {
    matches!(c,
        '#' | '*' | '0'..='9' | '\u{a9}' | '\u{ae}'
        | '\u{2010}'..='\u{2bff}' | '\u{3030}'..='\u{33ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(safe(text), expect, "{text:?}");
    }

    #[track_caller]
    fn untouched(text: &str) {
        assert!(
            matches!(safe(text), Cow::Borrowed(kept) if kept == text),
            "{text:?} became {:?}",
            safe(text)
        );
    }

    #[test]
    fn clean_text_is_borrowed() {
        for text in [
            "",
            "Acme GmbH",
            "Größe",
            "黒田製作所",
            "Olsen & Sønner",
            "👩‍👩‍👧 family",
            "❤️",
            "1️⃣",
            "👍🏽",
            "🇩🇪",
            "می‌خواهم",
            "क्‍ष",
            "e\u{301}",
            "שלום",
            "Nguye\u{302}\u{303}n",
            "葛\u{e0100}",
        ] {
            untouched(text);
        }
    }

    #[test]
    fn lines_become_one() {
        check("a\nb", "a b");
        check("a\r\nb", "a b");
        check("a\tb\u{b}c\u{c}d\u{85}e\u{2028}f\u{2029}g", "a b c d e f g");
    }

    #[test]
    fn control_characters_go() {
        check("a\0b\u{8}c\u{7f}d\u{80}e\u{9f}", "abcde");
        check("\u{7}", "");
    }

    #[test]
    fn escape_sequences_go_whole() {
        check("\u{1b}[31mred\u{1b}[0m", "red");
        check("\u{1b}[?1049h\u{1b}[2J\u{1b}[1;1Hhi", "hi");
        check("\u{1b}[38;2;1;2;3mx\u{1b}[>4;2m", "x");
        check("\u{9b}31mred", "red");
        check("\u{1b}]0;title\u{7}x", "x");
        check("\u{1b}]52;c;aGk=\u{1b}\\x", "x");
        check("\u{1b}]8;;http://evil\u{1b}\\Acme\u{1b}]8;;\u{1b}\\", "Acme");
        check("\u{9d}0;title\u{9c}x", "x");
        check("\u{1b}Pq#0\u{1b}\\x\u{1b}_apc\u{1b}\\y\u{1b}^pm\u{1b}\\z", "xyz");
        check("\u{1b}(Bx\u{1b}7y\u{1b}cz\u{1b}#8", "xyz");
        check("x\u{1b}", "x");
        check("x\u{1b}[", "x");
        check("x\u{1b}[12", "x");
        check("\u{1b}\u{1b}[31mx", "x");
        check("\u{1b}[31\u{1b}[0mx", "x");
        check("\u{1b}ä", "ä");
    }

    #[test]
    fn an_unfinished_command_keeps_its_words() {
        check("\u{1b}]0;title", "0;title");
        check("\u{1b}]0;ti\ntle\u{7}", "0;ti tle");
        check("say â€\u{9d} twice", "say â€ twice");
    }

    #[test]
    fn nothing_hides_or_reorders() {
        check("invoice\u{202e}fdp.exe", "invoicefdp.exe");
        check("\u{2066}a\u{2069}\u{200e}\u{200f}\u{61c}b", "ab");
        check("pay\u{200b}pal\u{feff}\u{2060}\u{ad}", "paypal");
        check("pay\u{200d}pal\u{200c}x", "paypalx");
        check("a\u{e0041}\u{e0042}b", "ab");
        check("x\u{fe0f}\u{fe0f}", "x");
        check("❤\u{fe0f}\u{fe0f}\u{fe01}", "❤\u{fe0f}");
        check("👩\u{200d}", "👩");
        check("👩\u{200d}\u{200d}👧", "👩\u{200d}👧");
        check(
            "z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}a\u{301}",
            "z\u{300}\u{301}\u{302}\u{303}a\u{301}",
        );
        check("\u{301}lone", "lone");
        check("\u{3164}", "");
    }

    #[test]
    fn longer_text_keeps_its_lines() {
        let lines = |text| safe_lines(text).map(Cow::into_owned).collect::<Vec<_>>();
        assert_eq!(lines("a\nb\r\nc\rd\u{2028}e"), ["a", "b", "c", "d", "e"]);
        assert_eq!(lines("a\n\nb\n"), ["a", "", "b"]);
        assert_eq!(lines("\n"), [""]);
        assert_eq!(lines(""), [""; 0]);
        assert_eq!(lines("a\tb\n\tc\n1234\tx"), ["a   b", "    c", "1234    x"]);
        assert_eq!(lines("\u{1b}[31mred\n\u{202e}x"), ["red", "x"]);
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        // Quadratic work on a mebibyte of introducers would take hours.
        for unit in ["\u{9d}", "\u{1b}]", "\u{1b}[1;", "\u{1b}Px", "e\u{301}", "\u{200d}", "👩\u{200d}"] {
            let text = unit.repeat((1 << 20) / unit.len());
            assert!(safe(&text).len() <= text.len());
            assert!(safe_lines(&text).count() == 1);
        }
    }

    /// Text full of what the terminal listens to.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("\u{1b}".to_owned()),
            Just("\u{1b}[".to_owned()),
            Just("\u{1b}]".to_owned()),
            Just("\u{1b}\\".to_owned()),
            Just("\u{200d}".to_owned()),
            Just("\u{fe0f}".to_owned()),
            "[\u{0}-\u{1f}\u{7f}-\u{9f}]",
            "[0-9;?]{0,3}[a-zA-Z]",
            "[\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{300}-\u{310}]",
            "[👩👧❤क葛é]",
            any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn no_control_gets_through(text in hostile()) {
            let shown = safe(&text);
            prop_assert!(!shown.chars().any(|c| c.is_control() || is_invisible(c) || is_break(c)), "{shown:?}");
            let mut lines = safe_lines(&text);
            prop_assert!(lines.all(|line| !line.chars().any(|c| c.is_control() || is_invisible(c))));
        }

        #[test]
        fn safe_text_stays_as_it_is(text in hostile()) {
            let once = safe(&text).into_owned();
            prop_assert!(matches!(safe(&once), Cow::Borrowed(_)), "{once:?}");
        }

        #[test]
        fn visible_words_survive(before in "[a-z]{0,5}", after in "[A-Z]{0,5}", code in "[0-9;]{0,5}m") {
            let text = format!("{before}\u{1b}[{code}{after}");
            prop_assert_eq!(safe(&text), format!("{before}{after}"));
        }
    }
}
