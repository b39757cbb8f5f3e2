//! A workspace too large to be looked through within a frame: workers do it, by the real loop.

use super::stage::{Playhouse, copy_sample};
use kontor::actions::Place;
use kontor::tui::app::Msg;
use kontor::tui::runtime::Input;
use std::fs;
use tempfile::TempDir;

/// More records than are looked through at once.
const MANY: usize = 5200;

/// The sample company with a great many more accounts.
fn large(start: Place) -> Playhouse {
    let folder = TempDir::new().unwrap();
    copy_sample(folder.path());
    for shelf in 0..MANY / 100 {
        let shelf_folder = folder.path().join(format!("accounts/{shelf:02}"));
        fs::create_dir(&shelf_folder).unwrap();
        for n in shelf * 100..(shelf + 1) * 100 {
            let text = format!("name: Extra {n:04}\nindustry: {}\n", ["energy", "retail"][n % 2]);
            fs::write(shelf_folder.join(format!("extra-{n:04}.yaml")), text).unwrap();
        }
    }
    Playhouse::over(folder, (120, 40), start)
}

/// Presses keys faster than anything can be answered.
fn press(play: &Playhouse, keys: &str) {
    for key in keys.chars() {
        play.stage.mailbox().send(Msg::Input(Input::Key(key.into())));
    }
}

#[test]
fn lists_and_boards_of_a_large_workspace() {
    let mut play = large(Place::List("account".into()));
    let all = play.after("");
    assert!(all.contains("owner: everyone ▾   5,245"), "{all}");

    // A filter, read and run by a worker, with what Tab offers and what is wrong.
    let offered = play.after("/ \"extra ind\"");
    assert!(offered.contains("5,200 of 5,245") && offered.contains("│   industry"), "{offered}");
    let completed = play.after("tab =energy");
    assert!(completed.contains("industry=energy") && completed.contains("2,600 of 5,245"), "{completed}");
    let wrong = play.after("space nonsense=x");
    assert!(wrong.contains("no field 'nonsense'") && wrong.contains("2,600 of 5,245"), "{wrong}");
    let back = play.after("esc");
    assert!(back.contains("owner: everyone ▾   5,245"), "{back}");

    // Of many questions the last one is answered.
    press(&play, "/extra 0042");
    let last = play.after("focus");
    assert!(last.contains("1 of 5,245") && last.contains("▌ Extra 0042"), "{last}");
    let sorted = play.after("esc / extra enter S S");
    assert!(sorted.contains("▌ Extra 0042") && sorted.contains("5,200 of 5,245"), "{sorted}");

    // From page to page, and back to the record one came to.
    let page = play.after("enter J J K");
    assert!(page.contains("Accounts › Extra 0043"), "{page}");
    let back = play.after("esc");
    assert!(back.contains("▌ Extra 0043"), "{back}");

    // Headings, put together by a worker.
    let grouped = play.after("esc b industry enter g g");
    assert!(grouped.contains("▾ Energy  2,602"), "{grouped}");
    let ungrouped = play.after("b \"no head\" enter / extra enter");
    assert!(ungrouped.contains("5,200 of 5,245"), "{ungrouped}");

    // Everything marked.
    let marked = play.after("*");
    assert!(marked.contains("5,200 marked"), "{marked}");
    let unmarked = play.after("space");
    assert!(unmarked.contains("5,199 marked"), "{unmarked}");

    let board = play.after("5 / bergmann enter");
    assert!(board.contains("Sensor refit") && !board.contains("Line 4 retrofit"), "{board}");
    let home = play.after("1 / acme enter");
    assert!(home.contains("Ask Marta about the pilot") && !home.contains("Send revised quote"), "{home}");

    // Counted by a worker while the list of views is there already.
    let views = play.after("esc v v \"class a\"");
    assert!(views.contains("Accounts · shared") && views.contains(" 12 "), "{views}");
}
