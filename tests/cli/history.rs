//! log, undo, redo, commit.

use super::shell::Shell;
use serde_json::json;

#[test]
fn log_tells_fields() {
    let shell = Shell::new();
    shell.ok(&["set", "pumps", "stage=talks", "amount=9k"]);
    let log = shell.json(&["log", "opportunities/pumps"]);
    let newest = &log[0];
    assert_eq!(newest["commit"], shell.git(&["rev-parse", "HEAD"]));
    assert_eq!(newest["author"], "Lena Vogt <lena@nordwind.example>");
    assert_eq!(newest["subject"], shell.subject());
    assert_eq!(newest["action"], "set");
    assert!(chrono::DateTime::parse_from_rfc3339(newest["time"].as_str().unwrap()).is_ok());
    let changes = newest["changes"].as_array().unwrap();
    assert!(changes.contains(
        &json!({"ref": "opportunities/pumps", "field": "stage", "old": "proposal", "new": "talks"})
    ));
    assert!(changes.contains(
        &json!({"ref": "opportunities/pumps", "field": "amount", "old": "12500.00 EUR", "new": "9000.00 EUR"})
    ));
    assert_eq!(log[1]["action"], json!(null));
    assert_eq!(log.as_array().unwrap().len(), 2);
    assert_eq!(shell.json(&["log", "--limit", "1"]), json!([newest]));
    let line = shell.ok(&["log", "--limit", "1"]);
    let cells: Vec<_> = line.trim_end().split('\t').collect();
    assert_eq!((cells.len(), cells[2], cells[3]), (4, "Lena Vogt", shell.subject().as_str()));
    // Of one record the values follow, each on a line that begins with a tab.
    let lines = shell.ok(&["log", "opportunities/pumps", "--limit", "1"]);
    assert!(lines.lines().any(|line| line == "\tamount\t12500.00 EUR\t9000.00 EUR"), "{lines}");
    shell.fails(
        &["log", "opportunities/none"],
        1,
        "error: there is no opportunities/none: see `kontor list TYPE` for what there is",
    );
}

#[test]
fn log_goes_back_through_renames_and_deletion() {
    let shell = Shell::new();
    shell.ok(&["mv", "contacts/tom-reuter", "thomas-reuter"]);
    shell.ok(&["set", "thomas-reuter", "first_name=Thomas"]);
    assert_eq!(shell.json(&["log", "thomas-reuter"]).as_array().unwrap().len(), 3);
    shell.ok(&["rm", "thomas-reuter"]);
    let log = shell.json(&["log", "contacts/thomas-reuter"]);
    assert_eq!(log[0]["subject"], "contacts/thomas-reuter: deleted contact Thomas Reuter");
    assert_eq!(log.as_array().unwrap().len(), 4);
}

#[test]
fn undo_and_redo() {
    let shell = Shell::new();
    let before = shell.read("accounts/acme-gmbh.yaml");
    shell.ok(&["set", "acme-gmbh", "type=partner"]);
    shell.ok(&["set", "acme-gmbh", "tags+=x"]);
    shell.ok(&["undo"]);
    shell.ok(&["undo"]);
    assert_eq!(shell.read("accounts/acme-gmbh.yaml"), before);
    shell.ok(&["redo"]);
    assert_eq!(shell.json(&["show", "acme-gmbh"])["type_"], "partner");
    assert_eq!(shell.subject(), "Redo accounts/acme-gmbh: type Customer → Partner");
    shell.is_clean();
    shell.ok(&["new", "account", "name=New"]);
    shell.fails(&["redo"], 1, "error: there is nothing to redo: only undo can be taken back");
}

#[test]
fn undo_of_a_commit_by_any_of_its_names() {
    let shell = Shell::new();
    shell.ok(&["rm", "pumps"]);
    let commit = shell.git(&["rev-parse", "HEAD"]);
    shell.ok(&["set", "valves", "amount=1"]);
    shell.ok(&["undo", &commit[..9]]);
    assert_eq!(shell.json(&["show", "pumps"])["name"], "Pumps");
    shell.fails(&["undo", "nonsense"], 1, "error: there is no commit 'nonsense': `kontor log` lists them");
    shell.is_clean();
}

#[test]
fn undo_that_would_lose_a_later_change_is_a_conflict() {
    let shell = Shell::new();
    shell.ok(&["set", "pumps", "amount=1"]);
    let commit = shell.git(&["rev-parse", "HEAD"]);
    shell.ok(&["set", "pumps", "amount=2"]);
    let said = shell.run(&["undo", &commit, "--format", "json"]);
    assert_eq!(said.code, 3);
    let error: serde_json::Value = serde_json::from_str(&said.err).unwrap();
    assert_eq!(error["error"]["code"], "changed-since");
    assert!(error["error"]["message"].as_str().unwrap().contains("opportunities/pumps amount"), "{error}");
    shell.is_clean();
}

#[test]
fn commit_takes_valid_hand_edits_and_holds_others_back() {
    let shell = Shell::new();
    assert_eq!(shell.ok(&["commit"]), "nothing to commit: the files are as in the newest commit\n");
    shell.write("accounts/bolt-ag.yaml", "name: Bolt AG\ntype: partner\nparent_account: acme-gmbh\n");
    shell.write("contacts/tom-reuter.yaml", "first_name: Tom\nlast_name: [Reuter\n");
    let said = shell.run(&["commit", "--format", "json"]);
    assert_eq!(said.code, 1);
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(told["refs"], json!(["accounts/bolt-ag"]));
    assert_eq!(told["subject"], "accounts/bolt-ag: type Prospect → Partner");
    assert_eq!(told["held_back"][0]["path"], "contacts/tom-reuter.yaml");
    assert_eq!(told["held_back"][0]["code"], "syntax");
    assert_eq!(shell.git(&["status", "--porcelain"]), " M contacts/tom-reuter.yaml");
    let text = shell.run(&["commit"]);
    assert_eq!(text.code, 1);
    assert!(text.out.starts_with("held back: contacts/tom-reuter.yaml:"), "{}", text.out);
}

#[test]
fn a_limit_counts_the_commits_that_are_shown() {
    let shell = Shell::new();
    shell.ok(&["set", "bolt-ag", "type=partner"]);
    for n in 0..3 {
        shell.write("README.md", &format!("{n}"));
        shell.git(&["add", "README.md"]);
        shell.git(&["commit", "--quiet", "--message=No record"]);
    }
    shell.ok(&["set", "bolt-ag", "type=customer"]);
    assert_eq!(shell.ok(&["log", "--limit", "2"]).lines().count(), 2);
    assert_eq!(shell.ok(&["log", "--limit", "1"]).lines().count(), 1);
}
