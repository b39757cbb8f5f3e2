//! The documented command line is the one there is.

use super::shell::Shell;

const DOC: &str = include_str!("../../docs/cli.md");

/// The commands that `kontor --help` lists.
fn commands() -> Vec<String> {
    let help = Shell::empty().ok(&["--help"]);
    let lines = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_is_described_with_an_example() {
    let commands = commands();
    assert!(commands.len() >= 19, "{commands:?}");
    for command in &commands {
        assert!(DOC.contains(&format!("\n## `{command}")), "docs/cli.md has no section on {command}");
        assert!(DOC.contains(&format!("$ kontor {command}")), "docs/cli.md has no example of {command}");
    }
    let described =
        DOC.lines().filter_map(|l| l.strip_prefix("## `")).map(|l| l.split([' ', '`']).next().unwrap());
    for name in described {
        assert!(commands.iter().any(|c| c == name), "docs/cli.md describes {name}, which is not there");
    }
}

#[test]
fn every_option_is_described() {
    let shell = Shell::empty();
    for command in commands() {
        let help = shell.ok(&[&command, "--help"]);
        let options =
            help.split_whitespace().filter(|w| w.starts_with("--")).map(|w| w.trim_end_matches(['.', ',']));
        for option in options.filter(|o| !matches!(*o, "--help" | "--color" | "--version")) {
            assert!(DOC.contains(option), "docs/cli.md says nothing of {command} {option}");
        }
    }
}
