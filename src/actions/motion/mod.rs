//! Moving about on a screen.

pub mod bottom;
pub mod down;
pub mod half_down;
pub mod half_up;
pub mod left;
pub mod next_pane;
pub mod next_record;
pub mod page_down;
pub mod page_up;
pub mod previous_pane;
pub mod previous_record;
pub mod right;
pub mod stage_left;
pub mod stage_right;
pub mod top;
pub mod up;
