//! The keys of all actions, as the help and the README list them.

use super::{Action, Group, Scope, all};

/// An action that has keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// The part of the help it stands in.
    pub group: Group,
    /// Its default keys.
    pub keys: &'static [&'static str],
    /// Where they work, unless everywhere: `on the board`.
    pub place: Option<&'static str>,
    /// What it does.
    pub title: &'static str,
}

/// Every action that has keys, group by group.
pub fn keytable() -> Vec<KeyRow> {
    let row = |action: &&'static Action| KeyRow {
        group: action.group,
        keys: action.keys,
        place: match action.scope {
            Scope::Global => None,
            Scope::List => Some("in lists"),
            Scope::Board => Some("on the board"),
            Scope::Record => Some("on a record's page"),
        },
        title: action.title,
    };
    all().iter().filter(|action| !action.keys.is_empty()).map(row).collect()
}

/// The table in Markdown, for documents.
///
/// ```
/// let table = kontor::actions::key_document();
/// assert!(table.contains("| `L` | Move the deal to the next stage, on the board |"));
/// ```
pub fn key_document() -> String {
    let mut out = String::new();
    let mut group = None;
    for row in keytable() {
        if group != Some(row.group) {
            let gap = if group.is_none() { "" } else { "\n" };
            out.push_str(&format!("{gap}| {} | |\n|---|---|\n", row.group.title()));
            group = Some(row.group);
        }
        let keys: Vec<_> = row.keys.iter().map(|key| format!("`{key}`")).collect();
        let place = row.place.map(|place| format!(", {place}")).unwrap_or_default();
        out.push_str(&format!("| {} | {}{place} |\n", keys.join(" "), row.title));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_keys_and_its_own_table() {
        let document = key_document();
        let headings = document.lines().filter(|line| line.ends_with("| |")).count();
        let mut groups: Vec<_> = keytable().into_iter().map(|row| row.group).collect();
        groups.dedup();
        assert_eq!((headings, groups.len()), (9, 9), "{document}");
    }
}
