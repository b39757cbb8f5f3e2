//! The commands, one file each.

pub mod check;
pub mod commit;
pub mod completions;
pub mod demo;
pub mod doctor;
pub mod edit;
pub mod home;
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
pub mod set;
pub mod show;
pub mod undo;

use super::Failure;
use super::args::Command;
use super::session::Session;

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
        Command::Edit(c) => c.run(session),
        Command::Rm(c) => c.run(session),
        Command::Mv(c) => c.run(session),
        Command::Log(c) => c.run(session),
        Command::Undo(c) => c.run(session),
        Command::Redo(c) => c.run(session),
        Command::Commit(c) => c.run(session),
        Command::Check(c) => c.run(session),
        Command::Render(c) => c.run(session),
        Command::Schema(c) => c.run(session),
        Command::Completions(c) => c.run(session),
        Command::Man(c) => c.run(session),
        Command::Doctor(c) => c.run(session),
    }
}
