//! `kontor man`: the manual pages.

use super::{DONE, Done};
use crate::cli::Failure;
use crate::cli::session::Session;
use crate::disk;
use clap::Args;
use std::path::PathBuf;

/// Write the manual pages, one for each command
#[derive(Debug, Args)]
pub struct Man {
    /// The folder to put them in; without one, the page of kontor itself is printed
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Man {
    /// Writes them.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let mut command = (session.grammar)();
        // Only now do the sub-commands know the options of all commands, and their full names.
        command.build();
        let Some(dir) = self.dir else {
            session.out.bytes(&page(&command)?)?;
            return Ok(DONE);
        };
        let dir = session.place(&dir);
        let mut written = vec![("kontor.1".to_owned(), page(&command)?)];
        for sub in command.get_subcommands().filter(|c| !c.is_hide_set()) {
            let name = format!("kontor-{}", sub.get_name());
            // Manual pages need a name that lives on; there are a few dozen at most.
            let leaked: &'static str = Box::leak(name.clone().into_boxed_str());
            written.push((format!("{name}.1"), page(&sub.clone().name(leaked))?));
        }
        for (name, bytes) in &written {
            disk::outside::save(&dir.join(name), bytes)?;
        }
        let count = crate::tr_n!("{n} page", "{n} pages", written.len());
        session.out.say(crate::tr!("{pages} in {dir}", pages = count, dir = dir.display()))?;
        Ok(DONE)
    }
}

fn page(command: &clap::Command) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut bytes)?;
    Ok(bytes)
}
