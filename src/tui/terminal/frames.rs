//! Writes whole frames: each is one write, shown at once by terminals that can.

use std::io::{self, Write};

use crossterm::{
    queue,
    terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate},
};

/// Keeps what is written until it is flushed. What was never flushed never reaches the terminal, so a panic in the
/// middle of a frame leaves no half of it behind.
#[derive(Debug, Default)]
pub struct Frames<W> {
    to: W,
    frame: Vec<u8>,
}

impl<W: Write> Frames<W> {
    /// Frames for a terminal.
    pub fn new(to: W) -> Frames<W> {
        Frames { to, frame: Vec::new() }
    }
}

impl<W: Write> Write for Frames<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.frame.is_empty() {
            queue!(self.frame, BeginSynchronizedUpdate)?;
        }
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        queue!(self.frame, EndSynchronizedUpdate)?;
        let written = self.to.write_all(&self.frame).and_then(|()| self.to.flush());
        self.frame.clear();
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_wrapped_once_and_an_empty_one_is_nothing() {
        let mut frames = Frames::new(Vec::new());
        frames.flush().unwrap();
        frames.write_all(b"ab").unwrap();
        frames.write_all(b"c").unwrap();
        assert!(frames.to.is_empty());
        frames.flush().unwrap();
        frames.flush().unwrap();
        assert_eq!(frames.to, b"\x1b[?2026habc\x1b[?2026l");
    }
}
