//! Drawing a board: as many columns as fit, the cards in view, and how many more there are.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Board, Card, Deck, Seen};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::grid::Cell;
use crate::tui::widgets::paint::{self, Pen};

/// Narrowest column, with the bar's column before its text and an empty one after it; screens with room for one
/// only show one at a time.
const NARROWEST: u16 = 23;

impl Board {
    /// Draws the board into the area.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, deck: &dyn Deck) {
        let area = area.intersection(buf.area);
        if area.is_empty() || deck.is_empty() {
            Pen::new(buf, area).gap(2).text(&self.empty.0, theme.style(Role::Text));
            Pen::new(buf, paint::below(area, 1)).gap(2).text(&self.empty.1, theme.style(Role::Muted));
            return;
        }
        let fitting = fitting(area.width).min(deck.columns());
        let narrow = is_narrow(area.width);
        let left = self.left.get().clamp((self.column + 1).saturating_sub(fitting), self.column);
        let left = left.min(deck.columns() - fitting);
        self.left.set(left);
        self.tops.borrow_mut().resize(deck.columns(), 0);

        let head = if narrow { 2 } else { 3 };
        let lines = match area.height.saturating_sub(head) {
            _ if narrow => 2,
            0..=10 => 3,
            _ => 4,
        };
        let pitch = if narrow { 2 } else { lines + 1 };
        let mut columns = Vec::with_capacity(fitting);
        for (place, column) in (left..left + fitting).enumerate() {
            let spot = slice(area, fitting as u16, place as u16);
            let body = paint::below(spot, head);
            self.keep_in_sight(column, deck.len(column), in_view(body.height, pitch));
            if narrow {
                self.narrow_head(spot, buf, theme, deck, column);
            } else {
                self.head(spot, buf, theme, deck, column);
            }
            self.cards(body, buf, theme, deck, column, (lines, pitch));
            columns.push((column, body));
        }
        self.more_columns(area, buf, theme, left, fitting, deck.columns());
        self.seen.replace(Seen { columns, head, pitch });
    }

    /// Whether a screen this wide shows one column at a time. Its name then belongs into the breadcrumb.
    pub fn is_narrow(width: u16) -> bool {
        is_narrow(width)
    }

    /// Where the board stands on a narrow screen, for a breadcrumb: `Proposal 2/5`.
    pub fn position(&self, deck: &dyn Deck) -> String {
        if deck.is_empty() {
            return String::new();
        }
        format!("{} {}/{}", deck.head(self.column).title, self.column + 1, deck.columns())
    }

    fn keep_in_sight(&self, column: usize, length: usize, view: usize) {
        let mut tops = self.tops.borrow_mut();
        let mut top = tops[column].min(length.saturating_sub(view));
        if column == self.column {
            top = top.clamp((self.index + 1).saturating_sub(view), self.index);
        }
        tops[column] = top;
    }

    fn head(&self, spot: Rect, buf: &mut Buffer, theme: &Theme, deck: &dyn Deck, column: usize) {
        let head = deck.head(column);
        let role = if column == self.column { Role::Accent } else { Role::Heading };
        let mut pen = Pen::new(buf, paint::line(spot, 0));
        pen.gap(1).text(&head.title, theme.style(role)).gap(2).text(&head.note, theme.style(Role::Muted));
        Pen::new(buf, paint::line(spot, 1)).gap(1).text(&head.facts.join(" · "), theme.style(Role::Muted));
        self.column_rule(paint::line(spot, 2), buf, theme, column);
    }

    /// The rule under a head; it says how many cards are scrolled away above.
    fn column_rule(&self, line: Rect, buf: &mut Buffer, theme: &Theme, column: usize) {
        let rule = theme.style(if column == self.column { Role::Cursor } else { Role::Rule });
        let mut pen = Pen::new(buf, line);
        pen.gap_right(1).gap(1);
        let above = self.top(column);
        if above > 0 {
            pen.right(&format!(" ↑ {above}"), theme.style(Role::Muted));
        }
        pen.fill("─", rule);
    }

    /// The facts alone: the column's name stands in the breadcrumb.
    fn narrow_head(&self, spot: Rect, buf: &mut Buffer, theme: &Theme, deck: &dyn Deck, column: usize) {
        let head = deck.head(column);
        let mut pen = Pen::new(buf, paint::line(spot, 0));
        pen.gap(1).gap_right(1);
        let notes = if head.note.is_empty() { Vec::new() } else { vec![head.note] };
        // The most important facts come first; those that do not fit go.
        let facts: Vec<String> = head.facts.into_iter().chain(notes).collect();
        let mut facts = facts.as_slice();
        while let [shorter @ .., _] = facts {
            if paint::columns(&crate::base::text::safe(&facts.join(" · "))) <= pen.room() {
                break;
            }
            facts = shorter;
        }
        pen.text(&facts.join(" · "), theme.style(Role::Muted));
        self.column_rule(paint::line(spot, 1), buf, theme, column);
    }

    fn cards(
        &self,
        body: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        deck: &dyn Deck,
        column: usize,
        (lines, pitch): (u16, u16),
    ) {
        let length = deck.len(column);
        let top = self.top(column);
        let view = in_view(body.height, pitch);
        if length == 0 {
            Pen::new(buf, body).gap(1).text("·", theme.style(Role::Faint));
        }
        for (row, index) in (top..length.min(top + view)).enumerate() {
            let spot = paint::below(body, row as u16 * pitch);
            let spot = Rect { height: spot.height.min(lines), ..spot };
            let here = column == self.column && index == self.index;
            let marked = !self.marks.is_empty() && self.marks.contains(&deck.key(column, index));
            let sheet = Sheet { theme, here, marked, narrow: lines == 2 };
            sheet.draw(spot, buf, &deck.card(column, index));
        }
        let below = length.saturating_sub(top + view);
        let used = view as u16 * pitch;
        if below > 0 && lines > 2 {
            let line = paint::line(body, used.saturating_sub(1).min(body.height.saturating_sub(1)));
            let more = format!(" ↓ {below}");
            Pen::new(buf, line).gap_right(1).right(&more, theme.style(Role::Muted));
        } else if lines == 2 {
            paint::scrollbar(buf, body, top, view, length, theme);
        }
    }

    /// Signs at the edges that there are columns out of sight.
    fn more_columns(
        &self,
        area: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        left: usize,
        shown: usize,
        all: usize,
    ) {
        let style = theme.style(Role::Accent);
        let line = paint::line(area, 0);
        if left > 0 {
            Pen::new(buf, line).text("‹", style);
        }
        if left + shown < all {
            Pen::new(buf, line).right("›", style);
        }
    }
}

/// How many cards fit; the last needs no empty line below it.
pub(super) fn in_view(height: u16, pitch: u16) -> usize {
    let spare = u16::from(pitch > 2);
    usize::from((height + spare) / pitch.max(1)).max(1)
}

/// The `index`th of `count` equal parts of an area, side by side.
fn slice(area: Rect, count: u16, index: u16) -> Rect {
    let start = area.width * index / count;
    let end = area.width * (index + 1) / count;
    Rect { x: area.x + start, width: end - start, ..area }
}

/// How many columns a screen this wide has room for.
fn fitting(width: u16) -> usize {
    usize::from(width / NARROWEST).max(1)
}

fn is_narrow(width: u16) -> bool {
    fitting(width) == 1
}

/// How one card is drawn.
struct Sheet<'t> {
    theme: &'t Theme,
    here: bool,
    marked: bool,
    narrow: bool,
}

impl Sheet<'_> {
    fn draw(&self, spot: Rect, buf: &mut Buffer, card: &Card) {
        let theme = self.theme;
        let mut base = theme.style(card.tone.unwrap_or(Role::Text));
        let mut muted = theme.style(card.tone.unwrap_or(Role::Muted));
        if self.here {
            let ground = theme.style(Role::Selection);
            (base, muted) = (base.patch(ground), muted.patch(ground));
            paint::tint(buf, Rect { width: spot.width.saturating_sub(1), ..spot }, ground);
        }
        let title = if self.here { base.patch(theme.style(Role::Heading)) } else { base };
        let spoken =
            |style: Style, cell: &Cell| cell.role.map_or(style, |role| style.patch(theme.style(role)));
        let parts: Vec<&Cell> = card.foot.iter().filter(|cell| !cell.text.is_empty()).collect();
        for y in 0..spot.height {
            let mut pen = Pen::new(buf, paint::line(spot, y));
            self.gutter(&mut pen, y, base);
            pen.gap_right(1);
            match (y, self.narrow) {
                (0, false) => {
                    pen.text(&card.title.text, spoken(title, &card.title));
                }
                (0, true) => {
                    pen.right(&card.value.text, spoken(base, &card.value)).gap_right(1);
                    pen.text(&card.title.text, spoken(title, &card.title));
                }
                (1, false) => {
                    pen.right(&card.value.text, spoken(base, &card.value)).gap_right(1);
                    pen.text(&card.name.text, spoken(muted, &card.name));
                }
                (1, true) => {
                    for part in parts.iter().rev() {
                        pen.right(&part.text, spoken(muted, part)).gap_right(1);
                    }
                    pen.text(&card.name.text, spoken(muted, &card.name));
                }
                (2, _) => {
                    for part in &parts {
                        pen.text(&part.text, spoken(muted, part)).gap(2);
                    }
                    // Without a fourth line, what is next goes where there is room for it.
                    let next = paint::columns(&crate::base::text::safe(&card.next.text));
                    if spot.height == 3 && next <= pen.room() {
                        pen.text(&card.next.text, spoken(muted, &card.next));
                    }
                }
                _ => {
                    pen.right(&card.when.text, spoken(muted, &card.when)).gap_right(1);
                    pen.text(&card.next.text, spoken(muted, &card.next));
                }
            }
        }
    }

    /// The cursor's bar on every line; the mark on the first, in the bar's place where the cursor is not.
    fn gutter(&self, pen: &mut Pen<'_>, y: u16, style: Style) {
        let (sign, role) = match (self.marked && y == 0, self.here) {
            (true, _) => ("●", Role::Mark),
            (_, true) => ("▌", Role::Cursor),
            _ => ("", Role::Text),
        };
        pen.cell(sign, 1, style.patch(self.theme.style(role)));
    }
}
