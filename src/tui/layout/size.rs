//! How much room there is, in the few steps that screens tell apart.

use ratatui::layout::Rect;

/// Columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// Under 60: one thing at a time, cards instead of columns.
    Narrow,
    /// What terminals usually have.
    Normal,
    /// 110 and more: two things side by side.
    Wide,
}

/// Lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Height {
    /// Under 16: only what matters most.
    Low,
    /// What terminals usually have.
    Normal,
    /// 34 and more: room for a preview below.
    Tall,
}

impl Width {
    /// That of an area.
    pub fn of(area: Rect) -> Width {
        match area.width {
            0..60 => Width::Narrow,
            60..110 => Width::Normal,
            _ => Width::Wide,
        }
    }
}

impl Height {
    /// That of an area.
    pub fn of(area: Rect) -> Height {
        match area.height {
            0..16 => Height::Low,
            16..34 => Height::Normal,
            _ => Height::Tall,
        }
    }
}
