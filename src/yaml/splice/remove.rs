//! A key or an element goes.

use super::layout::{Entry, Layout};
use super::replace;
use crate::yaml::edit::{Plan, Splice};
use crate::yaml::path::Step;

/// Ways to remove the entry at a path.
pub(super) fn plans(layout: &Layout, at: &[Step]) -> Option<Vec<Plan>> {
    let entry = layout.find(at)?;
    if entry.flow {
        return Some(vec![from_flow(layout, &entry)]);
    }
    let (_, above) = at.split_last()?;
    if entry.count() == 1 && !above.is_empty() {
        return Some(vec![last_one(layout, &entry, &layout.find(above)?)]);
    }
    if layout.is_first_on_line(entry.start) {
        return Some(lines(layout, &entry));
    }
    Some(vec![beside_dash(layout, &entry)?])
}

/// All the lines of an entry. Its comments on lines of their own stay, unless something else would then take
/// them, or the blank lines below, for its own.
fn lines(layout: &Layout, entry: &Entry) -> Vec<Plan> {
    let start = layout.line_start(entry.start);
    let end = layout.line_end(entry.node.span.end);
    let next = layout.next_line(end);
    let mut plans = Vec::new();
    if next == end {
        // The last line has no break: the line before gives up its own.
        plans.push(vec![Splice::new(layout.line_end_before(start), end, "")]);
    }
    plans.push(vec![Splice::new(start, next, "")]);
    let own = layout.next_line(layout.entry_end(entry));
    let below = layout.line_start(layout.skip_blank(own));
    plans.push(vec![Splice::new(start, own, "")]);
    plans.push(vec![Splice::new(start, below.max(own), "")]);
    plans
}

/// The first of several entries that starts on the line of a dash: the next one takes its place.
fn beside_dash(layout: &Layout, entry: &Entry) -> Option<Plan> {
    let next = layout.entry(entry.container, entry.index + 1, false)?;
    let end = entry.node.span.end;
    let line_end = layout.line_end(end);
    if !layout.has_comment(line_end, next.start) {
        return Some(vec![Splice::new(entry.start, next.start, "")]);
    }
    let start = layout.text[..entry.start].trim_end_matches(' ').len();
    Some(vec![Splice::new(start, line_end, "")])
}

/// The only entry of a map or list, which stays as `{}` or `[]`.
fn last_one(layout: &Layout, entry: &Entry, container: &Entry) -> Plan {
    replace::with_inline(layout, container, if entry.is_item() { "[]" } else { "{}" })
}

fn from_flow(layout: &Layout, entry: &Entry) -> Plan {
    let end = entry.node.span.end;
    let behind = layout.skip_gap(end);
    let comma_behind = (layout.byte(behind) == b',').then_some(behind);
    let inside = (entry.container.span.start + 1, entry.container.span.end - 1);
    if entry.count() == 1 && !layout.has_comment(inside.0, entry.start) && !layout.has_comment(end, inside.1)
    {
        return vec![Splice::new(inside.0, inside.1, "")];
    }
    // An entry with lines of its own takes them along.
    let stop = comma_behind.map_or(end, |comma| comma + 1);
    let rest = layout.text[stop..layout.line_end(stop)].trim_start();
    let alone = layout.is_first_on_line(entry.start) && (rest.is_empty() || rest.starts_with('#'));
    let own = if alone {
        Splice::new(layout.line_start(entry.start), layout.next_line(stop), "")
    } else {
        Splice::new(entry.start, stop, "")
    };
    let last = entry.index + 1 == entry.count();
    if last && entry.index > 0 && !(alone && comma_behind.is_some()) {
        // A comma goes too: the one before, if none or a last one follows.
        let Some(previous) = layout.entry(entry.container, entry.index - 1, true) else { return vec![own] };
        let before = previous.node.span.end;
        let comma = layout.skip_gap(before);
        let commented = layout.has_comment(before, entry.start);
        if commented && comma_behind.is_some() {
            return vec![own];
        }
        if alone || commented {
            return vec![Splice::new(comma, comma + 1, ""), own];
        }
        return vec![Splice::new(before, end, "")];
    }
    // In a row: with the comma before it, or the first one with the comma behind it.
    if let (false, Some(previous)) = (alone, entry.index.checked_sub(1)) {
        let before = layout.entry(entry.container, previous, true).map_or(entry.start, |e| e.node.span.end);
        if !layout.has_comment(before, entry.start) && !layout.has_break(before, entry.start) {
            return vec![Splice::new(before, end, "")];
        }
    }
    if let (false, 0, Some(next)) = (alone, entry.index, layout.entry(entry.container, 1, true))
        && !layout.has_comment(end, next.start)
        && !layout.has_break(end, next.start)
    {
        return vec![Splice::new(entry.start, next.start, "")];
    }
    vec![own]
}
