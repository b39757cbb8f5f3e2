//! schema, render, completions, man, doctor, demo, and the home screen without a terminal.

use super::shell::Shell;
use serde_json::{Value as Json, json};
use std::fs;

#[test]
fn schema_for_people_and_programs() {
    let shell = Shell::new();
    shell.write("schema/boat.yaml", "type: boat\nplural: boats\naliases: [ship]\nid: \"{name}\"\ntitle: name\nfields:\n  name: {kind: text, required: true}\n  home_port: {kind: choice, options: [Kiel, Hamburg]}\n  owner_account: {kind: link, to: account}\n");
    let list = shell.ok(&["schema"]);
    assert!(list.lines().any(|l| l.starts_with("account\taccounts\t2\t")), "{list}");
    let fields = shell.ok(&["schema", "ship"]);
    assert_eq!(
        fields,
        "name\ttext, required\tName\t\nhome_port\tchoice\tHome port\tKiel | Hamburg\nowner_account\tlink\tOwner account\t→ account\n"
    );
    let boat = shell.json(&["schema", "boats"]);
    assert_eq!((&boat["type"], &boat["folder"]), (&json!("boat"), &json!("boats")));
    assert_eq!(boat["fields"][1]["options"], json!(["Kiel", "Hamburg"]));
    assert_eq!(boat["fields"][2]["to"], json!(["account"]));
    assert_eq!(boat["fields"][0]["required"], json!(true));
    shell.fails(&["schema", "baot"], 2, "error: there is no record type 'baot': did you mean 'boat'?");
}

#[test]
fn json_schema_files() {
    let shell = Shell::new();
    shell.ok(&["schema", "--json-schema", "../schemas"]);
    let read = |name: &str| -> Json {
        serde_json::from_str(&fs::read_to_string(shell.home().join("schemas").join(name)).unwrap()).unwrap()
    };
    let account = read("account.schema.json");
    assert_eq!(account["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(account["required"], json!(["name"]));
    assert!(account["properties"]["type"]["enum"].as_array().unwrap().contains(&json!("customer")));
    assert_eq!(account["properties"]["parent_account"]["pattern"], "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$");
    let deal = read("opportunity.schema.json");
    assert!(deal["properties"]["stage"]["enum"].as_array().unwrap().contains(&json!("talks")));
    let quote = read("quote.schema.json");
    assert!(quote["properties"]["lines"]["items"]["properties"].get("quantity").is_some());
    assert_eq!(
        fs::read_dir(shell.home().join("schemas")).unwrap().count(),
        shell.json(&["schema"]).as_array().unwrap().len()
    );
    shell.is_clean();
}

#[test]
fn screens_are_drawn_in_every_form() {
    let shell = Shell::new();
    let text = shell.ok(&["render", "accounts", "--size", "80x24"]);
    assert!(text.contains("Acme GmbH") && !text.contains('\x1b'), "{text}");
    assert_eq!(text.lines().count(), 24);
    assert!(shell.ok(&["render", "accounts", "--format", "ansi"]).contains("\x1b["));
    let svg = shell.ok(&["render", "accounts", "--format", "svg", "--theme", "nord"]);
    assert!(svg.starts_with("<svg") && svg.contains("Acme"), "{svg}");
    shell.is_clean();
    let theme = shell.run(&["render", "accounts", "--theme", "nrod"]);
    assert_eq!(theme.code, 2);
    assert!(theme.err.contains("there is no theme 'nrod'"), "{}", theme.err);
    shell.fails(&["render", "accouts"], 2, "error: there is no screen 'accouts': did you mean 'accounts'?");
    shell.fails(
        &["render", "accounts/acme"],
        1,
        "error: there is no accounts/acme: see `kontor list TYPE` for what there is",
    );
}

#[test]
fn without_a_terminal_the_home_screen_is_printed() {
    let shell = Shell::new();
    let text = shell.ok(&[]);
    assert_eq!(text.lines().count(), 40);
    assert!(!text.contains('\x1b'), "{text}");
}

#[test]
fn completions_name_every_command() {
    let shell = Shell::empty();
    for shell_name in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = shell.ok(&["completions", shell_name]);
        assert!(script.contains("doctor") && script.contains("unlink"), "{shell_name}");
    }
}

#[test]
fn manual_pages() {
    let shell = Shell::empty();
    assert!(shell.ok(&["man"]).starts_with(".ie"));
    shell.ok(&["man", "pages"]);
    let page = |name: &str| fs::read_to_string(shell.home().join("pages").join(name)).unwrap();
    assert!(page("kontor.1").contains("Exit codes"));
    assert!(page("kontor-rm.1").contains("unlink"));
}

#[test]
fn doctor_looks_at_everything() {
    let shell = Shell::new();
    let said = shell.run(&["doctor", "--format", "json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let told: Json = serde_json::from_str(&said.out).unwrap();
    let state = |told: &Json, what: &str| {
        let found = told.as_array().unwrap().iter().find(|f| f["what"] == what);
        found.unwrap_or_else(|| panic!("{what} in {told}"))["state"].clone()
    };
    for what in
        ["git", "workspace", "identity", "branch", "git index", "hand edits", "file watch", "unicode", "log"]
    {
        assert_eq!(state(&told, what), "ok", "{what} in {told}");
    }
    assert_eq!(state(&told, "editor"), "warn");
    shell.write("accounts/bolt-ag.yaml", "name: [\n");
    fs::write(shell.home().join("gitconfig"), "").unwrap();
    let said = shell.run(&["doctor", "--format", "json"]);
    assert_eq!(said.code, 1);
    let told: Json = serde_json::from_str(&said.out).unwrap();
    assert_eq!(state(&told, "workspace"), "warn");
    assert_eq!(state(&told, "identity"), "error");
    assert_eq!(state(&told, "hand edits"), "warn");
    let outside = Shell::empty();
    let said = outside.run(&["doctor"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("error  workspace"), "{}", said.out);
}

#[test]
fn the_demo_without_a_terminal() {
    let shell = Shell::empty();
    let out = shell.ok(&["demo", "--dir", "crm"]);
    assert!(out.contains("the demo is in crm"), "{out}");
    assert!(shell.ok(&["check"]).contains(": no problems"));
    assert!(shell.commits() > 100);
    shell.is_clean();
    let again = shell.kontor(&["demo", "--dir", "crm"]).current_dir(shell.home()).output().unwrap();
    assert_eq!(again.status.code(), Some(1));
}
