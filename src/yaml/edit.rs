//! One change of a document, the ways to make it, and the proof that it was made.

use super::data::Data;
use super::node::{Node, NodeKind, Span};
use super::path::{Path, Step};

/// Why an edit was not made. The document is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The path leads nowhere.
    #[error("there is no {path} to change")]
    NotFound {
        /// Where it should have been.
        path: Path,
    },
    /// The path goes on where the file has something without parts.
    #[error("{path} holds {found}, so nothing can be put under it: clear it first, or edit the file")]
    NoParts {
        /// What the path passes.
        path: Path,
        /// What is there.
        found: &'static str,
    },
    /// The file would get too large or too deep.
    #[error("changing {path} is not possible: {why}")]
    Limit {
        /// What was to be changed.
        path: Path,
        /// Which limit is in the way, and what to do.
        why: String,
    },
    /// Every way to write it would change something else too.
    #[error(
        "changing {path} would change more than that, because of how the file is written: edit the file by hand"
    )]
    Refused {
        /// What was to be changed.
        path: Path,
    },
}

/// One change. The path is of the value that is changed, or of the map or list that gets a part more.
pub(super) struct Edit<'a> {
    pub at: &'a [Step],
    pub op: Op<'a>,
}

/// What is done to the value an [`Edit`] is at.
pub(super) enum Op<'a> {
    /// Becomes this.
    Replace(&'a Data),
    /// A scalar is spelled like this, whatever it then says.
    Respell(&'a str),
    /// Goes.
    Remove,
    /// A map gets a key it does not have, behind the named one or at its end.
    AddKey { key: &'a str, value: &'a Data, after: Option<&'a str> },
    /// A list gets an element before the one with this index, or at its end.
    Insert { index: usize, value: &'a Data },
}

/// Bytes to replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Splice {
    pub span: Span,
    pub new: String,
}

impl Splice {
    pub fn new(start: usize, end: usize, new: impl Into<String>) -> Self {
        Self { span: Span { start, end }, new: new.into() }
    }
}

/// The bytes to replace for one edit, in order and apart.
pub(super) type Plan = Vec<Splice>;

/// What finds the bytes. It may be wrong: whatever it proposes is made only if the result parses to exactly
/// what the edit means.
pub(super) trait Engine {
    /// Ways to make `edit` in `text`, best first.
    fn plans(&self, text: &str, root: &Node, edit: &Edit) -> Vec<Plan>;
}

/// The text after `plan`. None if the plan is not in order.
pub(super) fn apply(text: &str, plan: &Plan) -> Option<String> {
    let mut out = String::with_capacity(text.len() + plan.iter().map(|s| s.new.len()).sum::<usize>());
    let mut at = 0;
    for splice in plan {
        out.push_str(text.get(at..splice.span.start)?);
        out.push_str(&splice.new);
        at = splice.span.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// Whether `new` is exactly `old` after `edit`.
pub(super) fn is_made(old: &Node, new: &Node, edit: &Edit) -> bool {
    made(old, new, edit.at, &edit.op)
}

fn made(old: &Node, new: &Node, at: &[Step], op: &Op) -> bool {
    match (at, op) {
        ([], Op::Replace(data)) => data.is_written_in(new),
        ([], Op::Respell(_)) => new.as_text().is_some(),
        ([], Op::Remove) => false,
        ([], Op::AddKey { key, value, .. }) => {
            let (NodeKind::Map(old), NodeKind::Map(new)) = (&old.kind, &new.kind) else { return false };
            let Some(n) = new.iter().position(|(k, _)| k.text == *key) else { return false };
            value.is_written_in(&new[n].1) && same_entries(old, new[..n].iter().chain(&new[n + 1..]))
        }
        ([], Op::Insert { index, value }) => {
            let (NodeKind::List(old), NodeKind::List(new)) = (&old.kind, &new.kind) else { return false };
            new.get(*index).is_some_and(|node| value.is_written_in(node))
                && same_items(old, new[..*index].iter().chain(&new[index + 1..]))
        }
        ([step], Op::Remove) => match (&old.kind, &new.kind, step) {
            (NodeKind::Map(old), NodeKind::Map(new), Step::Key(key)) => {
                new.len() + 1 == old.len() && same_entries(new, old.iter().filter(|(k, _)| k.text != *key))
            }
            (NodeKind::List(old), NodeKind::List(new), Step::Index(n)) if *n < old.len() => {
                same_items(new, old[..*n].iter().chain(&old[n + 1..]))
            }
            _ => false,
        },
        ([step, rest @ ..], _) => match (&old.kind, &new.kind, step) {
            (NodeKind::Map(old), NodeKind::Map(new), Step::Key(key)) => {
                old.len() == new.len()
                    && old.iter().zip(new).all(|((k, a), (l, b))| {
                        k.text == l.text && if k.text == *key { made(a, b, rest, op) } else { same(a, b) }
                    })
            }
            (NodeKind::List(old), NodeKind::List(new), Step::Index(n)) => {
                old.len() == new.len()
                    && old
                        .iter()
                        .zip(new)
                        .enumerate()
                        .all(|(i, (a, b))| if i == *n { made(a, b, rest, op) } else { same(a, b) })
            }
            _ => false,
        },
    }
}

/// Whether two nodes say the same in the same style.
pub(super) fn same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (NodeKind::Scalar { text: a, style: s }, NodeKind::Scalar { text: b, style: t }) => a == b && s == t,
        (NodeKind::List(a), NodeKind::List(b)) => same_items(a, b.iter()),
        (NodeKind::Map(a), NodeKind::Map(b)) => same_entries(a, b.iter()),
        _ => false,
    }
}

fn same_items<'a>(a: &[Node], mut b: impl Iterator<Item = &'a Node>) -> bool {
    a.iter().all(|a| b.next().is_some_and(|b| same(a, b))) && b.next().is_none()
}

type Entry = (super::node::Key, Node);

fn same_entries<'a>(a: &[Entry], mut b: impl Iterator<Item = &'a Entry>) -> bool {
    a.iter().all(|(k, a)| b.next().is_some_and(|(l, b)| k.text == l.text && same(a, b))) && b.next().is_none()
}
