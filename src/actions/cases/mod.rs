//! Cases: whose they are and how urgent.

pub mod escalate;
pub mod priority;
pub mod respond;
pub mod take;
