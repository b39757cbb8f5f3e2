//! What lies on a screen: a form, a picker, the palette, the help. One at a time has the keys, the last one.

use super::{Done, Job, World};
use crate::actions::records::wanted::Wanted;
use crate::actions::{Input, Place};
use crate::base::Ref;
use crate::model::Book;
use crate::tui::keys::Key;
use crate::tui::theme::Theme;
use crossterm::event::MouseEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use smol_str::SmolStr;
use std::sync::Arc;

/// Something over a screen that takes all keys.
pub trait Overlay: Send {
    /// A key was pressed.
    fn key(&mut self, key: Key, world: &World) -> Verdict;

    /// Text was pasted.
    fn paste(&mut self, _text: &str, _world: &World) -> Verdict {
        Verdict::Stay
    }

    /// The mouse did something anywhere.
    fn mouse(&mut self, _event: MouseEvent, _world: &World) -> Verdict {
        Verdict::Stay
    }

    /// Work for a worker thread, once it is put on the screen; the answer comes to [`Overlay::done`].
    fn job(&mut self, _world: &World) -> Option<Job> {
        None
    }

    /// Its job is done.
    fn done(&mut self, _done: Done, _world: &World) {}

    /// The records have changed under it.
    fn sync(&mut self, _book: &Arc<Book>, _world: &World) {}

    /// The change it asked for was refused: say so, keep what was typed.
    fn refused(&mut self, _refusal: &Refusal<'_>, _world: &World) -> bool {
        false
    }

    /// The record that a link of its wanted, as [`Verdict::Create`], has been made.
    fn made(&mut self, _link: &str, _record: &Ref, _world: &World) {}

    /// The text it gave away with [`Verdict::Write`] comes back.
    fn written(&mut self, _field: &str, _text: String, _world: &World) {}

    /// Draws it over the body of the screen.
    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World);

    /// What can be pressed, for the foot: keys and words.
    fn hints(&self) -> Vec<(String, String)>;

    /// What stands at the right end of the foot: `2 fields changed`.
    fn foot(&self) -> String {
        String::new()
    }

    /// Whether something typed would be lost by leaving now.
    fn is_dirty(&self) -> bool {
        false
    }
}

/// Why the change that an overlay asked for was not made.
pub struct Refusal<'a> {
    /// The field it is about.
    pub field: Option<&'a str>,
    /// Why.
    pub message: &'a str,
    /// The field has got another value since the person began, which the book has by now.
    pub stale: bool,
}

/// What an overlay wants.
pub enum Verdict {
    /// Go on.
    Stay,
    /// It is done with; nothing comes of it.
    Close,
    /// The question it asks is answered. A form stays open until its change has been made.
    Answer(Input),
    /// Go on, and have this done by a worker; the answer comes to [`Overlay::done`].
    Job(Job),
    /// Close it and run this action.
    Run(&'static str),
    /// Close it and go there.
    Go(Place),
    /// Show the screen in this theme; keep the overlay.
    Try(Theme),
    /// Keep this theme and close.
    Keep(Theme),
    /// It is answered with what was there already: close it, there is nothing to be done.
    Unchanged,
    /// A record has to be made first; it comes back by [`Overlay::made`]. The name is what this popup is called.
    Create(Wanted, String),
    /// The person wants to write this field's text in their own editor; it comes back by [`Overlay::written`].
    Write(SmolStr, String),
}
