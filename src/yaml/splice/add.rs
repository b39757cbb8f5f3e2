//! A map gets a key, a list an element.

use super::layout::{Layout, column, is_block, len};
use super::replace;
use crate::yaml::data::Data;
use crate::yaml::edit::{Plan, Splice};
use crate::yaml::node::{Node, NodeKind};
use crate::yaml::path::Step;
use crate::yaml::write::Writer;

/// Ways to put a key into the map at a path.
pub(super) fn key(
    layout: &Layout,
    at: &[Step],
    key: &str,
    value: &Data,
    after: Option<&str>,
) -> Option<Vec<Plan>> {
    let (map, flow) = layout.node(at)?;
    let entries = map.as_map()?;
    let index = match after {
        Some(name) => entries.iter().position(|(k, _)| k.text == name)? + 1,
        None => entries.len(),
    };
    if entries.is_empty() && !layout.is_flow(map) {
        return Some(first(layout, map, key, value));
    }
    if layout.is_flow(map) {
        // `{}` behind a key opens up, unless there is a comment in it.
        let mut plans = Vec::new();
        let comment = layout.has_comment(map.span.start, map.span.end);
        if entries.is_empty() && !comment && !flow && !at.is_empty() {
            let data = Data::Map(vec![(key.to_owned(), value.clone())]);
            plans = replace::plans(layout, at, &data)?;
            plans.retain(|plan| plan.iter().all(|splice| !splice.new.contains('{')));
        }
        plans.push(in_flow(layout, map, index, &layout.writer(map.span.start).flow_entry(key, value))?);
        return Some(plans);
    }
    Some(in_block(layout, map, index, |writer, column| writer.entry(key, value, column)))
}

/// Ways to put an element into the list at a path.
pub(super) fn item(layout: &Layout, at: &[Step], index: usize, value: &Data) -> Option<Vec<Plan>> {
    let (list, flow) = layout.node(at)?;
    let items = list.as_list()?;
    if layout.is_flow(list) {
        let mut plans = Vec::new();
        // `[]` opens up for what does not fit on its line.
        if items.is_empty() && !layout.has_comment(list.span.start, list.span.end) && !flow {
            plans = replace::plans(layout, at, &Data::List(vec![value.clone()]))?;
        }
        plans.push(in_flow(layout, list, index, &layout.writer(list.span.start).flow(value, None))?);
        return Some(plans);
    }
    Some(in_block(layout, list, index, |writer, column| writer.item(value, column)))
}

/// The first key of a file.
fn first(layout: &Layout, root: &Node, key: &str, value: &Data) -> Vec<Plan> {
    let at = root.span.start;
    let fresh = layout.is_first_on_line(at) && at == layout.line_start(at);
    let last = at == layout.text.len();
    let writer = layout.writer(at);
    let plan = |blocks| {
        let writer = Writer { blocks, ..writer };
        let before = if fresh { "" } else { writer.newline };
        // An empty file becomes a proper one; one without a last line break stays so.
        let after = if !last || fresh { writer.newline } else { "" };
        vec![Splice::new(at, at, format!("{before}{}{after}", writer.entry(key, value, 0)))]
    };
    vec![plan(true), plan(false)]
}

/// An entry on lines of its own, behind the one before it. Where that one cannot be told from what follows
/// (a text block at the end of the file), before it.
fn in_block(
    layout: &Layout,
    container: &Node,
    index: usize,
    write: impl Fn(&Writer, usize) -> String,
) -> Vec<Plan> {
    let column = column(container);
    let mut plans = Vec::new();
    for blocks in [true, false] {
        let before = |index| {
            let entry = layout.entry(container, index, false)?;
            let writer = Writer { blocks, ..layout.writer(entry.start) };
            let new = format!("{}{}", write(&writer, column), writer.line(column));
            Some(vec![Splice::new(entry.start, entry.start, new)])
        };
        let Some(previous) = index.checked_sub(1) else {
            plans.extend(before(0));
            continue;
        };
        if let Some(entry) = layout.entry(container, previous, false) {
            let writer = Writer { blocks, ..layout.writer(entry.node.span.end) };
            let new = format!("{}{}", writer.line(column), write(&writer, column));
            // Comments below count as the entry's own, unless that cannot be.
            for end in [layout.entry_end(&entry), layout.line_end(entry.node.span.end)] {
                plans.push(vec![Splice::new(end, end, new.clone())]);
            }
        }
        if container.as_map().is_some() {
            plans.extend(before(previous));
        } else if let Some(sign) = unfinished_block(layout, container) {
            let end = layout.text.len();
            let writer = Writer { blocks, ..layout.writer(end) };
            let new = format!("{}{}", writer.line(column), write(&writer, column));
            plans.push(vec![sign, Splice::new(end, end, new)]);
        }
    }
    plans
}

/// Where a container ends in a text block whose last line has no break, the file ending with it: its sign with
/// the `-` that keeps it so when something follows.
fn unfinished_block(layout: &Layout, container: &Node) -> Option<Splice> {
    let mut node = container;
    while let Some(last) = match &node.kind {
        NodeKind::Map(entries) => entries.last().map(|(_, value)| value),
        NodeKind::List(items) => items.last(),
        NodeKind::Scalar { .. } => None,
    } {
        node = last;
    }
    if !is_block(node) || node.span.end < layout.text.len() {
        return None;
    }
    let header = node.span.of(layout.text).split([' ', '\t', '#', '\r', '\n']).next()?;
    let new = format!("{}-", header.replace(['+', '-'], ""));
    Some(Splice::new(node.span.start, node.span.start + header.len(), new))
}

/// An entry inside brackets or braces.
fn in_flow(layout: &Layout, container: &Node, index: usize, raw: &str) -> Option<Plan> {
    if len(container) == 0 {
        let at = container.span.start + 1;
        return Some(vec![Splice::new(at, at, raw)]);
    }
    let Some(previous) = index.checked_sub(1) else {
        let next = layout.entry(container, 0, true)?;
        return Some(vec![Splice::new(next.start, next.start, format!("{raw}, "))]);
    };
    let entry = layout.entry(container, previous, true)?;
    let end = entry.node.span.end;
    if !layout.is_first_on_line(entry.start) {
        return Some(vec![Splice::new(end, end, format!(", {raw}"))]);
    }
    // One entry a line: go on so. A comment beside the entry before stays beside it.
    let line = layout.writer(end).line(entry.start - layout.line_start(entry.start));
    let gap = layout.skip_gap(end);
    if layout.byte(gap) == b',' {
        let stop = layout.line_end(gap);
        let rest = layout.text[gap + 1..stop].trim_start();
        if rest.is_empty() || rest.starts_with('#') {
            return Some(vec![Splice::new(stop, stop, format!("{line}{raw},"))]);
        }
        return Some(vec![Splice::new(end, end, format!(", {raw}"))]);
    }
    let stop = layout.line_end(end);
    let rest = layout.text[end..stop].trim_start();
    if rest.is_empty() || rest.starts_with('#') {
        return Some(vec![Splice::new(end, end, ","), Splice::new(stop, stop, format!("{line}{raw}"))]);
    }
    Some(vec![Splice::new(end, end, format!(", {raw}"))])
}
