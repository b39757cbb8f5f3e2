//! What somebody who types these words is looking for. Pure: [`super::query`] asks the index, [`super::matching`] a
//! record in memory.

use super::fold::{asked_spellings, plain};
use super::manner::{SHORTEST_FUZZY, SHORTEST_PART, TYPE, TYPE_ALONE, WHOLE};
use super::words::{Word, words};
use crate::base::Folder;
use crate::base::limits::MAX_QUERY;
use crate::base::phone;
use smol_str::SmolStr;

/// Words, made ready. All of them must match.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ask {
    /// What must match, each in one of its ways.
    pub parts: Vec<Part>,
}

/// One thing that must match, in one of these ways; of each way everything must match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The ways.
    pub ways: Vec<Vec<Leaf>>,
}

/// One thing to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// A word.
    Word(AskedWord),
    /// Words in a row, `"exact words"`, or characters of a script without blanks.
    Row(Vec<SmolStr>),
    /// Letters and digits that stand in a code or number, whatever signs are between them there.
    Part(String),
    /// Letters that stand in one word of a code.
    Within(String),
    /// Letters and digits that are all of a code, number or amount, and what that counts.
    Whole(String, u8),
    /// A record of the type in this folder, and what that counts.
    Type(Folder, u8),
}

/// One word somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedWord {
    /// Its spellings, the plain one first.
    pub spellings: Vec<SmolStr>,
    /// Whether it may be only the beginning of a word.
    pub unfinished: bool,
}

impl AskedWord {
    /// Without accents.
    pub fn plain(&self) -> &SmolStr {
        &self.spellings[0]
    }

    /// Whether one mistake is forgiven: in words of five letters or more.
    pub fn forgives(&self) -> bool {
        self.plain().chars().nth(SHORTEST_FUZZY - 1).is_some()
            && self.plain().chars().all(char::is_alphabetic)
    }
}

/// More words than this are not looked for.
const MOST: usize = 16;

/// No type's name has more words than this.
const LONGEST_TYPE: usize = 3;

impl Ask {
    /// What is looked for with these words. Each may be the beginning of one, unless a sign ends it or quotes do.
    pub fn new(text: &str) -> Self {
        Self::naming_types(text, &|_| None)
    }

    /// The same where words may also name a type of record: of which `types` tells the folder. Every word is looked for as
    /// a text as well.
    pub fn naming_types(text: &str, types: &dyn Fn(&str) -> Option<Folder>) -> Self {
        let text = &text[..text.floor_char_boundary(MAX_QUERY)];
        let chunks = chunks(text);
        let mut parts = Vec::new();
        let mut at = 0;
        while at < chunks.len() && parts.len() < MOST {
            let chunk = &chunks[at];
            if let Some((run, folder)) = type_run(&chunks[at..], types) {
                let mut ways: Vec<_> = match run {
                    1 => part(chunk.text).into_iter().flat_map(|part| part.ways).collect(),
                    _ => vec![chunks[at..at + run].iter().flat_map(|c| word_leaves(c.text)).collect()],
                };
                let worth = if run == chunks.len() { TYPE_ALONE } else { TYPE };
                ways.push(vec![Leaf::Type(folder, worth)]);
                parts.push(Part { ways });
                at += run;
                continue;
            }
            let run = number_run(&chunks[at..]);
            if run > 1 {
                let joined: String =
                    chunks[at..at + run].iter().map(|c| c.text).collect::<Vec<_>>().join(" ");
                let apart: Option<Vec<Leaf>> =
                    chunks[at..at + run].iter().map(|c| word_leaves(c.text).into_iter().next()).collect();
                let whole = wholes(&joined, run);
                let numbers = phone::asked(&joined).into_iter().map(|digits| vec![Leaf::Part(digits)]);
                parts.push(Part { ways: whole.chain(numbers).chain(apart).collect() });
                at += run;
                continue;
            }
            parts.extend(match chunk.quoted {
                true => quoted(chunk.text),
                false => part(chunk.text),
            });
            at += 1;
        }
        Self { parts }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Everything that is looked for.
    pub fn leaves(&self) -> impl Iterator<Item = &Leaf> {
        self.parts.iter().flat_map(|part| part.ways.iter().flatten())
    }
}

struct Chunk<'a> {
    text: &'a str,
    quoted: bool,
}

/// What stands between blanks or in quotes. A quote that is still open is not there yet.
fn chunks(text: &str) -> Vec<Chunk<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    let plain = |text, found: &mut Vec<_>| {
        found.extend(str::split_whitespace(text).map(|text| Chunk { text, quoted: false }));
    };
    while let Some((before, after)) = rest.split_once('"') {
        plain(before, &mut found);
        let Some((inside, after)) = after.split_once('"') else {
            plain(after, &mut found);
            return found;
        };
        found.push(Chunk { text: inside, quoted: true });
        rest = after;
    }
    plain(rest, &mut found);
    found
}

/// How many chunks at the start name a type of record, and its folder.
fn type_run(chunks: &[Chunk<'_>], types: &dyn Fn(&str) -> Option<Folder>) -> Option<(usize, Folder)> {
    let plain = chunks.iter().take(LONGEST_TYPE).take_while(|chunk| !chunk.quoted).count();
    (1..=plain).rev().find_map(|run| {
        let name = chunks[..run].iter().map(|chunk| chunk.text).collect::<Vec<_>>().join(" ");
        Some((run, types(&name)?))
    })
}

/// How many chunks at the start may be one telephone number written with blanks.
fn number_run(chunks: &[Chunk<'_>]) -> usize {
    const DIGITS: usize = 6;
    let run = chunks.iter().take_while(|c| !c.quoted && phone::looks_like(c.text)).count();
    let digits = chunks[..run].iter().flat_map(|c| c.text.bytes()).filter(u8::is_ascii_digit).count();
    if digits >= DIGITS { run } else { 0 }
}

/// What is looked for with one chunk: its words, or the whole as part of a code or number.
fn part(chunk: &str) -> Option<Part> {
    let squeezed = squeezed(chunk);
    let mut ways = Vec::new();
    let leaves = word_leaves(chunk);
    if leaves.is_empty() {
        return None;
    }
    let parted = leaves.len();
    // An address is one thing: its words elsewhere are not it.
    let is_address = parted > 1 && chunk.contains(['@', '.']);
    ways.push(if is_address { vec![Leaf::Row(row(chunk))] } else { leaves });
    if squeezed.chars().nth(SHORTEST_PART - 1).is_some() {
        if phone::looks_like(chunk) {
            ways.extend(
                phone::asked(chunk).into_iter().filter(|d| *d != squeezed).map(|d| vec![Leaf::Part(d)]),
            );
        }
        // A plain word is more likely a name.
        if parted > 1 || chunk.bytes().any(|b| b.is_ascii_digit()) {
            ways.extend(wholes(chunk, parted));
        }
        ways.push(vec![in_a_code(squeezed, parted)]);
    }
    Some(Part { ways })
}

/// A part of a code, of so many words. One word of letters alone is looked for within the words of codes: `anna` is not in
/// `hermann@anlagen.example`.
fn in_a_code(squeezed: String, words: usize) -> Leaf {
    match words == 1 && squeezed.chars().all(char::is_alphabetic) {
        true => Leaf::Within(squeezed),
        false => Leaf::Part(squeezed),
    }
}

/// The words of a text, without accents.
fn row(text: &str) -> Vec<SmolStr> {
    words(text).map(|word| plain(word.text)).collect()
}

/// What is typed as the whole of a code, number or amount of so many words.
fn wholes(text: &str, words: usize) -> impl Iterator<Item = Vec<Leaf>> {
    let worth = u8::try_from(words).unwrap_or(u8::MAX).saturating_mul(WHOLE);
    let numbers = if phone::looks_like(text) { phone::asked(text) } else { Vec::new() };
    let mut codes = vec![squeezed(text)];
    codes.extend(numbers.into_iter().filter(|digits| *digits != codes[0]).collect::<Vec<_>>());
    codes.into_iter().map(move |code| vec![Leaf::Whole(code, worth)])
}

/// The words of a chunk, characters without blanks between them as a row.
fn word_leaves(chunk: &str) -> Vec<Leaf> {
    let all: Vec<Word<'_>> = words(chunk).collect();
    let mut leaves = Vec::new();
    for (at, word) in all.iter().enumerate() {
        match (word.ideograph, leaves.last_mut()) {
            (true, Some(Leaf::Row(row))) if all[at - 1].ideograph && all[at - 1].end() == word.start => {
                row.push(plain(word.text));
            }
            (true, _) => leaves.push(Leaf::Row(vec![plain(word.text)])),
            (false, _) => {
                let spellings = asked_spellings(word.text);
                let behind = if at + 1 == all.len() { &chunk[word.end()..] } else { " " };
                // Any other sign behind a word ends it.
                let unfinished = behind.is_empty() || behind == "*";
                leaves.push(Leaf::Word(AskedWord { spellings, unfinished }));
            }
        }
    }
    leaves
}

/// Words in quotes: in a row, or the whole as part of a code or number.
fn quoted(text: &str) -> Option<Part> {
    let row = row(text);
    let squeezed = squeezed(text);
    let long = squeezed.chars().nth(SHORTEST_PART - 1).is_some();
    let ways = [Some(Leaf::Row(row.clone())), long.then(|| in_a_code(squeezed, row.len()))];
    (!row.is_empty()).then(|| Part { ways: ways.into_iter().flatten().map(|leaf| vec![leaf]).collect() })
}

/// The letters and digits of a code, folded, without any sign between them.
pub fn squeezed(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for word in words(text) {
        code.extend(plain(word.text).chars().filter(|c| c.is_alphanumeric()));
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(ask: &Ask) -> String {
        let leaf = |leaf: &Leaf| match leaf {
            Leaf::Word(word) => {
                format!("{}{}", word.spellings.join("/"), if word.unfinished { "*" } else { "" })
            }
            Leaf::Row(row) => format!("\"{}\"", row.join(" ")),
            Leaf::Part(part) => format!("~{part}"),
            Leaf::Within(part) => format!("~.{part}"),
            Leaf::Whole(code, worth) => format!("={code}:{worth}"),
            Leaf::Type(folder, worth) => format!("{folder}:{worth}"),
        };
        let way = |way: &Vec<Leaf>| way.iter().map(leaf).collect::<Vec<_>>().join("+");
        let part = |part: &Part| part.ways.iter().map(way).collect::<Vec<_>>().join(" | ");
        ask.parts.iter().map(part).collect::<Vec<_>>().join(" ; ")
    }

    #[test]
    fn words_become_what_is_looked_for() {
        let check = |text: &str, expect: &str| assert_eq!(say(&Ask::new(text)), expect, "{text}");
        check("acme", "acme* | ~.acme");
        check("Acme GmbH", "acme* | ~.acme ; gmbh* | ~.gmbh");
        check("müll", "mull/muell* | ~.mull");
        check("a", "a*");
        check("o'neill-acme", "oneill+acme* | =oneillacme:30 | ~oneillacme");
        check("marta.lind@acme", "\"marta lind acme\" | =martalindacme:45 | ~martalindacme");
        check("+49 40 123456", "=4940123456:45 | =040123456:45 | ~4940123456 | ~040123456 | 49*+40*+123456*");
        check("040/123456", "040+123456* | ~40123456 | =040123456:30 | =40123456:30 | ~040123456");
        check("85,000", "85+000* | =85000:30 | ~85000");
        check("k7f3q", "k7f3q* | =k7f3q:15 | ~k7f3q");
        check("lena 12 pumps", "lena* | ~.lena ; 12* ; pumps* | ~.pumps");
        check("黒田", "\"黒 田\"");
        check("\"exact words\" more", "\"exact words\" | ~exactwords ; more* | ~.more");
        check("\"still typ", "still* | ~.still ; typ* | ~.typ");
        check("", "");
        check("\"\" … -", "");
        check("acme,", "acme | ~.acme");
        check("mul* gmbh", "mul* | ~.mul ; gmbh* | ~.gmbh");
        assert_eq!(Ask::new(&"word ".repeat(99)).parts.len(), MOST);
    }

    #[test]
    fn a_word_for_a_type_is_meant_as_both() {
        let types = |word: &str| match word {
            "quote" | "quotes" => "quotes".parse().ok(),
            "price list" => "price_books".parse().ok(),
            _ => None,
        };
        let check = |text: &str, expect: &str| {
            assert_eq!(say(&Ask::naming_types(text, &types)), expect, "{text}");
        };
        check("quote", "quote* | ~.quote | quotes:10");
        check("quote acme", "quote* | ~.quote | quotes:15 ; acme* | ~.acme");
        check("acme quotes", "acme* | ~.acme ; quotes* | ~.quotes | quotes:15");
        check("quot acme", "quot* | ~.quot ; acme* | ~.acme");
        check("price list", "price*+list* | price_books:10");
        check("a price list", "a* ; price*+list* | price_books:15");
        check("\"quote\" acme", "\"quote\" | ~.quote ; acme* | ~.acme");
        check("quote, acme", "quote | ~.quote ; acme* | ~.acme");
    }

    #[test]
    fn codes_lose_their_signs() {
        let check = |text: &str, expect: &str| assert_eq!(squeezed(text), expect, "{text}");
        check("https://www.Acme.example/a-b", "httpswwwacmeexampleab");
        check("K7F-3Q", "k7f3q");
        check("…", "");
    }
}
