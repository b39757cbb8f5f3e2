//! `kontor doctor`: whether everything Kontor needs is there.

use super::{DONE, Done, FOUND_PROBLEMS};
use crate::cli::format::FormatArg;
use crate::cli::line::{Ink, Line};
use crate::cli::session::Session;
use crate::disk::{Notice, Watch, editor};
use crate::git::{self, Head, Repo};
use crate::model::Severity;
use crate::workspace::Workspace;
use clap::Args;
use serde_json::json;
use std::borrow::Cow;
use std::time::Duration;

/// Look whether everything Kontor needs is there
///
/// Each line says what was found and, where something is amiss, what to do. The exit code is 1 if Kontor can't work.
#[derive(Debug, Args)]
pub struct Doctor {
    #[command(flatten)]
    format: FormatArg,
}

/// How it stands with one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Fine,
    Worth,
    Bad,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Worth => "warn",
            Self::Bad => "error",
        }
    }

    fn ink(self) -> Ink {
        match self {
            Self::Fine => Ink::Good,
            Self::Worth => Ink::Warn,
            Self::Bad => Ink::Bad,
        }
    }
}

/// One thing that was looked at.
struct Finding {
    what: &'static str,
    state: State,
    found: String,
    /// What to do, where something is amiss.
    advice: Option<Cow<'static, str>>,
}

impl Finding {
    fn fine(what: &'static str, found: impl Into<String>) -> Self {
        Self { what, state: State::Fine, found: found.into(), advice: None }
    }

    fn worth(what: &'static str, found: impl Into<String>, advice: impl Into<Cow<'static, str>>) -> Self {
        Self { what, state: State::Worth, found: found.into(), advice: Some(advice.into()) }
    }

    /// The messages of errors say what to do by themselves.
    fn bad(what: &'static str, error: impl std::fmt::Display) -> Self {
        Self { what, state: State::Bad, found: error.to_string(), advice: None }
    }
}

impl Doctor {
    /// Looks at everything.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let mut found = vec![git_version()];
        match session.open() {
            Ok(workspace) => found.extend(of_workspace(&workspace)),
            Err(failure) => found.push(Finding::bad("workspace", failure)),
        }
        found.extend([editor(), terminal(session), colours(), unicode(), log(session)]);
        if self.format.is_json() {
            session.out.json(&found.iter().map(as_json).collect::<Vec<_>>())?;
        } else {
            for finding in &found {
                tell(session, finding)?;
            }
        }
        let bad = found.iter().any(|f| f.state == State::Bad);
        Ok(if bad { FOUND_PROBLEMS } else { DONE })
    }
}

fn tell(session: &mut Session<'_>, finding: &Finding) -> std::io::Result<()> {
    let line = Line::new().ink(finding.state.ink(), finding.state.word()).pad_to(7);
    let line = line.ink(Ink::Bold, finding.what).pad_to(20).text(&finding.found);
    let advice = finding.advice.as_ref().map(|a| format!(": {a}")).unwrap_or_default();
    session.out.line(&line.text(advice))
}

fn as_json(finding: &Finding) -> serde_json::Value {
    json!({
        "what": finding.what,
        "state": finding.state.word(),
        "found": finding.found,
        "advice": finding.advice,
    })
}

/// What `log` and `commit` ask of git came with this version.
const OLDEST_GIT: (u32, u32) = (2, 30);

fn git_version() -> Finding {
    let version = match git::version() {
        Ok(version) => version,
        Err(error) => return Finding::bad("git", error),
    };
    let mut numbers = version.split('.').map(|n| n.parse().unwrap_or(0));
    let number = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    match number >= OLDEST_GIT {
        true => Finding::fine("git", version),
        false => Finding::worth("git", version, "2.30 or later is needed, so update it"),
    }
}

fn of_workspace(workspace: &Workspace) -> Vec<Finding> {
    let repo = workspace.repo();
    vec![
        problems(workspace),
        identity(workspace),
        branch(repo),
        index(repo),
        hand_edits(workspace),
        watch(workspace),
    ]
}

fn problems(workspace: &Workspace) -> Finding {
    let problems = workspace.check();
    let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
    let place = workspace.root().path().display();
    let records = crate::tr_n!("{n} record", "{n} records", workspace.book().len());
    match errors {
        0 => Finding::fine("workspace", format!("{place}, {records}")),
        n => {
            let errors = crate::tr_n!("{n} error", "{n} errors", n);
            Finding::worth("workspace", format!("{place}, {records}, {errors}"), "`kontor check` lists them")
        }
    }
}

fn identity(workspace: &Workspace) -> Finding {
    let identity = match workspace.repo().identity() {
        Ok(identity) => identity,
        Err(error) => return Finding::bad("identity", error),
    };
    let who = format!("{} <{}>", identity.name, identity.email);
    match workspace.me() {
        Some(id) => Finding::fine("identity", format!("{who}, users/{id}")),
        None => {
            let advice = "no user record has this address, so `me` means nobody; add one with \
                 `kontor new user name=… email=…`";
            Finding::worth("identity", who, advice)
        }
    }
}

fn branch(repo: &Repo) -> Finding {
    match repo.head() {
        Ok(Head::Branch { name, commit: Some(_) }) => Finding::fine("branch", name),
        Ok(Head::Branch { name, commit: None }) => Finding::fine("branch", format!("{name}, no commit yet")),
        Ok(Head::Detached { commit }) => {
            let found = format!("none: HEAD is at {}", commit.short());
            Finding::worth("branch", found, "nothing can be saved until `git switch <branch>`")
        }
        Err(error) => Finding::bad("branch", error),
    }
}

fn index(repo: &Repo) -> Finding {
    if !repo.index_is_behind() {
        return Finding::fine("git index", "up to date");
    }
    match repo.refresh_index() {
        Ok(()) => Finding::fine("git index", "was behind; brought up to date"),
        Err(error) => Finding::bad("git index", error),
    }
}

fn hand_edits(workspace: &Workspace) -> Finding {
    match workspace.hand_edited() {
        Ok(files) if files.is_empty() => Finding::fine("hand edits", "none"),
        Ok(files) => {
            let count = crate::tr_n!("{n} file not committed", "{n} files not committed", files.len());
            Finding::worth("hand edits", count, "`kontor commit` does that")
        }
        Err(error) => Finding::bad("hand edits", error),
    }
}

/// The first notice comes at once when the system can tell us of changes, and when it can't.
const PATIENCE: Duration = Duration::from_secs(2);

fn watch(workspace: &Workspace) -> Finding {
    let repo = workspace.repo();
    let (_watch, notices) = Watch::start(workspace.root(), repo.git_dir(), repo.common_dir());
    match notices.recv_timeout(PATIENCE) {
        Ok(Notice::Polling { reason }) => Finding::worth("file watch", "looks every few seconds", reason),
        Ok(_) => Finding::fine("file watch", "hand edits are seen at once"),
        Err(_) => Finding::worth(
            "file watch",
            "no answer from the system",
            "hand edits show after a reload (ctrl-l)",
        ),
    }
}

fn editor() -> Finding {
    let set = ["VISUAL", "EDITOR"].iter().any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()));
    match set {
        true => Finding::fine("editor", editor::command()),
        false => Finding::worth("editor", editor::command(), "set VISUAL or EDITOR to the one you like"),
    }
}

fn log(session: &Session<'_>) -> Finding {
    match session.screens.log() {
        Some(path) => Finding::fine("log", path.display().to_string()),
        None => Finding::worth("log", "none", "set HOME, so that there is a place for it"),
    }
}

/// The smallest terminal the screens are made for.
const SMALLEST: (u16, u16) = (40, 12);

fn terminal(session: &Session<'_>) -> Finding {
    if !session.out.is_terminal() {
        return Finding::fine("terminal", "none: output goes elsewhere");
    }
    match crossterm::terminal::size() {
        Ok((columns, lines)) if columns >= SMALLEST.0 && lines >= SMALLEST.1 => {
            Finding::fine("terminal", format!("{columns}×{lines}"))
        }
        Ok((columns, lines)) => {
            Finding::worth("terminal", format!("{columns}×{lines}"), "the screens need 40×12 at least")
        }
        Err(error) => Finding::worth("terminal", error.to_string(), "try another terminal"),
    }
}

fn colours() -> Finding {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let term = variable("TERM");
    if !variable("NO_COLOR").is_empty() {
        return Finding::fine("colours", "none: NO_COLOR is set");
    }
    if matches!(variable("COLORTERM").as_str(), "truecolor" | "24bit") {
        return Finding::fine("colours", "16 million");
    }
    match term.as_str() {
        _ if term.contains("256color") => {
            Finding::fine("colours", "256; set COLORTERM=truecolor if your terminal has more")
        }
        "" | "dumb" => Finding::worth("colours", "none", "set TERM to what your terminal is"),
        _ => Finding::fine("colours", format!("16 ({term})")),
    }
}

/// POSIX asks these in this order.
const LOCALE: [&str; 3] = ["LC_ALL", "LC_CTYPE", "LANG"];

fn unicode() -> Finding {
    let locale = LOCALE.iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let locale = locale.unwrap_or_default();
    let upper = locale.to_uppercase();
    match cfg!(windows) || upper.contains("UTF-8") || upper.contains("UTF8") {
        true => Finding::fine("unicode", if locale.is_empty() { "yes".to_owned() } else { locale }),
        false => {
            let found = if locale.is_empty() { "no locale is set".to_owned() } else { locale };
            Finding::worth("unicode", found, "set LANG to one such as C.UTF-8, or names may look wrong")
        }
    }
}
