//! list.

use super::shell::Shell;
use serde_json::json;

fn refs(shell: &Shell, args: &[&str]) -> Vec<String> {
    shell.ok(args).lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

#[test]
fn plain_when_piped() {
    let shell = Shell::new();
    let out = shell.ok(&["list", "deals", "--columns", "name,amount,account.name"]);
    assert_eq!(
        out,
        "opportunities/pumps\tPumps\t12500.00 EUR\tAcme GmbH\nopportunities/valves\tValves\t4000.00 EUR\tBolt AG\n"
    );
    assert_eq!(shell.ok(&["ls", "leads"]), "");
}

#[test]
fn a_title_made_of_several_fields_is_a_column() {
    let shell = Shell::new();
    let names = "contacts/tom-reuter\tTom Reuter\tacme-gmbh\ncontacts/marta-lind\tMarta Lind\tacme-gmbh\n";
    assert_eq!(shell.ok(&["list", "contacts", "--columns", "name,account", "--sort", "-name"]), names);
    assert_eq!(shell.ok(&["list", "contacts", "sort:-name", "--columns", "Name,account"]), names);
    let told = shell.json(&["list", "contacts", "--columns", "name", "--limit", "1"]);
    assert_eq!(
        told[0],
        json!({"ref": "contacts/marta-lind", "type": "contact", "id": "marta-lind", "name": "Marta Lind"})
    );
    // A single field that is the title, and a contact's field of that name.
    assert_eq!(refs(&shell, &["list", "deals", "--sort", "-title"])[0], "opportunities/valves");
    assert_eq!(
        shell.json(&["list", "contacts", "--columns", "title", "--limit", "1"])[0]["title"],
        json!(null)
    );
    shell.fails(
        &["list", "contacts", "--group", "name"],
        2,
        "error: records cannot be grouped by 'name': every one has its own",
    );
}

#[test]
fn sorted_by_the_kind_of_the_field() {
    let shell = Shell::new();
    let sorted = |by: &str| refs(&shell, &["list", "opportunity", "--sort", by]);
    assert_eq!(sorted("amount"), ["opportunities/valves", "opportunities/pumps"]);
    assert_eq!(sorted("-amount"), ["opportunities/pumps", "opportunities/valves"]);
    assert_eq!(sorted("close_date"), ["opportunities/valves", "opportunities/pumps"]);
    assert_eq!(sorted("-id"), ["opportunities/valves", "opportunities/pumps"]);
    assert_eq!(sorted("stage"), ["opportunities/pumps", "opportunities/valves"]);
    assert_eq!(sorted("-account.name,name"), ["opportunities/valves", "opportunities/pumps"]);
    // What has no value stands last either way.
    shell.ok(&["new", "deal", "name=Aaa", "account=acme-gmbh", "stage=talks", "close_date=2027-01-01"]);
    for by in ["amount", "-amount"] {
        assert!(sorted(by)[2].starts_with("opportunities/acme-gmbh-aaa"), "{:?}", sorted(by));
    }
    assert_eq!(
        refs(&shell, &["list", "deals", "--sort", "-amount", "--limit", "1"]),
        ["opportunities/pumps"]
    );
}

#[test]
fn queries_choose() {
    let shell = Shell::new();
    let found = |query: &[&str]| refs(&shell, &[&["list", "opportunities"], query].concat());
    assert_eq!(found(&["stage=talks"]), ["opportunities/valves"]);
    assert_eq!(found(&["stage!=talks"]), ["opportunities/pumps"]);
    assert_eq!(found(&["amount>5000"]), ["opportunities/pumps"]);
    assert_eq!(found(&["amount<5000"]), ["opportunities/valves"]);
    assert_eq!(found(&["name~UMP"]), ["opportunities/pumps"]);
    assert_eq!(found(&["stage=talks", "and", "amount>5000"]), [""; 0]);
    assert_eq!(found(&["account=acme-gmbh and close_date>2026-12-10"]), ["opportunities/pumps"]);
    assert_eq!(found(&["amount>5k", "owner!=me"]), ["opportunities/pumps"]);
    assert_eq!(found(&["pump"]), ["opportunities/pumps"]);
    for bad in ["stge=talks", "amount>banana", "stage=\"talks"] {
        let refused = shell.run(&["list", "opportunities", bad]);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{bad}");
        assert!(refused.err.starts_with("error: "), "{bad}: {}", refused.err);
    }
}

#[test]
fn json_holds_whole_records_or_the_columns_asked_for() {
    let shell = Shell::new();
    let all = shell.json(&["list", "contacts"]);
    assert_eq!(
        all[1],
        json!({"ref": "contacts/tom-reuter", "type": "contact", "id": "tom-reuter", "first_name": "Tom", "last_name": "Reuter", "account": "acme-gmbh"})
    );
    let some =
        shell.json(&["list", "deals", "--columns", "name,account.billing_address.city", "--limit", "1"]);
    assert_eq!(
        some,
        json!([{"ref": "opportunities/pumps", "type": "opportunity", "id": "pumps", "name": "Pumps", "account.billing_address.city": "Hamburg"}])
    );
    assert_eq!(shell.json(&["list", "leads"]), json!([]));
}

#[test]
fn unknown_words_are_refused() {
    let shell = Shell::new();
    shell.fails(&["list", "deels"], 2, "error: there is no record type 'deels': did you mean 'deals'?");
    let hint =
        "error: there is no record type 'amount>5': write the type before it, such as `deal 'amount>5'`";
    shell.fails(&["list", "amount>5"], 2, hint);
    shell.fails(
        &["list", "deals", "--columns", "nmae"],
        2,
        "error: there is no column 'nmae': did you mean 'name'?",
    );
    shell.fails(
        &["list", "deals", "--sort", "-amuont"],
        2,
        "error: there is no field 'amuont' to sort by: did you mean 'amount'?",
    );
}

#[test]
fn the_whole_language_works() {
    let shell = Shell::new();
    let found = |query: &[&str]| refs(&shell, &[&["list", "deals"], query].concat());
    assert_eq!(found(&["stage:talks", "or", "account.city:hamburg sort:-amount"]).len(), 2);
    assert_eq!(found(&["-stage:talks"]), ["opportunities/pumps"]);
    assert_eq!(found(&["(stage:talks or amount>1) limit:1 sort:amount"]), ["opportunities/valves"]);
    assert_eq!(found(&["sort:amount", "--limit", "1"]), ["opportunities/valves"]);
    assert_eq!(found(&["sort:amount", "--sort", "-amount"])[0], "opportunities/pumps");
}

#[test]
fn the_type_may_stand_in_the_query() {
    let shell = Shell::new();
    let listed = |args: &[&str]| refs(&shell, &[&["list"], args].concat());
    assert_eq!(listed(&["type:deal", "stage:talks"]), ["opportunities/valves"]);
    let several = shell.ok(&["list", "type:account name~acme or type:deal pumps"]);
    assert_eq!(several, "accounts/acme-gmbh\taccount\tAcme GmbH\nopportunities/pumps\topportunity\tPumps\n");
    assert_eq!(shell.json(&["list", "type:account name~acme or type:deal pumps"])[1]["type"], "opportunity");
    shell.fails(
        &["list", "type:deal,account acme", "--columns", "name"],
        2,
        "error: records of several types have no columns in common: ask for one type, such as type:case",
    );
}

#[test]
fn a_mistake_is_pointed_at() {
    let shell = Shell::new();
    let refused = shell.run(&["list", "deals", "amount>1", "stagg:talks"]);
    assert_eq!(
        refused.err,
        "error: an opportunity has no field 'stagg': did you mean 'stage'?\n  amount>1 stagg:talks\n           ^^^^^\n"
    );
    let refused = shell.run(&["list", "deals", "x (y", "--format", "json"]);
    let error: serde_json::Value = serde_json::from_str(&refused.err).unwrap();
    assert_eq!((refused.code, &error["error"]["column"]), (2, &json!(3)));
}

#[test]
fn a_query_is_explained() {
    let shell = Shell::new();
    let said = shell.ok(&["list", "deals", "stage:talks -(amount>10k or pump)", "--explain"]);
    assert_eq!(
        said,
        "Opportunities\n  stage is Negotiation\n  none of these:\n    amount is more than 10,000 €\n    anywhere: \"pump\"\n"
    );
}

#[test]
fn a_view_can_be_listed_and_narrowed() {
    let shell = Shell::new();
    let listed = |args: &[&str]| refs(&shell, &[&["list", "--view"], args].concat());
    assert!(listed(&["unassigned leads"]).is_empty());
    let view = "name=By amount\ntype=opportunity\nsort=-amount\nquery=has:amount\ncolumns=amount,name";
    shell.ok(&[&["new", "view"], &view.lines().collect::<Vec<_>>()[..]].concat());
    assert_eq!(listed(&["by amount"]), ["opportunities/pumps", "opportunities/valves"]);
    assert_eq!(listed(&["by amount", "sort:amount"]), ["opportunities/valves", "opportunities/pumps"]);
    assert_eq!(listed(&["by amount", "stage:talks"]), ["opportunities/valves"]);
    let out = shell.ok(&["list", "--view", "By amount", "--limit", "1"]);
    assert_eq!(out, "opportunities/pumps\t12500.00 EUR\tPumps\n");
    shell.fails(
        &["list", "--view", "roting"],
        2,
        "error: there is no view 'roting': did you mean 'rotting'?",
    );
}

#[test]
fn records_come_group_by_group() {
    let shell = Shell::new();
    shell.ok(&["new", "deal", "name=Bolts", "account=acme-gmbh", "stage=proposal", "amount=1k"]);
    let names = |args: &[&str]| -> Vec<String> {
        let out = shell.ok(&[&["list"], args, &["--columns", "name"]].concat());
        out.lines().map(|line| line.split('\t').nth(1).unwrap().to_owned()).collect()
    };
    let stages = names(&["deals", "--sort", "name"]);
    assert_eq!(stages, ["Bolts", "Pumps", "Valves"]);
    let by_account = names(&["deals", "--sort", "-name", "--group", "account"]);
    assert_eq!(by_account, ["Pumps", "Bolts", "Valves"]);
    let by_stage = names(&["deals", "--sort", "-stage", "--group", "stage"]);
    assert_eq!(by_stage[0], "Valves");
    shell.ok(&["new", "view", "name=Per account", "type=deal", "sort=-name", "group=account", "owner="]);
    assert_eq!(names(&["--view", "per account"]), by_account);
    assert_eq!(names(&["--view", "views/per-account", "valves"]), ["Valves"]);
    assert!(shell.read("views/per-account.yaml").contains("group: account"));
    shell.fails(
        &["list", "deals", "--group", "stge"],
        2,
        "error: there is no field 'stge' to group by: did you mean 'stage'?",
    );
}

#[test]
fn a_view_that_makes_no_sense_is_refused_or_found() {
    let shell = Shell::new();
    let refused = shell.run(&["new", "view", "name=X", "type=deal", "query=stge:x"]);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(
        refused.err.contains("an opportunity has no field 'stge': did you mean 'stage'?"),
        "{}",
        refused.err
    );
    let text =
        "name: X\ntype: deal\nquery: \"is:open stge:x\"\ncolumns:\n  - name\n  - nmae\nsort: -amount, nmae\n";
    shell.write("views/x.yaml", text);
    let said = shell.run(&["check"]);
    let lines: Vec<_> = said.out.lines().take(3).collect();
    assert_eq!(
        lines,
        [
            "views/x.yaml:3:17: error: an opportunity has no field 'stge': did you mean 'stage'? (bad-query)",
            "views/x.yaml:6:5: error: there is no column 'nmae': did you mean 'name'? (no-such-field)",
            "views/x.yaml:7:16: error: there is no column 'nmae': did you mean 'name'? (no-such-field)",
        ]
    );
    // It stands in nobody's way.
    assert_eq!(refs(&shell, &["list", "deals"]).len(), 2);
}

#[test]
fn a_view_is_drawn_by_its_name() {
    let shell = Shell::new();
    shell.ok(&["new", "view", "name=Per account", "type=deal", "group=account", "owner="]);
    for name in ["per account", "view/per-account", "views/per-account"] {
        let drawn = shell.ok(&["render", name, "--size", "80x24"]);
        assert!(drawn.contains("› Per account") && drawn.contains("Bolt AG  1 · 4,000 €"), "{name}: {drawn}");
    }
    shell.fails(
        &["render", "per acount"],
        2,
        "error: there is no screen 'per acount': did you mean 'Per account'?",
    );
}
