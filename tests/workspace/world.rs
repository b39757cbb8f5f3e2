//! A workspace in a real repository, with git itself to ask for its opinion. Nothing of the machine's own
//! settings counts.

use chrono::{DateTime, Utc};
use kontor::base::{Clock, Ref, RepoPath};
use kontor::git::Environment;
use kontor::model::{Change, ChangeSet, EditOp, FieldEdit, Record, Value};
use kontor::workspace::{self, Applied, ChangeError, Workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A small company: an account with people, deals in a pipeline, a case, a quote with lines.
pub const FILES: &[(&str, &str)] = &[
    ("kontor.yaml", "name: Nordwind\ncurrency: EUR\ntime_zone: Europe/Berlin\n"),
    ("users/lena.yaml", "name: Lena Vogt\nemail: lena@example.com\n"),
    ("users/jonas.yaml", "name: Jonas Riis\nemail: jonas@example.com\n"),
    (
        "pipelines/direct.yaml",
        "name: Direct\ndefault: true\nstages:\n  - {id: proposal, name: Proposal, kind: open}\n  \
         - {id: negotiation, name: Negotiation, kind: open}\n  - {id: won, name: Won, kind: won}\n  \
         - {id: lost, name: Lost, kind: lost}\n",
    ),
    (
        "accounts/acme.yaml",
        "# Our oldest customer.\nname: Acme GmbH   # as in the register\nowner: lena\n\ntags: [pilot]\n\
         billing_address:\n  city: Kiel\nx_legacy: \"007\"\n",
    ),
    ("accounts/bolt.yaml", "name: Bolt AG\nparent_account: acme\n"),
    (
        "contacts/marta.yaml",
        "first_name: Marta\nlast_name: Lind\naccount: acme\nemails: [marta@acme.example]\n",
    ),
    (
        "opportunities/pumps.yaml",
        "name: Pumps\naccount: acme\npipeline: direct\nstage: proposal # since the fair\nstage_since: 2026-10-01\n\
         amount: 12500.00 EUR\nlines:\n  - {id: a1b2, product: p-100, quantity: 3}\n",
    ),
    ("products/p-100.yaml", "name: Pump P 100\n"),
    ("cases/noise.yaml", "subject: Noise\nstatus: new\npriority: normal\naccount: acme\n"),
];

/// Saturday 21 November 2026, two in the afternoon in Berlin, and a second later with every look.
struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> DateTime<Utc> {
        let start: DateTime<Utc> = "2026-11-21T13:00:00Z".parse().unwrap();
        start + chrono::TimeDelta::seconds(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

pub fn clock() -> Arc<dyn Clock> {
    Arc::new(Ticking(AtomicI64::new(0)))
}

pub struct World {
    dir: tempfile::TempDir,
}

impl World {
    /// A repository of Lena's without a commit or a file.
    pub fn empty() -> World {
        let world = World { dir: tempfile::tempdir().unwrap() };
        world.git(&["init", "--quiet", "--initial-branch=main", "--template="]);
        world.git(&["config", "user.name", "Lena Vogt"]);
        world.git(&["config", "user.email", "lena@example.com"]);
        world
    }

    /// The small company, committed.
    pub fn new() -> World {
        let world = World::with(FILES);
        world.commit_all("start");
        world
    }

    /// These files, not committed.
    pub fn with(files: &[(&str, &str)]) -> World {
        let world = World::empty();
        files.iter().for_each(|(path, text)| world.write(path, text));
        world
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn file(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let place = self.file(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        String::from_utf8(fs::read(self.file(path)).unwrap()).unwrap()
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.file(path)).unwrap();
    }

    pub fn commit_all(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    pub fn open(&self) -> Workspace {
        open(self.path())
    }

    /// All record files with their bytes, sorted.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        collect(self.path(), self.path(), &mut found);
        found.sort();
        found
    }

    /// Runs git here; it must succeed. Gives its output without the last newline.
    pub fn git(&self, args: &[&str]) -> String {
        git(self.path(), args)
    }

    pub fn try_git(&self, args: &[&str]) -> Output {
        try_git(self.path(), args)
    }

    pub fn hook(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        self.write(&format!(".git/hooks/{name}"), format!("#!/bin/sh\n{script}\n"));
        let place = self.file(&format!(".git/hooks/{name}"));
        fs::set_permissions(place, fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"])
    }

    pub fn commits(&self) -> usize {
        self.git(&["rev-list", "--count", "HEAD"]).parse().unwrap()
    }

    /// The newest commit's whole message.
    pub fn message(&self) -> String {
        self.git(&["log", "-1", "--format=%B"]).trim_end().to_owned()
    }

    /// What `git status` says, a line each.
    pub fn status(&self) -> String {
        self.git(&["status", "--porcelain", "--untracked-files=all"])
    }

    /// Git finds nothing wrong, nothing is uncommitted, and the book is what a fresh look at the files gives.
    #[track_caller]
    pub fn check(&self, workspace: &Workspace) {
        workspace.settle_index().unwrap();
        assert_eq!(self.status(), "");
        self.check_book(workspace);
        let fsck = self.try_git(&["fsck", "--strict", "--no-dangling"]);
        assert!(fsck.status.success(), "{}", String::from_utf8_lossy(&fsck.stderr));
        assert_eq!(String::from_utf8(fsck.stdout).unwrap(), "");
    }

    /// The book is what a fresh look at the files gives.
    #[track_caller]
    pub fn check_book(&self, workspace: &Workspace) {
        assert_eq!(told(workspace), told(&self.open()));
    }
}

pub fn open(path: &Path) -> Workspace {
    workspace::find(path, Environment::isolated()).unwrap().open(clock(), || {}).unwrap()
}

pub fn git(dir: &Path, args: &[&str]) -> String {
    let output = try_git(dir, args);
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end_matches('\n').to_owned()
}

pub fn try_git(dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"GIT_")) {
        command.env_remove(name);
    }
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", "/nonexistent")
        .env("LC_ALL", "C")
        .current_dir(dir)
        .args(args)
        .output()
        .unwrap()
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name());
        if name == ".git" {
            continue;
        } else if path.is_dir() {
            collect(root, &path, found);
        } else {
            let inside = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            found.push((inside, fs::read(path).unwrap()));
        }
    }
}

/// Everything a book holds, for comparing two.
pub fn told(workspace: &Workspace) -> Vec<String> {
    let book = workspace.book();
    let mut lines: Vec<String> = book
        .records()
        .map(|r| {
            let links = book.backlinks(&r.reference);
            format!("{} {} {:?} {links:?}", r.reference, r.path, r.fields)
        })
        .chain(book.broken().values().map(|p| p.to_string()))
        .collect();
    lines.sort();
    lines
}

pub fn reference(text: &str) -> Ref {
    text.parse().unwrap()
}

pub fn path(text: &str) -> RepoPath {
    text.parse().unwrap()
}

/// A record's fields out of YAML.
pub fn fields(text: &str) -> Vec<(smol_str::SmolStr, Value)> {
    match Value::from(&kontor::yaml::parse(text).unwrap()) {
        Value::Map(fields) => fields.into_vec(),
        _ => Vec::new(),
    }
}

/// Edits of one record: `stage=won`, `tags+=new`, `tags-=new`, `owner=`.
pub fn set(record: &str, edits: &[&str]) -> Change {
    let edit = |text: &&str| {
        let (name, value) = text.split_once('=').unwrap();
        let (name, op) = match (name.strip_suffix('+'), name.strip_suffix('-')) {
            (Some(name), _) => (name, EditOp::Add(Value::text(value))),
            (_, Some(name)) => (name, EditOp::Take(Value::text(value))),
            _ if value.is_empty() => (name, EditOp::Clear),
            _ => (name, EditOp::Put(Value::text(value))),
        };
        FieldEdit { path: name.parse().unwrap(), op }
    };
    Change::Set { reference: reference(record), edits: edits.iter().map(edit).collect() }
}

pub fn create(record: &str, text: &str) -> Change {
    Change::Create { reference: reference(record), fields: fields(text) }
}

pub fn delete(record: &str) -> Change {
    Change::Delete { reference: reference(record) }
}

pub fn rename(record: &str, to: &str) -> Change {
    Change::Rename { from: reference(record), to: to.parse().unwrap() }
}

/// What tests do with a workspace.
pub trait Act {
    fn act(&mut self, changes: Vec<Change>) -> Result<Applied, ChangeError>;

    fn set(&mut self, record: &str, edits: &[&str]) -> Result<Applied, ChangeError> {
        self.act(vec![set(record, edits)])
    }

    /// The refusal of a change that must be refused.
    #[track_caller]
    fn refused(&mut self, changes: Vec<Change>) -> String {
        self.act(changes).unwrap_err().to_string()
    }
}

impl Act for Workspace {
    fn act(&mut self, changes: Vec<Change>) -> Result<Applied, ChangeError> {
        self.apply(&ChangeSet::new("set", changes))
    }
}

/// The record as the book has it.
pub fn record(workspace: &Workspace, of: &str) -> Record {
    (**workspace.book().get(&reference(of)).unwrap_or_else(|| panic!("there is no {of}"))).clone()
}
