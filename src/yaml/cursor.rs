//! A place in the text that only moves forward and counts lines and columns on its way.

/// A place in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    /// The byte it stands before.
    pub at: usize,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl<'a> Cursor<'a> {
    /// The start of the text, behind a byte order mark if there is one.
    pub fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Cursor { text, at, line: 1, column: 1 }
    }

    /// The byte it stands before, 0 at the end.
    pub fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// Whether the text goes on with `part`.
    pub fn sees(&self, part: &str) -> bool {
        self.text.as_bytes()[self.at..].starts_with(part.as_bytes())
    }

    /// Whether nothing follows.
    pub fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Moves over bytes that are known to be ASCII and no line break.
    pub fn skip(&mut self, bytes: usize) {
        self.at += bytes;
        self.column += bytes as u32;
    }

    /// Moves over white space, line breaks and comments.
    pub fn skip_gap(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b' ' | b'\t' => self.skip(1),
                b'\n' | b'\r' => self.skip_break(),
                b'#' => self.at = line_end(self.text, self.at),
                _ => break,
            }
        }
    }

    /// Moves to the byte `end`, over anything.
    pub fn advance_to(&mut self, end: usize) {
        let bytes = self.text.as_bytes();
        while self.at < end {
            match bytes[self.at] {
                b'\n' | b'\r' => self.skip_break(),
                byte => {
                    self.at += 1;
                    // A character counts where it starts.
                    self.column += u32::from(byte & 0xc0 != 0x80);
                }
            }
        }
    }

    fn skip_break(&mut self) {
        self.at += break_len(self.text, self.at);
        self.line += 1;
        self.column = 1;
    }
}

/// How many bytes the line break at `at` has; 0 if there is none.
pub(super) fn break_len(text: &str, at: usize) -> usize {
    match &text.as_bytes()[at..] {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// The end of the line that `at` is in, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text.as_bytes()[at..].iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(text.len(), |n| at + n)
}

/// The start of the line that `at` is in, behind the line break before it or a byte order mark.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    match text.as_bytes()[..at].iter().rposition(|b| matches!(b, b'\n' | b'\r')) {
        Some(n) => n + 1,
        None => Cursor::new(text).at.min(at),
    }
}
