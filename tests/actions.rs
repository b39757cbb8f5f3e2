//! The table of actions as a whole: its names, its words, its keys.

use kontor::actions::{self, Scope};
use kontor::tui::keys::{Bindable, Key, Keymap, Sequence};
use std::collections::HashSet;

fn keymap() -> Keymap {
    let bindable =
        |a: &&'static actions::Action| Bindable { name: a.name, scope: a.scope.name(), keys: a.keys };
    Keymap::new(actions::all().iter().map(bindable)).unwrap()
}

#[test]
fn names_and_titles_are_one_of_a_kind() {
    let (mut names, mut titles) = (HashSet::new(), HashSet::new());
    for action in actions::all() {
        assert!(names.insert(action.name), "{} is there twice", action.name);
        assert!(titles.insert(action.title), "two actions are called {}", action.title);
        assert!(action.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", action.name);
        assert!(
            action.title.starts_with(char::is_uppercase) && !action.title.ends_with('.'),
            "{}",
            action.title
        );
        assert_eq!(actions::find(action.name).unwrap().title, action.title);
    }
    assert!(actions::find("no-such-action").is_none());
}

#[test]
fn groups_stand_together_in_the_order_of_the_help() {
    let groups: Vec<_> = actions::all().iter().map(|a| a.group).collect();
    assert!(groups.is_sorted(), "{groups:?}");
}

#[test]
fn no_two_actions_want_the_same_keys() {
    keymap();
}

/// An inner scope may take keys from an outer one, but each action it hides must have other keys left.
#[test]
fn what_an_inner_scope_hides_can_still_be_reached() {
    let keymap = keymap();
    let situations: [&[Scope]; 6] = [
        &[Scope::Global],
        &[Scope::List, Scope::Global],
        &[Scope::Board, Scope::List, Scope::Global],
        &[Scope::Record, Scope::List, Scope::Global],
        &[Scope::Record, Scope::Global],
        &[Scope::Import, Scope::Global],
    ];
    // Of no use on the board, where `p` switches pipelines, and while an import is shown, where `ctrl-s` makes that.
    let without = ["priority", "commit"];
    for scopes in situations {
        let names: Vec<_> = scopes.iter().map(|s| s.name()).collect();
        for action in actions::all().iter().filter(|a| scopes.contains(&a.scope) && !a.keys.is_empty()) {
            let reached = !keymap.keys_of(action.name, &names).is_empty();
            assert!(
                reached || without.contains(&action.name),
                "{} cannot be reached in {names:?}",
                action.name
            );
        }
    }
}

/// A terminal can't tell these from enter, tab, backspace and escape.
#[test]
fn no_key_is_one_the_terminal_cannot_tell() {
    let taken: Vec<Sequence> =
        ["ctrl-m", "ctrl-i", "ctrl-h", "ctrl-["].iter().map(|k| k.parse().unwrap()).collect();
    for binding in keymap().bindings() {
        assert!(!taken.contains(&binding.keys), "{} for {}", binding.keys, binding.action);
    }
}

/// Keys that every screen promises.
#[test]
fn the_keys_people_know() {
    let keymap = keymap();
    for (key, action) in [
        ("1", "go-home"),
        ("7", "go-activities"),
        (":", "go-to"),
        ("enter", "open"),
        ("esc", "back"),
        ("q", "quit"),
        ("?", "help"),
        ("ctrl-p", "palette"),
        ("/", "filter"),
        ("n", "new"),
        ("e", "edit"),
        ("u", "undo"),
    ] {
        let keys: Sequence = key.parse::<Key>().unwrap().into();
        let bound = keymap.bindings().iter().find(|b| b.keys == keys).map(|b| b.action.as_str());
        assert_eq!(bound, Some(action), "{key}");
    }
}
