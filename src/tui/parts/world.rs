//! What every screen can see and none changes.

use crate::actions::{Context, Place};
use crate::base::{Id, Now, Ref, RepoPath, Style};
use crate::crm::views::View;
use crate::disk::editor::Spot;
use crate::git::Distance;
use crate::model::{Book, Problem};
use crate::search::{Progress, Searcher};
use crate::tui::theme::Theme;
use crate::workspace::Ticket;
use crate::workspace::seen::Seen;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The state of the workspace as the screens see it.
pub struct World {
    /// The records; replaced as a whole when anything changes.
    pub book: Arc<Book>,
    /// The moment of the last message.
    pub now: Now,
    /// The current user.
    pub me: Option<Id>,
    /// The branch that is committed to.
    pub branch: String,
    /// How it stands against its upstream.
    pub standing: Option<Distance>,
    /// How far the user had looked when they left the last time.
    pub seen: Option<Seen>,
    /// Files edited by hand and not committed.
    pub uncommitted: Vec<RepoPath>,
    /// Everything that is wrong, as of the last look.
    pub problems: Vec<Problem>,
    /// The pipeline whose board was last asked for.
    pub board: Option<Id>,
    /// The columns the person chose for the lists of a type.
    pub columns: BTreeMap<SmolStr, Vec<SmolStr>>,
    /// The import that is being written, if one is.
    pub importing: Option<Importing>,
    /// How many files have been read, while the workspace is being opened.
    pub loading: Option<usize>,
    /// Finds records by words.
    pub searcher: Searcher,
    /// How far its index is.
    pub indexing: Progress,
    /// The records whose pages were opened, the last one first.
    pub visited: Vec<Ref>,
    /// Colours.
    pub theme: Theme,
    /// Columns and lines of the terminal.
    pub size: (u16, u16),
}

/// An import that is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Importing {
    /// Its order.
    pub ticket: Ticket,
    /// Files that have been written.
    pub done: usize,
    /// Files in all; 0 until it is known.
    pub total: usize,
}

/// Where an editor is to open the file with the problem.
pub fn spot_of(problem: &Problem) -> Spot {
    Spot { line: problem.line, column: problem.column }
}

impl World {
    /// How numbers, money and dates are shown.
    pub fn style(&self) -> Style {
        self.book.settings().style()
    }

    /// What is wrong with a file, the worst first.
    pub fn problems_of(&self, path: &RepoPath) -> Vec<&Problem> {
        let mut found: Vec<_> = self.problems.iter().filter(|p| p.path == *path).collect();
        found.sort_by_key(|p| (p.severity, p.line, p.column));
        found
    }

    /// What an action run on this screen sees.
    pub fn context<'a>(
        &'a self,
        place: &'a Place,
        here: Option<&'a Ref>,
        marked: &'a [Ref],
        shown: Option<&'a View>,
        seed: u64,
    ) -> Context<'a> {
        Context { book: &self.book, now: self.now, me: self.me.as_ref(), place, here, marked, shown, seed }
    }
}
