//! The commands, one file each.

pub mod check;
pub mod commit;
pub mod completions;
pub mod demo;
pub mod doctor;
pub mod edit;
pub mod home;
pub mod import;
pub mod init;
pub mod list;
pub mod log;
pub mod man;
pub mod mv;
pub mod new;
pub mod redo;
pub mod render;
pub mod rm;
pub mod schema;
pub mod search;
pub mod set;
pub mod show;
pub mod undo;

use super::Failure;
use super::session::Session;
use clap::Subcommand;

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
    /// List the records that a query finds
    ///
    /// A query is conditions side by side: `stage:proposal,negotiation amount>=10k owner:me close<30d -tag:pilot`.
    /// `or`, brackets and `-` in front join them and turn them round; words without a field are looked for everywhere.
    /// docs/query.md describes all of it; --explain shows how a query was understood.
    #[command(visible_alias = "ls")]
    List(list::List),
    /// Find records by words, best first
    Search(search::Search),
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
    /// Bring records in from a CSV file, with a preview
    Import(import::Import),
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

/// The exit code of a command that ran, or why it could not.
pub type Done = Result<u8, Failure>;

/// It ran, and all is well.
pub const DONE: u8 = 0;
/// It ran, and found problems.
pub const FOUND_PROBLEMS: u8 = 1;

/// Runs a command; without one, opens the screen.
pub fn run(command: Option<Command>, session: &mut Session<'_>) -> Done {
    let Some(command) = command else { return home::run(session) };
    match command {
        Command::Demo(c) => c.run(session),
        Command::Init(c) => c.run(session),
        Command::New(c) => c.run(session),
        Command::Set(c) => c.run(session),
        Command::Show(c) => c.run(session),
        Command::List(c) => c.run(session),
        Command::Search(c) => c.run(session),
        Command::Edit(c) => c.run(session),
        Command::Rm(c) => c.run(session),
        Command::Mv(c) => c.run(session),
        Command::Log(c) => c.run(session),
        Command::Undo(c) => c.run(session),
        Command::Redo(c) => c.run(session),
        Command::Commit(c) => c.run(session),
        Command::Check(c) => c.run(session),
        Command::Import(c) => c.run(session),
        Command::Render(c) => c.run(session),
        Command::Schema(c) => c.run(session),
        Command::Completions(c) => c.run(session),
        Command::Man(c) => c.run(session),
        Command::Doctor(c) => c.run(session),
    }
}
