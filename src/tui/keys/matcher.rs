//! From key presses to actions: keeps the keys of a sequence that has begun.

use smol_str::SmolStr;

use super::{Key, Keymap, Sequence};

/// What a key press came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// It completed the keys of this action.
    Matched(SmolStr),
    /// A sequence has begun; these keys can follow.
    Pending(Vec<Continuation>),
    /// Escape: the sequence that had begun is forgotten, and nothing else happens.
    Cancelled,
    /// Nothing is bound to the keys pressed since the last match.
    Unbound(Sequence),
}

/// A key that can follow, for the which-key popup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    /// What to press.
    pub key: Key,
    /// What it runs, or `None` where more keys must follow.
    pub action: Option<SmolStr>,
    /// How many bindings lie behind it.
    pub count: usize,
}

/// Keys pressed so far of a sequence.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    pressed: Vec<Key>,
}

impl Matcher {
    /// The keys of the sequence that has begun, for the popup's title.
    pub fn pressed(&self) -> &[Key] {
        &self.pressed
    }

    /// Forgets a sequence that has begun, as when the screen changes.
    pub fn reset(&mut self) {
        self.pressed.clear();
    }

    /// Takes a key. `scopes` are those that hold now, innermost first; where two have the key, the inner one wins.
    pub fn press(&mut self, key: Key, keymap: &Keymap, scopes: &[&str]) -> Press {
        if key == Key::ESC && !self.pressed.is_empty() {
            self.reset();
            return Press::Cancelled;
        }
        self.pressed.push(key);
        for scope in scopes {
            let mut here = keymap.bindings().iter().filter(|binding| binding.scope == *scope);
            if let Some(binding) = here.clone().find(|binding| binding.keys.keys() == self.pressed) {
                self.reset();
                return Press::Matched(binding.action.clone());
            }
            if here.any(|binding| binding.keys.keys().starts_with(&self.pressed)) {
                return Press::Pending(self.continuations(keymap, scopes));
            }
        }
        let mut pressed = std::mem::take(&mut self.pressed).into_iter();
        let first = Sequence::from(pressed.next().unwrap_or(key));
        Press::Unbound(pressed.fold(first, Sequence::then))
    }

    /// The keys that can follow, in all scopes, in the order of the table of actions.
    fn continuations(&self, keymap: &Keymap, scopes: &[&str]) -> Vec<Continuation> {
        let mut found: Vec<Continuation> = Vec::new();
        for scope in scopes {
            let outer = found.len();
            for binding in keymap.bindings().iter().filter(|binding| binding.scope == *scope) {
                let keys = binding.keys.keys();
                if keys.len() <= self.pressed.len() || !keys.starts_with(&self.pressed) {
                    continue;
                }
                let key = keys[self.pressed.len()];
                let ends = keys.len() == self.pressed.len() + 1;
                match found.iter().position(|other| other.key == key) {
                    // An inner scope ends the sequence here, so the outer one is out of reach.
                    Some(at) if at < outer && (found[at].action.is_some() || ends) => {}
                    Some(at) => found[at].count += 1,
                    None => {
                        let action = ends.then(|| binding.action.clone());
                        found.push(Continuation { key, action, count: 1 });
                    }
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Bindable, *};

    fn keymap() -> Keymap {
        let action = |name, scope, keys| Bindable { name, scope, keys };
        Keymap::new([
            action("quit", "global", &["q"]),
            action("home", "global", &["g h"]),
            action("outer", "global", &["g o"]),
            action("top", "list", &["g g"]),
            action("own", "list", &["g o"]),
            action("deep", "list", &["g d a"]),
            action("deeper", "list", &["g d b"]),
            action("filter", "list", &["/", "ctrl-f"]),
            action("queue", "cases", &["q"]),
        ])
        .unwrap()
    }

    fn press(matcher: &mut Matcher, scopes: &[&str], keys: &str) -> Vec<String> {
        let keymap = keymap();
        let sequence: Sequence = keys.parse().unwrap();
        let show = |press| match press {
            Press::Matched(action) => action.to_string(),
            Press::Pending(next) => {
                let next =
                    next.iter().map(|next| format!("{}={}", next.key, next.action.as_deref().unwrap_or("…")));
                format!("[{}]", next.collect::<Vec<_>>().join(" "))
            }
            Press::Cancelled => "cancelled".to_owned(),
            Press::Unbound(keys) => format!("unbound {keys}"),
        };
        sequence.keys().iter().map(|key| show(matcher.press(*key, &keymap, scopes))).collect()
    }

    #[test]
    fn keys_find_their_actions() {
        let check = |scopes: &[&str], keys: &str, expected: &[&str]| {
            assert_eq!(press(&mut Matcher::default(), scopes, keys), expected, "{keys}");
        };
        check(&["global"], "q", &["quit"]);
        check(&["cases", "global"], "q", &["queue"]);
        check(&["list", "global"], "ctrl-f q", &["filter", "quit"]);
        check(&["global"], "g h", &["[h=home o=outer]", "home"]);
        check(&["list", "global"], "g o", &["[g=top o=own d=… h=home]", "own"]);
        check(
            &["list", "global"],
            "g d b q",
            &["[g=top o=own d=… h=home]", "[a=deep b=deeper]", "deeper", "quit"],
        );
        check(&["global"], "g x q", &["[h=home o=outer]", "unbound g x", "quit"]);
        check(&["global"], "z", &["unbound z"]);
    }

    #[test]
    fn escape_leaves_a_sequence_and_is_a_key_otherwise() {
        assert_eq!(
            press(&mut Matcher::default(), &["list"], "g d esc esc"),
            ["[g=top o=own d=…]", "[a=deep b=deeper]", "cancelled", "unbound esc"]
        );
    }
}
