//! What is looked for, as tantivy's queries. They are built here, not by tantivy's own parser, which silently finds
//! nothing for `mul*`.

use super::ask::{Ask, AskedWord, Leaf};
use super::language::Stems;
use super::manner::{FIRST_WORD, Manner, SHORTEST_PROSE_PREFIX, worth};
use super::role::Role;
use super::schema::Fields;
use super::tokens::{parts, within};
use crate::base::Folder;
use smol_str::SmolStr;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery, Occur,
    PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

/// The query for what is looked for, among the records of `folder` where one is given. Its score is the sum of what
/// each part is worth. Where nothing is looked for, everything is found.
pub fn query(ask: &Ask, folder: Option<&Folder>, fields: &Fields, stems: &mut Stems) -> Box<dyn Query> {
    let mut builder = Builder { fields, stems };
    let mut clauses: Vec<(Occur, Box<dyn Query>)> =
        ask.parts.iter().map(|part| (Occur::Must, builder.part(&part.ways))).collect();
    if clauses.is_empty() {
        clauses.push((Occur::Must, scored(Box::new(AllQuery), 0)));
    }
    if let Some(folder) = folder {
        clauses.push((Occur::Must, scored(exact(fields.folder, folder.as_str()), 0)));
    }
    all(clauses)
}

fn all(mut clauses: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    match clauses.len() {
        1 => clauses.swap_remove(0).1,
        _ => Box::new(BooleanQuery::new(clauses)),
    }
}

fn any(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.swap_remove(0),
        _ => Box::new(DisjunctionMaxQuery::new(queries)),
    }
}

struct Builder<'a> {
    fields: &'a Fields,
    stems: &'a mut Stems,
}

impl Builder<'_> {
    fn part(&mut self, ways: &[Vec<Leaf>]) -> Box<dyn Query> {
        let mut queries = Vec::new();
        for way in ways {
            match way.as_slice() {
                // The best of all is the same as the best of the bests, in fewer steps.
                [leaf] => queries.extend(self.leaf(leaf)),
                leaves => {
                    let each = leaves.iter().map(|leaf| (Occur::Must, any(self.leaf(leaf))));
                    queries.push(all(each.collect()));
                }
            }
        }
        any(queries)
    }

    fn leaf(&mut self, leaf: &Leaf) -> Vec<Box<dyn Query>> {
        match leaf {
            Leaf::Word(word) => self.word(word),
            Leaf::Row(row) => {
                let fields = self.fields;
                let places =
                    [(fields.name, Role::Name), (fields.link, Role::Link), (fields.prose, Role::Prose)];
                let places = places.into_iter();
                places
                    .filter_map(|(field, role)| Some(scored(phrase(field, row), worth(role, Manner::Exact)?)))
                    .collect()
            }
            Leaf::Whole(code, worth) => vec![scored(exact(self.fields.whole, code), *worth)],
            Leaf::Type(folder, worth) => vec![scored(exact(self.fields.folder, folder.as_str()), *worth)],
            Leaf::Part(part) => self.threes(parts(part).collect()),
            Leaf::Within(part) => self.threes(parts(part).map(|three| within(&three)).collect()),
        }
    }

    fn threes(&self, threes: Vec<SmolStr>) -> Vec<Box<dyn Query>> {
        let worth = worth(Role::Code, Manner::Part);
        worth.map(|worth| scored(phrase(self.fields.part, &threes), worth)).into_iter().collect()
    }

    fn word(&mut self, word: &AskedWord) -> Vec<Box<dyn Query>> {
        let fields = *self.fields;
        let mut found = Vec::new();
        let mut push = |query: Box<dyn Query>, role, manner, more| {
            found.extend(worth(role, manner).map(|worth| scored(query, worth + more)));
        };
        let places = [
            (fields.first, Role::Name, FIRST_WORD, 0),
            (fields.name, Role::Name, 0, 0),
            (fields.code, Role::Code, 0, 0),
            (fields.prose, Role::Prose, 0, SHORTEST_PROSE_PREFIX),
            (fields.link, Role::Link, 0, SHORTEST_PROSE_PREFIX),
            (fields.aside, Role::Aside, 0, SHORTEST_PROSE_PREFIX),
        ];
        for spelling in &word.spellings {
            for (field, role, more, shortest) in places {
                push(exact(field, spelling), role, Manner::Exact, more);
                if word.unfinished && spelling.chars().count() >= shortest {
                    push(prefix(field, spelling), role, Manner::Prefix, more);
                }
            }
        }
        push(exact(fields.stem, &self.stems.stem(word.plain())), Role::Prose, Manner::Stem, 0);
        if word.forgives() {
            let name = Term::from_field_text(fields.name, word.plain());
            let name = match word.unfinished {
                true => FuzzyTermQuery::new_prefix(name, 1, true),
                false => FuzzyTermQuery::new(name, 1, true),
            };
            push(Box::new(name), Role::Name, Manner::Fuzzy, 0);
            for (field, role) in [(fields.prose, Role::Prose), (fields.link, Role::Link)] {
                let term = Term::from_field_text(field, word.plain());
                push(Box::new(FuzzyTermQuery::new(term, 1, true)), role, Manner::Fuzzy, 0);
            }
        }
        found
    }
}

fn scored(query: Box<dyn Query>, worth: u8) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, f32::from(worth)))
}

fn exact(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::Basic))
}

/// Every word that begins so. No text sorts behind the last character there is.
fn prefix(field: Field, start: &str) -> Box<dyn Query> {
    let end = format!("{start}{}", char::MAX);
    let bound = |text: &str| Bound::Included(Term::from_field_text(field, text));
    Box::new(RangeQuery::new(bound(start), bound(&end)))
}

fn phrase(field: Field, row: &[SmolStr]) -> Box<dyn Query> {
    match row {
        [] => Box::new(EmptyQuery),
        [one] => exact(field, one),
        row => {
            Box::new(PhraseQuery::new(row.iter().map(|word| Term::from_field_text(field, word)).collect()))
        }
    }
}
