//! What every command works with: where it runs, where its answers go, the workspace it opens.

use super::Failure;
use super::format::FormatArg;
use super::line::{Ink, Line};
use super::out::{ColorChoice, Out, note};
use super::screens::Screens;
use super::wanting;
use crate::actions::{Action, Context, Input, Outcome, Place, Question, assign};
use crate::base::{Clock, Ref};
use crate::disk::{Root, SystemClock};
use crate::git::Environment;
use crate::model::Book;
use crate::workspace::{Applied, ChangeError, Found, Workspace, find};
use serde_json::json;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// One run of the program.
pub struct Session<'a> {
    dir: Option<PathBuf>,
    /// Where answers go.
    pub out: Out,
    /// The other front end.
    pub screens: &'a dyn Screens,
    /// All that may be said to the program, for completions and manual pages.
    pub grammar: fn() -> clap::Command,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl<'a> Session<'a> {
    /// A run in `dir`, or else where the process is.
    pub fn new(
        dir: Option<PathBuf>,
        colour: ColorChoice,
        screens: &'a dyn Screens,
        grammar: fn() -> clap::Command,
    ) -> Self {
        Self { dir, out: Out::new(colour), screens, grammar, clock: Arc::new(SystemClock) }
    }

    /// What surrounds the repository.
    pub fn environment(&self) -> Environment {
        Environment::of_process()
    }

    /// The folder it runs in, as typed.
    pub fn folder(&self) -> PathBuf {
        self.dir.clone().unwrap_or_else(|| PathBuf::from("."))
    }

    /// The folder it runs in, absolute and free of links.
    pub fn real_folder(&self) -> Result<PathBuf, Failure> {
        Ok(Root::open(&self.folder())?.path().to_owned())
    }

    /// Where a path that was typed leads: relative ones start from where it runs.
    pub fn place(&self, typed: &std::path::Path) -> PathBuf {
        self.dir.as_ref().map_or_else(|| typed.to_owned(), |dir| dir.join(typed))
    }

    /// The workspace around the folder.
    pub fn find(&self) -> Result<Found, Failure> {
        Ok(find(&self.folder(), self.environment())?)
    }

    /// The same, read.
    pub fn open(&self) -> Result<Workspace, Failure> {
        let workspace = self.find()?.open(self.clock.clone(), || {})?;
        // Taking a large book apart would only make the person wait for the prompt.
        std::mem::forget(workspace.book());
        Ok(workspace)
    }

    /// Runs an action on these records and makes the change it comes to.
    pub fn act(
        &self,
        workspace: &mut Workspace,
        action: &Action,
        targets: &[Ref],
        input: &Input,
    ) -> Result<Applied, Failure> {
        let book = workspace.book();
        match action.run(&context(workspace, &book, targets), input)? {
            Outcome::Change(set, _) => workspace.apply(&set).map_err(|error| match error {
                ChangeError::Invalid { reference, findings } if !input.fields.is_empty() => {
                    wanting::refused(&book, reference, findings)
                }
                error => error.into(),
            }),
            Outcome::Ask(Question::Form(form)) if form.reference.is_none() => {
                Err(wanting::for_new(&book, &form.type_name, &form.preset))
            }
            Outcome::Ask(_) => {
                Err(Failure::usage("usage", crate::tr!("nothing is named to change")).hint(assign::HOW))
            }
            // No action that a command runs goes anywhere.
            _ => Err(Failure::problem("unavailable", crate::tr!("that can only be done on the screen"))),
        }
    }

    /// Brings git's index up to date and tells what was done.
    pub fn tell_applied(
        &mut self,
        workspace: &Workspace,
        applied: &Applied,
        format: FormatArg,
    ) -> Result<(), Failure> {
        settle(workspace)?;
        match format.is_json() {
            true => self.out.json(&applied_json(applied))?,
            false => self.tell_commit(applied)?,
        }
        Ok(())
    }

    /// The commit and its subject, or that there was nothing to do.
    pub fn tell_commit(&mut self, applied: &Applied) -> io::Result<()> {
        match &applied.commit {
            Some(commit) => {
                let line = Line::new().ink(Ink::Dim, commit.short()).text("  ").text(&applied.subject);
                self.out.line(&line)?;
                applied.altered_note().map_or(Ok(()), |note| self.out.line(&Line::new().ink(Ink::Warn, note)))
            }
            None => self.out.say(crate::tr!("nothing to change: it is so already")),
        }
    }
}

/// What an action sees of these records.
pub fn context<'a>(workspace: &'a Workspace, book: &'a Book, targets: &'a [Ref]) -> Context<'a> {
    Context {
        book,
        now: workspace.now(),
        me: workspace.me(),
        place: &Place::Home,
        here: targets.first(),
        marked: if targets.len() > 1 { targets } else { &[] },
        shown: None,
        seed: fastrand::u64(..),
    }
}

/// Git's index is brought up to date with the commits made. One that another program holds stops nothing: the next
/// Kontor catches up.
pub fn settle(workspace: &Workspace) -> Result<(), Failure> {
    if let Err(error) = workspace.settle_index() {
        note(&error.to_string());
    }
    Ok(())
}

/// What was done, for programs.
pub fn applied_json(applied: &Applied) -> serde_json::Value {
    let refs: Vec<_> = applied.touched.iter().map(|t| t.reference.to_string()).collect();
    json!({
        "commit": applied.commit.as_ref().map(ToString::to_string),
        "subject": applied.subject,
        "refs": refs,
        "altered": applied.altered.iter().map(|path| path.as_str()).collect::<Vec<_>>(),
    })
}
