//! From a table to a file.

/// Rows as CSV by RFC 4180, in UTF-8: commas, quotes where a cell needs them, CRLF at the end of a line as the
/// standard has it.
pub fn write<'a, R>(rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = &'a str>,
{
    let mut writer = ::csv::WriterBuilder::new()
        .flexible(true)
        .terminator(::csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        // Memory takes every row, and rows may be of any length.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}
