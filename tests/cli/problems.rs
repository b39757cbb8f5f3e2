//! check, and broken files in every folder.

use super::shell::Shell;
use serde_json::json;

#[test]
fn a_clean_workspace() {
    let shell = Shell::new();
    assert!(shell.ok(&["check"]).ends_with(" records: no problems\n"));
    assert_eq!(shell.json(&["check"]), json!([]));
}

#[test]
fn every_problem_with_its_place() {
    let shell = Shell::new();
    shell.write(
        "accounts/bolt-ag.yaml",
        "name: Bolt AG\ntype: custmer\nparent_account: acme\nshoe_size: 43\n",
    );
    let said = shell.run(&["check", "--format", "json"]);
    assert_eq!((said.code, said.err.as_str()), (1, ""));
    let problems: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        problems[0],
        json!({"path": "accounts/bolt-ag.yaml", "line": 2, "column": 7, "severity": "error", "code": "unknown-choice",
               "message": "unknown type 'custmer': did you mean 'customer'?"})
    );
    assert_eq!(problems[1]["code"], "dangling-link");
    assert_eq!((&problems[1]["line"], &problems[1]["column"]), (&json!(3), &json!(17)));
    assert_eq!((&problems[2]["code"], &problems[2]["severity"]), (&json!("unknown-field"), &json!("hint")));
    let text = shell.run(&["check"]);
    assert_eq!(text.code, 1);
    assert!(text.out.starts_with("accounts/bolt-ag.yaml:2:7: error: unknown type 'custmer': did you mean 'customer'? (unknown-choice)\n"), "{}", text.out);
    assert!(text.out.ends_with(" records: 2 errors, 0 warnings, 1 hint\n"), "{}", text.out);
}

#[test]
fn what_cannot_be_read_is_there_all_the_same() {
    let shell = Shell::new();
    shell.write("accounts/acme-gmbh.yaml", "name: [\n");
    let said = shell.run(&["check"]);
    assert!(said.out.contains("accounts/acme-gmbh.yaml:2:1: error:"), "{}", said.out);
    assert!(!said.out.contains("dangling-link"), "{}", said.out);
    assert!(said.out.ends_with(" records: 1 error, 0 warnings, 0 hints\n"), "{}", said.out);
}

#[test]
fn hints_alone_are_no_failure() {
    let shell = Shell::new();
    shell.write("accounts/bolt-ag.yaml", "name: Bolt AG\nshoe_size: 43\n");
    assert_eq!(shell.json(&["check"])[0]["severity"], "hint");
}

#[test]
fn a_broken_file_in_every_folder_harms_nothing_else() {
    let shell = Shell::new();
    let types = shell.json(&["schema"]);
    let folders: Vec<_> =
        types.as_array().unwrap().iter().map(|t| t["folder"].as_str().unwrap().to_owned()).collect();
    assert!(folders.len() >= 20, "{folders:?}");
    for folder in &folders {
        shell.write(&format!("{folder}/broken.yaml"), "name: [unclosed\n");
        shell.write(&format!("{folder}/Bad Name.yaml"), "name: x\n");
    }
    let said = shell.run(&["check", "--format", "json"]);
    assert_eq!(said.code, 1);
    let problems: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    for folder in &folders {
        for (name, code) in [("broken", "syntax"), ("Bad Name", "bad-name")] {
            let path = format!("{folder}/{name}.yaml");
            let found = problems.as_array().unwrap().iter().find(|p| p["path"] == path.as_str());
            assert_eq!(found.unwrap_or_else(|| panic!("{path} in {problems}"))["code"], code, "{path}");
        }
        assert!(!shell.ok(&["list", folder]).contains("broken"));
    }
    assert_eq!(shell.json(&["show", "acme-gmbh"])["name"], "Acme GmbH");
    shell.ok(&["set", "acme-gmbh", "type=partner"]);
    assert_eq!(shell.read("accounts/broken.yaml"), "name: [unclosed\n");
    let broken = shell.run(&["show", "accounts/broken"]);
    assert_eq!(broken.code, 1);
    assert!(
        broken.err.starts_with("error: accounts/broken.yaml:")
            && broken.err.ends_with("mend it with `kontor edit accounts/broken`\n"),
        "{}",
        broken.err
    );
}

#[test]
fn broken_groundwork_is_told_and_the_rest_goes_on() {
    let shell = Shell::new();
    shell.write("schema/boat.yaml", "type: [\n");
    shell.write("kontor.yaml", "name: Nordwind\ncurrency: gold\n");
    let said = shell.run(&["check", "--format", "json"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("schema/boat.yaml") && said.out.contains("kontor.yaml"), "{}", said.out);
    assert_eq!(shell.json(&["list", "accounts"]).as_array().unwrap().len(), 2);
}
