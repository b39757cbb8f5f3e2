//! The ways a cursor moves, the same in everything that has one.

/// A way to move the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// Rows up.
    Up(usize),
    /// Rows down.
    Down(usize),
    /// Half a screen up.
    HalfUp,
    /// Half a screen down.
    HalfDown,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// The first row.
    Home,
    /// The last row.
    End,
}

impl Motion {
    /// Where it leads from a row, on a screen of `page` rows. May be beyond the last row: the list knows that one.
    pub fn from(self, row: usize, page: usize) -> usize {
        let half = (page / 2).max(1);
        let page = page.max(1);
        match self {
            Motion::Up(count) => row.saturating_sub(count),
            Motion::Down(count) => row.saturating_add(count),
            Motion::HalfUp => row.saturating_sub(half),
            Motion::HalfDown => row.saturating_add(half),
            Motion::PageUp => row.saturating_sub(page),
            Motion::PageDown => row.saturating_add(page),
            Motion::Home => 0,
            Motion::End => usize::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_motion_leads_from_a_row_to_a_row() {
        let check = |motion: Motion, page, expect| assert_eq!(motion.from(20, page), expect, "{motion:?}");
        check(Motion::Up(3), 10, 17);
        check(Motion::Up(21), 10, 0);
        check(Motion::Down(3), 10, 23);
        check(Motion::HalfUp, 11, 15);
        check(Motion::HalfDown, 11, 25);
        check(Motion::PageUp, 11, 9);
        check(Motion::PageDown, 11, 31);
        check(Motion::Home, 11, 0);
        check(Motion::End, 11, usize::MAX);
        // Where nothing was drawn yet, each still moves.
        check(Motion::HalfDown, 0, 21);
        check(Motion::PageUp, 0, 19);
    }
}
