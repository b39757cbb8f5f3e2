//! Which file to import: a path that is completed while one types, over what lies in its folder.

use super::files::{Files, NAME, SIZE};
use crate::actions::{Intent, Place, Scope};
use crate::base::Ref;
use crate::tui::keys::Key;
use crate::tui::layout;
use crate::tui::parts::{Done, Job, Msg, Response, Screen, World};
use crate::tui::runtime::Hits;
use crate::tui::screens::{self, motion::motion};
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Column, Grid, GridResponse};
use crate::tui::widgets::input::{Edit, Input};
use crate::tui::widgets::motion::Motion;
use crate::tui::widgets::paint::{self, Pen};
use crate::{tr, tr_n};
use crossterm::event::{KeyCode, KeyModifiers, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The line and what lies in the folder it names.
pub struct Choose {
    line: Input,
    grid: Grid,
    files: Files,
    /// The folder whose files these are, as typed; none before it was asked for.
    folder: Option<String>,
}

impl Choose {
    /// An empty line: the files of the folder Kontor runs in.
    pub fn new() -> Self {
        let mut grid = Grid::new(vec![
            Column::new(NAME, tr!("File")).width(16, u16::MAX).weight(1).priority(0),
            Column::new(SIZE, tr!("Size")).width(8, 10).weight(0).right().priority(1),
        ]);
        grid.card_below = 0;
        let line = Input::new().placeholder(tr!("a file, such as ~/Downloads/contacts.csv"));
        Self { line, grid, files: Files::default(), folder: None }
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

    /// Shows what the line leaves over; asks for the folder if it is another.
    fn look(&mut self) -> Response {
        let (folder, stem) = self.parts();
        let (folder, stem) = (folder.to_owned(), stem.to_owned());
        if self.folder.as_ref() == Some(&folder) {
            self.narrow(&stem);
            return Response::Redraw;
        }
        self.files = Files::default();
        self.grid.clear_cursor();
        self.grid.empty = Default::default();
        self.folder = Some(folder.clone());
        Response::Job(Job::Folder(folder))
    }

    fn narrow(&mut self, stem: &str) {
        self.files.narrow(stem);
        self.grid.clear_cursor();
        self.grid.sync(&self.files);
        let advice = match stem {
            "" => tr!("type the path of another folder: ~ is your home, .. the folder above"),
            _ => tr!("enter takes the path as it is typed"),
        };
        self.grid.empty = (tr!("No CSV file here").into_owned(), advice.into_owned());
    }

    fn set(&mut self, text: String) -> Response {
        self.line.set(text);
        self.look()
    }

    /// Into the folder under the cursor, or on with the file.
    fn open(&mut self) -> Response {
        let (folder, stem) = self.parts();
        match self.grid.cursor(&self.files).and_then(|at| self.files.at(at)) {
            Some(entry) if entry.is_folder => {
                let inside = format!("{folder}{}/", entry.name);
                self.set(inside)
            }
            Some(entry) => Response::Go(Place::Import(Some(format!("{folder}{}", entry.name).into()))),
            None if stem.is_empty() => Response::Redraw,
            None => Response::Go(Place::Import(Some(self.line.text().trim().into()))),
        }
    }

    /// As far as all that is left begins alike; else what is under the cursor.
    fn complete(&mut self) -> Response {
        let (folder, stem) = self.parts();
        let common = self.files.common(stem);
        let name = match self.grid.cursor(&self.files).and_then(|at| self.files.at(at)) {
            _ if common.len() > stem.len() => common,
            Some(entry) if entry.is_folder => format!("{}/", entry.name),
            Some(entry) => entry.name.clone(),
            None => return Response::Redraw,
        };
        let text = format!("{folder}{name}");
        self.set(text)
    }

    fn go(&mut self, motion: Motion) -> Response {
        self.grid.go(motion, &self.files);
        Response::Redraw
    }
}

impl Screen for Choose {
    fn place(&self) -> Place {
        Place::Import(None)
    }

    fn crumb(&self, world: &World) -> String {
        screens::name(&self.place(), world)
    }

    fn note(&self, _world: &World) -> String {
        match self.files.tables() {
            0 => String::new(),
            n => tr_n!("{n} file here", "{n} files here", n).into_owned(),
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn hints(&self) -> &'static [&'static str] {
        &["open", "back"]
    }

    fn foot(&self, _world: &World) -> String {
        tr!("tab completes").into_owned()
    }

    fn sync(&mut self, _world: &World) -> Vec<Job> {
        // Coming back, one wants to see what is there by now.
        self.folder = None;
        match self.look() {
            Response::Job(job) => vec![job],
            _ => Vec::new(),
        }
    }

    fn done(&mut self, done: Done, _world: &World) {
        let Done::Folder(folder, found) = done else { return };
        if self.folder.as_ref() != Some(&folder) {
            return;
        }
        match found {
            Ok(entries) => {
                self.files = Files::new(entries);
                let stem = self.parts().1.to_owned();
                self.narrow(&stem);
            }
            Err(message) => {
                self.grid.empty = (message, tr!("type the path of another folder").into_owned());
            }
        }
    }

    fn intent(&mut self, intent: Intent, _world: &World) -> Response {
        match (motion(intent), intent) {
            (Some(motion), _) => self.go(motion),
            (None, Intent::Open) => self.open(),
            _ => Response::Ignored,
        }
    }

    fn typing(&mut self, key: Key, _world: &World) -> Option<Response> {
        let ctrl = key.event().modifiers == KeyModifiers::CONTROL;
        Some(match key.code() {
            KeyCode::Enter => self.open(),
            KeyCode::Esc => Response::Run("back"),
            KeyCode::Tab => self.complete(),
            KeyCode::Down => self.go(Motion::Down(1)),
            KeyCode::Up => self.go(Motion::Up(1)),
            KeyCode::PageDown => self.go(Motion::PageDown),
            KeyCode::PageUp => self.go(Motion::PageUp),
            KeyCode::Char('n') if ctrl => self.go(Motion::Down(1)),
            KeyCode::Char('p') if ctrl => self.go(Motion::Up(1)),
            _ => match self.line.handle(key.event()) {
                Edit::Changed => self.look(),
                Edit::Ignored | Edit::Moved => Response::Redraw,
            },
        })
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn paste(&mut self, text: &str, _world: &World) -> Response {
        // Terminals paste a file that is dropped on them with quotes or backslashes around its blanks.
        let bare = text.trim().trim_matches(['\'', '"']).replace("\\ ", " ");
        self.line.paste(bare.strip_prefix("file://").unwrap_or(&bare));
        self.look()
    }

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Response {
        match self.grid.mouse(event, &self.files) {
            GridResponse::Ignored => Response::Ignored,
            GridResponse::Open(_) => self.open(),
            GridResponse::Redraw | GridResponse::Moved | GridResponse::Sort(_) => Response::Redraw,
        }
    }

    fn here(&self) -> Option<Ref> {
        None
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, _hits: &mut Hits<Msg>) {
        let theme = &world.theme;
        let line = layout::margins(Rect { height: area.height.min(1), ..area });
        Pen::new(buf, line).text("› ", theme.style(Role::Accent));
        let rest = Rect { x: line.x + 2, width: line.width.saturating_sub(2), ..line };
        self.line.draw(rest, buf, theme, true);
        let gap = u16::from(area.height >= 16);
        self.grid.draw(paint::below(area, 1 + gap), buf, theme, &self.files);
    }
}
