//! Where in a file something is.

use crate::yaml::{Node, NodeKind, Style};
use smol_str::SmolStr;

/// Line and column of what `steps` lead to, or of the deepest step that is there. A step is a key, a
/// position in a list, or the `id` of a line. `within` is how many characters into the text there, where it stands on
/// one line as it is.
pub fn locate(root: &Node, steps: &[SmolStr], within: usize) -> (u32, u32) {
    let (mut node, mut place) = (root, (root.line.max(1), root.column.max(1)));
    for step in steps {
        let next = match &node.kind {
            NodeKind::Map(entries) => {
                entries.iter().find(|(key, _)| key.text == step.as_str()).map(|(key, value)| {
                    let scalar = matches!(value.kind, NodeKind::Scalar { .. }) && !value.is_null();
                    (value, if scalar { (value.line, value.column) } else { (key.line, key.column) })
                })
            }
            NodeKind::List(items) => {
                let by_id = |item: &&Node| {
                    item.get("id").and_then(Node::as_text).is_some_and(|id| id == step.as_str())
                };
                let item = items.iter().find(by_id).or_else(|| items.get(step.parse::<usize>().ok()?));
                item.map(|item| (item, (item.line, item.column)))
            }
            NodeKind::Scalar { .. } => None,
        };
        match next {
            Some((inner, at)) => (node, place) = (inner, at),
            None => return place,
        }
    }
    (place.0, place.1 + inside(node, within))
}

/// How far a place in a text is from where the text begins in the file; nothing where it is written otherwise than it
/// is meant, with escapes or over several lines.
fn inside(node: &Node, within: usize) -> u32 {
    let NodeKind::Scalar { text, style } = &node.kind else { return 0 };
    let quote = match style {
        Style::Plain => 0,
        Style::Single | Style::Double => 1,
        Style::Literal | Style::Folded => return 0,
    };
    let as_meant = node.span.end - node.span.start == text.len() + 2 * quote;
    if within > 0 && as_meant { u32::try_from(within + quote).unwrap_or(0) } else { 0 }
}
