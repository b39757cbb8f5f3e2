//! From a program to a finished buffer. Everything that reaches a terminal or a picture passes here last.

use ratatui::{
    Frame, Terminal,
    backend::TestBackend,
    buffer::{Buffer, CellWidth},
    style::{Color, Style},
};

use super::{Hits, Program};
use crate::base::text::safe;

/// Draws the program and finishes the buffer.
pub fn paint<P: Program>(program: &P, frame: &mut Frame<'_>) -> Hits<P::Msg> {
    let mut hits = Hits::default();
    program.view(frame, &mut hits);
    finish(frame.buffer_mut(), program.ground());
    hits
}

/// The program as it looks at a size, without any terminal.
pub fn still<P: Program>(program: &P, width: u16, height: u16) -> Buffer {
    let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
    let Ok(drawn) = terminal.draw(|frame| {
        paint(program, frame);
    });
    drawn.buffer.clone()
}

/// The last hand on a buffer before anyone sees it:
///
/// - no cell holds anything that could drive the terminal, whatever drew it;
/// - a wide character that something was drawn over is gone as a whole, so it cannot hide what covers it;
/// - cells without colours of their own have the ground's.
pub fn finish(buffer: &mut Buffer, ground: Style) {
    let width = usize::from(buffer.area.width);
    if width == 0 {
        return;
    }
    for row in buffer.content.chunks_mut(width) {
        let mut at = 0;
        while at < row.len() {
            let cell = &mut row[at];
            if cell.fg == Color::Reset {
                cell.fg = ground.fg.unwrap_or(Color::Reset);
            }
            if cell.bg == Color::Reset {
                cell.bg = ground.bg.unwrap_or(Color::Reset);
            }
            if cell.symbol().is_empty() || safe(cell.symbol()) != cell.symbol() {
                cell.set_symbol("\u{fffd}");
            }
            let columns = usize::from(row[at].cell_width()).max(1);
            let (style, end) = (row[at].style(), at + columns);
            if columns > 1
                && (end > row.len() || row[at + 1..end].iter().any(|hidden| hidden.symbol() != " "))
            {
                row[at].set_symbol(" ");
                at += 1;
                continue;
            }
            // The columns a wide character covers look like it, also on terminals that paint them one by one.
            for hidden in &mut row[at + 1..end] {
                hidden.set_style(style);
            }
            at = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;
    use crate::tui::picture::text;

    #[test]
    fn nothing_that_drives_a_terminal_is_left() {
        let hostile = [
            "\u{1b}",
            "\u{1b}[2J",
            "\u{7}",
            "\u{9b}",
            "\u{202e}x",
            "\u{2066}",
            "a\u{200b}",
            "\r",
            "\u{7f}",
            "",
        ];
        for symbol in hostile {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
            buffer[(1, 0)].set_symbol(symbol);
            finish(&mut buffer, Style::new());
            assert_eq!(text(&buffer), " \u{fffd}\n", "{symbol:?}");
        }
    }

    #[test]
    fn a_wide_character_never_hides_what_covers_it() {
        let mut buffer = Buffer::with_lines(["黒田製作所"]);
        buffer.set_string(3, 0, "│", Style::new());
        finish(&mut buffer, Style::new());
        assert_eq!(text(&buffer), "黒 │製作所\n");
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        buffer[(1, 0)].set_symbol("黒");
        finish(&mut buffer, Style::new());
        assert_eq!(text(&buffer), "\n");
    }

    #[test]
    fn the_ground_is_under_everything() {
        let mut buffer = Buffer::with_lines(["x黒", "   "]);
        buffer.set_style(Rect::new(0, 0, 1, 1), Style::new().red().on_blue());
        finish(&mut buffer, Style::new().white().on_black());
        assert_eq!((buffer[(0, 0)].fg, buffer[(0, 0)].bg), (Color::Red, Color::Blue));
        for at in [(1, 0), (2, 0), (0, 1), (2, 1)] {
            assert_eq!((buffer[at].fg, buffer[at].bg), (Color::White, Color::Black), "{at:?}");
        }
    }
}
