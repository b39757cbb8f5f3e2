//! How a form marks things: the sign of what is said about a field, the ground of what is being typed.

use ratatui::style::Style;

use super::spec::Level;
use crate::tui::theme::{Role, Theme};

/// The sign and the role of what is said about a field.
pub(super) fn sign(level: Level) -> (&'static str, Role) {
    match level {
        Level::Fine => ("", Role::Muted),
        Level::Warn => ("▲ ", Role::Warn),
        Level::Error => ("! ", Role::Bad),
    }
}

/// A style on the ground of a field being typed into.
pub(super) fn typed(theme: &Theme) -> Style {
    theme.style(Role::Text).patch(theme.style(Role::InputFocus))
}
