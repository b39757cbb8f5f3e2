//! Broken and hostile files: each is a problem with its place, and everything else loads.

use super::world::{Act, FILES, World, told};
use kontor::model::Severity;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

/// The problems whose text holds `what`, one line each.
fn problems(world: &World) -> Vec<String> {
    world.open().check().iter().map(ToString::to_string).collect()
}

#[test]
fn the_small_company_is_fine() {
    let world = World::new();
    let all: Vec<_> = problems(&world);
    let expected = ["users/jonas.yaml:1:1: status is required", "users/lena.yaml:1:1: status is required"];
    let unknown = "accounts/acme.yaml:8:1: account has no field 'x_legacy'; it is kept as it is";
    assert_eq!(all[0], unknown);
    assert!(all[1..].iter().all(|p| expected.contains(&p.as_str())), "{all:?}");
}

#[test]
fn every_kind_of_broken_file_in_every_folder() {
    let deep = format!("a: {}{}", "[".repeat(5000), "]".repeat(5000));
    let broken: &[(&str, Vec<u8>, &str)] = &[
        ("binary", vec![0xff, 0xfe, 0, 1, 2], "1:1"),
        ("nul", b"name: a\0b\n".to_vec(), "1:8"),
        ("open", b"name: X\ntags: [a\n".to_vec(), "3:1"),
        ("deep", deep.into_bytes(), "1:"),
        ("anchor", b"name: &x Y\nowner: *x\n".to_vec(), "1:7"),
        ("twice", b"name: A\nowner: lena\nname: B\n".to_vec(), "3:1"),
        ("list", b"- a\n- b\n".to_vec(), "1:1"),
        ("two", b"name: A\n---\nname: B\n".to_vec(), "2:1"),
        ("tab", b"name: A\na:\n\tb: c\n".to_vec(), "3:"),
        ("big", format!("name: {}\n", "x".repeat(2 << 20)).into_bytes(), "1:1"),
        ("tag", b"name: !!python/object:os.system x\n".to_vec(), "1:7"),
    ];
    let world = World::new();
    let whole = told(&world.open());
    let folders: Vec<String> =
        world.open().book().schema().types().iter().map(|t| t.folder.to_string()).collect();
    for folder in &folders {
        for (name, bytes, _) in broken {
            world.write(&format!("{folder}/{name}.yaml"), bytes);
        }
    }
    let workspace = world.open();
    let found = workspace.check();
    for folder in &folders {
        for (name, _, place) in broken {
            let start = format!("{folder}/{name}.yaml:{place}");
            assert!(
                found.iter().any(|p| p.to_string().starts_with(&start)),
                "{start} in {:?}",
                found
                    .iter()
                    .map(|p| p.to_string().chars().take(120).collect::<String>())
                    .filter(|p| p.contains(&format!("{folder}/{name}")))
                    .collect::<Vec<_>>()
            );
        }
    }
    // All records there were are there and say the same.
    for line in whole {
        assert!(told(&workspace).contains(&line), "{line}");
    }
    assert_eq!(workspace.book().len(), FILES.len() - 1);
}

#[test]
fn names_links_folders_and_permissions() {
    let world = World::new();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.yaml"), "name: Secret\n").unwrap();
    world.write("accounts/Bad Name.yaml", "name: B\n");
    world.write("accounts/-dash.yaml", "name: B\n");
    world.write(&format!("accounts/{}.yaml", "x".repeat(100)), "name: B\n");
    world.write("accounts/old.yml", "name: B\n");
    world.write("accounts/notes.txt", "none of ours");
    world.write("accounts/.hidden.yaml", "name: H\n");
    world.write("accounts/folder.yaml/inner.yaml", "name: Inner\n");
    symlink(outside.path().join("secret.yaml"), world.file("accounts/link.yaml")).unwrap();
    symlink(outside.path(), world.file("leads")).unwrap();
    symlink("acme.yaml", world.file("accounts/alias.yaml")).unwrap();
    let raw = world.path().join("contacts").join(std::ffi::OsStr::from_bytes(b"\xff.yaml"));
    fs::write(raw, "last_name: X\n").unwrap();
    let fifo = world.file("products/fifo.yaml");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    world.write("accounts/closed.yaml", "name: C\n");
    fs::set_permissions(world.file("accounts/closed.yaml"), fs::Permissions::from_mode(0o000)).unwrap();
    let found = problems(&world);
    for start in [
        "accounts/Bad Name.yaml:1:1: the file's name is not an id",
        "accounts/-dash.yaml:1:1: the file's name is not an id",
        "accounts/xxxx",
        "accounts/old.yml:1:1: ",
        "accounts/link.yaml:1:1: accounts/link.yaml is a symbolic link",
        "accounts/alias.yaml:1:1: ",
        "leads:1:1: leads is a symbolic link",
        "contacts/\u{fffd}.yaml:1:1: ",
        "products/fifo.yaml:1:1: not a plain file",
    ] {
        assert!(found.iter().any(|p| p.starts_with(start)), "{start} in {found:#?}");
    }
    let book = world.open().book();
    assert!(book.get(&"accounts/inner".parse().unwrap()).is_some(), "a folder may be called anything");
    assert!(!book.records().any(|r| r.text("name") == "Secret" || r.text("name") == "H"));
    // Root reads what it likes.
    if fs::read(world.file("accounts/closed.yaml")).is_err() {
        assert!(found.iter().any(|p| p.starts_with("accounts/closed.yaml:1:1: ")), "{found:#?}");
    }
}

#[test]
fn problems_stand_where_the_value_stands() {
    let world = World::new();
    world.write(
        "opportunities/odd.yaml",
        "# a comment\r\nname: Odd\r\naccount:  nobody\r\npipeline: direct\r\nstage: propsal\r\namount: \"lots\"\r\n\
         contacts:\r\n  - marta\r\n  - mrta\r\nlines:\r\n  - id: k1\r\n    product: p-100\r\n    quantity: many\r\n\
         stge: won\r\ncreated: 2019-05-02\r\n",
    );
    let found: Vec<String> = world
        .open()
        .check()
        .iter()
        .filter(|p| p.path.as_str().contains("odd"))
        .map(|p| format!("{}:{} {} {}", p.line, p.column, p.code, p.text()))
        .collect();
    assert_eq!(
        found,
        [
            "3:11 dangling-link there is no accounts/nobody",
            "5:8 unknown-choice unknown stage 'propsal': did you mean 'proposal'?",
            "6:9 bad-value \"lots\" is no amount: write it as 12500.00 EUR",
            "9:5 dangling-link there is no contacts/mrta: did you mean 'marta'?",
            "13:15 bad-value 'many' is not a number: write it with a decimal point, such as 12.5",
            "14:1 unknown-field opportunity has no field 'stge'; it is kept as it is: did you mean 'stage'?",
        ]
    );
}

#[test]
fn broken_settings_and_schema_are_problems_and_the_built_in_ones_go_on() {
    let world = World::new();
    world.write("kontor.yaml", "name: N\ncurrency: EURO\ntime_zone: Europe/Berln\nfiscal_year_start: 13\n");
    world.write("schema/account.yaml", "type: account\nfields:\n  size: {kind: choise, options: [s]}\n");
    world.write("schema/bin.yaml", [0xff, 0x00]);
    world.write("schema/boat.yaml", "type: boat\nfields: {name: {kind: text}}\n");
    world.write("boats/moewe.yaml", "name: Möwe\n");
    let workspace = world.open();
    let all: Vec<_> = workspace.groundwork_problems().iter().map(ToString::to_string).collect();
    for start in [
        "kontor.yaml:2:",
        "kontor.yaml:3:",
        "kontor.yaml:4:",
        "schema/account.yaml:3:",
        "schema/bin.yaml:1:1: ",
    ] {
        assert!(all.iter().any(|p| p.starts_with(start)), "{start} in {all:#?}");
    }
    assert_eq!(workspace.book().of_type("boat").len(), 1);
    assert_eq!(workspace.book().of_type("account").len(), 2);
    assert!(workspace.check().iter().any(|p| p.severity == Severity::Error));
}

#[test]
fn two_files_of_one_id() {
    let world = World::new();
    world.write("accounts/sub/acme.yaml", "name: Twin\n");
    let mut workspace = world.open();
    let found = problems(&world);
    let said = "accounts/sub/acme.yaml:1:1: 'acme' is taken by accounts/acme.yaml";
    assert!(found.iter().any(|p| p.starts_with(said)), "{found:#?}");
    // When the one goes the other takes its place.
    world.remove("accounts/acme.yaml");
    workspace.refresh(&[super::world::path("accounts/acme.yaml")]);
    assert_eq!(super::world::record(&workspace, "accounts/acme").text("name"), "Twin");
    world.check_book(&workspace);
}

#[test]
fn a_foreign_lock_on_the_index_does_not_keep_anybody_out() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.set("accounts/acme", &["name=X"]).unwrap();
    drop(workspace);
    world.write(".git/index.lock", "");
    let workspace = world.open();
    world.remove(".git/index.lock");
    world.check(&workspace);
}

#[test]
fn where_there_is_no_workspace() {
    use kontor::git::Environment;
    use kontor::workspace::{OpenError, find};
    let nowhere = tempfile::tempdir().unwrap();
    let error = |path: &std::path::Path| find(path, Environment::isolated()).err().unwrap();
    assert!(matches!(error(nowhere.path()), OpenError::NotAWorkspace(_)));
    fs::write(nowhere.path().join("kontor.yaml"), "").unwrap();
    assert!(matches!(error(nowhere.path()), OpenError::Git(_)));
    let world = World::new();
    world.write("deep/kontor.yaml", "");
    assert!(matches!(error(&world.file("deep")), OpenError::NotAtTop { .. }));
    assert!(find(&world.file("accounts"), Environment::isolated()).is_ok());
}
