//! What errors look like, and the exit codes.

use super::shell::{Shell, said};
use serde_json::Value as Json;
use std::process::Stdio;

fn error(shell: &Shell, args: &[&str]) -> (i32, Json) {
    let said = shell.run(args);
    assert_eq!(said.out, "", "{args:?}");
    let json: Json = serde_json::from_str(&said.err).unwrap_or_else(|e| panic!("{e}: {}", said.err));
    (said.code, json["error"].clone())
}

#[test]
fn as_json_with_code_message_and_hint() {
    let shell = Shell::new();
    let (code, told) = error(&shell, &["show", "acme-gmb", "--format", "json"]);
    assert_eq!(
        (code, &told["code"], &told["message"], &told["hint"]),
        (
            1,
            &"no-such-record".into(),
            &"there is no record 'acme-gmb'".into(),
            &"did you mean 'accounts/acme-gmbh'?".into()
        )
    );
    let (code, told) = error(&shell, &["list", "deels", "--format=json"]);
    assert_eq!((code, &told["code"]), (2, &"no-such-type".into()));
    let (code, told) = error(&shell, &["list", "--nonsense", "--format", "json"]);
    assert_eq!((code, &told["code"], told["hint"].is_null()), (2, &"usage".into(), true));
    let (code, told) = error(&shell, &["set", "acme-gmbh", "name=", "--format", "json"]);
    assert_eq!((code, &told["code"]), (2, &"missing-field".into()));
}

#[test]
fn wrong_usage_is_two() {
    let shell = Shell::new();
    for args in [
        &["nonsense"][..],
        &["show"],
        &["list"],
        &["set"],
        &["rm"],
        &["mv", "x"],
        &["show", "x", "--format", "xml"],
        &["render", "home", "--size", "x"],
        &["render", "nowhere"],
        &["completions", "cobol"],
    ] {
        let said = shell.run(args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}");
        assert!(said.err.starts_with("error: "), "{args:?}: {}", said.err);
    }
}

#[test]
fn outside_a_workspace() {
    let shell = Shell::empty();
    let all: &[&[&str]] = &[
        &[],
        &["list", "accounts"],
        &["show", "x"],
        &["new", "account", "name=x"],
        &["check"],
        &["log"],
        &["undo"],
        &["redo"],
        &["commit"],
        &["schema"],
        &["edit", "x"],
        &["render", "home"],
    ];
    for args in all {
        let said = shell.run(args);
        assert_eq!(said.code, 1, "{args:?}");
        assert!(
            said.err.starts_with("error: there is no Kontor workspace in ")
                && said.err.contains("kontor init"),
            "{args:?}: {}",
            said.err
        );
        assert_eq!(said.err.lines().count(), 1, "{args:?}");
    }
    let gone = shell.run(&["-C", "/nowhere/at/all", "check"]);
    assert_eq!(gone.code, 1);
    assert!(gone.err.starts_with("error: /nowhere/at/all: can't open this folder"), "{}", gone.err);
}

#[test]
fn a_detached_head_and_a_missing_identity_say_what_to_do() {
    let shell = Shell::new();
    let before = shell.read("accounts/acme-gmbh.yaml");
    shell.git(&["checkout", "--quiet", "--detach"]);
    let detached = shell.run(&["set", "acme-gmbh", "type=partner"]);
    assert_eq!(detached.code, 1);
    assert!(detached.err.contains("git switch"), "{}", detached.err);
    shell.git(&["checkout", "--quiet", "-"]);
    std::fs::write(shell.home().join("gitconfig"), "").unwrap();
    let nobody = shell.run(&["set", "acme-gmbh", "type=partner"]);
    assert_eq!(nobody.code, 1);
    assert!(nobody.err.contains("git config --global user.name"), "{}", nobody.err);
    assert_eq!(shell.read("accounts/acme-gmbh.yaml"), before);
}

#[test]
fn a_merge_under_way_needs_a_person() {
    let shell = Shell::new();
    shell.git(&["checkout", "--quiet", "-b", "side"]);
    shell.ok(&["set", "acme-gmbh", "type=partner"]);
    shell.git(&["checkout", "--quiet", "-"]);
    shell.ok(&["set", "acme-gmbh", "type=supplier"]);
    let mut merge = std::process::Command::new("git");
    merge.env_clear().envs(shell.variables()).current_dir(shell.root()).args(["merge", "side"]);
    assert!(!merge.output().unwrap().status.success(), "both changed the same line");
    let said = shell.run(&["set", "bolt-ag", "type=partner"]);
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(said.err.contains("git merge --abort"), "{}", said.err);
}

#[test]
fn a_reader_who_stops_is_no_error() {
    let shell = Shell::new();
    let mut command = shell.kontor(&["completions", "zsh"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = said(child.wait_with_output().unwrap());
    assert_eq!((output.code, output.err.as_str()), (0, ""));
}

#[test]
fn help_and_version() {
    let shell = Shell::empty();
    let help = shell.ok(&["--help"]);
    for word in ["list", "doctor", "Exit codes: 0 done;", "-C <DIR>"] {
        assert!(help.contains(word), "{word} in {help}");
    }
    assert_eq!(shell.ok(&["--version"]), format!("kontor {}\n", env!("CARGO_PKG_VERSION")));
    for absent in ["search", "sync", "import", "export", "report", "blame", "merge-driver"] {
        assert_eq!(shell.run(&[absent]).code, 2, "{absent}");
    }
}

#[test]
fn what_was_typed_is_repeated_safely() {
    let shell = Shell::new();
    let hostile = "\u{9b}5m\u{202e}\r\u{1b}[2J";
    for args in
        [&["list", "account", "--limit", hostile] as &[&str], &[hostile], &["--color", hostile, "check"]]
    {
        for args in [args.to_vec(), [args, &["--format=json"]].concat()] {
            let said = shell.run(&args);
            assert_eq!(said.code, 2, "{args:?}");
            let raw = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!said.err.contains(raw), "{args:?}: {:?}", said.err);
        }
    }
    shell.fails(&["search", &"x".repeat(5000)], 2, "error: a search has at most 4096 bytes: shorten it");
}

#[test]
fn a_file_is_meant_by_its_path() {
    let shell = Shell::new();
    let text = shell.read("accounts/acme-gmbh.yaml");
    shell.write("accounts/sub/acme-gmbh.yaml", &text);
    shell.fails(
        &["set", "accounts/sub/acme-gmbh.yaml", "website=n.example"],
        1,
        "error: accounts/sub/acme-gmbh.yaml:1:1: 'acme-gmbh' is taken by accounts/acme-gmbh.yaml: ids are unique in a type \
         whatever the sub-folder, so rename one of the files",
    );
    for args in [
        &["set", "accounts/acme-gmbh", "website=n.example"] as &[&str],
        &["rm", "acme-gmbh"],
        &["mv", "acme-gmbh", "x"],
    ] {
        let said = shell.run(args);
        assert_eq!(said.code, 2, "{args:?}");
        let both = "accounts/acme-gmbh is two files, accounts/acme-gmbh.yaml and accounts/sub/acme-gmbh.yaml";
        assert!(said.err.contains(both), "{args:?}: {}", said.err);
    }
    assert_eq!(shell.commits(), 2);
    shell.ok(&["set", "accounts/acme-gmbh.yaml", "website=n.example"]);
    assert_eq!(shell.read("accounts/sub/acme-gmbh.yaml"), text);
    std::fs::remove_dir_all(shell.root().join("accounts/sub")).unwrap();
    // What is not there is nothing else.
    let none = "error: there is no 'accounts/sub/acme-gmbh.yaml': did you mean 'accounts/acme-gmbh.yaml'?";
    shell.fails(&["set", "accounts/sub/acme-gmbh.yaml", "website=x.example"], 1, none);
    assert_eq!(shell.run(&["set", "accounts/sub/acme-gmbh", "website=x.example"]).code, 1);
    shell.ok(&["-C", "accounts", "set", "acme-gmbh.yaml", "website=o.example"]);
    assert_eq!(shell.run(&["mv", "accounts/acme-gmbh", "../../x"]).code, 2);
    shell.ok(&["mv", "accounts/acme-gmbh", "accounts/acme-se"]);
    shell.is_clean();
}

#[test]
fn a_file_in_several_versions_needs_a_person() {
    let shell = Shell::new();
    shell.write("accounts/bolt-ag.yaml", "name: Mine\n");
    shell.git(&["stash", "--quiet"]);
    shell.ok(&["set", "bolt-ag", "name=Theirs"]);
    std::process::Command::new("git")
        .args(["stash", "pop", "--quiet"])
        .envs(shell.variables())
        .current_dir(shell.root())
        .output()
        .unwrap();
    let said = shell.run(&["commit"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.starts_with("error: accounts/bolt-ag.yaml: git has several versions"), "{}", said.err);
}
