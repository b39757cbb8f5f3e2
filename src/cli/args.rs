//! What may be said to the program as a whole.

use super::command::Command;
use super::out::ColorChoice;
use clap::Parser;
use std::path::PathBuf;

/// A customer-relationship workstation for the terminal: plain YAML files in a git repository.
///
/// Without a command it opens the screen on the workspace around the current folder.
#[derive(Debug, Parser)]
#[command(name = "kontor", version, max_term_width = 100, after_help = EXIT_CODES, disable_help_subcommand = true)]
pub struct Cli {
    /// Work on the workspace around DIR instead of the current folder
    #[arg(short = 'C', id = "workspace", value_name = "DIR", global = true)]
    pub dir: Option<PathBuf>,

    /// When to use colour; `auto` heeds NO_COLOR
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true)]
    pub color: ColorChoice,

    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 it ran and found problems, or the thing is not there; \
     2 wrong usage; 3 a conflict needs a person.";
