//! The command line: one file per command, all running the same actions as the screen.

mod args;
mod command;
mod complete;
mod failure;
mod find;
mod format;
mod json;
mod json_schema;
mod line;
mod out;
mod progress;
mod screens;
mod session;
mod table;
mod value;
mod wanting;

pub use args::Cli;
pub use failure::Failure;
pub use screens::{Drawing, Form, Screens};

use crate::base::text::safe_lines;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use session::Session;
use std::ffi::OsString;
use std::io::Write;

/// Runs the command line; the answer is the exit code: 0 done, 1 problems found or the thing is not there, 2 wrong
/// usage, 3 a conflict needs a person.
pub fn run(args: impl IntoIterator<Item = OsString>, screens: &dyn Screens) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(answer) = complete::answer(&args, Cli::command) {
        // Whoever stopped reading has seen enough.
        let _ = std::io::stdout().write_all(answer.as_bytes());
        return 0;
    }
    let args = command::list::spelled_out(args);
    let as_json = wants_json(&args);
    match Cli::try_parse_from(&args) {
        Ok(cli) => {
            let mut session = Session::new(cli.dir, cli.color, screens, Cli::command);
            let done = command::run(cli.command, &mut session);
            let done = done.and_then(|code| session.out.flush().map(|()| code).map_err(Failure::from));
            done.unwrap_or_else(|failure| failure.tell(as_json))
        }
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                // Whoever stopped reading the help has seen enough.
                let _ = error.print();
                0
            }
            _ if as_json => Failure::usage("usage", usage_message(&error)).tell(true),
            _ => {
                // It repeats what was typed, and that may come from anywhere.
                let text = error.to_string();
                let _ = safe_lines(&text).try_for_each(|line| writeln!(std::io::stderr(), "{line}"));
                2
            }
        },
    }
}

/// Whether errors are to be told as JSON; looked for by hand, since the arguments may be what is wrong.
fn wants_json(args: &[OsString]) -> bool {
    let words: Vec<_> = args.iter().map(|a| a.to_string_lossy()).collect();
    words.iter().any(|w| w == "--format=json")
        || words.windows(2).any(|w| w[0] == "--format" && w[1] == "json")
}

/// The first line of what clap says, without its own mark.
fn usage_message(error: &clap::Error) -> String {
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    first.strip_prefix("error: ").unwrap_or(first).to_owned()
}
