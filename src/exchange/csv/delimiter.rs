//! Which sign parts the cells.

use super::CsvError;
use std::fmt;
use std::str::FromStr;

/// The sign between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiter(pub(super) u8);

/// Those that programs write, the likeliest first.
const USUAL: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many records are looked at.
const RECORDS: usize = 60;

impl Delimiter {
    /// The comma.
    pub const COMMA: Self = Self(b',');

    /// What the text looks like: the sign by which most records have as many cells as the first, and the most cells
    /// among equals. A text with no sign at all is one column.
    pub fn of(text: &str) -> Self {
        let mut best = (0, 1, Self::COMMA);
        for sign in USUAL {
            let (alike, width) = shape(text, sign);
            if width > 1 && (alike, width) > (best.0, best.1) {
                best = (alike, width, Self(sign));
            }
        }
        best.2
    }

    /// The line `sep=;` by which Excel is told, and the text below it.
    pub(super) fn announced(text: &str) -> Option<(Self, &str)> {
        let (line, rest) = text.split_once('\n')?;
        let sign = line.trim_end_matches('\r').strip_prefix("sep=")?;
        Some((sign.parse().ok()?, rest))
    }
}

/// How many records of a hundred have as many cells as the first, and how many that is.
fn shape(text: &str, sign: u8) -> (usize, usize) {
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(sign)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let widths: Vec<usize> =
        reader.byte_records().map_while(Result::ok).take(RECORDS).map(|record| record.len()).collect();
    let Some(first) = widths.first() else { return (0, 0) };
    (widths.iter().filter(|width| *width == first).count() * 100 / widths.len(), *first)
}

impl FromStr for Delimiter {
    type Err = CsvError;

    fn from_str(text: &str) -> Result<Self, CsvError> {
        let sign = match text {
            "comma" => b',',
            "semicolon" => b';',
            "tab" | "\\t" => b'\t',
            "pipe" => b'|',
            other => match other.as_bytes() {
                [sign] if !sign.is_ascii_alphanumeric() && !matches!(sign, b'"' | b'\n' | b'\r') => *sign,
                _ => return Err(CsvError::BadDelimiter(other.to_owned())),
            },
        };
        Ok(Self(sign))
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            b',' => f.write_str("comma"),
            b';' => f.write_str("semicolon"),
            b'\t' => f.write_str("tab"),
            b'|' => f.write_str("pipe"),
            other => write!(f, "{}", char::from(other)),
        }
    }
}
