//! The tokenizers of the index: [`super::words`], [`super::fold`] and [`super::language`] as tantivy wants them.

use super::ask::squeezed;
use super::fold::spellings;
use super::language::Stems;
use super::manner::SHORTEST_PART;
use super::words::words;
use smol_str::SmolStr;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Raised whenever what a text is parted into changes: the index is then made anew.
pub const TOKENS_VERSION: u32 = 2;

/// Every spelling of every word.
pub const WORDS: &str = "words";
/// Every spelling of the first word.
pub const FIRST: &str = "first";
/// The stem of every word.
pub const STEMS: &str = "stems";
/// Every three letters and digits in a row, whatever stands between them; marked, once more those of one word.
pub const PARTS: &str = "parts";

/// The tokenizers, for the language of that code.
pub fn tokenizers(language: &str) -> TokenizerManager {
    let manager = TokenizerManager::default();
    let mut stems = Stems::new(language);
    manager.register(
        WORDS,
        analyzer(|text, out| {
            for (at, word) in words(text).enumerate() {
                out.extend(spellings(word.text).into_iter().map(|spelling| (spelling, at)));
            }
        }),
    );
    manager.register(
        FIRST,
        analyzer(|text, out| {
            let first = words(text).next().map(|word| spellings(word.text));
            out.extend(first.into_iter().flatten().map(|spelling| (spelling, 0)));
        }),
    );
    manager.register(
        STEMS,
        analyzer(move |text, out| {
            out.extend(stems.of_text(text).into_iter().map(|stem| (stem, 0)));
        }),
    );
    manager.register(
        PARTS,
        analyzer(|text, out| {
            out.extend(parts(&squeezed(text)).enumerate().map(|(at, part)| (part, at)));
            let mut start = 0;
            for word in words(text).map(|word| squeezed(word.text)) {
                out.extend(parts(&word).enumerate().map(|(at, part)| (within(&part), start + at)));
                start += word.chars().count();
            }
        }),
    );
    manager
}

/// The mark of those that are in one word.
pub fn within(part: &str) -> SmolStr {
    smol_str::format_smolstr!(".{part}")
}

/// Every three characters in a row; all of them where there are fewer.
pub fn parts(squeezed: &str) -> impl Iterator<Item = SmolStr> + '_ {
    let starts = squeezed.char_indices().map(|(at, _)| at);
    starts.enumerate().filter_map(|(nth, start)| {
        let rest = &squeezed[start..];
        match rest.char_indices().nth(SHORTEST_PART) {
            Some((end, _)) => Some(rest[..end].into()),
            None if nth == 0 || rest.chars().count() == SHORTEST_PART => Some(rest.into()),
            None => None,
        }
    })
}

fn analyzer<F>(split: F) -> TextAnalyzer
where
    F: FnMut(&str, &mut Vec<(SmolStr, usize)>) + Clone + Send + Sync + 'static,
{
    TextAnalyzer::builder(Splitter { split, found: Vec::new(), token: Token::default() }).build()
}

/// A tokenizer out of a function that tells tokens with their positions.
#[derive(Clone)]
struct Splitter<F> {
    split: F,
    found: Vec<(SmolStr, usize)>,
    token: Token,
}

impl<F> Tokenizer for Splitter<F>
where
    F: FnMut(&str, &mut Vec<(SmolStr, usize)>) + Clone + Send + Sync + 'static,
{
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.found.clear();
        (self.split)(text, &mut self.found);
        self.token.reset();
        Stream { found: self.found.iter(), token: &mut self.token }
    }
}

struct Stream<'a> {
    found: std::slice::Iter<'a, (SmolStr, usize)>,
    token: &'a mut Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some((text, position)) = self.found.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(text);
        self.token.position = *position;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tokenizer: &str, text: &str, expect: &str) {
        let mut analyzer = tokenizers("en").get(tokenizer).unwrap();
        let mut stream = analyzer.token_stream(text);
        let mut found = Vec::new();
        while stream.advance() {
            found.push(format!("{}{}", stream.token().position, stream.token().text));
        }
        assert_eq!(found.join(" "), expect, "{tokenizer} {text}");
    }

    #[test]
    fn texts_become_tokens() {
        check(WORDS, "Müller & Mueller", "0muller 0mueller 1mueller 1muller");
        check(WORDS, "Kuroda 黒田", "0kuroda 1黒 2田");
        check(FIRST, "Müller & Co", "0muller 0mueller");
        check(STEMS, "Pumps rebooting 黒田", "0pump 0reboot");
        check(PARTS, "a-b.C1 2", "0abc 1bc1 2c12 0.a 1.b 2.c1 4.2");
        check(PARTS, "K7", "0k7 0.k7");
        check(PARTS, "Max-Emil", "0max 1axe 2xem 3emi 4mil 0.max 3.emi 4.mil");
        check(PARTS, "", "");
    }
}
