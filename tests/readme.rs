//! The README's tables are those of the program. `UPDATE_README=1 cargo test readme` writes them anew.

use kontor::actions;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn readme() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"))
}

/// The part between `<!-- name -->` and `<!-- /name -->`.
fn check(name: &str, expected: &str) {
    let text = fs::read_to_string(readme()).unwrap();
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&open).expect("the README has the mark");
    let (found, after) = rest.split_once(&close).expect("the README has the closing mark");
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(readme(), format!("{before}{open}{expected}{close}{after}")).unwrap();
        return;
    }
    assert_eq!(found, expected, "README.md is behind: UPDATE_README=1 cargo test readme");
}

#[test]
fn the_tables_are_those_of_the_program() {
    check("keys", &keys());
    check("commands", &commands());
}

/// A table a group: keys, what they do, where.
fn keys() -> String {
    let mut groups: Vec<_> = actions::all().iter().map(|a| a.group).collect();
    groups.sort();
    groups.dedup();
    let mut text = String::new();
    for group in groups {
        text.push_str(&format!("\n**{}**\n\n| keys | |\n|---|---|\n", group.title()));
        for action in actions::all().iter().filter(|a| a.group == group) {
            let keys: Vec<_> = action.keys.iter().map(|k| format!("`{}`", k.replace('|', "\\|"))).collect();
            let keys = if keys.is_empty() { "palette".to_owned() } else { keys.join(" ") };
            text.push_str(&format!("| {keys} | {} |\n", action.title));
        }
    }
    text.push('\n');
    text
}

/// Every command with its line of help, from the binary itself.
fn commands() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kontor")).arg("-h").env("COLUMNS", "200").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let lines = help.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
    let mut text = String::from("\n| command | |\n|---|---|\n");
    for line in lines {
        let (name, about) = line.trim().split_once("  ").unwrap();
        if name != "help" {
            text.push_str(&format!("| `{name}` | {} |\n", about.trim()));
        }
    }
    text.push('\n');
    text
}
