//! The language prose is stemmed in.

use super::fold::plain;
use super::words::words;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream};

/// Finds the stem of a word: `pumps` and `pump` have one.
#[derive(Clone)]
pub struct Stems {
    analyzer: Option<TextAnalyzer>,
    /// The stems of the words before: few words make up most of a text.
    known: FxHashMap<SmolStr, SmolStr>,
}

/// So many stems are kept at hand.
const MOST_KNOWN: usize = 4_096;

impl Stems {
    /// For the language of that code (ISO 639-1, with or without a country: `de`, `de-AT`). In a language nobody taught
    /// us every word is its own stem.
    pub fn new(code: &str) -> Self {
        let build =
            |language| TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(language)).build();
        Self { analyzer: language(code).map(build), known: FxHashMap::default() }
    }

    /// The stem of a folded word.
    pub fn stem(&mut self, word: &str) -> SmolStr {
        let Some(analyzer) = &mut self.analyzer else { return word.into() };
        if let Some(stem) = self.known.get(word) {
            return stem.clone();
        }
        let mut stream = analyzer.token_stream(word);
        let stem: SmolStr = if stream.advance() { stream.token().text.as_str().into() } else { word.into() };
        if self.known.len() == MOST_KNOWN {
            self.known.clear();
        }
        self.known.insert(word.into(), stem.clone());
        stem
    }

    /// The stems of the words of a text.
    pub fn of_text(&mut self, text: &str) -> Vec<SmolStr> {
        words(text).filter(|word| !word.ideograph).map(|word| self.stem(&plain(word.text))).collect()
    }
}

/// The language of a code.
pub fn language(code: &str) -> Option<Language> {
    Some(match code.split(['-', '_']).next().unwrap_or_default() {
        "ar" => Language::Arabic,
        "da" => Language::Danish,
        "nl" => Language::Dutch,
        "en" => Language::English,
        "fi" => Language::Finnish,
        "fr" => Language::French,
        "de" => Language::German,
        "el" => Language::Greek,
        "hu" => Language::Hungarian,
        "it" => Language::Italian,
        "nb" | "nn" | "no" => Language::Norwegian,
        "pt" => Language::Portuguese,
        "ro" => Language::Romanian,
        "ru" => Language::Russian,
        "es" => Language::Spanish,
        "sv" => Language::Swedish,
        "ta" => Language::Tamil,
        "tr" => Language::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let check = |code: &str, one: &str, other: &str| {
            let mut stems = Stems::new(code);
            assert_eq!(stems.stem(one), stems.stem(other), "{code}: {one} {other}");
        };
        check("en", "pumps", "pump");
        check("en-GB", "rebooting", "reboots");
        check("de", "rechnungen", "rechnung");
        check("de", "pumpen", "pumpe");
        let mut stems = Stems::new("en");
        let nth = |n: usize| format!("{n}pumps");
        for n in (0..2 * MOST_KNOWN).chain(0..9) {
            assert_eq!(stems.stem(&nth(n)), format!("{n}pump"));
        }
        assert!(stems.known.len() <= MOST_KNOWN);
        assert_ne!(Stems::new("ja").stem("pumps"), Stems::new("ja").stem("pump"));
    }
}
