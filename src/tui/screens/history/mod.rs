//! What happened: to one record, or to everything lately.

pub mod tell;
