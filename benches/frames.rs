//! How long a key takes to its frame, on every screen, over any number of records.
//!
//! `KONTOR_BENCH_RECORDS=100000 cargo bench --bench frames` makes that many records once, keeps them under `target/`,
//! opens the workstation on them, presses keys, and prints a table. A name after `--` presses only those keys.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::unwrap_used)]

use chrono::{DateTime, Utc};
use kontor::actions::Place;
use kontor::base::FixedClock;
use kontor::git::Environment;
use kontor::tui::app::{App, Effect, Msg, Setup};
use kontor::tui::harness::{Pace, Stage};
use kontor::tui::launch::{default_keymap, performer};
use kontor::tui::runtime::{Control, Mailbox};
use kontor::tui::theme::{Depth, Theme};
use kontor::workspace::demo::{Content, Order, make};
use kontor::workspace::find;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const SIZE: (u16, u16) = (120, 40);
const SEED: u64 = 7;
/// How often each line of keys is pressed.
const TIMES: usize = 20;
/// The most columns the names of screens and keys take.
const NAME: usize = 24;

/// What keys do, and the keys.
type Script = (&'static str, &'static str);

/// Where to go first, and what is pressed there.
const SCENES: &[(&str, &str, &[Script])] = &[
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

fn main() {
    let records =
        std::env::var("KONTOR_BENCH_RECORDS").map_or(1000, |n| n.replace(['_', ','], "").parse().unwrap());
    // cargo bench adds `--bench`.
    let only: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let folder = workspace(records);
    let mut stage = open(&folder);
    println!("\n{records} records at {}×{}; a frame at 60 Hz is 16.7 ms\n", SIZE.0, SIZE.1);
    println!("{:NAME$} {:>5}  {:^23}  {:>7}  {:^15}", "", "", "key to frame, ms", "longest", "all shown, ms");
    println!(
        "{:NAME$} {:>5}  {:>7} {:>7} {:>7}  {:>7}  {:>7} {:>7}",
        "", "keys", "p50", "p99", "max", "ms", "p50", "max"
    );
    let mut all = Vec::new();
    for (screen, way, keys) in SCENES {
        if !only.is_empty() && !only.iter().any(|name| screen.contains(name.as_str())) {
            continue;
        }
        stage.play("1").play(way);
        println!("{screen}");
        for (what, script) in *keys {
            let paces: Vec<Pace> = (0..TIMES).flat_map(|_| stage.time(script)).collect();
            println!("  {what:width$} {}", Figures::of(&paces), width = NAME - 2);
            all.extend(paces);
        }
    }
    println!("{:NAME$} {}", "all keys", Figures::of(&all));
}

/// The figures of a line.
struct Figures {
    keys: usize,
    frame: [Duration; 3],
    longest: Duration,
    whole: [Duration; 2],
}

impl Figures {
    fn of(paces: &[Pace]) -> Self {
        let sorted = |part: fn(&Pace) -> Duration| {
            let mut all: Vec<Duration> = paces.iter().map(part).collect();
            all.sort_unstable();
            move |share: f64| all[((all.len() as f64 * share).ceil() as usize).clamp(1, all.len()) - 1]
        };
        let (frame, longest, whole) = (sorted(|p| p.frame), sorted(|p| p.longest), sorted(|p| p.whole));
        Self {
            keys: paces.len(),
            frame: [frame(0.5), frame(0.99), frame(1.0)],
            longest: longest(1.0),
            whole: [whole(0.5), whole(1.0)],
        }
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |time: Duration| format!("{:7.2}", time.as_secs_f64() * 1000.0);
        let [p50, p99, max] = self.frame.map(ms);
        let [whole, last] = self.whole.map(ms);
        write!(f, "{:5}  {p50} {p99} {max}  {}  {whole} {last}", self.keys, ms(self.longest))
    }
}

/// The moment the records are made for.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_264_200, 0).unwrap()
}

/// A workspace of that many records, made when it is asked for the first time.
fn workspace(records: usize) -> PathBuf {
    let parent = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = parent.join(format!("frames-{records}-{SEED}"));
    if !folder.exists() {
        eprintln!("making {records} records in {}", folder.display());
        let unfinished = parent.join(format!("frames-{records}-{SEED}-{}", std::process::id()));
        let content = Content::Generated(Order { records, seed: SEED, commits: 200 });
        make(Some(&unfinished), content, now(), Environment::isolated(), &mut |_| {}).unwrap();
        std::fs::rename(&unfinished, &folder).unwrap();
    }
    folder
}

fn open(folder: &Path) -> Stage<App, impl FnMut(Effect, &Mailbox<Msg>) -> Control<Msg>> {
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
    let mut performer = performer(found, Arc::new(FixedClock::new(now())), Box::new(|_| {}));
    let connector = performer.connector();
    let perform = move |effect, mailbox: &_| performer.perform(effect, mailbox);
    let mut stage = Stage::new(App::new(setup, SIZE, now()), SIZE, now(), perform);
    connector.connect(stage.mailbox());
    stage.start(Vec::new());
    stage
}
