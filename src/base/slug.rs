//! Ids from names: `Müller GmbH` becomes `mueller-gmbh`, in the letters a file name and a URL can carry anywhere.

use super::id::Id;
use super::limits::MAX_ID;

/// The id a name suggests; `None` if nothing of it can be written in `[a-z0-9-]`.
///
/// European letters follow ICAO 9303's machine-readable spelling (ä ae, ö oe, ø oe, ü ue, å aa, ß ss), everything
/// else deunicode's (黒田 hei-tian). Apostrophes vanish (`O'Brien` is `obrien`), other signs part words. A long
/// name is cut between words.
pub fn slug(text: &str) -> Option<Id> {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // Letter and dots may come as two characters (macOS writes file names so).
        let c = match (c, chars.peek()) {
            ('a', Some('\u{308}')) => 'ä',
            ('A', Some('\u{308}')) => 'Ä',
            ('o', Some('\u{308}')) => 'ö',
            ('O', Some('\u{308}')) => 'Ö',
            ('u', Some('\u{308}')) => 'ü',
            ('U', Some('\u{308}')) => 'Ü',
            ('a' | 'A', Some('\u{30a}')) => 'å',
            _ => c,
        };
        match c {
            '\'' | '’' | '‘' | '`' | '´' | 'ʼ' => {}
            'ä' | 'Ä' | 'æ' | 'Æ' => out.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'Ø' | 'œ' | 'Œ' => out.push_str("oe"),
            'ü' | 'Ü' => out.push_str("ue"),
            'å' | 'Å' => out.push_str("aa"),
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => dash(&mut out),
            c => push_transliterated(&mut out, c),
        }
        // Enough for an id and for finding the last word boundary in it.
        if out.len() > MAX_ID * 2 {
            break;
        }
    }
    Id::new(cut(out.trim_matches('-'))).ok()
}

fn push_transliterated(out: &mut String, c: char) {
    // A combining mark has no letters of its own and must not part the word it stands in.
    let letters = deunicode::deunicode_char(c).unwrap_or(if c.is_alphanumeric() { "" } else { " " });
    for letter in letters.chars() {
        match letter {
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            '\'' | '`' => {}
            _ => dash(out),
        }
    }
}

fn dash(out: &mut String) {
    if !out.ends_with('-') && !out.is_empty() {
        out.push('-');
    }
}

/// At most [`MAX_ID`] characters, cut between words unless that would lose more than half.
fn cut(text: &str) -> &str {
    if text.len() <= MAX_ID {
        return text;
    }
    let head = &text[..MAX_ID];
    let whole_words = if text.as_bytes()[MAX_ID] == b'-' { Some(MAX_ID) } else { head.rfind('-') };
    match whole_words {
        Some(end) if end >= MAX_ID / 2 => &head[..end],
        _ => head.trim_end_matches('-'),
    }
}

/// What random ids are made of: no vowels, so that no words turn up, and none of `0o1l` and their like, which
/// people mix up when they read an id out on the telephone.
const TAIL_LETTERS: &[u8] = b"23456789bcdfghjkmnpqrstvwxyz";

/// Four random characters that keep ids made in two clones apart: `7f3k`.
pub fn random_tail(rng: &mut fastrand::Rng) -> String {
    random_code(rng, 4)
}

/// Random characters of the same alphabet, for numbers people read out, such as a case's `k7f3q`.
pub fn random_code(rng: &mut fastrand::Rng, length: usize) -> String {
    (0..length).map(|_| char::from(TAIL_LETTERS[rng.usize(..TAIL_LETTERS.len())])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(slug(text).as_ref().map_or("", Id::as_str), expect, "{text:?}");
    }

    #[test]
    fn slugs() {
        check("Acme GmbH", "acme-gmbh");
        check("Müller GmbH", "mueller-gmbh");
        check("Mu\u{308}ller GmbH", "mueller-gmbh");
        check("Olsen & Sønner", "olsen-soenner");
        check("Ångström AB", "aangstroem-ab");
        check("A\u{30a}ngstro\u{308}m", "aangstroem");
        check("Weißenfels", "weissenfels");
        check("黒田製作所", "hei-tian-zhi-zuo-suo");
        check("Kuroda 黒田", "kuroda-hei-tian");
        check("Ростов", "rostov");
        check("Café d’Été", "cafe-dete");
        check("O'Brien", "obrien");
        check("Re: Pilot, week 3", "re-pilot-week-3");
        check("  --a__b--  ", "a-b");
        check("../../etc/passwd", "etc-passwd");
        check("Nguye\u{302}\u{303}n", "nguyen");
        check("", "");
        check("!?! …", "");
        check("\u{1b}[31m", "31m");
        check("\u{202e}", "");
    }

    #[test]
    fn long_names_are_cut_between_words() {
        let words = "word ".repeat(40);
        let id = slug(&words).unwrap();
        assert_eq!(id.as_str(), format!("{}word", "word-".repeat(15)));
        assert_eq!(slug(&"x".repeat(500)).unwrap().as_str().len(), 80);
    }

    #[test]
    fn tails_are_parts_of_ids() {
        let mut rng = fastrand::Rng::with_seed(7);
        let tails: std::collections::BTreeSet<String> = (0..1000).map(|_| random_tail(&mut rng)).collect();
        assert!(tails.len() > 990);
        assert!(tails.iter().all(|tail| tail.len() == 4 && Id::new(tail).is_ok()));
    }

    proptest! {
        #[test]
        fn a_slug_is_its_own_slug(text in "\\PC{0,120}") {
            if let Some(id) = slug(&text) {
                prop_assert_eq!(slug(id.as_str()), Some(id));
            }
        }
    }
}
