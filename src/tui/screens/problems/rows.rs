//! The problems as rows, those of a file under its path; files with errors come first.

use crate::base::{Ref, RepoPath};
use crate::model::create::reference_of;
use crate::model::{Book, Problem, Severity};
use crate::tr_n;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{self, Cell, Group};
use smol_str::{SmolStr, format_smolstr};
use std::collections::HashMap;

/// Problems in the order of the list.
#[derive(Default)]
pub struct Rows {
    rows: Vec<Row>,
    groups: Vec<Group>,
}

struct Row {
    problem: Problem,
    /// The record in the file, if it could be read.
    record: Option<Ref>,
}

impl Rows {
    /// Puts the problems into their order.
    pub fn new(problems: &[Problem], book: &Book) -> Rows {
        let mut sorted: Vec<&Problem> = problems.iter().collect();
        let files = files(problems);
        let worst = |path: &RepoPath| files.get(path).map(|(worst, _)| *worst);
        sorted.sort_by_cached_key(|p| (worst(&p.path), p.path.clone(), p.line, p.column));
        let mut groups: Vec<Group> = Vec::new();
        for (start, problem) in sorted.iter().enumerate() {
            if start == 0 || sorted[start - 1].path != problem.path {
                let count = files.get(&problem.path).map_or(1, |(_, count)| *count);
                let detail =
                    tr_n!("{n} problem", "{n} problems", count; &book.settings().style()).into_owned();
                let title = problem.path.to_string();
                groups.push(Group { key: title.as_str().into(), start, title, detail });
            }
        }
        let row = |problem: &Problem| Row { record: record(book, &problem.path), problem: problem.clone() };
        Rows { rows: sorted.into_iter().map(row).collect(), groups }
    }

    /// The problem at an index.
    pub fn problem(&self, index: usize) -> Option<&Problem> {
        self.rows.get(index).map(|row| &row.problem)
    }

    /// The record at an index.
    pub fn record(&self, index: usize) -> Option<Ref> {
        self.rows.get(index).and_then(|row| row.record.clone())
    }

    /// The record of every problem.
    pub fn records(&self) -> impl Iterator<Item = &Ref> {
        self.rows.iter().filter_map(|row| row.record.as_ref())
    }
}

/// The worst problem of each file, and how many it has.
fn files(problems: &[Problem]) -> HashMap<&RepoPath, (Severity, usize)> {
    let mut files: HashMap<&RepoPath, (Severity, usize)> = HashMap::new();
    for problem in problems {
        let (worst, count) = files.entry(&problem.path).or_insert((problem.severity, 0));
        *worst = problem.severity.min(*worst);
        *count += 1;
    }
    files
}

/// The record a file holds, if the book has it from there.
fn record(book: &Book, path: &RepoPath) -> Option<Ref> {
    let folders = |folder: &str| book.schema().types().iter().any(|ty| ty.folder.as_str() == folder);
    let reference = reference_of(folders, path)?;
    book.get(&reference).filter(|record| record.path == *path).map(|record| record.reference.clone())
}

impl grid::Rows for Rows {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn key(&self, index: usize) -> SmolStr {
        let Some(problem) = self.problem(index) else { return SmolStr::default() };
        format_smolstr!("{}:{}:{}:{}", problem.path, problem.line, problem.column, problem.message)
    }

    fn cell(&self, index: usize, column: &str) -> Cell {
        let Some(problem) = self.problem(index) else { return Cell::default() };
        let (sign, role) = match problem.severity {
            Severity::Error => ("!", Role::Bad),
            Severity::Warning => ("▲", Role::Warn),
            Severity::Hint => ("·", Role::Info),
        };
        match column {
            "sign" => Cell::of(sign, role),
            "at" => Cell::of(format!("{}:{}", problem.line, problem.column), Role::Muted),
            "code" => Cell::of(problem.code, Role::Faint),
            "suggestion" => Cell::of(problem.suggestion.clone().unwrap_or_default(), Role::Muted),
            _ => Cell::of(problem.message.clone(), if role == Role::Bad { Role::Bad } else { Role::Text }),
        }
    }

    fn groups(&self) -> &[Group] {
        &self.groups
    }
}
