//! The home screen, played.

use super::stage::{Playhouse, copy_sample, git};
use kontor::actions::Place;
use std::fs;
use std::path::Path;
use std::time::Duration;

fn home(width: u16, height: u16) -> Playhouse {
    Playhouse::sample((width, height), Place::Home)
}

#[test]
fn it_looks_good_at_every_size() {
    insta::assert_snapshot!("home_120x40", home(120, 40).after(""));
    insta::assert_snapshot!("home_80x24", home(80, 24).after(""));
    insta::assert_snapshot!("home_40x12", home(40, 12).after(""));
}

#[test]
fn the_focus_goes_from_pane_to_pane() {
    let mut play = home(80, 24);
    assert!(play.after("").contains("TODAY") && !play.after("").contains("STUCK"));
    assert!(play.after("tab tab").contains("STUCK"));
    let listed = play.after("enter");
    assert!(listed.contains("2 of 81 · 91,200 €"), "{listed}");
    assert!(play.after("esc shift-tab shift-tab").contains("TODAY"));
    assert!(play.after("click:40,2").contains("STUCK"));
}

#[test]
fn a_filter_holds_in_every_pane() {
    let mut play = home(120, 40);
    let filtered = play.after("/ acme enter");
    assert!(filtered.contains("Ask Marta about the pilot") && filtered.contains("Pump controller reboots"));
    assert!(!filtered.contains("Send revised quote"), "{filtered}");
    assert!(play.after("esc").contains("Send revised quote"));
}

#[test]
fn others_tasks_are_a_key_away() {
    let mut play = home(120, 40);
    assert!(!play.after("").contains("everyone"));
    assert!(play.after("M").contains("everyone"));
    assert!(!play.after("M").contains("everyone"));
}

#[test]
fn clocks_tick() {
    let mut play = home(120, 40);
    assert!(play.after("").contains("▲   0:12"));
    assert!(play.after("wait:60").contains("▲   0:11"));
    assert!(play.after("wait:720").contains("!  -0:01"));
}

#[test]
fn a_task_that_is_done_leaves_the_list_with_a_commit() {
    let mut play = home(120, 40);
    let after = play.after("j x");
    let today = after.lines().take_while(|line| !line.contains("CASES")).collect::<Vec<_>>().join("\n");
    assert!(today.contains("2 overdue") && !today.contains("▌! 1 d    task     Send revised"), "{after}");
    let commit = play.git(&["log", "-1", "--format=%s%n%b"]);
    assert!(commit.contains("status") && commit.contains("Kontor-Record: activities/"), "{commit}");
    // git's index follows a moment after the commit.
    let clean = || play.git(&["status", "--porcelain"]).is_empty();
    for _ in 0..200 {
        if clean() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{}", play.git(&["status", "--porcelain"]));
}

/// Lena was here when the sample was committed; what was done since, `others` did.
fn back_after(size: (u16, u16), others: impl FnOnce(&Path)) -> Playhouse {
    let folder = tempfile::TempDir::new().unwrap();
    copy_sample(folder.path());
    Playhouse::prepared(folder, size, Place::Home, |folder| {
        let head = git(folder, &["rev-parse", "HEAD"]);
        let note = folder.join(".git/kontor/seen/lena-vogt-nordwind-example.yaml");
        fs::create_dir_all(note.parent().unwrap()).unwrap();
        let who = "who: lena.vogt@nordwind.example\nat: 2026-11-20T16:20:00Z";
        fs::write(note, format!("{who}\ncommit: {head}")).unwrap();
        others(folder);
    })
}

/// Somebody puts one word for another in a file, and commits it.
fn changed_by(folder: &Path, who: &str, file: &str, old: &str, new: &str) {
    let place = folder.join(file);
    let text = fs::read_to_string(&place).unwrap_or_default();
    assert!(text.contains(old), "{text}");
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(&place, text.replacen(old, new, 1)).unwrap();
    let (name, email) = (format!("user.name={who}"), format!("user.email={who}@nordwind.example"));
    git(folder, &["add", "-A"]);
    git(folder, &["-c", &name, "-c", &email, "commit", "-qm", "by hand"]);
}

const RENEWAL: &str = "opportunities/acme-gmbh-renewal-2027-7bfb.yaml";

#[test]
fn what_others_did_since_one_last_looked() {
    let others = |folder: &Path| {
        let by = |who: &str, file: &str, old: &str, new: &str| changed_by(folder, who, file, old, new);
        by("jonas.vestergaard", RENEWAL, "amount: 52000.00", "amount: 50000.00");
        by(
            "sanne.dewit",
            "activities/2026/11/2026-11-21-note-marta-lind-4x2k.yaml",
            "",
            "type: note\nsubject: Marta\nstatus: done\nowner: sanne\nabout: contacts/marta-lind\nbody: \"@lena: Marta prefers mornings\"\n",
        );
        by("lena.vogt", "accounts/acme-gmbh.yaml", "name: Acme GmbH", "name: Acme AG");
        by("jonas.vestergaard", RENEWAL, "amount: 50000.00", "amount: 49000.00");
        by("petra.koch", "accounts/bergmann-ag.yaml", "name: Bergmann AG", "name: Bergmann SE");
        by("petra.koch", "accounts/bergmann-ag.yaml", "name: Bergmann SE", "name: Bergmann AG");
    };
    let shown = back_after((120, 40), others).after("");
    let news: Vec<_> =
        shown.lines().skip_while(|line| !line.contains("SINCE YOU LAST LOOKED")).take(4).collect();
    assert!(news[0].contains("yesterday 17:20"), "{shown}");
    // What is said to Lena first; the two steps of Jonas as one; not her own, and not what was taken back.
    assert!(news[1].contains("Sanne") && news[1].contains("@you: “Marta prefers"), "{shown}");
    assert!(news[2].contains("Renewal 2027: amount 52,000"), "{shown}");
    assert!(!news[3].contains("17:20"), "{shown}");
    let mut small = back_after((80, 24), others);
    let opened = small.after("shift-tab shift-tab shift-tab shift-tab shift-tab tab tab tab tab");
    assert!(opened.contains("SINCE YOU LAST LOOKED"), "{opened}");
}

#[test]
fn nothing_new_since_one_last_looked() {
    let shown = back_after((120, 40), |_| {}).after("");
    assert!(shown.contains("RECENT CHANGES  nothing new since yesterday 17:20"), "{shown}");
    assert!(!home(120, 40).after("").contains("nothing new since"));
}

#[test]
fn a_filter_counts_what_it_shows_and_says_what_it_cannot_read() {
    let mut play = home(120, 40);
    let some = play.after("/ acme enter");
    assert!(some.lines().any(|line| line.contains("CASES") && line.contains(" of ")), "{some}");
    let none = play.after("esc / stagg:x enter");
    assert!(none.contains("'stagg:x': words only here"), "{none}");
    assert!(none.lines().any(|line| line.contains("CASES") && line.contains("0 of ")), "{none}");
}

#[test]
fn the_key_that_answers_always_fits() {
    for size in [(120, 40), (60, 20), (40, 12)] {
        let asked = Playhouse::sample(size, Place::Home).after("d");
        let foot = asked.lines().last().unwrap_or_default();
        assert!(foot.starts_with(" y delete  esc leave it"), "{asked}");
        assert_eq!(asked.matches("y delete").count(), 2, "{asked}");
    }
}

#[test]
fn a_call_is_logged_with_its_subject_alone() {
    let mut play = home(80, 24);
    let after = play.after("a \"Ask about prices\" ctrl-s");
    assert!(after.contains("logged call: Ask about prices"), "{after}");
    let made = play.git(&["show", "HEAD"]);
    assert!(made.contains("+type: call") && made.contains("+subject: Ask about prices"), "{made}");
}

#[test]
fn a_task_is_moved_to_a_time() {
    let mut play = home(80, 24);
    let wrong = play.after("r \"someday maybe not\"");
    let all: String = wrong.split_whitespace().collect();
    assert!(all.contains("someday") && wrong.contains("! "), "{wrong}");
    insta::assert_snapshot!("reschedule_says_why_not_80x24", wrong);
    let asked = play.after("ctrl-u \"mon 10:00\"");
    assert!(asked.contains("= Mon 23 Nov 2026 10:00"), "{asked}");
    play.after("enter");
    let made = play.git(&["show", "HEAD"]);
    assert!(made.contains("+due: 2026-11-23T10:00+01:00"), "{made}");
}

#[test]
fn where_a_page_was_opened_from_stands_before_it() {
    let mut play = home(120, 40);
    let page = play.after("j enter");
    assert!(page.starts_with(" Home › Send revised quote"), "{page}");
    assert!(play.after("esc").contains("TODAY"));
}
