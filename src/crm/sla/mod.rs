//! Cases' clocks: what was promised, how much of it is left, and which case to take next.

mod hours;
mod policy;
mod clock;
mod queue;

pub use clock::{Clock, Clocks, Goal, State, paused_after_wait};
pub use hours::Hours;
pub use policy::{Policies, Policy, Target};
pub use queue::{Case, Pick, cases, in_order, most_urgent_first, next_change};
