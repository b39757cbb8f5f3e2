//! The same answers as the index gives, for one record in memory: for what was changed a moment ago, and to show
//! where the words stand.

use super::amount;
use super::ask::{Ask, AskedWord, Leaf, squeezed};
use super::fold::spellings;
use super::language::Stems;
use super::manner::{FIRST_WORD, Manner, SHORTEST_PROSE_PREFIX, worth};
use super::role::{Role, Source};
use super::words::words;
use crate::base::Folder;
use crate::base::phone;
use smol_str::SmolStr;
use std::ops::Range;

/// One text of a record, taken apart.
pub struct Text<'s> {
    /// What it was taken from.
    pub source: &'s Source<'s>,
    words: Vec<TextWord>,
    codes: Vec<String>,
}

struct TextWord {
    spellings: Vec<SmolStr>,
    stem: SmolStr,
    place: Range<usize>,
    ideograph: bool,
}

impl<'s> Text<'s> {
    /// Takes a text apart.
    pub fn new(source: &'s Source<'s>, stems: &mut Stems) -> Self {
        let text = source.text.as_ref();
        let prose = source.role == Role::Prose;
        let word = |word: super::words::Word<'_>| {
            let spellings = spellings(word.text);
            let stem = if prose && !word.ideograph { stems.stem(&spellings[0]) } else { SmolStr::default() };
            TextWord { stem, spellings, place: word.start..word.end(), ideograph: word.ideograph }
        };
        let words = words(text).map(word).collect();
        let codes = match source.role {
            Role::Code => vec![squeezed(text)],
            Role::Number => phone::indexed(text).into_iter().collect(),
            Role::Prose => phone::in_prose(text).collect(),
            Role::Amount => amount::digits(text).into_iter().collect(),
            Role::Name | Role::Link | Role::Aside => Vec::new(),
        };
        Self { source, words, codes }
    }

    /// What the best match of the leaf in this text is worth.
    pub fn worth(&self, leaf: &Leaf, stems: &mut Stems) -> Option<u8> {
        let role = self.source.role;
        match leaf {
            Leaf::Word(asked) => {
                let stem = stems.stem(asked.plain());
                let words = self.words.iter().enumerate();
                words.filter_map(|(at, word)| worth_of_word(role, at, word, asked, &stem)).max()
            }
            Leaf::Row(row) if matches!(role, Role::Name | Role::Link | Role::Prose) => {
                self.row(row).next().and_then(|_| worth(role, Manner::Exact))
            }
            Leaf::Whole(code, worth) => (role != Role::Prose && self.codes.contains(code)).then_some(*worth),
            // No text says of what type a record is.
            Leaf::Row(_) | Leaf::Type(..) => None,
            Leaf::Part(_) | Leaf::Within(_) if role == Role::Amount => None,
            Leaf::Within(part) => {
                let mut words = words(&self.source.text).filter(|_| role == Role::Code);
                words
                    .any(|word| squeezed(word.text).contains(part))
                    .then(|| worth(Role::Code, Manner::Part))?
            }
            Leaf::Part(part) => {
                self.codes.iter().any(|code| code.contains(part)).then(|| worth(Role::Code, Manner::Part))?
            }
        }
    }

    /// Where the row of words starts.
    fn row<'a>(&'a self, row: &'a [SmolStr]) -> impl Iterator<Item = usize> + 'a {
        let windows = self.words.windows(row.len().max(1)).enumerate();
        let fits = move |window: &[TextWord]| {
            window.iter().zip(row).all(|(word, asked)| word.spellings.contains(asked))
        };
        windows.filter(move |(_, window)| fits(window)).map(|(at, _)| at)
    }

    /// The places in the text that match, in order, apart from each other.
    pub fn places(&self, ask: &Ask, stems: &mut Stems) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        for leaf in ask.leaves() {
            match leaf {
                Leaf::Word(asked) => {
                    let stem = stems.stem(asked.plain());
                    let words = self.words.iter().enumerate();
                    let hit = words.filter(|(at, word)| {
                        worth_of_word(self.source.role, *at, word, asked, &stem).is_some()
                    });
                    places.extend(hit.map(|(_, word)| word.place.clone()));
                }
                Leaf::Row(row) => places.extend(self.row(row).map(|at| {
                    let end = at + row.len().max(1) - 1;
                    self.words[at].place.start..self.words[end].place.end
                })),
                Leaf::Part(part) => places.extend(self.place_of_part(part)),
                Leaf::Within(part) => {
                    places.extend(self.place_of_part(part).filter(|_| self.worth(leaf, stems).is_some()))
                }
                Leaf::Whole(code, _) if self.source.role != Role::Amount || self.codes.contains(code) => {
                    places.extend(self.place_of_part(code));
                }
                Leaf::Whole(..) => {}
                Leaf::Type(..) => {}
            }
        }
        joined(places)
    }

    /// Where the letters and digits of a part stand, with the signs between them.
    fn place_of_part(&self, part: &str) -> Option<Range<usize>> {
        if !matches!(self.source.role, Role::Code | Role::Number | Role::Amount) {
            return None;
        }
        let text = self.source.text.as_ref();
        let mut letters = Vec::new();
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            let folded = super::fold::plain(&text[at..at + c.len_utf8()]);
            letters.extend(folded.chars().map(|folded| (folded, at..at + c.len_utf8())));
        }
        let flat: String = letters.iter().map(|(c, _)| *c).collect();
        // A number may be written with zeros that are not looked for, or without its country.
        let wanted = [part, part.trim_start_matches('0')].into_iter().find(|wanted| flat.contains(wanted));
        let Some(found) = wanted.and_then(|wanted| Some((flat.find(wanted)?, wanted))) else {
            let whole = self.codes.iter().any(|code| code.contains(part));
            return whole.then_some(0..text.len());
        };
        let first = flat[..found.0].chars().count();
        let last = first + found.1.chars().count() - 1;
        Some(letters.get(first)?.1.start..letters.get(last)?.1.end)
    }
}

fn worth_of_word(role: Role, at: usize, word: &TextWord, asked: &AskedWord, stem: &str) -> Option<u8> {
    let more = if role == Role::Name && at == 0 { FIRST_WORD } else { 0 };
    let any = |test: &dyn Fn(&str, &str) -> bool| {
        asked.spellings.iter().any(|asked| word.spellings.iter().any(|word| test(word, asked)))
    };
    let short = matches!(role, Role::Prose | Role::Link | Role::Aside);
    let shortest = if short { SHORTEST_PROSE_PREFIX } else { 0 };
    let begins = |word: &str, asked: &str| word.starts_with(asked) && asked.chars().count() >= shortest;
    let mut best = None;
    let mut may = |manner, more: u8, holds: &dyn Fn() -> bool| {
        if let Some(worth) = worth(role, manner).map(|worth| worth + more)
            && Some(worth) > best
            && holds()
        {
            best = Some(worth);
        }
    };
    may(Manner::Exact, more, &|| any(&|word, asked| word == asked));
    may(Manner::Prefix, more, &|| asked.unfinished && any(&begins));
    may(Manner::Stem, 0, &|| !word.ideograph && word.stem == stem);
    let mistaken = |word: &SmolStr| match asked.unfinished && role == Role::Name {
        true => begins_with_mistake(word, asked.plain()),
        false => strsim::osa_distance(word, asked.plain()) <= 1,
    };
    may(Manner::Fuzzy, 0, &|| asked.forgives() && word.spellings.iter().any(mistaken));
    best
}

/// Whether the word begins with what was asked, but for one mistake.
fn begins_with_mistake(word: &str, asked: &str) -> bool {
    let length = asked.chars().count();
    let ends = word.char_indices().map(|(at, _)| at).chain([word.len()]);
    let starts = ends.skip(length.saturating_sub(1)).take(3);
    starts.into_iter().any(|end| strsim::osa_distance(&word[..end], asked) <= 1)
}

/// What a record in the folder with these texts is worth; `None` where a part does not match.
pub fn worth_of(ask: &Ask, folder: &Folder, texts: &[Text<'_>], stems: &mut Stems) -> Option<u32> {
    let mut leaf = |leaf: &Leaf| {
        let worth = match leaf {
            Leaf::Type(named, worth) => (named == folder).then_some(*worth),
            leaf => texts.iter().filter_map(|text| text.worth(leaf, stems)).max(),
        };
        worth.map(u32::from)
    };
    let mut sum = 0;
    for part in &ask.parts {
        let ways = part.ways.iter().filter_map(|way| way.iter().map(&mut leaf).sum::<Option<u32>>());
        sum += ways.max()?;
    }
    (!ask.is_empty()).then_some(sum)
}

/// Ranges in order, those that touch made one.
fn joined(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| (place.start, place.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}
