//! What is wrong with a file, said so that a person can mend it.

use crate::base::RepoPath;
use serde::Serialize;
use std::fmt;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file or value cannot be used.
    Error,
    /// It can be used, but is probably not what was meant.
    Warning,
    /// Worth knowing; never in the way.
    Hint,
}

/// One finding in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file.
    pub path: RepoPath,
    /// 1-based; 1 where the finding is about the whole file.
    pub line: u32,
    /// 1-based.
    pub column: u32,
    /// How much it matters.
    pub severity: Severity,
    /// A stable word for programs, such as `unknown-choice`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

impl Problem {
    /// An error at a position.
    pub fn error(
        path: RepoPath,
        line: u32,
        column: u32,
        code: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            path,
            line,
            column,
            severity: Severity::Error,
            code,
            message: message.into(),
            suggestion: None,
        }
    }

    /// The message with its suggestion, one sentence.
    pub fn text(&self) -> String {
        match &self.suggestion {
            Some(s) => format!("{}: did you mean '{s}'?", self.message),
            None => self.message.clone(),
        }
    }
}

impl fmt::Display for Problem {
    /// `path:line:column: message`, the form editors and compilers agree on.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.path, self.line, self.column, self.text())
    }
}
