//! Type the path of a file, completed over what lies in its folder.

use crate::actions::Input as Answer;
use crate::tr;
use crate::tui::folder::{PathLine, Step};
use crate::tui::keys::Key;
use crate::tui::parts::{Done, Job, Overlay, Verdict, World};
use crate::tui::theme::Role;
use crate::tui::widgets::paint::{self, Pen};
use crossterm::event::{KeyCode, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A path in the middle of the screen.
pub struct Path {
    title: String,
    hint: String,
    initial: String,
    line: PathLine,
}

/// Lines of files that are shown.
const FILES: u16 = 8;

impl Path {
    /// A line with a path, a word of help, and how the names of the files end that are shown.
    pub fn new(title: String, initial: String, hint: String, endings: &'static [&'static str]) -> Self {
        let line = PathLine::new(&initial, "", endings).typed();
        Self { title, hint, initial, line }
    }
}

fn verdict(step: Step) -> Verdict {
    match step {
        Step::Look(Some(job)) => Verdict::Job(job),
        Step::Look(None) => Verdict::Stay,
        Step::Take(path) => Verdict::Answer(Answer::answer(&path)),
        Step::Leave => Verdict::Close,
    }
}

impl Overlay for Path {
    fn job(&mut self, _world: &World) -> Option<Job> {
        self.line.look()
    }

    fn done(&mut self, done: Done, _world: &World) {
        self.line.take(done);
    }

    fn key(&mut self, key: Key, _world: &World) -> Verdict {
        verdict(match key.code() {
            KeyCode::Enter => self.line.open_typed(),
            _ => self.line.key(key),
        })
    }

    fn paste(&mut self, text: &str, _world: &World) -> Verdict {
        verdict(self.line.paste(text))
    }

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Verdict {
        self.line.mouse(event).map_or(Verdict::Stay, verdict)
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        let height = (FILES + 6).min(body.height);
        let area = paint::centred(body, body.width.saturating_sub(4).min(76), height);
        let inner = paint::popup(buf, area, &self.title, &world.theme);
        let line = Rect { height: inner.height.min(1), ..inner };
        // Where it is too low for all, the files stay.
        let foot = if inner.height > 7 { 2 } else { 0 };
        let below = paint::below(inner, if foot > 0 { 2 } else { 1 });
        self.line.draw(line, Rect { height: below.height.saturating_sub(foot), ..below }, buf, &world.theme);
        if foot > 0 {
            let under = Rect { y: inner.bottom() - 1, height: 1, ..inner };
            Pen::new(buf, under).text(&self.hint, world.theme.style(Role::Muted));
        }
    }

    fn hints(&self) -> Vec<(String, String)> {
        let hints =
            [("⏎", tr!("done")), ("tab", tr!("complete")), ("↑↓", tr!("choose")), ("esc", tr!("cancel"))];
        hints.map(|(key, label)| (key.to_owned(), label.into_owned())).to_vec()
    }

    fn is_dirty(&self) -> bool {
        self.line.text() != self.initial
    }
}
