//! A buffer as plain text: what tests compare and `render --format text` prints.

use ratatui::buffer::Buffer;

use super::glyphs;

/// One line per row, without trailing blanks.
pub fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in buffer.area.rows().map(|row| row.y) {
        let row: String = glyphs(buffer, y).map(|glyph| glyph.cell.symbol()).collect();
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_their_columns_once() {
        let buffer = Buffer::with_lines(["黒田製作所 x", "", "é 🙂 end"]);
        assert_eq!(text(&buffer), "黒田製作所 x\n\né 🙂 end\n");
    }
}
