//! A shell in a sealed-off place: its own home, its own git settings, its own clock zone.

use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A home and a workspace in it.
pub struct Shell {
    home: TempDir,
    root: PathBuf,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Shell {
    /// A home with no workspace.
    pub fn empty() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("gitconfig"), "[user]\nname = Lena Vogt\nemail = lena@nordwind.example\n")
            .unwrap();
        let root = home.path().canonicalize().unwrap().join("crm");
        Shell { home, root }
    }

    /// A small workspace: an account, two people, a pipeline and two deals.
    pub fn new() -> Self {
        let shell = Shell::empty();
        shell.ok(&[
            "init",
            shell.root.to_str().unwrap(),
            "--name",
            "Nordwind",
            "--currency",
            "EUR",
            "--time-zone",
            "Europe/Berlin",
            "--empty",
        ]);
        for (path, text) in FILES {
            shell.write(path, text);
        }
        shell.git(&["add", "."]);
        shell.git(&["commit", "--quiet", "--message=Bring the old records in"]);
        shell
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Writes a file in the workspace, as somebody with an editor would.
    pub fn write(&self, path: &str, text: &str) {
        let place = self.root.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    /// `kontor` in the workspace, ready to be run.
    pub fn kontor(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
        self.seal(&mut command);
        command.args(args);
        command
    }

    pub fn run(&self, args: &[&str]) -> Said {
        said(self.kontor(args).output().unwrap())
    }

    /// Runs it and expects it to work; what it printed.
    pub fn ok(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "kontor {args:?} said {}", said.out);
        said.out
    }

    /// Runs it and expects it to fail like this.
    #[track_caller]
    pub fn fails(&self, args: &[&str], code: i32, error: &str) {
        let said = self.run(args);
        assert_eq!((said.code, said.err.trim_end()), (code, error), "kontor {args:?} said {}", said.out);
    }

    pub fn json(&self, args: &[&str]) -> Json {
        let mut args = args.to_vec();
        args.extend(["--format", "json"]);
        serde_json::from_str(&self.ok(&args)).unwrap()
    }

    pub fn git(&self, args: &[&str]) -> String {
        let mut command = Command::new("git");
        self.seal(&mut command);
        let said = said(command.args(args).output().unwrap());
        assert_eq!(said.code, 0, "git {args:?}: {}", said.err);
        said.out.trim_end().to_owned()
    }

    /// The newest commit's subject.
    pub fn subject(&self) -> String {
        self.git(&["log", "-1", "--format=%s"])
    }

    pub fn commits(&self) -> usize {
        self.git(&["rev-list", "--count", "HEAD"]).parse().unwrap()
    }

    /// Git finds nothing wrong and nothing left over.
    #[track_caller]
    pub fn is_clean(&self) {
        assert_eq!(self.git(&["status", "--porcelain"]), "");
        self.git(&["fsck", "--strict"]);
    }

    /// The variables of a sealed-off process.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let home = self.home.path().to_str().unwrap();
        vec![
            ("PATH", std::env::var("PATH").unwrap()),
            ("HOME", home.to_owned()),
            ("XDG_CONFIG_HOME", format!("{home}/.config")),
            ("GIT_CONFIG_GLOBAL", format!("{home}/gitconfig")),
            ("GIT_CONFIG_NOSYSTEM", "1".to_owned()),
            ("TZ", "Europe/Berlin".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("TERM", "xterm-256color".to_owned()),
        ]
    }

    fn seal(&self, command: &mut Command) {
        command.env_clear().envs(self.variables());
        let here = if self.root.is_dir() { self.root.as_path() } else { self.home.path() };
        command.current_dir(here);
    }
}

pub fn said(output: Output) -> Said {
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

const FILES: &[(&str, &str)] = &[
    (
        "accounts/acme-gmbh.yaml",
        "# Our oldest customer.\nname: Acme GmbH\ntype: customer\nowner: lena-vogt # since March\ntags: [pilot]\n\
         primary_contact: marta-lind\nbilling_address:\n  city: Hamburg\n  country: DE\n",
    ),
    ("accounts/bolt-ag.yaml", "name: Bolt AG\ntype: prospect\nparent_account: acme-gmbh\n"),
    (
        "contacts/marta-lind.yaml",
        "first_name: Marta\nlast_name: Lind\naccount: acme-gmbh\nphones: [\"+34600123456\"]\n",
    ),
    ("contacts/tom-reuter.yaml", "first_name: Tom\nlast_name: Reuter\naccount: acme-gmbh\n"),
    (
        "pipelines/direct.yaml",
        "name: Direct\ndefault: true\nstages:\n  - {id: proposal, name: Proposal, kind: open}\n  \
         - {id: talks, name: Negotiation, kind: open}\n  - {id: won, name: Won, kind: won}\n",
    ),
    (
        "opportunities/pumps.yaml",
        "name: Pumps\naccount: acme-gmbh\npipeline: direct\nstage: proposal\namount: 12500.00 EUR\nclose_date: 2026-12-18\n",
    ),
    (
        "opportunities/valves.yaml",
        "name: Valves\naccount: bolt-ag\npipeline: direct\nstage: talks\namount: 4000.00 EUR\nclose_date: 2026-12-01\n",
    ),
];
