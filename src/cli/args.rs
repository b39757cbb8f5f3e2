//! The commands and what may be said to them.

use super::command::{
    check, commit, completions, demo, doctor, edit, init, list, log, man, mv, new, redo, render, rm, schema,
    set, show, undo,
};
use super::out::ColorChoice;
use clap::{Args, Parser, Subcommand, ValueEnum};
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

/// The commands, in the order the help lists them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a demo to look around in, and open it
    Demo(demo::Demo),
    /// Make a new workspace, in a new or an existing git repository
    Init(init::Init),
    /// Create a record and print its reference
    New(new::New),
    /// Change fields of records, in one commit
    Set(set::Set),
    /// Show a record
    Show(show::Show),
    /// List the records of a type
    #[command(visible_alias = "ls")]
    List(list::List),
    /// Open a record's file in your editor; it is checked and committed afterwards
    Edit(edit::Edit),
    /// Delete records
    Rm(rm::Rm),
    /// Give a record another id, and rewrite every link to it
    Mv(mv::Mv),
    /// Show what happened, field by field
    Log(log::Log),
    /// Take back your last action, or the one of a commit
    Undo(undo::Undo),
    /// Take back the last undo
    Redo(redo::Redo),
    /// Commit what was edited by hand
    Commit(commit::Commit),
    /// Look for every problem: syntax, values, links, duplicates
    Check(check::Check),
    /// Draw a screen without a terminal: as text, as ANSI text or as SVG
    Render(render::Render),
    /// Say which types and fields there are
    Schema(schema::Schema),
    /// Print the completions for a shell
    Completions(completions::Completions),
    /// Write the manual pages
    Man(man::Man),
    /// Look whether everything Kontor needs is there
    Doctor(doctor::Doctor),
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs; errors are JSON too
    Json,
}

/// The choice between the two.
#[derive(Debug, Clone, Copy, Args)]
pub struct FormatArg {
    /// For people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

impl FormatArg {
    /// Whether a program reads.
    pub fn is_json(self) -> bool {
        self.format == Format::Json
    }
}
