//! Text on its way to a terminal: made safe in one place, measured and cut by what the terminal will show.

mod safe;
mod escape;
mod fit;
mod width;
mod contrast;

pub use contrast::contrast;
pub use fit::{cut, cut_start, fit, fit_right};
pub use safe::{safe, safe_lines};
pub use width::{graphemes, width};
