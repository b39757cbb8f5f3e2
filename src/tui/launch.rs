//! Puts the program on the real terminal.

use super::app::{App, Performer, Setup};
use super::keys::{Bindable, Keymap};
use super::paths::{Here, Paths};
use super::preferences::{Choices, File, Preferences};
use super::runtime::Ending;
use super::terminal::{Wants, run};
use super::theme::{Depth, Theme};
use crate::actions::{self, Place};
use crate::base::Clock;
use crate::disk::{SystemClock, log, outside};
use crate::git::{Environment, Repo};
use crate::workspace::{Desk, Found};
use ::log as note;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The actions as the keymap takes them.
pub fn bindables() -> Vec<Bindable<'static>> {
    actions::all().iter().map(|a| Bindable { name: a.name, scope: a.scope.name(), keys: a.keys }).collect()
}

/// The default keys with nothing of the user's.
pub fn default_keymap() -> Keymap {
    // A test over the table of actions proves that the default keys fit together.
    Keymap::new(bindables()).unwrap_or_default()
}

/// The user's preferences for a terminal of that depth, and what is wrong with their files.
pub fn preferences(paths: Option<&Paths>, depth: Depth) -> (Preferences, Vec<String>) {
    let mut preferences = Preferences::new(default_keymap(), depth);
    let Some(paths) = paths else { return (preferences, Vec::new()) };
    let mut problems = Vec::new();
    let shown = |path: &Path| path.display().to_string();
    let themes = outside::read_folder(&paths.themes());
    let named: Vec<_> = themes.iter().map(|(path, text)| (shown(path), text)).collect();
    let files: Vec<_> = named.iter().map(|(origin, text)| File { origin, text }).collect();
    problems.extend(preferences.read_themes(&files));
    if let Some(text) = outside::read(&paths.keys()) {
        let origin = shown(&paths.keys());
        problems.extend(preferences.read_keys(File { origin: &origin, text: &text }, &bindables()));
    }
    if let Some(text) = outside::read(&paths.choices()) {
        let origin = shown(&paths.choices());
        problems.extend(preferences.read_choices(File { origin: &origin, text: &text }));
    }
    (preferences, problems.iter().map(ToString::to_string).collect())
}

/// Runs the workstation on this process's terminal until the person leaves.
///
/// # Errors
/// When the terminal cannot be used.
pub fn launch(found: Found, start: Place, variable: impl Fn(&str) -> Option<String>) -> io::Result<Ending> {
    let paths = Paths::of_user(&variable);
    if let Some(paths) = &paths {
        log::start(paths.log(), log::level(variable("KONTOR_LOG").as_deref()));
    }
    let version = env!("CARGO_PKG_VERSION");
    note::info!("kontor {version} starts on {} in {}", std::env::consts::OS, found.path().display());
    // The records are read meanwhile.
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let opening = Opening::start(found, clock.clone());
    let (preferences, problems) = preferences(paths.as_ref(), Depth::detect(&variable));
    let choices = preferences.choices.clone();
    let wants = Wants { mouse: choices.mouse, ..Wants::detect(&variable) };
    let size = crossterm::terminal::size()?;
    let setup = Setup {
        theme: preferences.theme().clone(),
        keymap: preferences.keymap,
        themes: preferences.themes,
        columns: choices.columns.clone(),
        start,
        seed: fastrand::u64(..),
    };
    let mut app = App::new(setup, size, clock.now());
    for problem in problems {
        note::warn!("{problem}");
        app.warn(problem);
    }
    let here = Here { home: variable("HOME").map(PathBuf::from), ..Here::default() };
    let mut performer = opening.performer(keep(paths, choices)).at(here);
    let connector = performer.connector();
    let connect = |mailbox: &_| {
        connector.connect(mailbox);
        Vec::new()
    };
    let ended = run(app, wants, clock, connect, |effect, mailbox| performer.perform(effect, mailbox));
    performer.close();
    match &ended {
        Ok((_, ending)) => note::info!("ended: {ending:?}"),
        Err(error) => note::error!("ended, for the terminal failed: {error}"),
    }
    log::finish();
    ended.map(|(_, ending)| ending)
}

/// A workspace that is being opened.
pub struct Opening {
    desk: Desk,
    root: PathBuf,
    environment: Environment,
}

impl Opening {
    /// Starts opening it.
    pub fn start(found: Found, clock: Arc<dyn Clock>) -> Opening {
        let (root, environment) = (found.path(), found.environment().clone());
        Opening { desk: Desk::open(found, clock), root, environment }
    }

    /// What does a program's work in it.
    pub fn performer(self, keep: super::app::Keep) -> Performer {
        let Opening { desk, root, environment } = self;
        let place = root.clone();
        let again = move || Repo::discover(&place, environment.clone()).map_err(|e| e.to_string());
        Performer::new(desk, root, again, keep)
    }
}

/// Writes each choice into the user's file, with those made before.
fn keep(paths: Option<Paths>, mut choices: Choices) -> super::app::Keep {
    Box::new(move |choice| {
        choices.take(choice);
        if let Some(paths) = &paths {
            // A choice that is not remembered is no reason to interrupt anybody.
            let _ = outside::save(&paths.choices(), choices.to_text().as_bytes());
        }
    })
}

/// The theme of that name at a depth, for pictures.
pub fn theme_named(themes: &[Theme], name: &str) -> Option<Theme> {
    themes.iter().find(|t| t.name() == name).cloned()
}
