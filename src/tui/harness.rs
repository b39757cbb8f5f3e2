//! Plays key scripts on the real loop, without a terminal: for tests, and for pictures of a screen one has to
//! press keys to get to.
//!
//! ```
//! # use kontor::tui::{harness::Stage, runtime::{Control, Hits, Input, Program}, keys::Key};
//! # use chrono::{DateTime, Utc};
//! struct Counter(u32);
//!
//! impl Program for Counter {
//!     type Msg = Input;
//!     type Effect = ();
//!     fn update(&mut self, input: Input, _now: DateTime<Utc>) -> Vec<()> {
//!         if input == Input::Key(Key::ENTER) {
//!             self.0 += 1;
//!         }
//!         Vec::new()
//!     }
//!     fn view(&self, frame: &mut ratatui::Frame<'_>, _hits: &mut Hits<Input>) {
//!         frame.render_widget(format!("{} times", self.0), frame.area());
//!     }
//! }
//!
//! let mut stage = Stage::new(Counter(0), (20, 1), DateTime::UNIX_EPOCH, |(), _| Control::Continue);
//! assert_eq!(stage.play("enter x enter").text(), "2 times\n");
//! ```

use std::{
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer, layout::Position};

use super::{
    picture,
    runtime::{Control, Ending, Host, Input, Loop, Mailbox, Program},
    script::{Script, Step},
};
use crate::base::clock::{Clock, FixedClock};

/// How long a step may take until everything it set off is done, unless said otherwise. Only a hang gets there.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program on a stage: its loop, a terminal in memory, and a clock that stands still.
pub struct Stage<P: Program, F> {
    running: Loop<P, TestBackend, Backstage, F>,
    clock: Arc<FixedClock>,
    patience: Duration,
}

/// How long a step took to be seen.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// From the step to the first frame after it.
    pub frame: Duration,
    /// The longest that anything it set off, such as a worker's answer, kept the loop from the next key.
    pub longest: Duration,
    /// Until everything it set off was on the screen.
    pub whole: Duration,
}

/// Stands in for the terminal's other side and remembers what was asked of it.
#[derive(Debug, Default)]
pub struct Backstage {
    /// Texts put on the clipboard.
    pub copied: Vec<String>,
    /// How often the process would have been stopped.
    pub suspended: usize,
    /// How often the terminal was given to another program.
    pub outside: usize,
}

impl Host for Backstage {
    fn outside(&mut self, run: &mut dyn FnMut()) -> io::Result<()> {
        self.outside += 1;
        run();
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.suspended += 1;
        Ok(())
    }

    fn continued(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.copied.push(text.to_owned());
        Ok(())
    }
}

// A stage is where a test fails: what it cannot play, it panics about.
#[allow(clippy::panic)]
impl<P: Program, F> Stage<P, F>
where
    F: FnMut(P::Effect, &Mailbox<P::Msg>) -> Control<P::Msg>,
{
    /// Puts a program on a stage of that width and height, at that moment.
    pub fn new(program: P, (width, height): (u16, u16), now: DateTime<Utc>, perform: F) -> Stage<P, F> {
        let clock = Arc::new(FixedClock::new(now));
        let Ok(terminal) = Terminal::new(TestBackend::new(width, height));
        let running = Loop::new(program, terminal, Backstage::default(), clock.clone(), perform);
        let mut stage = Stage { running, clock, patience: PATIENCE };
        stage.settle("the start");
        stage
    }

    /// How long a step may take until everything it set off is done.
    pub fn with_patience(mut self, patience: Duration) -> Stage<P, F> {
        self.patience = patience;
        self
    }

    /// Performs effects the program starts with, and waits until they are done.
    pub fn start(&mut self, effects: Vec<P::Effect>) -> &mut Self {
        self.running.start(effects);
        self.settle("the first effects");
        self
    }

    /// Plays a [script](super::script); after every step it waits until nothing is left to do.
    pub fn play(&mut self, script: &str) -> &mut Self {
        let steps: Script = script.parse().unwrap_or_else(|error| panic!("{error}"));
        for step in steps.0 {
            let name = format!("{step:?}");
            self.step(step);
            self.settle(&name);
        }
        self
    }

    /// Plays a script and says of each step how long its frames took.
    pub fn time(&mut self, script: &str) -> Vec<Pace> {
        let steps: Script = script.parse().unwrap_or_else(|error| panic!("{error}"));
        let pace = |step| {
            let name = format!("{step:?}");
            self.step(step);
            let begun = now();
            let frame = self.round(&name);
            let mut longest = Duration::ZERO;
            while !self.running.is_quiet() {
                longest = longest.max(self.round(&name));
            }
            Pace { frame, longest, whole: begun.elapsed() }
        };
        steps.0.into_iter().map(pace).collect()
    }

    /// Waits for messages that come from elsewhere, such as a watcher's, until the screen holds a text.
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        for _ in 0..self.patience.as_millis() / 10 {
            self.settle(text);
            if self.text().contains(text) {
                return self;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("`{text}` never came up on\n{}", self.text());
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        picture::text(self.buffer())
    }

    /// The screen, with its colours.
    pub fn buffer(&self) -> &Buffer {
        self.running.terminal().backend().buffer()
    }

    /// Where the cursor stands, if it is shown.
    pub fn cursor(&self) -> Option<Position> {
        let backend = self.running.terminal().backend();
        backend.cursor_visible().then(|| backend.cursor_position())
    }

    /// The state.
    pub fn program(&self) -> &P {
        self.running.program()
    }

    /// Where other threads send messages to.
    pub fn mailbox(&self) -> &Mailbox<P::Msg> {
        self.running.mailbox()
    }

    /// What was asked of the terminal's other side.
    pub fn backstage(&self) -> &Backstage {
        self.running.host()
    }

    /// Why the program ended, if it has.
    pub fn ending(&self) -> Option<Ending> {
        self.running.ending()
    }

    /// How many frames were drawn.
    pub fn frames(&self) -> usize {
        self.running.frames()
    }

    fn step(&mut self, step: Step) {
        let mouse =
            |kind, column, row| Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
        match step {
            Step::Key(key) => self.running.feed(Input::Key(key)),
            Step::Paste(text) => self.running.feed(Input::Paste(text)),
            Step::Resize(width, height) => {
                self.running.terminal_mut().backend_mut().resize(width, height);
                self.running.feed(Input::Resize(width, height));
            }
            Step::Click(x, y) => {
                self.running.feed(mouse(MouseEventKind::Down(MouseButton::Left), x, y));
                self.running.feed(mouse(MouseEventKind::Up(MouseButton::Left), x, y));
            }
            Step::Wheel(notches, x, y) => {
                let kind = if notches < 0 { MouseEventKind::ScrollUp } else { MouseEventKind::ScrollDown };
                for _ in 0..notches.unsigned_abs() {
                    self.running.feed(mouse(kind, x, y));
                }
            }
            Step::Wait(time) => self.clock.advance(time),
            Step::Focus(focus) => self.running.feed(Input::Focus(focus)),
        }
    }

    fn round(&mut self, after: &str) -> Duration {
        self.running.round(self.patience).unwrap_or_else(|error| panic!("after {after}: {error}"))
    }

    fn settle(&mut self, after: &str) {
        match self.running.settle(self.patience) {
            Ok(true) => {}
            Ok(false) => {
                let (now, patience) = (self.clock.now(), self.patience);
                panic!("still busy {patience:?} after {after}, at {now}:\n{}", self.text())
            }
            Err(error) => panic!("after {after}: {error}"),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "how fast it is can only be told by the machine's clock")]
fn now() -> Instant {
    Instant::now()
}
