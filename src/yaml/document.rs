//! A text and its tree, changed one value at a time.

use super::data::Data;
use super::edit::{self, Edit, EditError, Engine, Op, Plan, Splice};
use super::error::YamlError;
use super::node::{Node, NodeKind};
use super::parse::{parse, parse_bytes};
use super::path::{Path, Step};
use super::splice::Splicer;

/// A record's file: its text, and edits that change the bytes of one value and no other.
///
/// Every edit is verified: the result must parse to exactly the old content with the intended change, or the
/// edit is refused and the document stays as it was. What stays beside a change:
///
/// - comments on lines of their own always stay, above a removed key too; a comment on the line of a removed
///   key or element goes with it, one beside a changed value stays beside the new value;
/// - a list or map that is replaced by something else goes with the comments inside it;
/// - a scalar keeps its quotes or its block style if they can hold the new text;
/// - line breaks are those of the file, and a file without a final line break stays so unless the new value
///   itself ends in one.
///
/// ```
/// use kontor::yaml::{Data, Document, Path};
/// let mut file = Document::parse("stage: proposal  # since May\nowner: lena\n").unwrap();
/// file.set(&Path::from("stage"), &Data::text("negotiation")).unwrap();
/// assert_eq!(file.text(), "stage: negotiation  # since May\nowner: lena\n");
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    text: String,
    root: Node,
}

impl Document {
    /// Reads a text.
    pub fn parse(text: impl Into<String>) -> Result<Self, YamlError> {
        let text = text.into();
        let root = parse(&text)?;
        Ok(Self { text, root })
    }

    /// Reads bytes, which must be UTF-8.
    pub fn parse_bytes(bytes: &[u8]) -> Result<Self, YamlError> {
        let root = parse_bytes(bytes)?;
        // Parsing has checked it.
        Ok(Self { text: String::from_utf8_lossy(bytes).into_owned(), root })
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as it is now.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The tree as it is now.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The value at `path`.
    pub fn get(&self, path: &Path) -> Option<&Node> {
        path.steps().iter().try_fold(&self.root, |node, step| match step {
            Step::Key(key) => node.get(key),
            Step::Index(index) => node.as_list()?.get(*index),
        })
    }

    /// The bytes of the value at `path` as the file spells them.
    pub fn raw(&self, path: &Path) -> Option<&str> {
        self.get(path).map(|node| node.span.of(&self.text))
    }

    /// Makes the value at `path` say `data`. What says so already is not touched, so a list or map changes
    /// only in the parts that differ. Maps on the way that are missing are made.
    pub fn set(&mut self, path: &Path, data: &Data) -> Result<(), EditError> {
        self.set_in_order(path, data, &[])
    }

    /// Like [`Self::set`]; if the key is new, it comes behind the last of those present that `order` names
    /// before it, or at the end of its map.
    pub fn set_in_order(&mut self, path: &Path, data: &Data, order: &[&str]) -> Result<(), EditError> {
        self.whole(|doc| doc.put(path, data, order))
    }

    /// Spells the value at `path`, which becomes a scalar, as `raw`: what [`Self::raw`] gave for it in this or
    /// another file, to take a change back to the byte.
    pub fn respell(&mut self, path: &Path, raw: &str) -> Result<(), EditError> {
        if self.get(path).is_none() {
            return Err(EditError::NotFound { path: path.clone() });
        }
        self.whole(|doc| {
            doc.make(path, Op::Respell(raw))?;
            let spelled = doc.raw(path) == Some(raw);
            if spelled { Ok(()) } else { Err(EditError::Refused { path: path.clone() }) }
        })
    }

    /// Removes the key or element at `path`.
    pub fn remove(&mut self, path: &Path) -> Result<(), EditError> {
        if path.steps().is_empty() || self.get(path).is_none() {
            return Err(EditError::NotFound { path: path.clone() });
        }
        self.make(path, Op::Remove)
    }

    /// Puts an element into the list at `path`, before the one with this index or at its end.
    pub fn insert(&mut self, path: &Path, index: usize, data: &Data) -> Result<(), EditError> {
        let Some(node) = self.get(path) else { return Err(EditError::NotFound { path: path.clone() }) };
        let Some(items) = node.as_list() else {
            return Err(EditError::NoParts { path: path.clone(), found: node.describe() });
        };
        if index > items.len() {
            return Err(EditError::NotFound { path: path.clone().index(index) });
        }
        self.make(path, Op::Insert { index, value: data })
    }

    /// Puts an element at the end of the list at `path`, which is made if it is missing or empty.
    pub fn push(&mut self, path: &Path, data: &Data) -> Result<(), EditError> {
        match self.get(path) {
            Some(node) if !node.is_null() => self.insert(path, node.as_list().map_or(0, <[Node]>::len), data),
            _ => self.set(path, &Data::List(vec![data.clone()])),
        }
    }

    /// Runs edits that belong together: all are made or none.
    fn whole(&mut self, edits: impl FnOnce(&mut Self) -> Result<(), EditError>) -> Result<(), EditError> {
        let mut doc = self.clone();
        edits(&mut doc)?;
        *self = doc;
        Ok(())
    }

    fn put(&mut self, path: &Path, data: &Data, order: &[&str]) -> Result<(), EditError> {
        let Some(node) = self.get(path) else { return self.add(path, data, order) };
        match (data, &node.kind) {
            _ if data.is_in(node) => Ok(()),
            (Data::Map(new), NodeKind::Map(old))
                if path.steps().is_empty() || !new.is_empty() && !old.is_empty() =>
            {
                let old = old.iter().map(|(key, _)| key.text.clone()).collect();
                self.merge_map(path, new, old)
            }
            (Data::List(new), NodeKind::List(old)) if !new.is_empty() && !old.is_empty() => {
                let old = old.iter().map(|node| new.iter().map(|data| data.is_in(node)).collect()).collect();
                self.merge_list(path, new, old)
            }
            _ => self.make(path, Op::Replace(data)),
        }
    }

    /// A value where none is yet.
    fn add(&mut self, path: &Path, data: &Data, order: &[&str]) -> Result<(), EditError> {
        let Some((parent, step)) = path.split() else { return Ok(()) };
        let wrapped = match step {
            Step::Key(key) => Data::Map(vec![(key.clone(), data.clone())]),
            Step::Index(0) => Data::List(vec![data.clone()]),
            Step::Index(_) => Data::Null,
        };
        let container = match self.get(&parent) {
            None if wrapped == Data::Null => return Err(EditError::NotFound { path: path.clone() }),
            None => return self.add(&parent, &wrapped, &[]),
            Some(node) => node,
        };
        match (&container.kind, step) {
            (NodeKind::Map(entries), Step::Key(key)) => {
                let before = order.iter().take_while(|name| *name != key);
                let present = |name: &&&str| entries.iter().any(|(k, _)| k.text == ***name);
                let known = order.contains(&key.as_str());
                let after = before.filter(present).last().copied().filter(|_| known);
                self.make(&parent, Op::AddKey { key, value: data, after })
            }
            (NodeKind::List(items), Step::Index(index)) if *index == items.len() => {
                self.insert(&parent, *index, data)
            }
            (NodeKind::List(_), Step::Index(_)) => Err(EditError::NotFound { path: path.clone() }),
            (NodeKind::Scalar { .. }, _) if container.is_null() && wrapped != Data::Null => {
                self.make(&parent, Op::Replace(&wrapped))
            }
            _ => Err(EditError::NoParts { found: container.describe(), path: parent }),
        }
    }

    /// Changes, adds and removes the keys that differ.
    fn merge_map(&mut self, path: &Path, new: &[(String, Data)], old: Vec<String>) -> Result<(), EditError> {
        let order: Vec<&str> = new.iter().map(|(key, _)| key.as_str()).collect();
        for (key, value) in new {
            self.put(&path.clone().key(key), value, &order)?;
        }
        for key in old.iter().filter(|key| !order.contains(&key.as_str())) {
            self.make(&path.clone().key(key), Op::Remove)?;
        }
        Ok(())
    }

    /// Changes, adds and removes the elements that differ. `equal[i][j]` says that old element `i` is new
    /// element `j` already.
    fn merge_list(&mut self, path: &Path, new: &[Data], equal: Vec<Vec<bool>>) -> Result<(), EditError> {
        let (old_len, new_len) = (equal.len(), new.len());
        let shorter = old_len.min(new_len);
        let head = (0..shorter).take_while(|&i| equal[i][i]).count();
        let tail = (1..=shorter - head).take_while(|&n| equal[old_len - n][new_len - n]).count();
        let common = shorter - head - tail;
        for (index, data) in new.iter().enumerate().skip(head).take(common) {
            self.put(&path.clone().index(index), data, &[])?;
        }
        let middle = head + common;
        for (index, value) in new.iter().enumerate().take(new_len - tail).skip(middle) {
            self.make(path, Op::Insert { index, value })?;
        }
        for index in (middle..old_len - tail).rev() {
            self.make(&path.clone().index(index), Op::Remove)?;
        }
        Ok(())
    }

    fn make(&mut self, path: &Path, op: Op) -> Result<(), EditError> {
        self.make_with(&Splicer, path, op)
    }

    /// Takes the first plan of the engine whose result is proven to be the edit.
    pub(super) fn make_with(&mut self, engine: &dyn Engine, path: &Path, op: Op) -> Result<(), EditError> {
        let edit = Edit { at: path.steps(), op };
        let mut limit = None;
        for plan in engine.plans(&self.text, &self.root, &edit) {
            for plan in [Some(&plan), self.ended(&plan).as_ref()].into_iter().flatten() {
                let Some(text) = edit::apply(&self.text, plan) else { continue };
                match parse(&text) {
                    Ok(root) if edit::is_made(&self.root, &root, &edit) => {
                        *self = Self { text, root };
                        return Ok(());
                    }
                    Ok(_) => {}
                    Err(e) => limit = limit.or_else(|| e.kind.is_limit().then(|| e.kind.to_string())),
                }
            }
        }
        let path = match edit.op {
            Op::AddKey { key, .. } => path.clone().key(key),
            Op::Insert { index, .. } => path.clone().index(index),
            Op::Replace(_) | Op::Respell(_) | Op::Remove => path.clone(),
        };
        Err(match limit {
            Some(why) => EditError::Limit { path, why },
            None => EditError::Refused { path },
        })
    }

    /// The plan with a line break at the end of a file that has none: a text block there may need it, as it
    /// is a part of the text.
    fn ended(&self, plan: &Plan) -> Option<Plan> {
        let end = self.text.len();
        if self.text.ends_with(['\n', '\r']) || !plan.iter().any(|splice| splice.new.contains('\n')) {
            return None;
        }
        let newline = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut plan = plan.clone();
        match plan.last_mut() {
            Some(last) if last.span.end == end => last.new.push_str(newline),
            _ => plan.push(Splice::new(end, end, newline)),
        }
        Some(plan)
    }
}
