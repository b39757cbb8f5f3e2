//! Taking back and making stand again.

use super::world::{Act, World, create, delete, record, rename, set};
use kontor::base::CommitId;
use kontor::model::{Change, ChangeSet};
use kontor::workspace::Workspace;
use proptest::prelude::*;

fn last(world: &World) -> CommitId {
    world.head().parse().unwrap()
}

#[test]
fn back_to_the_start_and_forth_again() {
    let world = World::new();
    let mut workspace = world.open();
    let mut states = vec![world.files()];
    let sets = vec![
        vec![set("accounts/acme", &["owner=", "tags+=iso"])],
        vec![create("leads/ines", "last_name: Okafor\nstatus: new\n")],
        vec![rename("accounts/bolt", "bolt-se")],
        vec![set("opportunities/pumps", &["stage=won"]), set("accounts/bolt-se", &["parent_account="])],
        vec![delete("cases/noise")],
    ];
    for changes in sets {
        workspace.act(changes).unwrap();
        states.push(world.files());
    }
    for state in states.iter().rev().skip(1) {
        workspace.undo(None).unwrap();
        assert_eq!(world.files(), *state);
    }
    assert_eq!(workspace.undo(None).unwrap_err().to_string(), "there is nothing of yours to undo");
    for state in &states[1..] {
        workspace.redo().unwrap();
        assert_eq!(world.files(), *state);
    }
    assert!(workspace.redo().unwrap_err().to_string().contains("nothing to redo"));
    let subject = world.git(&["log", "-1", "--format=%s"]);
    assert_eq!(subject, "Redo cases/noise: deleted case Noise");
    world.check(&workspace);
}

#[test]
fn an_undo_names_what_it_takes_back() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.set("accounts/acme", &["name=X"]).unwrap();
    let taken_back = world.head();
    workspace.undo(None).unwrap();
    assert_eq!(
        world.message(),
        format!(
            "Undo accounts/acme: name Acme GmbH → X\n\nname: X → Acme GmbH\n\nKontor-Action: undo\n\
             Kontor-Record: accounts/acme\nKontor-Undoes: {taken_back}"
        )
    );
}

#[test]
fn nothing_is_done_after_an_undo_but_what_comes_next() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.set("accounts/acme", &["name=One"]).unwrap();
    workspace.set("accounts/acme", &["name=Two"]).unwrap();
    workspace.undo(None).unwrap();
    workspace.set("accounts/bolt", &["name=Other"]).unwrap();
    assert!(workspace.redo().is_err(), "something was done since");
    workspace.undo(None).unwrap();
    workspace.undo(None).unwrap();
    assert_eq!(record(&workspace, "accounts/acme").text("name"), "Acme GmbH");
    assert_eq!(record(&workspace, "accounts/bolt").text("name"), "Bolt AG");
    world.check(&workspace);
}

#[test]
fn a_later_change_of_the_same_field_stands_in_the_way() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.act(vec![set("opportunities/pumps", &["stage=negotiation", "next_step=Call"])]).unwrap();
    let first = last(&world);
    workspace.set("opportunities/pumps", &["next_step=Write"]).unwrap();
    let (head, files) = (world.head(), world.files());
    let said = workspace.undo(Some(first)).unwrap_err().to_string();
    assert!(said.contains("opportunities/pumps next_step changed since"), "{said}");
    assert!(!said.contains("stage changed"), "{said}");
    assert_eq!((world.head(), world.files()), (head, files));
    // Of other fields the later change stays.
    workspace.undo(None).unwrap();
    workspace.set("opportunities/pumps", &["amount=1.00 EUR"]).unwrap();
    workspace.undo(Some(first)).unwrap();
    let pumps = record(&workspace, "opportunities/pumps");
    assert_eq!(
        (pumps.text("stage"), pumps.text("next_step"), pumps.text("amount")),
        ("proposal", "", "1.00 EUR")
    );
    world.check(&workspace);
}

#[test]
fn lines_are_taken_back_one_by_one() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.set("opportunities/pumps", &["lines.c3d4.quantity=1"]).unwrap();
    let added = last(&world);
    workspace.set("opportunities/pumps", &["lines.a1b2.quantity=9"]).unwrap();
    workspace.undo(Some(added)).unwrap();
    let text = world.read("opportunities/pumps.yaml");
    assert!(text.contains("quantity: 9") && !text.contains("c3d4"), "{text}");
    world.check(&workspace);
}

#[test]
fn everybody_undoes_their_own() {
    let world = World::new();
    world.open().set("accounts/acme", &["name=Lena's"]).unwrap();
    let lenas = last(&world);
    world.git(&["config", "user.name", "Jonas Riis"]);
    world.git(&["config", "user.email", "jonas@example.com"]);
    let mut jonas = world.open();
    assert_eq!(jonas.me().unwrap().as_str(), "jonas");
    assert!(jonas.undo(None).unwrap_err().to_string().contains("nothing of yours"));
    jonas.set("accounts/bolt", &["name=Jonas's"]).unwrap();
    jonas.undo(None).unwrap();
    assert!(jonas.undo(None).is_err());
    // By its name anybody's commit can be taken back, and that in turn.
    jonas.undo(Some(lenas)).unwrap();
    assert_eq!(record(&jonas, "accounts/acme").text("name"), "Acme GmbH");
    jonas.redo().unwrap();
    assert_eq!(record(&jonas, "accounts/acme").text("name"), "Lena's");
    world.check(&jonas);
}

#[test]
fn an_undo_taken_back_by_name_is_a_redo() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.set("accounts/acme", &["name=One"]).unwrap();
    workspace.set("accounts/bolt", &["name=Two"]).unwrap();
    workspace.undo(None).unwrap();
    workspace.undo(Some(last(&world))).unwrap();
    assert!(world.message().contains("Kontor-Redoes:"), "{}", world.message());
    assert_eq!(record(&workspace, "accounts/bolt").text("name"), "Two");
    // What stands again is what the next undo takes back.
    workspace.undo(None).unwrap();
    assert_eq!(record(&workspace, "accounts/bolt").text("name"), "Bolt AG");
    assert_eq!(record(&workspace, "accounts/acme").text("name"), "One");
    let done = workspace.undo(Some(last(&world))).and_then(|_| workspace.undo(Some(last(&world))));
    done.unwrap();
    assert_eq!(record(&workspace, "accounts/bolt").text("name"), "Bolt AG");
}

#[test]
fn commits_that_git_made_are_taken_back_by_name_only() {
    let world = World::new();
    let mut workspace = world.open();
    workspace.set("accounts/acme", &["owner=jonas"]).unwrap();
    let by_hand = world.read("accounts/acme.yaml").replace("Acme GmbH", "By Hand");
    world.write("accounts/acme.yaml", by_hand);
    world.commit_all("by hand");
    let hand = last(&world);
    workspace.undo(None).unwrap();
    assert_eq!(record(&workspace, "accounts/acme").text("owner"), "lena");
    assert_eq!(record(&workspace, "accounts/acme").text("name"), "By Hand");
    workspace.undo(Some(hand)).unwrap();
    assert_eq!(record(&workspace, "accounts/acme").text("name"), "Acme GmbH");
    world.check(&workspace);
}

#[test]
fn what_cannot_be_taken_back() {
    let world = World::new();
    world.write("notes.txt", "no record");
    world.commit_all("notes");
    let mut workspace = world.open();
    for (commit, why) in [
        (last(&world), "changed no records"),
        (world.git(&["rev-list", "--max-parents=0", "HEAD"]).parse().unwrap(), "made the workspace"),
        ("0123456789012345678901234567890123456789".parse().unwrap(), "there is no such commit"),
    ] {
        let said = workspace.undo(Some(commit)).unwrap_err().to_string();
        assert!(said.contains(why), "{said}");
    }
    // A new record that something points at by now.
    workspace.act(vec![create("accounts/neu", "name: Neu\n")]).unwrap();
    let made = last(&world);
    workspace.set("accounts/bolt", &["parent_account=neu"]).unwrap();
    let said = workspace.undo(Some(made)).unwrap_err().to_string();
    assert!(said.contains("accounts/neu is still pointed at by accounts/bolt"), "{said}");
    // And what has been taken back already.
    workspace.undo(None).unwrap();
    workspace.undo(Some(made)).unwrap();
    let said = workspace.undo(Some(made)).unwrap_err().to_string();
    assert!(said.contains("as it was before already"), "{said}");
    world.check(&workspace);
}

#[test]
fn an_earlier_state_comes_back_even_if_it_breaks_todays_rules() {
    let world = World::new();
    world.write("accounts/odd.yaml", "owner: nobody\n# no name at all\n");
    world.commit_all("odd");
    let mut workspace = world.open();
    workspace.act(vec![delete("accounts/odd")]).unwrap();
    workspace.undo(None).unwrap();
    assert_eq!(world.read("accounts/odd.yaml"), "owner: nobody\n# no name at all\n");
    world.check(&workspace);
}

#[test]
fn settings_and_schema_come_back_and_count_at_once() {
    let world = World::new();
    let mut workspace = world.open();
    let text = |text: &str| Some(text.to_owned());
    let kontor = super::world::path("kontor.yaml");
    workspace.act(vec![Change::Replace { path: kontor, text: text("name: Other\n") }]).unwrap();
    let boat = super::world::path("schema/boat.yaml");
    let schema = "type: boat\nfields: {name: {kind: text}}\n";
    workspace.act(vec![Change::Replace { path: boat, text: text(schema) }]).unwrap();
    assert!(workspace.book().schema().find("boat").is_some());
    workspace.undo(None).unwrap();
    assert!(workspace.book().schema().find("boat").is_none());
    workspace.undo(None).unwrap();
    assert_eq!(workspace.book().settings().name(), "Nordwind");
    world.check(&workspace);
}

/// What somebody does, out of a few things on a few records, so that they often meet.
#[derive(Debug, Clone)]
enum Deed {
    Change(Vec<Change>),
    Undo,
    Redo,
}

fn change() -> impl Strategy<Value = Change> {
    let id = prop::sample::select(vec!["a", "b", "c"]);
    let field = prop::sample::select(vec![
        "name=N",
        "website=w.example",
        "website=",
        "tags+=t",
        "tags-=t",
        "owner=lena",
        "billing_address.city=Kiel",
        "billing_address.city=",
    ]);
    prop_oneof![
        4 => (id.clone(), field, any::<u8>()).prop_map(|(id, edit, n)| {
            let edit = if edit.ends_with('N') { format!("{edit}{n}") } else { edit.to_owned() };
            set(&format!("accounts/{id}"), &[&edit])
        }),
        2 => (id.clone(), any::<u8>()).prop_map(|(id, n)| create(&format!("accounts/{id}"), &format!("name: \"{n}\"\n"))),
        1 => id.clone().prop_map(|id| delete(&format!("accounts/{id}"))),
        1 => (id.clone(), id).prop_map(|(from, to)| rename(&format!("accounts/{from}"), to)),
    ]
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        3 => prop::collection::vec(change(), 1..3).prop_map(Deed::Change),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
    ];
    prop::collection::vec(deed, 1..16)
}

/// The states as an editor's undo has them: a line of states and a place on it.
fn follow(world: &World, workspace: &mut Workspace, deeds: Vec<Deed>) {
    let (mut states, mut at) = (vec![world.files()], 0);
    for deed in deeds {
        match deed {
            Deed::Change(changes) => {
                if let Ok(applied) = workspace.apply(&ChangeSet::new("set", changes))
                    && applied.commit.is_some()
                {
                    states.truncate(at + 1);
                    states.push(world.files());
                    at += 1;
                }
            }
            Deed::Undo => {
                assert_eq!(workspace.undo(None).map(|_| ()).map_err(|e| e.to_string()).is_ok(), at > 0);
                at = at.saturating_sub(1);
            }
            Deed::Redo => {
                assert_eq!(workspace.redo().is_ok(), at + 1 < states.len());
                at = (at + 1).min(states.len() - 1);
            }
        }
        assert_eq!(world.files(), states[at]);
    }
    while at > 0 {
        workspace.undo(None).unwrap();
        at -= 1;
        assert_eq!(world.files(), states[at]);
    }
    for state in &states[1..] {
        workspace.redo().unwrap();
        assert_eq!(world.files(), *state);
    }
    world.check(workspace);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn undo_and_redo_are_an_editors(deeds in deeds()) {
        let world = World::new();
        world.write("accounts/a.yaml", "# hand-made\nname:   'A'\ntags: [ t , u ]   # both\n\nx: |+\n  keep\n\n");
        world.commit_all("a");
        let mut workspace = world.open();
        follow(&world, &mut workspace, deeds);
    }
}
