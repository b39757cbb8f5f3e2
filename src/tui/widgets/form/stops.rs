//! The places the focus stops at: a field, a part of an address, a line of a list.

use super::Form;
use super::spec::Editor;

/// A place for the focus: which field, and which part or line of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Stop {
    /// Index of the field.
    pub field: usize,
    /// Index of the part or line; for lines, one past the last is "add a line".
    pub part: usize,
}

impl Form {
    /// How many stops a field has; locked ones none.
    fn parts_of(&self, field: usize) -> usize {
        let spec = &self.fields[field];
        match &spec.editor {
            _ if spec.locked.is_some() => 0,
            Editor::Parts(parts) => parts.len(),
            Editor::Lines(_) => self.values.get(&spec.name).lines().len() + 1,
            _ => 1,
        }
    }

    /// All stops, top to bottom.
    pub(super) fn stops(&self) -> Vec<Stop> {
        let parts = |field| (0..self.parts_of(field)).map(move |part| Stop { field, part });
        (0..self.fields.len()).flat_map(parts).collect()
    }

    /// The stop so many further on, staying within the form.
    pub(super) fn stop_from(&self, stop: Stop, by: isize) -> Stop {
        let stops = self.stops();
        let at = stops.partition_point(|other| *other < stop);
        let last = stops.len().saturating_sub(1);
        stops.get(at.saturating_add_signed(by).min(last)).copied().unwrap_or_default()
    }

    /// The nearest stop there is: for when fields or lines have gone.
    pub(super) fn nearest_stop(&self, stop: Stop) -> Stop {
        self.stop_from(stop, 0)
    }
}
