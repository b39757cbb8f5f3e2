//! A buffer as text with ANSI colours, as `cat` would show it on a terminal.

use std::fmt::Write;

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};

use super::glyphs;

/// One line per row; trailing blanks are left out where they show nothing.
///
/// The colours are those of the buffer, so the theme's depth decides how many a terminal needs.
pub fn ansi(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in buffer.area.rows().map(|row| row.y) {
        let row: Vec<_> = glyphs(buffer, y).collect();
        let end = row.iter().rposition(|glyph| !is_blank(glyph.cell)).map_or(0, |last| last + 1);
        let mut current = String::new();
        for glyph in &row[..end] {
            let wanted = codes(glyph.cell);
            if wanted != current {
                // Writing to a String cannot fail.
                let _ = write!(text, "\x1b[0{wanted}m");
                current = wanted;
            }
            text.push_str(glyph.cell.symbol());
        }
        if !current.is_empty() {
            text.push_str("\x1b[0m");
        }
        text.push('\n');
    }
    text
}

fn is_blank(cell: &Cell) -> bool {
    let seen = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
    cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(seen)
}

/// The SGR codes after the leading 0, each with its semicolon.
fn codes(cell: &Cell) -> String {
    const MODIFIERS: [(Modifier, u8); 7] = [
        (Modifier::BOLD, 1),
        (Modifier::DIM, 2),
        (Modifier::ITALIC, 3),
        (Modifier::UNDERLINED, 4),
        (Modifier::SLOW_BLINK, 5),
        (Modifier::REVERSED, 7),
        (Modifier::CROSSED_OUT, 9),
    ];
    let mut codes = String::new();
    for (modifier, code) in MODIFIERS {
        if cell.modifier.contains(modifier) {
            let _ = write!(codes, ";{code}");
        }
    }
    color(&mut codes, cell.fg, 30);
    color(&mut codes, cell.bg, 40);
    codes
}

fn color(codes: &mut String, color: Color, base: u8) {
    let named = |number: u8| if number < 8 { base + number } else { base + 60 + number - 8 };
    let _ = match (color, number_of(color)) {
        (_, Some(number)) => write!(codes, ";{}", named(number)),
        (Color::Indexed(index), _) => write!(codes, ";{};5;{index}", base + 8),
        (Color::Rgb(r, g, b), _) => write!(codes, ";{};2;{r};{g};{b}", base + 8),
        _ => Ok(()),
    };
}

/// The number of a named colour among the sixteen.
pub(super) fn number_of(color: Color) -> Option<u8> {
    Some(match color {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn codes_change_only_where_the_look_does() {
        let mut buffer = Buffer::with_lines(["ab cd   ", "        "]);
        buffer.set_style(ratatui::layout::Rect::new(3, 0, 2, 1), Style::new().fg(Color::LightRed).bold());
        buffer.set_style(ratatui::layout::Rect::new(0, 1, 1, 1), Style::new().bg(Color::Rgb(1, 2, 3)));
        assert_eq!(ansi(&buffer), "ab \x1b[0;1;91mcd\x1b[0m\n\x1b[0;48;2;1;2;3m \x1b[0m\n");
    }

    #[test]
    fn a_terminal_reads_back_what_was_drawn() {
        let mut buffer = Buffer::with_lines(["黒田 x ", "ok     "]);
        buffer.set_style(
            ratatui::layout::Rect::new(0, 0, 4, 1),
            Style::new().fg(Color::Indexed(200)).underlined(),
        );
        let mut parser = vt100::Parser::new(2.try_into().unwrap(), 7.try_into().unwrap(), 0);
        parser.process(ansi(&buffer).trim_end().replace('\n', "\r\n").as_bytes());
        let screen = parser.screen();
        assert_eq!(screen.contents(), "黒田 x\nok");
        let cell = screen.cell(0, 2).unwrap();
        assert_eq!((cell.contents(), cell.fgcolor(), cell.underline()), ("田", vt100::Color::Idx(200), true));
        assert!(!screen.cell(0, 5).unwrap().underline());
    }
}
