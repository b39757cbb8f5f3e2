//! Which panes are on the screen, and where: columns side by side where it is wide, one of them at a time where it
//! is not, and one pane at a time where it is small.

use crate::tui::layout::Width;
use crate::tui::widgets::paint;
use ratatui::layout::Rect;

/// The panes, in the order of the tab key.
pub const PANES: usize = 6;
/// See [`PANES`].
pub const TODAY: usize = 0;
/// See [`PANES`].
pub const CASES: usize = 1;
/// See [`PANES`].
pub const PIPELINE: usize = 2;
/// See [`PANES`].
pub const CLOSING: usize = 3;
/// See [`PANES`].
pub const STUCK: usize = 4;
/// See [`PANES`].
pub const CHANGES: usize = 5;

/// From this width on there is room for three columns.
const ROOMY: u16 = 180;
/// A pane in a column is never lower than this, its heading included.
const LEAST: u16 = 3;
/// Columns between two columns of panes.
const GUTTER: u16 = 3;

/// Where things are.
pub struct Placing {
    /// The line of tabs, where not every pane is in sight.
    pub tabs: Option<Rect>,
    /// The panes in sight.
    pub panes: Vec<(usize, Rect)>,
}

/// Which panes stand above each other.
pub fn columns(width: u16) -> &'static [&'static [usize]] {
    match width {
        ROOMY.. => &[&[TODAY, CASES], &[PIPELINE, CLOSING, STUCK], &[CHANGES]],
        _ => &[&[TODAY, CASES], &[PIPELINE, CLOSING, STUCK, CHANGES]],
    }
}

/// Puts the panes, which want so many lines, into the body; the one at `focus` is always in sight.
pub fn place(body: Rect, wanted: [u16; PANES], focus: usize) -> Placing {
    let columns = columns(body.width);
    let fits = |column: &[usize], height: u16| height >= column.len() as u16 * (LEAST + 1);
    let wide = Width::of(body) == Width::Wide;
    if wide && columns.iter().all(|column| fits(column, body.height)) {
        let areas = side_by_side(body, columns.len());
        let panes = columns.iter().zip(areas).flat_map(|(column, area)| stack(column, area, &wanted));
        return Placing { tabs: None, panes: panes.collect() };
    }
    let tabs = Some(paint::line(body, 0));
    let gap = if body.height > 12 { 2 } else { 1 };
    let rest = paint::below(body, gap);
    let column = columns.iter().find(|column| column.contains(&focus)).copied().unwrap_or(&[]);
    let panes = match Width::of(body) != Width::Narrow && fits(column, rest.height) {
        true => stack(column, rest, &wanted),
        false => vec![(focus, rest)],
    };
    Placing { tabs, panes }
}

/// Two columns, the first a little wider; or three, the last the widest of all because it holds sentences.
fn side_by_side(body: Rect, count: usize) -> Vec<Rect> {
    let shares: &[u16] = if count == 3 { &[36, 32, 32] } else { &[58, 42] };
    let mut x = body.x;
    let mut areas = Vec::new();
    for (at, share) in shares.iter().enumerate() {
        let last = at + 1 == shares.len();
        let width = if last { body.right() - x } else { body.width * share / 100 };
        let gutter = if last { 0 } else { GUTTER };
        areas.push(Rect { x, width: width.saturating_sub(gutter), ..body });
        x += width;
    }
    areas
}

/// Panes above each other with a blank line between; each gets what it wants, or its share of what there is.
fn stack(column: &[usize], area: Rect, wanted: &[u16; PANES]) -> Vec<(usize, Rect)> {
    let gaps = column.len().saturating_sub(1) as u16;
    let mut spare = area.height.saturating_sub(gaps);
    let mut heights: Vec<u16> = column.iter().map(|pane| wanted[*pane].min(LEAST)).collect();
    spare = spare.saturating_sub(heights.iter().sum());
    // One line to each in turn, so that short ones get all they want and long ones share the rest.
    while spare > 0 {
        let mut given = false;
        for (height, pane) in heights.iter_mut().zip(column) {
            if spare > 0 && *height < wanted[*pane] {
                *height += 1;
                spare -= 1;
                given = true;
            }
        }
        if !given {
            break;
        }
    }
    let mut y = area.y;
    let mut panes = Vec::new();
    for (pane, height) in column.iter().zip(heights) {
        panes.push((*pane, Rect { y, height, ..area }));
        y += height + 1;
    }
    panes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(width: u16, height: u16, focus: usize) -> Vec<(usize, u16, u16, u16, u16)> {
        let wanted = [20, 12, 6, 4, 9, 41];
        let placing = place(Rect::new(0, 2, width, height), wanted, focus);
        placing.panes.iter().map(|(pane, r)| (*pane, r.x, r.y, r.width, r.height)).collect()
    }

    #[test]
    fn wide_screens_show_everything() {
        assert_eq!(
            shown(120, 36, TODAY),
            [
                (TODAY, 0, 2, 66, 20),
                (CASES, 0, 23, 66, 12),
                (PIPELINE, 69, 2, 51, 6),
                (CLOSING, 69, 9, 51, 4),
                (STUCK, 69, 14, 51, 9),
                (CHANGES, 69, 24, 51, 14),
            ]
        );
    }

    #[test]
    fn others_show_the_column_or_the_pane_with_the_focus() {
        assert_eq!(shown(80, 20, TODAY), [(TODAY, 0, 4, 80, 9), (CASES, 0, 14, 80, 8)]);
        let right: Vec<_> = shown(80, 20, CHANGES).into_iter().map(|(pane, ..)| pane).collect();
        assert_eq!(right, [PIPELINE, CLOSING, STUCK, CHANGES]);
        assert_eq!(shown(40, 8, CASES), [(CASES, 0, 3, 40, 7)]);
        assert_eq!(shown(80, 14, STUCK), [(STUCK, 0, 4, 80, 12)]);
    }

    #[test]
    fn no_pane_leaves_the_body() {
        for (width, height) in [(1, 1), (40, 3), (80, 9), (119, 11), (200, 60), (300, 4)] {
            for focus in 0..PANES {
                let body = Rect::new(0, 2, width, height);
                let placing = place(body, [20, 0, 6, 1, 900, 41], focus);
                assert!(placing.panes.iter().any(|(pane, _)| *pane == focus));
                for (pane, area) in placing.panes {
                    assert_eq!(area.intersection(body), area, "{pane} at {width}×{height}");
                }
            }
        }
    }
}
