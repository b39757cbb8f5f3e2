//! What other programs export, as `import` understands it.

use super::import::{fresh, import, says};
use super::shell::Shell;
use serde_json::Value as Json;

/// What the records of a type hold, one line a record, in the order of their ids.
fn held(shell: &Shell, ty: &str, fields: &[&str]) -> Vec<String> {
    let text = |value: &Json| match value {
        Json::Null => "–".to_owned(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    let field = |record: &Json, path: &str| text(path.split('.').fold(record, |inner, part| &inner[part]));
    let line = |record: &Json| fields.iter().map(|path| field(record, path)).collect::<Vec<_>>().join(" | ");
    let mut records = shell.json(&["list", ty]).as_array().unwrap().clone();
    records.sort_by_key(|record| record["ref"].as_str().unwrap().to_owned());
    records.iter().map(line).collect()
}

/// A workspace with an account, a contact and a user to point at.
fn base() -> Shell {
    let shell = fresh();
    import(&shell, "users.csv", "name,email\nRita Ops,rita@ops.example\n", &["--type", "user"]);
    import(&shell, "accounts.csv", "id,name\nA1,Acme GmbH\n", &["--type", "account"]);
    let text = "id,full_name,email\nC1,Anna Müller,anna@acme.example\n";
    import(&shell, "contacts.csv", text, &["--type", "contact"]);
    shell
}

/// Imports a file into such a workspace and holds what comes of it against `expect`.
#[track_caller]
fn check(ty: &str, text: &str, fields: &[&str], expect: &[&str]) -> (Shell, Json) {
    let shell = base();
    let told = import(&shell, "export.csv", text, &["--type", ty]);
    assert_eq!(held(&shell, ty, fields), expect, "{told:#}");
    (shell, told)
}

#[test]
fn a_status_beside_the_stage_decides_what_is_won_and_lost() {
    let (shell, told) = check(
        "opportunity",
        "\
Deal - Title,Deal - Organization,Deal - Stage,Deal - Status,Deal - Deal created,Deal - Last stage change,Deal - Won time,Deal - Lost time,Deal - Deal closed on,Deal - Expected close date
Anvils,Acme GmbH,Qualified,Open,2026-10-01 09:00:00,2026-10-02 09:00:00,,,,2026-12-31
Bolts,Acme GmbH,Proposal Made,Won,2026-08-01 09:00:00,2026-08-20 09:00:00,2026-09-01 09:00:00,,2026-09-01 09:00:00,2026-09-30
Cogs,Acme GmbH,Negotiations Started,Lost,2026-08-01 09:00:00,2026-08-20 09:00:00,,2026-09-02 09:00:00,2026-09-02 09:00:00,2026-09-30
",
        &["name", "stage", "stage_since", "closed_at", "close_date"],
        &[
            "Anvils | qualified | 2026-10-02 | – | 2026-12-31",
            "Bolts | won | 2026-09-01 | 2026-09-01T09:00+02:00 | 2026-09-30",
            "Cogs | lost | 2026-09-02 | 2026-09-02T09:00+02:00 | 2026-09-30",
        ],
    );
    says(&told, "the status decides: 'Won' deals stand there");
    let stages = shell.json(&["show", "pipelines/export"]);
    let stages = stages["stages"].as_array().unwrap().iter();
    let kinds: Vec<String> = stages.map(|s| format!("{} {}", s["id"], s["kind"]).replace('"', "")).collect();
    assert_eq!(
        kinds.join(", "),
        "qualified open, proposal-made open, negotiations-started open, won won, lost lost"
    );

    // A second export: the deal that was open is won now.
    let again = import(
        &shell,
        "again.csv",
        "Deal - Title,Deal - Stage,Deal - Status,Deal - Won time\nAnvils,Proposal Made,Won,2026-11-02 10:00:00\n",
        &["--type", "deal", "--match", "name"],
    );
    assert_eq!(again["counts"]["updated"], 1);
    let anvils = shell.json(&["list", "deal", "name:Anvils"]);
    assert_eq!(
        (&anvils[0]["stage"], &anvils[0]["closed_at"]),
        (&"won".into(), &"2026-11-02T10:00+01:00".into())
    );
}

#[test]
fn a_status_without_a_stage_beside_it_is_the_stage() {
    for (text, expect) in [
        ("Deal name,Account,Status\nA,,Open\nB,Acme GmbH,Won\n", ["A | open", "B | won"]),
        ("Deal name,Status\nA,Discovery\nB,Lost\n", ["A | discovery", "B | lost"]),
        // Other words than won and lost do not decide.
        (
            "Deal name,Account,Status,Stage\nA,,Warm,Discovery\nB,Acme GmbH,Cold,Won\n",
            ["A | discovery", "B | won"],
        ),
    ] {
        check("opportunity", text, &["name", "stage"], &expect);
    }
}

#[test]
fn fractions_are_told_from_percentages() {
    for (cells, expect) in [
        (["0.2", "1.0", "0.0"], ["20%", "100%", "0%"]),
        (["0.6", "1.0", "0.9"], ["60%", "100%", "90%"]),
        (["\"0,25\"", "1", ""], ["25%", "100%", "–"]),
        (["90.0", "1.0", "0.0"], ["90%", "1%", "0%"]),
        (["1", "0", "1"], ["1%", "0%", "1%"]),
    ] {
        let [a, b, c] = cells;
        let text = format!("Deal Name,Deal Stage,Deal probability\nA,Demo,{a}\nB,Demo,{b}\nC,Demo,{c}\n");
        let (_, told) = check("opportunity", &text, &["probability"], &expect);
        if expect.contains(&"100%") {
            says(&told, "'Deal probability' holds fractions of one: times 100 they fill probability");
        }
    }
    let shell = fresh();
    let text = "Name,Chance\nA,0.5\nB,20\n";
    import(&shell, "x.csv", text, &["--type", "deal", "--map", "Chance=probability*100", "--create-missing"]);
    assert_eq!(held(&shell, "deal", &["name", "probability"]), ["A | 50%"], "2000 % is none");
}

#[test]
fn amounts_have_the_currency_of_their_row() {
    for (ty, text, fields, expect) in [
        (
            "opportunity",
            "Id,Name,StageName,Amount,CurrencyIsoCode\n1,A,Demo,45000.0,USD\n2,B,Demo,10.0,\n",
            &["name", "amount"][..],
            ["A | 45000.00 USD", "B | 10.00 EUR"],
        ),
        (
            "opportunity",
            "Deal - Title,Deal - Stage,Deal - Value,Deal - Currency\nA,Demo,10,USD\nB,Demo,€ 20,USD\n",
            &["name", "amount"],
            ["A | 10.00 USD", "B | 20.00 EUR"],
        ),
        (
            "account",
            "Organization - Name,Organization - Annual revenue,Organization - Currency of Annual revenue\nA,10,USD\nB,20,GBP\n",
            &["name", "annual_revenue"],
            ["Acme GmbH | –", "A | 10.00 USD"],
        ),
        (
            "lead",
            "Last Name,Value,Currency of Value,Annual Revenue,Currency Code\nA,10,USD,1000,CHF\nB,20,,2000,\n",
            &["budget", "annual_revenue"],
            ["10.00 USD | 1000.00 CHF", "20.00 EUR | 2000.00 EUR"],
        ),
    ] {
        let shell = base();
        import(&shell, "export.csv", text, &["--type", ty]);
        let held = held(&shell, ty, fields);
        assert!(expect.iter().all(|line| held.contains(&(*line).to_owned())), "{ty}: {held:?}");
    }
    let (_, told) = check(
        "account",
        "Name,Annual Revenue\nAda,\"$1,234.56\"\nBo,\"2,000\"\nCy,7\n",
        &["name", "annual_revenue"],
        &["Acme GmbH | –", "Ada | 1234.56 USD", "Bo | 2000.00 EUR", "Cy | 7.00 EUR"],
    );
    let note = told["notes"].as_array().unwrap().iter().find(|note| note["code"] == "currency").unwrap();
    assert_eq!(note["message"], "Annual Revenue: amounts without a currency are in EUR");
    assert_eq!((&note["rows"], &note["line"]), (&2.into(), &3.into()));
}

#[test]
fn cases_were_opened_and_closed_when_they_were() {
    let fields =
        ["number", "status", "priority", "opened_at", "created", "resolved_at", "closed_at", "external_id"];
    let (_, told) = check(
        "case",
        "\
Case Number,Subject,Status,Priority,Date/Time Opened,Date/Time Closed
1026,A fire,Working,Medium,12/31/2025 4:15 PM,
1027,B rain,Escalated,Critical,12/30/2025 9:15 AM,
1028,C wind,Closed,High,12/30/2025 9:15 AM,1/2/2026 10:00 AM
1029,D hail,Sleeping,Vague,12/30/2025 9:15 AM,
",
        &fields,
        &[
            "1026 | open | normal | 2025-12-31T16:15+01:00 | 2025-12-31T16:15+01:00 | – | – | –",
            "1027 | open | urgent | 2025-12-30T09:15+01:00 | 2025-12-30T09:15+01:00 | – | – | –",
            "1028 | closed | high | 2025-12-30T09:15+01:00 | 2025-12-30T09:15+01:00 | 2026-01-02T10:00+01:00 | 2026-01-02T10:00+01:00 | –",
            "1029 | new | normal | 2025-12-30T09:15+01:00 | 2025-12-30T09:15+01:00 | – | – | –",
        ],
    );
    says(&told, "status: 'Working' is taken for open");
    says(&told, "created: where the file does not say, it is the opened date");
    says(&told, "'Sleeping' is none of new, open,");
    says(&told, "new ones are new; left empty");
    check(
        "ticket",
        "\
Ticket ID,Ticket name,Ticket status,Create date,Close date,Priority,Category
77,A fire,Waiting on contact,2026-10-01 09:00,,High,Product Issue
78,B rain,Closed,2026-09-01 09:00,2026-09-03 10:00,Low,General inquiry
",
        &["number", "status", "opened_at", "created", "closed_at"],
        &[
            "77 | waiting_customer | 2026-10-01T09:00+02:00 | 2026-10-01T09:00+02:00 | –",
            "78 | closed | 2026-09-01T09:00+02:00 | 2026-09-01T09:00+02:00 | 2026-09-03T10:00+02:00",
        ],
    );
}

#[test]
fn the_id_of_a_case_is_not_its_number() {
    let text = "\
Id,IsDeleted,CaseNumber,ContactId,AccountId,Status,Subject,Priority,ClosedDate,IsEscalated,CreatedDate
500A,false,00001026,C1,A1,New,Printer burns,Medium,,true,2025-12-31T16:15:00.000Z
500B,true,00001027,C1,A1,New,Was a mistake,Medium,,false,2025-12-31T16:15:00.000Z
";
    let fields = ["external_id", "number", "contact", "account", "escalated", "priority"];
    let (shell, told) =
        check("case", text, &fields, &["500A | 00001026 | anna-mueller | acme-gmbh | true | normal"]);
    says(&told, "IsDeleted: what was deleted there stays out");
    assert_eq!(told["counts"]["skipped"], 1);
    let again = import(&shell, "again.csv", "Case ID,Subject\n500A,Printer smokes\n", &["--type", "case"]);
    assert_eq!(again["counts"]["updated"], 1);
    let again = import(&shell, "again.csv", "Case Number,Subject\n00001026,It is out\n", &["--type", "case"]);
    assert_eq!(again["counts"]["updated"], 1);
}

#[test]
fn the_columns_of_other_programs_go_where_they_belong() {
    for (ty, headers, expect) in [
        (
            "lead",
            "Lead Owner,First Name,Last Name,Company / Account,Email,State/Province (text only),Country (text only)",
            "owner first_name last_name company emails address.state address.country",
        ),
        ("account", "Id,IsDeleted,Name,ParentId,OwnerId", "external_id deleted name parent_account owner"),
        (
            "contact",
            "Id,AccountId,LastName,ReportsToId,OwnerId",
            "external_id account last_name reports_to owner",
        ),
        (
            "activity",
            "Id,WhoId,WhatId,AccountId,Subject,ActivityDate,Status,OwnerId",
            "external_id contacts about about subject due status owner",
        ),
        (
            "activity",
            "Assigned,Subject,Date,Status,Company / Account,Contact,Opportunity,Lead",
            "owner subject due status about contacts about about",
        ),
        (
            "account",
            "Organization - Name,Organization - Address,Organization - Street/road name of Address,Organization - City/town/village/locality of Address,Organization - ZIP/Postal code of Address,Organization - Country of Address,Organization - Organization created",
            "name  billing_address.street billing_address.city billing_address.postal_code billing_address.country created",
        ),
        ("contact", "Person - Name,Person - Person created", "full_name created"),
        ("lead", "Lead - Contact person,Lead - Lead created", "full_name created"),
        ("contact", "Last Name,Email,Additional email addresses", "last_name emails emails"),
    ] {
        let shell = fresh();
        let told = import(&shell, "x.csv", format!("{headers}\n"), &["--type", ty]);
        let columns: Vec<&str> =
            told["columns"].as_array().unwrap().iter().map(|c| c["field"].as_str().unwrap()).collect();
        assert_eq!(columns.join(" "), expect, "{headers}");
    }
}

#[test]
fn activities_and_people_are_understood_as_other_programs_write_them() {
    check(
        "activity",
        "\
Activity - Subject,Activity - Type,Activity - Due date,Activity - Due time,Activity - Duration,Activity - Done,Activity - Deal,Activity - Organization
Call Anna,Call,2026-12-31,10:00:00,00:30:00,To do,,Acme GmbH
Lunch,Lunch,2026-08-31,,01:00:00,Done,,Acme GmbH
",
        &["subject", "due", "duration", "status", "about"],
        &[
            "Lunch | 2026-08-31 | 1h | done | accounts/acme-gmbh",
            "Call Anna | 2026-12-31T10:00+01:00 | 30m | planned | accounts/acme-gmbh",
        ],
    );
    let (_, told) = check(
        "deal",
        "\
Deal Name,Deal Stage,Associated Contact
A,Demo,Anna Müller (anna@acme.example)
B,Demo,Someone Else (anna@acme.example);Bernd Boss (bernd@acme.example)
",
        &["name", "contact"],
        &["A | anna-mueller", "B | anna-mueller"],
    );
    says(&told, "contact: of several the first is taken");
}

#[test]
fn no_record_is_called_after_an_id() {
    check(
        "account",
        "Id,Name,ParentId\n0015g00000Z1AAA,North,0015g00000Z2AAA\n0015g00000Z2AAA,Top,\n0015g00000Z3AAA,South,0015g00000Z9AAA\n",
        &["name", "parent_account"],
        &["Acme GmbH | –", "North | top", "South | –", "Top | –"],
    );
}

#[test]
fn what_a_report_says_of_itself_is_no_record() {
    let text = "\"Account Name\",\"Billing City\"\n\"Alpha\",\"Berlin\"\n\n\n\"Accounts by city\"\n\
                \"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.\"\n\
                \"Confidential Information - Do Not Distribute\"\n\"Generated By:  Rita Ops  11/22/2026 1:00 PM\"\n\"Acme\"\n";
    let (_, told) = check("account", text, &["name"], &["Acme GmbH", "Alpha"]);
    says(&told, "lines below the rows that are about the report stay out");
}
