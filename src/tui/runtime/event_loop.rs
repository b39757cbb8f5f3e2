//! The loop: waits, takes everything that has come, draws once.

use std::{
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use crossbeam_channel::{Receiver, RecvTimeoutError};
use ratatui::{Terminal, backend::Backend, layout::Rect};

use super::slow::{FELT, watched};
use super::{Control, Ending, Hit, Hits, Host, Input, Mailbox, Program, mailbox::Delivery, paint};
use crate::{base::clock::Clock, tui::terminal::signals};

/// How much is taken before the next frame, so that a flood cannot keep the screen from changing.
const BURST: usize = 256;

/// The longest sleep: the wall clock may be set, or the machine may have slept.
const NAP: Duration = Duration::from_secs(30);

/// A program on a terminal, with all that belongs to running it.
pub struct Loop<P: Program, B: Backend, H: Host, F> {
    program: P,
    terminal: Terminal<B>,
    host: H,
    perform: F,
    clock: Arc<dyn Clock>,
    mailbox: Mailbox<P::Msg>,
    deliveries: Receiver<Delivery<P::Msg>>,
    hits: Hits<P::Msg>,
    /// Whether anything happened since the last frame.
    stale: bool,
    /// The deadline that was told last, so that one that stays in the past is told once.
    told: Option<DateTime<Utc>>,
    ending: Option<io::Result<Ending>>,
    frames: usize,
}

impl<P, B, H, F> Loop<P, B, H, F>
where
    P: Program,
    B: Backend,
    B::Error: Send + Sync + 'static,
    H: Host,
    F: FnMut(P::Effect, &Mailbox<P::Msg>) -> Control<P::Msg>,
{
    /// A loop ready to run. `perform` does what effects say; see the [module](super).
    pub fn new(program: P, terminal: Terminal<B>, host: H, clock: Arc<dyn Clock>, perform: F) -> Self {
        let (mailbox, deliveries) = Mailbox::new();
        Loop {
            program,
            terminal,
            host,
            perform,
            clock,
            mailbox,
            deliveries,
            hits: Hits::default(),
            stale: true,
            told: None,
            ending: None,
            frames: 0,
        }
    }

    /// Where other threads send messages to.
    pub fn mailbox(&self) -> &Mailbox<P::Msg> {
        &self.mailbox
    }

    /// The state.
    pub fn program(&self) -> &P {
        &self.program
    }

    /// The state, when all is over.
    pub fn into_program(self) -> P {
        self.program
    }

    /// The terminal drawn on.
    pub fn terminal(&self) -> &Terminal<B> {
        &self.terminal
    }

    /// As [`Loop::terminal`], to be changed.
    pub fn terminal_mut(&mut self) -> &mut Terminal<B> {
        &mut self.terminal
    }

    /// The terminal's other side.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// As [`Loop::host`], to be changed.
    pub fn host_mut(&mut self) -> &mut H {
        &mut self.host
    }

    /// How many frames have been drawn.
    pub fn frames(&self) -> usize {
        self.frames
    }

    /// Performs effects from outside an update, such as those a program starts with.
    pub fn start(&mut self, effects: Vec<P::Effect>) {
        for effect in effects {
            self.perform(effect);
        }
    }

    /// Runs until the program quits, a signal ends it, or the terminal is gone.
    pub fn run(&mut self) -> io::Result<Ending> {
        self.draw()?;
        loop {
            if let Some(ending) = self.ending.take() {
                return ending;
            }
            self.round(NAP)?;
        }
    }

    /// Waits for something to happen, at most so long, deals with everything that has, and draws it. Says how long
    /// it was at work, the waiting not counted: so long a key that came meanwhile had to wait.
    #[expect(clippy::disallowed_methods, reason = "how fast it is can only be told by the machine's clock")]
    pub fn round(&mut self, patience: Duration) -> io::Result<Duration> {
        let wait = self.wait().unwrap_or(patience).min(patience);
        let first = self.deliveries.recv_timeout(wait);
        let begun = Instant::now();
        self.deal_with(first);
        self.draw()?;
        Ok(begun.elapsed())
    }

    /// Works until nothing is left to do and no answer is awaited; says whether that came about in time.
    #[expect(
        clippy::disallowed_methods,
        reason = "the limit is for hangs and measured on the machine's clock"
    )]
    pub fn settle(&mut self, limit: Duration) -> io::Result<bool> {
        let end = Instant::now() + limit;
        self.draw()?;
        while !self.is_quiet() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(false);
            }
            self.round(left)?;
        }
        Ok(true)
    }

    /// Whether nothing is left to do and no answer is awaited, or all is over.
    pub fn is_quiet(&self) -> bool {
        let idle = || self.deliveries.is_empty() && self.mailbox.awaited() == 0;
        self.ending.is_some() || (idle() && self.wait() != Some(Duration::ZERO))
    }

    /// Why it ended, if it has.
    pub fn ending(&self) -> Option<Ending> {
        self.ending.as_ref().and_then(|ending| ending.as_ref().ok()).copied()
    }

    /// Gives the program an input as if the terminal had sent it.
    pub fn feed(&self, input: Input) {
        self.mailbox.deliver(Delivery::Input(input));
    }

    /// How long nothing happens by itself; `None` is for ever.
    fn wait(&self) -> Option<Duration> {
        let deadline = self.program.deadline().filter(|deadline| self.told != Some(*deadline))?;
        Some((deadline - self.clock.now()).to_std().unwrap_or_default())
    }

    /// Deals with what was waited for and everything else that has happened.
    fn deal_with(&mut self, first: Result<Delivery<P::Msg>, RecvTimeoutError>) {
        match first {
            Ok(delivery) => self.take(delivery),
            // We hold a sender ourselves, so it cannot be disconnected.
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
        for _ in 1..BURST {
            if self.ending.is_some() {
                return;
            }
            let Ok(delivery) = self.deliveries.try_recv() else { break };
            self.take(delivery);
        }
        if self.wait() == Some(Duration::ZERO) {
            self.told = self.program.deadline();
            self.update(Input::Time.into());
        }
    }

    fn take(&mut self, delivery: Delivery<P::Msg>) {
        match delivery {
            Delivery::Input(Input::Mouse(event)) => match self.hits.find(&event) {
                Hit::Message(message) => self.update(message),
                Hit::Covered => {}
                Hit::Missed => self.update(Input::Mouse(event).into()),
            },
            Delivery::Input(input) => self.update(input.into()),
            Delivery::Message(message) => self.update(message),
            Delivery::Answer(answer) => {
                self.mailbox.answered();
                if let Some(message) = answer {
                    self.update(message);
                }
            }
            Delivery::Signal(signal) if signals::asks_to_stop(signal) => self.suspend(),
            Delivery::Signal(signal) if signals::says_continued(signal) => {
                let done = self.host.continued();
                self.back(done);
            }
            Delivery::Signal(signal) => self.end(Ok(Ending::Signal(signal))),
            Delivery::Lost(error) => self.end(Err(error)),
        }
    }

    fn update(&mut self, message: P::Msg) {
        self.stale = true;
        let now = self.clock.now();
        let effects = watched("update", FELT, || self.program.update(message, now));
        self.start(effects);
    }

    fn perform(&mut self, effect: P::Effect) {
        match (self.perform)(effect, &self.mailbox) {
            Control::Continue => {}
            Control::Quit => self.ending = Some(Ok(Ending::Quit)),
            Control::Suspend => self.suspend(),
            Control::Outside(run) => {
                let (mut run, mut message) = (Some(run), None);
                let done = self.host.outside(&mut || message = run.take().map(|run| run()));
                self.back(done);
                if let Some(message) = message {
                    self.update(message);
                }
            }
            Control::Copy(text) => {
                let copied = self.host.copy(&text);
                self.or_end(copied);
            }
            Control::Redraw => {
                let forgotten = self.forget_screen();
                self.or_end(forgotten);
            }
        }
    }

    fn suspend(&mut self) {
        let done = self.host.suspend();
        self.back(done);
    }

    /// The terminal is ours again.
    fn back(&mut self, done: io::Result<()>) {
        match done.and_then(|()| self.forget_screen()) {
            Ok(()) => self.update(Input::Resumed.into()),
            Err(error) => self.end(Err(error)),
        }
    }

    /// Nothing on the screen is what it was: the next frame draws all of it.
    fn forget_screen(&mut self) -> io::Result<()> {
        self.stale = true;
        // Resizing to the size it has clears it; `Terminal::clear` would ask the terminal where the cursor is.
        let size = self.terminal.size().map_err(io::Error::other)?;
        self.terminal.resize(Rect::from(size)).map_err(io::Error::other)
    }

    /// The end comes from outside: the program hears of it before.
    fn end(&mut self, ending: io::Result<Ending>) {
        if self.ending.is_none() {
            self.ending = Some(ending);
            self.update(Input::Stop.into());
        }
    }

    fn or_end(&mut self, done: io::Result<()>) {
        if let Err(error) = done {
            self.end(Err(error));
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        if !self.stale || self.ending.is_some() {
            return Ok(());
        }
        self.stale = false;
        let (program, hits) = (&self.program, &mut self.hits);
        let terminal = &mut self.terminal;
        watched("frame", FELT, || terminal.draw(|frame| *hits = paint(program, frame)).map(drop))
            .map_err(io::Error::other)?;
        self.frames += 1;
        Ok(())
    }
}
