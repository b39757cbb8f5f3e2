//! A value becomes another one.

use super::layout::{Entry, Layout, is_block, style};
use crate::yaml::data::Data;
use crate::yaml::edit::{Plan, Splice};
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

/// Ways to spell the scalar at a path as `raw`.
pub(super) fn spelling(layout: &Layout, at: &[Step], raw: &str) -> Option<Vec<Plan>> {
    let entry = layout.find(at)?;
    Some(vec![if entry.flow { in_flow(layout, &entry, raw) } else { with_inline(layout, &entry, raw) }])
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
    let rest = layout.beside(node);
    // Not every reader takes a tab behind an indicator.
    let tab = rest.split('#').next().is_some_and(|space| space.contains('\t'));
    let raw = if raw.is_empty() && tab && node.span.start < node.span.end { "~" } else { raw };
    let spaced = if raw.is_empty() { String::new() } else { format!(" {raw}") };
    if node.as_text().is_none() && !layout.is_flow(node) {
        return collapse(layout, entry, &spaced);
    }
    // A comment beside the old value would get into the lines of a new text block, one beside the sign of an
    // old block goes with the block: both are written again.
    let block = raw.starts_with(['|', '>']);
    let again = block || is_block(node);
    // A spelling from elsewhere may bring its own.
    let own = block && raw.lines().next().is_some_and(|line| line.contains('#'));
    let spaced = match () {
        () if !again || own => spaced,
        () if block => beside(&spaced, rest),
        () => format!("{spaced}{rest}"),
    };
    let end = if again { layout.end_with_beside(node) } else { node.span.end };
    let bare_gap = layout.text[entry.after..node.span.start].bytes().all(|b| b == b' ');
    if node.span.start == node.span.end || (raw.is_empty() && bare_gap) {
        return vec![Splice::new(entry.after, end, spaced)];
    }
    let raw = if raw.is_empty() { "~" } else { spaced.trim_start_matches(' ') };
    vec![Splice::new(node.span.start, end, raw)]
}

/// `raw` with the rest of a line, perhaps a comment, at the end of its first line.
fn beside(raw: &str, rest: &str) -> String {
    let at = raw.find(['\n', '\r']).unwrap_or(raw.len());
    let (first, more) = raw.split_at(at);
    // Not every reader takes a tab behind an indicator.
    let indicator = first.ends_with(':') || first == "-" || first.ends_with(" -");
    let rest = match rest.trim_start_matches([' ', '\t']) {
        comment if rest.starts_with('#') || (indicator && rest.contains('\t')) => format!(" {comment}"),
        _ => rest.to_owned(),
    };
    format!("{first}{rest}{more}")
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
    let start = node.span.start;
    let own_lines = layout.has_break(entry.after, start);
    let whole = node.as_text().is_none() && !layout.is_flow(node);
    // Its last line's comment goes with a list or map, and stays with anything else.
    let rest = if whole && own_lines { "" } else { layout.beside(node) };
    let end = layout.end_with_beside(node);
    let mut plans = Vec::new();
    if own_lines || whole {
        let new = writer.block(data, node.column as usize - 1);
        plans.push(vec![Splice::new(start, end, beside(&new, rest))]);
    }
    let deeper = entry.column() + 2;
    let new = match (entry.is_item(), own_lines) {
        (true, false) => format!(" {}", writer.block(data, deeper)),
        (true, true) => format!("{}{}", writer.line(deeper), writer.block(data, deeper)),
        (false, _) => writer.value(data, entry.column()),
    };
    // The comments between the key and the old value stay.
    let start = if own_lines { layout.line_end_before(start) } else { entry.after };
    plans.push(vec![Splice::new(start, end, beside(&new, rest))]);
    plans
}
