//! Which file to import.

use crate::actions::{Intent, Place, Scope};
use crate::base::Ref;
use crate::tui::folder::{PathLine, Step};
use crate::tui::keys::Key;
use crate::tui::layout;
use crate::tui::parts::{Done, Job, Msg, Response, Screen, World};
use crate::tui::runtime::Hits;
use crate::tui::screens::{self, motion::motion};
use crate::tui::widgets::paint;
use crate::{tr, tr_n};
use crossterm::event::{KeyCode, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// How the names of tables usually end.
const TABLES: &[&str] = &["csv", "tsv", "tab", "txt", "psv", "dat"];

/// The path, over what lies in its folder.
pub struct Choose(PathLine);

impl Choose {
    /// An empty line: the files of the folder Kontor runs in.
    pub fn new() -> Self {
        Self(PathLine::new("", tr!("a file, such as ~/Downloads/contacts.csv"), TABLES))
    }
}

fn response(step: Step) -> Response {
    match step {
        Step::Look(Some(job)) => Response::Job(job),
        Step::Look(None) => Response::Redraw,
        Step::Take(path) => Response::Go(Place::Import(Some(path.into()))),
        Step::Leave => Response::Run("back"),
    }
}

impl Screen for Choose {
    fn place(&self) -> Place {
        Place::Import(None)
    }

    fn crumb(&self, world: &World) -> String {
        screens::name(&self.place(), world)
    }

    fn note(&self, world: &World) -> String {
        match self.0.count() {
            0 => String::new(),
            n => tr_n!("{n} file here", "{n} files here", n; &world.style()).into_owned(),
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
        self.0.look_again().into_iter().collect()
    }

    fn done(&mut self, done: Done, _world: &World) {
        self.0.take(done);
    }

    fn intent(&mut self, intent: Intent, _world: &World) -> Response {
        match (motion(intent), intent) {
            (Some(motion), _) => response(self.0.go(motion)),
            (None, Intent::Open) => response(self.0.open()),
            _ => Response::Ignored,
        }
    }

    fn typing(&mut self, key: Key, _world: &World) -> Option<Response> {
        Some(response(match key.code() {
            KeyCode::Enter => self.0.open(),
            _ => self.0.key(key),
        }))
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn paste(&mut self, text: &str, _world: &World) -> Response {
        response(self.0.paste(text))
    }

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Response {
        self.0.mouse(event).map_or(Response::Ignored, response)
    }

    fn here(&self) -> Option<Ref> {
        None
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, _hits: &mut Hits<Msg>) {
        let line = layout::margins(Rect { height: area.height.min(1), ..area });
        let gap = u16::from(area.height >= 16);
        self.0.draw(line, paint::below(area, 1 + gap), buf, &world.theme);
    }
}
