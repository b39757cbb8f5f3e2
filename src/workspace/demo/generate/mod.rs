//! Any number of plausible records, the same ones for the same seed and day.

mod basics;
mod cast;
mod deals;
mod edits;
mod page;
mod people;
mod plan;
mod service;
mod words;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use super::Files;
use super::save::{Save, groundwork};
use crate::base::{Folder, Now, Ref, RepoPath};
use crate::model::kinds::new_file;
use crate::model::{Book, SETTINGS_FILE, Schema, Settings, create};
use cast::Cast;
use page::Page;
use plan::Plan;

/// What is to be generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// How many records, settings among them.
    pub records: usize,
    /// Another seed gives other records.
    pub seed: u64,
    /// How many commits of changes, after those that bring the records in.
    pub commits: usize,
}

/// Generated records and how they came to be.
pub struct Generated {
    /// The schema they are of.
    pub schema: Arc<Schema>,
    /// Their settings.
    pub settings: Arc<Settings>,
    /// The saves, oldest first.
    pub saves: Vec<Save>,
    /// How many files there are at the end.
    pub files: usize,
}

/// The files that are no records.
fn groundwork_files() -> Files {
    let file = |path: &str, text: &str| RepoPath::new(path).ok().map(|path| (path, text.as_bytes().to_vec()));
    [file(SETTINGS_FILE, basics::SETTINGS), file(".gitattributes", super::GIT_ATTRIBUTES)]
        .into_iter()
        .flatten()
        .collect()
}

/// Generates records with a history.
pub fn generate(order: Order, now: DateTime<Utc>) -> Generated {
    let base = groundwork_files();
    let (schema, settings) = groundwork(&base);
    let zone = settings.zone();
    let plan = Plan::new(order.records);
    let cast = Cast::new(&plan, order.seed, now.with_timezone(&zone).date_naive(), zone);
    let book = Book::empty(schema.clone(), settings.clone());
    let sheets = sheets(&plan, &cast, &Printer { book: &book, now: Now::new(now, zone) });
    let files = base.len() + sheets.iter().map(Vec::len).sum::<usize>();
    let saves = edits::saves(order, &cast, now, base.into_iter().collect(), sheets, &book);
    Generated { schema, settings, saves, files }
}

/// A file: where and what.
type File = (RepoPath, Vec<u8>);

/// The files of all records, type by type, the settings first.
fn sheets(plan: &Plan, cast: &Cast, printer: &Printer<'_>) -> Vec<Vec<File>> {
    let each = |folder: &str, count: usize, write: fn(&Cast, usize) -> Page| {
        let pages: Vec<Page> = (0..count).into_par_iter().map(|n| write(cast, n)).collect();
        printer.print(folder, pages)
    };
    let mut settings = Vec::new();
    for n in 0..plan.basics {
        let (folder, page) = basics::basic(n);
        settings.extend(printer.print(folder, vec![page]));
    }
    settings.extend(each("users", plan.users, basics::user));
    vec![
        settings,
        each("products", plan.products, basics::product),
        each("campaigns", plan.campaigns, deals::campaign),
        each("accounts", plan.accounts, people::account),
        each("contacts", plan.contacts, people::contact),
        each("leads", plan.leads, people::lead),
        each("opportunities", plan.deals, deals::opportunity),
        each("quotes", plan.quotes, deals::quote),
        each("orders", plan.orders, deals::order),
        each("contracts", plan.contracts, deals::contract),
        each("assets", plan.assets, deals::asset),
        each("articles", plan.articles, service::article),
        each("cases", plan.cases, service::case),
        each("documents", plan.documents, service::document),
        each("activities", plan.activities, service::activity),
    ]
}

/// Turns pages into files, where the layout wants them.
struct Printer<'a> {
    book: &'a Book,
    now: Now,
}

impl Printer<'_> {
    fn print(&self, folder: &str, mut pages: Vec<Page>) -> Vec<File> {
        cast::unique(pages.iter_mut().map(|page| &mut page.id));
        pages.into_par_iter().filter_map(|page| self.file(folder, &page)).collect()
    }

    fn file(&self, folder: &str, page: &Page) -> Option<File> {
        let folder = Folder::new(folder).ok()?;
        let ty = self.book.schema().in_folder(&folder)?;
        let reference = Ref::new(folder, page.id.parse().ok()?);
        let path = create::file_of(self.book, ty, &reference, &page.fields, self.now)?;
        Some((path, new_file(ty, &page.fields).into_bytes()))
    }
}

#[cfg(test)]
mod tests;
