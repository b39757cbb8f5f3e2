//! What can be done here, inside a form or a popup: keys and what they do, as many as fit. The screen's own last
//! line is [`crate::tui::layout::Foot`].

use super::paint::{self, Pen};
use crate::base::text;
use crate::tui::theme::{Role, Theme};

/// Draws hints, most important first, with a pen until one does not fit.
pub fn draw<'a>(pen: &mut Pen<'_>, theme: &Theme, hints: impl IntoIterator<Item = (&'a str, &'a str)>) {
    for (key, label) in hints {
        let width = paint::columns(&text::safe(key)) + 1 + paint::columns(&text::safe(label));
        if width > pen.room() {
            return;
        }
        pen.text(key, theme.style(Role::Key)).gap(1).text(label, theme.style(Role::Hint)).gap(2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::testing::shown;

    #[test]
    fn a_hint_that_does_not_fit_ends_the_line() {
        let hints = [("⏎", "open"), ("x", "done"), ("r", "reschedule"), ("a", "log")];
        let at = |width| shown(width, 1, |area, buf, theme| draw(&mut Pen::new(buf, area), theme, hints));
        assert_eq!(at(60), "⏎ open  x done  r reschedule  a log");
        assert_eq!(at(24), "⏎ open  x done");
        assert_eq!(at(5), "");
    }
}
