//! What stands in the way of a change; afterwards every file, git and the book are as they were.

use super::world::{Act, World, create, delete, open, record, rename, set};
use kontor::model::Change;
use kontor::workspace::ChangeError;
use std::os::unix::fs::symlink;

/// Refused, naming `why`, with nothing changed.
#[track_caller]
fn refused(world: &World, changes: Vec<Change>, why: &str) -> String {
    let mut workspace = world.open();
    refused_by(world, &mut workspace, changes, why)
}

#[track_caller]
fn refused_by(
    world: &World,
    workspace: &mut kontor::workspace::Workspace,
    changes: Vec<Change>,
    why: &str,
) -> String {
    let state = || (world.files(), world.try_git(&["rev-parse", "HEAD"]).stdout, world.status());
    let (before, book) = (state(), super::world::told(workspace));
    let said = workspace.refused(changes);
    assert!(said.contains(why), "{said}");
    assert_eq!(state(), before, "after {said}");
    assert_eq!(super::world::told(workspace), book);
    assert!(!world.file(".git/kontor/journal").exists());
    said
}

#[test]
fn what_breaks_the_schema() {
    let world = World::new();
    for (changes, why) in [
        (
            vec![set("opportunities/pumps", &["stage=propsal"])],
            "unknown stage 'propsal': did you mean 'proposal'?",
        ),
        (
            vec![set("opportunities/pumps", &["account=acm"])],
            "there is no accounts/acm: did you mean 'acme'?",
        ),
        (vec![set("opportunities/pumps", &["amount=lots"])], "amount"),
        (vec![set("opportunities/pumps", &["name="])], "name is required"),
        (vec![set("opportunities/pumps", &["stage=lost"])], "lost_reason is required when stage.kind = lost"),
        (vec![set("opportunities/pumps", &["lines.a1b2.product=p-1000"])], "there is no products/p-1000"),
        (vec![create("accounts/new", "owner: lena\n")], "name is required"),
        (vec![create("accounts/acme", "name: Again\n")], "accounts/acme is there already"),
        (
            vec![create("segments/x", "name: X\ntype: account\nquery: \"stagg:x\"\n")],
            "an account has no field 'stagg'",
        ),
        (vec![create("segments/x", "name: X\ntype: acount\n")], "there is no record type 'acount'"),
        (vec![create("boats/moewe", "name: Möwe\n")], "no record type lives in 'boats'"),
        (vec![set("accounts/none", &["name=X"])], "there is no accounts/none"),
        (vec![delete("accounts/none")], "there is no accounts/none"),
        (vec![rename("accounts/none", "n")], "there is no accounts/none"),
        // The second of two changes is at fault; the first is not made either.
        (
            vec![set("accounts/acme", &["name=X"]), set("accounts/none", &["name=X"])],
            "there is no accounts/none",
        ),
    ] {
        refused(&world, changes, why);
    }
}

#[test]
fn what_is_unique_stays_so() {
    let world = World::new();
    world.write("cases/a.yaml", "subject: A\nstatus: new\npriority: low\nnumber: C-1\n");
    world.commit_all("a");
    refused(&world, vec![set("cases/noise", &["number=c-1"])], "number 'c-1' is taken by cases/a");
    // Passing a number on within one change is fine.
    let mut workspace = world.open();
    workspace.act(vec![set("cases/noise", &["number=C-1"]), set("cases/a", &["number=C-2"])]).unwrap();
    world.check(&workspace);
}

#[test]
fn errors_that_were_there_before_do_not_stand_in_the_way() {
    let world = World::new();
    let bad = "name: Odd\naccount: nobody\npipeline: direct\nstage: nowhere\namount: lots\n";
    world.write("opportunities/odd.yaml", bad);
    world.commit_all("odd");
    let mut workspace = world.open();
    workspace.set("opportunities/odd", &["next_step=Call"]).unwrap();
    assert_eq!(world.read("opportunities/odd.yaml"), bad.replace("amount", "next_step: Call\namount"));
    refused_by(&world, &mut workspace, vec![set("opportunities/odd", &["stage=elsewhere"])], "unknown stage");
    workspace.set("opportunities/odd", &["stage=won"]).unwrap();
    world.check(&workspace);
    // An empty file lacks everything, and yet can be begun.
    world.write("accounts/blank.yaml", "");
    world.commit_all("blank");
    world.open().set("accounts/blank", &["owner=lena"]).unwrap();
    assert_eq!(world.read("accounts/blank.yaml"), "owner: lena\n");
}

#[test]
fn another_programs_edit_of_the_same_field() {
    let world = World::new();
    let mut workspace = world.open();
    world.write("accounts/bolt.yaml", "name: Bolt by hand\nparent_account: acme\n");
    let said =
        refused_by(&world, &mut workspace, vec![set("accounts/bolt", &["name=Bolt SE"])], "Bolt by hand");
    assert!(said.contains("name of accounts/bolt was changed meanwhile"), "{said}");
    // What nobody has seen is not deleted either.
    refused_by(&world, &mut workspace, vec![delete("accounts/bolt")], "name of accounts/bolt was changed");
}

#[test]
fn another_programs_edit_of_another_field_is_kept() {
    let world = World::new();
    let mut workspace = world.open();
    world.write("accounts/bolt.yaml", "name: Bolt AG\nparent_account: acme # sure?\nwebsite: bolt.example\n");
    workspace.set("accounts/bolt", &["name=Bolt SE"]).unwrap();
    assert_eq!(
        world.read("accounts/bolt.yaml"),
        "name: Bolt SE\nparent_account: acme # sure?\nwebsite: bolt.example\n"
    );
    let message = world.message();
    assert!(message.contains("\nname: Bolt AG → Bolt SE\n") && !message.contains("website"), "{message}");
    assert_eq!(world.git(&["log", "-1", "--format=%s", "HEAD^"]), "accounts/bolt: website → bolt.example");
    assert_eq!(record(&workspace, "accounts/bolt").text("website"), "bolt.example");
    // Renaming keeps it as well.
    world.write("accounts/bolt.yaml", "name: Bolt SE\nwebsite: bolt2.example\n");
    workspace.act(vec![rename("accounts/bolt", "bolt-se")]).unwrap();
    assert_eq!(record(&workspace, "accounts/bolt-se").text("website"), "bolt2.example");
    let before = world.git(&["log", "-1", "--format=%s", "HEAD^"]);
    assert_eq!(before, "accounts/bolt: website, parent_account");
    world.check(&workspace);
    workspace.undo(None).unwrap();
    assert_eq!(world.read("accounts/bolt.yaml"), "name: Bolt SE\nwebsite: bolt2.example\n");
    world.check(&workspace);
}

#[test]
fn the_message_names_what_the_commit_changes_and_no_more() {
    let world = World::new();
    let (mut one, mut two) = (world.open(), world.open());
    one.set("accounts/bolt", &["website=bolt.example"]).unwrap();
    two.set("accounts/bolt", &["owner=lena"]).unwrap();
    assert_eq!(
        world.message(),
        "accounts/bolt: owner → Lena Vogt\n\nowner: → Lena Vogt\n\nKontor-Action: set\nKontor-Record: accounts/bolt"
    );
    assert_eq!(record(&two, "accounts/bolt").text("website"), "bolt.example");
    world.check(&two);
}

#[test]
fn a_broken_file_is_never_touched() {
    let world = World::new();
    let mut workspace = world.open();
    world.write("accounts/bolt.yaml", "name: Bolt\nowner: [lena\n");
    for changes in [
        vec![set("accounts/bolt", &["name=B"])],
        vec![delete("accounts/bolt")],
        vec![rename("accounts/bolt", "b")],
    ] {
        refused_by(&world, &mut workspace, changes, "accounts/bolt.yaml:3:1");
    }
    world.write("accounts/bolt.yaml", [0xff, 0xfe, 0x00]);
    refused_by(&world, &mut workspace, vec![set("accounts/bolt", &["name=B"])], "accounts/bolt.yaml:1:1");
    world.remove("accounts/bolt.yaml");
    refused_by(&world, &mut workspace, vec![set("accounts/bolt", &["name=B"])], "gone from the disk");
    refused_by(&world, &mut workspace, vec![delete("accounts/bolt")], "gone from the disk");
}

#[test]
fn an_edited_text_must_be_valid() {
    let world = World::new();
    let replace = |path: &str, text: &str| {
        vec![Change::Replace { path: super::world::path(path), text: Some(text.to_owned()) }]
    };
    refused(&world, replace("accounts/bolt.yaml", "name: [\n"), "accounts/bolt.yaml:2:1");
    refused(&world, replace("accounts/bolt.yaml", "owner: lena\n"), "name is required");
    refused(&world, replace("accounts/bolt.yaml", "name: B\nparent_account: x\n"), "there is no accounts/x");
    refused(&world, replace("README.md", "hello"), "README.md: is no record's file");
    refused(&world, replace("accounts/Bad Name.yaml", "name: X\n"), "is no record's file");
    refused(&world, replace("accounts/deep/acme.yaml", "name: Twin\n"), "accounts/acme is there already");
    refused(&world, replace("kontor.yaml", "currency: XX\n"), "kontor.yaml:1:");
    refused(
        &world,
        replace("schema/account.yaml", "type: account\nfields: {a: {kind: txt}}\n"),
        "unknown kind",
    );
    let mut workspace = world.open();
    workspace.act(replace("accounts/bolt.yaml", "# all new\nname: B\n")).unwrap();
    workspace.act(replace("kontor.yaml", "name: New\ncurrency: USD\n")).unwrap();
    assert_eq!(workspace.book().settings().name(), "New");
    workspace.act(replace("schema/boat.yaml", "type: boat\nfields: {name: {kind: text}}\n")).unwrap();
    workspace.act(vec![create("boats/moewe", "name: Möwe\n")]).unwrap();
    world.check(&workspace);
}

#[test]
fn a_hook_that_says_no() {
    let world = World::new();
    world.hook("pre-commit", "echo 'not on a Friday' >&2; exit 1");
    refused(&world, vec![set("accounts/acme", &["name=X"])], "not on a Friday");
    refused(&world, vec![create("leads/x", "last_name: X\nstatus: new\n")], "not on a Friday");
    assert!(!world.file("leads").exists());
    refused(&world, vec![delete("cases/noise")], "not on a Friday");
    refused(&world, vec![rename("accounts/bolt", "b")], "not on a Friday");
    refused(&world, vec![rename("accounts/bolt", "b"), set("accounts/acme", &["name=X"])], "not on a Friday");
    world.hook("pre-commit", "exit 0");
    let mut workspace = world.open();
    workspace.set("accounts/acme", &["name=X"]).unwrap();
    world.check(&workspace);
}

#[test]
fn a_held_index_is_named() {
    let world = World::new();
    world.write(".git/index.lock", "");
    refused(&world, vec![set("accounts/acme", &["name=X"])], "index.lock has been there for");
}

#[test]
fn a_detached_head_and_a_merge_under_way() {
    let world = World::new();
    world.git(&["checkout", "--quiet", "--detach"]);
    refused(&world, vec![set("accounts/acme", &["name=X"])], "git switch");
    world.git(&["checkout", "--quiet", "main"]);
    world.git(&["checkout", "--quiet", "-b", "side"]);
    world.write("accounts/bolt.yaml", "name: Side\n");
    world.commit_all("side");
    world.git(&["checkout", "--quiet", "main"]);
    world.write("accounts/bolt.yaml", "name: Main\n");
    world.commit_all("main");
    assert!(!world.try_git(&["merge", "side"]).status.success());
    refused(&world, vec![set("accounts/acme", &["name=X"])], "a merge is under way");
}

#[test]
fn nobody_in_particular() {
    let world = World::new();
    world.git(&["config", "--unset", "user.name"]);
    refused(&world, vec![set("accounts/acme", &["name=X"])], "git config --global user.name");
}

#[test]
fn a_folder_that_is_a_link() {
    let world = World::new();
    let outside = tempfile::tempdir().unwrap();
    symlink(outside.path(), world.file("leads")).unwrap();
    world.commit_all("link");
    refused(&world, vec![create("leads/x", "last_name: X\n")], "leads is a symbolic link");
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    // A record that is swapped for a link after it was read.
    let mut workspace = world.open();
    std::fs::write(outside.path().join("bolt.yaml"), world.read("accounts/bolt.yaml")).unwrap();
    world.remove("accounts/bolt.yaml");
    symlink(outside.path().join("bolt.yaml"), world.file("accounts/bolt.yaml")).unwrap();
    let said = workspace.refused(vec![set("accounts/bolt", &["name=X"])]);
    assert!(said.contains("symbolic link"), "{said}");
    assert!(std::fs::read_to_string(outside.path().join("bolt.yaml")).unwrap().contains("Bolt AG"));
}

#[test]
fn names_that_lead_out_are_no_names() {
    use kontor::base::{Id, Ref, RepoPath};
    for id in ["..", ".", "a/b", "../../x", "a\\b", "", "-a", "A", "a.b", ".git", "a\0"] {
        assert!(id.parse::<Id>().is_err(), "{id:?}");
        assert!(format!("accounts/{id}").parse::<Ref>().is_err(), "{id:?}");
    }
    for path in
        ["../x.yaml", "/etc/x.yaml", "accounts/../../x.yaml", ".git/x.yaml", "a/.GIT/x.yaml", "a//b.yaml"]
    {
        assert!(RepoPath::try_from(path).is_err(), "{path:?}");
    }
    // What can be written as a path but is none of ours is refused by the pipeline.
    let world = World::new();
    for path in [".gitattributes", ".github/workflows/x.yaml", "x.yaml", "attachments/accounts/acme/a.yaml"] {
        let change = Change::Replace { path: super::world::path(path), text: Some("name: X\n".to_owned()) };
        refused(&world, vec![change], "is no record's file");
    }
}

#[test]
fn a_folder_where_the_file_should_be() {
    let world = World::new();
    world.write("accounts/dir.yaml/keep.txt", "x");
    world.commit_all("dir");
    refused(&world, vec![create("accounts/dir", "name: D\n")], "accounts/dir.yaml: not a plain file");
}

#[test]
fn another_kontor_that_is_writing() {
    let world = World::new();
    let state = world.file(".git/kontor");
    let held = kontor::disk::WriteLock::acquire(&state, std::time::Duration::ZERO).unwrap();
    let mut workspace = world.open();
    let said = refused_by(&world, &mut workspace, vec![set("accounts/acme", &["name=X"])], "another Kontor");
    assert!(said.contains(&std::process::id().to_string()), "{said}");
    drop(held);
    workspace.set("accounts/acme", &["name=X"]).unwrap();
    world.check(&workspace);
}

#[test]
fn an_error_knows_what_it_is() {
    let world = World::new();
    let mut workspace = world.open();
    let invalid = workspace.act(vec![set("opportunities/pumps", &["stage=x", "amount=y"])]).unwrap_err();
    let ChangeError::Invalid { findings, .. } = invalid else { panic!("{invalid}") };
    let at: Vec<_> = findings.iter().filter_map(|f| f.field()).collect();
    assert_eq!(at, ["stage", "amount"]);
    assert!(open(world.path()).set("opportunities/pumps", &["amount=1.00 EUR"]).is_ok());
}

#[test]
fn files_that_git_ignores() {
    let world = World::new();
    world.write(".gitignore", "/accounts/secret*.yaml\n/products/\n");
    world.commit_all("ignore");
    world.write("accounts/secret.yaml", "name: Secret\n");
    let why = "git is told to ignore this file";
    refused(&world, vec![set("accounts/secret", &["name=X"])], why);
    refused(
        &world,
        vec![kontor::model::Change::Delete { reference: super::world::reference("accounts/secret") }],
        why,
    );
    refused(&world, vec![create("accounts/secret-2", "name: S\n")], why);
    // What git has, it keeps.
    let mut workspace = world.open();
    workspace.set("products/p-100", &["name=X"]).unwrap();
    world.check(&workspace);
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_not_forgotten() {
    let world = World::new();
    world.git(&["sparse-checkout", "set", "--no-cone", "/*", "!/contacts/", "!/accounts/bolt.yaml"]);
    assert!(!world.file("contacts/marta.yaml").exists());
    let why = "2 records are left out by the sparse checkout";
    refused(&world, vec![super::world::rename("cases/noise", "noise-2")], why);
    refused(&world, vec![super::world::delete("cases/noise")], why);
    refused(
        &world,
        vec![create("accounts/bolt", "name: Other\n")],
        "accounts/bolt.yaml: is left out by the sparse",
    );
    let mut workspace = world.open();
    workspace.set("accounts/acme", &["name=Acme SE"]).unwrap();
    world.git(&["sparse-checkout", "disable"]);
    let mut workspace = {
        workspace.settle_index().unwrap();
        world.open()
    };
    workspace.act(vec![super::world::delete("cases/noise")]).unwrap();
    world.check(&workspace);
}

/// A checkout under way when the change begins: it goes to the branch that is there when the checkout is done.
#[test]
fn a_checkout_under_way_is_waited_for() {
    let world = World::new();
    world.git(&["checkout", "--quiet", "-b", "other"]);
    world.write("accounts/bolt.yaml", "name: Other\nemployees: 777\n");
    world.commit_all("other");
    let workspace = world.open();
    // As git leaves off in the middle: the files are of the one branch already, HEAD is on the other still.
    world.write("accounts/bolt.yaml", world.git(&["show", "main:accounts/bolt.yaml"]) + "\n");
    std::fs::copy(world.file(".git/index"), world.file(".git/index.lock")).unwrap();
    let done = std::thread::spawn(move || {
        let mut workspace = workspace;
        workspace.rescan();
        workspace.set("accounts/bolt", &["website=b.example"]).map(|_| ())
    });
    std::thread::sleep(std::time::Duration::from_millis(300));
    world.git(&["symbolic-ref", "HEAD", "refs/heads/main"]);
    std::fs::remove_file(world.file(".git/index.lock")).unwrap();
    done.join().unwrap().unwrap();
    assert_eq!(world.git(&["log", "--format=%s", "-2", "main"]), "accounts/bolt: website → b.example\nstart");
    assert_eq!(world.git(&["log", "--format=%s", "-2", "other"]), "other\nstart");
    assert_eq!(
        world.git(&["show", "main:accounts/bolt.yaml"]),
        "name: Bolt AG\nparent_account: acme\nwebsite: b.example"
    );
}
