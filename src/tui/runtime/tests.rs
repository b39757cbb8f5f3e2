//! The loop, driven by scripts over a small program that does a bit of everything.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    style::{Color, Style},
};

use super::*;
use crate::tui::harness::Stage;

/// What is typed into it is shown; some keys have effects.
#[derive(Default)]
struct Notes {
    lines: Vec<String>,
    size: (u16, u16),
    alarm: Option<DateTime<Utc>>,
}

enum Msg {
    Input(Input),
    Note(String),
}

impl From<Input> for Msg {
    fn from(input: Input) -> Msg {
        Msg::Input(input)
    }
}

#[derive(Debug)]
enum Effect {
    Work(u64),
    Crash,
    Edit,
    Suspend,
    Copy,
    Quit,
    Forget,
    Both,
}

impl Program for Notes {
    type Msg = Msg;
    type Effect = Effect;

    fn update(&mut self, message: Msg, now: DateTime<Utc>) -> Vec<Effect> {
        let input = match message {
            Msg::Note(note) => {
                self.lines.push(note);
                return Vec::new();
            }
            Msg::Input(input) => input,
        };
        match input {
            Input::Key(key) => match key.to_string().as_str() {
                "w" => return vec![Effect::Work(30)],
                "c" => return vec![Effect::Crash],
                "e" => return vec![Effect::Edit],
                "ctrl-z" => return vec![Effect::Suspend],
                "y" => return vec![Effect::Copy],
                "q" => return vec![Effect::Quit],
                "f" => return vec![Effect::Forget],
                "b" => return vec![Effect::Both],
                "a" => self.alarm = Some(now + TimeDelta::seconds(60)),
                key => self.lines.push(key.to_owned()),
            },
            Input::Resize(width, height) => self.size = (width, height),
            Input::Time => self.lines.push(format!("time {}", now.format("%H:%M:%S"))),
            Input::Mouse(event) if event.kind == MouseEventKind::Up(MouseButton::Left) => {}
            Input::Mouse(event) => self.lines.push(format!("mouse {},{}", event.column, event.row)),
            other => self.lines.push(format!("{other:?}")),
        }
        Vec::new()
    }

    fn view(&self, frame: &mut Frame<'_>, hits: &mut Hits<Msg>) {
        let area = frame.area();
        for (row, line) in area.rows().zip(&self.lines) {
            frame.buffer_mut()[(row.x, row.y)].set_symbol(if line == "!" { "\u{1b}" } else { " " });
            frame.buffer_mut().set_string(row.x + 1, row.y, line, Style::new());
            hits.click(row, || Msg::Note("clicked".to_owned()));
        }
        hits.wheel(Rect { y: 5, height: 1, ..area }, |lines| Msg::Note(format!("wheel {lines}")));
        frame.set_cursor_position(Position::new(1, self.lines.len() as u16));
    }

    fn deadline(&self) -> Option<DateTime<Utc>> {
        self.alarm
    }

    fn ground(&self) -> Style {
        Style::new().bg(Color::Blue)
    }
}

fn perform(effect: Effect, mailbox: &Mailbox<Msg>) -> Control<Msg> {
    match effect {
        Effect::Work(millis) => mailbox.spawn(move || {
            std::thread::sleep(Duration::from_millis(millis));
            Msg::Note("worked".to_owned())
        }),
        Effect::Crash => mailbox.spawn(|| panic!("over the edge")),
        Effect::Forget => drop(mailbox.reply()),
        Effect::Both => {
            mailbox.send(Msg::Note("one".to_owned()));
            mailbox.reply().send(Msg::Note("two".to_owned()));
        }
        Effect::Edit => return Control::Outside(Box::new(|| Msg::Note("edited".to_owned()))),
        Effect::Suspend => return Control::Suspend,
        Effect::Copy => return Control::Copy("text".to_owned()),
        Effect::Quit => return Control::Quit,
    }
    Control::Continue
}

type Perform = fn(Effect, &Mailbox<Msg>) -> Control<Msg>;

fn stage() -> Stage<Notes, Perform> {
    Stage::new(Notes::default(), (20, 6), DateTime::UNIX_EPOCH, perform)
}

fn lines(script: &str) -> Vec<String> {
    stage().play(script).program().lines.clone()
}

#[test]
fn keys_reach_the_program_and_its_view_the_screen() {
    let mut stage = stage();
    stage.play("x H ctrl-s");
    assert_eq!(stage.text(), " x\n H\n ctrl-s\n\n\n\n");
    assert_eq!(stage.cursor(), Some(Position::new(1, 3)));
    assert!(stage.buffer().content.iter().all(|cell| cell.bg == Color::Blue));
}

#[test]
fn a_script_waits_for_the_work_it_sets_off() {
    assert_eq!(lines("w x"), ["worked", "x"]);
    assert_eq!(lines("b x"), ["one", "two", "x"]);
    assert_eq!(lines("f x"), ["x"]);
}

#[test]
fn a_crashed_job_is_a_message_and_the_program_lives() {
    let lines = lines("c x");
    assert!(lines[0].starts_with("Crashed(") && lines[0].contains("over the edge"), "{lines:?}");
    assert_eq!(lines[1], "x");
}

#[test]
fn the_terminal_is_lent_and_everything_drawn_again() {
    let mut stage = stage();
    stage.play("e ctrl-z y");
    assert_eq!(stage.program().lines, ["Resumed", "edited", "Resumed"]);
    let backstage = stage.backstage();
    assert_eq!(
        (backstage.outside, backstage.suspended, backstage.copied.as_slice()),
        (1, 1, &["text".to_owned()][..])
    );
    assert_eq!(stage.text(), " Resumed\n edited\n Resumed\n\n\n\n");
}

#[test]
fn time_comes_when_it_is_due_and_once() {
    assert_eq!(lines("a wait:59 x wait:1 y wait:60 z"), ["x", "time 00:01:00", "z"]);
}

#[test]
fn the_mouse_acts_on_what_is_seen() {
    let lines = lines("x click:3,0 click:3,4 wheel:-2@0,5");
    assert_eq!(lines, ["x", "clicked", "mouse 3,4", "wheel -3", "wheel -3"]);
}

#[test]
fn a_resize_is_drawn_at_once() {
    let mut stage = stage();
    stage.play("x resize:40x2");
    assert_eq!((stage.program().size, stage.text().as_str()), ((40, 2), " x\n\n"));
}

#[test]
fn nothing_is_drawn_unless_something_happens_and_a_burst_is_one_frame() {
    let mut stage = stage();
    assert_eq!(stage.frames(), 1);
    stage.play("wait:10");
    assert_eq!(stage.frames(), 1);
    for _ in 0..100 {
        stage.mailbox().send(Msg::Note("n".to_owned()));
    }
    stage.play("x");
    assert_eq!((stage.frames(), stage.program().lines.len()), (2, 101));
}

#[test]
fn a_program_ends_when_it_wants_and_takes_nothing_more() {
    let mut stage = stage();
    stage.play("x q y z");
    assert_eq!(
        (stage.ending(), stage.program().lines.as_slice()),
        (Some(Ending::Quit), &["x".to_owned()][..])
    );
}

#[test]
fn no_control_character_gets_past_the_last_hand() {
    assert_eq!(stage().play("!").text().lines().next(), Some("\u{fffd}!"));
}

#[test]
fn a_still_needs_no_terminal() {
    let notes = Notes { lines: vec!["黒田".to_owned()], ..Notes::default() };
    assert_eq!(crate::tui::picture::text(&still(&notes, 8, 2)), " 黒田\n\n");
}
