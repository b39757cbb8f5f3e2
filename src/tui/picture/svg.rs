//! A buffer as SVG: for the README, and for `render --format svg`.
//!
//! Text is placed run by run on the grid of cells, wide and odd characters one by one in the middle of theirs, and
//! box drawing as geometry: so columns line up whatever font the viewer has.

use std::{collections::BTreeMap, fmt::Write};

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};

use super::{
    Glyph,
    ansi::number_of,
    glyphs,
    shape::{Shape, shape},
};
use crate::tui::theme::{Rgb, Role, Theme};

/// A cell is 9 by 20 at font size 15: the 0.6 em that monospace fonts advance, and whole pixels.
const WIDTH: f64 = 9.0;
const HEIGHT: f64 = 20.0;
const BASELINE: f64 = 14.5;
/// Where lines cross, within a cell: half pixels, so that a line one pixel wide is crisp.
const MIDDLE: (f64, f64) = (4.5, 10.5);
const FONT_SIZE: u32 = 15;
const FONTS: &str = "'JetBrains Mono','Cascadia Mono','SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK JP',monospace";

/// How to draw the picture.
#[derive(Clone, Copy, Debug)]
pub struct Svg<'a> {
    /// Gives the colours where the buffer leaves them to the terminal.
    pub theme: &'a Theme,
    /// A window around it, with this title.
    pub window: Option<&'a str>,
}

/// The buffer as an SVG document.
pub fn svg(buffer: &Buffer, options: &Svg<'_>) -> String {
    let mut picture = Picture::new(options.theme);
    for (row, y) in buffer.area.rows().map(|row| row.y).enumerate() {
        picture.row(buffer, y, row as f64 * HEIGHT);
    }
    picture.document(buffer, options)
}

/// The layers of the picture so far, bottom to top.
struct Picture {
    ink: Rgb,
    ground: Rgb,
    grounds: String,
    /// Lines of each colour and weight, as path data.
    lines: BTreeMap<(String, u8), String>,
    blocks: String,
    texts: String,
    /// The look of each class of text.
    classes: Vec<String>,
}

/// The colours of a cell as they are seen.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    ink: Rgb,
    ground: Rgb,
    modifier: Modifier,
}

/// What happens to be next to each other and looks alike is drawn as one.
enum Piece {
    Text(String),
    Shape(char),
    Single(String),
    Gap,
}

impl Picture {
    fn new(theme: &Theme) -> Picture {
        Picture {
            ink: theme.ink(Role::Text).unwrap_or(Rgb(0xd0, 0xd0, 0xd0)),
            ground: theme.ground(Role::Background).unwrap_or(Rgb(0, 0, 0)),
            grounds: String::new(),
            lines: BTreeMap::new(),
            blocks: String::new(),
            texts: String::new(),
            classes: Vec::new(),
        }
    }

    fn look(&self, cell: &Cell) -> Look {
        let (mut ink, mut ground) = (rgb(cell.fg).unwrap_or(self.ink), rgb(cell.bg).unwrap_or(self.ground));
        if cell.modifier.contains(Modifier::REVERSED) {
            (ink, ground) = (ground, ink);
        }
        if cell.modifier.contains(Modifier::DIM) {
            ink = ink.mix(ground, 0.4);
        }
        let drawn = Modifier::BOLD | Modifier::ITALIC | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
        Look { ink, ground, modifier: cell.modifier & drawn }
    }

    fn row(&mut self, buffer: &Buffer, y: u16, top: f64) {
        let row: Vec<(Glyph<'_>, Look)> = glyphs(buffer, y)
            .map(|glyph| {
                let look = self.look(glyph.cell);
                (glyph, look)
            })
            .collect();
        for run in row.chunk_by(|a, b| a.1.ground == b.1.ground) {
            if run[0].1.ground != self.ground {
                let (x, width) = extent(run);
                rect(&mut self.grounds, (x, top), (width, HEIGHT), run[0].1.ground, 1.0);
            }
        }
        let mut at = 0;
        while at < row.len() {
            let (piece, end) = next_piece(&row, at);
            let (x, width) = extent(&row[at..end]);
            let look = row[at].1;
            match piece {
                Piece::Gap => {}
                Piece::Text(text) => self.text(&text, (x, top), Some(width), look),
                Piece::Single(text) => self.text(&text, (x + width / 2.0, top), None, look),
                Piece::Shape(c) => self.shape(c, (x, top), end - at, look),
            }
            at = end;
        }
    }

    /// Text from its left edge over its width; or, where there is none, around the middle of its cell.
    fn text(&mut self, text: &str, (x, top): (f64, f64), width: Option<f64>, look: Look) {
        let mut css = format!("fill:{}", look.ink);
        for (modifier, rule) in [
            (Modifier::BOLD, ";font-weight:700"),
            (Modifier::ITALIC, ";font-style:italic"),
            (Modifier::UNDERLINED, ";text-decoration:underline"),
            (Modifier::CROSSED_OUT, ";text-decoration:line-through"),
        ] {
            if look.modifier.contains(modifier) {
                css.push_str(rule);
            }
        }
        let class = self.classes.iter().position(|known| *known == css).unwrap_or_else(|| {
            self.classes.push(css);
            self.classes.len() - 1
        });
        // Writing to a String cannot fail, here and below.
        let _ = write!(self.texts, r#"<text x="{x}" y="{}""#, top + BASELINE);
        let _ = match width {
            Some(width) => write!(self.texts, r#" textLength="{width}" class="c{class}">"#),
            None => write!(self.texts, r#" class="c{class} m">"#),
        };
        escape(&mut self.texts, text);
        self.texts.push_str("</text>\n");
    }

    /// The same shape in `count` cells side by side.
    fn shape(&mut self, c: char, (x, top): (f64, f64), count: usize, look: Look) {
        let width = WIDTH * count as f64;
        match shape(c) {
            None => {}
            Some(Shape::Block { at, size, density }) if size.0 == 1.0 => {
                rect(&mut self.blocks, (x, top + at.1 * HEIGHT), (width, size.1 * HEIGHT), look.ink, density);
            }
            Some(Shape::Block { at, size, density }) => {
                for cell in 0..count {
                    let left = x + (cell as f64 + at.0) * WIDTH;
                    rect(
                        &mut self.blocks,
                        (left, top + at.1 * HEIGHT),
                        (size.0 * WIDTH, size.1 * HEIGHT),
                        look.ink,
                        density,
                    );
                }
            }
            Some(Shape::Lines { arms: [0, right, 0, left], .. }) if right == left => {
                let path = self.lines.entry((look.ink.to_string(), right)).or_default();
                let _ = write!(path, "M{x} {}h{width}", top + MIDDLE.1);
            }
            Some(Shape::Lines { arms, round }) => {
                for cell in 0..count {
                    self.arms(arms, round, (x + cell as f64 * WIDTH + MIDDLE.0, top + MIDDLE.1), look);
                }
            }
            Some(Shape::Dots(dots)) => {
                // Bits 0–2 and 6 are the left column, 3–5 and 7 the right one.
                const PLACES: [(f64, f64); 8] =
                    [(0., 0.), (0., 1.), (0., 2.), (1., 0.), (1., 1.), (1., 2.), (0., 3.), (1., 3.)];
                for cell in 0..count {
                    for (bit, (column, row)) in PLACES.iter().enumerate() {
                        if dots & (1 << bit) != 0 {
                            let at = (
                                x + WIDTH * (cell as f64 + 0.25 + column / 2.0) - 1.0,
                                top + HEIGHT * (row + 0.5) / 4.0 - 1.0,
                            );
                            rect(&mut self.blocks, at, (2.0, 2.0), look.ink, 1.0);
                        }
                    }
                }
            }
        }
    }

    fn arms(&mut self, arms: [u8; 4], round: bool, (x, y): (f64, f64), look: Look) {
        let ends = [(0.0, -MIDDLE.1), (WIDTH - MIDDLE.0, 0.0), (0.0, HEIGHT - MIDDLE.1), (-MIDDLE.0, 0.0)];
        let drawn: Vec<_> = arms.into_iter().zip(ends).filter(|(weight, _)| *weight > 0).collect();
        if let (true, [(weight, a), (_, b)]) = (round, drawn.as_slice()) {
            let path = self.lines.entry((look.ink.to_string(), *weight)).or_default();
            let _ = write!(path, "M{} {}Q{x} {y} {} {}", x + a.0, y + a.1, x + b.0, y + b.1);
            return;
        }
        for (weight, (dx, dy)) in drawn {
            let path = self.lines.entry((look.ink.to_string(), weight)).or_default();
            let _ = write!(path, "M{x} {y}l{dx} {dy}");
        }
    }

    fn document(self, buffer: &Buffer, options: &Svg<'_>) -> String {
        let (width, height) = (f64::from(buffer.area.width) * WIDTH, f64::from(buffer.area.height) * HEIGHT);
        let (pad, bar) = if options.window.is_some() { (14.0, 38.0) } else { (0.0, 0.0) };
        let (full_width, full_height) = (width + 2.0 * pad, height + pad + bar);
        let mut out = String::new();
        let _ = writeln!(
            out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full_width} {full_height}" width="{full_width}" height="{full_height}" font-family="{FONTS}" font-size="{FONT_SIZE}">"#
        );
        out.push_str("<style>text{white-space:pre;font-variant-ligatures:none}.m{text-anchor:middle}");
        for (class, css) in self.classes.iter().enumerate() {
            let _ = write!(out, ".c{class}{{{css}}}");
        }
        out.push_str("</style>\n");
        match options.window {
            Some(title) => {
                let (edge, label) = (self.ground.mix(self.ink, 0.18), self.ground.mix(self.ink, 0.6));
                let _ = writeln!(
                    out,
                    r#"<rect x="0.5" y="0.5" width="{}" height="{}" rx="10" fill="{}" stroke="{edge}"/>"#,
                    full_width - 1.0,
                    full_height - 1.0,
                    self.ground
                );
                for (x, color) in [(20, "#ff5f57"), (40, "#febc2e"), (60, "#28c840")] {
                    let _ = write!(out, r#"<circle cx="{x}" cy="19" r="6" fill="{color}"/>"#);
                }
                let _ = write!(
                    out,
                    r#"<text x="{}" y="24" font-size="13" fill="{label}" text-anchor="middle">"#,
                    full_width / 2.0
                );
                escape(&mut out, title);
                out.push_str("</text>\n");
            }
            None => rect(&mut out, (0.0, 0.0), (full_width, full_height), self.ground, 1.0),
        }
        let _ = writeln!(out, r#"<g transform="translate({pad} {bar})" xml:space="preserve">"#);
        let _ = write!(out, "<g shape-rendering=\"crispEdges\">\n{}{}</g>\n", self.grounds, self.blocks);
        for ((color, weight), path) in &self.lines {
            let stroke = if *weight > 1 { 2.6 } else { 1.0 };
            let _ =
                writeln!(out, r#"<path d="{path}" fill="none" stroke="{color}" stroke-width="{stroke}"/>"#);
        }
        out.push_str(&self.texts);
        out.push_str("</g>\n</svg>\n");
        out
    }
}

/// Left edge and width of glyphs side by side.
fn extent(run: &[(Glyph<'_>, Look)]) -> (f64, f64) {
    let columns: u16 = run.iter().map(|(glyph, _)| glyph.width).sum();
    (f64::from(run[0].0.x) * WIDTH, f64::from(columns) * WIDTH)
}

/// The piece that starts at a glyph, and where the next one does.
fn next_piece(row: &[(Glyph<'_>, Look)], start: usize) -> (Piece, usize) {
    let symbol = |at: usize| row[at].0.cell.symbol();
    let alike = |at: usize| at < row.len() && row[at].1 == row[start].1;
    let first = symbol(start);
    let decorated = row[start].1.modifier.intersects(Modifier::UNDERLINED | Modifier::CROSSED_OUT);
    if first.trim().is_empty() && !decorated {
        return (Piece::Gap, start + 1);
    }
    let mut chars = first.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && shape(c).is_some()
    {
        let end = (start + 1..row.len()).find(|at| !alike(*at) || symbol(*at) != first).unwrap_or(row.len());
        return (Piece::Shape(c), end);
    }
    if !is_plain(&row[start].0) {
        return (Piece::Single(first.to_owned()), start + 1);
    }
    let is_blank = |at: usize| !decorated && symbol(at) == " ";
    let mut end = start;
    // Two blanks end a run: the next column is placed by itself.
    while alike(end) && is_plain(&row[end].0) && !(is_blank(end) && is_blank(end - 1)) {
        end += 1;
    }
    while is_blank(end - 1) {
        end -= 1;
    }
    (Piece::Text((start..end).map(symbol).collect()), end)
}

/// One column of a script whose letters any monospace font has.
fn is_plain(glyph: &Glyph<'_>) -> bool {
    glyph.width == 1
        && glyph
            .cell
            .symbol()
            .chars()
            .all(|c| c < '\u{0590}' || ('\u{2010}'..'\u{2027}').contains(&c) || c == '€')
}

fn rgb(color: Color) -> Option<Rgb> {
    match color {
        Color::Reset => None,
        Color::Rgb(r, g, b) => Some(Rgb(r, g, b)),
        Color::Indexed(index) => Some(Rgb::of_256(index)),
        named => number_of(named).map(Rgb::of_256),
    }
}

fn rect(out: &mut String, (x, y): (f64, f64), (width, height): (f64, f64), fill: Rgb, density: f64) {
    let _ = write!(out, r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}""#);
    if density < 1.0 {
        let _ = write!(out, r#" opacity="{density}""#);
    }
    out.push_str("/>\n");
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // XML has no way to write these.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::{layout::Rect, style::Style};

    use super::*;

    fn draw(lines: &[&str], styles: &[(Rect, Style)]) -> String {
        let mut buffer = Buffer::with_lines(lines.iter().copied());
        for (area, style) in styles {
            buffer.set_style(*area, *style);
        }
        svg(&buffer, &Svg { theme: &Theme::builtin()[0], window: None })
    }

    /// The drawn elements, without the head.
    fn body(svg: &str) -> Vec<&str> {
        svg.lines()
            .filter(|line| ["<text", "<path", "<rect"].iter().any(|tag| line.starts_with(tag)))
            .skip(1)
            .collect()
    }

    #[test]
    fn columns_are_placed_by_cell_whatever_comes_before() {
        let svg = draw(&["黒田  Deal x  85 €"], &[]);
        assert_eq!(
            body(&svg),
            [
                r#"<text x="9" y="14.5" class="c0 m">黒</text>"#,
                r#"<text x="27" y="14.5" class="c0 m">田</text>"#,
                r#"<text x="54" y="14.5" textLength="54" class="c0">Deal x</text>"#,
                r#"<text x="126" y="14.5" textLength="36" class="c0">85 €</text>"#,
            ]
        );
    }

    #[test]
    fn rules_and_bars_are_geometry() {
        let ink = Style::new().fg(Color::Rgb(1, 2, 3));
        let svg = draw(&["──▇▇", "│▌  "], &[(Rect::new(0, 0, 4, 2), ink)]);
        assert_eq!(
            body(&svg),
            [
                r##"<rect x="18" y="2.5" width="18" height="17.5" fill="#010203"/>"##,
                r##"<rect x="9" y="20" width="4.5" height="20" fill="#010203"/>"##,
                r##"<path d="M0 10.5h18M4.5 30.5l0 -10.5M4.5 30.5l0 9.5" fill="none" stroke="#010203" stroke-width="1"/>"##,
            ]
        );
    }

    #[test]
    fn looks_become_classes_and_grounds() {
        let bold = Style::new().fg(Color::Rgb(255, 0, 0)).bold();
        let selected = Style::new().bg(Color::Rgb(0, 0, 9)).fg(Color::Black).reversed();
        let svg = draw(&["ab cd"], &[(Rect::new(0, 0, 2, 1), bold), (Rect::new(3, 0, 2, 1), selected)]);
        assert!(svg.contains(".c0{fill:#ff0000;font-weight:700}"));
        assert!(svg.contains(".c1{fill:#000009}"));
        assert!(svg.contains(r##"<rect x="27" y="0" width="18" height="20" fill="#000000"/>"##));
    }

    #[test]
    fn text_cannot_break_out_of_the_picture() {
        let mut buffer = Buffer::with_lines(["</text><script>&  "]);
        buffer[(17, 0)].set_symbol("\u{1b}]");
        let svg = svg(&buffer, &Svg { theme: &Theme::builtin()[0], window: Some("<b>") });
        assert!(
            svg.contains("&lt;/text&gt;&lt;script&gt;&amp;")
                && svg.contains("&lt;b&gt;")
                && !svg.contains("<script")
        );
        assert!(!svg.contains('\u{1b}'));
    }
}
