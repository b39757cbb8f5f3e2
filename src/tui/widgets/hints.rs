//! What can be done here: keys and what they do, as many as fit.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{self, Pen};
use crate::base::text;
use crate::tui::theme::{Role, Theme};

/// Draws hints, most important first, on the area's first line. One that does not fit is left out, and so is
/// what comes after it; the last one given (`? help`) is always kept.
pub fn line<'a>(
    area: Rect,
    buf: &mut Buffer,
    theme: &Theme,
    hints: impl IntoIterator<Item = (&'a str, &'a str)>,
) {
    let mut hints: Vec<(&str, &str)> = hints.into_iter().collect();
    let room = usize::from(area.width.saturating_sub(1));
    let width = |hint: &(&str, &str)| text::width(&text::safe(hint.0)) + 1 + text::width(&text::safe(hint.1));
    while hints.len() > 1 && hints.iter().map(|hint| width(hint) + 2).sum::<usize>() > room + 2 {
        hints.remove(hints.len() - 2);
    }
    let mut pen = Pen::new(buf, paint::line(area, 0));
    draw(pen.gap(1), theme, hints);
}

/// Draws hints with a pen until one does not fit.
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
    fn hints_that_do_not_fit_go_but_help_stays() {
        let hints = [("⏎", "open"), ("x", "done"), ("r", "reschedule"), ("a", "log"), ("?", "help")];
        let at = |width| shown(width, 1, |area, buf, theme| line(area, buf, theme, hints));
        assert_eq!(at(60), " ⏎ open  x done  r reschedule  a log  ? help");
        assert_eq!(at(30), " ⏎ open  x done  ? help");
        assert_eq!(at(10), " ? help");
    }
}
