//! What the loop needs of the terminal beyond drawing on it.

use std::io;

/// The terminal's other side: the real one, or a test's.
pub trait Host {
    /// Gives the terminal back, runs, and takes it again.
    fn outside(&mut self, run: &mut dyn FnMut()) -> io::Result<()>;

    /// Stops the process until the shell continues it.
    fn suspend(&mut self) -> io::Result<()>;

    /// The process was continued; somebody else may have changed the terminal meanwhile.
    fn continued(&mut self) -> io::Result<()>;

    /// Puts a text on the terminal's clipboard.
    fn copy(&mut self, text: &str) -> io::Result<()>;
}
