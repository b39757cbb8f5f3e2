//! What a record's history tells.

use super::world::{Act, World, create, delete, path, rename, set};
use kontor::git::LogQuery;
use kontor::workspace::Workspace;
use kontor::workspace::history::{Event, EventKind, lately, of_record, recent};
use kontor::workspace::seen::Seen;

fn line(event: &Event) -> String {
    let who = event.user.as_ref().map_or("?", |u| u.as_str());
    let action = event.action.as_deref().unwrap_or("git");
    let records: Vec<String> = event
        .records
        .iter()
        .map(|r| {
            let kind = match &r.kind {
                EventKind::Created => "new".to_owned(),
                EventKind::Changed => "changed".to_owned(),
                EventKind::Deleted => "deleted".to_owned(),
                EventKind::Renamed { from } => format!("renamed from {from}"),
                EventKind::Unreadable => "unreadable".to_owned(),
            };
            let fields: Vec<_> = r.fields.iter().map(|f| f.path.to_string()).collect();
            format!("{} {kind} {}", r.reference, fields.join(",")).trim_end().to_owned()
        })
        .collect();
    format!("{who} {action}: {}", records.join("; "))
}

fn told(workspace: &Workspace, file: &str) -> Vec<String> {
    let events = of_record(workspace.repo(), &workspace.book(), &path(file), 100).unwrap();
    events.iter().map(line).collect()
}

#[test]
fn edits_renames_and_git_itself() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.act(vec![create("accounts/neu", "name: Neu\nowner: lena\n")]).unwrap();
    workspace.set("accounts/neu", &["tags+=a", "owner="]).unwrap();
    workspace.act(vec![rename("accounts/neu", "alt")]).unwrap();
    world.write("accounts/alt.yaml", "name: Alt\n");
    world.commit_all("by hand");
    workspace.rescan();
    workspace
        .act(vec![rename("accounts/alt", "uralt"), set("accounts/acme", &["parent_account=uralt"])])
        .unwrap();
    workspace.set("accounts/uralt", &["website=u.example"]).unwrap();
    assert_eq!(
        told(&workspace, "accounts/uralt.yaml"),
        [
            "lena set: accounts/uralt changed website",
            "lena set: accounts/uralt renamed from accounts/alt",
            "lena git: accounts/alt changed name,tags",
            "lena set: accounts/alt renamed from accounts/neu",
            "lena set: accounts/neu changed tags,owner",
            "lena set: accounts/neu new name,owner",
        ]
    );
    let events = of_record(workspace.repo(), &workspace.book(), &path("accounts/uralt.yaml"), 3).unwrap();
    assert_eq!(events.len(), 3);
    assert_eq!(events[0].subject, "accounts/uralt: website → u.example");
}

#[test]
fn a_rename_that_turns_the_records_own_links_is_still_a_rename() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.set("accounts/bolt", &["parent_account=bolt"]).unwrap();
    let both = vec![rename("accounts/bolt", "ring"), set("accounts/ring", &["parent_account=ring"])];
    workspace.apply(&kontor::model::ChangeSet::new("rename", both)).unwrap();
    assert_eq!(
        told(&workspace, "accounts/ring.yaml")[..2],
        [
            "lena rename: accounts/ring renamed from accounts/bolt parent_account",
            "lena set: accounts/bolt changed parent_account"
        ]
    );
}

#[test]
fn deleted_and_made_again() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.act(vec![delete("cases/noise")]).unwrap();
    workspace.act(vec![create("cases/noise", "subject: N\nstatus: new\npriority: low\n")]).unwrap();
    assert_eq!(
        told(&workspace, "cases/noise.yaml"),
        [
            "lena set: cases/noise new subject,status,priority",
            "lena set: cases/noise deleted subject,status,priority,account",
            "lena git: cases/noise new subject,status,priority,account",
        ]
    );
}

#[test]
fn what_happened_under_another_name_is_told_after_the_rename_is_undone() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.act(vec![rename("accounts/bolt", "b2")]).unwrap();
    workspace.undo(None).unwrap();
    assert_eq!(
        told(&workspace, "accounts/bolt.yaml"),
        [
            "lena undo: accounts/bolt renamed from accounts/b2",
            "lena set: accounts/b2 renamed from accounts/bolt",
            "lena git: accounts/bolt new name,parent_account",
        ]
    );
}

#[test]
fn broken_states_are_told_as_such() {
    let world = World::new();
    world.write("accounts/bolt.yaml", "name: [\n");
    world.commit_all("broken");
    world.write("accounts/bolt.yaml", "name: Mended\n");
    world.commit_all("mended");
    let workspace = world.open();
    assert_eq!(
        told(&workspace, "accounts/bolt.yaml"),
        [
            "lena git: accounts/bolt unreadable",
            "lena git: accounts/bolt unreadable",
            "lena git: accounts/bolt new name,parent_account"
        ]
    );
}

#[test]
fn what_happened_lately() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.act(vec![set("accounts/acme", &["owner="]), set("accounts/bolt", &["owner=lena"])]).unwrap();
    world.write("notes.txt", "x");
    world.commit_all("no record");
    workspace.undo(None).unwrap();
    // A commit that touches no record does not count.
    let query = LogQuery { limit: Some(2), ..LogQuery::default() };
    let events = recent(workspace.repo(), &workspace.book(), &query).unwrap();
    let lines: Vec<_> = events.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "lena undo: accounts/acme changed owner; accounts/bolt changed owner",
            "lena set: accounts/acme changed owner; accounts/bolt changed owner",
        ]
    );
    assert_eq!(events[0].reverts, Some(events[1].commit));
}

/// What others did since the newest commit was `seen`, and since a moment where that commit is gone.
#[test]
fn what_is_new_to_somebody() {
    let world = World::new();
    let mut workspace = world.open();
    let head = |world: &World| world.git(&["rev-parse", "HEAD"]).parse().ok();
    let at = "2026-11-21T13:00:00Z".parse().unwrap();
    let seen = Seen { commit: head(&world), at };
    workspace.set("accounts/acme", &["name=Own"]).unwrap();
    // Made before, on a clock that is slow or in a clone that was offline, and new all the same.
    world.write("accounts/bolt.yaml", "name: Bolt SE\n");
    let jonas = ["-c", "user.name=Jonas Riis", "-c", "user.email=jonas@example.com"];
    let commit = ["commit", "--quiet", "--all", "--message=bolt", "--date=2026-11-01T10:00:00+01:00"];
    world.git(&[&jonas[..], &commit[..]].concat());
    let workspace = world.open();
    let told = |seen: Option<&Seen>| {
        let lately = lately(workspace.repo(), &workspace.book(), seen, 50).unwrap();
        let lines: Vec<_> = lately.since.iter().map(line).collect();
        (lines, lately.recent.len())
    };
    let new = vec!["jonas git: accounts/bolt changed name,parent_account".to_owned()];
    assert_eq!(told(Some(&seen)), (new.clone(), 3));
    assert_eq!(told(None), (vec![], 3));
    assert_eq!(told(Some(&Seen { commit: head(&world), at })), (vec![], 3));
    let gone = Seen { commit: "0123456789012345678901234567890123456789".parse().ok(), at };
    let since = |at: &str| told(Some(&Seen { at: at.parse().unwrap(), ..gone.clone() }));
    assert_eq!(since("2000-01-01T00:00:00Z"), (new, 3));
    assert_eq!(since("2050-01-01T00:00:00Z"), (vec![], 3));
}
