//! A place in a file, and how the editors that can are told to open it there.

use std::ffi::OsString;
use std::path::Path;

/// A place in a text file, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The line.
    pub line: u32,
    /// The character in the line.
    pub column: u32,
}

/// How an editor is told of a spot in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// `-c LINE FILE`, the one way that every `vi` has.
    Posix,
    /// `+LINE FILE`
    Line,
    /// `+LINE:COLUMN FILE`
    LineColon,
    /// `+LINE,COLUMN FILE`
    LineComma,
    /// `+call cursor(LINE, COLUMN) FILE`
    Cursor,
    /// `FILE:LINE:COLUMN`
    Suffix,
    /// `--goto FILE:LINE:COLUMN`
    Goto,
    /// `--line LINE --column COLUMN FILE`
    Options,
}

/// The programs, by the manuals of each; any other is given the file alone.
const WAYS: &[(Way, &[&str])] = &[
    (Way::Posix, &["vi", "nvi", "ex", "view"]),
    (Way::Line, &["joe", "jmacs", "mg", "ne", "mcedit", "zile"]),
    (Way::LineColon, &["emacs", "emacsclient", "kak", "micro", "gedit", "gnome-text-editor"]),
    (Way::LineComma, &["nano", "pico", "rnano"]),
    (Way::Cursor, &["vim", "nvim", "gvim", "mvim", "vimx", "rvim", "vimr"]),
    (Way::Suffix, &["hx", "helix", "subl", "sublime_text", "zed", "zeditor", "lapce"]),
    (Way::Goto, &["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"]),
    (Way::Options, &["kate", "kwrite", "idea", "pycharm", "rustrover"]),
];

/// What is added to the editor's command line.
pub(super) fn arguments(editor: &str, file: &Path, spot: Option<Spot>) -> Vec<OsString> {
    let program = program(editor);
    let way = WAYS.iter().find(|(_, names)| names.contains(&program)).map(|(way, _)| *way);
    let (Some(way), Some(Spot { line, column })) = (way, spot) else { return vec![file.into()] };
    let before = |option: String| vec![option.into(), file.into()];
    let suffixed = || {
        let mut place = OsString::from(file);
        place.push(format!(":{line}:{column}"));
        place
    };
    match way {
        Way::Posix => vec!["-c".into(), line.to_string().into(), file.into()],
        Way::Line => before(format!("+{line}")),
        Way::LineColon => before(format!("+{line}:{column}")),
        Way::LineComma => before(format!("+{line},{column}")),
        Way::Cursor => before(format!("+call cursor({line}, {column})")),
        Way::Suffix => vec![suffixed()],
        Way::Goto => vec!["--goto".into(), suffixed()],
        Way::Options => {
            let [line, column] = [line, column].map(|number| OsString::from(number.to_string()));
            vec!["--line".into(), line, "--column".into(), column, file.into()]
        }
    }
}

/// The name of the program a command line runs, without its folder and without what distributions hang on it:
/// `vim` for `LC_ALL=C /usr/bin/vim.gtk3 -f`.
fn program(editor: &str) -> &str {
    let mut rest = editor.trim_start();
    // A variable set for the program is not the program.
    while let Some((_, after)) = rest.split_once(char::is_whitespace).filter(|(word, _)| is_setting(word)) {
        rest = after.trim_start();
    }
    let word = match rest.chars().next().filter(|quote| ['"', '\''].contains(quote)) {
        Some(quote) => rest[1..].split(quote).next().unwrap_or_default(),
        None => rest.split_whitespace().next().unwrap_or_default(),
    };
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    name.split('.').next().unwrap_or(name)
}

fn is_setting(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_known_behind_folders_quotes_and_settings() {
        fn check(editor: &str, expect: &str) {
            assert_eq!(program(editor), expect, "{editor}");
        }
        check("vim", "vim");
        check("  nvim -f", "nvim");
        check("/usr/bin/vim.gtk3", "vim");
        check("LC_ALL=C TERM=xterm /opt/helix/hx", "hx");
        check("'/Applications/Sublime Text.app/bin/subl' --wait", "subl");
        check(r#""C:\Program Files\VS Code\code.exe" --wait"#, "code");
        check("", "");
        check("A=b", "A=b");
    }

    #[test]
    fn each_editor_is_told_in_its_own_way() {
        fn check(editor: &str, expect: &[&str]) {
            let spot = Some(Spot { line: 12, column: 3 });
            assert_eq!(arguments(editor, Path::new("/r/a b.yaml"), spot), expect, "{editor}");
            assert_eq!(arguments(editor, Path::new("/r/a b.yaml"), None), ["/r/a b.yaml"], "{editor}");
        }
        check("vi", &["-c", "12", "/r/a b.yaml"]);
        check("joe", &["+12", "/r/a b.yaml"]);
        check("nvim -f", &["+call cursor(12, 3)", "/r/a b.yaml"]);
        check("emacsclient -t", &["+12:3", "/r/a b.yaml"]);
        check("kak", &["+12:3", "/r/a b.yaml"]);
        check("micro", &["+12:3", "/r/a b.yaml"]);
        check("nano -w", &["+12,3", "/r/a b.yaml"]);
        check("hx", &["/r/a b.yaml:12:3"]);
        check("/usr/bin/helix", &["/r/a b.yaml:12:3"]);
        check("subl --wait", &["/r/a b.yaml:12:3"]);
        check("code --wait", &["--goto", "/r/a b.yaml:12:3"]);
        check("kate -b", &["--line", "12", "--column", "3", "/r/a b.yaml"]);
        check("sed -i s/a/b/", &["/r/a b.yaml"]);
        check("my-own-thing", &["/r/a b.yaml"]);
    }

    #[test]
    fn no_editor_is_told_in_two_ways() {
        let mut names: Vec<_> = WAYS.iter().flat_map(|(_, names)| *names).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
