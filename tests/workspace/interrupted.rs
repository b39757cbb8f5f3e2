//! What another process left half done: put right before anything is built on it.

use super::world::{Act, World, path, record, rename};
use kontor::disk::{self, FileChange, Recovered, Root, WriteLock};
use kontor::git::{Environment, Repo};
use std::time::Duration;

/// As a process leaves it that is killed after writing its files and before committing them.
fn leave_half_done(world: &World, changes: Vec<FileChange>) {
    let repo = Repo::discover(world.path(), Environment::isolated()).unwrap();
    let root = Root::open(world.path()).unwrap();
    let lock = WriteLock::acquire(&repo.state_folder(), Duration::ZERO).unwrap();
    std::mem::forget(disk::apply(&root, &lock, changes).unwrap());
}

fn half_a_rename(world: &World) -> Vec<FileChange> {
    let contact = world.read("contacts/marta.yaml").replace("acme", "acme-se");
    vec![
        FileChange::delete(path("accounts/acme.yaml")),
        FileChange::write(path("accounts/acme-se.yaml"), world.read("accounts/acme.yaml")),
        FileChange::write(path("contacts/marta.yaml"), contact),
    ]
}

#[test]
fn a_save_puts_it_right_first() {
    let world = World::new();
    let before = world.files();
    let mut open = world.open();
    leave_half_done(&world, half_a_rename(&world));
    open.rescan();
    assert!(
        world.file("accounts/acme-se.yaml").exists()
            && !record(&open, "accounts/acme-se").text("name").is_empty()
    );
    open.set("accounts/bolt", &["website=b.example"]).unwrap();
    assert_eq!(world.git(&["show", "--name-only", "--format="]), "accounts/bolt.yaml");
    let others = |files: Vec<(String, Vec<u8>)>| -> Vec<_> {
        files.into_iter().filter(|(name, _)| name != "accounts/bolt.yaml").collect()
    };
    assert_eq!(others(world.files()), others(before));
    world.check(&open);
}

#[test]
fn its_files_are_no_hand_edits() {
    let world = World::new();
    let mut open = world.open();
    leave_half_done(&world, half_a_rename(&world));
    world.write("accounts/bolt.yaml", "name: Bolt by hand\n");
    open.rescan();
    let paths = open.hand_edited().unwrap();
    assert_eq!(paths.len(), 4);
    let done = open.commit_by_hand(&paths).unwrap();
    assert_eq!(done.held_back, []);
    assert_eq!(world.git(&["show", "--name-only", "--format="]), "accounts/bolt.yaml");
    world.check(&open);
}

#[test]
fn undo_and_rename_start_from_what_was_committed() {
    let world = World::new();
    let mut open = world.open();
    open.set("contacts/marta", &["title=Buyer"]).unwrap();
    leave_half_done(&world, half_a_rename(&world));
    open.rescan();
    open.undo(None).unwrap();
    world.check(&open);
    assert_eq!(record(&open, "contacts/marta").text("account"), "acme");
    leave_half_done(&world, half_a_rename(&world));
    open.rescan();
    // The screen still shows the half that is taken back on the way.
    let refused = open.refused(vec![rename("accounts/acme-se", "acme-2")]);
    assert_eq!(refused, "there is no accounts/acme-se");
    world.check(&open);
}

#[test]
fn what_was_committed_stays() {
    let world = World::new();
    let mut open = world.open();
    let bolt = FileChange::write(path("accounts/bolt.yaml"), "name: Bolt SE\n");
    leave_half_done(&world, vec![bolt]);
    world.git(&["commit", "--quiet", "--all", "--message=by the one that was killed"]);
    open.set("accounts/acme", &["website=a.example"]).unwrap();
    assert_eq!(record(&open, "accounts/bolt").text("name"), "Bolt SE");
    assert_eq!(world.commits(), 3);
    world.check(&open);
}

#[test]
fn a_note_of_it_is_never_written_over() {
    let world = World::new();
    leave_half_done(&world, half_a_rename(&world));
    let repo = Repo::discover(world.path(), Environment::isolated()).unwrap();
    let root = Root::open(world.path()).unwrap();
    let lock = WriteLock::acquire(&repo.state_folder(), Duration::ZERO).unwrap();
    let bolt = || vec![FileChange::write(path("accounts/bolt.yaml"), "name: Bolt SE\n")];
    assert!(matches!(disk::apply(&root, &lock, bolt()), Err(disk::DiskError::Unfinished { .. })));
    let found = disk::recover(&root, &lock, |path, content| repo.is_committed(path, content).unwrap());
    assert!(matches!(found.unwrap(), Recovered::PutBack { files, .. } if files.len() == 3));
    disk::apply(&root, &lock, bolt()).unwrap().settle().unwrap();
}
