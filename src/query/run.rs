//! A query read and made ready, to be run on many records.

use super::QueryError;
use super::compile::{Compiler, DIRECTIVES, spelled};
use super::explain::{Said, label_of};
use super::facts::Facts;
use super::ground::Ground;
use super::node::{Node, records};
use super::path::Path;
use super::sort::{By, order, refused};
use super::syntax::{Expr, Item, Operator, Term, parse};
use crate::base::Folder;
use crate::model::kinds::Entry;
use crate::model::{Book, Record, TypeDef};
use crate::{tr, tr_n};
use rayon::prelude::*;
use smol_str::SmolStr;
use std::borrow::Cow;
use std::cell::Cell;
use std::sync::Arc;

/// Conditions on records. It knows what the book held when it was read, so read it anew when the book changes.
#[derive(Debug, Clone, Default)]
pub struct Query {
    expr: Option<Expr>,
    kinds: Vec<(Arc<TypeDef>, Node)>,
    said: Said,
    sort: Vec<Order>,
    limit: Option<usize>,
    unsearched: bool,
    facts: Option<Arc<dyn Facts>>,
}

/// One step of an order: `-amount`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The path of a field, spelled in full, or the name of what is known besides.
    pub path: SmolStr,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl Query {
    /// Reads a query for records of a type. The empty text lets everything pass.
    ///
    /// # Errors
    /// Names the place and what is wrong there.
    pub fn parse(text: &str, ty: &Arc<TypeDef>, book: &Book, entry: Entry<'_>) -> Result<Self, QueryError> {
        Self::read(text, Some(ty), &Ground::new(book, entry))
    }

    /// Reads a query for records of a type, or of whichever types it names itself; without a name, of every type
    /// that is not a setting.
    ///
    /// # Errors
    /// Names the place and what is wrong there.
    pub fn read(text: &str, ty: Option<&Arc<TypeDef>>, ground: &Ground<'_>) -> Result<Self, QueryError> {
        let types = match ty {
            Some(ty) => vec![ty.clone()],
            None => types_in(text, ground),
        };
        let compiler = Compiler { ground, types: &types, fixed: ty.is_some(), unsearched: Cell::new(false) };
        let expr = parse(text, &compiler)?;
        Self::compiled(expr, &compiler)
    }

    /// Reads what is asked of a search, about records of any type: the words it is to rank by, those outside brackets that
    /// must be there, and a query for the rest.
    ///
    /// # Errors
    /// Names the place and what is wrong there.
    pub fn apart(text: &str, ground: &Ground<'_>) -> Result<(String, Self), QueryError> {
        let types = types_in(text, ground);
        let compiler = Compiler { ground, types: &types, fixed: false, unsearched: Cell::new(false) };
        let parts = match parse(text, &compiler)? {
            Expr::All(parts) => parts,
            other => vec![other],
        };
        let (words, rest): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.word().is_some());
        let words: Vec<_> = words.iter().filter_map(Expr::word).map(spelled).collect();
        Ok((words.join(" "), Self::compiled(Expr::All(rest), &compiler)?))
    }

    fn compiled(expr: Expr, compiler: &Compiler<'_>) -> Result<Self, QueryError> {
        let (types, ground) = (compiler.types, compiler.ground);
        let (conditions, directives) = part(&expr);
        let ready = compiler.expr(&conditions, &vec![true; types.len()])?;
        let kinds = types.iter().cloned().zip(ready.nodes).filter(|(_, node)| !matches!(node, Node::Never));
        let unsearched = compiler.unsearched.get();
        let facts = ground.facts.clone();
        let mut query =
            Self { kinds: kinds.collect(), said: ready.said, unsearched, facts, ..Self::default() };
        for term in directives {
            query.direct(term, types, ground.book)?;
        }
        query.expr = Some(expr);
        Ok(query)
    }

    /// Takes in `sort:` or `limit:`.
    fn direct(&mut self, term: &Term, types: &[Arc<TypeDef>], book: &Book) -> Result<(), QueryError> {
        for item in &term.values {
            let text = item.text();
            let fault = |message: String| QueryError::new(term.values_at.0.clone(), message);
            if term.field.eq_ignore_ascii_case("limit") {
                let limit = text
                    .parse()
                    .map_err(|_| fault(format!("'{text}' is not a number of records: write limit:20")))?;
                self.limit = Some(limit);
                continue;
            }
            let order = self.order_by(&text, types, book);
            self.sort.push(order.map_err(|error| QueryError { at: term.values_at.0.clone(), ..error })?);
        }
        Ok(())
    }

    /// It as it is written.
    pub(super) fn expr(&self) -> Option<&Expr> {
        self.expr.as_ref()
    }

    /// What a word such as `-amount` sorts by, in any of the types.
    fn order_by(&self, word: &str, types: &[Arc<TypeDef>], book: &Book) -> Result<Order, QueryError> {
        let name = word.trim_start_matches(['-', '+']);
        let mut lost = None;
        for ty in self.types().chain(types) {
            match By::new(ty, name, book, self.facts.as_ref()) {
                Ok(by) => return Ok(Order { path: by.name(), descending: word.starts_with('-') }),
                Err(nowhere) => lost = lost.or(Some(nowhere)),
            }
        }
        let nowhere = || QueryError::new(0..name.len(), format!("there is no field '{name}' to sort by"));
        Err(lost.map_or_else(nowhere, |lost| refused(lost, 0..name.len())))
    }

    /// Sorts by these words first, as `sort:` would, then by what it asks for itself.
    ///
    /// # Errors
    /// When none of its types has such a field.
    pub fn sort_first<'w>(
        &mut self,
        words: impl Iterator<Item = &'w str>,
        ty: Option<&Arc<TypeDef>>,
        book: &Book,
    ) -> Result<(), QueryError> {
        let types: Vec<_> = ty.cloned().into_iter().collect();
        let first = words.map(|word| self.order_by(word, &types, book)).collect::<Result<Vec<_>, _>>()?;
        self.sort.splice(..0, first);
        Ok(())
    }

    /// Whether everything of its type passes, in no order of its own.
    pub fn is_empty(&self) -> bool {
        self.sort.is_empty()
            && self.limit.is_none()
            && self.expr.as_ref().is_none_or(|expr| *expr == Expr::All(Vec::new()))
    }

    /// The types of which records may pass.
    pub fn types(&self) -> impl Iterator<Item = &Arc<TypeDef>> {
        self.kinds.iter().map(|(ty, _)| ty)
    }

    /// The order it asks for.
    pub fn order(&self) -> &[Order] {
        &self.sort
    }

    /// The most records it asks for.
    pub fn limit(&self) -> Option<usize> {
        self.limit
    }

    /// Whether it says something about that field of the type.
    pub fn asks_for(&self, ty: &Arc<TypeDef>, field: &str, book: &Book) -> bool {
        let mut terms = self.expr.iter().flat_map(Expr::terms);
        terms.any(|term| {
            let path = Path::new(ty, &term.field, book);
            path.is_ok_and(|path| path.text.split('.').next() == Some(field))
        })
    }

    /// The words it looks for anywhere, in lower case: to be lit up where they were found.
    pub fn words(&self) -> Vec<String> {
        let leaves = self.expr.iter().flat_map(Expr::leaves);
        let words = leaves.filter_map(|(leaf, positive)| match leaf {
            Expr::Word(word) if positive => Some(word.text.to_lowercase()),
            _ => None,
        });
        words.filter(|word| !word.is_empty()).collect()
    }

    /// Whether it has words that the search could tell nothing of when it was read: they are found as written only.
    pub fn is_unsearched(&self) -> bool {
        self.unsearched
    }

    /// What it was understood to say.
    pub fn said(&self) -> &Said {
        &self.said
    }

    /// Whether the record passes.
    pub fn matches(&self, book: &Book, record: &Record) -> bool {
        self.expr.is_none()
            || self.node(&record.reference.folder).is_some_and(|node| node.holds(book, record))
    }

    fn node(&self, folder: &Folder) -> Option<&Node> {
        self.kinds.iter().find(|(ty, _)| ty.folder == *folder).map(|(_, node)| node)
    }

    /// The records that pass, in their order.
    pub fn filter(&self, book: &Book, records: &[Arc<Record>]) -> Vec<Arc<Record>> {
        if self.is_empty() {
            return records.to_vec();
        }
        records.par_iter().filter(|record| self.matches(book, record)).cloned().collect()
    }

    /// Every record of the type that passes, by id. Where an index of the book knows a few among which they must be,
    /// only these are looked at.
    pub fn of_type(&self, book: &Book, ty: &TypeDef) -> Vec<Arc<Record>> {
        let all = book.of(&ty.folder);
        if self.expr.is_none() {
            return all.to_vec();
        }
        let Some(node) = self.node(&ty.folder) else { return Vec::new() };
        match node.candidates(book, &ty.folder, all.len() / FEW) {
            Some(ids) => {
                let found = records(book, &ty.folder, ids);
                found.into_par_iter().filter(|record| node.holds(book, record)).cloned().collect()
            }
            None => all.par_iter().filter(|record| node.holds(book, record)).cloned().collect(),
        }
    }

    /// Every record that passes, in the order asked for, else type by type and by id; not more than asked for.
    pub fn run(&self, book: &Book) -> Vec<Arc<Record>> {
        let mut found = self.passing(book);
        found.truncate(self.limit.unwrap_or(usize::MAX));
        found
    }

    /// The same, as many as there are.
    pub fn passing(&self, book: &Book) -> Vec<Arc<Record>> {
        let mut found: Vec<_> = self.kinds.iter().flat_map(|(ty, _)| self.of_type(book, ty)).collect();
        self.arrange(&mut found, book);
        found
    }

    /// Brings records into the order asked for. The first field decides first; records of a type that has no such field
    /// come last.
    pub fn arrange(&self, rows: &mut Vec<Arc<Record>>, book: &Book) {
        for Order { path, descending } in self.sort.iter().rev() {
            let by = |ty: &Arc<TypeDef>| By::new(ty, path, book, self.facts.as_ref()).ok();
            let by: Vec<_> = self.types().filter_map(|ty| Some((ty.folder.clone(), by(ty)?))).collect();
            order(rows, &by, *descending, book);
        }
    }
}

impl Query {
    /// What it was understood to say: a line for each condition, those that belong together further in.
    pub fn explain(&self, book: &Book) -> Vec<String> {
        let language = book.settings().language();
        let names: Vec<_> = self.types().map(|ty| ty.plural_label.get(language)).collect();
        let mut lines = vec![match names.as_slice() {
            [] => tr!("nothing can match").into_owned(),
            names if names.len() > MANY => tr!("records of every type").into_owned(),
            names => names.join(", "),
        }];
        match self.said() {
            Said::All(parts) => parts.iter().for_each(|part| part.lines(1, &mut lines)),
            said => said.lines(1, &mut lines),
        }
        lines.extend(self.bounds());
        lines.extend(self.unsearched.then(|| as_written().into_owned()));
        lines
    }

    /// The order asked for and the most records, in words.
    pub fn bounds(&self) -> Vec<String> {
        let orders = self.order().iter().map(|order| {
            let field = label_of(&order.path);
            match order.descending {
                true => tr!("{field}, largest first", field = field).into_owned(),
                false => field,
            }
        });
        let orders: Vec<_> = orders.collect();
        let sorted = (!orders.is_empty())
            .then(|| tr!("sorted by {fields}", fields = orders.join(&tr!(", then by "))).into_owned());
        let most = self.limit().map(|n| tr_n!("at most {n} record", "at most {n} records", n).into_owned());
        sorted.into_iter().chain(most).collect()
    }

    /// The same in one line, without the types.
    pub fn summary(&self) -> String {
        let said = Some(self.said().brief(false)).filter(|said| !said.is_empty());
        said.into_iter().chain(self.bounds()).collect::<Vec<_>>().join(" · ")
    }
}

/// What is said of a query with words while there is no index to look them up in.
pub fn as_written() -> Cow<'static, str> {
    tr!("the search index is not ready: words are found only as written")
}

/// Whether there are words in a query that are looked for anywhere. Of a text that cannot be read that is not known, and
/// it may have some.
pub fn has_words(text: &str) -> bool {
    let expr = parse(text, &super::syntax::OneWord);
    expr.map_or(true, |expr| expr.leaves().into_iter().any(|(leaf, _)| leaf.word().is_some()))
}

/// More types than this are not worth naming.
const MANY: usize = 8;

/// An index is worth it where it leaves less than one record in so many.
const FEW: usize = 4;

/// The types a query may be about: those that are not settings, and settings that it names.
fn types_in(text: &str, ground: &Ground<'_>) -> Vec<Arc<TypeDef>> {
    let schema = ground.book.schema();
    let expr = parse(text, &super::syntax::OneWord).unwrap_or(Expr::All(Vec::new()));
    let named = expr.terms().filter(|term| term.field == "type").flat_map(|term| &term.values);
    let named: Vec<_> =
        named.filter_map(|item| schema.find(&item.text())).map(|ty| ty.name.clone()).collect();
    schema.types().iter().filter(|ty| !ty.setting || named.contains(&ty.name)).cloned().collect()
}

/// The conditions, and what is said about the query as a whole: in no bracket, at the end of an `or` too.
pub(super) fn part(expr: &Expr) -> (Expr, Vec<&Term>) {
    match expr {
        Expr::All(parts) => {
            let said = parts.iter().filter_map(directive).collect();
            let conditions = parts.iter().filter(|part| directive(part).is_none());
            (Expr::All(conditions.cloned().collect()), said)
        }
        Expr::Any(parts) => {
            let (parts, said): (Vec<Expr>, Vec<_>) = parts.iter().map(part).unzip();
            let conditions = parts.into_iter().filter(|part| *part != Expr::All(Vec::new()));
            (Expr::Any(conditions.collect()), said.into_iter().flatten().collect())
        }
        other => match directive(other) {
            Some(term) => (Expr::All(Vec::new()), vec![term]),
            None => (other.clone(), Vec::new()),
        },
    }
}

/// A term that is said about the query as a whole.
fn directive(expr: &Expr) -> Option<&Term> {
    match expr {
        Expr::Term(term) => {
            let named = DIRECTIVES.contains(&term.field.to_lowercase().as_str());
            (named && term.operator == Operator::Colon).then_some(term)
        }
        _ => None,
    }
}

/// Whether the text names a record type by itself: then nobody else has to.
pub fn names_a_type(text: &str, book: &Book) -> bool {
    let Ok(expr) = parse(text, &super::syntax::OneWord) else { return text.contains("type:") };
    let is_type = |item: &Item| book.schema().find(&item.text()).is_some();
    expr.terms()
        .any(|term| term.field == "type" && term.operator.is_equality() && term.values.iter().any(is_type))
}
