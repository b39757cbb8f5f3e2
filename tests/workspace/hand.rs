//! Edits made without Kontor: taken in, checked, committed.

use super::world::{Act, World, path, record, reference};
use kontor::workspace::{Refreshed, Workspace};

fn commit(workspace: &mut Workspace) -> Vec<String> {
    let paths = workspace.hand_edited().unwrap();
    let done = workspace.commit_by_hand(&paths).unwrap();
    done.held_back.iter().map(ToString::to_string).collect()
}

#[test]
fn a_rescan_takes_in_whatever_happened() {
    let world = World::new();
    let mut workspace = world.open();
    assert_eq!(workspace.rescan(), Refreshed::Nothing);
    world.write("accounts/bolt.yaml", "name: Bolt by hand\n");
    world.write("accounts/neu.yaml", "name: Neu\n");
    world.write("contacts/sub/mia.yaml", "last_name: Mia\n");
    world.write("products/p-100.yaml", "name: [\n");
    world.remove("cases/noise.yaml");
    std::os::unix::fs::symlink("acme.yaml", world.file("accounts/link.yaml")).unwrap();
    assert!(matches!(workspace.rescan(), Refreshed::Files(_)));
    assert_eq!(record(&workspace, "accounts/bolt").text("name"), "Bolt by hand");
    assert_eq!(record(&workspace, "accounts/neu").text("name"), "Neu");
    assert!(workspace.book().get(&reference("contacts/mia")).is_some());
    assert!(workspace.book().get(&reference("cases/noise")).is_none());
    // The last good state stays beside the problem.
    assert_eq!(record(&workspace, "products/p-100").text("name"), "Pump P 100");
    let broken: Vec<_> = workspace.book().broken().keys().map(|p| p.to_string()).collect();
    assert_eq!(broken, ["accounts/link.yaml", "products/p-100.yaml"]);
    assert_eq!(workspace.rescan(), Refreshed::Nothing);
    world.write("products/p-100.yaml", "name: Mended\n");
    world.remove("accounts/link.yaml");
    workspace.rescan();
    assert!(workspace.book().broken().is_empty());
    world.check_book(&workspace);
    world.write("kontor.yaml", "name: Other\n");
    assert_eq!(workspace.rescan(), Refreshed::Everything);
    assert_eq!(workspace.book().settings().name(), "Other");
    world.write("schema/boat.yaml", "type: boat\nfields: {name: {kind: text}}\n");
    world.write("boats/moewe.yaml", "name: Möwe\n");
    assert_eq!(workspace.rescan(), Refreshed::Everything);
    assert!(workspace.book().get(&reference("boats/moewe")).is_some());
    world.check_book(&workspace);
}

#[test]
fn a_changed_comment_is_news_and_ones_own_writing_is_none() {
    let world = World::new();
    let mut workspace = world.open();
    let acme = [path("accounts/acme.yaml")];
    workspace.set("accounts/acme", &["owner=jonas"]).unwrap();
    assert_eq!(workspace.refresh(&acme), Refreshed::Nothing);
    assert_eq!(workspace.rescan(), Refreshed::Nothing);
    world.write("accounts/acme.yaml", world.read("accounts/acme.yaml").replace("oldest", "best"));
    assert_eq!(workspace.refresh(&acme), Refreshed::Files(acme.to_vec()));
    assert_eq!(commit(&mut workspace), [""; 0]);
    assert!(world.message().starts_with("accounts/acme: rewritten"), "{}", world.message());
    world.check(&workspace);
}

#[test]
fn valid_edits_are_committed_and_the_others_held_back() {
    let world = World::new();
    let mut workspace = world.open();
    world.write("accounts/bolt.yaml", "name: Bolt AG\nparent_account: acme\nwebsite: b.example\n");
    world.write("accounts/neu.yaml", "name: Neu\n");
    world.write("products/p-100.yaml", "name: [\n");
    world.write("contacts/marta.yaml", "first_name: Marta\nlast_name: Lind\naccount: acm\n");
    std::os::unix::fs::symlink("acme.yaml", world.file("accounts/link.yaml")).unwrap();
    world.remove("cases/noise.yaml");
    assert_eq!(
        commit(&mut workspace),
        [
            "accounts/link.yaml:1:1: accounts/link.yaml is a symbolic link, and links are not followed: put the real \
             file there",
            "contacts/marta.yaml:3:10: there is no accounts/acm: did you mean 'acme'?",
            "products/p-100.yaml:2:1: a value is missing here: write the value, in quotes if it is special characters",
        ]
    );
    assert_eq!(
        world.message(),
        "3 records: changed\n\naccounts/bolt website: → b.example\naccounts/neu new account Neu\n\
         cases/noise deleted case Noise\n\n\
         Kontor-Action: hand-edit\nKontor-Record: accounts/bolt\nKontor-Record: accounts/neu\n\
         Kontor-Record: cases/noise"
    );
    let head = world.head();
    assert_eq!(commit(&mut workspace).len(), 3);
    assert_eq!(world.head(), head, "nothing more to commit");
    workspace.settle_index().unwrap();
    let left: Vec<_> =
        world.status().lines().map(|l| l.trim_start_matches([' ', 'M', '?']).to_owned()).collect();
    assert_eq!(left, ["contacts/marta.yaml", "products/p-100.yaml", "accounts/link.yaml"]);
}

#[test]
fn an_old_error_elsewhere_does_not_hold_back() {
    let world = World::new();
    world.write("accounts/odd.yaml", "name: Odd\nowner: nobody\n");
    world.commit_all("odd");
    let mut workspace = world.open();
    world.write("accounts/odd.yaml", "name: Odder\nowner: nobody\n");
    assert_eq!(commit(&mut workspace), [""; 0]);
    world.write("accounts/odd.yaml", "name: Odder\nowner: somebody\n");
    assert_eq!(commit(&mut workspace).len(), 1);
}

#[test]
fn a_file_moved_within_its_folder_is_one_record() {
    let world = World::new();
    let mut workspace = world.open();
    world.write("accounts/eu/bolt.yaml", world.read("accounts/bolt.yaml"));
    world.remove("accounts/bolt.yaml");
    workspace.rescan();
    assert_eq!(commit(&mut workspace), [""; 0]);
    assert!(
        world.message().starts_with("accounts/bolt: moved to accounts/eu/bolt.yaml"),
        "{}",
        world.message()
    );
    world.check(&workspace);
    // Renamed, it stays in the folder somebody put it in.
    workspace.act(vec![super::world::rename("accounts/bolt", "b2")]).unwrap();
    assert!(world.file("accounts/eu/b2.yaml").exists());
    world.check(&workspace);
}

#[test]
fn schema_and_settings_are_checked_too() {
    let world = World::new();
    let mut workspace = world.open();
    world.write("kontor.yaml", "name: N\ncurrency: EURO\n");
    world.write("schema/boat.yaml", "type: boat\nfields: {name: {kind: txt}}\n");
    assert_eq!(commit(&mut workspace).len(), 2);
    world.write("kontor.yaml", "name: N\ncurrency: USD\n");
    world.write("schema/boat.yaml", "type: boat\nfields: {name: {kind: text}}\n");
    assert_eq!(commit(&mut workspace), [""; 0]);
    assert_eq!(world.git(&["log", "-1", "--format=%s"]), "kontor.yaml, schema/boat.yaml: edited by hand");
    assert!(workspace.book().schema().find("boat").is_some());
    world.check(&workspace);
    workspace.undo(None).unwrap();
    assert_eq!(workspace.book().settings().name(), "Nordwind");
    world.check(&workspace);
}

#[test]
fn a_hook_that_says_no_leaves_the_edits_where_they_are() {
    let world = World::new();
    let mut workspace = world.open();
    world.hook("pre-commit", "exit 1");
    world.write("accounts/neu.yaml", "name: Neu\n");
    let paths = workspace.hand_edited().unwrap();
    assert!(workspace.commit_by_hand(&paths).is_err());
    assert_eq!(world.read("accounts/neu.yaml"), "name: Neu\n");
    assert_eq!(world.status(), "?? accounts/neu.yaml");
}

#[test]
fn half_a_move_is_held_back() {
    let moved = |to: &str, text: Option<&str>| {
        let world = World::new();
        let mut workspace = world.open();
        let old = world.read("accounts/bolt.yaml");
        world.remove("accounts/bolt.yaml");
        world.write(to, text.unwrap_or(&old));
        // Something else goes on all the same, a deletion in another folder too.
        world.write("accounts/acme.yaml", "name: Acme by hand\n");
        world.remove("cases/noise.yaml");
        workspace.rescan();
        let held = commit(&mut workspace);
        assert_eq!(
            world.git(&["show", "--name-only", "--format="]),
            "accounts/acme.yaml\ncases/noise.yaml",
            "{to}"
        );
        assert_eq!(
            held.iter().filter(|h| h.starts_with("accounts/bolt.yaml:1:1: the file is gone")).count(),
            1,
            "{held:?}"
        );
        assert!(held.iter().any(|held| held.contains(to)), "{held:?}");
        world.remove(to);
        workspace.rescan();
        assert_eq!(commit(&mut workspace), [""; 0]);
        assert_eq!(world.git(&["show", "--name-only", "--format="]), "accounts/bolt.yaml");
        world.check(&workspace);
    };
    moved("accounts/Bolt-AG.yaml", None);
    moved("accounts/bolt-se.yaml", Some("name: [\n"));
    moved("accounts/bolt-se.yaml", Some("name: Bolt SE\nparent_account: nobody\n"));
    moved("accounts/bolt.yml", None);
}

#[test]
fn a_file_in_several_versions_waits_for_a_decision() {
    let world = World::new();
    world.write("accounts/bolt.yaml", "name: Mine\n");
    world.git(&["stash", "--quiet"]);
    world.write("accounts/bolt.yaml", "name: Theirs\n");
    world.commit_all("theirs");
    world.try_git(&["stash", "pop"]);
    assert_eq!(
        world.open().refuse_unmerged().unwrap_err().to_string(),
        "accounts/bolt.yaml: git has several versions of it and waits for a decision: mend the file, then `git add` it"
    );
    world.write("accounts/bolt.yaml", "name: Both\n");
    world.git(&["add", "accounts/bolt.yaml"]);
    world.open().refuse_unmerged().unwrap();
}

#[test]
fn a_hook_that_rewrites_a_record_is_told_of() {
    let world = World::new();
    let mut workspace = world.open();
    world.hook(
        "pre-commit",
        "sed -i 's/Bolt.*/Bolt (checked)/' accounts/bolt.yaml; git add accounts/bolt.yaml",
    );
    let note = "a git hook changed accounts/bolt.yaml on the way into the commit: look again";
    let done = workspace.set("accounts/bolt", &["name=Bolt SE"]).unwrap();
    assert_eq!(done.altered_note().unwrap(), note);
    assert_eq!(record(&workspace, "accounts/bolt").text("name"), "Bolt (checked)");
    world.check(&workspace);
    world.write("accounts/bolt.yaml", "name: Bolt by hand\n");
    let done = workspace.commit_by_hand(&[path("accounts/bolt.yaml")]).unwrap();
    assert_eq!(done.applied.unwrap().altered_note().unwrap(), note);
    assert_eq!(record(&workspace, "accounts/bolt").text("name"), "Bolt (checked)");
    world.check(&workspace);
    let done = workspace.set("accounts/acme", &["name=Acme SE"]).unwrap();
    assert_eq!(done.altered_note(), None);
}

#[test]
fn a_hand_edit_in_a_file_that_a_change_writes_is_committed_first() {
    let world = World::new();
    let mut workspace = world.open();
    let by_hand = |text: &str| {
        world.write("accounts/bolt.yaml", format!("name: {text}\nparent_account: acme\n"));
    };
    by_hand("Bolt by hand");
    workspace.rescan();
    workspace.set("accounts/bolt", &["name=Bolt SE"]).unwrap();
    let subjects = || world.git(&["log", "--format=%s", "-2"]);
    assert_eq!(
        subjects(),
        "accounts/bolt: name Bolt by hand → Bolt SE\naccounts/bolt: name Bolt AG → Bolt by hand"
    );
    workspace.undo(None).unwrap();
    assert_eq!(record(&workspace, "accounts/bolt").text("name"), "Bolt by hand");
    world.check(&workspace);
    // So is what the change leaves alone, be it a comment or all of the file: undo takes back the change and no more.
    for text in
        ["name: Bolt again\nparent_account: acme\n", "name: Bolt again # sure?\nparent_account: acme\n"]
    {
        world.write("accounts/bolt.yaml", text);
        workspace.set("accounts/bolt", &["website=b.example"]).unwrap();
        assert!(
            subjects().starts_with("accounts/bolt: website → b.example\naccounts/bolt"),
            "{}",
            subjects()
        );
        workspace.undo(None).unwrap();
        assert_eq!(world.read("accounts/bolt.yaml"), text);
    }
    world.write("accounts/fresh.yaml", "name: Fresh by hand\n");
    workspace.rescan();
    workspace.set("accounts/fresh", &["website=f.example"]).unwrap();
    workspace.undo(None).unwrap();
    assert_eq!(world.read("accounts/fresh.yaml"), "name: Fresh by hand\n");
    world.check(&workspace);
    // What goes as a whole, or breaks the rules, or has never been committed, is kept all the same.
    world.write("accounts/bolt.yaml", "name: Bolt\nparent_account: nobody\n");
    workspace.rescan();
    workspace.set("accounts/bolt", &["parent_account=acme"]).unwrap();
    assert_eq!(world.git(&["log", "--format=%h", "-Snobody", "--", "accounts/bolt.yaml"]).lines().count(), 2);
    by_hand("Bolt at last");
    world.write("accounts/neu.yaml", "name: Neu by hand\n");
    workspace.rescan();
    workspace.set("accounts/neu", &["name=Neu"]).unwrap();
    workspace.act(vec![kontor::model::Change::Delete { reference: reference("accounts/bolt") }]).unwrap();
    for lost in ["-SNeu by hand", "-SBolt at last"] {
        assert_ne!(world.git(&["log", "--format=%s", lost]), "", "{lost}");
    }
}
