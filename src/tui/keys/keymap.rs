//! Which keys run which action, and where.

use smol_str::SmolStr;

use super::{NotAKey, Sequence};

/// An action as the keymap needs it: the table of actions hands these in.
#[derive(Clone, Copy, Debug)]
pub struct Bindable<'a> {
    /// The name the keymap file uses, such as `card.right`.
    pub name: &'a str,
    /// Where its keys work: `global`, or the name of a screen or popup.
    pub scope: &'a str,
    /// Its default keys, such as `["x", "g g"]`; none for actions reached through the palette only.
    pub keys: &'a [&'a str],
}

/// One sequence of keys that runs one action in one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where it works.
    pub scope: SmolStr,
    /// What to press.
    pub keys: Sequence,
    /// What it runs.
    pub action: SmolStr,
}

/// All bindings. Within a scope, no sequence is bound twice and none begins another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// Two default bindings that cannot both work, or one that is no key. A test over the table of actions finds them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// The table names a key that does not exist.
    #[error("{action}: {source}")]
    Key {
        /// The action that has it.
        action: SmolStr,
        /// The key.
        source: NotAKey,
    },
    /// Both want the same keys, or those of one begin those of the other.
    #[error("`{}` for {} in {} clashes with `{}` for {}", new.keys, new.action, new.scope, old.keys, old.action)]
    Clash {
        /// The one that came later.
        new: Box<Binding>,
        /// The one that was there.
        old: Box<Binding>,
    },
}

impl Keymap {
    /// The keymap of the default keys.
    pub fn new<'a>(actions: impl IntoIterator<Item = Bindable<'a>>) -> Result<Keymap, KeymapError> {
        let mut keymap = Keymap::default();
        for action in actions {
            for keys in action.keys {
                let keys =
                    keys.parse().map_err(|source| KeymapError::Key { action: action.name.into(), source })?;
                let new = Binding { scope: action.scope.into(), keys, action: action.name.into() };
                if let Some(old) = keymap.clash(&new) {
                    return Err(KeymapError::Clash { old: Box::new(old.clone()), new: Box::new(new) });
                }
                keymap.bindings.push(new);
            }
        }
        Ok(keymap)
    }

    /// Every binding, in the order of the table of actions, the user's own last.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// The keys that run an action where those scopes hold (innermost first): what hints and help show.
    ///
    /// Keys that an inner scope takes for something else are left out.
    pub fn keys_of(&self, action: &str, scopes: &[&str]) -> Vec<&Sequence> {
        let rank = |binding: &Binding| scopes.iter().position(|scope| *scope == binding.scope);
        let reaches = |binding: &&Binding| {
            let Some(own) = rank(binding) else { return false };
            let hides = |other: &Binding| {
                rank(other).is_some_and(|other| other < own)
                    && (other.keys == binding.keys
                        || other.keys.begins(&binding.keys)
                        || binding.keys.begins(&other.keys))
            };
            binding.action == action && !self.bindings.iter().any(hides)
        };
        self.bindings.iter().filter(reaches).map(|binding| &binding.keys).collect()
    }

    /// The binding of the same scope that a new one cannot live beside.
    pub(super) fn clash(&self, new: &Binding) -> Option<&Binding> {
        self.bindings.iter().find(|old| new.clashes(old))
    }

    /// Takes a binding out; says whether there was one.
    pub fn unbind(&mut self, scope: &str, keys: &Sequence) -> bool {
        let before = self.bindings.len();
        self.bindings.retain(|binding| binding.scope != scope || binding.keys != *keys);
        self.bindings.len() < before
    }

    /// Puts a binding in and gives back those it takes the place of.
    pub fn bind(&mut self, new: Binding) -> Vec<Binding> {
        let replaced = self.bindings.extract_if(.., |old| new.clashes(old)).collect();
        self.bindings.push(new);
        replaced
    }
}

impl Binding {
    /// Whether only one of the two can work: the same keys in the same scope, or one begins the other.
    fn clashes(&self, other: &Binding) -> bool {
        let keys = &self.keys;
        self.scope == other.scope
            && (*keys == other.keys || keys.begins(&other.keys) || other.keys.begins(keys))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action<'a>(name: &'a str, scope: &'a str, keys: &'a [&'a str]) -> Bindable<'a> {
        Bindable { name, scope, keys }
    }

    #[test]
    fn clashes_within_a_scope_are_refused() {
        let check = |keys: &[&str], expected: &str| {
            let error =
                Keymap::new([action("one", "list", &["g", "x"]), action("two", "list", keys)]).unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        check(&["x"], "`x` for two in list clashes with `x` for one");
        check(&["g g"], "`g g` for two in list clashes with `g` for one");
        check(&["nokey"], &format!("two: {}", NotAKey("nokey".to_owned())));
        assert!(Keymap::new([action("one", "list", &["g"]), action("two", "board", &["g g", "g"])]).is_err());
        assert!(Keymap::new([action("one", "list", &["g"]), action("two", "board", &["g g"])]).is_ok());
    }

    #[test]
    fn keys_of_an_action_are_those_that_reach_it() {
        let keymap = Keymap::new([
            action("quit", "global", &["q", "ctrl-q"]),
            action("queue", "cases", &["q"]),
            action("top", "list", &["g g", "home"]),
            action("go", "cases", &["g"]),
        ])
        .unwrap();
        let keys = |action, scopes: &[&str]| {
            keymap.keys_of(action, scopes).iter().map(|keys| keys.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(keys("quit", &["global"]), ["q", "ctrl-q"]);
        assert_eq!(keys("quit", &["cases", "global"]), ["ctrl-q"]);
        assert_eq!(keys("top", &["list", "global"]), ["g g", "home"]);
        assert_eq!(keys("top", &["cases", "list", "global"]), ["home"]);
        assert_eq!(keys("queue", &["global"]), Vec::<String>::new());
    }
}
