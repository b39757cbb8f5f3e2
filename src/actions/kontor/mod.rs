//! Kontor itself.

pub mod help;
pub mod palette;
pub mod quit;
pub mod refresh;
pub mod suspend;
pub mod themes;
