//! The real terminal: taken on start, given back on every way out.
//!
//! Given back means: out of raw mode, mouse and paste modes off, the alternate screen left, the cursor shown. It
//! happens when [`run`] returns, on a panic before its message is printed, on SIGTERM, SIGHUP and SIGINT, before an
//! editor starts and before Ctrl-Z stops the process.

pub mod frames;
pub mod keyboard;
mod modes;
pub(crate) mod panics;
pub mod signals;

use std::{io, sync::Arc};

use crossterm::{clipboard::CopyToClipboard, execute};
use ratatui::{Terminal, backend::CrosstermBackend};

pub use modes::Wants;

use super::runtime::{Control, Ending, Host, Loop, Mailbox, Program};
use crate::base::clock::Clock;
use frames::Frames;
use keyboard::Keyboard;

/// The terminal is in our modes while this lives.
#[derive(Debug)]
struct Taken {
    wants: Wants,
}

impl Taken {
    fn take(wants: Wants) -> io::Result<Taken> {
        panics::install();
        modes::on(wants).inspect_err(|_| modes::off())?;
        Ok(Taken { wants })
    }

    fn away(&self, run: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        modes::off();
        let done = run();
        modes::on(self.wants)?;
        done
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        modes::off();
    }
}

/// The terminal as the loop's [`Host`].
struct Screen {
    taken: Taken,
    keyboard: Option<Keyboard>,
    /// We stopped ourselves, so the SIGCONT to come is no news.
    expected: bool,
}

impl Screen {
    /// Without the terminal, and without the keyboard thread snatching keys from whoever has it meanwhile.
    fn away(&mut self, run: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        if let Some(keyboard) = &self.keyboard {
            keyboard.park();
        }
        let done = self.taken.away(run);
        if let Some(keyboard) = &self.keyboard {
            keyboard.unpark();
        }
        done
    }
}

impl Host for Screen {
    fn outside(&mut self, run: &mut dyn FnMut()) -> io::Result<()> {
        self.away(|| {
            run();
            Ok(())
        })
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.expected = cfg!(unix);
        self.away(signals::stop)
    }

    fn continued(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.expected) {
            return Ok(());
        }
        self.taken.away(|| Ok(()))
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
    }
}

/// Runs a program on this process's terminal until it ends, and gives back its last state.
///
/// `connect` gets the mailbox before the first frame: there the watcher and the writer are told where to send. Its
/// effects are performed first.
pub fn run<P: Program>(
    program: P,
    wants: Wants,
    clock: Arc<dyn Clock>,
    connect: impl FnOnce(&Mailbox<P::Msg>) -> Vec<P::Effect>,
    perform: impl FnMut(P::Effect, &Mailbox<P::Msg>) -> Control<P::Msg>,
) -> io::Result<(P, Ending)> {
    let taken = Taken::take(wants)?;
    let terminal = Terminal::new(CrosstermBackend::new(Frames::new(io::stdout())))?;
    let screen = Screen { taken, keyboard: None, expected: false };
    let mut running = Loop::new(program, terminal, screen, clock, perform);
    let _signals = signals::Watch::start(running.mailbox().signals())?;
    let effects = connect(running.mailbox());
    running.start(effects);
    let keyboard = Keyboard::start(running.mailbox().keyboard())?;
    running.host_mut().keyboard = Some(keyboard);
    let ending = running.run()?;
    Ok((running.into_program(), ending))
}
