//! The person's own text editor, run on a file and waited for.

use super::DiskError;
use std::env;
use std::path::Path;
use std::process::Command;

/// The editor's command line: `$VISUAL`, else `$EDITOR`, else what most systems have.
pub fn command() -> String {
    let set = |name: &str| env::var(name).ok().filter(|v| !v.trim().is_empty());
    set("VISUAL")
        .or_else(|| set("EDITOR"))
        .unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned())
}

/// Runs the editor on a file and waits until it is closed.
///
/// As with git, the variable is a command line for the shell, so `code --wait` works; the file is handed over as an
/// argument of its own and never as part of that text.
///
/// # Errors
/// When the editor cannot be started, or says that it failed.
pub fn edit(file: &Path) -> Result<(), DiskError> {
    let editor = command();
    let mut shell = if cfg!(windows) {
        let mut words = editor.split_whitespace();
        let mut direct = Command::new(words.next().unwrap_or("notepad"));
        direct.args(words).arg(file);
        direct
    } else {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("{editor} \"$@\"")).arg(&editor).arg(file);
        shell
    };
    let failed = |reason: String| DiskError::Editor { editor: editor.clone(), reason };
    let status = shell.status().map_err(|e| failed(e.to_string()))?;
    match status.success() {
        true => Ok(()),
        false => Err(failed(format!("it ended with {status}"))),
    }
}
