//! How far something is that takes a while: a bar on standard error, where a person sees it.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};

/// A bar, shown only on a terminal.
pub fn bar() -> ProgressBar {
    let target = match io::stderr().is_terminal() {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    ProgressBar::with_draw_target(None, target)
}

/// Shows what is being done, and how much of it; a total of 0 is one nobody knows.
pub fn show(bar: &ProgressBar, what: std::borrow::Cow<'static, str>, done: usize, total: usize) {
    if bar.length() != Some(total as u64) {
        let counted = "{msg:20} {bar:30} {pos}/{len}";
        let style = ProgressStyle::with_template(if total > 0 { counted } else { "{msg} {spinner}" });
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_length(total as u64);
    }
    bar.set_message(what);
    bar.set_position(done as u64);
    bar.tick();
}
