//! The values of a record's fields, which may be packed until somebody asks for one of them.

use super::Value;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// Where the values of many records lie packed. A row is asked for once: whoever asked keeps what comes out.
pub trait Pack: Send + Sync {
    /// The values of that row.
    fn unpack(&self, row: u32) -> Box<[Value]>;
}

/// Values, or where to get them.
pub enum Values {
    /// Here they are.
    Made(Box<[Value]>),
    /// They are unpacked when they are first asked for.
    Packed {
        /// What came out.
        made: OnceLock<Box<[Value]>>,
        /// Where they are.
        pack: Arc<dyn Pack>,
        /// Which of those there.
        row: u32,
    },
}

impl Values {
    /// The values.
    pub fn get(&self) -> &[Value] {
        match self {
            Self::Made(values) => values,
            Self::Packed { made, pack, row } => made.get_or_init(|| pack.unpack(*row)),
        }
    }
}

/// A clone is unpacked: no row is asked for twice.
impl Clone for Values {
    fn clone(&self) -> Self {
        Self::Made(self.get().into())
    }
}

impl PartialEq for Values {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for Values {}

impl Hash for Values {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.get().hash(state);
    }
}

impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
