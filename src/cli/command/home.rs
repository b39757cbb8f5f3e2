//! `kontor` alone: the screens, or without a terminal the home screen as text.

use super::{DONE, Done};
use crate::actions::Place;
use crate::cli::screens::{Drawing, Form};
use crate::cli::session::Session;
use crate::workspace::Found;
use std::io::{self, IsTerminal};

/// How large the home screen is where there is no terminal to ask.
const SIZE: (u16, u16) = (120, 40);

/// Opens the screens on the workspace around the folder.
pub fn run(session: &mut Session<'_>) -> Done {
    let found = session.find()?;
    open(session, found)
}

/// Opens the screens on a workspace. Without a terminal, prints the first of them.
pub fn open(session: &mut Session<'_>, found: Found) -> Done {
    if session.out.is_terminal() && io::stdin().is_terminal() {
        session.out.flush()?;
        return session.screens.open(found);
    }
    let drawing =
        Drawing { place: Place::Home, size: SIZE, form: Form::Text, theme: None, keys: String::new() };
    let text = session.screens.draw(found, &drawing)?;
    session.out.bytes(text.as_bytes())?;
    Ok(DONE)
}
