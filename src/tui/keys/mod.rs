//! Keys: how they are written, what they run, and the file that changes it.
//!
//! Actions bring their default keys; [`Keymap::new`] makes the keymap of them. A [`Matcher`] turns key presses into
//! the names of actions, in the scopes that hold: the popup, the screen, then `global`.

pub mod file;
pub mod key;
pub mod keymap;
pub mod matcher;
pub mod sequence;

pub use file::KeymapProblem;
pub use key::{Key, NotAKey};
pub use keymap::{Bindable, Binding, Keymap, KeymapError};
pub use matcher::{Continuation, Matcher, Press};
pub use sequence::Sequence;
