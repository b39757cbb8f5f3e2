//! A question before something that can't be overlooked: it names what will be done, and the key that says yes
//! is not the one that asked.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::chord::{Held, chord};
use super::hints;
use super::paint::{self, Pen};
use crate::tr;
use crate::tui::theme::{Role, Theme};

/// What a key answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    Waiting,
    /// Do it: the index of the chosen way.
    Do(usize),
    /// Don't.
    Leave,
}

/// The state of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    title: String,
    /// What will be done, a line each.
    what: Vec<String>,
    ways: Vec<(char, String)>,
    asked_by: Option<char>,
}

impl Confirm {
    /// A question: `Delete 3 accounts?`, and what that does.
    pub fn new(title: impl Into<String>, what: impl IntoIterator<Item = impl Into<String>>) -> Confirm {
        let what = what.into_iter().map(Into::into).collect();
        Confirm { title: title.into(), what, ways: Vec::new(), asked_by: None }
    }

    /// The key that asked; no way to say yes gets it.
    pub fn asked_by(mut self, key: char) -> Confirm {
        self.asked_by = Some(key);
        self
    }

    /// A way to go on: its label (`delete them`), and the key it would like, usually `y`. Where that is the key
    /// that asked or is taken, it gets its first letter that is free.
    pub fn way(mut self, key: char, label: impl Into<String>) -> Confirm {
        let label = label.into();
        let free = |key: &char| {
            let taken = self.ways.iter().any(|(other, _)| other == key);
            !taken && Some(*key) != self.asked_by && *key != 'n' && *key != 'q'
        };
        let letters = label.chars().filter(char::is_ascii_lowercase).collect::<Vec<_>>();
        let found = std::iter::once(key).chain(letters).chain('a'..='z').find(|key| free(key));
        self.ways.push((found.unwrap_or(key), label));
        self
    }

    /// Handles one key. Enter is no answer: it is too easily pressed twice.
    pub fn handle(&self, key: KeyEvent) -> Answer {
        match chord(key) {
            (Held::Plain, KeyCode::Esc | KeyCode::Char('n' | 'q')) => Answer::Leave,
            (Held::Plain, KeyCode::Char(c)) => {
                self.ways.iter().position(|(key, _)| *key == c).map_or(Answer::Waiting, Answer::Do)
            }
            _ => Answer::Waiting,
        }
    }

    /// Draws the question in the middle of the screen.
    pub fn draw(&self, screen: Rect, buf: &mut Buffer, theme: &Theme) {
        let width = screen.width.saturating_sub(4).min(64);
        let inner = width.saturating_sub(4);
        let lines: Vec<String> = self.what.iter().flat_map(|line| paint::wrap(line, inner)).collect();
        let most = usize::from(screen.height.saturating_sub(6)).max(1);
        let height = lines.len().min(most) as u16 + 4;
        let inside = paint::popup(buf, paint::centred(screen, width, height), &self.title, theme);
        for (y, line) in lines.iter().enumerate().take(most) {
            let more = lines.len() > most && y + 1 == most;
            let line = if more { "…" } else { line };
            Pen::new(buf, paint::line(inside, y as u16)).text(line, theme.style(Role::Text));
        }
        let mut keys: Vec<(String, &str)> =
            self.ways.iter().map(|(key, label)| (key.to_string(), label.as_str())).collect();
        let leave = tr!("leave it");
        keys.push(("esc".to_owned(), &leave));
        let mut pen = Pen::new(buf, paint::line(inside, inside.height.saturating_sub(1)));
        hints::draw(&mut pen, theme, keys.iter().map(|(key, label)| (key.as_str(), *label)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::testing::{key, shown};

    #[test]
    fn the_key_that_asked_is_not_the_one_that_does_it() {
        let confirm = Confirm::new("Delete?", ["x"]).asked_by('d').way('d', "delete");
        assert_eq!(confirm.handle(key("d")), Answer::Waiting);
        assert_eq!(confirm.handle(key("e")), Answer::Do(0));
        assert_eq!(confirm.handle(key("<enter>")), Answer::Waiting);
        assert_eq!(confirm.handle(key("<esc>")), Answer::Leave);
        let two = Confirm::new("Delete?", ["x"]).way('y', "delete").way('y', "delete its deals too");
        assert_eq!([two.handle(key("y")), two.handle(key("d"))], [Answer::Do(0), Answer::Do(1)]);
    }

    #[test]
    fn it_names_what_it_will_do() {
        let what = [
            "Acme GmbH, with 2 contacts and 3 open deals that point at it, is deleted in one commit.",
            "Undo brings it back.",
        ];
        let confirm = Confirm::new("Delete Acme GmbH?", what).asked_by('D').way('y', "delete it");
        insta::assert_snapshot!(shown(60, 12, |area, buf, theme| confirm.draw(area, buf, theme)));
    }
}
