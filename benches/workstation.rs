//! How fast the workstation is on the sample: opening it, and a key press to its frame on every screen; beside
//! them what a user would otherwise wait for in the same repository.
//!
//! `cargo bench` prints the table.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::unwrap_used)]

#[path = "large/allocator.rs"]
mod allocator;

use chrono::{DateTime, Utc};
use divan::Bencher;
use kontor::actions::Place;
use kontor::base::FixedClock;
use kontor::git::{Environment, Repo};
use kontor::model::{ChangeSet, FieldEdit, Value};
use kontor::tui::app::{App, Effect, Msg, Setup};
use kontor::tui::harness::Stage;
use kontor::tui::launch::{Opening, default_keymap};
use kontor::tui::runtime::{Control, Mailbox};
use kontor::tui::theme::{Depth, Theme};
use kontor::workspace::{Workspace, find};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use tempfile::TempDir;

fn main() {
    divan::main();
}

const SIZE: (u16, u16) = (120, 40);

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_264_200, 0).unwrap()
}

/// A git repository with the sample in it.
fn sample() -> TempDir {
    let folder = TempDir::new().unwrap();
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-repo/.");
    assert!(Command::new("cp").args(["-r", source]).arg(folder.path()).status().unwrap().success());
    Repo::init(folder.path(), Environment::isolated()).unwrap();
    let who = ["-c", "user.name=Lena Vogt", "-c", "user.email=lena.vogt@nordwind.example"];
    git(folder.path(), &["config", "user.name", "Lena Vogt"]);
    git(folder.path(), &["config", "user.email", "lena.vogt@nordwind.example"]);
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &[&who[..], &["commit", "-qm", "The sample"]].concat());
    folder
}

fn git(folder: &Path, args: &[&str]) {
    let status = Command::new("git").arg("-C").arg(folder).args(args).output().unwrap().status;
    assert!(status.success());
}

fn open(folder: &Path) -> Workspace {
    find(folder, Environment::isolated()).unwrap().open(Arc::new(FixedClock::new(now())), || {}).unwrap()
}

type Perform = Box<dyn FnMut(Effect, &Mailbox<Msg>) -> Control<Msg>>;

fn stage(folder: &Path, start: Place) -> Stage<App, Perform> {
    let theme = Theme::builtin()[0].clone().at(Depth::True);
    let setup = Setup {
        keymap: default_keymap(),
        themes: vec![theme.clone()],
        theme,
        columns: BTreeMap::new(),
        start,
        seed: 7,
    };
    let found = find(folder, Environment::isolated()).unwrap();
    let mut performer = Opening::start(found, Arc::new(FixedClock::new(now()))).performer(Box::new(|_| {}));
    let connector = performer.connector();
    let perform: Perform = Box::new(move |effect, mailbox| performer.perform(effect, mailbox));
    let mut stage = Stage::new(App::new(setup, SIZE, now()), SIZE, now(), perform);
    connector.connect(stage.mailbox());
    stage.start(Vec::new());
    stage
}

/// Opening the sample: every file read, parsed and indexed.
#[divan::bench(sample_count = 50)]
fn open_sample(bencher: Bencher<'_, '_>) {
    let folder = sample();
    bencher.bench_local(|| open(folder.path()));
}

/// Beside it: what git needs to look at the same files.
#[divan::bench(sample_count = 50)]
fn open_sample_beside_git_status(bencher: Bencher<'_, '_>) {
    let folder = sample();
    bencher.bench_local(|| git(folder.path(), &["status", "--porcelain"]));
}

/// A save: file written, committed, shown.
#[divan::bench(sample_count = 50)]
fn save(bencher: Bencher<'_, '_>) {
    let folder = sample();
    let mut workspace = open(folder.path());
    let mut count = 0;
    bencher.bench_local(|| {
        count += 1;
        let edits = vec![FieldEdit::put("phone", Value::text(format!("+49 40 {count:06}")))];
        let reference = "accounts/acme-gmbh".parse().unwrap();
        let change = kontor::model::Change::Set { reference, edits };
        workspace.apply(&ChangeSet::new("edit", vec![change])).unwrap()
    });
}

/// Beside it: the same by hand.
#[divan::bench(sample_count = 50)]
fn save_beside_git_commit(bencher: Bencher<'_, '_>) {
    let folder = sample();
    let file = folder.path().join("accounts/acme-gmbh.yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    let mut count = 0;
    bencher.bench_local(|| {
        count += 1;
        std::fs::write(&file, format!("{text}# {count}\n")).unwrap();
        git(folder.path(), &["commit", "-qm", "By hand", "--", "accounts/acme-gmbh.yaml"]);
    });
}

const MANY: usize = 5_000;

/// The sample with many leads more.
fn large() -> TempDir {
    let folder = sample();
    for n in 0..MANY {
        let text =
            format!("last_name: Doe {n}\ncompany: Doe {n} Ltd\nstatus: new\nemail: doe.{n}@doe.example\n");
        std::fs::write(folder.path().join(format!("leads/many-{n:05}.yaml")), text).unwrap();
    }
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-qm", "Many leads"]);
    folder
}

/// One change of 5,000 records: files written, committed, safe on the disk.
#[divan::bench(sample_count = 4, sample_size = 1)]
fn save_many(bencher: Bencher<'_, '_>) {
    let folder = large();
    let mut workspace = open(folder.path());
    let mut count = 0;
    bencher.bench_local(|| {
        count += 1;
        let change = |n| kontor::model::Change::Set {
            reference: format!("leads/many-{n:05}").parse().unwrap(),
            edits: vec![FieldEdit::put("company", Value::text(format!("Doe {count}")))],
        };
        workspace.apply(&ChangeSet::new("edit", (0..MANY).map(change).collect())).unwrap()
    });
}

/// Beside it: the same by hand, without waiting for the disk.
#[divan::bench(sample_count = 4, sample_size = 1)]
fn save_many_beside_git_commit(bencher: Bencher<'_, '_>) {
    let folder = large();
    let mut count = 0;
    bencher.bench_local(|| {
        count += 1;
        for n in 0..MANY {
            let file = folder.path().join(format!("leads/many-{n:05}.yaml"));
            let text = std::fs::read_to_string(&file).unwrap();
            std::fs::write(&file, format!("{text}# {count}\n")).unwrap();
        }
        git(folder.path(), &["commit", "-qam", "By hand"]);
    });
}

/// A key press to its frame, on every screen. One frame at 60 Hz is 16.7 ms.
#[divan::bench(sample_count = 100, args = ["home", "account", "pipeline", "case", "activity", "accounts/acme-gmbh"])]
fn key_to_frame(bencher: Bencher<'_, '_>, screen: &str) {
    let folder = sample();
    let place = Place::parse(open(folder.path()).book().schema(), screen).unwrap();
    let mut stage = stage(folder.path(), place);
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        stage.play(if down { "j" } else { "k" });
    });
}
