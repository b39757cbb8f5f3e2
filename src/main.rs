//! The `kontor` binary: hands the arguments to the command line, and the screens along with them.

use kontor::cli::{self, Drawing, Failure, Form, Screens};
use kontor::tui::paths::Paths;
use kontor::tui::runtime::Ending;
use kontor::tui::theme::Depth;
use kontor::tui::{launch, render};
use kontor::{actions::Place, disk::SystemClock, workspace::Found};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// A start makes a million small values side by side, which costs the systems' own allocators more than the values.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(cli::run(std::env::args_os(), &Terminal))
}

/// The screens on this process's terminal, or as pictures.
struct Terminal;

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl Screens for Terminal {
    fn open(&self, found: Found) -> Result<u8, Failure> {
        match launch::launch(found, Place::Home, variable)? {
            Ending::Quit => Ok(0),
            // What shells report for a process that a signal ended.
            Ending::Signal(number) => Ok(u8::try_from(128 + number).unwrap_or(u8::MAX)),
        }
    }

    fn log(&self) -> Option<PathBuf> {
        Paths::of_user(variable).map(|paths| paths.log())
    }

    fn draw(&self, found: Found, drawing: &Drawing) -> Result<String, Failure> {
        let picture = render::Picture {
            start: drawing.place.clone(),
            size: drawing.size,
            theme: drawing.theme.clone(),
            keys: drawing.keys.clone(),
        };
        let form = match drawing.form {
            Form::Text => render::Form::Text,
            Form::Ansi => render::Form::Ansi,
            Form::Svg => render::Form::Svg,
        };
        // A file shows all the colours the theme has, whatever this terminal could.
        let (preferences, _) = launch::preferences(Paths::of_user(variable).as_ref(), Depth::True);
        let (buffer, theme) = render::render(found, &picture, preferences, Arc::new(SystemClock))
            .map_err(|e| Failure::usage("bad-picture", e.to_string()))?;
        Ok(render::write(&buffer, form, &theme, "kontor"))
    }
}
