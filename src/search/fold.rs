//! What a word is compared by: without case and accents, in every spelling people use for it.

use smol_str::SmolStr;

/// Longer words are cut here: nobody types more, and pasted binary would fill the index.
const LONGEST: usize = 60;

/// The spellings under which a word of a record is found: without accents (`Müller` as `muller`), with the letters
/// that stand for them (`mueller`), a pair of letters as the one it may stand for (`Mueller` as `muller`), and what
/// an apostrophe parts (`d'Été` as `dete` and `ete`). The first is the plain one.
pub fn spellings(word: &str) -> Vec<SmolStr> {
    let mut all = asked_spellings(word);
    if let Some(short) = all.first().and_then(|plain| shortened(plain)) {
        push(&mut all, short);
    }
    if word.contains(is_apostrophe) {
        for piece in word.split(is_apostrophe).filter(|piece| piece.chars().nth(1).is_some()) {
            push(&mut all, plain(piece));
        }
    }
    all
}

/// The spellings under which a word that somebody typed is looked for. The first is the plain one.
pub fn asked_spellings(word: &str) -> Vec<SmolStr> {
    let mut all = vec![plain(word)];
    if !word.is_ascii() {
        push(&mut all, fold(word, long));
    }
    all
}

/// The word in lower case and without accents.
pub fn plain(word: &str) -> SmolStr {
    fold(word, |_, _| None)
}

/// Whether it stands inside a word without parting it.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

/// Whether it only changes the letter before it.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn push(all: &mut Vec<SmolStr>, spelling: SmolStr) {
    if !spelling.is_empty() && !all.contains(&spelling) {
        all.push(spelling);
    }
}

/// Folds letter by letter; `special` may spell one, with the mark behind it, in its own way.
fn fold(word: &str, special: impl Fn(char, Option<char>) -> Option<&'static str>) -> SmolStr {
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) && word.len() <= LONGEST {
        return lowered(word);
    }
    let mut out = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    let mut count = 0;
    while let Some(c) = letters.next() {
        if is_mark(c) || is_apostrophe(c) {
            continue;
        }
        count += 1;
        if count > LONGEST {
            break;
        }
        match special(c, letters.peek().copied()) {
            Some(letters) => out.push_str(letters),
            None => fold_letter(c, &mut out),
        }
    }
    out.into()
}

/// An ASCII word in lower case. Short ones, as most are, need no memory of their own for it.
fn lowered(word: &str) -> SmolStr {
    if !word.bytes().any(|b| b.is_ascii_uppercase()) {
        return word.into();
    }
    let mut letters = [0; LONGEST];
    let Some(letters) = letters.get_mut(..word.len()) else { return word.to_ascii_lowercase().into() };
    letters.copy_from_slice(word.as_bytes());
    letters.make_ascii_lowercase();
    std::str::from_utf8(letters).map_or_else(|_| word.to_ascii_lowercase().into(), SmolStr::new)
}

/// German and Nordic letters in the spelling of ICAO 9303, as in ids.
fn long(c: char, next: Option<char>) -> Option<&'static str> {
    match (c, next) {
        ('ä' | 'Ä' | 'æ' | 'Æ', _) | ('a' | 'A', Some('\u{308}')) => Some("ae"),
        ('ö' | 'Ö' | 'ø' | 'Ø' | 'œ' | 'Œ', _) | ('o' | 'O', Some('\u{308}')) => Some("oe"),
        ('ü' | 'Ü', _) | ('u' | 'U', Some('\u{308}')) => Some("ue"),
        ('å' | 'Å', _) | ('a' | 'A', Some('\u{30a}')) => Some("aa"),
        _ => None,
    }
}

fn fold_letter(c: char, out: &mut String) {
    match c {
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '\0'..='\u{7f}' => out.push(c),
        'ä' | 'Ä' => out.push('a'),
        'ö' | 'Ö' | 'ø' | 'Ø' => out.push('o'),
        'ü' | 'Ü' => out.push('u'),
        // Latin letters with accents, and those that are two in one.
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => match deunicode::deunicode_char(c) {
            Some(letters) => out.extend(letters.chars().map(|c| c.to_ascii_lowercase())),
            None => out.extend(c.to_lowercase()),
        },
        // Letters as wide as ideographs.
        '\u{ff01}'..='\u{ff5e}' => {
            let narrow = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c);
            out.push(narrow.to_ascii_lowercase());
        }
        _ => out.extend(c.to_lowercase().filter(|c| !is_mark(*c)).map(bare)),
    }
}

/// A small Greek or Cyrillic letter without its accent; a final sigma as any other.
fn bare(c: char) -> char {
    match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' => 'е',
        c => c,
    }
}

/// The word with `ae`, `oe` and `ue` as one letter, where they may stand for ä, ö and ü: not behind a vowel or a q
/// (`Sauer`, `Queen`).
fn shortened(plain: &str) -> Option<SmolStr> {
    let bytes = plain.as_bytes();
    let may = |at: usize| {
        matches!(bytes[at], b'a' | b'o' | b'u')
            && bytes.get(at + 1) == Some(&b'e')
            && (at == 0 || !matches!(bytes[at - 1], b'a' | b'e' | b'i' | b'o' | b'u' | b'q'))
    };
    if !(0..bytes.len()).any(may) {
        return None;
    }
    let dropped = |at: usize| at > 0 && may(at - 1);
    let kept = plain.char_indices().filter(|(at, _)| !dropped(*at)).map(|(_, c)| c);
    Some(kept.collect::<String>().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_every_spelling() {
        let check = |word: &str, expect: &str| assert_eq!(spellings(word).join(" "), expect, "{word}");
        check("Müller", "muller mueller");
        check("Mu\u{308}ller", "muller mueller");
        check("Mueller", "mueller muller");
        check("Muller", "muller");
        check("Sønner", "sonner soenner");
        check("Ångström", "angstrom aangstroem");
        check("Weiß", "weiss");
        check("Sauer", "sauer");
        check("Queen", "queen");
        check("O'Brien", "obrien brien");
        check("d’Été", "dete ete");
        check("Łódź", "lodz");
        check("İstanbul", "istanbul");
        check("Nguyễn", "nguyen");
        check("ΑΘΉΝΑΣ", "αθηνασ");
        check("Алёна", "алена");
        check("ＡＣＭＥ", "acme");
        check("Œuvre", "oeuvre ouvre");
        check("K7F3Q", "k7f3q");
        assert_eq!(spellings(&"x".repeat(500))[0].len(), LONGEST);
    }

    #[test]
    fn what_is_typed_is_looked_for_as_typed_and_folded() {
        let check = |word: &str, expect: &str| assert_eq!(asked_spellings(word).join(" "), expect, "{word}");
        check("müller", "muller mueller");
        check("mueller", "mueller");
        check("muller", "muller");
        check("MULLER", "muller");
        check("黒田", "黒田");
    }
}
