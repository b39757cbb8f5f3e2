//! Files made to cost whoever reads them as much as possible, up to the size that is read at all. The tests and the
//! benchmark share them.

/// What becomes of such a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is a problem, with a place and a reason.
    Refused,
    /// It is a record, if a strange one.
    Read,
}
use Fate::{Read, Refused};

/// The largest file that is read.
const MOST: usize = 1 << 20;

/// Each with what it is called.
pub fn all() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let deeper = (0..).map(|n| format!("{}a:\n", " ".repeat(n)));
    let numbered = |n: usize| format!("k{n:06}: {n}\n");
    let texts: Vec<(&'static str, String, Fate)> = vec![
        ("more than is read", "x".repeat(MOST + 1), Refused),
        ("open brackets", filled("a: ", "[", ""), Refused),
        ("open brackets, as many as are looked at", format!("a: {}", "[".repeat(39_000)), Refused),
        ("brackets, closed again", format!("a: {}{}", "[".repeat(39_000), "]".repeat(39_000)), Refused),
        ("open braces", format!("a: {}", "{a: ".repeat(39_000)), Refused),
        ("braces and brackets in turn", format!("a: {}", "[{a: ".repeat(19_000)), Refused),
        ("closed brackets", filled("a: ", "]", ""), Refused),
        ("lists in lists", filled("a:\n  ", "- ", "x\n"), Refused),
        ("maps in maps", within(deeper), Refused),
        ("question marks", filled("", "? ", "x\n"), Refused),
        ("one key again and again", filled("", "k: 1\n", ""), Refused),
        ("one key again and again, as often as is counted", "k: 1\n".repeat(19_000), Refused),
        ("too many keys", within((0..).map(numbered)), Refused),
        ("as many keys as there may be", (0..19_999).map(numbered).collect(), Read),
        ("a list without end", filled("a: [", "1,", "1]\n"), Refused),
        ("a list as long as is looked at", format!("a: [{}1]\n", "1,".repeat(39_000)), Refused),
        ("a list that is never closed", format!("a: [{}", "1,".repeat(39_000)), Refused),
        ("pairs in a list", format!("a: [{}", "a: 1, ".repeat(39_000)), Refused),
        ("a list of nothing", filled("a:\n", "-\n", ""), Refused),
        ("one line", filled("a: ", "x", ""), Read),
        ("one line of words", filled("a: ", "x ", "x"), Read),
        ("one line of colons", filled("a: ", ":", ""), Refused),
        ("a key of one line", filled("", "k", ": 1\n"), Refused),
        ("a text over many lines", filled("a: x\n", "  x\n", ""), Read),
        ("a text over many empty lines", filled("a: x\n", "\n", "  x\n"), Read),
        ("quotes that never close", filled("a: \"", "x", ""), Refused),
        ("quotes that never close, over many lines", filled("a: \"", "x\n  ", ""), Refused),
        ("single quotes", filled("a: ", "''", "'"), Refused),
        ("escapes", filled("a: \"", "\\x41", "\""), Read),
        ("escapes that are none", filled("a: \"", "\\q", "\""), Refused),
        ("a block of lines", filled("a: |\n", "  x\n", ""), Read),
        ("a block of empty lines", filled("a: |\n", "\n", "  x\n"), Read),
        ("a folded block", filled("a: >\n", "  x\n\n", ""), Read),
        ("a block that ends too soon", filled("a: |\n", "  x\n", " y\n"), Refused),
        ("blocks", filled("", "a: |\n", ""), Refused),
        ("anchors", filled("a: ", "&a ", "x"), Refused),
        ("a billion laughs", laughs(), Refused),
        ("aliases", filled("a: [", "*a ", "]"), Refused),
        ("tags", filled("a: ", "!x ", "x"), Refused),
        ("directives", filled("", "%TAG ! x\n", "a: 1\n"), Refused),
        ("documents", filled("", "---\n", ""), Refused),
        ("ends of documents", filled("a: 1\n", "...\n", ""), Read),
        ("nothing but lines", filled("", "\n", ""), Read),
        ("nothing but spaces", filled("", " ", ""), Read),
        ("nothing but comments", filled("", "#\n", ""), Read),
        ("one comment", filled("#", "x", "\n"), Read),
        ("comments behind values", filled("a: 1\n", "# x\n", "b: 2\n"), Read),
        ("returns", filled("", "\r", ""), Read),
        ("tabs", filled("a:", "\t", "1\n"), Refused),
        ("exclamation marks", filled("a: ", "!", ""), Refused),
        ("minus signs", filled("", "-", ""), Refused),
        ("marks of the byte order", filled("", "\u{feff}", ""), Refused),
        ("wide letters", filled("a: ", "漢", ""), Read),
        ("marks on one letter", filled("a: x", "\u{301}", ""), Read),
        ("zeros", filled("", "\0", ""), Refused),
    ];
    let mut all: Vec<_> =
        texts.into_iter().map(|(name, text, fate)| (name, text.into_bytes(), fate)).collect();
    all.push(("no text at all", vec![0xff; MOST], Refused));
    let mut late = filled("a: ", "x", "").into_bytes();
    late.pop();
    late.push(0xff);
    all.push(("no text at its end", late, Refused));
    all
}

/// As many of `again` between the others as there is room for.
fn filled(first: &str, again: &str, last: &str) -> String {
    let count = (MOST - first.len() - last.len()) / again.len();
    format!("{first}{}{last}", again.repeat(count))
}

/// As many of these as there is room for.
fn within(lines: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for line in lines {
        if text.len() + line.len() > MOST {
            break;
        }
        text.push_str(&line);
    }
    text
}

/// Each line ten times the one before, if somebody followed.
fn laughs() -> String {
    let line = |n: usize| format!("k{n}: &l{n} [{}]\n", vec![format!("*l{}", n.max(1) - 1); 10].join(", "));
    format!("k: &l0 lol\n{}", (1..=9).map(line).collect::<String>())
}
