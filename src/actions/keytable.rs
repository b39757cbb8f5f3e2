//! The keys of all actions, row by row.

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
            Scope::History => Some("in a history"),
            Scope::Problems => Some("on the list of problems"),
        },
        title: action.title,
    };
    all().iter().filter(|action| !action.keys.is_empty()).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_keys_and_each_says_where_they_work() {
        let table = keytable();
        let mut groups: Vec<_> = table.iter().map(|row| row.group).collect();
        groups.dedup();
        assert_eq!(groups.len(), 9, "{groups:?}");
        let row = table.iter().find(|row| row.keys == ["L"]).unwrap();
        assert_eq!((row.title, row.place), ("Move the deal to the next stage", Some("on the board")));
    }
}
