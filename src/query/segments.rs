//! `in:furnace-users`: the records of a segment, those its query finds and those named in it, but for those left out.

use super::QueryError;
use super::compile::{Compiler, IN, Ready, join};
use super::explain::{Said, or};
use super::node::{Leaf, Node, Reach};
use super::syntax::{Atom, Item, Term, parse};
use super::test::Test;
use crate::model::near::nearest;
use crate::model::{Record, TypeDef};
use crate::tr;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use std::cell::Cell;
use std::sync::Arc;

impl Compiler<'_> {
    /// The records of one of the segments that a term names.
    pub(super) fn in_segments(&self, term: &Term, live: &[bool]) -> Result<Ready, QueryError> {
        let (mut alternatives, mut names) = (Vec::new(), Vec::new());
        for item in &term.values {
            let atom = match item {
                Item::One(atom) if !atom.text.is_empty() => atom,
                _ => {
                    return Err(QueryError::new(
                        term.values_at.0.clone(),
                        "write the name of a segment after in:",
                    ));
                }
            };
            let segment = self.segment(atom)?;
            names.push(segment.text("name").to_owned());
            let nodes = self.types.iter().zip(live).map(|(ty, live)| match live {
                true => self.members(segment, ty, atom),
                false => Ok(Node::Never),
            });
            alternatives.push(nodes.collect::<Result<Vec<_>, _>>()?);
        }
        let said = Said::Line(tr!("in the segment {names}", names = or(&names)).into_owned());
        let one = |nodes| Ready { nodes, said: said.clone() };
        let of_all =
            join(alternatives.into_iter().map(one).collect(), self.types.len(), Node::any, Said::Any);
        Ok(Ready { said, ..of_all })
    }

    /// The segment of that id or name, whatever its case.
    fn segment(&self, atom: &Atom) -> Result<&Record, QueryError> {
        let all = self.ground.book.of_type("segment");
        let called = |record: &&Arc<Record>| {
            [record.id().as_str(), record.text("name")]
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&atom.text))
        };
        all.iter().find(called).map(Arc::as_ref).ok_or_else(|| {
            let mut error =
                QueryError::new(atom.at.0.clone(), format!("there is no segment '{}'", atom.text));
            error.suggestion =
                nearest(&atom.text, all.iter().map(|record| record.id().as_str())).map(str::to_owned);
            error
        })
    }

    /// The members of that type.
    fn members(&self, segment: &Record, ty: &Arc<TypeDef>, atom: &Atom) -> Result<Node, QueryError> {
        let (book, query) = (self.ground.book, segment.text("query"));
        let is_of_it = book.schema().find(segment.text("type")).is_some_and(|of| of.name == ty.name);
        let found = match is_of_it && !query.trim().is_empty() {
            false => Node::Never,
            true => self.found_by(query, ty).map_err(|error| {
                let message = format!("the query of the segment {} is wrong: {error}", segment.id());
                QueryError::new(atom.at.0.clone(), message)
            })?,
        };
        let listed = |field: &str| {
            let references = segment.get(field).scalars().into_iter();
            let here = references.filter_map(|text| text.strip_prefix(ty.folder.as_str())?.strip_prefix('/'));
            let ids: FxHashSet<SmolStr> = here.map(SmolStr::from).collect();
            match ids.is_empty() {
                true => Node::Never,
                false => Node::Value(Box::new(Leaf { reach: Reach::Id, test: Test::Among(ids) })),
            }
        };
        let (members, excluded) = (listed("members"), listed("excluded"));
        Ok(Node::all(vec![Node::any(vec![found, members]), excluded.not_if(true)]))
    }

    fn found_by(&self, query: &str, ty: &Arc<TypeDef>) -> Result<Node, QueryError> {
        let types = [ty.clone()];
        let inner =
            Compiler { ground: self.ground, types: &types, fixed: true, unsearched: Cell::new(false) };
        let expr = parse(query, &inner)?;
        // It might be its own.
        if let Some(term) = expr.terms().find(|term| term.field.eq_ignore_ascii_case(IN)) {
            return Err(QueryError::new(term.field_at.0.clone(), "a segment is not made of segments"));
        }
        let Ready { nodes, .. } = inner.expr(&expr, &[true])?;
        self.unsearched.set(self.unsearched.get() || inner.unsearched.get());
        Ok(nodes.into_iter().next().unwrap_or(Node::Never))
    }
}
