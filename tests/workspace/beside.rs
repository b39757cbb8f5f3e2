//! Other people and programs at work in the same clone.

use super::world::{Act, World, create, git, open, record, set};
use std::thread;

#[test]
fn unrelated_changes_of_the_user_stay_as_they_are() {
    let world = World::new();
    world.write("notes.txt", "committed\n");
    world.commit_all("notes");
    world.write("notes.txt", "staged\n");
    world.write("new.txt", "new, staged\n");
    world.git(&["add", "notes.txt", "new.txt"]);
    world.write("notes.txt", "unstaged\n");
    world.write("contacts/marta.yaml", "last_name: By Hand\n");
    world.write("untracked.txt", "x");
    world.git(&["rm", "--quiet", "--cached", "products/p-100.yaml"]);
    let (status, index) = (world.status(), world.git(&["diff", "--cached"]));
    let mut workspace = world.open();
    workspace.set("accounts/acme", &["name=X"]).unwrap();
    workspace.act(vec![create("accounts/neu", "name: Neu\n")]).unwrap();
    workspace.settle_index().unwrap();
    assert_eq!((world.status(), world.git(&["diff", "--cached"])), (status, index));
    assert_eq!(
        world.git(&["show", "--name-only", "--format=", "HEAD~1", "HEAD"]),
        "accounts/acme.yaml\naccounts/neu.yaml"
    );
}

#[test]
fn the_first_commit_of_all() {
    let world = World::with(super::world::FILES);
    let mut workspace = world.open();
    workspace.set("accounts/acme", &["name=X"]).unwrap();
    // What was written by hand has a commit of its own, so that the name it had is not lost.
    assert_eq!(world.commits(), 2);
    assert_eq!(world.git(&["ls-tree", "-r", "--name-only", "HEAD"]), "accounts/acme.yaml");
    assert_eq!(
        world.git(&["log", "--format=%s"]),
        "accounts/acme: name Acme GmbH → X\naccounts/acme: new account Acme GmbH"
    );
    workspace.settle_index().unwrap();
    assert!(!world.status().contains("acme.yaml"), "{}", world.status());
}

#[test]
fn a_linked_working_tree() {
    let world = World::new();
    let other = tempfile::tempdir().unwrap();
    let place = other.path().join("tree");
    world.git(&["worktree", "add", "--quiet", "-b", "side", place.to_str().unwrap()]);
    let mut workspace = open(&place);
    workspace.set("accounts/acme", &["name=Side"]).unwrap();
    workspace.settle_index().unwrap();
    assert_eq!(git(&place, &["status", "--porcelain"]), "");
    assert_eq!(git(&place, &["log", "-1", "--format=%s"]), "accounts/acme: name Acme GmbH → Side");
    assert_eq!(world.git(&["log", "-1", "--format=%s", "main"]), "start");
    assert!(world.read("accounts/acme.yaml").contains("Acme GmbH"));
    // And both at once.
    let mut main = world.open();
    main.set("accounts/acme", &["name=Main"]).unwrap();
    workspace.set("accounts/acme", &["owner=jonas"]).unwrap();
    world.check(&main);
    world.git(&["fsck", "--strict"]);
}

#[test]
fn two_take_turns_and_nothing_is_lost() {
    let world = World::new();
    let (mut one, mut two) = (world.open(), world.open());
    let fields = ["website", "next_step", "description", "phone"];
    for round in 0..10 {
        let field = fields[round % 2];
        one.act(vec![set("opportunities/pumps", &[&format!("{field}=one-{round}")])]).ok();
        two.act(vec![set("opportunities/pumps", &[&format!("{}=two-{round}", fields[2])])]).unwrap();
        if round % 3 == 0 {
            two.rescan();
        }
    }
    let text = world.read("opportunities/pumps.yaml");
    assert!(text.contains("description: two-9"), "{text}");
    assert!(text.contains("website: one-8") && text.contains("next_step: one-9"), "{text}");
    one.rescan();
    two.rescan();
    world.check(&one);
    world.check(&two);
}

/// Each thread has a workspace of its own on the one clone, and adds its own tags to the one record and counts up a
/// field of its own. Whoever is refused looks again and tries again; what was told done must be there in the end.
#[test]
fn many_at_once_and_nothing_acknowledged_is_lost() {
    const THREADS: usize = 4;
    const EACH: usize = 12;
    let world = World::new();
    let path = world.path().to_owned();
    let before = world.commits();
    let threads: Vec<_> = (0..THREADS)
        .map(|me| {
            let path = path.clone();
            thread::spawn(move || {
                let mut workspace = open(&path);
                let mut refused = 0;
                for n in 0..EACH {
                    let tag = format!("tags+=t{me}-{n}");
                    let own = format!("x_{me}={n}");
                    loop {
                        match workspace.set("accounts/acme", &[&tag, &own]) {
                            Ok(done) => break assert!(done.commit.is_some()),
                            Err(error) => {
                                let said = error.to_string();
                                let fair = [
                                    "changed meanwhile",
                                    "changed by another program",
                                    "another Kontor",
                                    "committed by another program",
                                ];
                                assert!(fair.iter().any(|f| said.contains(f)), "{said}");
                                refused += 1;
                                workspace.rescan();
                            }
                        }
                    }
                }
                refused
            })
        })
        .collect();
    let refused: usize = threads.into_iter().map(|t| t.join().unwrap()).sum();
    let workspace = world.open();
    let acme = record(&workspace, "accounts/acme");
    for me in 0..THREADS {
        assert_eq!(acme.text(&format!("x_{me}")), (EACH - 1).to_string());
        for n in 0..EACH {
            let tag = format!("t{me}-{n}");
            assert!(acme.get("tags").scalars().contains(&tag.as_str()), "{tag} is lost");
        }
    }
    assert_eq!(world.commits(), before + THREADS * EACH, "{refused} were refused");
    world.check(&workspace);
}

#[test]
fn a_commit_by_git_between_two_of_ours() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.set("accounts/acme", &["name=One"]).unwrap();
    world.write("accounts/bolt.yaml", "name: By git\n");
    world.git(&["commit", "--quiet", "--message=by git", "accounts/bolt.yaml"]);
    workspace.set("accounts/acme", &["name=Two"]).unwrap();
    workspace.rescan();
    world.check(&workspace);
    assert_eq!(record(&workspace, "accounts/bolt").text("name"), "By git");
    assert_eq!(
        world.git(&["log", "--format=%s", "-3"]),
        "accounts/acme: name One → Two\nby git\naccounts/acme: name Acme GmbH → One"
    );
}
