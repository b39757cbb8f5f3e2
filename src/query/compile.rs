//! Makes a query ready: looks up its names for every type it may be about, and reads its values.

use super::QueryError;
use super::choices;
use super::explain::{Said, phrase};
use super::facts::Facts;
use super::ground::Ground;
use super::names::{LeadsNowhere, full_path};
use super::node::{Leaf, Node, Reach};
use super::syntax::{Atom, Expr, Item, Operator, Term, Word};
use super::test::Test;
use super::text::Needle;
use super::value::{About, asked, named};
use crate::model::near::nearest;
use crate::model::resolve::spell_link;
use crate::model::schema::{ADDRESS_PARTS, Options};
use crate::model::{FieldDef, Kind, Record, TypeDef, Value};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::cell::Cell;
use std::sync::Arc;

/// Words that ask for something else than a field's value.
pub const SPECIAL: [&str; 5] = ["has", "missing", "is", "in", "type"];
/// The one of them that asks whether a record is in a segment.
pub const IN: &str = "in";
/// Words that say how the records found are to be given.
pub const DIRECTIVES: [&str; 2] = ["sort", "limit"];
/// What every record may be asked besides its fields, with whether the value is a length of time.
pub const DATES: [(&str, bool); 4] =
    [("created", false), ("modified", false), ("age", true), ("updated", true)];

/// A condition made ready: for each of the types, and in words.
pub struct Ready {
    /// One for each type.
    pub nodes: Vec<Node>,
    /// What it says.
    pub said: Said,
}

/// Makes conditions ready for some types.
pub struct Compiler<'a> {
    /// What there is to look things up in.
    pub ground: &'a Ground<'a>,
    /// The types.
    pub types: &'a [Arc<TypeDef>],
    /// Whether the caller chose the type.
    pub fixed: bool,
    /// Whether there were words that the search could tell nothing of yet.
    pub unsearched: Cell<bool>,
}

impl Compiler<'_> {
    /// Makes a condition ready for those of the types that are `live`.
    pub fn expr(&self, expr: &Expr, live: &[bool]) -> Result<Ready, QueryError> {
        match expr {
            Expr::All(parts) => {
                let mut live = live.to_vec();
                for part in parts {
                    if let Expr::Term(term) = part
                        && let Some(types) = self.types_of(term)?
                        && term.operator.is_equality()
                    {
                        live.iter_mut().zip(types).for_each(|(live, named)| *live &= named);
                    }
                }
                let mut ready = Vec::with_capacity(parts.len());
                for parts in parts.chunk_by(|one, next| one.word().is_some() && next.word().is_some()) {
                    match parts {
                        [part] => ready.push(self.expr(part, &live)?),
                        run => ready
                            .push(self.words(&run.iter().filter_map(Expr::word).collect::<Vec<_>>(), &live)),
                    }
                }
                Ok(join(ready, self.types.len(), Node::all, Said::all))
            }
            Expr::Any(parts) => {
                let ready = parts.iter().map(|part| self.expr(part, live)).collect::<Result<Vec<_>, _>>()?;
                Ok(join(ready, self.types.len(), Node::any, Said::Any))
            }
            Expr::Not(part) => {
                let ready = self.expr(part, live)?;
                let nodes = ready.nodes.into_iter().map(|node| node.not_if(true)).collect();
                Ok(Ready { nodes, said: Said::Not(Box::new(ready.said)) })
            }
            Expr::Word(word) => Ok(self.words(&[word], live)),
            Expr::Term(term) => self.term(term, live),
        }
    }

    fn each(&self, live: &[bool], node: impl Fn(&Arc<TypeDef>) -> Node) -> Vec<Node> {
        let of = |(ty, live): (&Arc<TypeDef>, &bool)| if *live { node(ty) } else { Node::Never };
        self.types.iter().zip(live).map(of).collect()
    }

    /// The types a term such as `type:case` names; `None` where it is about a field.
    fn types_of(&self, term: &Term) -> Result<Option<Vec<bool>>, QueryError> {
        if term.field != "type" || !(term.operator.is_equality() || term.operator == Operator::Not) {
            return Ok(None);
        }
        // In a list of accounts, `type:customer` is a word of theirs, though it is another name for accounts too.
        if let (true, [ty]) = (self.fixed, self.types)
            && let Some(field) = ty.field("type")
            && term
                .values
                .iter()
                .all(|item| !choices::meant(self.ground.book, ty, field, &item.text()).is_empty())
        {
            return Ok(None);
        }
        let schema = self.ground.book.schema();
        let named: Option<Vec<_>> = term.values.iter().map(|item| schema.find(&item.text())).collect();
        if let Some(named) = named {
            return Ok(Some(self.types.iter().map(|ty| named.iter().any(|n| n.name == ty.name)).collect()));
        }
        if self.types.iter().any(|ty| ty.field("type").is_some()) && self.fixed {
            return Ok(None);
        }
        let unknown = term.values.iter().find(|item| schema.find(&item.text()).is_none());
        let in_a_field = self.types.iter().any(|ty| {
            ty.field("type").is_some_and(|field| {
                term.values.iter().all(|item| choices::is_word(self.ground.book, ty, field, &item.text()))
            })
        });
        match unknown {
            Some(item) if !in_a_field => {
                let text = item.text();
                let mut error =
                    QueryError::new(term.values_at.0.clone(), format!("there is no record type '{text}'"));
                error.suggestion = schema.nearest(&text).map(str::to_owned);
                Err(error)
            }
            _ => Ok(None),
        }
    }

    fn term(&self, term: &Term, live: &[bool]) -> Result<Ready, QueryError> {
        let name = term.field.to_lowercase();
        if let Some(types) = self.types_of(term)? {
            let negated = term.operator == Operator::Not;
            let nodes =
                types.iter().map(|named| if *named { Node::Always } else { Node::Never }.not_if(negated));
            let named: Vec<_> =
                self.types.iter().zip(&types).filter(|(_, named)| **named).map(|(ty, _)| ty).collect();
            return Ok(Ready { nodes: nodes.collect(), said: Said::types(&named, negated, self.ground) });
        }
        if DIRECTIVES.contains(&name.as_str()) && term.operator == Operator::Colon {
            let message = format!("{name}: is for the whole query: take it out of the brackets");
            return Err(QueryError::new(term.field_at.0.clone(), message));
        }
        let own = |ty: &Arc<TypeDef>| ty.field(&name).is_some();
        let special = term.operator == Operator::Colon && !self.lives(live).any(own);
        match name.as_str() {
            "has" | "missing" | "is" if special => self.about_fields(term, &name, live),
            IN if special => self.in_segments(term, live),
            _ => self.over_types(term, live, |ty| self.field(ty, &term.field, &term.field_at.0, term)),
        }
    }

    fn lives(&self, live: &[bool]) -> impl Iterator<Item = &Arc<TypeDef>> {
        self.types.iter().zip(live.to_vec()).filter(|(_, live)| *live).map(|(ty, _)| ty)
    }

    /// `has:`, `missing:` and `is:`: alternatives, each the name of a field.
    fn about_fields(&self, term: &Term, what: &str, live: &[bool]) -> Result<Ready, QueryError> {
        let mut alternatives = Vec::new();
        for item in &term.values {
            let Item::One(atom) = item else {
                return Err(QueryError::new(
                    term.values_at.0.clone(),
                    format!("write the name of a field after {what}:"),
                ));
            };
            if atom.text.is_empty() {
                return Err(QueryError::new(
                    term.field_at.0.start..term.values_at.0.end,
                    format!("write the name of a field after {what}:"),
                ));
            }
            let (operator, text) = match what {
                "has" => (Operator::Not, ""),
                "missing" => (Operator::Colon, ""),
                _ => (Operator::Colon, "yes"),
            };
            let value = Atom { text: text.into(), quoted: true, at: atom.at.clone() };
            let about = Term {
                field: atom.text.clone(),
                field_at: atom.at.clone(),
                operator,
                values: vec![Item::One(value)],
                values_at: atom.at.clone(),
            };
            alternatives.push(self.over_types(&about, live, |ty| {
                if what == "is" && self.is_flag(ty, &about.field) == Some(false) {
                    let message = format!(
                        "{0} is not a yes-or-no field: has:{0} asks whether it is filled in",
                        atom.text
                    );
                    return Err(Fault::Value(QueryError::new(atom.at.0.clone(), message)));
                }
                self.field(ty, &about.field, &about.field_at.0, &about)
            })?);
        }
        Ok(if alternatives.len() == 1 {
            alternatives.swap_remove(0)
        } else {
            join(alternatives, self.types.len(), Node::any, Said::Any)
        })
    }

    /// Whether that is a yes-or-no field; `None` where it is none at all.
    fn is_flag(&self, ty: &Arc<TypeDef>, name: &str) -> Option<bool> {
        let is_flag = |field: &FieldDef| field.kind == Kind::Boolean;
        if let Some((_, field)) = self.fact(ty, &name.to_lowercase()) {
            return Some(is_flag(&field));
        }
        let path = super::path::Path::new(ty, name, self.ground.book).ok()?;
        Some(path.field.as_ref().is_some_and(is_flag))
    }

    /// The condition for each type: types without the field have nothing that passes. It is an error where no type
    /// has it, or where the values can't be read for any that has.
    fn over_types(
        &self,
        term: &Term,
        live: &[bool],
        of: impl Fn(&Arc<TypeDef>) -> Result<(Node, Said), Fault>,
    ) -> Result<Ready, QueryError> {
        let (mut nodes, mut said, mut faults) = (Vec::new(), None, Vec::new());
        for (ty, live) in self.types.iter().zip(live) {
            nodes.push(match live.then(|| of(ty)) {
                None => Node::Never,
                Some(Ok((node, words))) => {
                    said.get_or_insert(words);
                    node
                }
                Some(Err(fault)) => {
                    faults.push(fault);
                    // What has no such field has nothing in it: nothing is missing there, and equal to no value.
                    Node::Never.not_if(passes_without_value(term))
                }
            });
        }
        match said {
            Some(said) => Ok(Ready { nodes, said }),
            None if faults.is_empty() => Ok(Ready { nodes, said: Said::Line(term.to_string()) }),
            None => Err(self.worst(term, faults)),
        }
    }

    /// What to say where no type takes a term.
    fn worst(&self, term: &Term, faults: Vec<Fault>) -> QueryError {
        let several = faults.len() > 1;
        let mut nowhere = None;
        for fault in faults {
            match fault {
                Fault::Value(error) => return error,
                Fault::Nowhere(error) => nowhere = nowhere.or(Some(error)),
            }
        }
        let at = term.field_at.0.clone();
        match nowhere {
            Some(lost) if !several => QueryError { at, message: lost.message(), suggestion: lost.suggestion },
            _ => {
                let names =
                    self.types.iter().flat_map(|ty| ty.fields.iter().map(|field| field.name.as_str()));
                let suggestion = nearest(&term.field, names).map(str::to_owned);
                QueryError { at, message: format!("unknown field '{}'", term.field), suggestion }
            }
        }
    }

    /// A fact of that name about records of a type.
    fn fact(&self, ty: &TypeDef, name: &str) -> Option<(Arc<dyn Facts>, FieldDef)> {
        let facts = self.ground.facts.as_ref()?;
        let found = facts.about(ty).into_iter().find(|fact| fact.name == name)?;
        Some((facts.clone(), found))
    }

    /// The condition for one type.
    fn field(
        &self,
        ty: &Arc<TypeDef>,
        name: &str,
        at: &std::ops::Range<usize>,
        term: &Term,
    ) -> Result<(Node, Said), Fault> {
        let lower = name.to_lowercase();
        if ty.field(&lower).is_none() {
            if let Some((facts, field)) = self.fact(ty, &lower) {
                let about = About { field: Some(&field), owner: ty, since: false };
                return self.ready(about, term, &lower, Reach::Fact(facts, lower.as_str().into()));
            }
            if let Some((_, since)) = DATES.iter().find(|(date, _)| *date == lower) {
                let field = FieldDef::new(&lower, Kind::Datetime);
                let (reach, said) = match lower.as_str() {
                    "created" | "age" => (Reach::Created, "created"),
                    _ => (Reach::Modified, "modified"),
                };
                let about = About { field: Some(&field), owner: ty, since: *since };
                return self.ready(about, term, said, reach);
            }
        }
        let path = full_path(ty, name, self.ground.book.schema())?;
        let steps: Vec<&str> = path.split('.').collect();
        if steps.len() > MAX_STEPS {
            let message = format!("a path has at most {MAX_STEPS} steps");
            return Err(Fault::Value(QueryError::new(at.clone(), message)));
        }
        let (leaf, negated, said) = self.leaf(ty, &steps, term, &path)?;
        Ok((Node::Value(Box::new(leaf)).not_if(negated), said))
    }

    fn ready(&self, about: About<'_>, term: &Term, path: &str, reach: Reach) -> Result<(Node, Said), Fault> {
        let asked = asked(term, about, self.ground.book, self.ground.entry).map_err(Fault::Value)?;
        let said = phrase(path, about, term, &asked, self.ground);
        Ok((Node::Value(Box::new(Leaf { reach, test: asked.test })).not_if(asked.negated), said))
    }

    /// What a path that is spelled in full asks of a record. Links are followed from their other end, once: the
    /// records there that pass, then which link to one of these.
    fn leaf(
        &self,
        ty: &Arc<TypeDef>,
        steps: &[&str],
        term: &Term,
        path: &str,
    ) -> Result<(Leaf, bool, Said), Fault> {
        let (book, schema) = (self.ground.book, self.ground.book.schema());
        let asked = |field: Option<&FieldDef>, owner: &TypeDef| {
            let about = About { field, owner, since: false };
            let asked = asked(term, about, book, self.ground.entry).map_err(Fault::Value)?;
            let said = phrase(path, about, term, &asked, self.ground);
            Ok::<_, Fault>((asked, said))
        };
        let Some(field) = ty.field(steps[0]) else {
            let (asked, said) = asked(None, ty)?;
            return Ok((Leaf { reach: Reach::Id, test: asked.test }, asked.negated, said));
        };
        let Some(next) = steps.get(1) else {
            let (asked, said) = asked(Some(field), ty)?;
            return Ok((
                Leaf { reach: Reach::Field(Box::new(field.clone())), test: asked.test },
                asked.negated,
                said,
            ));
        };
        match &field.kind {
            _ if field.is_link() => {
                let (mut among, mut found, mut fault) = (FxHashSet::default(), None, None);
                for target in schema.targets(field).filter(|target| leads(target, steps[1])) {
                    match self.leaf(target, &steps[1..], term, path) {
                        Ok((leaf, negated, said)) => {
                            let passing = book.of(&target.folder).par_iter().filter(|r| leaf.holds(book, r));
                            among.par_extend(passing.map(|r| spell_link(schema, field, &r.reference)));
                            found.get_or_insert((negated, said));
                        }
                        Err(error) => fault = fault.or(Some(error)),
                    }
                }
                let nowhere = || Fault::Nowhere(nowhere(ty, steps[1]));
                let (negated, said) = found.ok_or_else(|| fault.unwrap_or_else(nowhere))?;
                Ok((
                    Leaf { reach: Reach::Field(Box::new(field.clone())), test: Test::Among(among) },
                    negated,
                    said,
                ))
            }
            Kind::Choice(Options::From { link, lines }) => {
                let Some(owner) = ty.field(link) else { return Err(Fault::Nowhere(nowhere(ty, next))) };
                let mut words: FxHashMap<SmolStr, FxHashSet<SmolStr>> = FxHashMap::default();
                let mut found = None;
                for target in schema.targets(owner) {
                    let inner =
                        target.field(lines).and_then(|lines| lines.lines().iter().find(|f| f.name == *next));
                    let (asked, said) =
                        asked(Some(inner.ok_or_else(|| Fault::Nowhere(nowhere(target, next)))?), target)?;
                    for record in book.of(&target.folder) {
                        let passes = |line: &&Value| self.line_passes(record, line.get(next), &asked.test);
                        let lines = record.get(lines).items().iter().filter(passes);
                        let ids = lines.map(|line| SmolStr::new(line.get("id").as_str())).collect();
                        words.insert(spell_link(schema, owner, &record.reference), ids);
                    }
                    found.get_or_insert((asked.negated, said));
                }
                let (negated, said) = found.ok_or_else(|| Fault::Nowhere(nowhere(ty, next)))?;
                let test = Test::Listed { link: link.clone(), words };
                Ok((Leaf { reach: Reach::Field(Box::new(field.clone())), test }, negated, said))
            }
            _ => {
                let inner = field.lines().iter().find(|inner| inner.name == *next);
                if inner.is_none() && !ADDRESS_PARTS.contains(next) {
                    return Err(Fault::Nowhere(nowhere(ty, next)));
                }
                let (asked, said) = asked(inner, ty)?;
                let reach = Reach::Part(field.name.clone(), (*next).into());
                Ok((Leaf { reach, test: asked.test }, asked.negated, said))
            }
        }
    }

    fn line_passes(&self, record: &Record, value: &Value, test: &Test) -> bool {
        super::text::any_scalar(value, &mut |text: &str| test.passes(self.ground.book, record, text))
    }

    /// Words side by side. Each may stand anywhere; but a telephone number with blanks in it is looked for as one, too.
    fn words(&self, run: &[&Word], live: &[bool]) -> Ready {
        if let [word] = run {
            return self.word(word, live);
        }
        let each = run.iter().map(|word| self.word(word, live)).collect();
        let apart = join(each, self.types.len(), Node::all, Said::all);
        let whole = run.iter().map(|word| spelled(word)).collect::<Vec<_>>().join(" ");
        match self.ground.words.and_then(|search| search.find(&whole)) {
            None => apart,
            Some(found) => {
                let either = |node| Node::any(vec![Node::Found(found.clone()), node]);
                Ready { nodes: apart.nodes.into_iter().map(either).collect(), said: apart.said }
            }
        }
    }

    /// A word: what a search finds, and what has something of that name in its title or its list.
    fn word(&self, word: &Word, live: &[bool]) -> Ready {
        if word.text.trim().is_empty() {
            return Ready { nodes: self.each(live, |_| Node::Always), said: Said::word(word) };
        }
        let needle = Needle::new(&word.text);
        // No search knows signs that are no part of a word.
        let search = self.ground.words.filter(|_| word.text.contains(char::is_alphanumeric));
        let found = search.map(|search| search.find(&spelled(word)));
        let text = match &found {
            Some(Some(found)) => Node::Found(found.clone()),
            Some(None) | None => Node::Text(needle.clone()),
        };
        self.unsearched.set(self.unsearched.get() || matches!(found, Some(None)));
        let nodes = self.each(live, |ty| Node::any(vec![text.clone(), self.named(ty, &needle)]));
        Ready { nodes, said: Said::word(word) }
    }

    /// What has something of that name in its title or its list.
    fn named(&self, ty: &Arc<TypeDef>, needle: &Needle) -> Node {
        let subtitle = ty.subtitle.iter().flat_map(|template| template.fields());
        let paths = ty.list.iter().chain(ty.title.fields()).chain(subtitle).map(SmolStr::as_str);
        let mut heads: Vec<&str> = paths.map(|path| path.split('.').next().unwrap_or(path)).collect();
        heads.sort_unstable();
        heads.dedup();
        let fields = heads.into_iter().filter_map(|name| ty.field(name));
        let named = fields.map(|field| (field.name.clone(), named(self.ground.book, ty, field, needle)));
        let named: Vec<_> = named.filter(|(_, values)| !values.is_empty()).collect();
        if named.is_empty() { Node::Never } else { Node::Named(named) }
    }
}

/// A word as a search reads it.
pub fn spelled(word: &Word) -> String {
    match word.quoted {
        true => format!("\"{}\"", word.text.replace('"', " ")),
        false => word.text.to_string(),
    }
}

/// Paths longer than this are not followed; links form cycles, and nobody writes such paths.
const MAX_STEPS: usize = 6;

/// Why a term can't be made ready for a type.
enum Fault {
    /// The type has no such field.
    Nowhere(LeadsNowhere),
    /// The value does not read as the field's kind.
    Value(QueryError),
}

impl From<LeadsNowhere> for Fault {
    fn from(lost: LeadsNowhere) -> Self {
        Self::Nowhere(lost)
    }
}

fn nowhere(ty: &TypeDef, step: &str) -> LeadsNowhere {
    LeadsNowhere { ty: ty.name.clone(), step: step.to_owned(), suggestion: None, several: Vec::new() }
}

/// Whether the first step of a full path is a field of the type.
fn leads(ty: &TypeDef, step: &str) -> bool {
    step == "id" || ty.field(step).is_some()
}

/// Whether records pass that have no value at all.
fn passes_without_value(term: &Term) -> bool {
    let unset = matches!(term.values.as_slice(), [Item::One(atom)] if atom.text.is_empty());
    match term.operator {
        Operator::Colon | Operator::Is => unset,
        Operator::Not | Operator::Lacks => !unset,
        _ => false,
    }
}

pub(super) fn join(
    ready: Vec<Ready>,
    types: usize,
    nodes: impl Fn(Vec<Node>) -> Node,
    said: impl Fn(Vec<Said>) -> Said,
) -> Ready {
    let mut columns: Vec<Vec<Node>> = (0..types).map(|_| Vec::with_capacity(ready.len())).collect();
    let mut words = Vec::with_capacity(ready.len());
    for part in ready {
        columns.iter_mut().zip(part.nodes).for_each(|(column, node)| column.push(node));
        words.push(part.said);
    }
    Ready { nodes: columns.into_iter().map(nodes).collect(), said: said(words) }
}
