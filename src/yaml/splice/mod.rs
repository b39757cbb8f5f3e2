//! The engine: finds the bytes an edit replaces, from the spans of the tree.
//!
//! It knows the layout of YAML, not all its rules: what it proposes is verified by parsing.

mod add;
mod layout;
mod remove;
mod replace;

use super::edit::{Edit, Engine, Op, Plan};
use super::node::Node;
use layout::Layout;

/// Replaces the bytes of one value.
pub(super) struct Splicer;

impl Engine for Splicer {
    fn plans(&self, text: &str, root: &Node, edit: &Edit) -> Vec<Plan> {
        let layout = Layout { text, root };
        match &edit.op {
            Op::Replace(data) => replace::plans(&layout, edit.at, data),
            Op::Respell(raw) => replace::spelling(&layout, edit.at, raw),
            Op::Remove => remove::plans(&layout, edit.at),
            Op::AddKey { key, value, after } => add::key(&layout, edit.at, key, value, *after),
            Op::Insert { index, value } => add::item(&layout, edit.at, *index, value),
        }
        .unwrap_or_default()
    }
}
