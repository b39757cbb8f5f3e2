//! What lies in a folder, as far as it may be meant or leads to what may.

use crate::disk::outside::Entry;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Cell, Rows};
use smol_str::SmolStr;

/// The columns, by name.
pub const NAME: &str = "name";
/// See [`NAME`].
pub const SIZE: &str = "size";

/// Folders and files, and which of them fit what is typed.
#[derive(Default)]
pub struct Files {
    /// How the names of files end that may be meant, in lower case.
    endings: &'static [&'static str],
    entries: Vec<Entry>,
    shown: Vec<usize>,
}

impl Files {
    /// All of a folder.
    pub fn new(entries: Vec<Entry>, endings: &'static [&'static str]) -> Self {
        Self { endings, entries, shown: Vec::new() }
    }

    fn may_be_meant(&self, name: &str) -> bool {
        name.rsplit_once('.').is_some_and(|(_, end)| self.endings.contains(&end.to_lowercase().as_str()))
    }

    /// Shows what begins with `stem`, then what holds it somewhere. Hidden ones only to who types their dot.
    pub fn narrow(&mut self, stem: &str) {
        let stem = stem.to_lowercase();
        let fits = |entry: &Entry| {
            (entry.is_folder || self.may_be_meant(&entry.name))
                && (stem.starts_with('.') || !entry.name.starts_with('.'))
        };
        let at = |entry: &Entry| entry.name.to_lowercase().find(&stem).map(|at| at > 0);
        let all = self.entries.iter().enumerate().filter(|(_, entry)| fits(entry));
        let mut found: Vec<(bool, usize)> = all.filter_map(|(n, entry)| Some((at(entry)?, n))).collect();
        found.sort_unstable();
        self.shown = found.into_iter().map(|(_, n)| n).collect();
    }

    /// What stands at an index.
    pub fn at(&self, index: usize) -> Option<&Entry> {
        self.entries.get(*self.shown.get(index)?)
    }

    /// How many files there are that may be meant.
    pub fn count(&self) -> usize {
        self.entries.iter().filter(|entry| !entry.is_folder && self.may_be_meant(&entry.name)).count()
    }

    /// With what everything shown that begins with `stem` begins; a folder that is alone with its slash.
    pub fn common(&self, stem: &str) -> String {
        let shown = self.shown.iter().filter_map(|at| self.entries.get(*at));
        let mut alike = shown.filter(|entry| entry.name.to_lowercase().starts_with(&stem.to_lowercase()));
        let Some(first) = alike.next() else { return String::new() };
        let mut others = alike.peekable();
        if others.peek().is_none() {
            return format!("{}{}", first.name, if first.is_folder { "/" } else { "" });
        }
        let shared = |one: &str, other: &str| {
            let same = one.char_indices().zip(other.chars()).take_while(|((_, a), b)| a == b);
            same.last().map_or(0, |((at, c), _)| at + c.len_utf8())
        };
        let end = others.map(|other| shared(&first.name, &other.name)).min().unwrap_or_default();
        first.name[..end].to_owned()
    }
}

/// `1.5 MB`
fn size(bytes: u64) -> String {
    let (unit, rest) = match bytes {
        0..1_000 => return format!("{bytes} B"),
        1_000..1_000_000 => ("KB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => ("MB", bytes as f64 / 1e6),
        _ => ("GB", bytes as f64 / 1e9),
    };
    if rest < 10.0 { format!("{rest:.1} {unit}") } else { format!("{rest:.0} {unit}") }
}

impl Rows for Files {
    fn len(&self) -> usize {
        self.shown.len()
    }

    fn key(&self, index: usize) -> SmolStr {
        self.at(index).map_or(SmolStr::default(), |entry| entry.name.as_str().into())
    }

    fn cell(&self, index: usize, column: &str) -> Cell {
        match (self.at(index), column) {
            (Some(entry), NAME) if entry.is_folder => Cell::of(format!("{}/", entry.name), Role::Muted),
            (Some(entry), NAME) => entry.name.as_str().into(),
            (Some(entry), _) if !entry.is_folder => Cell::of(size(entry.size), Role::Muted),
            _ => Cell::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Files {
        let entry = |name: &str| Entry {
            name: name.trim_end_matches('/').into(),
            is_folder: name.ends_with('/'),
            size: 1_500,
        };
        let names =
            ["data/", ".git/", "people.csv", "People-old.CSV", "notes.md", "our people.tsv", "accounts.csv"];
        Files::new(names.map(entry).to_vec(), &["csv", "tsv"])
    }

    #[test]
    fn typing_narrows_to_what_may_be_meant() {
        for (stem, expect) in [
            ("", "data people.csv People-old.CSV our people.tsv accounts.csv"),
            ("peo", "people.csv People-old.CSV our people.tsv"),
            (".", ".git people.csv People-old.CSV our people.tsv accounts.csv"),
            ("notes", ""),
        ] {
            let mut files = files();
            files.narrow(stem);
            let shown: Vec<String> = (0..files.len()).map(|at| files.key(at).to_string()).collect();
            assert_eq!(shown.join(" "), expect, "{stem}");
        }
        assert_eq!(files().count(), 4);
    }

    #[test]
    fn a_name_is_completed_as_far_as_it_goes() {
        for (stem, expect) in
            [("acc", "accounts.csv"), ("d", "data/"), ("peo", ""), ("our", "our people.tsv"), ("x", "")]
        {
            let mut files = files();
            files.narrow(stem);
            assert_eq!(files.common(stem), expect, "{stem}");
        }
        for (bytes, expect) in [(0, "0 B"), (999, "999 B"), (1_500, "1.5 KB"), (12_345_678, "12 MB")] {
            assert_eq!(size(bytes), expect);
        }
    }
}
