//! A path that is completed while one types, over what lies in its folder.

mod files;

use crate::base::text;
use crate::tr;
use crate::tui::keys::Key;
use crate::tui::parts::{Done, Job};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::grid::{Column, Grid, GridResponse};
use crate::tui::widgets::input::{Edit, Input};
use crate::tui::widgets::motion::Motion;
use crate::tui::widgets::paint::{self, Pen};
use crossterm::event::{KeyCode, KeyModifiers, MouseEvent};
use files::{Files, NAME, SIZE};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The line and what lies in the folder it names.
pub struct PathLine {
    line: Input,
    grid: Grid,
    files: Files,
    /// How the names of files end that are shown, in lower case.
    endings: &'static [&'static str],
    /// The folder whose files these are, as typed; none before it was asked for.
    folder: Option<String>,
    /// Whether the person went to one of them.
    chosen: bool,
}

/// What comes of a key, a click or a choice.
pub enum Step {
    /// It is to be drawn again, and this to be done first, if anything.
    Look(Option<Job>),
    /// The person means this path.
    Take(String),
    /// The person wants to be elsewhere.
    Leave,
}

impl PathLine {
    /// A line with a text, over the folder that names; nothing is shown before [`PathLine::look`].
    pub fn new(text: &str, placeholder: impl Into<String>, endings: &'static [&'static str]) -> Self {
        let mut grid = Grid::new(vec![
            Column::new(NAME, tr!("File")).width(16, u16::MAX).weight(1).priority(0),
            Column::new(SIZE, tr!("Size")).width(8, 10).weight(0).right().priority(1),
        ]);
        grid.card_below = 0;
        let line = Input::with(text.to_owned()).placeholder(placeholder);
        Self { line, grid, files: Files::default(), endings, folder: None, chosen: false }
    }

    /// Without headings over the files, and without a cursor there until the person goes to one of them: for
    /// [`PathLine::open_typed`].
    pub fn typed(mut self) -> Self {
        (self.grid.bare, self.grid.quiet, self.grid.focused) = (true, true, false);
        self
    }

    fn choose(&mut self, chosen: bool) {
        self.chosen = chosen;
        self.grid.focused = chosen || !self.grid.quiet;
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        self.line.text().trim()
    }

    /// How many files there are that may be meant.
    pub fn count(&self) -> usize {
        self.files.count()
    }

    /// What is typed, parted into the folder and the beginning of a name.
    fn parts(&self) -> (&str, &str) {
        let text = self.line.text().trim_start();
        match text.rfind('/') {
            Some(at) => text.split_at(at + 1),
            None if text == "~" => ("~/", ""),
            None => ("", text),
        }
    }

    /// Shows what the line leaves over; the job is for the folder, if that is another one than before.
    pub fn look(&mut self) -> Option<Job> {
        let (folder, stem) = self.parts();
        let (folder, stem) = (folder.to_owned(), stem.to_owned());
        self.choose(false);
        if self.folder.as_ref() == Some(&folder) {
            self.narrow(&stem);
            return None;
        }
        self.files = Files::default();
        self.grid.clear_cursor();
        self.grid.empty = Default::default();
        self.folder = Some(folder.clone());
        Some(Job::Folder(folder))
    }

    /// The same, whether the folder has been looked at or not.
    pub fn look_again(&mut self) -> Option<Job> {
        self.folder = None;
        self.look()
    }

    /// What lies in the folder, or why that cannot be told.
    pub fn take(&mut self, done: Done) {
        let Done::Folder(folder, found) = done else { return };
        if self.folder.as_ref() != Some(&folder) {
            return;
        }
        match found {
            Ok(entries) => {
                self.files = Files::new(entries, self.endings);
                let stem = self.parts().1.to_owned();
                self.narrow(&stem);
            }
            Err(message) => {
                self.grid.empty = (message, tr!("type the path of another folder").into_owned());
            }
        }
    }

    fn narrow(&mut self, stem: &str) {
        self.files.narrow(stem);
        self.grid.clear_cursor();
        self.grid.sync(&self.files);
        let advice = match stem {
            "" => tr!("type the path of another folder: ~ is your home, .. the folder above"),
            _ => tr!("enter takes the path as it is typed"),
        };
        let kind = self.endings.first().map(|ending| ending.to_uppercase()).unwrap_or_default();
        self.grid.empty = (tr!("No {kind} file here", kind = kind).into_owned(), advice.into_owned());
    }

    fn set(&mut self, text: String) -> Step {
        self.line.set(text);
        Step::Look(self.look())
    }

    /// Into the folder under the cursor, or on with the file; with the text where there is neither.
    pub fn open(&mut self) -> Step {
        let (folder, stem) = self.parts();
        match self.grid.cursor(&self.files).and_then(|at| self.files.at(at)) {
            Some(entry) if entry.is_folder => {
                let inside = format!("{folder}{}/", entry.name);
                self.set(inside)
            }
            Some(entry) => Step::Take(format!("{folder}{}", entry.name)),
            None if stem.is_empty() => Step::Look(None),
            None => Step::Take(self.text().to_owned()),
        }
    }

    /// As [`PathLine::open`] where the person went to a file or folder; else the path as it is typed.
    pub fn open_typed(&mut self) -> Step {
        match self.chosen || self.parts().1.is_empty() {
            true => self.open(),
            false => Step::Take(self.text().to_owned()),
        }
    }

    /// As far as all that is left begins alike; else what is under the cursor.
    fn complete(&mut self) -> Step {
        let (folder, stem) = self.parts();
        let common = self.files.common(stem);
        let name = match self.grid.cursor(&self.files).and_then(|at| self.files.at(at)) {
            _ if common.len() > stem.len() => common,
            Some(entry) if entry.is_folder => format!("{}/", entry.name),
            Some(entry) => entry.name.clone(),
            None => return Step::Look(None),
        };
        let text = format!("{folder}{name}");
        self.set(text)
    }

    /// Moves the cursor among the files.
    pub fn go(&mut self, motion: Motion) -> Step {
        // The first step goes to the first of them.
        if self.grid.focused {
            self.grid.go(motion, &self.files);
        }
        self.choose(true);
        Step::Look(None)
    }

    /// A key that was pressed; `enter` is for whoever owns the line.
    pub fn key(&mut self, key: Key) -> Step {
        let ctrl = key.event().modifiers == KeyModifiers::CONTROL;
        match key.code() {
            KeyCode::Esc => Step::Leave,
            KeyCode::Tab => self.complete(),
            KeyCode::Down => self.go(Motion::Down(1)),
            KeyCode::Up => self.go(Motion::Up(1)),
            KeyCode::PageDown => self.go(Motion::PageDown),
            KeyCode::PageUp => self.go(Motion::PageUp),
            KeyCode::Char('n') if ctrl => self.go(Motion::Down(1)),
            KeyCode::Char('p') if ctrl => self.go(Motion::Up(1)),
            _ => match self.line.handle(key.event()) {
                Edit::Changed => Step::Look(self.look()),
                Edit::Ignored | Edit::Moved => Step::Look(None),
            },
        }
    }

    /// A path that was pasted.
    pub fn paste(&mut self, text: &str) -> Step {
        // Terminals paste a file that is dropped on them with quotes or backslashes around its blanks.
        let bare = text.trim().trim_matches(['\'', '"']).replace("\\ ", " ");
        self.line.paste(bare.strip_prefix("file://").unwrap_or(&bare));
        Step::Look(self.look())
    }

    /// The mouse did something; `None` where that was elsewhere.
    pub fn mouse(&mut self, event: MouseEvent) -> Option<Step> {
        match self.grid.mouse(event, &self.files) {
            GridResponse::Ignored => None,
            GridResponse::Open(_) => Some(self.open()),
            GridResponse::Redraw | GridResponse::Moved | GridResponse::Sort(_) => {
                self.choose(true);
                Some(Step::Look(None))
            }
        }
    }

    /// Draws the line, and the files `below` it.
    pub fn draw(&self, line: Rect, below: Rect, buf: &mut Buffer, theme: &Theme) {
        let sign = "› ";
        Pen::new(buf, line).text(sign, theme.style(Role::Accent));
        self.line.draw(paint::inset_left(line, text::width(sign) as u16), buf, theme, true);
        self.grid.draw(below, buf, theme, &self.files);
    }
}
