//! new, set, show, rm, mv.

use super::shell::Shell;
use serde_json::json;

#[test]
fn new_prints_the_reference_and_commits() {
    let shell = Shell::new();
    assert_eq!(
        shell.ok(&["new", "company", "name=Müller & Söhne", "tags=a, b", "owner=me"]),
        "accounts/mueller-soehne\n"
    );
    assert_eq!(shell.subject(), "accounts/mueller-soehne: new account Müller & Söhne");
    let text = shell.read("accounts/mueller-soehne.yaml");
    assert!(text.starts_with("name: Müller & Söhne\ntype: prospect\nowner: lena-vogt\n"), "{text}");
    assert!(text.contains("tags:"), "{text}");
    shell.is_clean();
    // A second one of that name gets another id.
    assert_eq!(shell.ok(&["new", "account", "name=Müller & Söhne"]), "accounts/mueller-soehne-2\n");
}

#[test]
fn new_understands_what_people_type() {
    let shell = Shell::new();
    let told = shell.json(&[
        "new",
        "deal",
        "name=Sensors",
        "account=Acme GmbH",
        "amount=12.5k",
        "stage=Negotiation",
        "close_date=2026-12-24",
    ]);
    let reference = told["ref"].as_str().unwrap();
    assert_eq!(told["refs"], json!([reference]));
    assert_eq!(told["commit"], shell.git(&["rev-parse", "HEAD"]));
    let deal = shell.json(&["show", reference]);
    assert_eq!(deal["amount"], "12500.00 EUR");
    assert_eq!(deal["account"], "acme-gmbh");
    assert_eq!(deal["stage"], "talks");
    assert_eq!(deal["close_date"], "2026-12-24");
    assert_eq!(deal["pipeline"], "direct");
}

#[test]
fn what_is_missing_is_told_with_how_to_write_it() {
    let shell = Shell::new();
    shell.fails(&["new", "account"], 2, "error: Name is missing: write `kontor new account name=…`");
    shell.fails(&["new", "deal", "amount=3k"], 2, "error: Name is missing: write name=…");
    let pipeline = shell.read("pipelines/direct.yaml") + "  - {id: lost, name: Lost, kind: lost}\n";
    shell.write("pipelines/direct.yaml", &pipeline);
    shell.fails(
        &["set", "pumps", "stage=lost"],
        2,
        "error: Lost reason is missing: write lost_reason=price|competitor|no_budget|no_decision|…",
    );
}

#[test]
fn a_bare_id_says_enough_where_one_type_has_it() {
    let shell = Shell::new();
    let call = shell.ok(&["new", "activity", "type=call", "subject=T", "about=acme-gmbh"]);
    assert_eq!(shell.json(&["show", call.trim()])["about"], "accounts/acme-gmbh");
    let near = shell.run(&["new", "activity", "type=call", "subject=T", "about=acme-gmb"]);
    assert!(near.err.ends_with(": did you mean 'accounts/acme-gmbh'?\n"), "{}", near.err);
    shell.write("leads/acme-gmbh.yaml", "last_name: Acme\nstatus: new\n");
    let both = shell.run(&["new", "activity", "type=call", "subject=T", "about=acme-gmbh"]);
    assert!(
        both.err.contains("could be accounts/acme-gmbh or leads/acme-gmbh: write the one"),
        "{}",
        both.err
    );
    assert_eq!(both.code, 2);
}

#[test]
fn a_call_of_yesterday_was_done_then() {
    let shell = Shell::new();
    let words = ["new", "activity", "type=call", "subject=T", "status=done", "due=yesterday 15:00"];
    let call = shell.json(&["show", shell.ok(&words).trim()]);
    assert_eq!(call["done_at"], call["due"]);
    let planned = shell.ok(&["new", "activity", "type=call", "subject=U", "due=yesterday 15:00"]);
    shell.ok(&["set", planned.trim(), "status=done"]);
    let late = shell.json(&["show", planned.trim()]);
    assert_ne!(late["done_at"], late["due"]);
}

#[test]
fn yes_and_no_for_people_and_true_and_false_for_programs() {
    let shell = Shell::new();
    shell.ok(&["set", "contacts/tom-reuter", "do_not_call=yes"]);
    let shown = shell.ok(&["show", "contacts/tom-reuter"]);
    let line = shown.lines().find(|line| line.contains("Do not call")).unwrap();
    assert!(line.ends_with("yes"), "{line}");
    assert_eq!(shell.json(&["show", "contacts/tom-reuter"])["do_not_call"], "true");
    let cells = shell.ok(&["list", "contacts", "do_not_call:yes", "--columns", "do_not_call"]);
    assert_eq!(cells, "contacts/tom-reuter\ttrue\n");
}

#[test]
fn new_refuses_what_makes_no_sense() {
    let shell = Shell::new();
    let before = shell.commits();
    shell.fails(
        &["new", "acount", "name=x"],
        2,
        "error: there is no record type 'acount': did you mean 'account'?",
    );
    shell.fails(&["new", "account", "nmae=x"], 2, "error: account has no field 'nmae': did you mean 'name'?");
    shell.fails(
        &["new", "account", "name"],
        2,
        "error: 'name' is no change: write field=value, field= to empty it, field+=tag or field-=tag",
    );
    let ambiguous = shell.run(&["new", "deal", "name=x", "close_date=3/4/2026"]);
    assert_eq!(ambiguous.code, 2);
    assert!(ambiguous.err.starts_with("error: close_date: "), "{}", ambiguous.err);
    let incomplete = shell.run(&["new", "account", "industry=utilities"]);
    assert_eq!(incomplete.code, 2);
    assert!(incomplete.err.contains("Name is missing: write name=…"), "{}", incomplete.err);
    assert_eq!(shell.commits(), before);
    shell.is_clean();
}

#[test]
fn set_changes_bytes_of_that_field_only() {
    let shell = Shell::new();
    let before = shell.read("accounts/acme-gmbh.yaml");
    shell.ok(&["set", "accounts/acme-gmbh", "type=partner"]);
    assert_eq!(shell.read("accounts/acme-gmbh.yaml"), before.replace("type: customer", "type: partner"));
    assert_eq!(shell.subject(), "accounts/acme-gmbh: type Customer → Partner");
    shell.ok(&[
        "set",
        "acme-gmbh",
        "tags+=iso9001",
        "tags-=pilot",
        "billing_address.city=Kiel",
        "primary_contact=",
    ]);
    let account = shell.json(&["show", "acme-gmbh"]);
    assert_eq!(account["tags"], json!(["iso9001"]));
    assert_eq!(account["billing_address"]["city"], "Kiel");
    assert_eq!(account.get("primary_contact"), None);
    let text = shell.read("accounts/acme-gmbh.yaml");
    assert!(text.starts_with("# Our oldest customer.\n") && text.contains("# since March"), "{text}");
    shell.is_clean();
}

#[test]
fn set_adds_and_takes_out_items_and_lines() {
    let shell = Shell::new();
    shell.ok(&["set", "acme-gmbh", "tags+=a, b", "Type=Partner"]);
    assert_eq!(shell.json(&["show", "acme-gmbh"])["tags"], json!(["pilot", "a", "b"]));
    assert!(shell.read("accounts/acme-gmbh.yaml").contains("type: partner"));
    shell.ok(&["set", "opportunities/pumps", "lines+=description:Pump, blue,quantity:2"]);
    let lines = shell.json(&["show", "opportunities/pumps"])["lines"].clone();
    assert_eq!(lines[0]["description"], "Pump, blue");
    let id = lines[0]["id"].as_str().unwrap();
    shell.ok(&["set", "opportunities/pumps", &format!("lines.{id}.quantity=3")]);
    assert_eq!(shell.json(&["show", "opportunities/pumps"])["lines"][0]["quantity"], "3");
    shell.ok(&["set", "opportunities/pumps", &format!("lines-={id}")]);
    assert_eq!(shell.json(&["show", "opportunities/pumps"]).get("lines"), None);
    shell.is_clean();
}

#[test]
fn set_of_several_is_one_commit() {
    let shell = Shell::new();
    let before = shell.commits();
    let told = shell.json(&["set", "opportunities/pumps", "opportunities/valves", "stage=won"]);
    assert_eq!(told["refs"], json!(["opportunities/pumps", "opportunities/valves"]));
    assert_eq!(shell.commits(), before + 1);
    assert_eq!(shell.json(&["show", "valves"])["stage"], "won");
    shell.is_clean();
}

#[test]
fn set_says_when_it_is_so_already_and_commits_nothing() {
    let shell = Shell::new();
    let before = shell.commits();
    assert_eq!(shell.ok(&["set", "acme-gmbh", "type=customer"]), "nothing to change: it is so already\n");
    assert_eq!(shell.json(&["set", "acme-gmbh", "type=customer"])["commit"], json!(null));
    assert_eq!(shell.commits(), before);
}

#[test]
fn set_refuses_what_makes_no_sense() {
    let shell = Shell::new();
    let before = shell.commits();
    let usage = "write `kontor set REF… FIELD=VALUE…`";
    shell.fails(&["set", "type=x"], 2, &format!("error: no record is named: {usage}"));
    shell.fails(&["set", "acme-gmbh"], 2, &format!("error: no change is named: {usage}"));
    shell.fails(
        &["set", "acme-gmbh", "type=custmer"],
        2,
        "error: type: unknown type 'custmer': did you mean 'customer'?",
    );
    shell.fails(&["set", "acme-gmbh", "name+=x"], 2, "error: name: holds one value: write name=x");
    shell.fails(
        &["set", "acme-gmbh", "billing_address.town=x"],
        2,
        "error: billing_address has no field 'town': known are street, postal_code, city, state, country",
    );
    shell.fails(
        &["set", "acme-gmbh", "colour=red"],
        2,
        "error: account has no field 'colour': `kontor schema account` lists them",
    );
    shell.fails(
        &["set", "opportunities/pumps", "lines.zzzz.quantity=1"],
        2,
        "error: lines has no line 'zzzz'",
    );
    shell.fails(
        &["set", "acme-gmbx", "type=partner"],
        1,
        "error: there is no record 'acme-gmbx': did you mean 'accounts/acme-gmbh'?",
    );
    let required = shell.run(&["set", "acme-gmbh", "name="]);
    assert_eq!((required.code, required.err.as_str()), (2, "error: Name is missing: write name=…\n"));
    assert_eq!(shell.commits(), before);
    shell.is_clean();
}

#[test]
fn a_record_is_found_by_every_name_it_has() {
    let shell = Shell::new();
    let path = shell.root().join("accounts/acme-gmbh.yaml");
    for name in [
        "accounts/acme-gmbh",
        "account/acme-gmbh",
        "company/acme-gmbh",
        "acme-gmbh",
        "accounts/acme-gmbh.yaml",
        "./accounts/acme-gmbh.yaml",
        "accounts/../accounts/acme-gmbh.yaml",
        path.to_str().unwrap(),
    ] {
        assert_eq!(shell.json(&["show", name])["ref"], "accounts/acme-gmbh", "{name}");
    }
    // From inside a folder, and from outside with -C.
    let inside = shell
        .kontor(&["show", "acme-gmbh.yaml"])
        .current_dir(shell.root().join("accounts"))
        .output()
        .unwrap();
    assert!(inside.status.success(), "{inside:?}");
    let outside = shell
        .kontor(&["-C", "crm", "show", "accounts/acme-gmbh.yaml"])
        .current_dir(shell.home())
        .output()
        .unwrap();
    assert!(outside.status.success(), "{outside:?}");
}

#[test]
fn a_bare_id_of_several_records_is_refused() {
    let shell = Shell::new();
    shell.ok(&["new", "product", "name=Pumps"]);
    shell.fails(
        &["show", "pumps"],
        2,
        "error: 'pumps' could be opportunities/pumps or products/pumps: write the one you mean",
    );
}

#[test]
fn show_is_for_people_and_for_programs() {
    let shell = Shell::new();
    let page = shell.ok(&["show", "acme-gmbh"]);
    assert!(page.starts_with("Acme GmbH  accounts/acme-gmbh\nHamburg\n"), "{page}");
    for line in [
        "  Owner            Lena Vogt",
        "  Type             Customer",
        "  Primary contact  Marta Lind",
        "  People           2",
        "  Subsidiaries     1",
    ] {
        assert!(page.lines().any(|l| l == line), "{line:?} in\n{page}");
    }
    let record = shell.json(&["show", "contacts/marta-lind"]);
    assert_eq!(
        record,
        json!({"ref": "contacts/marta-lind", "type": "contact", "id": "marta-lind", "first_name": "Marta", "last_name": "Lind",
               "account": "acme-gmbh", "phones": ["+34600123456"]})
    );
    // The field that is called as the record's type stands beside it.
    let account = shell.json(&["show", "acme-gmbh"]);
    assert_eq!((&account["type"], &account["type_"]), (&json!("account"), &json!("customer")));
}

#[test]
fn rm_refuses_what_is_linked_and_unlinks_on_request() {
    let shell = Shell::new();
    let before = shell.commits();
    let refused = shell.run(&["rm", "contacts/marta-lind"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("is still pointed at by accounts/acme-gmbh") && refused.err.contains("--unlink"),
        "{}",
        refused.err
    );
    assert_eq!(shell.commits(), before);
    shell.ok(&["rm", "contacts/marta-lind", "--unlink"]);
    assert_eq!(shell.commits(), before + 1);
    assert_eq!(shell.json(&["show", "acme-gmbh"]).get("primary_contact"), None);
    shell.fails(
        &["show", "contacts/marta-lind"],
        1,
        "error: there is no contacts/marta-lind: see `kontor list TYPE` for what there is",
    );
    shell.ok(&["rm", "contacts/tom-reuter"]);
    assert_eq!(shell.subject(), "contacts/tom-reuter: deleted contact Tom Reuter");
    shell.is_clean();
}

#[test]
fn rm_takes_records_that_only_point_at_each_other() {
    let shell = Shell::new();
    let told = shell.json(&["rm", "bolt-ag", "valves"]);
    assert_eq!(told["refs"].as_array().unwrap().len(), 2);
    assert!(shell.ok(&["check"]).ends_with(
        " records: no problems
"
    ));
    shell.is_clean();
}

#[test]
fn mv_rewrites_every_link() {
    let shell = Shell::new();
    shell.ok(&["mv", "accounts/acme-gmbh", "acme-ag"]);
    assert_eq!(shell.subject(), "accounts/acme-ag: renamed from accounts/acme-gmbh");
    for reference in ["contacts/marta-lind", "contacts/tom-reuter", "opportunities/pumps"] {
        assert_eq!(shell.json(&["show", reference])["account"], "acme-ag", "{reference}");
    }
    assert_eq!(shell.json(&["show", "bolt-ag"])["parent_account"], "acme-ag");
    assert!(shell.ok(&["check"]).contains("no problems"));
    shell.is_clean();
    shell.fails(
        &["mv", "acme-ag", "bolt-ag"],
        2,
        "error: id: accounts/bolt-ag is there already: choose another id",
    );
    assert_eq!(shell.run(&["mv", "acme-ag", "Böse ID"]).code, 2);
}
