//! What a query that is being typed may become at the cursor: names of fields, operators, values.

use super::compile::{DATES, DIRECTIVES, IN, SPECIAL};
use super::explain::label;
use super::facts::Facts;
use super::names::{may_become, parts_of};
use super::path::Path;
use super::syntax::Operator;
use super::text::{Needle, any_scalar};
use crate::model::kinds::{choices, title_of};
use crate::model::schema::ADDRESS_PARTS;
use crate::model::{Book, FieldDef, FieldsRef, Kind, Record, Scope, TypeDef, Value};
use smol_str::SmolStr;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Something that could stand at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The bytes of the text it takes the place of.
    pub at: Range<usize>,
    /// What is put there.
    pub insert: String,
    /// What it is called.
    pub label: String,
    /// What kind of thing it is, in a word or two.
    pub detail: String,
}

/// So many records at least are looked through for a name or a tag; beyond, typing would be slow.
const FEW: usize = 10_000;

/// What the text may become at the cursor (a byte offset), best first and `most` at the most. Nothing where no word has
/// been begun, except after an operator.
pub fn complete(
    text: &str,
    cursor: usize,
    ty: Option<&Arc<TypeDef>>,
    book: &Book,
    facts: Option<&dyn Facts>,
    most: usize,
) -> Vec<Candidate> {
    let before = text.get(..cursor).unwrap_or(text);
    let Some(word) = Begun::of(before) else { return Vec::new() };
    let types = types(before, ty, book);
    let offers = Offers { book, facts, types: &types, most };
    let mut found = match word.field {
        None if word.typed.is_empty() => Vec::new(),
        None => offers.names(&word),
        Some(_) => offers.values(&word),
    };
    let typed = &before[word.at.clone()];
    found.retain(|candidate| candidate.insert != typed);
    found.truncate(most);
    found
}

/// The word the cursor is in or behind.
struct Begun<'t> {
    /// Where what may be replaced stands: a name, or one value of a term.
    at: Range<usize>,
    /// It as far as it is typed, without a quote before it.
    typed: &'t str,
    /// The field before the operator, where the cursor is behind one.
    field: Option<&'t str>,
    operator: Operator,
}

impl<'t> Begun<'t> {
    /// `None` inside quotes that stand for themselves.
    fn of(before: &'t str) -> Option<Self> {
        let start = word_start(before)?;
        let word = &before[start..];
        let sign =
            Operator::SPELLED.iter().filter_map(|(sign, operator)| Some((word.find(sign)?, sign, *operator)));
        let first = sign.min_by_key(|(at, sign, _)| (*at, usize::MAX - sign.len()));
        let Some((sign_at, sign, operator)) = first.filter(|(at, ..)| *at > 0 && !word.starts_with('"'))
        else {
            let typed = (!word.starts_with('"')).then_some(word)?;
            return Some(Self { at: start..before.len(), typed, field: None, operator: Operator::Colon });
        };
        let values = sign_at + sign.len();
        let value = word[values..].rfind(',').map_or(values, |comma| values + comma + 1);
        let value = word[value..].rfind("..").map_or(value, |dots| value + dots + 2);
        let minus =
            usize::from(word[value..].starts_with('-') && word[..sign_at].eq_ignore_ascii_case("sort"));
        let at = start + value + minus..before.len();
        let typed = before[at.clone()].trim_start_matches('"');
        Some(Self { at, typed, field: Some(&word[..sign_at]), operator })
    }
}

/// Where the last word begins: behind a blank or a bracket that is not in quotes, and behind a minus.
fn word_start(before: &str) -> Option<usize> {
    let (mut start, mut quoted) = (0, false);
    for (at, c) in before.char_indices() {
        match c {
            '"' => quoted = !quoted,
            c if !quoted && (c.is_whitespace() || matches!(c, '(' | ')')) => start = at + c.len_utf8(),
            _ => {}
        }
    }
    Some(start + before[start..].len() - before[start..].trim_start_matches('-').len())
}

/// The types the query is about.
fn types(before: &str, ty: Option<&Arc<TypeDef>>, book: &Book) -> Vec<Arc<TypeDef>> {
    if let Some(ty) = ty {
        return vec![ty.clone()];
    }
    let named = before.match_indices("type:").flat_map(|(at, _)| {
        let value = before[at + 5..].split([' ', ')']).next().unwrap_or_default();
        value.split(',').filter_map(|name| book.schema().find(name))
    });
    let named: Vec<_> = named.cloned().collect();
    match named.is_empty() {
        true => book.schema().types().iter().filter(|ty| !ty.setting).cloned().collect(),
        false => named,
    }
}

struct Offers<'a> {
    book: &'a Book,
    facts: Option<&'a dyn Facts>,
    types: &'a [Arc<TypeDef>],
    most: usize,
}

impl Offers<'_> {
    /// How many records are looked through.
    fn few(&self) -> usize {
        self.most.max(FEW)
    }

    fn language(&self) -> &str {
        self.book.settings().language()
    }

    /// Fields that begin so, then those with a word in their name that does, then the words of the language.
    fn names(&self, word: &Begun<'_>) -> Vec<Candidate> {
        let typed = word.typed.to_lowercase();
        if let Some((head, last)) = typed.rsplit_once('.') {
            return self.further(word, head, last);
        }
        let parts = self.types.iter().flat_map(|ty| parts_of(ty));
        if self.fields().any(|(field, _)| field.name == typed) || parts.clone().any(|part| part == typed) {
            return self.operators(word, &typed);
        }
        let offer = |name: &str, label: String, detail: String| Candidate {
            at: word.at.clone(),
            insert: name.to_owned(),
            label,
            detail,
        };
        let fields = self.fields().filter(|(field, _)| may_become(&typed, &field.name)).map(|(field, _)| {
            offer(&field.name, field.label.get(self.language()).to_owned(), field.kind.name().to_owned())
        });
        let mut found: Vec<Candidate> = fields.collect();
        found.sort_by_key(|candidate| !candidate.insert.starts_with(&typed));
        let parts = parts.filter(|part| found.iter().all(|known| known.insert != *part));
        let parts = parts.filter(|part| may_become(&typed, part));
        let parts: Vec<_> = parts.map(|part| offer(part, label(part, "en"), "text".to_owned())).collect();
        found.extend(parts);
        let special = SPECIAL.iter().filter(|name| self.types.len() != 1 || **name != "type");
        let special = special.chain(&DIRECTIVES).filter(|name| name.starts_with(&typed));
        found.extend(
            special
                .map(|name| offer(&format!("{name}:"), label(name, "en"), special_detail(name).to_owned())),
        );
        let dates = DATES.iter().filter(|(name, _)| name.starts_with(&typed));
        found.extend(dates.map(|(name, since)| {
            let detail = if *since { "length of time" } else { "date" };
            offer(name, label(name, "en"), detail.to_owned())
        }));
        found.dedup_by(|a, b| a.insert == b.insert);
        found
    }

    /// The fields of the types, each name once, and the facts about them.
    fn fields(&self) -> impl Iterator<Item = (FieldDef, Arc<TypeDef>)> {
        let mut found: Vec<(FieldDef, Arc<TypeDef>)> = Vec::new();
        for ty in self.types {
            let facts = self.facts.map(|facts| facts.about(ty)).unwrap_or_default();
            for field in ty.fields.iter().cloned().chain(facts) {
                if found.iter().all(|(known, _)| known.name != field.name) {
                    found.push((field, ty.clone()));
                }
            }
        }
        found.into_iter()
    }

    /// The next step of a path.
    fn further(&self, word: &Begun<'_>, head: &str, last: &str) -> Vec<Candidate> {
        let at = word.at.end - last.len()..word.at.end;
        let Some(field) = self.path(head).and_then(|path| path.field) else { return Vec::new() };
        let offer = |name: &str, label: &str, detail: &str| Candidate {
            at: at.clone(),
            insert: name.to_owned(),
            label: label.to_owned(),
            detail: detail.to_owned(),
        };
        let of = |field: &FieldDef| offer(&field.name, field.label.get(self.language()), field.kind.name());
        let schema = self.book.schema();
        let mut found: Vec<Candidate> = match &field.kind {
            Kind::Address => {
                ADDRESS_PARTS.iter().map(|part| offer(part, &label(part, "en"), "text")).collect()
            }
            Kind::Lines(fields) => fields.iter().map(of).collect(),
            _ => {
                let parts = schema.targets(&field).flat_map(|ty| parts_of(ty));
                let parts = parts.map(|part| offer(part, &label(part, "en"), "text"));
                schema.targets(&field).flat_map(|ty| &ty.fields).map(of).chain(parts).collect()
            }
        };
        let mut seen = rustc_hash::FxHashSet::default();
        found.retain(|candidate| seen.insert(candidate.insert.clone()));
        found.retain(|candidate| may_become(last, &candidate.insert));
        found.sort_by_key(|candidate| !candidate.insert.starts_with(last));
        found
    }

    fn path(&self, name: &str) -> Option<Path> {
        self.types.iter().find_map(|ty| Path::new(ty, name, self.book).ok())
    }

    /// What may be asked of a field whose name is complete.
    fn operators(&self, word: &Begun<'_>, name: &str) -> Vec<Candidate> {
        let field = self.fields().find(|(field, _)| field.name == name).map(|(field, _)| field);
        let ordered = field.is_some_and(|f| {
            f.kind.is_numeric() || matches!(f.kind, Kind::Date | Kind::Datetime | Kind::Choice(_))
        });
        let all = [(":", "is one of"), ("!=", "is not"), ("~", "contains")];
        let order = [("<", "less"), (">", "more"), ("<=", "at most"), (">=", "at least")];
        let order = order.into_iter().filter(|_| ordered);
        let offer = |(sign, detail): (&str, &str)| Candidate {
            at: word.at.clone(),
            insert: format!("{name}{sign}"),
            label: sign.to_owned(),
            detail: detail.to_owned(),
        };
        all.into_iter().chain(order).map(offer).collect()
    }

    fn values(&self, word: &Begun<'_>) -> Vec<Candidate> {
        let name = word.field.unwrap_or_default().to_lowercase();
        let typed = Needle::new(word.typed);
        let own = self.types.len() == 1 && self.types[0].field(&name).is_some();
        let offer = |insert: &str, label: &str, detail: &str| Candidate {
            at: word.at.clone(),
            insert: quoted(insert),
            label: label.to_owned(),
            detail: detail.to_owned(),
        };
        if word.operator == Operator::Colon && !own {
            match name.as_str() {
                "has" | "missing" | "sort" | "is" => {
                    let flags = |field: &FieldDef| name != "is" || field.kind == Kind::Boolean;
                    let fields = self.fields().filter(|(field, _)| flags(field) && typed.starts(&field.name));
                    let dates = DATES.iter().filter(|(date, _)| name == "sort" && typed.starts(date));
                    let dates = dates.map(|(date, _)| offer(date, &label(date, "en"), "date"));
                    return fields
                        .map(|(f, _)| offer(&f.name, f.label.get(self.language()), f.kind.name()))
                        .chain(dates)
                        .collect();
                }
                "type" => {
                    let types = self.book.schema().types().iter();
                    let types = types.filter(|ty| typed.starts(&ty.name) || typed.starts(ty.folder.as_str()));
                    return types.map(|ty| offer(&ty.name, ty.label.get(self.language()), "type")).collect();
                }
                IN => {
                    let segments = self.book.of_type("segment").iter().filter(|segment| {
                        typed.starts(segment.id().as_str()) || typed.begins_word_of(segment.text("name"))
                    });
                    let offer =
                        |segment: &Arc<Record>| offer(segment.id().as_str(), segment.text("name"), "");
                    return segments.map(offer).collect();
                }
                "limit" => return Vec::new(),
                _ => {}
            }
        }
        let fact = self.fields().find(|(field, _)| field.name == name);
        let (field, owner) = match (fact, self.path(&name)) {
            (Some((field, owner)), _) => (field, owner),
            (None, Some(path)) => match path.field.clone() {
                Some(field) => (field, path.owner.clone()),
                None => return self.of_part(&path, &typed, offer),
            },
            (None, None) if DATES.iter().any(|(date, since)| *date == name && *since) => {
                return LENGTHS.iter().filter(|l| typed.starts(l)).map(|l| offer(l, l, "ago")).collect();
            }
            (None, None) if DATES.iter().any(|(date, _)| *date == name) => {
                return DAYS.iter().filter(|d| typed.starts(d)).map(|d| offer(d, d, "date")).collect();
            }
            (None, None) => return Vec::new(),
        };
        self.of_field(&field, &owner, &typed, offer)
    }

    /// The cities, states and countries there are in the addresses a path leads to that begin so.
    fn of_part(
        &self,
        path: &Path,
        typed: &Needle,
        offer: impl Fn(&str, &str, &str) -> Candidate,
    ) -> Vec<Candidate> {
        let Some((address, part)) = path.text.rsplit_once('.') else { return Vec::new() };
        if !matches!(part, "city" | "state" | "country") {
            return Vec::new();
        }
        let address = address.rsplit('.').next().unwrap_or_default();
        let there = self.there(&path.owner, typed, |record| record.get(address).get(part));
        there.iter().map(|text| offer(text, text, "")).collect()
    }

    /// The texts that begin so of what many records of a type hold, each once.
    fn there(&self, ty: &TypeDef, typed: &Needle, held: impl Fn(&Record) -> &Value) -> Vec<SmolStr> {
        let mut there: BTreeSet<SmolStr> = BTreeSet::new();
        for record in self.book.of(&ty.folder).iter().take(self.few()) {
            any_scalar(held(record), &mut |text: &str| {
                if typed.starts(text) && !there.contains(text) {
                    there.insert(text.into());
                }
                false
            });
        }
        there.into_iter().take(self.most).collect()
    }

    /// The values of a field that begin so, or whose name does.
    fn of_field(
        &self,
        field: &FieldDef,
        owner: &TypeDef,
        typed: &Needle,
        offer: impl Fn(&str, &str, &str) -> Candidate,
    ) -> Vec<Candidate> {
        let book = self.book;
        match &field.kind {
            Kind::Choice(_) => {
                let all = choices(&Scope { book, ty: owner, fields: FieldsRef::NONE }, field).into_iter();
                let found = all.filter(|c| typed.starts(&c.value) || typed.starts(&c.label));
                found.map(|c| offer(&c.value, &c.label, "")).collect()
            }
            Kind::Boolean => {
                ["yes", "no"].into_iter().filter(|w| typed.starts(w)).map(|w| offer(w, w, "")).collect()
            }
            Kind::Date | Kind::Datetime => {
                DAYS.iter().filter(|day| typed.starts(day)).map(|day| offer(day, day, "")).collect()
            }
            Kind::Tags => {
                let tags = self.there(owner, typed, |record| record.get(&field.name));
                tags.iter().map(|tag| offer(tag, tag, "")).collect()
            }
            _ if field.is_link() => {
                let schema = book.schema();
                let only = schema.targets(field).count() == 1;
                let me = schema.targets(field).any(|ty| ty.name == "user") && typed.starts("me");
                let me = me.then(|| offer("me", "me", "")).into_iter();
                let records = schema.targets(field).flat_map(|ty| book.of(&ty.folder)).take(self.few());
                let found = records.filter_map(|record| {
                    let title = title_of(book, record);
                    let begins = typed.starts(record.id().as_str()) || typed.begins_word_of(&title);
                    let insert = if only { record.id().to_string() } else { record.reference.to_string() };
                    begins.then(|| offer(&insert, &title, ""))
                });
                me.chain(found.take(self.most)).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Days and periods worth offering.
const DAYS: [&str; 15] = [
    "today",
    "tomorrow",
    "yesterday",
    "7d",
    "30d",
    "-7d",
    "-30d",
    "this week",
    "next week",
    "last week",
    "this month",
    "next month",
    "this quarter",
    "next quarter",
    "this year",
];

/// Lengths of time worth offering.
const LENGTHS: [&str; 6] = ["1d", "7d", "2w", "30d", "3m", "1y"];

fn special_detail(name: &str) -> &'static str {
    match name {
        "has" => "is filled in",
        "missing" => "is empty",
        "is" => "a yes-or-no field",
        "in" => "a segment",
        "type" => "of which type",
        "sort" => "in which order",
        _ => "how many",
    }
}

/// A value as it is to be written: in quotes where it would else end early.
pub fn quoted(value: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !matches!(c, '"' | ',' | '(' | ')');
    match !value.is_empty() && value.chars().all(plain) && !value.contains("..") {
        true => value.to_owned(),
        false => format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}
