//! The machine's clock.

use chrono::{DateTime, Utc};

use crate::base::Clock;

/// The clock of the machine; everything above is given it, or a fixed one in tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
