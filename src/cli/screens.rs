//! What the command line asks of the other front end. Neither knows the other; the binary brings them together.

use super::Failure;
use crate::actions::Place;
use crate::workspace::Found;
use std::path::PathBuf;

/// In which form a screen is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Form {
    /// Plain text
    #[default]
    Text,
    /// Text with escape sequences for the colours
    Ansi,
    /// A scalable picture
    Svg,
}

/// A screen to be drawn without a terminal.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// The screen.
    pub place: Place,
    /// Columns and lines.
    pub size: (u16, u16),
    /// In which form.
    pub form: Form,
    /// The theme; the preferred one where it is none.
    pub theme: Option<String>,
    /// Keys to press first.
    pub keys: String,
}

/// The screens.
pub trait Screens {
    /// Opens them on the terminal until the person leaves; the answer is the exit code.
    ///
    /// # Errors
    /// When the terminal can't be used.
    fn open(&self, found: Found) -> Result<u8, Failure>;

    /// Where they note down what went wrong; none where the user has no place for it.
    fn log(&self) -> Option<PathBuf>;

    /// Draws one.
    ///
    /// # Errors
    /// When the theme or the keys are unknown.
    fn draw(&self, found: Found, drawing: &Drawing) -> Result<String, Failure>;
}
