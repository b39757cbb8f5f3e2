//! Where a user's own settings lie. Only names are made here; `disk` reads and writes the files.

use std::path::{Path, PathBuf};

use etcetera::app_strategy::{AppStrategy, AppStrategyArgs, choose_app_strategy};

/// The user's directories for Kontor. None of them need exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    config: PathBuf,
    state: PathBuf,
}

impl Paths {
    /// Those of the user, by the customs of the system; `KONTOR_CONFIG_DIR` names another place for settings.
    ///
    /// `None` where the user has no home directory; then there are no settings of their own.
    pub fn of_user(variable: impl Fn(&str) -> Option<String>) -> Option<Paths> {
        let names = AppStrategyArgs {
            top_level_domain: "dev".to_owned(),
            author: "Kontor".to_owned(),
            app_name: "kontor".to_owned(),
        };
        let system = choose_app_strategy(names).ok();
        let config = match variable("KONTOR_CONFIG_DIR").filter(|path| !path.is_empty()) {
            Some(path) => PathBuf::from(path),
            None => system.as_ref()?.config_dir(),
        };
        let state = system.map(|system| system.state_dir().unwrap_or(system.cache_dir()));
        Some(Paths { state: state.unwrap_or_else(|| config.clone()), config })
    }

    /// Both in one directory.
    pub fn under(directory: &Path) -> Paths {
        Paths { config: directory.to_owned(), state: directory.to_owned() }
    }

    /// Choices made in the program: theme, mouse.
    pub fn choices(&self) -> PathBuf {
        self.config.join("config.yaml")
    }

    /// The keymap file.
    pub fn keys(&self) -> PathBuf {
        self.config.join("keys.yaml")
    }

    /// The folder of the user's themes, each a `*.yaml`.
    pub fn themes(&self) -> PathBuf {
        self.config.join("themes")
    }

    /// What went wrong while the screen was in use.
    pub fn log(&self) -> PathBuf {
        self.state.join("kontor.log")
    }
}

/// Where paths that are typed start from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Here {
    /// The folder of relative ones; where the process is unless said.
    pub folder: PathBuf,
    /// The folder that `~` stands for.
    pub home: Option<PathBuf>,
}

impl Here {
    /// The file or folder that is meant.
    pub fn place(&self, typed: &str) -> PathBuf {
        let typed = typed.trim();
        let below_home = typed.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/'));
        match (below_home, &self.home) {
            (Some(rest), Some(home)) => home.join(rest.trim_start_matches('/')),
            // The empty path names no folder anywhere.
            _ if typed.is_empty() && self.folder.as_os_str().is_empty() => PathBuf::from("."),
            _ => self.folder.join(typed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_paths_start_at_home_here_or_the_top() {
        let here = Here { folder: "/work".into(), home: Some("/home/lena".into()) };
        for (typed, expect) in [
            ("a.csv", "/work/a.csv"),
            (" ../a b.csv ", "/work/../a b.csv"),
            ("/tmp/a.csv", "/tmp/a.csv"),
            ("~", "/home/lena"),
            ("~/a.csv", "/home/lena/a.csv"),
            ("~a.csv", "/work/~a.csv"),
            ("", "/work"),
        ] {
            assert_eq!(here.place(typed), Path::new(expect), "{typed}");
        }
        assert_eq!(Here::default().place("~/a"), Path::new("~/a"));
        assert_eq!(Here::default().place(""), Path::new("."));
    }

    #[test]
    fn settings_can_lie_elsewhere() {
        let paths =
            Paths::of_user(|name| (name == "KONTOR_CONFIG_DIR").then(|| "/elsewhere".to_owned())).unwrap();
        assert_eq!(paths.keys(), Path::new("/elsewhere/keys.yaml"));
        assert_eq!(paths.themes(), Path::new("/elsewhere/themes"));
        assert_eq!(Paths::under(Path::new("/x")).log(), Path::new("/x/kontor.log"));
    }
}
