//! What changed, and taking it back.

pub mod commit;
pub mod record;
pub mod redo;
pub mod take_back;
pub mod undo;
