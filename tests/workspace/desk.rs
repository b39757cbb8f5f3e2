//! The writer thread: orders, news, the watch, hand edits. Nothing here asserts how long anything takes.

use super::world::{World, clock, path, reference, set};
use kontor::git::Environment;
use kontor::model::ChangeSet;
use kontor::workspace::{Desk, News, OpenError, Order, find};
use std::time::Duration;

/// Longer than anything takes; only a failure waits for it.
const LONG: Duration = Duration::from_secs(30);

fn desk(world: &World) -> Desk {
    let desk = Desk::open(find(world.path(), Environment::isolated()).unwrap(), clock());
    wait(&desk, |news| matches!(news, News::Open(_)));
    desk
}

/// The next news that is wanted.
#[track_caller]
fn wait(desk: &Desk, wanted: impl Fn(&News) -> bool) -> News {
    let mut seen = Vec::new();
    loop {
        match desk.news().recv_timeout(LONG) {
            Ok(news) if wanted(&news) => return news,
            Ok(news) => seen.push(format!("{news:?}").chars().take(200).collect::<String>()),
            Err(_) => panic!("it did not come; what came was {seen:#?}"),
        }
    }
}

fn with_settings(more: &str) -> World {
    let world = World::new();
    world.write("kontor.yaml", format!("name: Nordwind\ncurrency: EUR\n{more}"));
    world.commit_all("settings");
    world
}

#[test]
fn orders_are_answered_with_their_tickets() {
    let world = World::new();
    let desk = desk(&world);
    desk.order(Order::Apply(1, ChangeSet::new("set", vec![set("accounts/acme", &["name=X"])])));
    desk.order(Order::Apply(2, ChangeSet::new("set", vec![set("accounts/none", &["name=X"])])));
    desk.order(Order::Undo(3, None));
    desk.order(Order::Redo(4));
    desk.order(Order::Redo(5));
    desk.order(Order::Commit(6));
    desk.order(Order::Check);
    let mut answers = Vec::new();
    while answers.len() < 7 {
        match desk.news().recv_timeout(LONG).unwrap() {
            News::Done(ticket, applied) => answers.push(format!("{ticket} {}", applied.subject)),
            News::Refused(ticket, error) => answers.push(format!("{ticket} refused: {error}")),
            News::HandCommitted(ticket, done) => {
                answers.push(format!("{ticket:?} {}", done.applied.is_some()))
            }
            News::Problems(found) => answers.push(format!("{} problems", found.len())),
            _ => {}
        }
    }
    assert_eq!(
        answers,
        [
            "1 accounts/acme: name Acme GmbH → X",
            "2 refused: there is no accounts/none",
            "3 Undo accounts/acme: name Acme GmbH → X",
            "4 Redo accounts/acme: name Acme GmbH → X",
            "5 refused: there is nothing to redo: only undo can be taken back",
            "Some(6) false",
            "3 problems",
        ]
    );
    desk.close();
    assert_eq!(world.status(), "", "the index is right when the writer has stopped");
}

#[test]
fn the_book_comes_before_the_answer() {
    let world = World::new();
    let desk = desk(&world);
    desk.order(Order::Apply(1, ChangeSet::new("set", vec![set("accounts/acme", &["name=X"])])));
    let mut name = String::new();
    loop {
        match desk.news().recv_timeout(LONG).unwrap() {
            News::Book(book, _) => {
                name = book.get(&reference("accounts/acme")).unwrap().text("name").to_owned()
            }
            News::Done(..) => break,
            _ => {}
        }
    }
    assert_eq!(name, "X");
}

#[test]
fn a_file_saved_elsewhere_is_seen_and_committed_when_it_is_quiet() {
    for after in ["0s", "1s"] {
        let world = with_settings(&format!("hand_edits_after: {after}\n"));
        let desk = desk(&world);
        world.write("accounts/bolt.yaml", "name: Bolt by hand\nparent_account: acme\n");
        wait(
            &desk,
            |news| matches!(news, News::Book(book, _) if book.get(&reference("accounts/bolt")).unwrap().text("name") == "Bolt by hand"),
        );
        let committed =
            wait(&desk, |news| matches!(news, News::HandCommitted(None, done) if done.applied.is_some()));
        let News::HandCommitted(_, done) = committed else { unreachable!() };
        assert!(done.applied.unwrap().subject.starts_with("accounts/bolt: name Bolt AG → Bolt by hand"));
        wait(&desk, |news| matches!(news, News::Uncommitted(left) if left.is_empty()));
        desk.close();
        assert_eq!(world.status(), "");
        assert!(world.message().contains("Kontor-Action: hand-edit"));
    }
}

#[test]
fn a_broken_file_is_told_and_held_back_once() {
    let world = with_settings("hand_edits_after: 0s\n");
    let desk = desk(&world);
    world.write("accounts/bolt.yaml", "name: [\n");
    wait(&desk, |news| matches!(news, News::Book(book, _) if !book.broken().is_empty()));
    wait(&desk, |news| matches!(news, News::HandCommitted(None, done) if done.held_back.len() == 1));
    // It is not tried again and again: an order is answered, and until then nothing of the kind is told.
    desk.order(Order::Refresh(Vec::new()));
    std::thread::sleep(Duration::from_millis(300));
    desk.order(Order::Check);
    let mut tries = 0;
    loop {
        match desk.news().recv_timeout(LONG).unwrap() {
            News::HandCommitted(..) => tries += 1,
            News::Problems(_) => break,
            _ => {}
        }
    }
    assert!(tries <= 1, "tried {tries} times");
    world.write("accounts/bolt.yaml", "name: Mended\n");
    wait(&desk, |news| matches!(news, News::HandCommitted(None, done) if done.applied.is_some()));
    desk.close();
    assert_eq!(world.status(), "");
}

#[test]
fn what_is_not_quiet_yet_is_committed_on_quitting() {
    let world = with_settings("hand_edits_after: 3600s\n");
    let desk = desk(&world);
    world.write("accounts/neu.yaml", "name: Neu\n");
    wait(&desk, |news| matches!(news, News::Uncommitted(left) if *left == [path("accounts/neu.yaml")]));
    let commits = world.commits();
    desk.close();
    assert_eq!((world.commits(), world.status()), (commits + 1, String::new()));
}

#[test]
fn never_and_ask_leave_hand_edits_alone_until_ordered() {
    for word in ["never", "ask"] {
        let world = with_settings(&format!("hand_edits: {word}\nhand_edits_after: 0s\n"));
        let desk = desk(&world);
        let commits = world.commits();
        world.write("accounts/neu.yaml", "name: Neu\n");
        wait(&desk, |news| matches!(news, News::Uncommitted(left) if left.len() == 1));
        desk.close();
        assert_eq!(world.commits(), commits, "{word}");
        let desk = self::desk(&world);
        desk.order(Order::Commit(7));
        wait(&desk, |news| matches!(news, News::HandCommitted(Some(7), done) if done.applied.is_some()));
        desk.close();
        assert_eq!((world.commits(), world.status()), (commits + 1, String::new()));
    }
}

#[test]
fn settings_changed_by_hand_count_at_once() {
    let world = with_settings("hand_edits: never\n");
    let desk = desk(&world);
    world.write("kontor.yaml", "name: Other\nhand_edits: never\n");
    wait(&desk, |news| matches!(news, News::Book(book, _) if book.settings().name() == "Other"));
    world.write("schema/boat.yaml", "type: boat\nfields: {name: {kind: text}}\n");
    wait(&desk, |news| matches!(news, News::Book(book, _) if book.schema().find("boat").is_some()));
}

#[test]
fn a_switch_of_branches_is_seen() {
    let world = World::new();
    world.git(&["checkout", "--quiet", "-b", "side"]);
    world.write("accounts/bolt.yaml", "name: On the side\n");
    world.commit_all("side");
    let desk = desk(&world);
    world.git(&["checkout", "--quiet", "main"]);
    wait(
        &desk,
        |news| matches!(news, News::Book(book, _) if book.get(&reference("accounts/bolt")).unwrap().text("name") == "Bolt AG"),
    );
}

#[test]
fn a_workspace_that_cannot_be_opened_says_why_and_stops() {
    let world = World::new();
    let found = find(world.path(), Environment::isolated()).unwrap();
    world.write(".git/kontor/journal", "no journal at all");
    let desk = Desk::open(found, clock());
    let failed = wait(&desk, |news| matches!(news, News::Failed(_)));
    let News::Failed(error @ OpenError::Disk(_)) = failed else { panic!("{failed:?}") };
    assert!(error.to_string().contains("journal"), "{error}");
    wait(&desk, |news| matches!(news, News::Stopped));
    desk.order(Order::Check);
    desk.close();
}

#[test]
fn who_leaves_is_remembered_to_have_looked() {
    let world = World::new();
    let seen = |leave: bool| {
        let desk = Desk::open(find(world.path(), Environment::isolated()).unwrap(), clock());
        let News::Open(opened) = wait(&desk, |news| matches!(news, News::Open(_))) else { unreachable!() };
        if leave {
            desk.close()
        } else {
            drop(desk)
        }
        opened.seen.map(|seen| seen.commit.unwrap().to_string())
    };
    assert_eq!(seen(false), None);
    assert_eq!(seen(true), None, "a picture of a screen is no look");
    let head = world.git(&["rev-parse", "HEAD"]);
    assert_eq!(seen(false), Some(head.clone()));
    world.git(&["commit", "--quiet", "--allow-empty", "--message=more"]);
    assert_eq!(seen(true), Some(head));
    assert_eq!(seen(false), Some(world.git(&["rev-parse", "HEAD"])));
    world.git(&["config", "user.email", "jonas@example.com"]);
    assert_eq!(seen(false), None, "that was somebody else");
    assert_eq!(world.status(), "");
}
