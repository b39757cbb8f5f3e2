//! Which intents move the cursor, and how: the same on every screen.

use crate::actions::Intent;
use crate::tui::widgets::motion::Motion;

/// The way an intent moves the cursor among rows, if it does.
pub fn motion(intent: Intent) -> Option<Motion> {
    Some(match intent {
        Intent::Down => Motion::Down(1),
        Intent::Up => Motion::Up(1),
        Intent::HalfDown => Motion::HalfDown,
        Intent::HalfUp => Motion::HalfUp,
        Intent::PageDown => Motion::PageDown,
        Intent::PageUp => Motion::PageUp,
        Intent::Top => Motion::Home,
        Intent::Bottom => Motion::End,
        _ => return None,
    })
}
