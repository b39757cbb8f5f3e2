//! What a change does to the files, to git and to the book.

use super::world::{Act, World, create, delete, record, reference, rename, set};
use kontor::model::{Change, ChangeSet};

/// The lines that differ between two texts, as a diff would mark them.
fn differing(old: &str, new: &str) -> Vec<String> {
    let gone = old.split_inclusive('\n').filter(|l| !new.split_inclusive('\n').any(|n| n == *l));
    let come = new.split_inclusive('\n').filter(|l| !old.split_inclusive('\n').any(|o| o == *l));
    gone.map(|l| format!("-{l}")).chain(come.map(|l| format!("+{l}"))).collect()
}

#[test]
fn only_the_edited_values_bytes_differ() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        (
            "accounts/acme",
            &["name=Acme SE"],
            &["-name: Acme GmbH   # as in the register\n", "+name: Acme SE   # as in the register\n"],
        ),
        ("accounts/acme", &["tags+=iso"], &["-tags: [pilot]\n", "+tags: [pilot, iso]\n"]),
        ("accounts/acme", &["tags-=pilot"], &["-tags: [pilot]\n"]),
        ("accounts/acme", &["owner="], &["-owner: lena\n"]),
        ("accounts/acme", &["billing_address.city=Rostock"], &["-  city: Kiel\n", "+  city: Rostock\n"]),
        ("accounts/acme", &["industry=machinery"], &["+industry: machinery\n"]),
        (
            "opportunities/pumps",
            &["lines.a1b2.quantity=4"],
            &[
                "-  - {id: a1b2, product: p-100, quantity: 3}\n",
                "+  - {id: a1b2, product: p-100, quantity: 4}\n",
            ],
        ),
        ("opportunities/pumps", &["amount=90.00 EUR"], &["-amount: 12500.00 EUR\n", "+amount: 90.00 EUR\n"]),
    ];
    for (of, edits, expected) in cases {
        let world = World::new();
        let mut workspace = world.open();
        let file = format!("{of}.yaml");
        let before = world.read(&file);
        workspace.set(of, edits).unwrap();
        assert_eq!(differing(&before, &world.read(&file)), *expected, "{edits:?}");
        world.check(&workspace);
    }
}

#[test]
fn crlf_a_bom_and_a_missing_last_newline_survive() {
    let world = World::new();
    world.write("accounts/odd.yaml", "\u{feff}name: Odd\r\n# hm\r\nowner: lena");
    world.commit_all("odd");
    let mut workspace = world.open();
    workspace.set("accounts/odd", &["owner=jonas"]).unwrap();
    assert_eq!(world.read("accounts/odd.yaml"), "\u{feff}name: Odd\r\n# hm\r\nowner: jonas");
    world.check(&workspace);
}

#[test]
fn the_file_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    let place = world.file("accounts/bolt.yaml");
    std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o750)).unwrap();
    world.commit_all("mode");
    let mut workspace = world.open();
    workspace.set("accounts/bolt", &["name=Bolt SE"]).unwrap();
    assert_eq!(std::fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o750);
    world.check(&workspace);
}

#[test]
fn the_commit_says_what_was_done() {
    let world = World::new();
    let mut workspace = world.open();
    let applied = workspace
        .apply(&ChangeSet::new("move-stage", vec![set("opportunities/pumps", &["stage=negotiation"])]));
    let subject = "opportunities/pumps: stage Proposal → Negotiation";
    assert_eq!(applied.unwrap().subject, subject);
    assert_eq!(
        world.message(),
        format!(
            "{subject}\n\nstage: Proposal → Negotiation\nstage_since: 2026-10-01 → 2026-11-21\n\n\
             Kontor-Action: move-stage\nKontor-Record: opportunities/pumps"
        )
    );
    let who = world.git(&["log", "-1", "--format=%an <%ae> %ai|%cn <%ce>"]);
    assert!(who.starts_with("Lena Vogt <lena@example.com> 2026-11-21 14:00:0"), "{who}");
    assert!(who.ends_with("+0100|Lena Vogt <lena@example.com>"), "{who}");
    world.check(&workspace);
}

#[test]
fn several_records_are_one_commit() {
    let world = World::new();
    let mut workspace = world.open();
    let before = world.commits();
    workspace
        .act(vec![set("accounts/acme", &["owner=jonas"]), set("accounts/bolt", &["owner=jonas"])])
        .unwrap();
    assert_eq!(world.commits(), before + 1);
    assert_eq!(
        world.message(),
        "2 accounts: owner → Jonas Riis\n\naccounts/acme owner: Lena Vogt → Jonas Riis\n\
         accounts/bolt owner: → Jonas Riis\n\n\
         Kontor-Action: set\nKontor-Record: accounts/acme\nKontor-Record: accounts/bolt"
    );
    world.check(&workspace);
}

#[test]
fn a_change_that_changes_nothing_is_no_commit() {
    let world = World::new();
    let mut workspace = world.open();
    let (head, files) = (world.head(), world.files());
    for edits in [&["name=Acme GmbH"][..], &["tags+=pilot"], &["tags-=none"], &["website="]] {
        assert_eq!(workspace.set("accounts/acme", edits).unwrap().commit, None);
    }
    assert_eq!(workspace.act(Vec::new()).unwrap().commit, None);
    let same = Change::Replace {
        path: super::world::path("accounts/acme.yaml"),
        text: Some(world.read("accounts/acme.yaml")),
    };
    assert_eq!(workspace.act(vec![same]).unwrap().commit, None);
    assert_eq!((world.head(), world.files()), (head, files));
    world.check(&workspace);
}

#[test]
fn a_new_record_goes_into_a_canonical_file() {
    let world = World::new();
    let mut workspace = world.open();
    let note = create(
        "accounts/nord",
        "owner: lena\nname: \"NO\"\nzzz: \"12:30\"\ndescription: |\n  First.\n  Second.\ntags: [\"on\", b]\n",
    );
    workspace.act(vec![note]).unwrap();
    let text = world.read("accounts/nord.yaml");
    assert!(text.starts_with("name: \"NO\"\n"), "the schema's order: {text}");
    assert!(text.contains("description: |\n  First.\n  Second.\n"), "{text}");
    assert!(text.ends_with("zzz: \"12:30\"\n"), "unknown fields come last: {text}");
    assert_eq!(world.git(&["log", "-1", "--format=%s"]), "accounts/nord: new account NO");
    world.check(&workspace);
}

#[test]
fn a_deleted_record_is_gone_and_git_keeps_it() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.act(vec![delete("cases/noise")]).unwrap();
    assert!(!world.file("cases").exists(), "an empty folder does not stay");
    assert_eq!(world.git(&["log", "-1", "--format=%s"]), "cases/noise: deleted case Noise");
    assert!(workspace.book().get(&reference("cases/noise")).is_none());
    assert!(world.git(&["show", "HEAD~1:cases/noise.yaml"]).contains("subject: Noise"));
    world.check(&workspace);
}

#[test]
fn what_others_point_at_stays() {
    let world = World::new();
    let mut workspace = world.open();
    let (head, files) = (world.head(), world.files());
    let why = workspace.refused(vec![delete("accounts/acme")]);
    for from in ["accounts/bolt", "cases/noise", "contacts/marta"] {
        assert!(why.contains(from), "{why}");
    }
    // A link inside a line counts as well.
    let why = workspace.refused(vec![delete("products/p-100")]);
    assert!(why.contains("opportunities/pumps"), "{why}");
    let why = workspace.refused(vec![rename("products/p-100", "p-200")]);
    assert!(why.contains("opportunities/pumps"), "{why}");
    assert_eq!((world.head(), world.files()), (head, files));
}

#[test]
fn a_rename_moves_the_file_and_git_sees_one_commit() {
    let world = World::new();
    let mut workspace = world.open();
    let bytes = world.read("accounts/bolt.yaml");
    workspace.act(vec![rename("accounts/bolt", "bolt-se")]).unwrap();
    assert_eq!(world.read("accounts/bolt-se.yaml"), bytes);
    assert!(!world.file("accounts/bolt.yaml").exists());
    assert_eq!(world.git(&["log", "-1", "--format=%s"]), "accounts/bolt-se: renamed from accounts/bolt");
    assert_eq!(record(&workspace, "accounts/bolt-se").text("name"), "Bolt AG");
    world.check(&workspace);
    assert!(workspace.refused(vec![rename("accounts/bolt-se", "acme")]).contains("is there already"));
}

#[test]
fn a_rename_and_edits_in_one_set_are_one_record() {
    let world = World::new();
    let mut workspace = world.open();
    for changes in [
        vec![set("accounts/bolt", &["owner=jonas"]), rename("accounts/bolt", "b1")],
        vec![rename("accounts/b1", "b2"), set("accounts/b2", &["owner=lena"])],
    ] {
        workspace.act(changes).unwrap();
        assert_eq!(
            world.git(&["log", "-1", "--format=%(trailers:key=Kontor-Record,valueonly)"]).lines().count(),
            1
        );
        assert!(world.message().contains("owner:"), "{}", world.message());
        world.check(&workspace);
    }
    assert_eq!(record(&workspace, "accounts/b2").text("owner"), "lena");
}

#[test]
fn what_comes_and_goes_in_one_set_leaves_no_trace() {
    let world = World::new();
    let mut workspace = world.open();
    let done = workspace.act(vec![create("accounts/x", "name: X\n"), delete("accounts/x")]).unwrap();
    assert_eq!((done.commit, done.touched.len()), (None, 0));
    world.check(&workspace);
}

#[test]
fn the_order_within_a_set_does_not_matter_to_links() {
    let world = World::new();
    let mut workspace = world.open();
    workspace
        .act(vec![
            create("accounts/cyc", "name: Cyc\nprimary_contact: cyd\n"),
            create("contacts/cyd", "last_name: Cyd\naccount: cyc\n"),
        ])
        .unwrap();
    workspace.act(vec![delete("accounts/cyc"), delete("contacts/cyd")]).unwrap();
    world.check(&workspace);
}

#[test]
fn a_bulk_change_of_thousands_is_one_commit_with_a_short_message() {
    let world = World::new();
    let mut workspace = world.open();
    let many: Vec<_> =
        (0..1500).map(|n| create(&format!("accounts/bulk-{n}"), &format!("name: Bulk {n}\n"))).collect();
    workspace.apply(&ChangeSet::new("import", many)).unwrap();
    let message = world.message();
    assert!(message.starts_with("1500 accounts: new\n\n"), "{}", &message[..200]);
    assert!(message.contains("\nand 1300 more\n"), "the body is cut");
    assert_eq!(message.matches("Kontor-Record:").count(), 1000);
    world.check(&workspace);
}
