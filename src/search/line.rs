//! What a line of words and terms asks, and its answer: the best records for its words among those that the rest of it
//! lets pass (`pump type:case priority:high`), or all of them in the order it asks for (`pump sort:-opened`).

use super::hit::{Excerpt, Hit};
use super::marked::Marked;
use super::searcher::{Found, Matches, Searcher, Wanted};
use crate::base::Now;
use crate::crm::Known;
use crate::model::Book;
use crate::model::kinds::Entry;
use crate::query::{Column, Ground, Order, Query, QueryError};

/// What came of a line.
#[derive(Debug)]
pub struct Told {
    /// The records.
    pub found: Found,
    /// What is wrong with the line as a query; then all of it was taken for words.
    pub fault: Option<QueryError>,
    /// The order it asked for and the most records, in words.
    pub bounds: Vec<String>,
}

impl Searcher {
    /// The best records for a line, as far as they are `wanted`.
    pub fn ask(&self, line: &str, book: &Book, entry: Entry<'_>, wanted: &Wanted<'_>) -> Told {
        let known = Known::of(book, entry.now);
        let ground = Ground::new(book, entry).with_facts(known).with_words(self);
        let told = |found, fault| Told { found, fault, bounds: Vec::new() };
        match Query::apart(line, &ground) {
            Ok((words, rest)) if !rest.is_empty() => {
                let mut found = self.among(&words, &rest, book, wanted);
                if let Some(first) = rest.order().first() {
                    found.hits.iter_mut().for_each(|hit| tell(hit, first, book, entry.now));
                }
                Told { found, fault: None, bounds: rest.bounds() }
            }
            Ok(_) => told(self.find(line, wanted), None),
            Err(fault) => told(self.find(line, wanted), Some(fault)),
        }
    }

    /// The best for the words among what the query lets pass, or as many in its order.
    fn among(&self, words: &str, query: &Query, book: &Book, wanted: &Wanted<'_>) -> Found {
        let most = query.limit().unwrap_or(usize::MAX);
        let passing = query.passing(book);
        let wanted = Wanted { limit: wanted.limit.min(most), ..*wanted };
        let mut found = match query.order() {
            [] => {
                let passing = Matches::of(passing.iter().map(|record| &record.reference));
                self.find(words, &Wanted { among: Some(&passing), ..wanted })
            }
            _ => self.in_order(words, &passing, &wanted),
        };
        found.total = found.total.min(most);
        found
    }
}

/// Lets a record that says where the words stand by its title say what it is sorted by.
fn tell(hit: &mut Hit, order: &Order, book: &Book, now: Now) {
    let column = |ty| Column::new(ty, &order.path, book).ok();
    let column = book.schema().in_folder(&hit.record.reference.folder).and_then(column);
    let Some(column) = column.filter(|column| column.whole(book, &hit.record).is_none()) else { return };
    let text = column.cell(book, &hit.record, now);
    if hit.excerpt.is_none() && !text.is_empty() && text != hit.title.text {
        hit.excerpt = Some(Excerpt { field: column.path().clone(), text: Marked::new(&text, &[]) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, now};
    use std::sync::Arc;

    #[test]
    fn words_rank_terms_narrow_and_sort_decides() {
        let book = Arc::new(book(
            "
accounts/acme: {name: Acme, description: Pumps}
opportunities/small: {name: Acme pump, account: acme, amount: 100}
opportunities/large: {name: Spare pump, account: acme, amount: 9000}
opportunities/other: {name: Valve, amount: 500}
quotes/q: {name: Pump, account: acme}
",
        ));
        let searcher = crate::search::searcher(None, &book, &mut |_, _| {}).unwrap();
        let now = now("2026-11-21 13:30");
        let check = |line: &str, expect: &str, bounds: &str| {
            let wanted = Wanted { folder: None, among: None, limit: 3, today: now.today() };
            let told = searcher.ask(line, &book, Entry { me: None, now }, &wanted);
            let hits = told.found.hits.iter().map(|hit| hit.record.id().to_string());
            let fault = told.fault.map_or(String::new(), |fault| format!(" ! {fault}"));
            let said = format!("{}{fault} /{}", hits.collect::<Vec<_>>().join(" "), told.found.total);
            assert_eq!((said.as_str(), told.bounds.join(", ").as_str()), (expect, bounds), "{line}");
        };
        let sorted_by = |line: &str, expect: &str| {
            let wanted = Wanted { folder: None, among: None, limit: 3, today: now.today() };
            let told = searcher.ask(line, &book, Entry { me: None, now }, &wanted);
            let excerpts = told.found.hits.iter().map(|hit| match &hit.excerpt {
                Some(Excerpt { field, text }) => format!("{field} {}", text.text),
                None => String::new(),
            });
            assert_eq!(excerpts.collect::<Vec<_>>().join(" | "), expect, "{line}");
        };
        sorted_by("type:deal sort:-amount", "amount 9,000 € | amount 500 € | amount 100 €");
        sorted_by("type:deal sort:name", " |  | ");
        check("pump", "q large small /4", "");
        check("pump type:deal", "large small /2", "");
        check("pump sort:-amount", "large small acme /4", "sorted by amount, largest first");
        check("acme deal sort:amount", "small large /2", "sorted by amount");
        check("type:deal sort:-amount", "large other small /3", "sorted by amount, largest first");
        check("sort:amount", "small other large /5", "sorted by amount");
        check("pump limit:2", "q large /2", "at most 2 records");
        check("pump sort:-amount limit:1", "large /1", "sorted by amount, largest first, at most 1 record");
        check("pump sort:nothing", " ! there is no field 'nothing' to sort by /0", "");
    }
}
