//! A table of text: the columns' names and the rows below them.

use super::{CsvError, Delimiter, Encoding, MAX_BYTES, MAX_COLUMNS};

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The columns' names, each of them another: a second `Email` is `Email 2`, one without a name `column 3`.
    pub headers: Vec<String>,
    /// The rows, those with nothing in them left out.
    pub rows: Vec<Row>,
    /// The line of the first cell whose quotes do not close where it ends, if there is one.
    pub broken_quote: Option<u64>,
    /// The line on which a quoted cell begins that never ends, and so holds all the rest of the file.
    pub open_quote: Option<u64>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it begins in the file; the line of the column names is 1.
    pub line: u64,
    /// Its cells: as many as there are, be it more or fewer than there are columns.
    pub cells: Vec<String>,
}

impl Row {
    /// The cell of a column, without blanks around it; empty where the row ends before.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }
}

/// How a file was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// How its bytes spell text.
    pub encoding: Encoding,
    /// What parts its cells.
    pub delimiter: Delimiter,
}

/// Reads a table out of a file's bytes. What is not given is looked for in them.
///
/// # Errors
/// When there is no table in them.
pub fn read(
    bytes: &[u8],
    encoding: Option<Encoding>,
    delimiter: Option<Delimiter>,
) -> Result<(Table, Format), CsvError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(CsvError::TooLarge);
    }
    let encoding = encoding.unwrap_or_else(|| Encoding::of(bytes));
    let decoded = encoding.decode(bytes)?;
    let announced = Delimiter::announced(&decoded);
    let text = announced.map_or(decoded.as_str(), |(_, rest)| rest);
    let delimiter =
        delimiter.or(announced.map(|(delimiter, _)| delimiter)).unwrap_or_else(|| Delimiter::of(text));
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(delimiter.0)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let first_line = 1 + u64::from(announced.is_some());
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: first_line };
    let (broken_quote, open_quote) = quotes(text, delimiter, first_line);
    let mut table = Table { broken_quote, open_quote, ..Table::default() };
    // Text that was decoded is UTF-8, and ragged rows are allowed: no record is refused.
    for record in reader.records().map_while(Result::ok) {
        let line = lines.line_at(record.position().map_or(0, ::csv::Position::byte));
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        match cells.iter().all(|cell| cell.trim().is_empty()) {
            true => {}
            false if table.headers.is_empty() => table.headers = headers(&cells)?,
            false => table.rows.push(Row { line, cells }),
        }
    }
    match table.headers.is_empty() {
        true => Err(CsvError::Empty),
        false => Ok((table, Format { encoding, delimiter })),
    }
}

/// Counts lines on the way through a text. The reader's own count is behind by one where lines end in CRLF.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which the record that follows this byte begins. Asked in order.
    fn line_at(&mut self, byte: u64) -> u64 {
        let mut until = usize::try_from(byte).map_or(self.text.len(), |byte| byte.min(self.text.len()));
        until += self.text[until..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let passed = self.text.get(self.at..until).unwrap_or_default();
        self.line += breaks(passed);
        self.at = self.at.max(until);
        self.line
    }
}

/// Line breaks of every kind: LF, CRLF, and the CR of old.
fn breaks(text: &[u8]) -> u64 {
    let ends = |at: usize| match text[at] {
        b'\n' => true,
        b'\r' => text.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..text.len()).filter(|at| ends(*at)).count() as u64
}

/// The line of the first quoted cell that does not end with its quote: one is missing or too many there, and rows may
/// have run into each other. And the line of the cell that the end of the file leaves open.
fn quotes(text: &str, delimiter: Delimiter, first_line: u64) -> (Option<u64>, Option<u64>) {
    let (bytes, mut at, mut starts) = (text.as_bytes(), 0, true);
    let mut broken = None;
    while at < bytes.len() {
        if !starts || bytes[at] != b'"' {
            starts = bytes[at] == delimiter.0 || matches!(bytes[at], b'\n' | b'\r');
            at += 1;
            continue;
        }
        let opened = at;
        let mut end = opened + 1;
        // Two quotes inside of a cell stand for one.
        while end < bytes.len() && (bytes[end] != b'"' || bytes.get(end + 1) == Some(&b'"')) {
            end += if bytes[end] == b'"' { 2 } else { 1 };
        }
        let closed =
            bytes.get(end + 1).is_none_or(|next| *next == delimiter.0 || matches!(next, b'\n' | b'\r'));
        let line = || first_line + breaks(&bytes[..opened]);
        if end >= bytes.len() {
            return (broken, Some(line()));
        }
        if !closed && broken.is_none() {
            broken = Some(line());
        }
        (at, starts) = (end + 1, false);
    }
    (broken, None)
}

fn headers(cells: &[String]) -> Result<Vec<String>, CsvError> {
    if cells.len() > MAX_COLUMNS {
        return Err(CsvError::TooWide(cells.len()));
    }
    let mut names: Vec<String> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let name = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = if name.is_empty() { format!("column {}", at + 1) } else { name };
        let numbered = (2..).map(|number| format!("{name} {number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !names.contains(name));
        names.extend(free);
    }
    Ok(names)
}
