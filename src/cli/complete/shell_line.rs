//! A line of bash up to the cursor, and words as bash is to put them there.

use super::offer::Offer;

/// The words of a line.
#[derive(Debug, PartialEq, Eq)]
pub struct ShellLine {
    /// Without their quotes; the last is the one at the cursor, and may be empty.
    pub words: Vec<String>,
    /// The quote that is open at the cursor.
    quote: Option<char>,
    /// So many bytes of the last word stay as they are: bash replaces what is behind the last character that parts
    /// words for it, or behind the quote that is open.
    kept: usize,
}

impl ShellLine {
    /// Reads a line. `breaks` are the characters that part words for bash (`COMP_WORDBREAKS`), such as `=` and `:`.
    pub fn read(line: &str, breaks: &str) -> Self {
        let mut read = Self { words: vec![String::new()], quote: None, kept: 0 };
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            match (read.quote, c) {
                (None, '\'' | '"') => {
                    read.quote = Some(c);
                    let kept = read.last().len();
                    if !chars.clone().any(|later| later == c) {
                        read.kept = kept;
                    }
                }
                (Some(quote), _) if c == quote => read.quote = None,
                (None, '\\') => read.last().extend(chars.next()),
                (Some('"'), '\\') if next.is_some_and(|next| r#""\$`"#.contains(next)) => {
                    read.last().extend(chars.next());
                }
                (None, _) if c.is_whitespace() => {
                    // Several blanks part words like one.
                    if !(read.words.len() > 1 && read.last().is_empty()) {
                        read.words.push(String::new());
                    }
                    read.kept = 0;
                }
                (None, _) if breaks.contains(c) => {
                    read.last().push(c);
                    read.kept = read.last().len();
                }
                _ => read.last().push(c),
            }
        }
        read
    }

    fn last(&mut self) -> &mut String {
        // There is always one: it begins with one, and none is taken out.
        if self.words.is_empty() {
            self.words.push(String::new());
        }
        let last = self.words.len() - 1;
        &mut self.words[last]
    }

    /// What bash is to put where the word is, quoted for it, with a blank behind a word that ends; `None` if it would
    /// have to change what stays.
    pub fn put(&self, offer: &Offer) -> Option<String> {
        let stays = &self.words.last()?[..self.kept];
        let rest = offer.word.strip_prefix(stays)?;
        let blank = if offer.ended { " " } else { "" };
        Some(match self.quote {
            None => escaped(rest, |c| !c.is_alphanumeric() && !"_-./:=,@%+".contains(c)) + blank,
            Some('"') => escaped(rest, |c| r#""\$`"#.contains(c)),
            Some(_) => rest.replace('\'', r"'\''"),
        })
    }
}

/// With a backslash before each of these characters.
fn escaped(text: &str, special: impl Fn(char) -> bool) -> String {
    let pairs = text.chars().flat_map(|c| [special(c).then_some('\\'), Some(c)]);
    pairs.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BREAKS: &str = " \t\n\"'@><=;|&(:";

    #[test]
    fn words_lose_their_quotes() {
        let check = |line: &str, expect: &str| {
            assert_eq!(ShellLine::read(line, BREAKS).words.join("|"), expect, "{line}");
        };
        check("kontor list", "kontor|list");
        check("kontor  list ", "kontor|list|");
        check("k list 'stage:won  amo", "k|list|stage:won  amo");
        check(r#"k list "a\"b\c" d\ e"#, r#"k|list|a"b\c|d e"#);
        check("k 'it'\\''s'", "k|it's");
        check("", "");
    }

    #[test]
    fn only_what_is_behind_a_break_is_put() {
        let check = |line: &str, word: &str, expect: Option<&str>| {
            assert_eq!(
                ShellLine::read(line, BREAKS).put(&Offer::ended(word, "")).as_deref(),
                expect,
                "{line}"
            );
        };
        check("k list st", "stage", Some("stage "));
        check("k list stage:pro", "stage:proposal", Some("proposal "));
        check("k list stage:", "stage:won", Some("won "));
        check("k list --sort=na", "--sort=name", Some("name "));
        check("k list amount\\>", "amount>10k", Some("amount\\>10k "));
        check("k list close:", "close:\"this week\"", Some("\\\"this\\ week\\\" "));
        check("k list 'close:t", "close:today", Some("close:today"));
        check("k list name='it", "name=it's", Some("it'\\''s"));
        check("k list name=\"$", "name=$x", Some("\\$x"));
        check("k list 'a:b':c", "a:b:cd", Some("cd "));
        check("k list A:b", "a:bc", None);
        check("k x ~", "~a;b", Some("\\~a\\;b "));
    }
}
