//! One line of output: pieces of text, each made safe when it is put in, with a colour by meaning.

use crate::base::text::{safe, width};

/// What a piece of text means; the colour follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    /// No colour.
    #[default]
    Plain,
    /// What stands out.
    Bold,
    /// What steps back.
    Dim,
    /// What is well.
    Good,
    /// What is wrong.
    Bad,
    /// What wants attention.
    Warn,
    /// A name of something.
    Accent,
}

impl Ink {
    /// The SGR parameters (ECMA-48 §8.3.117): only the sixteen colours every terminal lets its user choose.
    pub fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Good => "32",
            Self::Bad => "1;31",
            Self::Warn => "33",
            Self::Accent => "36",
        }
    }
}

/// A line. Nothing gets into it that could drive a terminal.
#[derive(Debug, Clone, Default)]
pub struct Line(Vec<(Ink, String)>);

impl Line {
    /// An empty line.
    pub fn new() -> Self {
        Self::default()
    }

    /// With more text.
    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.ink(Ink::Plain, text)
    }

    /// With more text, in colour.
    pub fn ink(mut self, ink: Ink, text: impl AsRef<str>) -> Self {
        self.0.push((ink, safe(text.as_ref()).into_owned()));
        self
    }

    /// With blanks up to that column.
    pub fn pad_to(mut self, column: usize) -> Self {
        let missing = column.saturating_sub(self.width());
        self.0.push((Ink::Plain, " ".repeat(missing)));
        self
    }

    /// How many columns it takes.
    pub fn width(&self) -> usize {
        self.0.iter().map(|(_, text)| width(text)).sum()
    }

    /// As it goes to the terminal.
    pub fn render(&self, colour: bool) -> String {
        let mut out = String::new();
        for (ink, text) in &self.0 {
            match ink.code() {
                code if colour && !code.is_empty() && !text.is_empty() => {
                    out.push_str(&format!("\x1b[{code}m{text}\x1b[0m"));
                }
                _ => out.push_str(text),
            }
        }
        out.truncate(out.trim_end_matches(' ').len());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_bring_its_own_codes() {
        let line = Line::new().ink(Ink::Bad, "a\x1b[31mb\n").text("\u{9b}2Jc  ");
        assert_eq!(line.render(false), "ab c");
        assert_eq!(line.render(true), "\x1b[1;31mab \x1b[0mc");
    }

    #[test]
    fn pads_by_columns_not_letters() {
        assert_eq!(Line::new().text("黒田").pad_to(6).text("x").render(false), "黒田  x");
    }
}
