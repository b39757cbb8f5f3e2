//! Where the panes of a page go: two columns on a wide screen, one pane at a time under the facts elsewhere.

use super::Page;
use super::sheet::Side;
use crate::tui::layout::{self, Width};
use ratatui::layout::Rect;

/// How the panes share the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrangement {
    /// Facts and story at the left, what belongs to the record at the right.
    Wide,
    /// The facts above, one of the others below.
    #[default]
    Stacked,
    /// One pane at a time, the facts too.
    Single,
}

/// Least lines of a pane with its heading.
const LEAST: u16 = 4;
/// Share of a wide page's width for the left column, in percent.
const LEFT: u16 = 53;

/// Where everything goes.
#[derive(Debug, Default)]
pub struct Places {
    /// The head.
    pub head: Rect,
    /// Panes with their heading's line on top; the facts have none.
    pub panes: Vec<(usize, Rect)>,
    /// The tabs' line.
    pub tabs: Rect,
    /// The pane of the tab in front.
    pub front: Option<(usize, Rect)>,
}

impl Arrangement {
    /// The one for a body of that size.
    pub fn of(body: Rect) -> Arrangement {
        match (Width::of(body), body.height) {
            (Width::Wide, 14..) => Arrangement::Wide,
            (Width::Narrow, ..16) | (_, ..12) => Arrangement::Single,
            _ => Arrangement::Stacked,
        }
    }
}

impl Page {
    /// The panes that share the tabs.
    pub(super) fn tabbed(&self) -> Vec<usize> {
        let all = 0..self.panes.len();
        match self.arrangement {
            Arrangement::Wide => all.filter(|at| self.panes[*at].side == Side::Tab).collect(),
            Arrangement::Stacked => all.skip(1).collect(),
            Arrangement::Single => all.collect(),
        }
    }

    /// The tab in front.
    pub(super) fn front(&self) -> Option<usize> {
        self.tabbed().get(self.tabs.current()).copied()
    }

    /// The panes in the order Tab goes through them.
    pub(super) fn stops(&self) -> Vec<usize> {
        if self.arrangement != Arrangement::Wide {
            return (0..self.panes.len()).collect();
        }
        let of = |side: Side| (0..self.panes.len()).filter(move |at| self.panes[*at].side == side);
        of(Side::Left).chain(of(Side::Right)).chain(self.front()).collect()
    }

    /// Where everything goes in that area.
    pub(super) fn places(&self, area: Rect) -> Places {
        let head = layout::margins(Rect { height: self.head.height().min(area.height), ..area });
        let below = Rect { y: area.y + head.height, height: area.height - head.height, ..area };
        let mut places = Places { head, ..Places::default() };
        let gap = u16::from(area.height >= 12);
        let below =
            Rect { y: below.y + gap.min(below.height), height: below.height.saturating_sub(gap), ..below };
        match self.arrangement {
            Arrangement::Wide => self.wide(below, &mut places),
            Arrangement::Stacked => {
                let most = (below.height * 2 / 5).max(3);
                let facts = self.panes.first().map_or(0, |facts| facts.height(below.width)).min(most);
                places.panes.push((0, Rect { height: facts, ..below }));
                let rest = facts + u16::from(facts > 0);
                self.tabs_in(
                    Rect { y: below.y + rest, height: below.height.saturating_sub(rest), ..below },
                    &mut places,
                );
            }
            Arrangement::Single => self.tabs_in(below, &mut places),
        }
        places
    }

    fn wide(&self, area: Rect, places: &mut Places) {
        let side = |side: Side| (1..self.panes.len()).filter(move |at| self.panes[*at].side == side);
        let right: Vec<usize> = side(Side::Right).collect();
        let tabs = self.tabbed();
        if right.is_empty() && tabs.is_empty() {
            self.left(area, places);
            return;
        }
        let width = area.width * LEFT / 100;
        self.left(Rect { width, ..area }, places);
        let area = Rect { x: area.x + width + 2, width: area.width - width - 2, ..area };
        let mut wishes: Vec<u16> =
            right.iter().map(|at| self.panes[*at].height(area.width).saturating_add(1)).collect();
        if !tabs.is_empty() {
            wishes.push(u16::MAX);
        }
        let mut areas = share(area, &wishes).into_iter();
        for (at, area) in right.iter().zip(&mut areas) {
            places.panes.push((*at, area));
        }
        if let Some(rest) = areas.next() {
            self.tabs_in(rest, places);
        }
    }

    /// The facts, and under them the story and the tables.
    fn left(&self, area: Rect, places: &mut Places) {
        let panes: Vec<usize> =
            (0..self.panes.len()).filter(|at| self.panes[*at].side == Side::Left).collect();
        let height = |at: &usize| self.panes[*at].height(area.width).saturating_add(u16::from(*at > 0));
        let mut wishes: Vec<u16> = panes.iter().map(height).collect();
        if let Some(last) = wishes.last_mut().filter(|_| panes.len() > 1) {
            *last = u16::MAX;
        }
        // The facts stay below half of it, so that what is under them can be read.
        if let Some(first) = wishes.first_mut().filter(|_| panes.len() > 1) {
            *first = (*first).min(area.height / 2);
        }
        places.panes.extend(panes.into_iter().zip(share(area, &wishes)));
    }

    fn tabs_in(&self, area: Rect, places: &mut Places) {
        places.tabs = Rect { height: area.height.min(1), ..area };
        let below = Rect { y: area.y + places.tabs.height, height: area.height - places.tabs.height, ..area };
        places.front = self.front().map(|front| (front, below));
    }
}

/// Shares the lines of an area among parts that would like so many each, with a line between them; a part that would
/// like all takes what the others leave. Parts for which there is no room at all get none.
fn share(area: Rect, wishes: &[u16]) -> Vec<Rect> {
    let count = u16::try_from(wishes.len()).unwrap_or(u16::MAX);
    let mut room = area.height.saturating_sub(count.saturating_sub(1));
    let mut given: Vec<u16> = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let least = (*wish).min(LEAST).min(room);
        given.push(least);
        room -= least;
    }
    // Those who lack least are served first, so that short lists are whole.
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by_key(|at| wishes[*at]);
    let modest = wishes.iter().filter(|wish| **wish < u16::MAX).count();
    for (served, at) in order.iter().enumerate() {
        let fair = room / u16::try_from(modest.saturating_sub(served).max(1)).unwrap_or(1);
        let more = wishes[*at].saturating_sub(given[*at]).min(fair);
        given[*at] += more;
        room -= more;
    }
    let mut y = area.y;
    let place = |height: u16| {
        let height = height.min(area.bottom().saturating_sub(y));
        let rect = Rect { y: y.min(area.bottom()), height, ..area };
        y = (y + height + 1).min(area.bottom());
        rect
    };
    given.into_iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lists_are_whole_and_long_ones_share_the_rest() {
        let shared = |height: u16, wishes: &[u16]| -> Vec<(u16, u16)> {
            let area = Rect::new(0, 0, 10, height);
            share(area, wishes).iter().map(|r| (r.y, r.height)).collect()
        };
        assert_eq!(shared(30, &[3, 5, u16::MAX]), [(0, 3), (4, 5), (10, 20)]);
        assert_eq!(shared(20, &[50, 3, 50]), [(0, 7), (8, 3), (12, 8)]);
        assert_eq!(shared(3, &[50, 50]), [(0, 2), (3, 0)]);
        assert_eq!(shared(0, &[5]), [(0, 0)]);
        assert_eq!(shared(9, &[]), []);
    }
}
