//! `kontor completions`: what a shell needs to complete our commands.

use super::{DONE, Done};
use crate::cli::session::Session;
use clap::Args;
use clap_complete::Shell;

/// Print the completions for a shell
///
/// For bash: `kontor completions bash > ~/.local/share/bash-completion/completions/kontor`
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Prints them.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut (session.grammar)(), "kontor", &mut script);
        session.out.bytes(&script)?;
        Ok(DONE)
    }
}
