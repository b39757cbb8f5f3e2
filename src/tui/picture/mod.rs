//! Pictures of a screen without a terminal: a drawn buffer as plain text, as ANSI text, or as SVG.

pub mod ansi;
pub mod shape;
pub mod svg;
pub mod text;

use ratatui::buffer::{Buffer, Cell, CellWidth};

pub use ansi::ansi;
pub use svg::{Svg, svg};
pub use text::text;

/// A glyph of a row: where it starts, how many columns it fills, and its cell.
struct Glyph<'b> {
    x: u16,
    width: u16,
    cell: &'b Cell,
}

/// The glyphs of one row from left to right. A wide one hides the cells it lies over.
fn glyphs(buffer: &Buffer, y: u16) -> impl Iterator<Item = Glyph<'_>> {
    let area = buffer.area;
    let mut x = area.left();
    std::iter::from_fn(move || {
        if x >= area.right() {
            return None;
        }
        let cell = &buffer[(x, y)];
        let glyph =
            Glyph { x: x - area.left(), width: cell.symbol().cell_width().clamp(1, area.right() - x), cell };
        x += glyph.width;
        Some(glyph)
    })
}
