//! Where on a command line the cursor is.

use crate::cli::command::list::is_condition;
use clap::{Arg, Command};

/// What the word at the cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The value of the option of this name.
    Option(String),
    /// A word of the command's own.
    Word,
}

/// A command line that is being typed.
#[derive(Debug)]
pub struct Asked {
    /// The command, by its full name.
    pub command: String,
    /// Its own words before the cursor.
    pub words: Vec<String>,
    /// What the word at the cursor is.
    pub place: Place,
    /// What of that word is to stay before what it may become: `--sort=`.
    pub head: String,
    /// The rest of that word, as far as it is typed.
    pub typed: String,
    options: Vec<(String, String)>,
}

impl Asked {
    /// Reads the words, of which the first is the program and the last the one at the cursor. `None` where that is a
    /// command or an option, which shells know by themselves.
    pub fn of(words: &[String], mut grammar: Command) -> Option<Self> {
        grammar.build();
        let (last, before) = words.split_last()?;
        let (mut command, mut is_named, mut only_words) = (&grammar, false, false);
        let (mut own, mut options, mut open): (_, Vec<(String, String)>, Option<&Arg>) =
            (Vec::new(), Vec::new(), None);
        for word in before.iter().skip(1) {
            if let Some(arg) = open.take() {
                options.push((arg.get_id().to_string(), word.clone()));
            } else if word == "--" {
                only_words = true;
            } else if !only_words && is_option(word, command) {
                let Some((arg, value)) = option(word, command) else { continue };
                match value {
                    Some(value) => options.push((arg.get_id().to_string(), value.to_owned())),
                    None => open = Some(arg),
                }
            } else if is_named {
                own.push(word.clone());
            } else {
                command = grammar.find_subcommand(word)?;
                is_named = true;
            }
        }
        let name = |arg: &Arg| Place::Option(arg.get_long().unwrap_or_default().to_owned());
        let (place, typed) = match open {
            Some(arg) => (name(arg), last.as_str()),
            None if !only_words && is_option(last, command) => {
                let (arg, value) = option(last, command)?;
                (name(arg), value?)
            }
            None if is_named => (Place::Word, last.as_str()),
            None => return None,
        };
        let head = last[..last.len() - typed.len()].to_owned();
        let command = command.get_name().to_owned();
        Some(Self { command, words: own, place, head, typed: typed.to_owned(), options })
    }

    /// What an option was given before the cursor.
    pub fn told(&self, option: &str) -> Option<&str> {
        self.options.iter().rev().find(|(name, _)| name == option).map(|(_, value)| value.as_str())
    }
}

/// Whether a word is an option. A query turns conditions round with a minus.
fn is_option(word: &str, command: &Command) -> bool {
    word.strip_prefix('-').is_some_and(|rest| command.get_name() != "list" || !is_condition(rest))
}

/// The option with a value that a word begins, and the value if it is in the same word.
fn option<'c, 'w>(word: &'w str, command: &'c Command) -> Option<(&'c Arg, Option<&'w str>)> {
    let mut with_value = command.get_arguments().filter(|arg| arg.get_action().takes_values());
    match word.strip_prefix("--") {
        Some(long) => {
            let (name, value) =
                long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
            with_value.find(|arg| arg.get_long() == Some(name)).map(|arg| (arg, value))
        }
        None => {
            let mut short = word.strip_prefix('-')?.chars();
            let letter = short.next()?;
            let value = Some(short.as_str()).filter(|value| !value.is_empty());
            with_value.find(|arg| arg.get_short() == Some(letter)).map(|arg| (arg, value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;

    #[test]
    fn the_word_at_the_cursor() {
        let check = |line: &str, expect: &str| {
            let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
            let told = Asked::of(&words, Cli::command()).map(|asked| {
                let place = match &asked.place {
                    Place::Option(name) => format!("--{name}"),
                    Place::Word => format!("word {}", asked.words.len()),
                };
                format!("{}: {place}: {}|{}", asked.command, asked.head, asked.typed)
            });
            assert_eq!(told.as_deref().unwrap_or("nothing"), expect, "{line}");
        };
        check("kontor li", "nothing");
        check("kontor nonsense x", "nothing");
        check("kontor list ", "list: word 0: |");
        check("kontor ls deals st", "list: word 1: |st");
        check("kontor -C dir --color never list deals st", "list: word 1: |st");
        check("kontor list deals --li", "nothing");
        check("kontor list deals --limit 3 st", "list: word 1: |st");
        check("kontor list deals --sort -am", "list: --sort: |-am");
        check("kontor list deals --sort=-am", "list: --sort: --sort=|-am");
        check("kontor list deals -stage:w", "list: word 1: |-stage:w");
        check("kontor rm --unlink a b", "rm: word 1: |b");
        check("kontor show -- a", "show: word 0: |a");
    }

    #[test]
    fn what_options_say() {
        let words = ["kontor", "-C", "there", "list", "--view=mine", "x"].map(str::to_owned);
        let asked = Asked::of(&words, Cli::command()).unwrap();
        assert_eq!((asked.told("workspace"), asked.told("view")), (Some("there"), Some("mine")));
        assert_eq!(asked.told("sort"), None);
    }
}
