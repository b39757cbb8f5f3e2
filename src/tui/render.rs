//! Pictures of screens without a terminal: the same program, drawn into memory.

use super::app::{App, Effect, Setup};
use super::harness::Stage;
use super::launch::{Opening, theme_named};
use super::picture::{self, Svg};
use super::preferences::Preferences;
use super::runtime::Control;
use super::script::Script;
use super::theme::Theme;
use crate::actions::Place;
use crate::base::Clock;
use crate::workspace::{Found, Order};
use ratatui::buffer::Buffer;
use std::sync::Arc;
use std::time::Duration;

/// What a picture is to show.
pub struct Picture {
    /// The screen.
    pub start: Place,
    /// Columns and lines.
    pub size: (u16, u16),
    /// The theme's name; the preferred one where it is none.
    pub theme: Option<String>,
    /// Keys to press first, as [`Script`] reads them. They can look at everything and change nothing.
    pub keys: String,
}

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    Text,
    /// Text with escape sequences for the colours.
    Ansi,
    /// A scalable picture.
    Svg,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// No such theme.
    #[error("there is no theme '{name}': there are {known}")]
    Theme {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// The keys cannot be read.
    #[error("{0}")]
    Keys(String),
}

/// A large repository on a slow disk takes its time.
const PATIENCE: Duration = Duration::from_secs(600);

/// Draws a screen of a workspace.
///
/// # Errors
/// When the theme or the keys are unknown.
pub fn render(
    found: Found,
    picture: &Picture,
    preferences: Preferences,
    clock: Arc<dyn Clock>,
) -> Result<(Buffer, Theme), RenderError> {
    let theme = match &picture.theme {
        None => preferences.theme().clone(),
        Some(name) => theme_named(&preferences.themes, name).ok_or_else(|| RenderError::Theme {
            name: name.clone(),
            known: preferences.themes.iter().map(|t| t.name().to_owned()).collect::<Vec<_>>().join(", "),
        })?,
    };
    picture.keys.parse::<Script>().map_err(|e| RenderError::Keys(e.to_string()))?;
    let setup = Setup {
        theme,
        keymap: preferences.keymap,
        themes: preferences.themes,
        columns: preferences.choices.columns,
        start: picture.start.clone(),
        seed: 1,
    };
    let now = clock.now();
    let app = App::new(setup, picture.size, now);
    let mut performer = Opening::start(found, clock).performer(Box::new(|_| {}));
    let connector = performer.connector();
    let stage = Stage::new(app, picture.size, now, move |effect, mailbox| match effect {
        Effect::Order(Order::Check) | Effect::Job(..) => performer.perform(effect, mailbox),
        _ => Control::Continue,
    });
    let mut stage = stage.with_patience(PATIENCE);
    connector.connect(stage.mailbox());
    stage.start(Vec::new());
    stage.play(&picture.keys);
    Ok((stage.buffer().clone(), stage.program().world().theme.clone()))
}

/// The picture in the wanted form.
pub fn write(buffer: &Buffer, form: Form, theme: &Theme, title: &str) -> String {
    match form {
        Form::Text => picture::text(buffer),
        Form::Ansi => picture::ansi(buffer),
        Form::Svg => picture::svg(buffer, &Svg { theme, window: Some(title) }),
    }
}
