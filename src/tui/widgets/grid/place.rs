//! From rows to screen lines and back, with group headings between and rows one or two lines tall.
//!
//! The cursor goes from stop to stop: every row of an open group is one, and of a folded group its heading.

use super::rows::Group;

/// What stands on one line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// A line of a row: its index, and which of its lines.
    Row(usize, usize),
    /// A group's heading, by its index.
    Heading(usize),
    /// The empty line above a heading, under an open group.
    Blank,
}

/// Arithmetic of one list: how tall rows are and where headings stand between them.
pub struct Places<'a> {
    /// The headings.
    pub groups: &'a [Group],
    /// How many rows.
    pub rows: usize,
    /// Lines a row takes.
    pub height: usize,
    blocks: Vec<Block>,
    lines: usize,
    stops: usize,
}

/// A heading with its rows.
struct Block {
    /// The heading's line.
    line: usize,
    /// The first place where the cursor can stand.
    stop: usize,
    folded: bool,
}

impl<'a> Places<'a> {
    /// Rows this tall under these headings, some of which are folded.
    pub fn new(
        groups: &'a [Group],
        rows: usize,
        height: usize,
        is_folded: impl Fn(&Group) -> bool,
    ) -> Places<'a> {
        let mut places = Places { groups, rows, height, blocks: Vec::new(), lines: 0, stops: 0 };
        for (at, group) in groups.iter().enumerate() {
            let folded = is_folded(group);
            let under_open = places.blocks.last().is_some_and(|block| !block.folded);
            places.lines += usize::from(under_open);
            places.blocks.push(Block { line: places.lines, stop: places.stops, folded });
            let rows = places.rows_of(at).len();
            places.lines += if folded { 1 } else { 1 + rows * height };
            places.stops += if folded { 1 } else { rows };
        }
        if groups.is_empty() {
            (places.lines, places.stops) = (rows * height, rows);
        }
        places
    }

    /// All lines of the list.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// How many places there are for the cursor.
    pub fn stops(&self) -> usize {
        self.stops
    }

    /// The rows under a heading.
    pub fn rows_of(&self, group: usize) -> std::ops::Range<usize> {
        let end = self.groups.get(group + 1).map_or(self.rows, |next| next.start);
        self.groups.get(group).map_or(0, |group| group.start)..end
    }

    /// Which heading a row stands under.
    pub fn group_of(&self, row: usize) -> Option<usize> {
        self.groups.partition_point(|group| group.start <= row).checked_sub(1)
    }

    /// The heading that a row is folded into.
    pub fn fold_of(&self, row: usize) -> Option<usize> {
        self.group_of(row).filter(|group| self.blocks[*group].folded)
    }

    /// Whether a heading's rows are out of sight.
    pub fn is_folded(&self, group: usize) -> bool {
        self.blocks.get(group).is_some_and(|block| block.folded)
    }

    /// The row that stands for a row: the first of its group, where that is folded.
    pub fn shown(&self, row: usize) -> usize {
        self.fold_of(row).map_or(row, |group| self.groups[group].start)
    }

    /// How many stops are above a row.
    pub fn stop_of(&self, row: usize) -> usize {
        match self.group_of(row) {
            None => row,
            Some(group) if self.blocks[group].folded => self.blocks[group].stop,
            Some(group) => self.blocks[group].stop + row - self.groups[group].start,
        }
    }

    /// The row at a stop.
    pub fn row_at(&self, stop: usize) -> usize {
        match self.blocks.partition_point(|block| block.stop <= stop).checked_sub(1) {
            None => stop,
            Some(group) if self.blocks[group].folded => self.groups[group].start,
            Some(group) => self.groups[group].start + stop - self.blocks[group].stop,
        }
    }

    /// The first line of a row, or of the heading it is folded into.
    pub fn line_of(&self, row: usize) -> usize {
        match self.group_of(row) {
            None => row * self.height,
            Some(group) if self.blocks[group].folded => self.blocks[group].line,
            Some(group) => self.blocks[group].line + 1 + (row - self.groups[group].start) * self.height,
        }
    }

    /// How many lines are in sight of a row: of a folded one its heading's.
    pub fn lines_of(&self, row: usize) -> usize {
        if self.fold_of(row).is_some() { 1 } else { self.height }
    }

    /// The first line that belongs in sight with a row: its heading's, where it is the group's first.
    pub fn lead_of(&self, row: usize) -> usize {
        match self.group_of(row) {
            Some(group) if self.groups[group].start == row => self.blocks[group].line,
            _ => self.line_of(row),
        }
    }

    /// What stands on a line.
    pub fn spot(&self, line: usize) -> Option<Spot> {
        if line >= self.lines {
            return None;
        }
        // The last group whose heading stands at or above the line.
        let Some(group) = self.blocks.partition_point(|block| block.line <= line).checked_sub(1) else {
            return Some(Spot::Row(line / self.height, line % self.height));
        };
        let Some(rest) = (line - self.blocks[group].line).checked_sub(1) else {
            return Some(Spot::Heading(group));
        };
        let rows = self.rows_of(group);
        Some(match rest / self.height {
            row if row < rows.len() => Spot::Row(rows.start + row, rest % self.height),
            _ => Spot::Blank,
        })
    }

    /// The heading that stays at the top of a view where its rows are, but itself no longer is. Rows of two lines stay
    /// whole instead, and a low view has no line to spare.
    pub fn pinned(&self, top: usize, view: usize) -> Option<usize> {
        match self.spot(top) {
            Some(Spot::Row(row, _)) if self.height == 1 && self.margin(view) > 0 => self.group_of(row),
            _ => None,
        }
    }

    /// Lines of context kept around the cursor's row in a view this tall.
    pub fn margin(&self, view: usize) -> usize {
        if view > 6 * self.height { self.height } else { 0 }
    }

    /// The last row that begins at or above a line.
    pub fn row_until(&self, line: usize) -> usize {
        (0..=line).rev().find_map(|line| self.row_on(line)).unwrap_or(0)
    }

    /// The first row at or below a line.
    pub fn row_from(&self, line: usize) -> Option<usize> {
        (line..line + 4).find_map(|line| self.row_on(line))
    }

    /// The row the cursor would stand on, on a line.
    fn row_on(&self, line: usize) -> Option<usize> {
        match self.spot(line)? {
            Spot::Row(row, 0) => Some(row),
            Spot::Heading(group) if self.is_folded(group) => Some(self.groups[group].start),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(starts: &[usize]) -> Vec<Group> {
        let group =
            |start: &usize| Group { start: *start, key: start.to_string().into(), ..Group::default() };
        starts.iter().map(group).collect()
    }

    #[test]
    fn every_line_leads_back_to_its_row() {
        let groups = groups(&[0, 3, 4]);
        for (height, folded) in [(1, 9), (2, 9), (1, 0), (2, 3), (1, 4)] {
            let places = Places::new(&groups, 9, height, |group| group.start == folded);
            let mut seen = Vec::new();
            for line in 0..places.lines() {
                match places.spot(line).unwrap() {
                    Spot::Row(row, part) => {
                        assert_eq!(places.line_of(row) + part, line);
                        seen.push(row);
                    }
                    Spot::Heading(group) => {
                        assert_eq!(places.lead_of(groups[group].start), line);
                        if places.is_folded(group) {
                            assert!(places.rows_of(group).all(|row| places.line_of(row) == line));
                            seen.push(groups[group].start);
                        }
                    }
                    Spot::Blank => {}
                }
            }
            seen.dedup();
            let stops: Vec<_> = (0..places.stops()).map(|stop| places.row_at(stop)).collect();
            assert_eq!(seen, stops);
            assert!((0..9).all(|row| places.row_at(places.stop_of(row)) == places.shown(row)));
            assert_eq!(places.spot(places.lines()), None);
        }
    }

    #[test]
    fn an_empty_line_stands_under_open_groups_alone() {
        let groups = groups(&[0, 1, 2]);
        let check = |folded: &[usize], expect: &str| {
            let places = Places::new(&groups, 3, 1, |group| folded.contains(&group.start));
            let sign = |line| match places.spot(line).unwrap() {
                Spot::Row(..) => '-',
                Spot::Heading(_) => 'H',
                Spot::Blank => ' ',
            };
            assert_eq!((0..places.lines()).map(sign).collect::<String>(), expect);
        };
        check(&[], "H- H- H-");
        check(&[0], "HH- H-");
        check(&[1], "H- HH-");
        check(&[0, 1, 2], "HHH");
    }

    #[test]
    fn without_groups_lines_are_rows() {
        let places = Places::new(&[], 3, 2, |_| false);
        assert_eq!(places.spot(5), Some(Spot::Row(2, 1)));
        assert_eq!((places.lines(), places.stops(), places.row_at(2)), (6, 3, 2));
    }

    #[test]
    fn a_heading_is_pinned_while_it_is_above_the_view() {
        let groups = groups(&[0, 5]);
        let places = Places::new(&groups, 50, 1, |_| false);
        let pinned: Vec<_> = (0..10).map(|top| places.pinned(top, 12)).collect();
        let (first, second) = (Some(0), Some(1));
        assert_eq!(pinned, [None, first, first, first, first, first, None, None, second, second]);
        assert_eq!(places.pinned(3, 6), None);
        assert_eq!(Places::new(&groups, 50, 2, |_| false).pinned(3, 30), None);
    }
}
