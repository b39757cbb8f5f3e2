//! Random edits, and what they mean, said a second time and in a simpler way.

use std::ops::Range;

use fastrand::Rng;
use kontor::yaml::{Data, Document, EditError, Node, NodeKind, Path, Step};

use super::documents;

/// One edit.
#[derive(Debug)]
pub enum Edit {
    Set(Path, Data),
    Remove(Path),
    Insert(Path, usize, Data),
}

impl Edit {
    /// An edit of some part of `root`.
    pub fn random(rng: &mut Rng, root: &Node) -> Self {
        let mut path = Path::root();
        let mut node = root;
        loop {
            let inner: Option<(Step, &Node)> = match &node.kind {
                NodeKind::Map(entries) if !entries.is_empty() => {
                    let (key, node) = &entries[rng.usize(0..entries.len())];
                    Some((Step::Key(key.text.clone()), node))
                }
                NodeKind::List(items) if !items.is_empty() => {
                    let index = rng.usize(0..items.len());
                    Some((Step::Index(index), &items[index]))
                }
                _ => None,
            };
            match inner {
                Some((step, inner)) if path.steps().is_empty() || rng.usize(0..4) > 0 => {
                    path.0.push(step);
                    node = inner;
                }
                _ => break,
            }
        }
        match (&node.kind, rng.usize(0..6)) {
            (NodeKind::Map(_), 0..=2) => Self::Set(path.key(format!("new {}", rng.u8(..))), data(rng, 2)),
            (NodeKind::List(items), 0..=2) => Self::Insert(path, rng.usize(0..=items.len()), data(rng, 2)),
            (_, 3) if !path.steps().is_empty() => Self::Remove(path),
            (NodeKind::Map(_), _) if path.steps().is_empty() => Self::Set(path.key("new"), data(rng, 2)),
            (NodeKind::Scalar { .. }, _) if rng.bool() => Self::Set(path, scalar(rng)),
            _ => Self::Set(path, data(rng, 2)),
        }
    }

    /// Makes it.
    pub fn make(&self, doc: &mut Document) -> Result<(), EditError> {
        match self {
            Self::Set(path, data) => doc.set(path, data),
            Self::Remove(path) => doc.remove(path),
            Self::Insert(path, index, data) => doc.insert(path, *index, data),
        }
    }

    /// Whether the edit makes the one of the other. A new key may stand anywhere.
    pub fn is_meant_by(&self, before: &Node, after: &Node) -> bool {
        sorted(self.meaning(&Data::of(before))) == sorted(Data::of(after))
    }

    /// What a document that says `before` says after it.
    fn meaning(&self, before: &Data) -> Data {
        let mut after = before.clone();
        match self {
            Self::Set(path, data) => set(&mut after, path.steps(), data),
            Self::Insert(path, index, data) => {
                if let Data::List(items) = at(&mut after, path.steps()) {
                    items.insert(*index, data.clone());
                }
            }
            Self::Remove(path) => {
                let (step, above) = path.steps().split_last().unwrap();
                match (at(&mut after, above), step) {
                    (Data::Map(entries), Step::Key(key)) => entries.retain(|(k, _)| k != key),
                    (Data::List(items), Step::Index(index)) => drop(items.remove(*index)),
                    _ => unreachable!(),
                }
            }
        }
        after
    }

    /// The bytes the edit may touch.
    pub fn reach(&self, text: &str, doc: &Document) -> Range<usize> {
        let Some(node) = doc.get(self.path()) else {
            let (above, _) = self.path().split().unwrap();
            return Self::Set(above, Data::Null).reach(text, doc);
        };
        let end = comments_end(text, line_end(text, node.span.end));
        if let (Self::Remove(path), Some((above, _))) = (self, self.path().split())
            && path.steps().len() > 1
            && matches!(&doc.get(&above).unwrap().kind, NodeKind::List(l) if l.len() == 1)
                | matches!(&doc.get(&above).unwrap().kind, NodeKind::Map(m) if m.len() == 1)
        {
            // The whole becomes `{}` or `[]` behind its key.
            return Self::Set(above, Data::Null).entry_start(doc)..end;
        }
        let start = match self {
            // The line before may give up its break.
            Self::Remove(_) => text[..self.entry_start(doc)].trim_end().len(),
            _ => self.entry_start(doc),
        };
        // The comma before the last element goes with it.
        let start = start.min(text[..start].trim_end_matches([' ', ',']).len());
        let start = if matches!(self, Self::Remove(_)) {
            self.before(doc).unwrap_or(start).min(start)
        } else {
            start
        };
        start..end
    }

    /// Whether the comment at a place has to survive the edit.
    pub fn keeps_comment(&self, at: usize, text: &str, doc: &Document) -> bool {
        let Some(node) = doc.get(self.path()) else { return true };
        match self {
            Self::Insert(..) => true,
            // One scalar for another leaves all comments; those in a list or map go with it.
            Self::Set(_, data) if node.as_text().is_some() && !data_is_deep(data) => !in_text(node, text, at),
            Self::Set(..) => at < node.span.start || at >= line_end(text, node.span.end),
            // Those that a text block above would swallow go as well: see `lines` in the engine.
            Self::Remove(_) => {
                at < self.entry_start(doc) || at >= comments_end(text, line_end(text, node.span.end))
            }
        }
    }

    /// The end of the part before.
    fn before(&self, doc: &Document) -> Option<usize> {
        let (above, step) = self.path().split()?;
        let above = doc.get(&above)?;
        match (&above.kind, step) {
            (NodeKind::List(items), Step::Index(index)) => Some(items[index.checked_sub(1)?].span.end),
            (NodeKind::Map(entries), Step::Key(key)) => {
                let index = entries.iter().position(|(k, _)| k.text == *key)?;
                Some(entries[index.checked_sub(1)?].1.span.end)
            }
            _ => None,
        }
    }

    /// Where the key stands, or the end of the element before, or the start of the list.
    fn entry_start(&self, doc: &Document) -> usize {
        let Some((above, step)) = self.path().split() else { return 0 };
        match (&doc.get(&above).unwrap().kind, step) {
            (NodeKind::Map(entries), Step::Key(key)) => {
                entries.iter().find(|(k, _)| k.text == *key).unwrap().0.span.start
            }
            (_, Step::Index(0)) => {
                // Taking the last one away changes what stands behind the list's own key.
                Self::Set(above.clone(), Data::Null).entry_start(doc)
            }
            _ => self.before(doc).unwrap_or(0),
        }
    }

    /// The value that changes.
    pub fn path(&self) -> &Path {
        match self {
            Self::Set(path, _) | Self::Remove(path) | Self::Insert(path, ..) => path,
        }
    }
}

fn at<'a>(data: &'a mut Data, steps: &[Step]) -> &'a mut Data {
    steps.iter().fold(data, |data, step| match (data, step) {
        (Data::Map(entries), Step::Key(key)) => &mut entries.iter_mut().find(|(k, _)| k == key).unwrap().1,
        (Data::List(items), Step::Index(index)) => &mut items[*index],
        _ => unreachable!(),
    })
}

fn set(data: &mut Data, steps: &[Step], new: &Data) {
    if let [above @ .., Step::Key(key)] = steps
        && let Data::Map(entries) = at(data, above)
        && !entries.iter().any(|(k, _)| k == key)
    {
        entries.push((key.clone(), new.clone()));
        return;
    }
    let old = at(data, steps);
    let order = |key: &str, old: &Data| match old {
        Data::Map(entries) => entries.iter().position(|(k, _)| k == key).unwrap_or(usize::MAX),
        _ => 0,
    };
    let mut new = new.clone();
    // Keys that stay keep their order.
    if let Data::Map(entries) = &mut new {
        entries.sort_by_key(|(key, _)| order(key, old));
    }
    *old = new;
}

/// With the keys of all maps in order, and bare like quoted.
fn sorted(data: Data) -> Data {
    match data {
        Data::Map(entries) => {
            let mut entries: Vec<_> = entries.into_iter().map(|(key, data)| (key, sorted(data))).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Data::Map(entries)
        }
        Data::List(items) => Data::List(items.into_iter().map(sorted).collect()),
        Data::Plain(text) => Data::Text(text),
        other => other,
    }
}

fn data_is_deep(data: &Data) -> bool {
    matches!(data, Data::List(_) | Data::Map(_))
}

/// Whether a place is inside a text that only looks like a comment.
fn in_text(node: &Node, text: &str, at: usize) -> bool {
    let first = line_end(text, node.span.start);
    at > first && at < node.span.end
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(['\r', '\n']).map_or(text.len(), |n| at + n)
}

/// Behind the blank lines and comments at a place.
fn comments_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let trimmed = rest.trim_start();
    let at = at + rest.len() - trimmed.len();
    if trimmed.starts_with('#') { comments_end(text, line_end(text, at)) } else { at }
}

/// A scalar that has bytes.
pub fn a_scalar(rng: &mut Rng, root: &Node) -> Option<Path> {
    let mut all = Vec::new();
    collect(root, Path::root(), &mut |path, node| {
        if node.as_text().is_some() && node.span.start < node.span.end {
            all.push(path);
        }
    });
    (!all.is_empty()).then(|| all.swap_remove(rng.usize(0..all.len())))
}

/// A map or list that is not empty.
pub fn a_container<'a>(rng: &mut Rng, root: &'a Node) -> Option<(Path, &'a Node)> {
    let mut all = Vec::new();
    collect(root, Path::root(), &mut |path, node| {
        if node.as_list().is_some_and(|l| !l.is_empty()) || node.as_map().is_some_and(|m| !m.is_empty()) {
            all.push((path, node));
        }
    });
    (!all.is_empty()).then(|| all.swap_remove(rng.usize(0..all.len())))
}

fn collect<'a>(node: &'a Node, path: Path, found: &mut impl FnMut(Path, &'a Node)) {
    match &node.kind {
        NodeKind::List(items) => {
            items.iter().enumerate().for_each(|(n, item)| collect(item, path.clone().index(n), found));
        }
        NodeKind::Map(entries) => {
            entries.iter().for_each(|(key, value)| collect(value, path.clone().key(key.text.clone()), found));
        }
        NodeKind::Scalar { .. } => {}
    }
    found(path, node);
}

/// A value to write.
pub fn data(rng: &mut Rng, depth: usize) -> Data {
    match rng.usize(0..if depth == 0 { 4 } else { 7 }) {
        4 | 5 => Data::List((0..rng.usize(0..4)).map(|_| data(rng, depth - 1)).collect()),
        6 => Data::Map(
            (0..rng.usize(0..4))
                .map(|n| (format!("{} {n}", documents::text(rng)), data(rng, depth - 1)))
                .collect(),
        ),
        _ => scalar(rng),
    }
}

fn scalar(rng: &mut Rng) -> Data {
    match rng.usize(0..8) {
        0 => Data::Null,
        1 => Data::plain(["12500.00 EUR", "-5", "true", "2026-11-21", "30%", "1.10"][rng.usize(0..6)]),
        2 => Data::plain(documents::text(rng)),
        _ => Data::text(documents::text(rng)),
    }
}
