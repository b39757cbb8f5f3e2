//! init.

use super::shell::Shell;
use serde_json::json;
use std::fs;

#[test]
fn a_new_folder_becomes_a_workspace() {
    let shell = Shell::empty();
    let told = shell.json(&["init", "crm", "--currency", "chf", "--time-zone", "Europe/Zurich"]);
    assert_eq!(told["path"], shell.root().to_str().unwrap());
    assert_eq!(told["commit"], shell.git(&["rev-parse", "HEAD"]));
    let files = ["kontor.yaml", ".gitattributes", "users/lena-vogt.yaml"];
    let starter = ["pipelines/new-business.yaml", "queues/support.yaml"];
    assert_eq!(told["files"], json!([&files[..], &starter[..]].concat()));
    assert_eq!(shell.read(".gitattributes"), "*.yaml merge=kontor\n");
    let settings = shell.read("kontor.yaml");
    for line in ["name: crm", "currency: CHF", "time_zone: Europe/Zurich"] {
        assert!(settings.lines().any(|l| l == line), "{line} in\n{settings}");
    }
    assert_eq!(shell.subject(), "New workspace: crm");
    assert_eq!(shell.ok(&["check"]), "3 records: no problems\n");
    shell.is_clean();
    assert_eq!(shell.ok(&["new", "account", "name=First"]), "accounts/first\n");
    assert_eq!(shell.json(&["show", "first"])["owner"], "lena-vogt");
}

#[test]
fn deals_and_cases_can_be_made_at_once() {
    let shell = Shell::empty();
    shell.ok(&["init", "crm"]);
    shell.ok(&["new", "account", "name=First"]);
    let deal = shell.ok(&["new", "deal", "name=Pumps", "account=first", "amount=12.5k"]);
    let shown = shell.json(&["show", deal.trim()]);
    assert_eq!((&shown["pipeline"], &shown["stage"]), (&json!("new-business"), &json!("qualification")));
    shell.ok(&["set", deal.trim(), "stage=won"]);
    let case = shell.ok(&["new", "case", "subject=It hums", "account=first"]);
    assert_eq!(shell.json(&["show", case.trim()])["queue"], "support");
    assert_eq!(shell.ok(&["check"]), "6 records: no problems\n");
}

#[test]
fn nothing_to_start_with_where_nothing_is_wanted_or_something_is_there() {
    let shell = Shell::empty();
    let told = shell.json(&["init", "crm", "--empty"]);
    assert_eq!(told["files"], json!(["kontor.yaml", ".gitattributes", "users/lena-vogt.yaml"]));
    assert_eq!(shell.ok(&["check"]), "1 record: no problems\n");

    let shell = Shell::empty();
    fs::create_dir(shell.root()).unwrap();
    shell.git(&["init", "--quiet"]);
    shell.write("pipelines/ours.yaml", "name: Ours\nstages: [{id: a, name: A, kind: open}]\n");
    let told = shell.json(&["init"]);
    let files = told["files"].as_array().unwrap();
    assert!(files.contains(&json!("queues/support.yaml")), "{files:?}");
    assert!(!files.contains(&json!("pipelines/new-business.yaml")), "{files:?}");
}

#[test]
fn names_that_yaml_would_misread_are_quoted() {
    for name in ["no", "1.10", "a: b", "# x", "Müller \"& Söhne\""] {
        let shell = Shell::empty();
        shell.ok(&["init", "crm", "--name", name]);
        assert_eq!(shell.ok(&["check"]), "3 records: no problems\n", "{}", shell.read("kontor.yaml"));
        let settings: serde_yaml::Value = serde_yaml::from_str(&shell.read("kontor.yaml")).unwrap();
        assert_eq!(settings["name"].as_str(), Some(name), "{}", shell.read("kontor.yaml"));
    }
}

#[test]
fn a_repository_keeps_what_it_has() {
    let shell = Shell::empty();
    fs::create_dir(shell.root()).unwrap();
    shell.git(&["init", "--quiet"]);
    shell.write(".gitattributes", "*.pdf binary");
    shell.write("notes.txt", "mine");
    shell.git(&["add", "notes.txt"]);
    shell.ok(&["init"]);
    assert_eq!(shell.read(".gitattributes"), "*.pdf binary\n*.yaml merge=kontor\n");
    assert_eq!(shell.git(&["status", "--porcelain"]), "A  notes.txt");
}

#[test]
fn never_two_times_and_never_inside_another() {
    let shell = Shell::new();
    let before = shell.read("kontor.yaml");
    let again = shell.run(&["init"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("is a Kontor workspace already"), "{}", again.err);
    let inside = shell.run(&["init", "sub/folder"]);
    assert_eq!(inside.code, 1);
    assert!(inside.err.contains("is inside the git repository"), "{}", inside.err);
    assert!(!shell.root().join("sub/folder/kontor.yaml").exists());
    assert_eq!(shell.read("kontor.yaml"), before);
}

#[test]
fn wrong_values_are_told_before_anything_is_made() {
    let shell = Shell::empty();
    shell.fails(
        &["init", "crm", "--time-zone", "berlin"],
        2,
        "error: there is no time zone 'berlin': did you mean 'Europe/Berlin'?",
    );
    assert_eq!(shell.run(&["init", "crm", "--currency", "gold"]).code, 2);
    assert!(!shell.root().exists());
}

#[test]
fn without_a_name_git_is_told_who_one_is_first() {
    let shell = Shell::empty();
    fs::write(shell.home().join("gitconfig"), "").unwrap();
    let said = shell.run(&["init", "crm"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("git config --global user.name"), "{}", said.err);
    assert!(!shell.root().join("kontor.yaml").exists());
}
