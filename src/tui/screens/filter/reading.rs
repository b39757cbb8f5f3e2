//! What a filter line means: found out by whoever goes through the records, since names are looked up among them.

use super::Sieve;
use super::offers::{Offer, offers};
use crate::base::{Id, Now};
use crate::crm::Known;
use crate::model::kinds::Entry;
use crate::model::{Book, TypeDef};
use crate::query::{Ground, Query, as_written, finished, has_words};
use crate::search::Searcher;
use std::sync::Arc;

/// What stands on a filter line, to be read on any thread.
pub struct Wording {
    pub(super) text: String,
    /// How much of it stands before the cursor, in bytes.
    pub(super) cursor: usize,
    /// Whether it is still being typed.
    pub(super) open: bool,
    /// The last text that made sense.
    pub(super) good: String,
    pub(super) me: Option<Id>,
    pub(super) searcher: Searcher,
}

/// What a text came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The text as far as it makes sense, or the last one that did.
    pub good: String,
    /// What the word before the cursor may become.
    pub(super) offers: Vec<Offer>,
    /// How that was understood, in one line.
    pub said: String,
    /// What is wrong with the text.
    pub fault: Option<String>,
    /// What there is to know besides: that words could not be searched for.
    pub note: Option<String>,
}

impl Wording {
    /// Whether the index is to be asked, which the screen's thread does not do.
    pub fn is_searched(&self) -> bool {
        !self.text.trim().is_empty() && has_words(&self.text)
    }

    /// What passes, everything the text says or what it last said while it makes no sense; and what to say of it.
    pub fn read(&self, ty: &Arc<TypeDef>, book: &Book, now: Now) -> (Sieve, Reading) {
        let entry = Entry { me: self.me.as_ref(), now };
        if self.is_searched() {
            self.searcher.wait_until_open();
        }
        let known = Known::of(book, now);
        let ground = Ground::new(book, entry).with_facts(known.clone()).with_words(&self.searcher);
        let parse = |text: &str| Query::read(text, Some(ty), &ground);
        let text = if self.open { finished(&self.text, ty) } else { self.text.clone() };
        let (before, after) = self.text.split_at(self.cursor);
        let ends_a_word = !after.starts_with(|c: char| !c.is_whitespace() && !matches!(c, ')' | ','));
        let offers = if self.open && ends_a_word { offers(before, ty, book, &*known) } else { Vec::new() };
        let (good, query, fault) = match parse(&text) {
            Ok(query) => (text.as_str(), query, None),
            Err(fault) => {
                (self.good.as_str(), parse(&self.good).unwrap_or_default(), Some(fault.to_string()))
            }
        };
        let note = query.is_unsearched().then(|| as_written().into_owned());
        let reading = Reading { good: good.to_owned(), offers, said: query.summary(), fault, note };
        (Sieve::new(query), reading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Record, Schema, Settings, test_fields};
    use chrono::DateTime;
    use chrono_tz::Tz;

    fn searcher(book: &Book) -> Searcher {
        crate::search::searcher(None, &Arc::new(book.clone()), &mut |_, _| {}).unwrap()
    }

    #[test]
    fn what_makes_no_sense_leaves_what_did() {
        let (reference, fields) = test_fields("accounts/acme: {name: Acme, industry: energy}").remove(0);
        let acme = Record {
            reference: reference.parse().unwrap(),
            path: format!("{reference}.yaml").as_str().try_into().unwrap(),
            fields: fields.entries().to_vec().into(),
        };
        let (schema, settings) = (Arc::new(Schema::builtin()), Arc::new(Settings::default()));
        let book = Book::new(schema, settings, vec![acme], Vec::new());
        let ty = book.schema().find("account").unwrap();
        let check = |text: &str, open: bool, expect: (&str, &[&str], bool)| {
            let wording = Wording {
                text: text.to_owned(),
                cursor: text.len(),
                open,
                good: "acme".to_owned(),
                me: None,
                searcher: searcher(&book),
            };
            let (sieve, reading) = wording.read(ty, &book, Now::new(DateTime::UNIX_EPOCH, Tz::UTC));
            let candidates: Vec<_> = reading.offers.iter().map(|offer| offer.word.as_str()).collect();
            let faulty = reading.fault.is_some();
            assert_eq!((reading.good.as_str(), candidates.as_slice(), faulty), expect, "{text}");
            assert!(sieve.keeps(&book, &book.of(&ty.folder)[0]), "{text}");
        };
        check("energy", false, ("energy", &[], false));
        check("acme indu", true, ("acme ", &["industry", "industry_code"], false));
        check("acme nonsense=", false, ("acme", &[], true));
        check("no=such field=", true, ("acme", &[], true));
        check("(acme or \"bo", true, ("(acme or \"bo\")", &[], false));
        check("missing:last_activity", false, ("missing:last_activity", &[], false));
    }

    #[test]
    fn what_lights_up_is_what_the_parser_takes_for_words() {
        let book = Book::empty(Arc::new(Schema::builtin()), Arc::new(Settings::default()));
        let ty = book.schema().find("case").unwrap();
        let check = |text: &str, expect: &[&str], state: bool| {
            let wording = Wording {
                text: text.to_owned(),
                cursor: text.len(),
                open: false,
                good: String::new(),
                me: None,
                searcher: searcher(&book),
            };
            let (sieve, _) = wording.read(ty, &book, Now::new(DateTime::UNIX_EPOCH, Tz::UTC));
            assert_eq!(sieve.words(), expect, "{text}");
            assert_eq!(sieve.asks_for_state(ty, &book), state, "{text}");
        };
        check("Pump -anna priority:high", &["pump"], false);
        check("(pump or \"Main Valve\") subject:\"two words\"", &["pump", "main valve"], false);
        check("stat:closed subject~status", &[], true);
        check("-status:closed sort:-opened limit:2", &[], true);
        check("status", &["status"], false);
    }

    #[test]
    fn a_word_is_completed_where_the_cursor_ends_it() {
        let book = Book::empty(Arc::new(Schema::builtin()), Arc::new(Settings::default()));
        let ty = book.schema().find("case").unwrap();
        let check = |text: &str, expect: &str| {
            let (cursor, text) = (text.find('|').unwrap(), text.replace('|', ""));
            let (open, good, searcher) = (true, String::new(), searcher(&book));
            let wording = Wording { text, cursor, open, good, me: None, searcher };
            let (_, reading) = wording.read(ty, &book, Now::new(DateTime::UNIX_EPOCH, Tz::UTC));
            let words: Vec<_> = reading.offers.iter().map(|offer| offer.word.as_str()).collect();
            assert_eq!(words.join(" "), expect, "{}", wording.text);
        };
        check("prior| status:new", "priority");
        check("(priority:h|) status:new", "(priority:high");
        check("status:new|,open", "");
        check("status:ne|,open", "status:new");
        check("prio|rity:high", "");
        check("| priority:high", "");
    }

    #[test]
    fn how_it_was_understood() {
        let book = Book::empty(Arc::new(Schema::builtin()), Arc::new(Settings::default()));
        let ty = book.schema().find("case").unwrap();
        let check = |text: &str, expect: &str| {
            let wording = Wording {
                text: text.to_owned(),
                cursor: text.len(),
                open: true,
                good: "pump".to_owned(),
                me: None,
                searcher: searcher(&book),
            };
            let (_, reading) = wording.read(ty, &book, Now::new(DateTime::UNIX_EPOCH, Tz::UTC));
            assert_eq!(reading.said, expect, "{text}");
        };
        check("", "");
        check("sort:-opened limit:2", "sorted by opened at, largest first · at most 2 records");
        check("priority:high pump limit:1", "priority is High · anywhere: \"pump\" · at most 1 record");
        check("no=such", "anywhere: \"pump\"");
    }
}
