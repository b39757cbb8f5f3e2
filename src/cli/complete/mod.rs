//! `kontor complete`, which the shells' completions ask what the word at the cursor may become. It is no command for
//! people: it changes nothing, and whatever goes wrong it says nothing, so that the shell goes on with what it knows
//! by itself.

mod asked;
mod changes;
mod offer;
mod queries;
mod references;
mod shell_line;

use crate::disk::SystemClock;
use crate::git::Environment;
use crate::workspace::look;
use asked::{Asked, Place};
use offer::Offer;
use shell_line::ShellLine;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a shell is answered, line by line; `None` where it asks nothing. `grammar` is all that may be said to the
/// program.
///
/// - `kontor complete bash BREAKS LINE`: the line up to the cursor, and the characters that part words for bash, which
///   replaces only what is behind the last of them. Each line is what is put there, quoted.
/// - `kontor complete zsh WORDS…`: the last is the one at the cursor. The word, `+` if another follows it, else `-`,
///   and what it is, with tabs between them.
/// - `kontor complete fish WORDS…`: the last as it was typed, quotes and all. The word, a tab, and what it is.
pub fn answer(args: &[OsString], grammar: fn() -> clap::Command) -> Option<String> {
    let args: Option<Vec<&str>> = args.iter().skip(1).map(|arg| arg.to_str()).collect();
    let args = args?;
    let ["complete", shell, told @ ..] = args.as_slice() else { return None };
    let of = |words: &[String]| offers(words, grammar).unwrap_or_default().into_iter();
    let lines: Vec<String> = match (*shell, told) {
        ("bash", [breaks, line]) => {
            let line = ShellLine::read(line, breaks);
            of(&line.words).filter_map(|offer| line.put(&offer)).collect()
        }
        ("zsh", words) => {
            let words: Vec<_> = words.iter().map(ToString::to_string).collect();
            let sign = |offer: &Offer| if offer.ended { '+' } else { '-' };
            of(&words).map(|offer| format!("{}\t{}\t{}", offer.word, sign(&offer), offer.help)).collect()
        }
        ("fish", [before @ .., last]) => {
            let last = ShellLine::read(last, "").words.pop().unwrap_or_default();
            let before = before.iter().map(ToString::to_string);
            of(&before.chain([last]).collect::<Vec<_>>())
                .map(|offer| format!("{}\t{}", offer.word, offer.help))
                .collect()
        }
        _ => Vec::new(),
    };
    Some(lines.into_iter().map(|line| line + "\n").collect())
}

/// What the last word may become.
fn offers(words: &[String], grammar: fn() -> clap::Command) -> Option<Vec<Offer>> {
    let asked = Asked::of(words, grammar())?;
    let folder = asked.told("workspace").map_or_else(|| PathBuf::from("."), |dir| Path::new(dir).to_owned());
    let workspace = look(&folder, Environment::of_process(), Arc::new(SystemClock)).ok()?;
    // The answer is all there is left to do.
    std::mem::forget(workspace.book());
    let (book, me, now) = (workspace.book(), workspace.me(), workspace.now());
    let typed = asked.typed.as_str();
    let first = asked.words.is_empty();
    let found = match (&asked.place, asked.command.as_str()) {
        (Place::Option(name), "list") if name == "view" => queries::views(&book, me),
        (Place::Option(name), "list") if ["columns", "sort", "group"].contains(&name.as_str()) => {
            queries::fields(&asked, &book, me)
        }
        (Place::Option(name), _) if name == "type" => references::types(typed, false, &book),
        (Place::Option(_), _) => return None,
        (Place::Word, "list") => queries::words(&asked, &book, me, now),
        (Place::Word, "schema") if first => references::types(typed, false, &book),
        (Place::Word, "new") if first => references::types(typed, true, &book),
        (Place::Word, "new") => changes::of_new(&asked, &book),
        (Place::Word, "set") => changes::of_set(&asked, &book),
        (Place::Word, "rm") => references::records(typed, &book),
        (Place::Word, "show" | "edit" | "mv" | "log") if first => references::records(typed, &book),
        (Place::Word, _) => return None,
    };
    let begins = |offer: &Offer| offer.word.to_lowercase().starts_with(&typed.to_lowercase());
    let found = found.into_iter().filter(|offer| begins(offer) && offer.is_safe());
    Some(found.map(|offer| Offer { word: asked.head.clone() + &offer.word, ..offer }).collect())
}
