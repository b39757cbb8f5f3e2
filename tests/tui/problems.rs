//! The list of problems, played while files break and are mended.

use super::stage::Playhouse;
use kontor::actions::Place;
use std::fs;

fn problems(size: (u16, u16)) -> Playhouse {
    let mut play = Playhouse::sample(size, Place::Problems);
    let write = |path: &str, text: &str| fs::write(play.folder.path().join(path), text).unwrap();
    write("accounts/broken.yaml", "name: [oops\n");
    write("accounts/bergmann-ag.yaml", "name: Bergmann AG\ntype: custmer\nowner: nobody\n");
    play.after("ctrl-l");
    play
}

#[test]
fn problems_stand_under_their_files() {
    let sizes = [("problems_120x40", (120, 40)), ("problems_80x24", (80, 24)), ("problems_40x12", (40, 12))];
    for (name, size) in sizes {
        let mut play = problems(size);
        insta::assert_snapshot!(name, play.after(""));
    }
}

#[test]
fn a_file_that_is_mended_leaves_the_list() {
    let mut play = problems((120, 40));
    assert!(play.after("").contains("accounts/broken.yaml"));
    fs::remove_file(play.folder.path().join("accounts/broken.yaml")).unwrap();
    assert!(!play.after("ctrl-l").contains("accounts/broken.yaml"));
}

#[test]
fn only_what_can_be_read_is_opened() {
    let mut play = problems((120, 40));
    let refused = play.after("G enter");
    assert!(refused.contains("can't be read as a record"), "{refused}");
}
