//! `kontor edit`: a record's file in the person's own editor.

use super::{DONE, Done, FOUND_PROBLEMS};
use crate::cli::find::target;
use crate::cli::line::{Ink, Line};
use crate::cli::session::{Session, settle};
use crate::disk;
use crate::disk::editor::{self, Spot};
use crate::model::Problem;
use clap::Args;
use std::io::{self, BufRead, IsTerminal, Write};

/// Open a record's file in your editor; it is checked and committed afterwards
///
/// The editor is $VISUAL, else $EDITOR. Where the text has a mistake nothing is committed: edit again, or abandon;
/// an abandoned text is kept beside the repository's own files, and its place is told.
#[derive(Debug, Args)]
pub struct Edit {
    /// The record; one whose file is broken too
    #[arg(value_name = "REF")]
    reference: String,
}

impl Edit {
    /// Edits, checks and commits.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let mut workspace = session.open()?;
        // Better said before the work than after it.
        workspace.repo().identity()?;
        let target = target(session, &workspace, &self.reference)?;
        let path = target.path().clone();
        let before = workspace.root().read(&path)?;
        let file = workspace.root().resolve(&path)?;
        let mut spot = None;
        loop {
            editor::edit(&file, spot)?;
            let done = workspace.commit_by_hand(std::slice::from_ref(&path))?;
            settle(&workspace)?;
            if done.held_back.is_empty() {
                match &done.applied {
                    Some(applied) => session.tell_commit(applied)?,
                    None => session.out.say(crate::tr!("nothing changed"))?,
                }
                return Ok(DONE);
            }
            tell(session, &done.held_back)?;
            match ask(&mut session.out)? {
                Answer::Again => {
                    let first = done.held_back.first();
                    spot = first.map(|problem| Spot { line: problem.line, column: problem.column });
                }
                Answer::Abandon => {
                    let kept = workspace.repo().state_folder().join("abandoned").join(path.file_name());
                    disk::outside::save(&kept, &workspace.root().read(&path)?.unwrap_or_default())?;
                    workspace.put_back(&path, before)?;
                    let kept = kept.display();
                    session.out.say(crate::tr!(
                        "the file is as it was; your text is kept in {place}",
                        place = kept
                    ))?;
                    return Ok(FOUND_PROBLEMS);
                }
                Answer::Nobody => {
                    session.out.say(crate::tr!(
                        "not committed; the text stays in {path}: mend it with `kontor edit {reference}`",
                        path = path,
                        reference = target.reference()
                    ))?;
                    return Ok(FOUND_PROBLEMS);
                }
            }
        }
    }
}

enum Answer {
    Again,
    Abandon,
    /// There is no terminal to ask on.
    Nobody,
}

fn tell(session: &mut Session<'_>, problems: &[Problem]) -> io::Result<()> {
    for problem in problems {
        session.out.line(&Line::new().ink(Ink::Bad, crate::tr!("error: ")).text(problem.to_string()))?;
    }
    Ok(())
}

fn ask(out: &mut crate::cli::out::Out) -> io::Result<Answer> {
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        return Ok(Answer::Nobody);
    }
    out.flush()?;
    loop {
        write!(io::stderr(), "{}", crate::tr!("(e)dit again or (a)bandon? "))?;
        let mut line = String::new();
        if stdin.lock().read_line(&mut line)? == 0 {
            return Ok(Answer::Nobody);
        }
        match line.trim().to_lowercase().as_str() {
            "" | "e" | "edit" => return Ok(Answer::Again),
            "a" | "abandon" => return Ok(Answer::Abandon),
            _ => {}
        }
    }
}
