//! Sets the workstation on a stage: a copy of the sample repository, a clock that stands still.

use chrono::{DateTime, Utc};
use kontor::actions::Place;
use kontor::base::FixedClock;
use kontor::git::{Environment, Repo};
use kontor::tui::app::{App, Effect, Msg, Setup};
use kontor::tui::harness::Stage;
use kontor::tui::launch::{Opening, default_keymap};
use kontor::tui::paths::Here;
use kontor::tui::runtime::{Control, Mailbox};
use kontor::tui::theme::{Depth, Theme};
use kontor::workspace::find;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use tempfile::TempDir;

/// The moment the sample was written for.
pub fn sample_now() -> DateTime<Utc> {
    "2026-11-21T12:30:00Z".parse().unwrap()
}

type Perform = Box<dyn FnMut(Effect, &Mailbox<Msg>) -> Control<Msg>>;

/// The workstation over a repository of its own.
pub struct Playhouse {
    pub stage: Stage<App, Perform>,
    pub folder: TempDir,
    /// Where paths that are typed start from.
    pub desk: TempDir,
}

impl Playhouse {
    /// The sample, at that size, on that screen.
    pub fn sample(size: (u16, u16), start: Place) -> Self {
        let folder = TempDir::new().unwrap();
        copy_sample(folder.path());
        Self::over(folder, size, start)
    }

    /// A folder with a workspace in it, made a repository with one commit.
    pub fn over(folder: TempDir, size: (u16, u16), start: Place) -> Self {
        Self::prepared(folder, size, start, |_| {})
    }

    /// The same, with something done to the repository before it is opened.
    pub fn prepared(folder: TempDir, size: (u16, u16), start: Place, prepare: impl FnOnce(&Path)) -> Self {
        Repo::init(folder.path(), Environment::isolated()).unwrap();
        git(folder.path(), &["config", "user.name", "Lena Vogt"]);
        git(folder.path(), &["config", "user.email", "lena.vogt@nordwind.example"]);
        git(folder.path(), &["add", "-A"]);
        git(folder.path(), &["commit", "-qm", "The sample"]);
        prepare(folder.path());
        let found = find(folder.path(), Environment::isolated()).unwrap();
        let setup = Setup {
            keymap: default_keymap(),
            themes: Theme::builtin().iter().map(|t| t.clone().at(Depth::True)).collect(),
            theme: Theme::builtin()[0].clone().at(Depth::True),
            columns: BTreeMap::new(),
            start,
            seed: 7,
        };
        let app = App::new(setup, size, sample_now());
        let desk = TempDir::new().unwrap();
        let here = Here { folder: desk.path().to_owned(), home: None };
        let clock = Arc::new(FixedClock::new(sample_now()));
        let mut performer = Opening::start(found, clock).performer(Box::new(|_| {})).at(here);
        let connector = performer.connector();
        let perform: Perform = Box::new(move |effect, mailbox| performer.perform(effect, mailbox));
        let mut stage = Stage::new(app, size, sample_now(), perform);
        connector.connect(stage.mailbox());
        stage.start(Vec::new());
        Self { stage, folder, desk }
    }

    /// The screen as text, after these keys.
    pub fn after(&mut self, script: &str) -> String {
        self.stage.play(script).text()
    }

    /// What git says.
    pub fn git(&self, args: &[&str]) -> String {
        git(self.folder.path(), args)
    }
}

/// Runs git without anybody's settings.
pub fn git(folder: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_DATE", "2026-11-20T17:20:00+01:00")
        .env("GIT_COMMITTER_DATE", "2026-11-20T17:20:00+01:00")
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Puts the sample's files into a folder.
pub fn copy_sample(folder: &Path) {
    copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/sample-repo")), folder);
}

/// Copies a folder and all in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => {
                fs::copy(entry.path(), target).unwrap();
            }
        }
    }
}
