//! `kontor completions`: what a shell needs to complete our commands.

use super::{DONE, Done};
use crate::cli::session::Session;
use clap::Args;
use clap_complete::Shell;

/// Print the completions for a shell
///
/// For bash: `kontor completions bash > ~/.local/share/bash-completion/completions/kontor`
///
/// In bash, zsh and fish they complete types, references, fields, values and views of the workspace around the current
/// folder, too: the script asks `kontor` for them, which only reads.
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
        session.out.bytes(asking(self.shell, &String::from_utf8_lossy(&script)).as_bytes())?;
        Ok(DONE)
    }
}

/// A script that knows our commands, with what asks us for the rest.
fn asking(shell: Shell, script: &str) -> String {
    match shell {
        Shell::Bash => format!("{script}{}", include_str!("completions/ask.bash")),
        Shell::Fish => format!("{script}{}", include_str!("completions/ask.fish")),
        Shell::Zsh => {
            // The script ends with its first call, when zsh loads it for that.
            let (functions, call) = script.split_at(script.rfind(ZSH_CALL).unwrap_or(script.len()));
            format!("{functions}{}{call}", include_str!("completions/ask.zsh"))
        }
        _ => script.to_owned(),
    }
}

/// How the last statement of a script for zsh begins.
const ZSH_CALL: &str = "if [ \"$funcstack[1]\"";
