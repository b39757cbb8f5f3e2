//! What a user made of the program: themes, keys, choices. Read from texts; mistakes cost no more than their line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{
    keys::{Bindable, Keymap, KeymapProblem},
    parts::Choice,
    theme::{Depth, Theme, ThemeError},
};

/// A file as it was read: the name the user knows it by, and its text.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// For messages.
    pub origin: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// The choices kept in `config.yaml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// The name of the theme.
    pub theme: String,
    /// Whether clicks and the wheel come to Kontor; without, the terminal selects text as always.
    pub mouse: bool,
    /// The columns of the lists of a type, as paths of fields, where they are not the usual ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<SmolStr, Vec<SmolStr>>,
}

impl Default for Choices {
    fn default() -> Choices {
        Choices { theme: Theme::DEFAULT.to_owned(), mouse: true, columns: BTreeMap::new() }
    }
}

impl Choices {
    /// As the file holds them.
    pub fn to_text(&self) -> String {
        // Plain values can always be written.
        serde_yaml::to_string(self).unwrap_or_default()
    }

    /// Takes over one that the person made.
    pub fn take(&mut self, choice: Choice) {
        match choice {
            Choice::Theme(name) => self.theme = name,
            Choice::Columns(ty, paths) if paths.is_empty() => drop(self.columns.remove(&ty)),
            Choice::Columns(ty, paths) => drop(self.columns.insert(ty, paths)),
        }
    }
}

/// Something in the user's files that has no effect.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PreferenceProblem {
    /// A theme that cannot be used.
    #[error(transparent)]
    Theme(#[from] ThemeError),
    /// A line of the keymap file.
    #[error(transparent)]
    Keys(#[from] KeymapProblem),
    /// The choices; the defaults hold instead.
    #[error("{origin}: {message}")]
    Choices {
        /// The file.
        origin: String,
        /// What is wrong, with its place.
        message: String,
    },
}

/// Everything together.
#[derive(Clone, Debug)]
pub struct Preferences {
    /// What was chosen.
    pub choices: Choices,
    /// Themes to choose from: ours and the user's, which take the place of ours of the same name.
    pub themes: Vec<Theme>,
    /// The keys.
    pub keymap: Keymap,
    depth: Depth,
}

impl Preferences {
    /// The defaults on a terminal of that depth.
    pub fn new(keymap: Keymap, depth: Depth) -> Preferences {
        let themes = Theme::builtin().iter().map(|theme| theme.clone().at(depth)).collect();
        Preferences { choices: Choices::default(), themes, keymap, depth }
    }

    /// Takes over what the user's theme files say.
    pub fn read_themes(&mut self, files: &[File<'_>]) -> Vec<PreferenceProblem> {
        let mut problems = Vec::new();
        for file in files {
            match Theme::load(file.text, file.origin) {
                Ok(theme) => {
                    self.themes.retain(|known| known.name() != theme.name());
                    self.themes.push(theme.at(self.depth));
                }
                Err(error) => problems.push(error.into()),
            }
        }
        problems
    }

    /// Takes over what the keymap file says.
    pub fn read_keys(&mut self, file: File<'_>, actions: &[Bindable<'_>]) -> Vec<PreferenceProblem> {
        let (keymap, problems) = std::mem::take(&mut self.keymap).overlay(file.text, file.origin, actions);
        self.keymap = keymap;
        problems.into_iter().map(PreferenceProblem::from).collect()
    }

    /// Takes over the choices; to be called after [`Preferences::read_themes`], for a theme must be there to be chosen.
    pub fn read_choices(&mut self, file: File<'_>) -> Vec<PreferenceProblem> {
        let problem = |message| vec![PreferenceProblem::Choices { origin: file.origin.to_owned(), message }];
        if file.text.trim().is_empty() {
            return Vec::new();
        }
        match serde_yaml::from_str::<Choices>(file.text) {
            Err(error) => problem(error.to_string()),
            Ok(choices) => {
                let known = self.themes.iter().any(|theme| theme.name() == choices.theme);
                let theme = choices.theme.clone();
                self.choices = choices;
                if known {
                    return Vec::new();
                }
                self.choices.theme = Theme::DEFAULT.to_owned();
                let names: Vec<_> = self.themes.iter().map(Theme::name).collect();
                problem(format!("there is no theme `{theme}`; there are {}", names.join(", ")))
            }
        }
    }

    /// The chosen theme, at the terminal's depth.
    pub fn theme(&self) -> &Theme {
        let chosen = self.themes.iter().find(|theme| theme.name() == self.choices.theme);
        chosen.unwrap_or(&self.themes[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTIONS: &[Bindable<'static>] = &[Bindable { name: "quit", scope: "global", keys: &["q"] }];

    fn preferences() -> Preferences {
        Preferences::new(Keymap::new(ACTIONS.iter().copied()).unwrap(), Depth::Ansi16)
    }

    fn file(text: &str) -> File<'_> {
        File { origin: "f.yaml", text }
    }

    #[test]
    fn a_users_theme_can_be_chosen_and_takes_the_place_of_ours() {
        let mut preferences = preferences();
        assert_eq!(preferences.theme().name(), Theme::DEFAULT);
        let count = preferences.themes.len();
        let files = [file("name: mine\nextends: nord\n"), file("name: nord\nextends: kontor-light\n")];
        assert_eq!(preferences.read_themes(&files), []);
        assert_eq!(preferences.themes.len(), count + 1);
        assert_eq!(preferences.read_choices(file("theme: mine\nmouse: false\n")), []);
        assert_eq!((preferences.theme().name(), preferences.theme().depth()), ("mine", Depth::Ansi16));
        assert!(!preferences.choices.mouse);
    }

    #[test]
    fn mistakes_are_told_and_cost_nothing_else() {
        let mut preferences = preferences();
        let mut problems = preferences.read_themes(&[file("name: [\n"), file("name: mine\nextends: nord\n")]);
        problems.extend(preferences.read_keys(file("global:\n  x: quti\n  ctrl-q: quit\n"), ACTIONS));
        problems.extend(preferences.read_choices(file("theme: lost\n")));
        let told: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert_eq!(told[1], "f.yaml:2:6: there is no action `quti`: did you mean `quit`?");
        assert!(told[2].starts_with("f.yaml: there is no theme `lost`; there are kontor-dark, "));
        assert_eq!(preferences.theme().name(), Theme::DEFAULT);
        assert_eq!(preferences.keymap.keys_of("quit", &["global"]).len(), 2);
        assert!(
            preferences.read_choices(file("thme: nord\n"))[0].to_string().contains("unknown field `thme`")
        );
        assert_eq!(preferences.read_choices(file("")), []);
    }

    #[test]
    fn choices_survive_the_file() {
        let mut choices = Choices { mouse: false, ..Choices::default() };
        choices.take(Choice::Theme("nord".to_owned()));
        choices.take(Choice::Columns("account".into(), vec!["name".into(), "billing_address.city".into()]));
        choices.take(Choice::Columns("case".into(), vec!["number".into()]));
        choices.take(Choice::Columns("case".into(), Vec::new()));
        let text = "theme: nord\nmouse: false\ncolumns:\n  account:\n  - name\n  - billing_address.city\n";
        assert_eq!(choices.to_text(), text);
        let mut preferences = preferences();
        assert_eq!(preferences.read_choices(file(&choices.to_text())), []);
        assert_eq!(preferences.choices, choices);
    }
}
