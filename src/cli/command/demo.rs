//! `kontor demo`: a workspace to look around in.

use super::home::open;
use super::{DONE, Done};
use crate::cli::Failure;
use crate::cli::line::{Ink, Line};
use crate::cli::progress;
use crate::cli::session::Session;
use crate::workspace::demo::{Content, DemoError, Made, Order, Phase, Progress, make};
use crate::workspace::find;
use clap::Args;
use indicatif::ProgressBar;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// Make a demo to look around in, and open it
///
/// It is a git repository of its own with a company's customers, deals and cases and some months of history, moved so
/// that it is about today. Nothing that is there already is touched.
#[derive(Debug, Args)]
pub struct Demo {
    /// The folder to make it in, which must not exist; kontor-demo unless given
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Make up this many records instead of showing the sample company
    #[arg(long, value_name = "N")]
    records: Option<usize>,
    /// How many commits of changes the made-up records have behind them
    #[arg(long, value_name = "M", default_value_t = 300, requires = "records")]
    commits: usize,
    /// Another seed makes up other records; the same one the same
    #[arg(long, value_name = "S", default_value_t = 1, requires = "records")]
    seed: u64,
    /// Make it and say where it is, and no more
    #[arg(long)]
    no_open: bool,
}

impl Demo {
    /// Makes it, and opens it.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let target = self.dir.as_deref().map(|dir| session.place(dir));
        let bar = progress::bar();
        let mut progress = |at: Progress| show(&bar, at);
        let now = session.clock.now();
        let content = match self.records {
            Some(records) => Content::Generated(Order { records, seed: self.seed, commits: self.commits }),
            None => Content::Sample,
        };
        let made = make(target.as_deref(), content, now, session.environment(), &mut progress);
        bar.finish_and_clear();
        let made = made?;
        let interactive = session.out.is_terminal() && io::stdin().is_terminal();
        if self.no_open || interactive {
            tell(session, &made)?;
        }
        if self.no_open {
            return Ok(DONE);
        }
        let code = open(session, find(&made.path, session.environment())?)?;
        if !interactive {
            // The screen comes first; where it came from stands below it.
            tell(session, &made)?;
        }
        Ok(code)
    }
}

/// A bar on the error output, where it is a terminal; it never mixes with the answer.
fn show(bar: &ProgressBar, at: Progress) {
    let what = match at.phase {
        Phase::Story => crate::tr!("making up its story"),
        Phase::Commits => crate::tr!("writing its history"),
        Phase::Files => crate::tr!("writing the files"),
    };
    progress::show(bar, what, at.done, at.total);
}

fn tell(session: &mut Session<'_>, made: &Made) -> io::Result<()> {
    let files = crate::tr_n!("{n} file", "{n} files", made.files);
    let commits = crate::tr_n!("{n} commit", "{n} commits", made.commits);
    let path = made.path.display().to_string();
    let head = crate::tr!("the demo is in {path}", path = path);
    session.out.line(&Line::new().ink(Ink::Good, head).ink(Ink::Dim, format!("  {files}, {commits}")))?;
    session.out.say(crate::tr!("open it again with `kontor -C {path}`", path = path))
}

impl From<DemoError> for Failure {
    fn from(error: DemoError) -> Self {
        match error {
            DemoError::Place(error) => error.into(),
            DemoError::Repository { .. } => Self::problem("git", error.to_string()),
        }
    }
}
