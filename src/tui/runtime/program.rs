//! What the runtime runs: state, how it changes, what it looks like.

use chrono::{DateTime, Utc};
use crossterm::event::MouseEvent;
use ratatui::{Frame, style::Style};

use super::Hits;
use crate::tui::keys::Key;

/// An interactive program: state that messages change and that can be drawn.
///
/// It does nothing to the world itself: `update` returns effects, and the runtime alone has them performed.
pub trait Program {
    /// Everything that can happen to it. What the terminal sends comes as [`Input`].
    type Msg: From<Input> + Send + 'static;
    /// Everything it can want done.
    type Effect;

    /// Changes the state. `now` is the only clock there is.
    fn update(&mut self, message: Self::Msg, now: DateTime<Utc>) -> Vec<Self::Effect>;

    /// Draws the state. `hits` takes what the mouse can act on.
    fn view(&self, frame: &mut Frame<'_>, hits: &mut Hits<Self::Msg>);

    /// When something on the screen changes by itself next, such as an SLA clock: then [`Input::Time`] comes.
    fn deadline(&self) -> Option<DateTime<Utc>> {
        None
    }

    /// The style of every cell the view left alone.
    fn ground(&self) -> Style {
        Style::new()
    }
}

/// What reaches a program from outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; it may have several lines.
    Paste(String),
    /// The mouse did something none of the view's [`Hits`] took.
    Mouse(MouseEvent),
    /// The terminal has this size now, in columns and lines.
    Resize(u16, u16),
    /// The terminal window got (`true`) or lost the focus.
    Focus(bool),
    /// The deadline has come.
    Time,
    /// The terminal is ours again, after an editor or after having been suspended.
    Resumed,
    /// A job or thread panicked; the text says with what.
    Crashed(String),
    /// A signal asks the program to end. The effects of this update are still performed, then it is over.
    Stop,
}

/// What an effect, once performed, asks of the runtime.
pub enum Control<M> {
    /// Go on.
    Continue,
    /// End the program.
    Quit,
    /// Stop the process until the shell continues it, as Ctrl-Z does.
    Suspend,
    /// Give the terminal back, run this (an editor, say), take the terminal again and go on with the message.
    Outside(Box<dyn FnOnce() -> M>),
    /// Put this text on the terminal's clipboard.
    Copy(String),
    /// Draw everything anew, in case something else wrote on the screen.
    Redraw,
}

/// Why the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The program asked to.
    Quit,
    /// This signal came; by convention the exit code is 128 more.
    Signal(i32),
}
