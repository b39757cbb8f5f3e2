//! From bytes to text: UTF-8 with and without its mark, UTF-16, and what Windows programs write.

use super::CsvError;
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::fmt;
use std::str::Utf8Chunk;

/// How a file's bytes spell its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    table: &'static encoding_rs::Encoding,
    mark: bool,
    /// Single bytes that are no UTF-8 are windows-1252, as where one program's text was put into another's.
    mixed: bool,
}

/// How much of a file is looked at to tell UTF-16 from text of one byte a letter.
const SAMPLE: usize = 4096;

impl Encoding {
    /// The encoding of that name, any the WHATWG standard knows: `utf-8`, `latin1`, `windows-1252`, `utf-16le`.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn named(name: &str) -> Result<Self, CsvError> {
        let table = encoding_rs::Encoding::for_label(name.trim().as_bytes());
        table
            .map(|table| Self { table, mark: false, mixed: false })
            .ok_or_else(|| CsvError::UnknownEncoding(name.to_owned()))
    }

    /// What the bytes look like: a byte order mark says it; else NUL in every other byte is UTF-16; else what reads
    /// as UTF-8 is UTF-8, as is what has more letters of UTF-8 than bytes that are none; and everything else is
    /// windows-1252, of which Latin-1 is a part.
    pub fn of(bytes: &[u8]) -> Self {
        if let Some((table, _)) = encoding_rs::Encoding::for_bom(bytes) {
            return Self { table, mark: true, mixed: false };
        }
        let table = match zeros(&bytes[..bytes.len().min(SAMPLE)]) {
            Some(table) => table,
            None => {
                let (letters, strays) = bytes.utf8_chunks().fold((0, 0), |(letters, strays), chunk| {
                    let own = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
                    (letters + own, strays + chunk.invalid().len())
                });
                match strays {
                    0 => UTF_8,
                    _ if letters > strays => return Self { table: UTF_8, mark: false, mixed: true },
                    _ => WINDOWS_1252,
                }
            }
        };
        Self { table, mark: false, mixed: false }
    }

    /// The text of the bytes, without a byte order mark.
    ///
    /// # Errors
    /// When there are NUL characters in it: then it is no text.
    pub fn decode(self, bytes: &[u8]) -> Result<String, CsvError> {
        let text = match self.mixed {
            false => self.table.decode_with_bom_removal(bytes).0,
            true => {
                let part = |chunk: Utf8Chunk<'_>| {
                    let (strays, _) = WINDOWS_1252.decode_without_bom_handling(chunk.invalid());
                    format!("{}{strays}", chunk.valid())
                };
                bytes.utf8_chunks().map(part).collect()
            }
        };
        match text.contains('\0') {
            true => Err(CsvError::Binary),
            false => Ok(text.into_owned()),
        }
    }
}

/// UTF-16 of mostly Western text has NUL in every other byte: behind the letters or before them.
fn zeros(sample: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let count = |first: usize| sample.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (count(0), count(1), sample.len() / 2);
    match half {
        0 => None,
        _ if odd * 10 > half * 4 && even * 10 < half => Some(UTF_16LE),
        _ if even * 10 > half * 4 && odd * 10 < half => Some(UTF_16BE),
        _ => None,
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.table.name())?;
        match (self.mark, self.mixed) {
            (true, _) => f.write_str(" with BOM"),
            (_, true) => write!(f, " with bytes of {}", WINDOWS_1252.name()),
            _ => Ok(()),
        }
    }
}
