//! The files that belong to a record go where it goes.

use super::world::{Act, World, create, delete, path, record, reference, rename};

fn with_attachments() -> World {
    let world = World::new();
    world.write("attachments/accounts/bolt/nda.pdf", vec![0xffu8; 3 << 20]);
    world.write("attachments/accounts/bolt/deep/plan.txt", "plan");
    world.write("attachments/accounts/bolt-x/other.txt", "another's");
    world.write(".gitignore", "*.tmp\n");
    world.write(
        "documents/nda.yaml",
        "name: NDA\nabout: accounts/acme\nstatus: signed\nfile: attachments/accounts/bolt/nda.pdf # scanned\n",
    );
    world.commit_all("attachments");
    world.write("attachments/accounts/bolt/new.txt", "not added yet");
    world.write("attachments/accounts/bolt/x.tmp", "ignored");
    world
}

#[test]
fn a_rename_moves_them_and_undo_moves_them_back() {
    let world = with_attachments();
    let before = world.files();
    let mut workspace = world.open();
    assert_eq!(workspace.attachments(&reference("accounts/bolt")).len(), 4);
    workspace.act(vec![rename("accounts/bolt", "b2")]).unwrap();
    assert_eq!(
        workspace.attachments(&reference("accounts/b2")),
        ["deep/plan.txt", "nda.pdf", "new.txt"].map(|f| path(&format!("attachments/accounts/b2/{f}")))
    );
    assert_eq!(workspace.attachments(&reference("accounts/bolt")), [path("attachments/accounts/bolt/x.tmp")]);
    assert!(world.file("attachments/accounts/bolt-x/other.txt").exists());
    assert_eq!(
        world.read("documents/nda.yaml").lines().last().unwrap(),
        "file: attachments/accounts/b2/nda.pdf # scanned"
    );
    assert_eq!(record(&workspace, "documents/nda").text("file"), "attachments/accounts/b2/nda.pdf");
    world.check(&workspace);
    // One that comes later belongs to the record, too; one whose old place is taken stays.
    world.write("attachments/accounts/b2/later.txt", "added since");
    world.write("attachments/accounts/b2/taken.txt", "the record's");
    world.write("attachments/accounts/bolt/taken.txt", "somebody else's");
    workspace.undo(None).unwrap();
    let after = world.files();
    for (file, bytes) in &before {
        assert_eq!(after.iter().find(|(f, _)| f == file).map(|(_, b)| b == bytes), Some(true), "{file}");
    }
    assert_eq!(world.read("attachments/accounts/bolt/later.txt"), "added since");
    assert_eq!(world.read("attachments/accounts/bolt/taken.txt"), "somebody else's");
    assert_eq!(workspace.attachments(&reference("accounts/b2")), [path("attachments/accounts/b2/taken.txt")]);
    assert_eq!(record(&workspace, "documents/nda").text("file"), "attachments/accounts/bolt/nda.pdf");
    world.commit_all("what was added");
    world.check(&workspace);
}

#[test]
fn a_rename_back_and_forth_loses_none() {
    let world = with_attachments();
    let mut workspace = world.open();
    let of = |workspace: &kontor::workspace::Workspace, id: &str| workspace.attachments(&reference(id)).len();
    workspace.act(vec![rename("accounts/bolt", "b2")]).unwrap();
    for _ in 0..2 {
        workspace.undo(None).unwrap();
        assert_eq!((of(&workspace, "accounts/bolt"), of(&workspace, "accounts/b2")), (4, 0));
        workspace.redo().unwrap();
        assert_eq!((of(&workspace, "accounts/bolt"), of(&workspace, "accounts/b2")), (1, 3));
    }
    assert_eq!(world.read("attachments/accounts/b2/new.txt"), "not added yet");
    world.check(&workspace);
}

#[test]
fn a_deletion_removes_what_undo_brings_back_and_keeps_the_rest() {
    let world = with_attachments();
    let mut workspace = world.open();
    workspace.act(vec![delete("documents/nda"), delete("accounts/bolt")]).unwrap();
    assert_eq!(
        workspace.attachments(&reference("accounts/bolt")),
        ["new.txt", "x.tmp"].map(|f| path(&format!("attachments/accounts/bolt/{f}")))
    );
    workspace.undo(None).unwrap();
    assert_eq!(workspace.attachments(&reference("accounts/bolt")).len(), 4);
    assert_eq!(
        std::fs::read(world.file("attachments/accounts/bolt/nda.pdf")).unwrap(),
        vec![0xffu8; 3 << 20]
    );
}

#[test]
fn a_folder_of_attachments_that_is_a_link_is_left_alone() {
    let world = World::new();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.txt"), "secret").unwrap();
    std::fs::create_dir_all(world.file("attachments/accounts")).unwrap();
    std::os::unix::fs::symlink(outside.path(), world.file("attachments/accounts/bolt")).unwrap();
    world.commit_all("link");
    let mut workspace = world.open();
    assert!(workspace.attachments(&reference("accounts/bolt")).is_empty());
    workspace.act(vec![rename("accounts/bolt", "b2")]).unwrap();
    workspace.act(vec![delete("accounts/b2")]).unwrap();
    assert!(outside.path().join("secret.txt").exists());
    workspace.act(vec![create("accounts/bolt", "name: B\n")]).unwrap();
    world.check(&workspace);
}
