//! Which items match a query, and how well.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use rayon::prelude::*;

use super::Item;

/// An item that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its place among the items.
    pub index: usize,
    score: u32,
}

impl Found {
    /// An item that matches because nothing was asked.
    pub fn plain(index: usize) -> Found {
        Found { index, score: 0 }
    }
}

/// From this many items on, the work is shared between threads.
const MANY: usize = 4000;

/// The items that match, best first; all in their own order for an empty query. A query that only grew need
/// look only `among` what matched before.
pub fn rank(items: &[Item], query: &str, among: Option<&[Found]>) -> Vec<Found> {
    let candidates: Vec<usize> = match among {
        Some(found) => found.iter().map(|found| found.index).collect(),
        None => (0..items.len()).collect(),
    };
    if query.trim().is_empty() {
        let mut all = candidates;
        all.sort_unstable();
        return all.into_iter().map(Found::plain).collect();
    }
    let patterns = [pattern(query, AtomKind::Fuzzy), pattern(query, AtomKind::Substring)];
    let found = |(matcher, chars): &mut (Matcher, Vec<char>), index: usize| {
        let score = match is_meant(&items[index], query.trim()) {
            true => Some(u32::MAX),
            false => score(&patterns, &items[index], matcher, chars),
        };
        score.map(|score| Found { index, score })
    };
    let fresh = || (Matcher::new(Config::DEFAULT), Vec::new());
    let mut ranked: Vec<Found> = if candidates.len() < MANY {
        let mut state = fresh();
        candidates.into_iter().filter_map(|index| found(&mut state, index)).collect()
    } else {
        candidates.into_par_iter().map_init(fresh, found).flatten_iter().collect()
    };
    let order = |found: &Found| (u32::MAX - found.score, items[found.index].label.len(), found.index);
    ranked.sort_unstable_by_key(order);
    ranked
}

/// The characters of `text` (by index) that the query matched, for highlighting.
pub fn lit(query: &str, text: &str) -> Vec<u32> {
    let mut indices = Vec::new();
    if !query.trim().is_empty() {
        let mut chars = Vec::new();
        let mut matcher = Matcher::new(Config::DEFAULT);
        pattern(query, AtomKind::Fuzzy).indices(Utf32Str::new(text, &mut chars), &mut matcher, &mut indices);
        indices.sort_unstable();
        indices.dedup();
    }
    indices
}

fn pattern(query: &str, kind: AtomKind) -> Pattern {
    Pattern::new(query.trim(), CaseMatching::Smart, Normalization::Smart, kind)
}

/// Whether the query is the item's key, its label or another word for it.
fn is_meant(item: &Item, query: &str) -> bool {
    let words = item.words.iter().map(String::as_str).chain([item.key.as_str(), item.label.as_str()]);
    words.into_iter().any(|word| word.eq_ignore_ascii_case(query))
}

/// A match in the label counts double, and more where the words stand there whole; one in the detail, or over
/// label and detail together, counts too.
fn score(
    [fuzzy, whole]: &[Pattern; 2],
    item: &Item,
    matcher: &mut Matcher,
    chars: &mut Vec<char>,
) -> Option<u32> {
    let label = Utf32Str::new(&item.label, chars);
    if let Some(score) = fuzzy.score(label, matcher) {
        return Some(score * 2 + whole.score(label, matcher).unwrap_or(0));
    }
    let of_word = |word: &String| whole.score(Utf32Str::new(word, chars), matcher);
    if let Some(score) = item.words.iter().filter_map(of_word).max() {
        return Some(score * 2);
    }
    if item.detail.is_empty() {
        return None;
    }
    fuzzy
        .score(Utf32Str::new(&item.detail, chars), matcher)
        .or_else(|| fuzzy.score(Utf32Str::new(&format!("{} {}", item.label, item.detail), chars), matcher))
}
