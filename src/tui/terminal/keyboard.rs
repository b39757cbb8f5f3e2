//! The thread that reads the terminal, and how it lets go of it while an editor has it.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, bounded};
use crossterm::event::{self, Event, KeyEventKind};

use crate::tui::{keys::Key, runtime::Input};

/// How long the thread waits for the terminal before it looks up. On Unix a signal wakes it, so it need not.
const PATIENCE: Duration = if cfg!(unix) { Duration::from_secs(3600) } else { Duration::from_millis(50) };

/// The reading thread, seen from the loop.
#[derive(Debug)]
pub struct Keyboard {
    stop: Arc<AtomicBool>,
    parked: Receiver<()>,
    resume: Sender<()>,
}

impl Keyboard {
    /// Starts reading; everything read goes to `deliver`. An error is the last thing it gets.
    pub fn start(deliver: impl FnMut(io::Result<Input>) + Send + 'static) -> io::Result<Keyboard> {
        let stop = Arc::new(AtomicBool::new(false));
        let (at_rest, parked) = bounded(1);
        let (resume, resumed) = bounded(1);
        let reader = Reader { stop: stop.clone(), at_rest, resumed };
        thread::Builder::new().name("keyboard".to_owned()).spawn(move || reader.run(deliver))?;
        Ok(Keyboard { stop, parked, resume })
    }

    /// Returns once the thread no longer reads.
    pub fn park(&self) {
        self.stop.store(true, Ordering::SeqCst);
        // A signal may come just before the thread begins to wait, so it is repeated.
        for _ in 0..100 {
            wake();
            if self.parked.recv_timeout(Duration::from_millis(20)).is_ok() {
                return;
            }
        }
    }

    /// Lets it read again.
    pub fn unpark(&self) {
        self.stop.store(false, Ordering::SeqCst);
        // Full means it has been told already; disconnected, that there is no thread to tell.
        let _ = self.resume.try_send(());
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        // The thread comes to rest, and ends there because nobody can resume it.
        self.stop.store(true, Ordering::SeqCst);
        wake();
    }
}

struct Reader {
    stop: Arc<AtomicBool>,
    at_rest: Sender<()>,
    resumed: Receiver<()>,
}

impl Reader {
    fn run(self, mut deliver: impl FnMut(io::Result<Input>)) {
        loop {
            if self.stop.load(Ordering::SeqCst) {
                let told = self.at_rest.send(());
                if told.is_err() || self.resumed.recv().is_err() {
                    return;
                }
                continue;
            }
            let read = match event::poll(PATIENCE) {
                Ok(false) => continue,
                Ok(true) if self.stop.load(Ordering::SeqCst) => continue,
                Ok(true) => event::read(),
                Err(error) => Err(error),
            };
            match read {
                Ok(event) => {
                    if let Some(input) = input(event) {
                        deliver(Ok(input));
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return deliver(Err(error)),
            }
        }
    }
}

/// A terminal event as the program sees it; `None` for what it need not know.
fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind == KeyEventKind::Release => None,
        Event::Key(key) => Some(Input::Key(Key::from(key))),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Mouse(mouse) => Some(Input::Mouse(mouse)),
        Event::Resize(width, height) => Some(Input::Resize(width, height)),
        Event::FocusGained => Some(Input::Focus(true)),
        Event::FocusLost => Some(Input::Focus(false)),
    }
}

/// Interrupts the wait: crossterm takes the signal for a change of size.
fn wake() {
    #[cfg(unix)]
    let _ = signal_hook::low_level::raise(signal_hook::consts::SIGWINCH);
}
