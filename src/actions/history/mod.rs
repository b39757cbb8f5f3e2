//! What changed, and taking it back.

pub mod commit;
pub mod record;
pub mod redo;
pub mod undo;
