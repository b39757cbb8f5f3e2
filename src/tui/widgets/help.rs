//! Everything that can be done here, by group, with its keys: to be searched, and run from.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{self, Pen};
use super::picker::{Item, Look, Picked, Picker};
use crate::tr;
use crate::tui::theme::{Role, Theme};

/// The state of the help list.
#[derive(Debug, Default)]
pub struct Help {
    picker: Picker,
    /// Lines the whole list takes, so that the frame stays as it is while something is typed.
    lines: usize,
}

impl Help {
    /// A list of what can be done: keys as the items' hints, a sentence as their detail, and why not where an
    /// item can't be run now.
    pub fn new(items: Vec<Item>) -> Help {
        let mut picker = Picker::new(items).placeholder(tr!("what would you like to do?"));
        picker.empty = tr!("Nothing here is called that").to_string();
        let lines = picker.height();
        Help { picker, lines }
    }

    /// Handles one key.
    pub fn handle(&mut self, key: KeyEvent) -> Picked {
        self.picker.handle(key)
    }

    /// Takes pasted text into the query.
    pub fn paste(&mut self, text: &str) -> Picked {
        self.picker.paste(text)
    }

    /// Handles the mouse.
    pub fn mouse(&mut self, event: MouseEvent) -> Picked {
        self.picker.mouse(event)
    }

    /// Draws the list in the middle of the screen, and below it what the entry under the cursor does.
    pub fn draw(&self, screen: Rect, buf: &mut Buffer, theme: &Theme, title: &str) {
        let width = screen.width.saturating_sub(4).min(92);
        // Query, rule, list, rule, two lines about the entry, and the frame.
        let height = self.lines.min(28) as u16 + 8;
        let height = height.min(screen.height.saturating_sub(2));
        let inside = paint::popup(buf, paint::centred(screen, width, height), title, theme);
        let about = if inside.height > 12 { 3 } else { 0 };
        let list = Rect { height: inside.height - about, ..inside };
        self.picker.draw(list, buf, theme, Look::Keys);
        let foot = paint::below(inside, list.height);
        if let Some(item) = self.picker.current().filter(|_| about > 0) {
            paint::rule(buf, foot, theme);
            let (words, role) = match &item.barred {
                Some(reason) => (tr!("Not now: {reason}", reason = reason).to_string(), Role::Warn),
                None => (item.detail.clone(), Role::Muted),
            };
            for (y, words) in paint::wrap(&words, inside.width).iter().take(2).enumerate() {
                Pen::new(buf, paint::line(foot, y as u16 + 1)).text(words, theme.style(role));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::testing::{keys, shown};

    fn help() -> Help {
        Help::new(vec![
            Item::new("edit", "Edit")
                .hint("e")
                .group("Record")
                .detail("Changes the record's fields in a form"),
            Item::new("move", "Move to the next stage").hint("L").group("Record").detail("Moves the deal on"),
            Item::new("undo", "Undo").hint("u").group("Changes").barred("nothing has been changed yet"),
            Item::new("palette", "Palette")
                .hint("ctrl-p")
                .group("Kontor")
                .detail("Finds any action by its name"),
        ])
    }

    #[test]
    fn keys_stand_in_a_column_of_their_own() {
        let mut help = help();
        help.handle(keys("<down>")[0]);
        insta::assert_snapshot!(shown(70, 18, |area, buf, theme| help.draw(area, buf, theme, "Deal")));
    }

    #[test]
    fn what_is_found_can_be_run_and_what_cannot_says_why() {
        let mut help = help();
        let run = |help: &mut Help, script: &str| keys(script).into_iter().map(|key| help.handle(key)).last();
        assert_eq!(run(&mut help, "next<enter>"), Some(Picked::Choose("move".into())));
        assert_eq!(
            run(&mut help, "<c-u>undo<enter>"),
            Some(Picked::Barred("nothing has been changed yet".into()))
        );
        let text = shown(70, 18, |area, buf, theme| help.draw(area, buf, theme, "Deal"));
        assert!(text.contains("Not now: nothing has been changed yet"), "{text}");
    }
}
