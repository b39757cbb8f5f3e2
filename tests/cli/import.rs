//! import.

use super::shell::Shell;
use serde_json::{Value as Json, json};
use std::fs;

/// A fresh workspace and files beside it.
pub fn fresh() -> Shell {
    let shell = Shell::empty();
    let root = shell.root().to_str().unwrap().to_owned();
    shell.ok(&["init", &root, "--name", "Nordwind", "--currency", "EUR", "--time-zone", "Europe/Berlin"]);
    shell
}

fn file(shell: &Shell, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = shell.home().join(name);
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

pub fn import(shell: &Shell, name: &str, text: impl AsRef<[u8]>, args: &[&str]) -> Json {
    let path = file(shell, name, text);
    let mut all = vec!["import", path.as_str(), "--yes", "--format", "json"];
    all.extend(args);
    let said = shell.run(&all);
    assert!(said.code <= 1 && said.err.is_empty(), "{said:?}");
    serde_json::from_str(&said.out).unwrap()
}

fn counts(told: &Json) -> String {
    let count = |name: &str| told["counts"][name].as_u64().unwrap();
    format!(
        "{} new, {} changed, {} same, {} skipped, {} rejected",
        count("created"),
        count("updated"),
        count("unchanged"),
        count("skipped"),
        count("rejected")
    )
}

fn fields(told: &Json) -> String {
    let columns = told["columns"].as_array().unwrap().iter();
    columns.map(|c| c["field"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

fn notes(told: &Json) -> Vec<&str> {
    told["notes"].as_array().unwrap().iter().map(|n| n["message"].as_str().unwrap()).collect()
}

#[track_caller]
pub fn says(told: &Json, part: &str) {
    assert!(notes(told).iter().any(|note| note.contains(part)), "{part:?} in {:#?}", notes(told));
}

#[track_caller]
fn is_sound(shell: &Shell) {
    assert_eq!(
        shell.json(&["check"]).as_array().unwrap().iter().filter(|p| p["severity"] == "error").count(),
        0
    );
    shell.is_clean();
}

/// The same shapes as the public "CRM Sales Opportunities" files.
#[test]
fn a_sales_team_its_products_accounts_and_deals_come_in() {
    let shell = fresh();
    let team = import(
        &shell,
        "sales_teams.csv",
        "sales_agent,manager,regional_office\nAda Byron,Rosa Mond,North\nBo Chen,Rosa Mond,South\n",
        &["--type", "user"],
    );
    assert_eq!(
        (fields(&team).as_str(), counts(&team).as_str()),
        ("name manager team", "2 new, 0 changed, 0 same, 0 skipped, 0 rejected")
    );
    assert_eq!(team["made"], json!(["teams/north", "teams/south", "users/rosa-mond"]));
    let ada = shell.json(&["show", "users/ada-byron"]);
    assert_eq!((&ada["manager"], &ada["team"]), (&json!("rosa-mond"), &json!("north")));

    let products = import(
        &shell,
        "products.csv",
        "product,series,sales_price\nQX Pro,QX,4821\nQX Basic,QX,550\n",
        &["--type", "product"],
    );
    assert_eq!(fields(&products), "name family price");
    assert_eq!(shell.json(&["show", "qx-pro"])["price"], "4821.00 EUR");

    let accounts = import(
        &shell,
        "accounts.csv",
        "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n\
         Condor,technolgy,1996,1100.04,2822,Kenya,Umbra\nUmbra,medical,1999,251.41,495,Peru,\nZed,haruspicy,2001,3,4,Peru,\n",
        &["--type", "account"],
    );
    assert_eq!(
        fields(&accounts),
        "name industry founded annual_revenue*1000000 employees billing_address.country parent_account"
    );
    let condor = shell.json(&["show", "accounts/condor"]);
    assert_eq!(
        (&condor["annual_revenue"], &condor["parent_account"]),
        (&json!("1100040000.00 EUR"), &json!("umbra"))
    );
    assert_eq!(
        (&condor["industry"], &condor["billing_address"]["country"]),
        (&json!("technology"), &json!("Kenya"))
    );
    says(&accounts, "industry: 'technolgy' is taken for technology");
    says(&accounts, "industry: 'medical' is taken for healthcare");
    says(&accounts, "industry: 'haruspicy' is taken for other");
    says(&accounts, "gives the revenue in millions");

    let deals = import(
        &shell,
        "sales_pipeline.csv",
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n\
         1C1I7A6R,Ada Byron,QXPro,Condor,Won,2016-10-20,2017-03-01,1054\n\
         Z063OYW0,Bo Chen,QX Basic,Umbra,Lost,2016-10-25,2017-03-11,0\n\
         EC4QE1BX,Bo Chen,QX Basic,,Engaging,2016-11-25,,\nMV1LWRNH,Ada Byron,QX Basic,Zed,Prospecting,,,\n",
        &["--type", "opportunity"],
    );
    assert_eq!(fields(&deals), "external_id owner lines.product account stage created close_date amount");
    assert_eq!(counts(&deals), "4 new, 0 changed, 0 same, 0 skipped, 0 rejected");
    says(&deals, "lines.product: 'QXPro' is taken for 'QX Pro', which differs in spaces and signs only");
    says(&deals, "lost_reason is required when stage.kind = lost: where the file does not say, it is other");
    let stages: Vec<_> = deals["pipelines"][0]["stages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        (&deals["pipelines"][0]["name"], stages),
        (&json!("Sales pipeline"), vec!["Prospecting", "Engaging", "Won", "Lost"])
    );
    let listed = shell.json(&["list", "opportunity"]);
    let won = listed.as_array().unwrap().iter().find(|deal| deal["external_id"] == "1C1I7A6R").unwrap();
    for (field, value) in [
        ("name", "QX Pro"),
        ("amount", "1054.00 EUR"),
        ("stage", "won"),
        ("owner", "ada-byron"),
        ("created", "2016-10-20"),
        ("closed_at", "2017-03-01"),
        ("stage_since", "2017-03-01"),
        ("pipeline", "sales-pipeline"),
    ] {
        assert_eq!(won[field], value, "{won}");
    }
    assert_eq!(won["lines"][0]["product"], "qx-pro");
    assert_eq!(shell.subject(), "import sales_pipeline.csv: 4 new opportunities");
    is_sound(&shell);

    // The same file again is the same deals, found by their ids.
    let before = shell.commits();
    let again = import(
        &shell,
        "sales_pipeline.csv",
        "opportunity_id,deal_stage,close_value\n1C1I7A6R,Won,1054\nEC4QE1BX,Prospecting,70\n",
        &["--type", "deal"],
    );
    assert_eq!(counts(&again), "0 new, 1 changed, 1 same, 0 skipped, 0 rejected");
    assert_eq!((shell.commits(), again["pipelines"].as_array().unwrap().len()), (before + 1, 0));
    is_sound(&shell);
}

#[test]
fn undo_takes_an_import_back_to_the_byte() {
    let shell = Shell::new();
    let tree = shell.git(&["rev-parse", "HEAD^{tree}"]);
    let told = import(
        &shell,
        "deals.csv",
        "Deal Name,Company,Stage,Amount\nGears,Acme GmbH,Tasting,10\nBelts,Neu & Co,Won,20\n",
        &["--type", "deal", "--create-missing"],
    );
    assert_eq!(told["made"], json!(["pipelines/deals", "accounts/neu-co"]));
    let import = shell.git(&["rev-parse", "HEAD"]);
    assert_eq!(told["commit"].as_str(), Some(import.as_str()));
    shell.ok(&["undo"]);
    assert_eq!(shell.git(&["rev-parse", "HEAD^{tree}"]), tree);
    shell.is_clean();
}

#[test]
fn the_headers_of_other_programs_are_known() {
    for (program, ty, headers, expect) in [
        (
            "salesforce",
            "contact",
            "Contact ID,Salutation,First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Mailing Zip/Postal Code,Phone,Mobile,Email,Contact Owner",
            "external_id salutation first_name last_name title account address.street address.city address.postal_code phones mobile emails owner",
        ),
        (
            "salesforce",
            "opportunity",
            "Opportunity Name,Account Name,Stage,Amount,Close Date,Created Date,Opportunity Owner,Probability (%),Lead Source",
            "name account stage amount close_date created owner probability lead_source",
        ),
        (
            "hubspot",
            "account",
            "Record ID,Company name,Company Domain Name,Company owner,Create Date,Phone Number,City,Country/Region,Industry,Number of Employees,Annual Revenue",
            "external_id name website owner created phones billing_address.city billing_address.country industry employees annual_revenue",
        ),
        (
            "hubspot",
            "opportunity",
            "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Associated Company",
            "external_id name stage close_date owner amount pipeline account",
        ),
        (
            "pipedrive",
            "opportunity",
            "Deal - ID,Deal - Title,Deal - Organization,Deal - Value,Deal - Currency of Value,Deal - Stage,Deal - Pipeline,Deal - Owner",
            "external_id name account amount amount.currency stage pipeline owner",
        ),
        (
            "pipedrive",
            "contact",
            "Person - ID,Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Work",
            "external_id full_name account emails phones",
        ),
        (
            "datablist",
            "lead",
            "Index,Account Id,Lead Owner,First Name,Last Name,Company,Phone 1,Phone 2,Email 1,Email 2,Website,Source,Deal Stage,Notes",
            " external_id owner first_name last_name company phones phones emails emails website lead_source status description",
        ),
        (
            "datablist",
            "product",
            "Index,Name,Description,Brand,Category,Price,Currency,Stock,EAN,Color,Size,Availability,Internal ID",
            " name description  family price currency  ean   active code",
        ),
        (
            "own",
            "account",
            "name,billing_address.city,Annual Revenue (k EUR),Employes",
            "name billing_address.city annual_revenue*1000 employees",
        ),
    ] {
        let shell = fresh();
        let path = file(&shell, "x.csv", format!("{headers}\n"));
        let told = shell.json(&["import", &path, "--type", ty, "--dry-run"]);
        assert_eq!(fields(&told), expect, "{program} {ty}");
    }
}

#[test]
fn a_person_decides_on_the_columns() {
    let shell = fresh();
    let text = "Name,Ort,Shoe Size,Umsatz\nAcme,Kiel,44,2\n";
    let told = import(
        &shell,
        "a.csv",
        text,
        &[
            "--type",
            "account",
            "--map",
            "Ort=shipping_address.city",
            "--map",
            "umsatz=annual_revenue*1000",
            "--keep-unmapped",
            "--default",
            "type=customer",
            "--default",
            "billing_address.country=DE",
            "--save-mapping",
            "a.map.yaml",
            "--match",
            "none",
        ],
    );
    assert_eq!(fields(&told), "name shipping_address.city +shoe_size annual_revenue*1000");
    let acme = shell.json(&["show", "acme"]);
    assert_eq!(
        (&acme["shoe_size"], &acme["type_"], &acme["annual_revenue"]),
        (&json!("44"), &json!("customer"), &json!("2000.00 EUR"))
    );
    assert_eq!(acme["billing_address"]["country"], "DE");
    // A saved mapping says the type and by what rows are matched; the command line goes before it.
    let again = import(&shell, "b.csv", text, &["--mapping", "a.map.yaml", "--map", "Ort="]);
    assert_eq!(
        (fields(&again).as_str(), &again["match"]),
        ("name  +shoe_size annual_revenue*1000", &json!([]))
    );
    assert_eq!(shell.json(&["show", "accounts/acme-2"]).get("shipping_address"), None);
    let path = file(&shell, "c.csv", text);
    for (args, error) in [
        (
            vec!["--type", "account", "--map", "Orrt=name"],
            "error: the file has no column 'Orrt': it has Name, Ort, Shoe Size, Umsatz",
        ),
        (
            vec!["--type", "account", "--map", "Ort=nmae"],
            "error: account has no field 'nmae': did you mean 'name'?",
        ),
        (
            vec!["--type", "account", "--map", "Ort=name", "--map", "Umsatz=name"],
            "error: 'Ort' and 'Umsatz' cannot both fill name: leave one out",
        ),
        (
            vec![],
            "error: what the rows are is not said: say it with --type; the headers look like --type account",
        ),
        (
            vec!["--type", "account", "--match", "billing_address"],
            "error: rows cannot be matched by billing_address, which holds no plain value: use a name, a number, an e-mail address or a link",
        ),
        (
            vec!["--type", "account", "--encoding", "klingon"],
            "error: there is no encoding 'klingon': write one such as utf-8, windows-1252 or utf-16le",
        ),
    ] {
        let all: Vec<&str> = ["import", path.as_str()].into_iter().chain(args).collect();
        shell.fails(&all, 2, error);
    }
}

#[test]
fn rows_find_the_records_that_are_there() {
    let shell = Shell::new();
    let text = "Name,Website,Phone\nACME GMBH,acme.example,+49 40 1\nbolt ag,,+49 40 222\nNeu,neu.example,\n";
    let only_new = import(&shell, "a.csv", text, &["--type", "account", "--create-only"]);
    assert_eq!(counts(&only_new), "1 new, 0 changed, 0 same, 2 skipped, 0 rejected");
    let before = shell.read("accounts/acme-gmbh.yaml");
    let told = import(&shell, "a.csv", text, &["--type", "account", "--update-only"]);
    // A number of two digits is none: the row comes in without it, and that is said.
    assert_eq!(counts(&told), "0 new, 2 changed, 1 same, 0 skipped, 0 rejected");
    let after = shell.read("accounts/acme-gmbh.yaml");
    assert!(
        after.starts_with("# Our oldest customer.\nname: ACME GMBH\n") && after.contains("# since March"),
        "{after}"
    );
    assert!(after.contains("website: acme.example") && before != after);
    let repeated = import(&shell, "b.csv", "Name\nNeu\nneu\n", &["--type", "account"]);
    assert_eq!(counts(&repeated), "0 new, 0 changed, 1 same, 0 skipped, 1 rejected");
    assert_eq!(
        repeated["rejected"],
        json!([{"line": 3, "reason": "the same name as line 2: --match none takes both"}])
    );
    is_sound(&shell);
}

#[test]
fn what_cannot_be_taken_is_told_and_kept() {
    let shell = Shell::new();
    let text = "First Name,Last Name,Company,Email,Birthday\nMia,,Acme GmbH,mia@x.example,1990-01-02\n\
                Tom,Ott,Nowhere Inc,tom(at)x,2001-02-30\nExtra,Cells,,,,boo\n";
    let told = import(&shell, "people.csv", text, &["--type", "contact", "--rejects", "bad.csv"]);
    assert_eq!(counts(&told), "1 new, 0 changed, 0 same, 0 skipped, 2 rejected");
    says(&told, "account: there is no account 'Nowhere Inc'; left empty");
    says(&told, "Email: 'tom(at)x' is not an e-mail address; left empty");
    says(&told, "Birthday:");
    let bad = shell.read("bad.csv");
    assert_eq!(
        bad,
        "First Name,Last Name,Company,Email,Birthday,reason\r\nMia,,Acme GmbH,mia@x.example,1990-01-02,last_name is required\r\n\
         Extra,Cells,,,,boo,\"the row has 6 cells, the first line names 5 columns\"\r\n"
    );
    fs::remove_file(shell.root().join("bad.csv")).unwrap();
    is_sound(&shell);
    // With --strict a row is taken whole or not at all; by default the file is out of the repository's records.
    let strict = import(
        &shell,
        "people.csv",
        "Last Name,Email\nOtto,otto(at)x\n",
        &["--type", "contact", "--strict", "--map", "Email=emails"],
    );
    assert_eq!(counts(&strict), "0 new, 0 changed, 0 same, 0 skipped, 1 rejected");
    let text = "Last Name,Email\nOtto,otto(at)x\nUhl,u@x.example\n";
    let kept = import(&shell, "people.csv", text, &["--type", "contact", "--strict"]);
    let path = kept["rejects"].as_str().unwrap();
    assert!(path.contains(".git/kontor/rejects/people.csv"), "{path}");
    assert!(fs::read_to_string(path).unwrap().contains("otto(at)x"));
    shell.is_clean();
}

#[test]
fn nothing_is_written_without_a_yes() {
    let shell = Shell::new();
    let before = shell.git(&["rev-parse", "HEAD"]);
    let path = file(&shell, "a.csv", "name;employees\nNeu;1.250\n");
    let shown = shell.run(&["import", &path, "--type", "account"]);
    assert_eq!(shown.code, 1);
    assert_eq!(
        shown.err.trim_end(),
        "error: nothing is written without a yes: --yes goes on without asking, --dry-run only shows"
    );
    for part in [
        "a.csv → accounts",
        "1 row · 2 columns · UTF-8, semicolon · decimal comma (assumed)",
        "employees  → employees",
        "accounts/neu  new, line 2",
        "  employees: 1250",
        "1 new  matched by name",
    ] {
        assert!(shown.out.contains(part), "{part:?} in\n{}", shown.out);
    }
    assert!(
        shell.ok(&["import", &path, "--type", "account", "--dry-run"]).ends_with("nothing was imported\n")
    );
    // What has two readings and no other cell decides stops the import, yes or no.
    let path = file(&shell, "b.csv", "name,employees,customer since\nNeu,\"1.250\",3/4/2024\n");
    let stopped = shell.run(&["import", &path, "--type", "account", "--yes"]);
    assert_eq!(stopped.code, 1);
    assert!(
        stopped.out.contains("--dates dmy") && stopped.out.contains("--decimal point"),
        "{}",
        stopped.out
    );
    assert_eq!(shell.git(&["rev-parse", "HEAD"]), before);
    shell.ok(&["import", &path, "--type", "account", "--yes", "--dates", "dmy", "--decimal", "comma"]);
    let neu = shell.json(&["show", "neu"]);
    assert_eq!((&neu["employees"], &neu["customer_since"]), (&json!("1250"), &json!("2024-04-03")));
}

#[test]
fn every_way_of_writing_a_file_is_read() {
    let text = "Firma;Ort\r\nMüller & Söhne;\"Köln\r\nDeutz\"\r\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8 with BOM"),
        (latin, "windows-1252"),
        (utf16, "UTF-16LE with BOM"),
    ] {
        let shell = fresh();
        let told = import(&shell, "a.csv", bytes, &["--type", "account"]);
        assert_eq!((&told["encoding"], &told["delimiter"]), (&json!(encoding), &json!("semicolon")));
        let account = shell.json(&["show", "mueller-soehne"]);
        assert_eq!(
            (&account["name"], &account["billing_address"]["city"]),
            (&json!("Müller & Söhne"), &json!("Köln Deutz"))
        );
        is_sound(&shell);
    }
}

#[test]
fn hostile_files_do_no_harm() {
    let shell = fresh();
    let huge = "x".repeat(10 << 20);
    let text = format!(
        "Name,Notes\n../../etc/passwd,a\n\u{1b}]0;owned\u{7}Esc,b\n\"=cmd|' /C calc'!A0\",c\n\u{202e}evil,d\n\"two\nlines: [x\",e\n{huge},f\nBig,{huge}\nShort\n"
    );
    let told = import(&shell, "evil.csv", text, &["--type", "account"]);
    assert_eq!(counts(&told), "6 new, 0 changed, 0 same, 0 skipped, 2 rejected");
    assert!(shell.root().join("accounts/etc-passwd.yaml").is_file());
    assert_eq!(told["rejected"][1]["reason"], "Notes holds more than 256 KB");
    assert_eq!(shell.json(&["show", "accounts/two-lines-x"])["name"], "two lines: [x");
    let names: Vec<String> = shell
        .json(&["list", "account"])
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["name"].as_str().unwrap().to_owned())
        .collect();
    assert!(names.iter().all(|name| !name.contains(['\u{1b}', '\u{7}'])), "{names:?}");
    is_sound(&shell);
    let missing = shell.run(&["import", "nowhere.csv", "--type", "account", "--yes"]);
    assert_eq!(missing.code, 1);
    assert!(missing.err.contains("nowhere.csv: this file can't be read"), "{}", missing.err);
    let empty = file(&shell, "empty.csv", "");
    shell.fails(
        &["import", &empty, "--type", "account"],
        1,
        "error: the file is empty: its first line has to name the columns",
    );
}

#[test]
fn what_an_import_writes_beside_the_records_takes_the_place_of_nothing() {
    let shell = Shell::new();
    let text = "Name,Ort\nNeu,Kiel\n,Bonn\n";
    let path = file(&shell, "a.csv", text);
    let record = shell.read("accounts/acme-gmbh.yaml");
    let commits = shell.commits();
    let foreign = file(&shell, "foreign.txt", "mine\n");
    for option in ["--rejects", "--save-mapping"] {
        for place in [path.as_str(), &foreign, "accounts/acme-gmbh.yaml", "kontor.yaml"] {
            let said = shell.run(&["import", &path, "--type", "account", "--yes", option, place]);
            assert_eq!(said.code, 1);
            assert!(said.err.contains("is left alone: name another"), "{}", said.err);
        }
        for place in ["accounts/new.yaml", "schema/new.yaml", "quotes/new.yaml"] {
            let said = shell.run(&["import", &path, "--type", "account", "--yes", option, place]);
            assert_eq!(said.code, 2);
            assert!(said.err.contains("would lie among the records"), "{}", said.err);
        }
    }
    assert_eq!((fs::read_to_string(&path).unwrap().as_str(), shell.commits()), (text, commits));
    assert_eq!(shell.read("accounts/acme-gmbh.yaml"), record);
    assert!(!shell.root().join("accounts/new.yaml").exists());
    // Nothing is written by a look, nor where the answer is missing.
    let both = ["--rejects", "bad.csv", "--save-mapping", "map.yaml"];
    for go in ["--dry-run", "--create-only"] {
        let all = [&["import", path.as_str(), "--type", "account", go][..], &both].concat();
        shell.run(&all);
        assert!(!shell.root().join("bad.csv").exists() && !shell.root().join("map.yaml").exists(), "{go}");
    }
    // What an earlier import wrote is replaced.
    for _ in 0..2 {
        let all = [&["--type", "account"][..], &both].concat();
        import(&shell, "a.csv", text, &all);
        assert!(shell.read("bad.csv").contains("Bonn") && shell.read("map.yaml").contains("Ort:"));
    }
    for name in ["bad.csv", "map.yaml"] {
        fs::remove_file(shell.root().join(name)).unwrap();
    }
    // By default another file of the same name takes no place either.
    let kept = |text: &str| {
        let told = import(&shell, "a.csv", text, &["--type", "account"]);
        told["rejects"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
    };
    assert_eq!(kept("Name,Ort\nEins,Kiel\n,Bonn\n"), "a.csv");
    assert_eq!(kept("Name,Ort\nZwei,Kiel\n,Ulm\n"), "a-2.csv");
    is_sound(&shell);
}

#[test]
fn a_quote_that_never_closes_stops_the_import() {
    let shell = fresh();
    let text = "Name,Notes\nAlpha,\"oops\nBeta,b\nGamma,c\n";
    let told = import(&shell, "a.csv", text, &["--type", "account"]);
    assert_eq!(told["commit"], Json::Null);
    let note = &told["notes"][0];
    assert_eq!(
        (&note["level"], &note["code"], &note["line"]),
        (&json!("stop"), &json!("open-quote"), &json!(2))
    );
    let told = import(&shell, "a.csv", text, &["--type", "account", "--open-quotes"]);
    assert_eq!(counts(&told), "1 new, 0 changed, 0 same, 0 skipped, 0 rejected");
    says(&told, "holds the rest of the file");
    assert_eq!(shell.json(&["show", "alpha"])["description"], "oops\nBeta,b\nGamma,c");
}

#[test]
fn defaults_fill_new_records_and_empty_fields_only() {
    let shell = fresh();
    import(
        &shell,
        "a.csv",
        "First Name,Last Name,Email,Title\nAnna,Ott,anna@x.example,CTO\nBo,Uhl,bo@x.example,\n",
        &["--type", "contact"],
    );
    let told = import(
        &shell,
        "b.csv",
        "First Name,Last Name,Email\nAnna,Ott,anna@x.example\nBo,Uhl,bo@x.example\nCy,Lau,cy@x.example\n",
        &["--type", "contact", "--default", "title=Unknown"],
    );
    assert_eq!(counts(&told), "1 new, 1 changed, 1 same, 0 skipped, 0 rejected");
    let titles = ["anna-ott", "bo-uhl", "cy-lau"].map(|id| shell.json(&["show", id])["title"].clone());
    assert_eq!(titles, ["CTO", "Unknown", "Unknown"]);
}

#[test]
fn a_saved_mapping_makes_the_same_import_again() {
    let text = "Firma^Ort^Umsatz^Kunde seit^Farbe\nM\u{fc}ller^Kiel^1.250^03/04/2024^rot\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let said = [
        "--type",
        "account",
        "--delimiter",
        "^",
        "--encoding",
        "latin1",
        "--dates",
        "mdy",
        "--decimal",
        "comma",
        "--currency",
        "USD",
        "--default",
        "type=customer",
        "--default",
        "website=x.example",
        "--keep-unmapped",
        "--strict",
        "--match",
        "none",
        "--create-missing",
        "--map",
        "Kunde seit=customer_since",
        "--map",
        "Umsatz=annual_revenue",
    ];
    let shell = fresh();
    let first = import(&shell, "a.csv", &latin, &[&said[..], &["--save-mapping", "a.map.yaml"]].concat());
    let again = import(&shell, "a.csv", &latin, &["--mapping", "a.map.yaml"]);
    let mut records = ["mueller", "mueller-2"].map(|id| shell.json(&["show", &format!("accounts/{id}")]));
    for record in &mut records {
        for key in ["ref", "id", "path", "created", "modified"] {
            record.as_object_mut().unwrap().remove(key);
        }
    }
    let [one, other] = records;
    assert_eq!(one["annual_revenue"], "1250.00 USD");
    assert_eq!(
        (&one["customer_since"], &one["type_"], &one["farbe"]),
        (&json!("2024-03-04"), &json!("customer"), &json!("rot"))
    );
    assert_eq!(one, other);
    assert_eq!((fields(&first), &first["encoding"]), (fields(&again), &again["encoding"]));
    // What is said on the command line goes before it.
    let other =
        ["--mapping", "a.map.yaml", "--dates", "dmy", "--currency", "GBP", "--default", "website=y.example"];
    import(&shell, "a.csv", &latin, &other);
    let third = shell.json(&["show", "accounts/mueller-3"]);
    assert_eq!(
        (&third["customer_since"], &third["annual_revenue"]),
        (&json!("2024-04-03"), &json!("1250.00 GBP"))
    );
    assert_eq!((&third["website"], &third["type_"]), (&json!("y.example"), &json!("customer")));
}

#[test]
fn records_without_an_id_are_known_by_what_else_they_are_called() {
    let shell = fresh();
    import(&shell, "a.csv", "Name\nAcme GmbH\n", &["--type", "account"]);
    import(&shell, "b.csv", "Last Name,Email\nOtt,anna@acme.example\n", &["--type", "contact"]);
    let companies = "Record ID,Company name\n11,ACME GmbH\n12,Acme GmbH\n13,Bolt AG\n";
    let told = import(&shell, "c.csv", companies, &["--type", "account"]);
    // Two of one name with two ids are two.
    assert_eq!(counts(&told), "2 new, 1 changed, 0 same, 0 skipped, 0 rejected");
    says(&told, "known by name: the record there has no external_id yet, and is given that of the row");
    assert_eq!(shell.json(&["show", "accounts/acme-gmbh"])["external_id"], "11");
    let people = "Record ID,Last Name,Email\n21,Ott,Anna@ACME.example\n22,Uhl,uhl@x.example\n";
    let told = import(&shell, "d.csv", people, &["--type", "contact"]);
    assert_eq!(counts(&told), "1 new, 1 changed, 0 same, 0 skipped, 0 rejected");
    let ott = shell.json(&["show", "contacts/ott"]);
    assert_eq!((&ott["external_id"], &ott["emails"]), (&json!("21"), &json!(["anna@acme.example"])));
    // From now on the id alone says which it is.
    for (name, text, ty) in [("c.csv", companies, "account"), ("d.csv", people, "contact")] {
        assert_eq!(import(&shell, name, text, &["--type", ty])["commit"], Json::Null);
    }
    let moved = "Record ID,Last Name,Email\n23,Ott,anna@acme.example\n";
    let told = import(&shell, "e.csv", moved, &["--type", "contact"]);
    assert_eq!(counts(&told), "1 new, 0 changed, 0 same, 0 skipped, 0 rejected");
    is_sound(&shell);
}

#[test]
fn links_and_filled_fields_alone_say_which_record_is_meant() {
    let shell = fresh();
    import(&shell, "a.csv", "Name\nAcme GmbH\nBolt AG\n", &["--type", "account"]);
    let deals = "Deal Name,Company,Amount\nGears,Acme GmbH,10\nGears,Bolt AG,20\n";
    let by = ["--type", "deal", "--match", "name,account"];
    assert_eq!(
        counts(&import(&shell, "b.csv", deals, &by)),
        "2 new, 0 changed, 0 same, 0 skipped, 0 rejected"
    );
    let again = "Deal Name,Company,Amount\nGears,acme-gmbh,11\nGears,bolt ag,20\nGears,Neu,5\nGears,Neu,6\n";
    let told = import(&shell, "b.csv", again, &by);
    assert_eq!(counts(&told), "1 new, 1 changed, 1 same, 0 skipped, 1 rejected");
    let told = import(
        &shell,
        "c.csv",
        "Last Name,Email\nOtt,x@x.example\n",
        &["--type", "contact", "--match", "phone"],
    );
    assert_eq!((&told["notes"][0]["level"], &told["commit"]), (&json!("stop"), &Json::Null));
    says(&told, "rows cannot be matched by phones, which no column fills");
    is_sound(&shell);
}

#[test]
fn what_is_the_same_for_matching_is_not_added() {
    let shell = fresh();
    let first = "Last Name,Email,Phone\nOtt,anna@acme.example,+49 30 1234\n";
    import(&shell, "a.csv", first, &["--type", "contact"]);
    let other = "Last Name,Email,Email 2,Phone\nOtt,Anna@ACME.example,ANNA@acme.example,+49 (30) 1234\n";
    let told = import(&shell, "b.csv", other, &["--type", "contact"]);
    assert_eq!(counts(&told), "0 new, 0 changed, 1 same, 0 skipped, 0 rejected");
    let by_phone = "Last Name,Phone,Title\nOtt,0049 30 1234,CTO\n";
    let told = import(&shell, "c.csv", by_phone, &["--type", "contact", "--match", "phones"]);
    assert_eq!(counts(&told), "0 new, 1 changed, 0 same, 0 skipped, 0 rejected");
    let ott = shell.json(&["show", "contacts/ott"]);
    assert_eq!((&ott["emails"], &ott["phones"]), (&json!(["anna@acme.example"]), &json!(["+49 30 1234"])));
}

#[test]
fn files_that_cannot_be_read_are_told_and_keep_their_ids() {
    let shell = fresh();
    fs::create_dir_all(shell.root().join("contacts")).unwrap();
    fs::write(shell.root().join("contacts/ott.yaml"), "last_name: [broken\n").unwrap();
    let text = "Last Name,Email\nOtt,anna@acme.example\n";
    let told = import(&shell, "a.csv", text, &["--type", "contact"]);
    assert_eq!(counts(&told), "1 new, 0 changed, 0 same, 0 skipped, 0 rejected");
    says(&told, "1 file of contacts cannot be read, so that a row about it looks new");
    assert_eq!(shell.read("contacts/ott.yaml"), "last_name: [broken\n");
    assert_eq!(shell.json(&["show", "contacts/ott-2"])["last_name"], "Ott");
}

#[test]
fn one_new_stage_joins_the_pipeline_that_knows_the_others() {
    let shell = fresh();
    let head = "opportunity_id,Deal Name,Stage";
    let first = format!("{head}\n1,Gears,Prospecting\n2,Belts,Engaging\n3,Cogs,Lost\n4,Pins,Won\n");
    let by = ["--type", "deal", "--map", "opportunity_id=external_id", "--create-missing"];
    assert_eq!(import(&shell, "q1.csv", &first, &by)["pipelines"][0]["name"], "Q1");
    let tree = shell.git(&["rev-parse", "HEAD^{tree}"]);
    let second = format!("{head}\n1,Gears,Legal Check\n2,Belts,Engaging\n5,Nuts,Prospecting\n");
    let told = import(&shell, "q2.csv", &second, &by);
    assert_eq!((&told["pipelines"], &told["made"]), (&json!([]), &json!([])));
    let stage =
        json!({"pipeline": "pipelines/q1", "name": "Legal Check", "probability": "80%", "after": "Engaging"});
    assert_eq!(told["stages"], json!([stage]));
    let deals = shell.json(&["list", "opportunity"]);
    let gears = deals.as_array().unwrap().iter().find(|deal| deal["external_id"] == "1").unwrap();
    assert_eq!((&gears["pipeline"], &gears["stage"]), (&json!("q1"), &json!("legal-check")));
    let pipeline = shell.json(&["show", "pipelines/q1"]);
    let stages = pipeline["stages"].as_array().unwrap().iter().map(|stage| stage["name"].as_str().unwrap());
    assert_eq!(stages.collect::<Vec<_>>(), ["Prospecting", "Engaging", "Legal Check", "Won", "Lost"]);
    is_sound(&shell);
    shell.ok(&["undo"]);
    assert_eq!(shell.git(&["rev-parse", "HEAD^{tree}"]), tree);
    // It is not given a stage for a row that stays out, nor one of several that it does not know.
    let none = format!("{head},Amount\n1,Gears,Prospecting,10\n2,Belts,Engaging,20\n6,Bolts,Legal Check,x\n");
    let told = import(&shell, "q3.csv", none, &[&by[..], &["--strict"]].concat());
    assert_eq!((&told["stages"], &told["counts"]["rejected"]), (&json!([]), &json!(1)));
    let several = format!("{head}\n7,Nuts,Engaging\n8,Keys,Tasting\n9,Axes,Legal Check\n");
    assert_eq!(import(&shell, "q4.csv", several, &by)["pipelines"][0]["name"], "Q4");
    is_sound(&shell);
}

#[test]
fn changes_are_shown_before_and_after() {
    let shell = fresh();
    let head = "First Name,Last Name,Email,Title,Phone";
    import(
        &shell,
        "a.csv",
        format!("{head}\nAnna,Ott,anna@x.example,CTO,+49 30 1234\nBo,Uhl,bo@x.example,,\n"),
        &["--type", "contact"],
    );
    let text = format!("{head}\nAnna,Ott,anna@x.example,CEO,+49 40 5678\nBo,Uhl,bo@x.example,CFO,\n");
    let path = file(&shell, "b.csv", text);
    let shown = shell.ok(&["import", &path, "--type", "contact", "--dry-run"]);
    let part = "contacts/anna-ott  changed, line 2\n  title: CTO → CEO\n  phones: + +49 40 5678\n\n\
                contacts/bo-uhl  changed, line 3\n  title: – → CFO\n";
    assert!(shown.contains(part), "{shown}");
    let told = shell.json(&["import", &path, "--type", "contact", "--dry-run"]);
    let changes = json!([
        {"field": "title", "before": "CTO", "after": "CEO", "added": false},
        {"field": "phones", "before": null, "after": "+49 40 5678", "added": true},
    ]);
    assert_eq!(told["preview"][0]["changes"], changes);
}

#[test]
fn names_that_lead_nowhere_are_summed_up() {
    let shell = fresh();
    let rows: String = (0..60).map(|n| format!("P{n},Firm {}\n", n % 30)).collect();
    let text = format!("Last Name,Company\n{rows}");
    let told = import(&shell, "a.csv", &text, &["--type", "contact"]);
    let own = told["notes"].as_array().unwrap().iter().filter(|n| n["code"] == "no-such-record").count();
    assert_eq!(own, 10);
    let sum = told["notes"].as_array().unwrap().iter().find(|n| n["code"] == "no-such-records").unwrap();
    assert_eq!((&sum["rows"], &sum["line"]), (&json!(60), &json!(2)));
    says(
        &told,
        "account: 30 names in all lead nowhere and are left empty: --create-missing makes the records",
    );
}
