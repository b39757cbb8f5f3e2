//! What a screen is: state of its own over the [`World`], told what to do by [`Intent`]s.

use super::{Choice, Done, Job, Msg, World};
use crate::actions::{Input, Intent, Place, Question, Scope};
use crate::base::{CommitId, Ref, RepoPath};
use crate::crm::views::View;
use crate::disk::editor::Spot;
use crate::search::Progress;
use crate::tui::keys::Key;
use crate::tui::runtime::Hits;
use crate::workspace::Import;
use chrono::{DateTime, Utc};
use crossterm::event::MouseEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// A screen. It changes only itself; what it wants from others it answers as a [`Response`].
pub trait Screen: Send {
    /// Which one it is.
    fn place(&self) -> Place;

    /// Its name in the breadcrumb.
    fn crumb(&self, world: &World) -> String;

    /// More about it, shown behind the breadcrumb where there is room: `87 deals · 1.24 M`.
    fn note(&self, _world: &World) -> String {
        String::new()
    }

    /// Where its keys come from, innermost first; the global ones are added.
    fn scopes(&self) -> &'static [Scope];

    /// The actions worth a hint at the foot, the most useful first.
    fn hints(&self) -> &'static [&'static str];

    /// What stands at the right end of the foot: `3 marked`.
    fn foot(&self, _world: &World) -> String {
        String::new()
    }

    /// The records, the time or the size have changed: take it in. The jobs are done side by side.
    fn sync(&mut self, world: &World) -> Vec<Job>;

    /// A job of this screen is done.
    fn done(&mut self, _done: Done, _world: &World) {}

    /// Whether it shows something else now that the search index is so far.
    fn awaits(&self, _progress: Progress) -> bool {
        false
    }

    /// Do something.
    fn intent(&mut self, intent: Intent, world: &World) -> Response;

    /// A key while the screen has a text field of its own under the cursor, such as its filter; `None` where it
    /// has not, and keys mean actions.
    fn typing(&mut self, _key: Key, _world: &World) -> Option<Response> {
        None
    }

    /// Whether keys go into a text field, so that those of most actions do not act.
    fn is_typing(&self) -> bool {
        false
    }

    /// Text was pasted.
    fn paste(&mut self, _text: &str, _world: &World) -> Response {
        Response::Ignored
    }

    /// The mouse did something in the screen's body.
    fn mouse(&mut self, _event: MouseEvent, _world: &World) -> Response {
        Response::Ignored
    }

    /// The answer to a question this screen asked for `purpose`.
    fn answer(&mut self, _purpose: &'static str, _input: Input, _world: &World) -> Response {
        Response::Ignored
    }

    /// The record under the cursor, or whose page this is.
    fn here(&self) -> Option<Ref>;

    /// The marked records.
    fn marked(&self) -> &[Ref] {
        &[]
    }

    /// What it shows, as a view that could be saved.
    fn shown(&self, _world: &World) -> Option<View> {
        None
    }

    /// It was asked for again while it is shown: what was changed in it by hand is as it was at first.
    fn again(&mut self, _world: &World) -> Option<Job> {
        None
    }

    /// Puts the cursor on a record, if it is here.
    fn select(&mut self, _reference: &Ref, _world: &World) {}

    /// The records in the order they stand here, for walking from page to page.
    fn neighbours(&self) -> Box<dyn Iterator<Item = &Ref> + '_> {
        Box::new(std::iter::empty())
    }

    /// Draws the body. What the mouse can act on beyond [`Screen::mouse`] goes into `hits`.
    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, hits: &mut Hits<Msg>);

    /// When something on it changes by itself next.
    fn deadline(&self, _world: &World) -> Option<DateTime<Utc>> {
        None
    }
}

/// What a screen wants after it was told something.
pub enum Response {
    /// It had no use for that.
    Ignored,
    /// It can't do that, for this reason.
    Unable(String),
    /// It changed.
    Redraw,
    /// Go to another screen.
    Go(Place),
    /// Work for a worker thread; the answer comes to [`Screen::done`].
    Job(Job),
    /// Ask the person; the answer comes to [`Screen::answer`] with this purpose.
    Ask(Question, &'static str),
    /// Run an action by its name.
    Run(&'static str),
    /// Carry out this import, and go there.
    Import(Arc<Import>, Place),
    /// Take back this commit.
    TakeBack(CommitId),
    /// Open this file in the person's editor, at that spot.
    Edit(RepoPath, Spot),
    /// From now on it is so.
    Choose(Choice),
}
