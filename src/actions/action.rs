//! What an action is: its words, its keys, when it can be used, and what it comes to.

use super::{Context, Input, Outcome};
use std::borrow::Cow;

/// Something a person can do. The keymap, the palette, the help, the hints, the command line and the README are
/// all made from these.
#[derive(Debug)]
pub struct Action {
    /// The name in the keymap file and in commits: `move-right`.
    pub name: &'static str,
    /// What it does, as the palette and the help say it: "Move the deal to the next stage".
    pub title: &'static str,
    /// One word for the line of hints; empty where it should not stand there.
    pub hint: &'static str,
    /// The part of the help it stands in.
    pub group: Group,
    /// Where its keys work.
    pub scope: Scope,
    /// Its default keys; none for what is reached through the palette only.
    pub keys: &'static [&'static str],
    /// Whether it can be used now, or why not.
    pub available: fn(&Context<'_>) -> Result<(), Reason>,
    /// What it comes to. Pure: the front end carries the outcome out.
    pub run: fn(&Context<'_>, &Input) -> Result<Outcome, ActionError>,
}

/// Why an action can't be used here and now, as a sentence without a full stop.
pub type Reason = Cow<'static, str>;

/// Why an action came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// It can't be used here and now.
    #[error("{0}")]
    Unavailable(Reason),
    /// What was typed can't be taken.
    #[error("{field}: {message}")]
    BadValue {
        /// The field.
        field: String,
        /// Why not, and what would be.
        message: String,
    },
    /// Anything else that is wrong with what was asked.
    #[error("{0}")]
    Refused(String),
}

/// Parts of the help, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Other screens.
    Go,
    /// Moving about in one.
    Move,
    /// Making and changing records.
    Records,
    /// Deals and the board.
    Deals,
    /// Cases.
    Cases,
    /// Calls, tasks, notes.
    Activities,
    /// What lists show.
    View,
    /// History, undo, redo, commits.
    History,
    /// Kontor itself.
    Kontor,
}

impl Group {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Go => "Go",
            Self::Move => "Move",
            Self::Records => "Records",
            Self::Deals => "Deals",
            Self::Cases => "Cases",
            Self::Activities => "Activities",
            Self::View => "View",
            Self::History => "History",
            Self::Kontor => "Kontor",
        }
    }
}

/// Where an action's keys work. An inner scope's keys win over an outer one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Everywhere but in text fields.
    Global,
    /// On anything that lists records: lists, the board, the home screen, panes of a record's page.
    List,
    /// On the board.
    Board,
    /// On one record's page.
    Record,
    /// On a history.
    History,
    /// On the list of problems.
    Problems,
    /// On what would come of an import.
    Import,
}

impl Scope {
    /// The word the keymap file uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::List => "list",
            Self::Board => "board",
            Self::Record => "record",
            Self::History => "history",
            Self::Problems => "problems",
            Self::Import => "import",
        }
    }
}

impl Action {
    /// Whether it can be used now.
    pub fn is_available(&self, context: &Context<'_>) -> bool {
        (self.available)(context).is_ok()
    }

    /// Runs it, or says why it can't be.
    ///
    /// # Errors
    /// When it is not available, or what was given can't be taken.
    pub fn run(&self, context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
        (self.available)(context).map_err(ActionError::Unavailable)?;
        (self.run)(context, input)
    }
}
