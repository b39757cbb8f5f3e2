//! Putting text into the buffer: made safe, clipped, aligned, highlighted. Every widget draws through here,
//! so no record text reaches the terminal another way.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::base::text;
use crate::tui::theme::{Role, Theme};

/// Writes along one line, from the left and from the right, never past its end.
pub struct Pen<'b> {
    buf: &'b mut Buffer,
    x: u16,
    end: u16,
    y: u16,
}

impl<'b> Pen<'b> {
    /// A pen at the left end of the area's first line.
    pub fn new(buf: &'b mut Buffer, area: Rect) -> Pen<'b> {
        let area = area.intersection(buf.area);
        let end = if area.height == 0 { area.x } else { area.right() };
        Pen { buf, x: area.x, end, y: area.y }
    }

    /// Columns still free.
    pub fn room(&self) -> u16 {
        self.end.saturating_sub(self.x)
    }

    /// The column the next text starts in.
    pub fn x(&self) -> u16 {
        self.x
    }

    /// Leaves `columns` untouched.
    pub fn gap(&mut self, columns: u16) -> &mut Self {
        self.x = self.x.saturating_add(columns).min(self.end);
        self
    }

    /// Writes `text`, clipped with `…` where it does not fit.
    pub fn text(&mut self, text: &str, style: Style) -> &mut Self {
        let shown = text::cut(text, self.room().into());
        self.put(&shown, style);
        self
    }

    /// Writes `text` in a field of `width` columns and moves past the field.
    pub fn cell(&mut self, text: &str, width: u16, style: Style) -> &mut Self {
        let width = width.min(self.room());
        let start = self.x;
        let shown = text::cut(text, width.into());
        self.put(&shown, style);
        self.x = start + width;
        self
    }

    /// Like [`Pen::cell`], flush with the field's right edge.
    pub fn cell_right(&mut self, text: &str, width: u16, style: Style) -> &mut Self {
        let width = width.min(self.room());
        let start = self.x;
        let shown = text::cut(text, width.into());
        self.x = start + width - columns(&shown);
        self.put(&shown, style);
        self.x = start + width;
        self
    }

    /// Writes `text` flush with the right end, which moves left of it; for text that does not fit, nothing.
    pub fn right(&mut self, text: &str, style: Style) -> &mut Self {
        let safe = text::safe(text);
        let width = columns(&safe);
        if width > 0 && width <= self.room() {
            let left = self.x;
            self.x = self.end - width;
            self.put(&safe, style);
            self.x = left;
            self.end -= width;
        }
        self
    }

    /// Takes `columns` off the right end.
    pub fn gap_right(&mut self, columns: u16) -> &mut Self {
        self.end = self.end.saturating_sub(columns).max(self.x);
        self
    }

    /// Writes `text` with the parts for which `lit` says so (by byte offset of the grapheme) in another style.
    pub fn lit(&mut self, text: &str, style: Style, hit: Style, lit: impl Fn(usize) -> bool) -> &mut Self {
        let safe = text::safe(text);
        let shown = text::cut(&safe, self.room().into());
        let cut = if shown.len() < safe.len() { shown.trim_end_matches('…').len() } else { shown.len() };
        for (at, grapheme) in shown.grapheme_indices(true) {
            let style = if at < cut && lit(at) { style.patch(hit) } else { style };
            self.put(grapheme, style);
        }
        self
    }

    /// Repeats one symbol over the rest of the line.
    pub fn fill(&mut self, symbol: &str, style: Style) -> &mut Self {
        while self.room() > 0 {
            self.put(symbol, style);
        }
        self
    }

    fn put(&mut self, safe: &str, style: Style) {
        let room = self.room();
        if room > 0 {
            let (x, _) = self.buf.set_stringn(self.x, self.y, safe, room as usize, style);
            self.x = x;
        }
    }
}

/// No screen is wider, so no text needs to count as wider. A handful of such widths can still be added up.
const WIDEST: u16 = 8_000;

/// Display columns of a safe text, as far as they matter to a screen: 8000 at most.
pub fn columns(text: &str) -> u16 {
    u16::try_from(text::width(text)).map_or(WIDEST, |width| width.min(WIDEST))
}

/// The `index`th line of an area, empty when the area is not that tall.
pub fn line(area: Rect, index: u16) -> Rect {
    if index < area.height {
        Rect::new(area.x, area.y + index, area.width, 1)
    } else {
        Rect::new(area.x, area.bottom(), area.width, 0)
    }
}

/// What is left of an area below its first `lines` lines.
pub fn below(area: Rect, lines: u16) -> Rect {
    let lines = lines.min(area.height);
    Rect::new(area.x, area.y + lines, area.width, area.height - lines)
}

/// The area without its first `columns` columns.
pub fn inset_left(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect::new(area.x + columns, area.y, area.width - columns, area.height)
}

/// A thin rule over the area's first line.
pub fn rule(buf: &mut Buffer, area: Rect, theme: &Theme) {
    Pen::new(buf, area).fill("─", theme.style(Role::Rule));
}

/// Lays a style under everything already in the area.
pub fn tint(buf: &mut Buffer, area: Rect, style: Style) {
    buf.set_style(area.intersection(buf.area), style);
}

/// Empties the area and gives it one style.
pub fn wipe(buf: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(buf.area);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            buf[(x, y)].reset();
        }
        // A wide character that begins before the area would reach into it.
        if area.width > 0 && area.x > buf.area.x {
            let before = &mut buf[(area.x - 1, y)];
            if columns(before.symbol()) > 1 {
                before.set_symbol(" ");
            }
        }
    }
    buf.set_style(area, style);
}

/// An emptied popup with a thin frame; returns the room inside it.
pub fn popup(buf: &mut Buffer, area: Rect, title: &str, theme: &Theme) -> Rect {
    let area = area.intersection(buf.area);
    wipe(buf, area, theme.style(Role::Surface));
    if area.width < 4 || area.height < 3 {
        return area;
    }
    let frame = theme.style(Role::Surface).patch(theme.style(Role::Border));
    let title_style = theme.style(Role::Surface).patch(theme.style(Role::Title));
    let side = |buf: &mut Buffer, row: Rect, left: &str, right: &str, title: &str| {
        let mut pen = Pen::new(buf, row);
        pen.right(right, frame).text(left, frame);
        if !title.is_empty() {
            pen.text("─ ", frame).text(title, title_style).text(" ", frame);
        }
        pen.fill("─", frame);
    };
    side(buf, line(area, 0), "╭", "╮", title);
    side(buf, line(area, area.height - 1), "╰", "╯", "");
    for y in 1..area.height - 1 {
        let mut pen = Pen::new(buf, line(area, y));
        pen.right("│", frame).text("│", frame);
    }
    Rect::new(area.x + 2, area.y + 1, area.width - 4, area.height - 2)
}

/// A rectangle of at most this size in the middle of `area`, a little above the centre.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect::new(area.x + (area.width - width) / 2, area.y + (area.height - height) / 3, width, height)
}

/// A rectangle for what drops from `anchor`, kept inside `bounds`: to its right where there is room, so that it
/// hides nothing below, else under it, or above it where there is more room.
pub fn beside(anchor: Rect, bounds: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(bounds.width);
    let height = height.min(bounds.height);
    if anchor.right() + 1 + width <= bounds.right() {
        let lowest = bounds.bottom().saturating_sub(height);
        let y = anchor.y.saturating_sub(1).clamp(bounds.y, lowest.max(bounds.y));
        return Rect::new(anchor.right() + 1, y, width, height);
    }
    let under = bounds.bottom().saturating_sub(anchor.bottom());
    let over = anchor.y.saturating_sub(bounds.y);
    let x = anchor.x.min(bounds.right().saturating_sub(width)).max(bounds.x);
    if under >= height || under >= over {
        Rect::new(x, anchor.bottom().min(bounds.bottom()), width, height.min(under))
    } else {
        let height = height.min(over);
        Rect::new(x, anchor.y - height, width, height)
    }
}

/// Draws the empty frame of what drops from `field`, see [`beside`], and gives the area in it. What stood behind it in
/// the same lines goes: its rest would read like a part of what is in the frame.
pub fn dropdown(buf: &mut Buffer, field: Rect, bounds: Rect, size: (u16, u16), theme: &Theme) -> Rect {
    let frame = beside(field, bounds, size.0, size.1);
    if frame.x > field.right() {
        // The last column is the scroll bar's.
        let rest =
            Rect { x: frame.right(), width: bounds.right().saturating_sub(frame.right() + 2), ..frame };
        let ground = buf.cell((rest.x, rest.y)).map(|cell| Style::new().bg(cell.bg)).unwrap_or_default();
        wipe(buf, rest, ground);
    }
    popup(buf, frame, "", theme)
}

/// Marks where in `length` the `height` visible lines from `top` are, at the area's right edge.
pub fn scrollbar(buf: &mut Buffer, area: Rect, top: usize, height: usize, length: usize, theme: &Theme) {
    if length <= height || area.height == 0 || area.width == 0 {
        return;
    }
    let track = area.height as usize;
    let size = (height * track / length).clamp(1, track);
    let start = (top * (track - size)).div_ceil((length - height).max(1)).min(track - size);
    let x = area.right() - 1;
    for step in start..start + size {
        let spot = Rect::new(x, area.y + step as u16, 1, 1);
        Pen::new(buf, spot).text("┃", theme.style(Role::Scroll));
    }
}

/// The most lines of one text that are laid out on a screen; nobody scrolls further.
const LONGEST: usize = 5_000;

/// The lines of a text, made safe and wrapped between words; never none. After the first 5000 an `…` says that there
/// are more.
pub fn wrap(text: &str, width: u16) -> Vec<String> {
    let width = usize::from(width.max(1));
    let mut lines: Vec<String> = Vec::new();
    for line in text::safe_lines(text) {
        lines.extend(textwrap::wrap(&line, width).into_iter().map(|part| part.into_owned()));
        if lines.len() > LONGEST {
            lines.truncate(LONGEST);
            lines.push("…".to_owned());
            return lines;
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Byte ranges of the words (lower case) in `text`, ignoring case.
pub fn find_words(text: &str, words: &[String]) -> Vec<std::ops::Range<usize>> {
    let folded: Vec<(usize, char)> =
        text.char_indices().flat_map(|(at, c)| c.to_lowercase().map(move |low| (at, low))).collect();
    let mut found = Vec::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        let needle: Vec<char> = word.chars().collect();
        for (start, window) in folded.windows(needle.len()).enumerate() {
            if window.iter().map(|(_, c)| c).eq(needle.iter()) {
                let end = folded.get(start + needle.len()).map_or(text.len(), |(at, _)| *at);
                found.push(folded[start].0..end);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_text_shortens_the_line() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 10, 1));
        let area = buf.area;
        Pen::new(&mut buf, area).right("€ 5", Style::new()).gap_right(1).text("Long name", Style::new());
        assert_eq!(buf, Buffer::with_lines(["Long…  € 5"]));
    }

    #[test]
    fn a_wide_character_does_not_reach_into_a_popup() {
        let mut buf = Buffer::with_lines(["黒田製作所"]);
        wipe(&mut buf, Rect::new(3, 0, 4, 1), Style::new());
        assert_eq!(buf[(0, 0)].symbol(), "黒");
        assert_eq!(buf[(2, 0)].symbol(), " ");
        assert_eq!(buf[(8, 0)].symbol(), "所");
    }

    #[test]
    fn words_are_found_whatever_their_case() {
        assert_eq!(find_words("Müller MÜLLER", &["müll".into()]), [0..5, 8..13]);
        assert!(find_words("abc", &["".into(), "zz".into()]).is_empty());
    }

    #[test]
    fn a_dropdown_goes_where_there_is_room() {
        let bounds = Rect::new(0, 0, 40, 10);
        assert_eq!(beside(Rect::new(5, 2, 10, 1), bounds, 20, 5), Rect::new(16, 1, 20, 5));
        assert_eq!(beside(Rect::new(5, 9, 10, 1), bounds, 20, 5), Rect::new(16, 5, 20, 5));
        assert_eq!(beside(Rect::new(5, 1, 20, 1), bounds, 20, 5), Rect::new(5, 2, 20, 5));
        assert_eq!(beside(Rect::new(30, 8, 10, 1), bounds, 20, 5), Rect::new(20, 3, 20, 5));
        assert_eq!(beside(Rect::new(0, 0, 90, 1), bounds, 80, 50), Rect::new(0, 1, 40, 9));
    }
}
