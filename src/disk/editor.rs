//! The person's own text editor, run on a file and waited for.

pub use super::spot::Spot;

use super::spot::arguments;
use super::{DiskError, MAX_FILE_BYTES};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// The editor's command line: `$VISUAL`, else `$EDITOR`, else what most systems have.
pub fn command() -> String {
    let set = |name: &str| env::var(name).ok().filter(|v| !v.trim().is_empty());
    set("VISUAL")
        .or_else(|| set("EDITOR"))
        .unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned())
}

/// Runs the editor on a file and waits until it is closed; at that spot, if it is one of those known to take it.
///
/// As with git, the variable is a command line for the shell, so `code --wait` works; the file is handed over as an
/// argument of its own and never as part of that text.
///
/// # Errors
/// When the editor cannot be started, or says that it failed.
pub fn edit(file: &Path, spot: Option<Spot>) -> Result<(), DiskError> {
    run(&command(), file, spot)
}

fn run(editor: &str, file: &Path, spot: Option<Spot>) -> Result<(), DiskError> {
    let handed_over = arguments(editor, file, spot);
    let mut shell = if cfg!(windows) {
        let mut words = editor.split_whitespace();
        let mut direct = Command::new(words.next().unwrap_or("notepad"));
        direct.args(words).args(handed_over);
        direct
    } else {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("{editor} \"$@\"")).arg(editor).args(handed_over);
        shell
    };
    let failed = |reason: String| DiskError::Editor { editor: editor.to_owned(), reason };
    let status = shell.status().map_err(|e| failed(e.to_string()))?;
    match status.success() {
        true => Ok(()),
        false => Err(failed(format!("it ended with {status}"))),
    }
}

/// Lets the person edit a text in a file of its own in `folder`, which is gone afterwards; `name` is how the file's
/// name begins and ends. `None` where it comes back as it was.
///
/// Editors end a file's last line. A text that had no line end comes back without one.
///
/// # Errors
/// When the file can't be made or read again, holds no text any more or too much of it, or the editor fails.
pub fn edit_text(folder: &Path, name: (&str, &str), text: &str) -> Result<Option<String>, DiskError> {
    text_through(&command(), folder, name, text)
}

fn text_through(
    editor: &str,
    folder: &Path,
    name: (&str, &str),
    text: &str,
) -> Result<Option<String>, DiskError> {
    let open = !text.is_empty() && !text.ends_with('\n');
    let given = if open { format!("{text}\n") } else { text.to_owned() };
    let failed = |source: io::Error| DiskError::NoDraft { path: folder.to_path_buf(), source };
    let mut builder = tempfile::Builder::new();
    builder.prefix(name.0).suffix(name.1);
    let mut file = fs::create_dir_all(folder).and_then(|()| builder.tempfile_in(folder)).map_err(failed)?;
    file.write_all(given.as_bytes()).and_then(|()| file.flush()).map_err(failed)?;
    run(editor, file.path(), None)?;
    // Some editors write another file and move it here: what counts is what is at the path now.
    let mut came = String::new();
    let limited = fs::File::open(file.path()).map_err(failed)?.take(MAX_FILE_BYTES + 1);
    io::BufReader::new(limited).read_to_string(&mut came).map_err(failed)?;
    if came.len() as u64 > MAX_FILE_BYTES {
        return Err(failed(io::Error::other("the text is longer than a record may be")));
    }
    let came = came.replace("\r\n", "\n");
    if came == given {
        return Ok(None);
    }
    let ended = text.ends_with('\n');
    Ok(Some(if ended { came } else { came.strip_suffix('\n').map(str::to_owned).unwrap_or(came) }))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn through(editor: &str, text: &str) -> Result<Option<String>, String> {
        let folder = tempfile::TempDir::new().unwrap();
        let place = folder.path().join("not/there/yet");
        let result = text_through(editor, &place, ("notes-", ".md"), text);
        assert_eq!(fs::read_dir(&place).unwrap().count(), 0, "nothing stays behind");
        result.map_err(|error| error.to_string())
    }

    #[test]
    fn a_text_comes_back_as_the_editor_left_it() {
        let check = |editor: &str, text: &str, expect: Option<&str>| {
            assert_eq!(through(editor, text), Ok(expect.map(str::to_owned)), "{editor}: {text:?}");
        };
        check("true", "as it was", None);
        check("true", "", None);
        check("sed -i s/one/two/", "one\nline", Some("two\nline"));
        check("sed -i s/one/two/", "one\n", Some("two\n"));
        check("sh -c 'printf \"a\\r\\nb\\r\\n\" > \"$0\"'", "", Some("a\nb"));
        check("sh -c 'printf new > \"$0.x\" && mv \"$0.x\" \"$0\"'", "old", Some("new"));
        check("sh -c ': > \"$0\"'", "old", Some(""));
        check("sh -c 'case \"$0\" in */notes-*.md) printf yes > \"$0\";; esac'", "", Some("yes"));
    }

    #[test]
    fn an_editor_that_fails_or_leaves_no_text_is_an_error() {
        let check = |editor: &str, says: &str| {
            let error = through(editor, "text").unwrap_err();
            assert!(error.contains(says), "{editor}: {error}");
        };
        check("false", "the editor 'false' failed");
        check("sh -c 'printf \"\\377\" > \"$0\"'", "UTF-8");
        check("rm", "can't hand the text to the editor");
        check("sh -c 'head -c 1048577 /dev/zero > \"$0\"'", "longer than a record may be");
    }
}
