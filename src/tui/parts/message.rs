//! What can happen to the program, and what it can want done.

use super::Waiting;
use crate::actions::Input as Answer;
use crate::base::RepoPath;
use crate::disk::Stamp;
use crate::disk::editor::Spot;
use crate::disk::outside::Entry;
use crate::model::Book;
use crate::tui::runtime::Input;
use crate::workspace::history::{Event, Lately};
use crate::workspace::seen::Seen;
use crate::workspace::{News, Order};
use crossterm::event::MouseEvent;
use smol_str::SmolStr;
use std::any::Any;
use std::path::PathBuf;
use std::sync::Arc;

/// Something that happened.
pub enum Msg {
    /// The terminal sent something.
    Input(Input),
    /// The writer told something.
    News(News),
    /// A worker finished a job of the screen with that number.
    Done(u64, Done),
    /// The mouse acted on the body of the current screen.
    Mouse(MouseEvent),
    /// The mouse acted on the popup.
    PopupMouse(MouseEvent),
    /// An action was clicked.
    Run(&'static str),
    /// A question was answered from outside, by its popup.
    Answer(Answer),
    /// The editor has returned from a file.
    Edited(RepoPath, Result<(), String>),
    /// The editor has returned from a text of its own: the new text, if it is another one.
    Written(Draft, Result<Option<String>, String>),
}

impl From<Input> for Msg {
    fn from(input: Input) -> Self {
        Self::Input(input)
    }
}

/// Something the program wants done. The runtime's performer does it.
pub enum Effect {
    /// Tell the writer.
    Order(Order),
    /// Do this on a worker thread for that screen, if it still waits for it then.
    Job(Waiting, Job),
    /// Open the file in the person's editor, at that spot if there is one.
    Edit(RepoPath, Option<Spot>),
    /// Let the person write the text in their editor.
    Write(Draft, String),
    /// Put the text on the clipboard.
    Copy(String),
    /// Remember a choice for the next time.
    Keep(Choice),
    /// Stop to the shell.
    Suspend,
    /// Draw everything afresh.
    Redraw,
    /// End.
    Quit,
}

/// Where a text that is written in an editor belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The number of the popup.
    pub asked: u64,
    /// The path of the field in it.
    pub field: SmolStr,
}

/// A choice of the person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The theme of that name.
    Theme(String),
    /// The columns of the lists of that type; none are the usual ones.
    Columns(SmolStr, Vec<SmolStr>),
}

/// Work for a worker thread.
pub enum Job {
    /// What happened to the record in this file.
    History(Arc<Book>, RepoPath, usize),
    /// What happened to the first of these files, back through its renames, and to the others.
    Changes(Arc<Book>, Vec<RepoPath>, usize),
    /// What happened lately in the whole workspace.
    Recent(Arc<Book>, usize),
    /// What happened lately in the whole workspace, and what of it others did since the person last looked.
    Lately(Arc<Book>, Option<Seen>, usize),
    /// Anything that needs no IO: sorting a long list, adding up.
    Compute(Box<dyn FnOnce() -> Box<dyn Any + Send> + Send>),
    /// What a file outside holds, up to one byte more than that many, and then what is made of it, which needs no IO.
    File(String, u64, Take),
    /// What lies in a folder outside.
    Folder(String),
    /// Write a file outside, in place of nothing or of one that begins with the second text. It is written even if nobody
    /// waits for it any more.
    Save(String, &'static str, Vec<u8>),
}

/// What is made of a file that was read, as with [`Job::Compute`].
pub type Take = Box<dyn FnOnce(Result<Read, String>) -> Box<dyn Any + Send> + Send>;

/// A file that was read.
pub struct Read {
    /// Where it is, in full.
    pub path: PathBuf,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// By which it is known whether it is still that.
    pub stamp: Stamp,
}

/// What came of a [`Job`].
pub enum Done {
    /// Commits, newest first; or why git could not tell.
    History(Result<Vec<Event>, String>),
    /// What [`Job::Lately`] found; or why git could not tell.
    Lately(Result<Lately, String>),
    /// What [`Job::Compute`] or [`Job::File`] answered.
    Computed(Box<dyn Any + Send>),
    /// What lies in the folder of that name; or why nobody can tell.
    Folder(String, Result<Vec<Entry>, String>),
    /// Where [`Job::Save`] has put the file; or why it could not.
    Saved(Result<PathBuf, String>),
    /// It was not done: the screen was left before a worker came to it.
    Dropped,
}
