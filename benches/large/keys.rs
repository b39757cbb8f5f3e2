//! Every screen's keys, and how long they take to their frames.

use super::{SEED, clock, now};
use kontor::actions::Place;
use kontor::git::Environment;
use kontor::tui::app::{App, Effect, Msg, Setup};
use kontor::tui::harness::{Pace, Stage};
use kontor::tui::launch::{Opening, default_keymap};
use kontor::tui::runtime::{Control, Mailbox};
use kontor::tui::theme::{Depth, Theme};
use kontor::workspace::find;
use std::collections::BTreeMap;
use std::path::Path;

pub const SIZE: (u16, u16) = (120, 40);

/// What keys do, and the keys.
pub type Script = (&'static str, &'static str);

/// Where to go first, and what is pressed there.
pub const SCENES: &[(&str, &str, &[Script])] = &[
    ("screens", "1", &[("the number keys", "2 3 4 5 6 7 1")]),
    (
        "home",
        "1",
        &[
            ("move", "j j k k"),
            ("page", "pgdn pgup G g g"),
            ("pane", "tab"),
            ("filter", "/ a n n a esc"),
            ("everyone", "M"),
        ],
    ),
    ("accounts", "2", LIST),
    ("contacts", "3", LIST),
    (
        "pipeline",
        "5",
        &[
            ("move", "j j k k"),
            ("page", "pgdn pgup G g g"),
            ("column", "l l h h"),
            ("filter by a word", "/ p u m p esc"),
            ("filter by a field", "/ \"amount>10k owner~a\" esc"),
            ("mark all, move", "* j k _"),
            ("mine", "M"),
            ("list, back", "O esc"),
        ],
    ),
    ("cases", "6", LIST),
    ("activities", "7", LIST),
    (
        "one account",
        "2 enter",
        &[("move", "j j k k"), ("pane", "tab"), ("next, previous", "J J J K K"), ("open, back", "esc enter")],
    ),
    ("history", "g r", &[("move", "j j k k"), ("page", "pgdn pgup G g g"), ("open, shut", "right left")]),
    ("problems", "!", &[("move", "j j k k"), ("page", "pgdn pgup G g g")]),
    ("quick find", "ctrl-k", &[("type", "a n n a ctrl-u"), ("move", "p u down down up up ctrl-u")]),
    ("popups", "2", &[("palette", "ctrl-p a c m e esc"), ("go to", ": a c m e esc"), ("help", "? esc")]),
];

/// What every list is asked for.
const LIST: &[Script] = &[
    ("move", "j j k k"),
    ("page", "pgdn pgup G g g"),
    ("filter by a word", "/ a n n a esc"),
    ("filter by a field", "/ \"owner~a created>2026\" esc"),
    ("sort", "s down enter"),
    ("reverse", "S"),
    ("finished too", "z"),
    ("mine", "M"),
    ("mark all, move", "* j k _"),
    ("preview", "v"),
    ("open, next, back", "enter J J K esc"),
];

/// Presses the keys of the scenes whose names hold one of `only` (all, if it is empty), each so many times, and tells
/// of every line of keys: the screen, what the keys do, and their paces.
pub fn press(
    folder: &Path,
    times: usize,
    only: &[String],
    mut tell: impl FnMut(&'static str, &'static str, Vec<Pace>),
) {
    let mut stage = stage(folder);
    for (screen, way, keys) in SCENES {
        if !only.is_empty() && !only.iter().any(|name| screen.contains(name.as_str())) {
            continue;
        }
        stage.play("1").play(way);
        for (what, script) in *keys {
            tell(screen, what, (0..times).flat_map(|_| stage.time(script)).collect());
        }
    }
}

fn stage(folder: &Path) -> Stage<App, impl FnMut(Effect, &Mailbox<Msg>) -> Control<Msg>> {
    let theme = Theme::builtin()[0].clone().at(Depth::True);
    let setup = Setup {
        keymap: default_keymap(),
        themes: vec![theme.clone()],
        theme,
        columns: BTreeMap::new(),
        start: Place::Home,
        seed: SEED,
    };
    let found = find(folder, Environment::isolated()).unwrap();
    let mut performer = Opening::start(found, clock()).performer(Box::new(|_| {}));
    let connector = performer.connector();
    let perform = move |effect, mailbox: &_| performer.perform(effect, mailbox);
    let mut stage = Stage::new(App::new(setup, SIZE, now()), SIZE, now(), perform);
    connector.connect(stage.mailbox());
    stage.start(Vec::new());
    stage
}
