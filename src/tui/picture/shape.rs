//! Box drawing and block characters as geometry, so that pictures join seamlessly whatever the font.

/// What a character looks like in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// A filled part of the cell: left, top, width, height as shares of it, and how dense the fill is.
    Block {
        /// Left and top edge.
        at: (f64, f64),
        /// Width and height.
        size: (f64, f64),
        /// 1.0 is solid; the shades are less.
        density: f64,
    },
    /// Lines from the middle to the edges: up, right, down, left; 0 is none, 1 light, 2 heavy.
    Lines {
        /// The weight of each arm.
        arms: [u8; 4],
        /// Whether the corner is rounded.
        round: bool,
    },
    /// The dots of a Braille pattern, as the low byte of its code point.
    Dots(u8),
}

/// The shape of a character, if it is one to be drawn rather than set in type.
pub fn shape(c: char) -> Option<Shape> {
    let block =
        |x: f64, y: f64, w: f64, h: f64| Some(Shape::Block { at: (x, y), size: (w, h), density: 1.0 });
    let shade = |density| Some(Shape::Block { at: (0.0, 0.0), size: (1.0, 1.0), density });
    let eighths = |from: char| f64::from(c as u32 - from as u32 + 1) / 8.0;
    match c {
        '▀' => block(0.0, 0.0, 1.0, 0.5),
        '▁'..='█' => block(0.0, 1.0 - eighths('▁'), 1.0, eighths('▁')),
        '▉'..='▏' => {
            let width = 1.0 - eighths('▉');
            block(0.0, 0.0, width, 1.0)
        }
        '▐' => block(0.5, 0.0, 0.5, 1.0),
        '░' => shade(0.25),
        '▒' => shade(0.5),
        '▓' => shade(0.75),
        '▔' => block(0.0, 0.0, 1.0, 0.125),
        '▕' => block(0.875, 0.0, 0.125, 1.0),
        '\u{2800}'..='\u{28ff}' => Some(Shape::Dots((c as u32 - 0x2800) as u8)),
        _ => {
            let (arms, round) = arms(c)?;
            Some(Shape::Lines { arms, round })
        }
    }
}

fn arms(c: char) -> Option<([u8; 4], bool)> {
    Some(match c {
        '╭' => ([0, 1, 1, 0], true),
        '╮' => ([0, 0, 1, 1], true),
        '╯' => ([1, 0, 0, 1], true),
        '╰' => ([1, 1, 0, 0], true),
        _ => {
            let arms = match c {
                '─' => [0, 1, 0, 1],
                '━' => [0, 2, 0, 2],
                '│' => [1, 0, 1, 0],
                '┃' => [2, 0, 2, 0],
                '┌' => [0, 1, 1, 0],
                '┐' => [0, 0, 1, 1],
                '└' => [1, 1, 0, 0],
                '┘' => [1, 0, 0, 1],
                '├' => [1, 1, 1, 0],
                '┤' => [1, 0, 1, 1],
                '┬' => [0, 1, 1, 1],
                '┴' => [1, 1, 0, 1],
                '┼' => [1, 1, 1, 1],
                '┏' => [0, 2, 2, 0],
                '┓' => [0, 0, 2, 2],
                '┗' => [2, 2, 0, 0],
                '┛' => [2, 0, 0, 2],
                '╴' => [0, 0, 0, 1],
                '╵' => [1, 0, 0, 0],
                '╶' => [0, 1, 0, 0],
                '╷' => [0, 0, 1, 0],
                '╸' => [0, 0, 0, 2],
                '╹' => [2, 0, 0, 0],
                '╺' => [0, 2, 0, 0],
                '╻' => [0, 0, 2, 0],
                '╼' => [0, 2, 0, 1],
                '╾' => [0, 1, 0, 2],
                _ => return None,
            };
            (arms, false)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_fill_their_share() {
        let size = |c| match shape(c) {
            Some(Shape::Block { size, .. }) => size,
            other => panic!("{c}: {other:?}"),
        };
        assert_eq!(size('█'), (1.0, 1.0));
        assert_eq!(size('▁'), (1.0, 0.125));
        assert_eq!(size('▇'), (1.0, 0.875));
        assert_eq!(size('▌'), (0.5, 1.0));
        assert_eq!(size('▏'), (0.125, 1.0));
        assert_eq!(size('▉'), (0.875, 1.0));
        assert_eq!(shape('x'), None);
        assert_eq!(shape('╸'), Some(Shape::Lines { arms: [0, 0, 0, 2], round: false }));
    }
}
