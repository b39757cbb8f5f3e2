//! The line a screen is filtered on while it is typed.
//!
//! What is typed need not be finished: until a term is, the last result that made sense stays. What it means is found
//! out where there is time for that: see [`Wording`].

mod offers;
mod reading;
mod sieve;
mod turn;

pub use reading::{Reading, Wording};
pub use sieve::Sieve;

use crate::base::text;
use crate::tr;
use crate::tui::keys::Key;
use crate::tui::layout;
use crate::tui::parts::World;
use crate::tui::theme::Role;
use crate::tui::widgets::input::{Edit, Input};
use crate::tui::widgets::paint::{self, Pen, columns};
use crossterm::event::{KeyCode, KeyModifiers};
use offers::{Offer, tail};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use turn::Turn;

/// A filter line: shut and empty, shut with a text that still holds, or open for typing.
pub struct Filter {
    line: Input,
    open: bool,
    /// Whether it is read as a query; else as words alone.
    queried: bool,
    /// The text before it was opened, for Esc.
    kept: String,
    /// What the text came to when it was last read.
    reading: Reading,
    /// Whether another text is being read.
    unread: bool,
    /// What Tab goes through, once it was pressed.
    turn: Option<Turn>,
}

/// From how many columns and lines on how the query was understood has a line of its own.
const WIDE: u16 = 80;
/// See [`WIDE`].
const HIGH: u16 = 16;

/// What a key did to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// Another text holds.
    Changed,
    /// Something on the line is to be drawn again.
    Redraw,
    /// The cursor of the list below is to go down, or up.
    Down,
    /// See [`Typed::Down`].
    Up,
}

impl Filter {
    /// A filter with this query, shut.
    pub fn new(text: &str) -> Self {
        let line = Input::new().placeholder(tr!("stage:proposal amount>=10k owner:me -tag:pilot words"));
        let (reading, kept) = (Reading::default(), String::new());
        let mut filter = Self { line, open: false, queried: true, kept, reading, unread: false, turn: None };
        filter.set(text);
        filter
    }

    /// An empty filter whose words are looked for and nothing else, shut.
    pub fn of_words() -> Self {
        let line = Input::new().placeholder(tr!("words"));
        Self { line, queried: false, ..Self::new("") }
    }

    /// What stands on it, to be read.
    pub fn wording(&mut self, world: &World) -> Wording {
        self.unread = true;
        Wording {
            text: self.line.text().to_owned(),
            cursor: self.line.around().0.len(),
            open: self.open,
            good: self.reading.good.clone(),
            me: world.me.clone(),
            searcher: world.searcher.clone(),
        }
    }

    /// Takes in what its last wording came to.
    pub fn take(&mut self, reading: Reading) {
        self.reading = reading;
        self.unread = false;
    }

    /// The text that holds.
    pub fn text(&self) -> &str {
        self.line.text().trim()
    }

    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Whether it has words that could not be searched for yet.
    pub fn is_unsearched(&self) -> bool {
        self.reading.note.is_some()
    }

    /// The last text that made sense: what is on the screen passes it.
    pub fn good(&self) -> &str {
        self.reading.good.trim()
    }

    /// Opens it for typing.
    pub fn open(&mut self) {
        self.open = true;
        self.kept = self.line.text().to_owned();
    }

    /// Lets everything pass.
    pub fn clear(&mut self) {
        self.set("");
    }

    /// Another text, shut or open as it is.
    pub fn set(&mut self, text: &str) {
        self.line.set(text);
    }

    /// A key, while it is open; `None` while it is shut.
    pub fn key(&mut self, key: Key) -> Option<Typed> {
        if !self.open {
            return None;
        }
        if !matches!(key.code(), KeyCode::Tab | KeyCode::Down | KeyCode::Up) {
            self.turn = None;
        }
        let forward = !key.modifiers().contains(KeyModifiers::SHIFT);
        Some(match key.code() {
            KeyCode::Tab if self.turn.is_some() => self.go_on(forward),
            // What the word may become is not known yet.
            KeyCode::Tab if self.unread => Typed::Redraw,
            KeyCode::Tab if !self.reading.offers.is_empty() => {
                let offers = std::mem::take(&mut self.reading.offers);
                self.turn = Some(Turn::new(self.line.around().0, offers));
                self.go_on(forward)
            }
            KeyCode::Tab if !forward => Typed::Redraw,
            // The last word counts now, finished or not.
            KeyCode::Enter | KeyCode::Tab => {
                self.open = false;
                Typed::Changed
            }
            KeyCode::Esc => {
                self.open = false;
                self.line.set(std::mem::take(&mut self.kept));
                Typed::Changed
            }
            KeyCode::Down => Typed::Down,
            KeyCode::Up => Typed::Up,
            _ => match self.line.handle(key.event()) {
                Edit::Changed => Typed::Changed,
                Edit::Moved => {
                    // What was offered is for where the cursor was.
                    self.reading.offers.clear();
                    Typed::Redraw
                }
                Edit::Ignored => Typed::Redraw,
            },
        })
    }

    /// Puts the next of what is gone through, or the one before, in the place of the word before the cursor.
    fn go_on(&mut self, forward: bool) -> Typed {
        let Some(turn) = &mut self.turn else { return Typed::Redraw };
        self.line.set_before(&turn.go(forward));
        if turn.is_over() {
            self.turn = None;
        }
        Typed::Changed
    }

    /// Pasted text; `None` while it is shut.
    pub fn paste(&mut self, text: &str) -> Option<Typed> {
        self.open.then(|| {
            self.turn = None;
            self.line.paste(text);
            Typed::Changed
        })
    }

    /// Draws it on the first line of the area, where it is open or holds, and says what is left below.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, world: &World) -> Rect {
        if !self.open && self.is_empty() {
            return area;
        }
        let line = layout::margins(Rect { height: area.height.min(1), ..area });
        let theme = &world.theme;
        Pen::new(buf, line).text("/ ", theme.style(Role::Accent));
        let rest = Rect { x: line.x + 2, width: line.width.saturating_sub(2), ..line };
        self.line.draw(rest, buf, theme, self.open);
        let explains = self.explains(area);
        let (hint, role) = self.hint(explains);
        let typed = columns(&text::safe(self.line.text()));
        let room = rest.width.saturating_sub(typed + 3);
        if !hint.is_empty() && !self.line.is_empty() && room >= 12 {
            let spot = Rect { x: rest.right() - room, width: room, ..rest };
            Pen::new(buf, spot).text(&hint, theme.style(role));
        }
        let below = Rect { y: area.y + line.height, height: area.height - line.height, ..area };
        match explains {
            true => self.draw_said(below, buf, world),
            false => below,
        }
    }

    fn explains(&self, area: Rect) -> bool {
        self.open && self.queried && area.width >= WIDE && area.height >= HIGH
    }

    /// Draws what the word before the cursor may become over what is below the line, in the same area and after everything else.
    pub fn draw_offers(&self, area: Rect, buf: &mut Buffer, world: &World) {
        let Some((offers, at)) = self.shown() else { return };
        let above = 1 + u16::from(self.explains(area));
        let below = layout::margins(paint::below(area, above));
        let (typed, _) = self.line.around();
        let word = self.turn.as_ref().map_or(typed.len() - tail(typed).len(), Turn::start);
        let x = area.x + 3 + columns(&text::safe(&typed[..word]));
        offers::draw(offers, at, x, below, buf, &world.theme);
    }

    /// What is shown below the line of what the word before the cursor may become, and which of that stands there.
    fn shown(&self) -> Option<(&[Offer], Option<usize>)> {
        match &self.turn {
            Some(turn) => Some(turn.offers()),
            // Those for the text before are shown until the next are known: nothing flickers.
            None if self.open && offers::is_worth_showing(self.line.around().0) => {
                Some((self.reading.offers.as_slice(), None)).filter(|(offers, _)| !offers.is_empty())
            }
            None => None,
        }
    }

    /// How the query was understood, on a line of its own; before there is one, what else may be asked.
    fn draw_said(&self, area: Rect, buf: &mut Buffer, world: &World) -> Rect {
        let line = Rect { height: 1, ..layout::margins(area) };
        let more =
            tr!("also: a or b · (…) · has: missing: is: sort: limit: · a..b · examples: docs/query.md");
        let said = match self.reading.said.as_str() {
            "" if self.is_empty() => &more,
            said => said,
        };
        let role = if self.is_empty() { Role::Faint } else { Role::Muted };
        let mut pen = Pen::new(buf, line);
        pen.gap(2).text(said, world.theme.style(role));
        if let Some(note) = &self.reading.note {
            pen.gap(3).text(&format!("! {note}"), world.theme.style(Role::Warn));
        }
        Rect { y: area.y + 1, height: area.height - 1, ..area }
    }

    /// What is said beside the text: what Tab offers while it is typed, unless that is shown below, and what is wrong with
    /// it; what there is to know besides, unless that `is_told` below.
    fn hint(&self, is_told: bool) -> (String, Role) {
        let Reading { fault, offers, note, .. } = &self.reading;
        match (fault, offers.as_slice()) {
            _ if self.shown().is_some() => (tr!("tab: take").into_owned(), Role::Faint),
            (_, [_, ..]) => {
                let shown: Vec<_> = offers.iter().take(4).map(|offer| offer.word.as_str()).collect();
                (tr!("tab: {words}", words = shown.join(" · ")).into_owned(), Role::Faint)
            }
            (Some(fault), []) if self.open => (fault.clone(), Role::Muted),
            (Some(fault), []) => (format!("! {fault}"), Role::Warn),
            (None, []) => match note {
                Some(note) if !is_told => (format!("! {note}"), Role::Warn),
                _ => (String::new(), Role::Muted),
            },
        }
    }
}
