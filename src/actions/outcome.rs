//! What an action comes to, and what it may need to be told first.

use super::Place;
use crate::base::Ref;
use crate::model::{ChangeSet, EditOp, FieldPath, Moment, Record, Value};
use smol_str::SmolStr;
use std::sync::Arc;

/// What an action comes to. The front end carries it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A change to be made, and where to go once it is.
    Change(ChangeSet, Option<Place>),
    /// Something has to be known first. The action is run again with the answer in its [`Input`].
    Ask(Question),
    /// Another screen.
    Go(Place),
    /// Take back the user's last action.
    Undo,
    /// Take back the last undo.
    Redo,
    /// Commit what was edited by hand.
    Commit,
    /// Open a record's file in `$EDITOR`.
    Edit(Ref),
    /// Put a text on the clipboard.
    Copy(String),
    /// Something about the screen itself.
    View(Intent),
}

/// What an action is told. What it lacks it asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// The type of a new record.
    pub type_name: Option<SmolStr>,
    /// Field values, as stored: out of a form, or parsed by the command line.
    pub fields: Vec<(FieldPath, EditOp)>,
    /// The answer to a pick, a text or a date question, as stored.
    pub answer: Option<String>,
    /// The confirm was answered with yes.
    pub confirmed: bool,
    /// The record as it stood in the form that [`Input::fields`] come from.
    pub seen: Option<Arc<Record>>,
}

impl Input {
    /// The answer to a question.
    pub fn answer(text: impl Into<String>) -> Self {
        Self { answer: Some(text.into()), ..Self::default() }
    }
}

/// What the front end is to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Fill in a form; the answer goes into [`Input::fields`].
    Form(FormQuestion),
    /// Choose one; its value goes into [`Input::answer`].
    Pick {
        /// What is chosen.
        title: String,
        /// What there is.
        options: Vec<PickOption>,
        /// The value chosen now.
        current: Option<String>,
    },
    /// Choose several, in an order; their values go into [`Input::answer`], a line each.
    Many {
        /// What is chosen.
        title: String,
        /// What there is.
        options: Vec<PickOption>,
        /// The values chosen now, in order.
        chosen: Vec<String>,
    },
    /// Type a line; it goes into [`Input::answer`].
    Text {
        /// What is asked.
        title: String,
        /// What stands there already.
        initial: String,
        /// A word of help.
        hint: String,
    },
    /// Type the path of a file; it goes into [`Input::answer`].
    Path {
        /// What is asked.
        title: String,
        /// What stands there already.
        initial: String,
        /// A word of help.
        hint: String,
        /// How the names of such files end, in lower case: others are not offered.
        endings: &'static [&'static str],
    },
    /// Choose a day; it goes into [`Input::answer`], ISO 8601, with a time of day where one was chosen.
    Date {
        /// What for.
        title: String,
        /// When it is now; a time is as on the clocks of the workspace.
        initial: Option<Moment>,
        /// Whether a time of day may be given.
        timed: bool,
    },
    /// Yes or no; yes sets [`Input::confirmed`].
    Confirm {
        /// What will be done, with its object: "Delete Tom Reuter".
        title: String,
        /// What follows from it, a line each.
        details: Vec<String>,
        /// The key that says yes; never the one that asked.
        yes: char,
        /// What that key does, in a word or two: "delete".
        verb: String,
    },
}

/// A form over a record that exists or is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormQuestion {
    /// What the form is for.
    pub title: String,
    /// The type.
    pub type_name: SmolStr,
    /// Whether a record is to be made; else it is about the one named, or about several at once.
    pub makes: bool,
    /// The record, if it exists.
    pub reference: Option<Ref>,
    /// The fields to show, in order; all of the type's where empty.
    pub only: Vec<SmolStr>,
    /// What the fields hold at first, beyond the record's own values.
    pub preset: Vec<(SmolStr, Value)>,
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickOption {
    /// What is answered.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// Shown muted behind it.
    pub detail: String,
}

/// What the person wants of the screen; only the terminal front end has a use for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Intent {
    /// The cursor one down, up, to the left or right neighbour.
    Down,
    /// See [`Intent::Down`].
    Up,
    /// See [`Intent::Down`].
    Left,
    /// See [`Intent::Down`].
    Right,
    /// The cursor by half a screen.
    HalfDown,
    /// See [`Intent::HalfDown`].
    HalfUp,
    /// The cursor by a screen.
    PageDown,
    /// See [`Intent::PageDown`].
    PageUp,
    /// The first row.
    Top,
    /// The last row.
    Bottom,
    /// The next pane, or the one before.
    NextPane,
    /// See [`Intent::NextPane`].
    PreviousPane,
    /// The next record of the list this page was opened from, or the one before.
    NextRecord,
    /// See [`Intent::NextRecord`].
    PreviousRecord,
    /// Go into what is under the cursor.
    Open,
    /// Back to the screen before.
    Back,
    /// Type a filter.
    Filter,
    /// Choose the column to sort by.
    Sort,
    /// The same order backwards.
    SortReverse,
    /// Choose the columns.
    Columns,
    /// Choose the field whose values are headings.
    Group,
    /// Fold the group under the cursor, or unfold it.
    Fold,
    /// Fold every group, or unfold them all.
    FoldAll,
    /// Show what is finished too, or hide it.
    Closed,
    /// Only one's own records, or everyone's.
    Mine,
    /// The records behind the number under the cursor: a column of the board as a list.
    Drill,
    /// Choose another pipeline for the view that is shown.
    SwitchPipeline,
    /// Mark or unmark the row and go on.
    Mark,
    /// Mark all rows shown.
    MarkAll,
    /// No marks.
    Unmark,
    /// Show or hide the preview.
    Preview,
    /// Take back the commit under the cursor.
    TakeBack,
    /// Open the file under the cursor in the person's editor.
    Mend,
    /// Carry out the import that is shown.
    Import,
    /// The actions of this place, to be searched and run.
    Help,
    /// Everything there is, to be searched and run.
    Palette,
    /// Type the name of a screen.
    GoTo,
    /// Find anything by words.
    Find,
    /// Open a view by its key.
    Views,
    /// All views, to be searched.
    AllViews,
    /// Choose a theme, with a live preview.
    Themes,
    /// Draw everything afresh and look at all files again.
    Refresh,
    /// Stop to the shell.
    Suspend,
    /// Leave.
    Quit,
}
