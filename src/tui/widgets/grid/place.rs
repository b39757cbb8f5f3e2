//! From rows to screen lines and back, with group headings between and rows one or two lines tall.

use super::rows::Group;

/// What stands on one line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// A line of a row: its index, and which of its lines.
    Row(usize, usize),
    /// A group's heading, by its index.
    Heading(usize),
    /// The empty line above a heading.
    Blank,
}

/// Arithmetic of one list: how tall rows are and where headings stand between them.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    /// The headings.
    pub groups: &'a [Group],
    /// How many rows.
    pub rows: usize,
    /// Lines a row takes.
    pub height: usize,
}

impl Places<'_> {
    /// All lines of the list.
    pub fn lines(&self) -> usize {
        self.rows * self.height + headings(self.groups.len())
    }

    /// The first line of a row.
    pub fn line_of(&self, row: usize) -> usize {
        let above = self.groups.partition_point(|group| group.start <= row);
        row * self.height + headings(above)
    }

    /// The first line that belongs in sight with a row: its heading's, where it is the group's first.
    pub fn lead_of(&self, row: usize) -> usize {
        let heads = self.groups.iter().any(|group| group.start == row);
        self.line_of(row) - usize::from(heads)
    }

    /// What stands on a line.
    pub fn spot(&self, line: usize) -> Option<Spot> {
        if line >= self.lines() {
            return None;
        }
        // The last group whose heading block starts at or above the line.
        let block = |index: usize| self.groups[index].start * self.height + headings(index);
        let (mut low, mut high) = (0, self.groups.len());
        while low < high {
            let middle = (low + high) / 2;
            if block(middle) <= line { low = middle + 1 } else { high = middle }
        }
        let Some(group) = low.checked_sub(1) else {
            return Some(Spot::Row(line / self.height, line % self.height));
        };
        let inside = line - block(group);
        let heading = usize::from(group > 0);
        Some(match inside {
            0 if group > 0 => Spot::Blank,
            _ if inside == heading => Spot::Heading(group),
            _ => {
                let rest = inside - heading - 1;
                Spot::Row(self.groups[group].start + rest / self.height, rest % self.height)
            }
        })
    }

    /// Lines of context kept around the cursor's row in a view this tall.
    pub fn margin(&self, view: usize) -> usize {
        if view > 6 * self.height { self.height } else { 0 }
    }

    /// The last row that begins at or above a line.
    pub fn row_until(&self, line: usize) -> usize {
        let row = (0..=line).rev().find_map(|line| match self.spot(line) {
            Some(Spot::Row(row, 0)) => Some(row),
            _ => None,
        });
        row.unwrap_or(0)
    }

    /// The first row at or below a line.
    pub fn row_from(&self, line: usize) -> Option<usize> {
        (line..line + 4).find_map(|line| match self.spot(line) {
            Some(Spot::Row(row, 0)) => Some(row),
            _ => None,
        })
    }
}

/// Lines taken by the first `count` headings: one each, and an empty one above all but the first.
fn headings(count: usize) -> usize {
    (2 * count).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_leads_back_to_its_row() {
        let groups: Vec<Group> = [0, 3, 4]
            .into_iter()
            .map(|start| Group { start, title: String::new(), detail: String::new() })
            .collect();
        for height in [1, 2] {
            let places = Places { groups: &groups, rows: 9, height };
            let mut seen = Vec::new();
            for line in 0..places.lines() {
                match places.spot(line).unwrap() {
                    Spot::Row(row, part) => {
                        assert_eq!(places.line_of(row) + part, line);
                        seen.push(row);
                    }
                    Spot::Heading(group) => assert_eq!(places.lead_of(groups[group].start), line),
                    Spot::Blank => {}
                }
            }
            seen.dedup();
            assert_eq!(seen, (0..9).collect::<Vec<_>>());
            assert_eq!(places.spot(places.lines()), None);
        }
    }

    #[test]
    fn without_groups_lines_are_rows() {
        let places = Places { groups: &[], rows: 3, height: 2 };
        assert_eq!(places.spot(5), Some(Spot::Row(2, 1)));
        assert_eq!(places.lines(), 6);
    }
}
