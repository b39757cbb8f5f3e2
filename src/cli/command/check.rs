//! `kontor check`: every problem.

use super::{DONE, Done, FOUND_PROBLEMS};
use crate::cli::format::FormatArg;
use crate::cli::line::{Ink, Line};
use crate::cli::session::Session;
use crate::model::{Problem, Severity};
use clap::Args;
use serde_json::json;

/// Look for every problem: syntax, values, links, duplicates
///
/// The exit code is 1 if there is an error; warnings and hints are told and stop nothing.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    format: FormatArg,
}

impl Check {
    /// Looks for them.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let workspace = session.open()?;
        let problems = workspace.check();
        if self.format.is_json() {
            session.out.json(&problems.iter().map(as_json).collect::<Vec<_>>())?;
        } else {
            for problem in &problems {
                session.out.line(&line(problem))?;
            }
            session.out.line(&summary(&problems, workspace.book().len()))?;
        }
        let errors = problems.iter().any(|p| p.severity == Severity::Error);
        Ok(if errors { FOUND_PROBLEMS } else { DONE })
    }
}

/// A problem for programs.
pub fn as_json(problem: &Problem) -> serde_json::Value {
    json!({
        "path": problem.path.as_str(),
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.text(),
    })
}

/// `path:line:column: error: message (code)`, which editors and terminals can jump to.
fn line(problem: &Problem) -> Line {
    let (ink, word) = match problem.severity {
        Severity::Error => (Ink::Bad, crate::tr!("error")),
        Severity::Warning => (Ink::Warn, crate::tr!("warning")),
        Severity::Hint => (Ink::Accent, crate::tr!("hint")),
    };
    Line::new()
        .ink(Ink::Bold, format!("{}:{}:{}", problem.path, problem.line, problem.column))
        .text(": ")
        .ink(ink, word)
        .text(format!(": {}", problem.text()))
        .ink(Ink::Dim, format!(" ({})", problem.code))
}

fn summary(problems: &[Problem], records: usize) -> Line {
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
    let records = crate::tr_n!("{n} record", "{n} records", records);
    if problems.is_empty() {
        return Line::new().ink(Ink::Good, crate::tr!("{records}: no problems", records = records));
    }
    let parts = [
        crate::tr_n!("{n} error", "{n} errors", count(Severity::Error)),
        crate::tr_n!("{n} warning", "{n} warnings", count(Severity::Warning)),
        crate::tr_n!("{n} hint", "{n} hints", count(Severity::Hint)),
    ];
    let ink = if count(Severity::Error) > 0 { Ink::Bad } else { Ink::Plain };
    Line::new().ink(ink, format!("{records}: {}", parts.join(", ")))
}
