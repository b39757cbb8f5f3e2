//! The language prose is stemmed in.

use super::fold::plain;
use super::words::words;
use smol_str::SmolStr;
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream};

/// Finds the stem of a word: `pumps` and `pump` have one.
#[derive(Clone)]
pub struct Stems {
    analyzer: Option<TextAnalyzer>,
}

impl Stems {
    /// For the language of that code (ISO 639-1, with or without a country: `de`, `de-AT`). In a language nobody taught
    /// us every word is its own stem.
    pub fn new(code: &str) -> Self {
        let build =
            |language| TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(language)).build();
        Self { analyzer: language(code).map(build) }
    }

    /// The stem of a folded word.
    pub fn stem(&mut self, word: &str) -> SmolStr {
        let Some(analyzer) = &mut self.analyzer else { return word.into() };
        let mut stream = analyzer.token_stream(word);
        if stream.advance() { stream.token().text.as_str().into() } else { word.into() }
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
        assert_ne!(Stems::new("ja").stem("pumps"), Stems::new("ja").stem("pump"));
    }
}
