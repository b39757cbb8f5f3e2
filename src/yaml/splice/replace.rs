//! A value becomes another one.

use super::layout::{Entry, Layout, style};
use crate::yaml::data::Data;
use crate::yaml::edit::{Plan, Splice};
use crate::yaml::node::Node;
use crate::yaml::path::Step;
use crate::yaml::scalar::spellings;
use crate::yaml::write::Writer;

/// Ways to replace the value at a path.
pub(super) fn plans(layout: &Layout, at: &[Step], data: &Data) -> Option<Vec<Plan>> {
    let entry = layout.find(at)?;
    let writer = layout.writer(entry.start);
    if entry.flow {
        return Some(vec![in_flow(layout, &entry, &writer.flow(data, style(entry.node)))]);
    }
    let mut plans: Vec<Plan> =
        inline(layout, &entry, data, &writer).iter().map(|raw| with_inline(layout, &entry, raw)).collect();
    if !data.is_scalar() {
        for blocks in [true, false] {
            plans.extend(with_block(layout, &entry, data, &Writer { blocks, ..writer }));
        }
    }
    Some(plans)
}

fn in_flow(layout: &Layout, entry: &Entry, raw: &str) -> Plan {
    let node = entry.node;
    if node.span.start < node.span.end {
        return vec![Splice::new(node.span.start, node.span.end, raw)];
    }
    let colon = if layout.byte(entry.after - 1) == b':' { "" } else { ":" };
    vec![Splice::new(entry.after, entry.after, format!("{colon} {raw}"))]
}

/// Ways to write `data` on the line of its key, best first.
fn inline(layout: &Layout, entry: &Entry, data: &Data, writer: &Writer) -> Vec<String> {
    let old = style(entry.node);
    match data {
        Data::Null => vec![String::new()],
        Data::Text(text) => spellings(text, false, old, &writer.room(entry.column())),
        Data::Plain(text) => spellings(text, true, old, &writer.room(entry.column())),
        // What is in brackets stays in brackets.
        Data::List(_) | Data::Map(_) if layout.is_flow(entry.node) && is_simple(data) => {
            vec![writer.flow(data, None)]
        }
        Data::List(_) | Data::Map(_) => writer.inline(data, None, entry.column()).into_iter().collect(),
    }
}

fn is_simple(data: &Data) -> bool {
    let plain = |data: &Data| matches!(data, Data::Text(t) | Data::Plain(t) if !t.contains('\n'));
    match data {
        Data::List(items) => items.iter().all(plain),
        Data::Map(entries) => entries.iter().all(|(_, value)| plain(value)),
        scalar => plain(scalar),
    }
}

/// Replaces a value by one that starts on the line of its key.
pub(super) fn with_inline(layout: &Layout, entry: &Entry, raw: &str) -> Plan {
    let node = entry.node;
    let spaced = if raw.is_empty() { String::new() } else { format!(" {raw}") };
    if node.as_text().is_none() && !layout.is_flow(node) {
        return collapse(layout, entry, &spaced);
    }
    let comment = layout.comment_beside(node);
    let block = raw.starts_with(['|', '>']);
    // A comment beside the old value is in the way of a text block's lines, one beside an old block's sign
    // goes with the block: both are written again.
    let again = !comment.is_empty() && (block || is_block(node));
    let end = if again && !is_block(node) { layout.line_end(node.span.end) } else { node.span.end };
    let spaced = if again { beside(&spaced, comment) } else { spaced };
    let bare_gap = layout.text[entry.after..node.span.start].bytes().all(|b| b == b' ');
    if node.span.start == node.span.end || (raw.is_empty() && bare_gap) {
        return vec![Splice::new(entry.after, end, spaced)];
    }
    let raw = if raw.is_empty() { "~" } else { spaced.trim_start_matches(' ') };
    vec![Splice::new(node.span.start, end, raw)]
}

fn is_block(node: &Node) -> bool {
    style(node).is_some_and(|style| style.is_block())
}

/// `raw` with a comment at the end of its first line.
fn beside(raw: &str, comment: &str) -> String {
    let at = raw.find(['\n', '\r']).unwrap_or(raw.len());
    let comment = if comment.starts_with([' ', '\t']) { comment.to_owned() } else { format!(" {comment}") };
    format!("{}{comment}{}", &raw[..at], &raw[at..])
}

/// Replaces a map or list on lines of its own by `raw` behind the key, keeping the comments between the two.
fn collapse(layout: &Layout, entry: &Entry, raw: &str) -> Plan {
    let node = entry.node;
    let gap = layout.has_break(entry.after, node.span.start);
    let end = if gap { layout.line_end(node.span.end) } else { node.span.end };
    if !layout.has_comment(entry.after, node.span.start) {
        return vec![Splice::new(entry.after, end, raw)];
    }
    vec![
        Splice::new(entry.after, entry.after, raw),
        Splice::new(layout.line_end_before(node.span.start), end, ""),
    ]
}

/// Replaces a value by a map or list on lines of its own.
fn with_block(layout: &Layout, entry: &Entry, data: &Data, writer: &Writer) -> Vec<Plan> {
    let node = entry.node;
    let mut plans = Vec::new();
    let own_lines = layout.has_break(entry.after, node.span.start);
    let in_place = |column| vec![Splice::new(node.span.start, node.span.end, writer.block(data, column))];
    if own_lines || (node.as_text().is_none() && !layout.is_flow(node)) {
        plans.push(in_place(node.column as usize - 1));
    }
    let comment = layout.comment_beside(node);
    let end = if is_block(node) { node.span.end } else { node.span.end + comment.len() };
    let raw = if entry.is_item() {
        format!(" {}", writer.block(data, entry.column() + 2))
    } else {
        writer.value(data, entry.column())
    };
    // A value that would start on the line of its key is written in full here.
    plans.push(vec![Splice::new(entry.after, end, beside_if(&raw, comment))]);
    plans
}

fn beside_if(raw: &str, comment: &str) -> String {
    if comment.is_empty() { raw.to_owned() } else { beside(raw, comment) }
}
