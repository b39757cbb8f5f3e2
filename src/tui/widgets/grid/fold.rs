//! Folding: the rows of a group out of sight, its heading standing for them.

use super::rows::Rows;
use super::{Grid, Places};

impl Grid {
    /// The same list with headings that can be folded, also by a click on them.
    pub fn folding(self) -> Grid {
        Grid { folds: true, ..self }
    }

    /// The heading over the cursor, by its index; where its group is folded, the cursor stands on it.
    pub fn group(&self, rows: &dyn Rows) -> Option<usize> {
        self.stand(rows).and_then(|row| self.places(rows).group_of(row))
    }

    /// The folded heading that the cursor stands on.
    pub fn heading(&self, rows: &dyn Rows) -> Option<usize> {
        self.stand(rows).and_then(|row| self.places(rows).fold_of(row))
    }

    /// Tells of rows whether they are in sight, as far as folding goes.
    pub fn opened<'r>(&self, rows: &'r dyn Rows) -> impl Fn(usize) -> bool + use<'r> {
        let places = (!self.folded.is_empty()).then(|| self.places(rows));
        move |row| places.as_ref().is_none_or(|places| places.fold_of(row).is_none())
    }

    /// Folds the group under the cursor, or unfolds it; false where there are no headings. The cursor comes to stand on the
    /// heading, and afterwards where it was before.
    pub fn toggle_fold(&mut self, rows: &dyn Rows) -> bool {
        let Some(group) = self.group(rows) else { return false };
        self.toggle(group, rows);
        true
    }

    /// Folds every group, or unfolds them all where they are folded; false where there are no headings.
    pub fn toggle_folds(&mut self, rows: &dyn Rows) -> bool {
        let groups = rows.groups();
        let all = groups.iter().all(|group| self.folded.contains(&group.key));
        self.folded.clear();
        if !all {
            self.folded.extend(groups.iter().map(|group| group.key.clone()));
        }
        self.refold(rows);
        !groups.is_empty()
    }

    /// Unfolds everything: for headings that are others altogether.
    pub fn unfold(&mut self) {
        self.folded.clear();
    }

    pub(super) fn toggle(&mut self, group: usize, rows: &dyn Rows) {
        let Some(group) = rows.groups().get(group) else { return };
        if !self.folded.remove(&group.key) {
            self.folded.insert(group.key.clone());
        }
        self.refold(rows);
    }

    /// Puts the cursor where it belongs after folding: back on its row, or on the heading that stands for it.
    fn refold(&mut self, rows: &dyn Rows) {
        self.under.take();
        let Some(stand) = self.stand(rows) else { return };
        let places = self.places(rows);
        let group = places.group_of(stand).map(|group| places.rows_of(group));
        // Under the heading it stands on, the row it came from.
        let from = self.row_key.as_ref().filter(|_| self.heading_key.is_some());
        let from =
            from.and_then(|key| rows.find(key, stand)).filter(|row| group.is_some_and(|g| g.contains(row)));
        self.cursor = places.shown(from.unwrap_or(stand));
        self.remember(rows);
    }

    /// How many of each heading's rows are marked, as far as it is folded.
    pub(super) fn marked_under(&self, group: usize, places: &Places<'_>, rows: &dyn Rows) -> usize {
        if self.marks.is_empty() {
            return 0;
        }
        let mut under = self.under.borrow_mut();
        let counts = under.get_or_insert_with(|| {
            let marked = |row: &usize| self.marks.contains(&rows.key(*row));
            let folded = |group: usize| places.is_folded(group);
            let count = |group| if folded(group) { places.rows_of(group).filter(marked).count() } else { 0 };
            (0..places.groups.len()).map(count).collect()
        });
        counts.get(group).copied().unwrap_or(0)
    }

    /// Marks all rows under a heading, or none where all are.
    pub(super) fn toggle_marks_of(&mut self, group: usize, rows: &dyn Rows) {
        let keys: Vec<_> = self.places(rows).rows_of(group).map(|row| rows.key(row)).collect();
        if keys.iter().all(|key| self.marks.contains(key)) {
            keys.iter().for_each(|key| {
                self.marks.remove(key);
            });
        } else {
            self.marks.extend(keys);
        }
    }
}
