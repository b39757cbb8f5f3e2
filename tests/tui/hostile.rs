//! Text of any length and of any kind, pasted, shown and copied.

use super::stage::{Playhouse, copy_sample};
use kontor::actions::Place;
use tempfile::TempDir;

const USUAL: (u16, u16) = (80, 24);

#[test]
fn a_long_paste_is_shown_wherever_it_goes_and_one_too_long_is_refused() {
    let long = "x".repeat(60_000);
    for keys in ["e", "ctrl-k", ":", "ctrl-p", "/"] {
        let mut play = Playhouse::sample(USUAL, Place::List("account".into()));
        let screen = play.after(&format!("{keys} paste:\"{long}\" left left y"));
        assert!(screen.contains("xxxxxxxx"), "{keys}: {screen}");
        let screen = play.after(&format!("paste:\"{long}{long}\""));
        assert!(screen.contains("that is too much to paste (120 kB)"), "{keys}: {screen}");
    }
}

#[test]
fn records_with_long_texts_are_shown() {
    let folder = TempDir::new().unwrap();
    copy_sample(folder.path());
    let name = "n".repeat(70_000);
    let lines = "  line\n".repeat(70_000);
    let text = format!("name: {name}\nstreet: {name}\ndescription: |\n{lines}");
    std::fs::write(folder.path().join("accounts/long.yaml"), text).unwrap();
    let mut play = Playhouse::over(folder, USUAL, Place::Record("accounts/long".parse().unwrap()));
    for keys in ["tab", "down down down pagedown end", "e tab tab", "esc"] {
        assert!(play.after(keys).contains("nnnn"), "{keys}");
    }
}

#[test]
fn what_is_copied_drives_no_other_program() {
    let folder = TempDir::new().unwrap();
    copy_sample(folder.path());
    let text = r#"name: "a\e]52;c;AAAA\ab\u009b5mc\u202ed\re""#;
    std::fs::write(folder.path().join("products/evil.yaml"), text).unwrap();
    let mut play = Playhouse::over(folder, USUAL, Place::Record("products/evil".parse().unwrap()));
    play.after("Y");
    assert_eq!(play.stage.backstage().copied.len(), 1, "{}", play.stage.text());
    let copied = &play.stage.backstage().copied[0];
    assert!(!copied.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{copied:?}");
    assert!(copied.starts_with('a') && copied.ends_with('e'), "{copied:?}");
}
