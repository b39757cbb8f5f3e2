//! Columns: how wide, which way aligned, and which of them stay when there is little room.

use smol_str::SmolStr;

/// Which edge the cells of a column share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Whole numbers, ages, dates.
    Right,
    /// Numbers whose decimal separators (this character) stand under each other.
    Decimal(char),
}

/// Where a column's cell goes on a two-line card, which replaces the table on narrow screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// First line, left.
    Title,
    /// First line, right.
    Value,
    /// Second line, left.
    Subtitle,
    /// Second line, right.
    Detail,
}

/// One column of a grid.
#[derive(Debug, Clone)]
pub struct Column {
    /// What the rows are asked for.
    pub id: SmolStr,
    /// The heading.
    pub title: String,
    /// How cells line up.
    pub align: Align,
    /// Never narrower than this; a column whose minimum does not fit is left out.
    pub min: u16,
    /// Never wider than this.
    pub max: u16,
    /// The share of spare room, against the other columns' weights.
    pub weight: u16,
    /// 0 is kept longest; the highest number drops out first.
    pub priority: u8,
    /// The place on a card, if it has one.
    pub slot: Option<Slot>,
}

impl Column {
    /// A left-aligned column that takes what room there is, from 8 columns up.
    pub fn new(id: impl Into<SmolStr>, title: impl Into<String>) -> Column {
        Column {
            id: id.into(),
            title: title.into(),
            align: Align::Left,
            min: 8,
            max: u16::MAX,
            weight: 1,
            priority: 1,
            slot: None,
        }
    }

    /// Between `min` and `max` columns wide.
    pub fn width(mut self, min: u16, max: u16) -> Column {
        (self.min, self.max) = (min.max(1), max.max(min).max(1));
        self
    }

    /// With this share of spare room.
    pub fn weight(mut self, weight: u16) -> Column {
        self.weight = weight;
        self
    }

    /// Flush right.
    pub fn right(mut self) -> Column {
        self.align = Align::Right;
        self
    }

    /// Aligned at the decimal separator.
    pub fn decimal(mut self, separator: char) -> Column {
        self.align = Align::Decimal(separator);
        self
    }

    /// Kept longer (0) or dropped sooner (255) than others.
    pub fn priority(mut self, priority: u8) -> Column {
        self.priority = priority;
        self
    }

    /// Shown at this place of a card.
    pub fn slot(mut self, slot: Slot) -> Column {
        self.slot = Some(slot);
        self
    }
}

/// A column with its place on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Index into the columns.
    pub index: usize,
    /// Offset from the left edge of the cells.
    pub x: u16,
    /// Its width.
    pub width: u16,
}

/// Columns between two cells.
pub const GAP: u16 = 2;

/// Chooses the columns that fit into `width` and shares the room out. The first column always stays; the
/// `shift` columns after it have been scrolled out of sight.
pub fn fit(columns: &[Column], width: u16, shift: usize) -> Vec<Placed> {
    let shown = |index: usize| index == 0 || index > shift;
    let mut by_priority: Vec<usize> = (0..columns.len()).filter(|index| shown(*index)).collect();
    by_priority.sort_by_key(|index| (*index != 0, columns[*index].priority, *index));

    let mut chosen: Vec<usize> = Vec::new();
    let mut used = 0;
    for index in by_priority {
        let needs = columns[index].min + if chosen.is_empty() { 0 } else { GAP };
        if chosen.is_empty() || used + needs <= width {
            used += needs;
            chosen.push(index);
        }
    }
    chosen.sort_unstable();

    let mut widths: Vec<u16> = chosen.iter().map(|index| columns[*index].min.min(width)).collect();
    share(columns, &chosen, &mut widths, width.saturating_sub(used));
    let mut x = 0;
    let mut placed = Vec::with_capacity(chosen.len());
    for (index, width) in chosen.into_iter().zip(widths) {
        placed.push(Placed { index, x, width });
        x += width + GAP;
    }
    placed
}

/// Gives `spare` columns out by weight until every column has its most.
fn share(columns: &[Column], chosen: &[usize], widths: &mut [u16], mut spare: u16) {
    while spare > 0 {
        let growing: Vec<usize> = (0..chosen.len())
            .filter(|at| columns[chosen[*at]].weight > 0 && widths[*at] < columns[chosen[*at]].max)
            .collect();
        let total: u32 = growing.iter().map(|at| u32::from(columns[chosen[*at]].weight)).sum();
        if total == 0 {
            return;
        }
        let round = u32::from(spare);
        for at in growing {
            let column = &columns[chosen[at]];
            let part = (round * u32::from(column.weight) / total).max(1) as u16;
            let grow = part.min(spare).min(column.max - widths[at]);
            widths[at] += grow;
            spare -= grow;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column> {
        vec![
            Column::new("name", "Name").width(12, 40).weight(3).priority(0),
            Column::new("owner", "Owner").width(8, 16).priority(3),
            Column::new("stage", "Stage").width(10, 14).priority(2),
            Column::new("amount", "Amount").width(10, 12).priority(1).right(),
        ]
    }

    fn shown(width: u16, shift: usize) -> String {
        let columns = columns();
        let placed = fit(&columns, width, shift);
        placed.iter().map(|p| format!("{}@{}+{} ", columns[p.index].id, p.x, p.width)).collect()
    }

    #[test]
    fn columns_drop_out_by_priority() {
        assert_eq!(shown(100, 0), "name@0+40 owner@42+16 stage@60+14 amount@76+12 ");
        assert_eq!(shown(46, 0), "name@0+12 owner@14+8 stage@24+10 amount@36+10 ");
        assert_eq!(shown(45, 0), "name@0+18 stage@20+12 amount@34+11 ");
        assert_eq!(shown(30, 0), "name@0+17 amount@19+11 ");
        assert_eq!(shown(6, 0), "name@0+6 ");
    }

    #[test]
    fn the_first_column_stays_when_others_are_scrolled_away() {
        assert_eq!(shown(30, 2), "name@0+17 amount@19+11 ");
        assert_eq!(shown(36, 1), "name@0+12 stage@14+10 amount@26+10 ");
    }

    #[test]
    fn all_spare_room_is_used_until_the_most() {
        let placed = fit(&columns(), 60, 0);
        let last = placed.last().unwrap();
        assert_eq!(last.x + last.width, 60);
    }
}
