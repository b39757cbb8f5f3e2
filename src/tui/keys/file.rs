//! The user's keymap file, laid over the default keys.
//!
//! ```yaml
//! global:
//!   ctrl-o: palette        # one more key for an action
//!   q: none                # takes a key away
//! board:
//!   "g l": card.right
//! ```
//!
//! What cannot be used is a problem with its line; everything else in the file works all the same.

use smol_str::SmolStr;

use super::{Bindable, Binding, Keymap, Sequence};
use crate::{tr, tui::nearest::nearest, yaml};

/// A line of the keymap file that has no effect, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{origin}:{line}:{column}: {message}")]
pub struct KeymapProblem {
    /// The file, as the user knows it.
    pub origin: String,
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1.
    pub column: u32,
    /// What is wrong and what to do about it.
    pub message: String,
}

/// A line of the file: what it does where, and its place.
struct Entry {
    scope: SmolStr,
    keys: Sequence,
    action: Option<SmolStr>,
    at: (u32, u32),
}

impl Keymap {
    /// This keymap with a user's file laid over it. `actions` tell which names there are.
    ///
    /// A key the file binds is taken from whatever had it by default. Within the file, two lines that cannot both
    /// work are a problem of the second.
    pub fn overlay(self, text: &str, origin: &str, actions: &[Bindable<'_>]) -> (Keymap, Vec<KeymapProblem>) {
        let mut reader = Reader { origin, actions, problems: Vec::new() };
        let entries = reader.entries(text);
        let mut keymap = self;
        // What is taken away goes first: it may make room for what is bound.
        for entry in entries.iter().filter(|entry| entry.action.is_none()) {
            if !keymap.unbind(&entry.scope, &entry.keys) {
                let message = tr!(
                    "`{keys}` is not bound in `{scope}`, so there is nothing to take away",
                    keys = entry.keys,
                    scope = entry.scope
                );
                reader.problem(entry.at, message.into_owned());
            }
        }
        let mut own = Keymap::default();
        for entry in entries {
            let Some(action) = entry.action else { continue };
            let binding = Binding { scope: entry.scope, keys: entry.keys, action };
            if let Some(old) = own.clash(&binding) {
                let message = tr!(
                    "`{keys}` clashes with `{old}`, bound to {action} further up: only that one works",
                    keys = binding.keys,
                    old = old.keys,
                    action = old.action
                );
                reader.problem(entry.at, message.into_owned());
                continue;
            }
            own.bind(binding.clone());
            for hidden in keymap.bind(binding.clone()) {
                if hidden.keys != binding.keys {
                    let message = tr!(
                        "`{keys}` hides `{old}` for {action}: bind that to other keys, or to none",
                        keys = binding.keys,
                        old = hidden.keys,
                        action = hidden.action
                    );
                    reader.problem(entry.at, message.into_owned());
                }
            }
        }
        reader.problems.sort_by_key(|problem| (problem.line, problem.column));
        (keymap, reader.problems)
    }
}

struct Reader<'a> {
    origin: &'a str,
    actions: &'a [Bindable<'a>],
    problems: Vec<KeymapProblem>,
}

impl Reader<'_> {
    fn problem(&mut self, (line, column): (u32, u32), message: String) {
        self.problems.push(KeymapProblem { origin: self.origin.to_owned(), line, column, message });
    }

    fn entries(&mut self, text: &str) -> Vec<Entry> {
        let root = match yaml::parse(text) {
            Ok(root) => root,
            Err(error) => {
                self.problem((error.line, error.column), error.kind.to_string());
                return Vec::new();
            }
        };
        let mut entries = Vec::new();
        for (scope, keys) in root.as_map().unwrap_or_default() {
            if !self.actions.iter().any(|action| action.scope == scope.text) {
                let known = self.actions.iter().map(|action| action.scope);
                let message = unknown(&tr!("scope"), &scope.text, known);
                self.problem((scope.line, scope.column), message);
                continue;
            }
            let Some(lines) = keys.as_map() else {
                if !keys.is_null() {
                    let message = tr!("`{scope}` holds lines such as `ctrl-o: palette`", scope = scope.text);
                    self.problem((keys.line, keys.column), message.into_owned());
                }
                continue;
            };
            entries.extend(lines.iter().filter_map(|(key, action)| self.entry(&scope.text, key, action)));
        }
        entries
    }

    fn entry(&mut self, scope: &str, key: &yaml::Key, action: &yaml::Node) -> Option<Entry> {
        let at = (key.line, key.column);
        let keys = match key.text.parse::<Sequence>() {
            Ok(keys) => keys,
            Err(error) => {
                self.problem(at, error.to_string());
                return None;
            }
        };
        let Some(name) = action.as_text() else {
            let message = tr!("`{keys}` needs the name of one action, or `none`", keys = keys);
            self.problem((action.line, action.column), message.into_owned());
            return None;
        };
        let action = if action.is_null() || name == "none" {
            None
        } else if self.actions.iter().any(|known| known.name == name) {
            Some(SmolStr::new(name))
        } else {
            let message = unknown(&tr!("action"), name, self.actions.iter().map(|action| action.name));
            self.problem((action.line, action.column), message);
            return None;
        };
        Some(Entry { scope: scope.into(), keys, action, at })
    }
}

fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> String {
    match nearest(name, known) {
        Some(nearest) => {
            tr!(
                "there is no {what} `{name}`: did you mean `{nearest}`?",
                what = what,
                name = name,
                nearest = nearest
            )
        }
        None => tr!("there is no {what} `{name}`", what = what, name = name),
    }
    .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTIONS: &[Bindable<'static>] = &[
        Bindable { name: "quit", scope: "global", keys: &["q"] },
        Bindable { name: "palette", scope: "global", keys: &["ctrl-p"] },
        Bindable { name: "go.home", scope: "global", keys: &["g h"] },
        Bindable { name: "card.right", scope: "board", keys: &["L"] },
    ];

    /// What is bound after the file, as `scope keys=action`, and the problems.
    fn check(file: &str, bound: &[&str], problems: &[&str]) {
        let keymap = Keymap::new(ACTIONS.iter().copied()).unwrap();
        let (keymap, found) = keymap.overlay(file, "keys.yaml", ACTIONS);
        let show = |binding: &Binding| format!("{} {}={}", binding.scope, binding.keys, binding.action);
        assert_eq!(keymap.bindings().iter().map(show).collect::<Vec<_>>(), bound, "{file}");
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), problems, "{file}");
    }

    const DEFAULT: &[&str] =
        &["global q=quit", "global ctrl-p=palette", "global g h=go.home", "board L=card.right"];

    #[test]
    fn keys_are_added_taken_over_and_taken_away() {
        check("", DEFAULT, &[]);
        check(
            "global:\n  ctrl-o: palette\n  q: none\n  ctrl-p: quit\nboard:\n  g l: card.right\n",
            &[
                "global g h=go.home",
                "board L=card.right",
                "global ctrl-o=palette",
                "global ctrl-p=quit",
                "board g l=card.right",
            ],
            &[],
        );
    }

    #[test]
    fn a_hidden_sequence_is_a_problem_unless_it_was_taken_away() {
        let bound = &["global q=quit", "global ctrl-p=palette", "board L=card.right", "global g=palette"];
        check("global:\n  g: palette\n  g h: ~\n", bound, &[]);
        check(
            "global:\n  g: palette\n",
            bound,
            &["keys.yaml:2:3: `g` hides `g h` for go.home: bind that to other keys, or to none"],
        );
    }

    #[test]
    fn every_mistake_has_its_line_and_the_rest_works() {
        check(
            "globl:\n  x: quit\nboard:\n  x: card.rigth\n  hyper-x: quit\n  ctrl-z: none\n  C-l: card.right\n  ctrl-l: quit\n  y: [quit]\n",
            &[
                "global q=quit",
                "global ctrl-p=palette",
                "global g h=go.home",
                "board L=card.right",
                "board ctrl-l=card.right",
            ],
            &[
                "keys.yaml:1:1: there is no scope `globl`: did you mean `global`?",
                "keys.yaml:4:6: there is no action `card.rigth`: did you mean `card.right`?",
                "keys.yaml:5:3: `hyper-x` is not a key: write for example x, H, ctrl-s, shift-tab, f1, space, enter, pageup",
                "keys.yaml:6:3: `ctrl-z` is not bound in `board`, so there is nothing to take away",
                "keys.yaml:8:3: `ctrl-l` clashes with `ctrl-l`, bound to card.right further up: only that one works",
                "keys.yaml:9:6: `y` needs the name of one action, or `none`",
            ],
        );
    }

    #[test]
    fn a_file_that_is_no_yaml_changes_nothing() {
        let keymap = Keymap::new(ACTIONS.iter().copied()).unwrap();
        let (same, problems) =
            keymap.clone().overlay("global:\n  x: quit\n  x: palette\n", "keys.yaml", ACTIONS);
        assert_eq!(same, keymap);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].line, 3);
    }
}
