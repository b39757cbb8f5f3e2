//! What surrounds a repository: the user's own git configuration and the process's variables.

use std::env;

/// Where git's settings come from besides the repository itself.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// Whether the user's and the machine's git configuration count.
    pub(super) outside_config: bool,
    /// Whether variables override the configuration in ways only git itself can tell.
    pub(super) config_in_variables: bool,
    /// Whether variables say where the repository is, as they do inside a hook.
    pub(super) located_by_variables: bool,
    pub(super) author_name: Option<String>,
    pub(super) author_email: Option<String>,
    pub(super) email: Option<String>,
}

/// Variables by which git is told where a repository's parts are.
pub(super) const LOCATIONS: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_QUARANTINE_PATH",
];

impl Environment {
    /// What this process was started in.
    pub fn of_process() -> Environment {
        let text = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
        Environment {
            outside_config: true,
            config_in_variables: ["GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS"]
                .iter()
                .any(|name| text(name).is_some()),
            located_by_variables: LOCATIONS.iter().any(|name| env::var_os(name).is_some()),
            author_name: text("GIT_AUTHOR_NAME"),
            author_email: text("GIT_AUTHOR_EMAIL"),
            email: text("EMAIL"),
        }
    }

    /// Nothing but the repository itself: no configuration of the user or the machine, no variables.
    pub fn isolated() -> Environment {
        Environment::default()
    }
}
