//! On a terminal: tables line up, colour means something, mistakes in the editor are asked about.

use super::shell::Shell;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::{Read, Write};

/// What the command writes to a terminal of 80 columns, given this to read.
fn on_terminal(shell: &Shell, args: &[&str], variables: &[(&str, &str)], typed: &str) -> String {
    let pty =
        native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kontor"));
    command.args(args);
    command.cwd(shell.root());
    command.env_clear();
    shell.variables().into_iter().for_each(|(name, value)| command.env(name, value));
    variables.iter().for_each(|(name, value)| command.env(name, value));
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    pty.master.take_writer().unwrap().write_all(typed.as_bytes()).unwrap();
    let mut text = String::new();
    let mut reader = pty.master.try_clone_reader().unwrap();
    let mut bytes = Vec::new();
    // Where the other side is gone, Linux ends with an error and not with nothing.
    let _ = reader.read_to_end(&mut bytes);
    child.wait().unwrap();
    text.push_str(&String::from_utf8_lossy(&bytes));
    // The keyboard's end is shown as an empty line.
    text.replace("\r\n", "\n").trim_start_matches('\n').to_owned()
}

#[test]
fn tables_line_up_with_headings() {
    let shell = Shell::new();
    let out =
        on_terminal(&shell, &["list", "deals", "--columns", "name,amount,stage"], &[("NO_COLOR", "1")], "");
    assert_eq!(
        out,
        "ID      Name      Amount  Stage\npumps   Pumps   12,500 €  Proposal\nvalves  Valves   4,000 €  Negotiation\n"
    );
    let narrow = on_terminal(&shell, &["list", "accounts"], &[("NO_COLOR", "1")], "");
    assert!(narrow.lines().all(|line| line.chars().count() <= 80), "{narrow}");
}

#[test]
fn colour_on_a_terminal_only_and_never_against_the_will() {
    let shell = Shell::new();
    let coloured = |args: &[&str], variables: &[(&str, &str)]| {
        on_terminal(&shell, args, variables, "").contains("\x1b[")
    };
    assert!(coloured(&["show", "acme-gmbh"], &[]));
    assert!(!coloured(&["show", "acme-gmbh"], &[("NO_COLOR", "1")]));
    assert!(!coloured(&["show", "acme-gmbh"], &[("TERM", "dumb")]));
    assert!(!coloured(&["show", "acme-gmbh", "--color", "never"], &[]));
    assert!(coloured(&["show", "acme-gmbh", "--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!shell.ok(&["show", "acme-gmbh"]).contains('\x1b'));
    assert!(shell.ok(&["show", "acme-gmbh", "--color=always"]).contains('\x1b'));
}

#[test]
fn a_mistake_in_the_editor_can_be_abandoned() {
    let shell = Shell::new();
    let before = shell.read("accounts/acme-gmbh.yaml");
    let out =
        on_terminal(&shell, &["edit", "acme-gmbh"], &[("EDITOR", "sed -i 's/customer/custmer/'")], "x\na\n");
    assert!(out.contains("(e)dit again or (a)bandon?"), "{out}");
    assert!(out.contains("the file is as it was; your text is kept in"), "{out}");
    assert_eq!(shell.read("accounts/acme-gmbh.yaml"), before);
    assert!(shell.read(".git/kontor/abandoned/acme-gmbh.yaml").contains("custmer"));
    shell.is_clean();
}

#[test]
fn a_mistake_in_the_editor_can_be_mended() {
    let shell = Shell::new();
    // The first time it makes the mistake, the second time it mends it.
    let editor = "sed -i -e 's/custmer/partner/;t' -e 's/customer/custmer/'";
    let out = on_terminal(&shell, &["edit", "acme-gmbh"], &[("EDITOR", editor)], "e\n");
    assert!(out.contains("accounts/acme-gmbh: type Customer → Partner"), "{out}");
    shell.is_clean();
}
