//! The frame all screens share, and where things that lie on a screen go.
//!
//! ```text
//! Accounts › Acme GmbH                       Lena  ↑2 ↓0 ●     top      where you are, how the repository stands
//! ──────────────────────────────────────────────────────────   rule
//! …                                                            body     the screen; column 0 is the selection's bar
//! ──────────────────────────────────────────────────────────   rule
//! ⏎ open  x done  / filter  ? help                             foot     what you can do here
//! ```
//!
//! Everything here is drawn from plain values; the parts that can be clicked come back as rectangles. Toasts and the
//! which-key popup are widgets; they are drawn over [`Shell::body`], at its lower end.

pub mod foot;
pub mod size;
pub mod top;
pub mod which_key;

use ratatui::{buffer::Buffer, layout::Rect};

pub use foot::{Foot, Hint};
pub use size::{Height, Width};
pub use top::{Standing, Tab, Top};
pub use which_key::{Next, which_key};

use super::{
    theme::{Role, Theme},
    widgets::paint,
};

/// The parts of a screen, top to bottom. On low terminals the rules go first, then the foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shell {
    /// The line that says where you are.
    pub top: Rect,
    /// The rule under it; empty where there is no room.
    pub rule_above: Rect,
    /// The screen.
    pub body: Rect,
    /// The rule under that; empty where there is no room.
    pub rule_below: Rect,
    /// The line that says what you can do; empty where there is no room.
    pub foot: Rect,
}

impl Shell {
    /// The parts of an area.
    pub fn of(area: Rect) -> Shell {
        let (above, below, foot) = match area.height {
            0..=3 => (0, 0, 0),
            4..=6 => (0, 0, 1),
            7..=9 => (1, 0, 1),
            _ => (1, 1, 1),
        };
        let mut y = area.y;
        let mut take = |height: u16| {
            let part = Rect { y, height, ..area };
            y += height;
            part
        };
        let top = take(area.height.min(1));
        let rule_above = take(above);
        let body = take(area.height.saturating_sub(1 + above + below + foot));
        Shell { top, rule_above, body, rule_below: take(below), foot: take(foot) }
    }

    /// Draws the rules, from the second column to the one before the last.
    pub fn rules(&self, buf: &mut Buffer, theme: &Theme) {
        for rule in [self.rule_above, self.rule_below] {
            if rule.height > 0 {
                paint::rule(buf, margins(rule), theme);
            }
        }
    }
}

/// The area without its first and last column, where text does not go.
pub fn margins(area: Rect) -> Rect {
    let side = area.width.min(1);
    Rect { x: area.x + side, width: area.width.saturating_sub(2), ..area }
}

/// Where a popup of that size goes. On a narrow screen it takes the whole width, so that what it holds has room.
pub fn popup(body: Rect, width: u16, height: u16) -> Rect {
    let width = if Width::of(body) == Width::Narrow { body.width } else { width };
    paint::centred(body, width, height)
}

/// A panel at the right edge, over the whole height of the body; on a narrow screen, the whole body.
pub fn side(body: Rect, width: u16) -> Rect {
    if Width::of(body) == Width::Narrow {
        return body;
    }
    let width = width.min(body.width);
    Rect { x: body.right() - width, width, ..body }
}

/// A list with a preview: beside it where the screen is wide, below where it is high, none where it is neither.
///
/// The list comes first. Between the two lies a gap of two columns or one line.
pub fn with_preview(body: Rect) -> (Rect, Option<Rect>) {
    match (Width::of(body), Height::of(body)) {
        (Width::Wide, _) => {
            let list = body.width * 3 / 5;
            let preview = Rect { x: body.x + list + 2, width: body.width - list - 2, ..body };
            (Rect { width: list, ..body }, Some(preview))
        }
        (_, Height::Tall) => {
            let list = body.height * 3 / 5;
            let preview = Rect { y: body.y + list + 1, height: body.height - list - 1, ..body };
            (Rect { height: list, ..body }, Some(preview))
        }
        _ => (body, None),
    }
}

/// Two columns side by side, the left one with that share of the width in percent; one above the other, evenly,
/// where the screen is narrow.
pub fn columns(body: Rect, left_percent: u16) -> (Rect, Rect) {
    if Width::of(body) == Width::Narrow {
        let upper = body.height.div_ceil(2);
        return (
            Rect { height: upper, ..body },
            Rect { y: body.y + upper, height: body.height - upper, ..body },
        );
    }
    let left = (u32::from(body.width) * u32::from(left_percent.min(100)) / 100) as u16;
    (Rect { width: left, ..body }, Rect { x: body.x + left, width: body.width - left, ..body })
}

/// Dims what lies behind a popup.
pub fn backdrop(buf: &mut Buffer, area: Rect, theme: &Theme) {
    paint::tint(buf, area, theme.style(Role::Backdrop));
}

#[cfg(test)]
mod tests;
