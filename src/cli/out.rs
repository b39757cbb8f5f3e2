//! Where answers go: standard output, in colour or not, for people or for programs.

use super::line::Line;
use serde::Serialize;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal that has colours, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Standard output.
pub struct Out {
    sink: BufWriter<Stdout>,
    colour: bool,
    terminal: bool,
}

/// Lines of prose are not made longer than this, however wide the terminal.
const MAX_WIDTH: usize = 100;
/// How wide to write where nobody says how wide it is.
const DEFAULT_WIDTH: usize = 80;

impl Out {
    /// Standard output as this process has it.
    pub fn new(choice: ColorChoice) -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty());
        let colour = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                terminal && set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
            }
        };
        Self { sink: BufWriter::new(stdout), colour, terminal }
    }

    /// Whether a person reads along.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// How wide the terminal is.
    pub fn columns(&self) -> usize {
        let size = if self.terminal { crossterm::terminal::size().ok() } else { None };
        size.map_or(DEFAULT_WIDTH, |(columns, _)| usize::from(columns).max(20))
    }

    /// How wide prose is to be.
    pub fn prose_columns(&self) -> usize {
        self.columns().min(MAX_WIDTH)
    }

    /// Writes a line.
    ///
    /// # Errors
    /// When nobody takes it.
    pub fn line(&mut self, line: &Line) -> io::Result<()> {
        writeln!(self.sink, "{}", line.render(self.colour))
    }

    /// Writes a line of text.
    ///
    /// # Errors
    /// When nobody takes it.
    pub fn say(&mut self, text: impl AsRef<str>) -> io::Result<()> {
        self.line(&Line::new().text(text))
    }

    /// Writes cells with tabs between them, for programs.
    ///
    /// # Errors
    /// When nobody takes it.
    pub fn cells<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> io::Result<()> {
        let cells: Vec<_> =
            cells.into_iter().map(|c| crate::base::text::safe(c.as_ref()).into_owned()).collect();
        writeln!(self.sink, "{}", cells.join("\t"))
    }

    /// Writes JSON, indented, with every character escaped that could drive a terminal.
    ///
    /// # Errors
    /// When nobody takes it.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        super::json::write(&mut self.sink, value)?;
        writeln!(self.sink)
    }

    /// Writes what was made for standard output as a whole: a script, a manual page, a drawn screen.
    ///
    /// # Errors
    /// When nobody takes it.
    pub fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sink.write_all(bytes)
    }

    /// Hands on everything written so far.
    ///
    /// # Errors
    /// When nobody takes it.
    pub fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Tells a person what they may want to know beside the answer, which stays whole without it.
pub fn note(text: &str) {
    // What is told aside must not turn what was done into a failure.
    let _ = writeln!(io::stderr(), "note: {}", crate::base::text::safe(text));
}
