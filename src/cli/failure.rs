//! What went wrong, as the command line tells it: one line of what, where and what next, or JSON.

use crate::actions::ActionError;
use crate::actions::assign::{self, AssignError};
use crate::base::text::{safe, safe_lines, width};
use crate::disk::DiskError;
use crate::git::GitError;
use crate::workspace::{ChangeError, OpenError};
use serde_json::json;
use std::fmt;
use std::io::{self, ErrorKind, Write};

/// Why a command came to nothing.
#[derive(Debug)]
pub struct Failure {
    /// A stable word for programs.
    code: &'static str,
    exit: u8,
    message: String,
    hint: Option<String>,
    /// The place in what was typed, where there is one.
    place: Option<Box<Place>>,
}

/// A place in a line that was typed.
#[derive(Debug)]
struct Place {
    line: String,
    /// Counted in characters from 1.
    column: usize,
    /// What is at fault.
    text: String,
}

/// It ran and found problems, or the thing is not there.
const PROBLEM: u8 = 1;
/// Wrong usage.
const USAGE: u8 = 2;
/// A conflict that needs a person.
const CONFLICT: u8 = 3;

impl Failure {
    /// It ran and found a problem, or the thing is not there.
    pub fn problem(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, exit: PROBLEM, message: message.into(), hint: None, place: None }
    }

    /// What was typed makes no sense.
    pub fn usage(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, exit: USAGE, message: message.into(), hint: None, place: None }
    }

    /// With what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With the place in what was typed that is at fault; `column` counts characters from 1.
    #[must_use]
    pub fn pointing(mut self, line: &str, column: usize, text: &str) -> Self {
        self.place = Some(Box::new(Place { line: line.to_owned(), column, text: text.to_owned() }));
        self
    }

    /// With the nearest known word as what was probably meant, or else another thing to do.
    #[must_use]
    pub fn meant(self, near: Option<impl AsRef<str>>, otherwise: &str) -> Self {
        match near {
            Some(near) => self.hint(format!("did you mean '{}'?", near.as_ref())),
            None => self.hint(otherwise),
        }
    }

    /// Tells it on standard error; the answer is the exit code.
    pub fn tell(&self, as_json: bool) -> u8 {
        if self.code == QUIET {
            return 0;
        }
        let mut err = io::stderr();
        // Where even this cannot be written there is nobody to tell.
        let _ = match as_json {
            true => {
                let mut error = json!({"code": self.code, "message": self.message, "hint": self.hint});
                if let Some(place) = &self.place {
                    error["column"] = place.column.into();
                }
                super::json::to_text(&json!({ "error": error })).and_then(|text| writeln!(err, "{text}"))
            }
            false => {
                let text = self.to_string();
                let mut lines = safe_lines(&text);
                let first = writeln!(err, "error: {}", lines.next().unwrap_or_default());
                // What a hook or git itself said may be several lines.
                let rest = first.and_then(|()| lines.try_for_each(|line| writeln!(err, "  {line}")));
                rest.and_then(|()| self.place.as_ref().map_or(Ok(()), |place| place.point(&mut err)))
            }
        };
        self.exit
    }
}

impl Place {
    /// The line as typed, and below it a mark under what is at fault.
    fn point(&self, out: &mut impl Write) -> io::Result<()> {
        let line = safe(&self.line);
        // More would be wrapped, and the mark would point at something else.
        if width(&line) > 160 {
            return writeln!(out, "  at column {}", self.column);
        }
        let before: String = self.line.chars().take(self.column - 1).collect();
        let mark = "^".repeat(width(&safe(&self.text)).max(1));
        writeln!(out, "  {line}\n  {}{mark}", " ".repeat(width(&safe(&before))))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, ": {hint}"))
    }
}

/// The code of a failure that is none of our business: whoever read the output has stopped.
const QUIET: &str = "quiet";

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe => Self { exit: 0, ..Self::problem(QUIET, "") },
            _ => Self::problem("io", error.to_string()),
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Git(error) => error.into(),
            OpenError::Disk(error) => error.into(),
            OpenError::NotAWorkspace(_) => Self::problem("not-a-workspace", error.to_string()),
            OpenError::NotAtTop { .. } => Self::problem("not-at-top", error.to_string()),
        }
    }
}

impl From<ChangeError> for Failure {
    fn from(error: ChangeError) -> Self {
        let (code, exit) = match error {
            ChangeError::Disk(error) => return error.into(),
            ChangeError::Git(error) => return error.into(),
            ChangeError::NoSuchRecord(_) => ("no-such-record", PROBLEM),
            ChangeError::Taken(_) => ("taken", PROBLEM),
            ChangeError::NoSuchType(_) => ("no-such-type", USAGE),
            ChangeError::Broken(_) => ("broken-file", PROBLEM),
            ChangeError::Gone(_) => ("gone", CONFLICT),
            ChangeError::Unreadable(_) => ("invalid", PROBLEM),
            ChangeError::NotARecord(_) => ("not-a-record", USAGE),
            ChangeError::Stale { .. } => ("changed-meanwhile", CONFLICT),
            ChangeError::Invalid { .. } => ("invalid", PROBLEM),
            ChangeError::StillLinked { .. } => ("still-linked", PROBLEM),
            ChangeError::Edit { .. } => ("edit-refused", PROBLEM),
            ChangeError::ChangedSince { .. } => ("changed-since", CONFLICT),
            ChangeError::Ignored(_) => ("ignored", PROBLEM),
            ChangeError::LeftOut(_) | ChangeError::OutOfSight(_) => ("left-out", PROBLEM),
            ChangeError::Unmerged(_) => ("unmerged", CONFLICT),
            ChangeError::Nothing(_) => ("nothing-to-do", PROBLEM),
            ChangeError::SourceChanged(_) => ("file-changed", CONFLICT),
        };
        Self { code, exit, message: error.to_string(), hint: None, place: None }
    }
}

impl From<GitError> for Failure {
    fn from(error: GitError) -> Self {
        let (code, exit) = match &error {
            GitError::ChangedMeanwhile { .. } | GitError::HeadMoved { .. } => ("changed-meanwhile", CONFLICT),
            GitError::UnderWay { .. } => ("under-way", CONFLICT),
            GitError::Locked { .. } | GitError::Contended { .. } => ("busy", PROBLEM),
            GitError::NoIdentity { .. } | GitError::BadIdentity { .. } => ("identity", PROBLEM),
            GitError::HookRefused { .. } => ("hook-refused", PROBLEM),
            GitError::NotARepository { .. } => ("not-a-repository", PROBLEM),
            GitError::NoSuchCommit { .. } => ("no-such-commit", PROBLEM),
            _ => ("git", PROBLEM),
        };
        Self { code, exit, message: error.to_string(), hint: None, place: None }
    }
}

impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Self {
        let (code, exit) = match &error {
            DiskError::ChangedMeanwhile { .. } => ("changed-meanwhile", CONFLICT),
            DiskError::Busy { .. } | DiskError::Unfinished { .. } => ("busy", PROBLEM),
            DiskError::NoRoot { .. } => ("no-such-folder", PROBLEM),
            _ => ("disk", PROBLEM),
        };
        Self { code, exit, message: error.to_string(), hint: None, place: None }
    }
}

impl From<AssignError> for Failure {
    fn from(error: AssignError) -> Self {
        match error {
            AssignError::NoAssignment(word) => {
                Self::usage("usage", format!("'{word}' is no change")).hint(assign::HOW)
            }
            AssignError::NoField { message, ty, near } => {
                Self::usage("no-such-field", message).meant(near, &format!("`kontor schema {ty}` lists them"))
            }
            AssignError::Unknown { message, known, .. } if known.is_empty() => {
                Self::usage("no-such-field", message)
            }
            AssignError::Unknown { message, near, known } => {
                Self::usage("no-such-field", message).meant(near, &format!("known are {}", known.join(", ")))
            }
            AssignError::BadValue { .. } => Self::usage("bad-value", error.to_string()),
            AssignError::Ambiguous { .. } => Self::usage("ambiguous", error.to_string()),
        }
    }
}

impl From<ActionError> for Failure {
    fn from(error: ActionError) -> Self {
        let (code, exit) = match &error {
            ActionError::Unavailable(_) => ("unavailable", PROBLEM),
            ActionError::BadValue { .. } => ("bad-value", USAGE),
            ActionError::Refused(_) => ("refused", PROBLEM),
        };
        Self { code, exit, message: error.to_string(), hint: None, place: None }
    }
}
