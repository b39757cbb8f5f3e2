//! Several things picked from a list: chips for what is chosen, a fuzzy picker for more.

use crossterm::event::{KeyCode, KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use smol_str::SmolStr;

use super::chord::{Held, chord};
use super::paint::{self, Pen};
use super::picker::{Item, Look, Picked, Picker};
use crate::tr;
use crate::tui::theme::{Role, Theme};

/// What a key did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing; the key is someone else's.
    Ignored,
    /// Something on the screen changed.
    Redraw,
    /// Another set is chosen.
    Changed,
    /// The query changed; an owner that searches elsewhere brings new items.
    Query,
    /// The person wants a new one of this name.
    Create(String),
    /// That's all.
    Done,
}

/// The state of a multiple choice.
#[derive(Debug, Default)]
pub struct Multi {
    chosen: Vec<(SmolStr, String)>,
    items: Vec<Item>,
    /// The list and its query.
    pub picker: Picker,
    /// Whether what is typed may be chosen though it is not listed.
    free: bool,
}

impl Multi {
    /// A choice among items, with some chosen already (key and label).
    pub fn new(items: Vec<Item>, chosen: Vec<(SmolStr, String)>) -> Multi {
        let mut multi = Multi { chosen, ..Multi::default() };
        multi.set_items(items);
        multi
    }

    /// Lets new words be chosen too, as for tags.
    pub fn free(mut self) -> Multi {
        self.free = true;
        self.creating(&tr!("New: {text}", text = "{}"))
    }

    /// Offers to make what was typed, as [`Picker::creating`]; the owner makes it and has it [taken](Multi::take).
    pub fn creating(mut self, wording: &str) -> Multi {
        self.picker = std::mem::take(&mut self.picker).creating(wording);
        self
    }

    /// Leaves finding to the owner, as [`Picker::searched_elsewhere`].
    pub fn searched_elsewhere(mut self) -> Multi {
        self.picker = std::mem::take(&mut self.picker).searched_elsewhere();
        self
    }

    /// Other items to choose from; those already chosen are left out of the list.
    pub fn set_items(&mut self, items: Vec<Item>) {
        self.items = items;
        self.list();
    }

    /// The chosen keys, in the order they were chosen.
    pub fn keys(&self) -> Vec<String> {
        self.chosen.iter().map(|(key, _)| key.to_string()).collect()
    }

    /// Chooses one more, listed or not; what was typed to find it goes away.
    pub fn take(&mut self, key: impl Into<SmolStr>, label: impl Into<String>) -> Chosen {
        self.add(key.into(), label.into())
    }

    /// Takes pasted text into the query.
    pub fn paste(&mut self, text: &str) -> Chosen {
        self.picker.paste(text);
        Chosen::Query
    }

    /// Takes what is under the cursor, as Enter does.
    pub fn enter(&mut self) -> Chosen {
        let picked = self.picker.take();
        self.picked(picked)
    }

    /// Handles one key: Enter takes the item, and so does Tab where something is typed; Backspace on an empty query
    /// drops the last chip; Esc ends, and so does Tab.
    pub fn handle(&mut self, key: KeyEvent) -> Chosen {
        match chord(key) {
            (Held::Plain, KeyCode::Tab) if self.picker.is_typed() => return self.enter(),
            (Held::Plain, KeyCode::Esc | KeyCode::Tab) => return Chosen::Done,
            (Held::Plain, KeyCode::Backspace) if self.picker.input.is_empty() => {
                return if self.chosen.pop().is_some() { self.changed() } else { Chosen::Redraw };
            }
            (Held::Plain, KeyCode::Char(',')) if self.free => {
                let word = self.picker.input.text().trim().to_owned();
                return if word.is_empty() { Chosen::Redraw } else { self.add(word.clone().into(), word) };
            }
            _ => {}
        }
        let picked = self.picker.handle(key);
        self.picked(picked)
    }

    /// Handles the mouse: a click takes an item, the wheel moves.
    pub fn mouse(&mut self, event: MouseEvent) -> Chosen {
        let picked = self.picker.mouse(event);
        self.picked(picked)
    }

    fn picked(&mut self, picked: Picked) -> Chosen {
        match picked {
            Picked::Choose(key) => {
                let label = self.picker.current().map_or_else(|| key.to_string(), |item| item.label.clone());
                self.add(key, label)
            }
            Picked::Create(word) if self.free => self.add(word.clone().into(), word),
            Picked::Create(name) => Chosen::Create(name),
            Picked::Query => Chosen::Query,
            Picked::Ignored => Chosen::Ignored,
            Picked::Moved | Picked::Barred(_) | Picked::Cancel => Chosen::Redraw,
        }
    }

    /// Draws chips, query and list in a frame under a form field.
    pub fn draw_dropdown(&self, field: Rect, bounds: Rect, buf: &mut Buffer, theme: &Theme) {
        let height = 5 + u16::from(!self.chosen.is_empty()) + self.items.len().clamp(3, 8) as u16;
        let inside = paint::dropdown(buf, field, bounds, (48, height), theme);
        self.draw(inside, buf, theme);
    }

    /// Draws chips, query and list.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let mut top = 0;
        if !self.chosen.is_empty() {
            let labels = self.chosen.iter().map(|(_, label)| label.as_str());
            chips(&mut Pen::new(buf, area), theme, labels, Style::new());
            top = 1;
        }
        self.picker.draw(paint::below(area, top), buf, theme, Look::Full);
    }

    fn add(&mut self, key: SmolStr, label: String) -> Chosen {
        if !self.chosen.iter().any(|(chosen, _)| *chosen == key) {
            self.chosen.push((key, label));
        }
        self.picker.input.take();
        self.changed()
    }

    fn changed(&mut self) -> Chosen {
        self.list();
        Chosen::Changed
    }

    fn list(&mut self) {
        let left = |item: &&Item| !self.chosen.iter().any(|(key, _)| *key == item.key);
        let items = self.items.iter().filter(left).cloned().collect();
        self.picker.set_items(items);
    }
}

/// Draws chips one after another, and how many more there are where room runs out.
pub fn chips<'a>(
    pen: &mut Pen<'_>,
    theme: &Theme,
    labels: impl ExactSizeIterator<Item = &'a str>,
    ground: Style,
) {
    let count = labels.len();
    for (at, label) in labels.enumerate() {
        let left = count - at;
        let reserve = if left > 1 { 5 } else { 0 };
        let width = paint::columns(&crate::base::text::safe(label));
        if at > 0 && width + reserve > pen.room() {
            pen.text(&format!("+{left}"), ground.patch(theme.style(Role::Muted)));
            return;
        }
        pen.text(label, ground.patch(theme.tone(label))).gap(2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::testing::{keys, shown};

    fn tags() -> Multi {
        let items = ["pilot", "iso9001", "key account", "partner"].map(|tag| Item::new(tag, tag)).to_vec();
        Multi::new(items, vec![("pilot".into(), "pilot".into())]).free()
    }

    fn press(multi: &mut Multi, script: &str) -> Chosen {
        keys(script).into_iter().map(|key| multi.handle(key)).last().unwrap()
    }

    #[test]
    fn items_are_taken_made_and_dropped() {
        let mut multi = tags();
        assert_eq!(press(&mut multi, "iso<enter>"), Chosen::Changed);
        assert_eq!(press(&mut multi, "vip 2027<enter>"), Chosen::Changed);
        assert_eq!(press(&mut multi, "east,"), Chosen::Changed);
        assert_eq!(multi.keys(), ["pilot", "iso9001", "vip 2027", "east"]);
        press(&mut multi, "<bs><bs><bs>");
        assert_eq!(multi.keys(), ["pilot"]);
        assert_eq!(press(&mut multi, "<esc>"), Chosen::Done);
    }

    #[test]
    fn nothing_is_chosen_twice() {
        let mut multi = tags();
        press(&mut multi, "pilot<enter>");
        assert_eq!(multi.keys(), ["pilot"]);
        assert!(multi.picker.items().iter().all(|item| item.key != "pilot"));
    }

    #[test]
    fn chips_above_the_list() {
        let mut multi = tags();
        press(&mut multi, "iso<enter>pa");
        insta::assert_snapshot!(shown(50, 10, |area, buf, theme| {
            multi.draw_dropdown(Rect::new(0, 0, 20, 1), area, buf, theme)
        }));
    }

    #[test]
    fn chips_that_do_not_fit_are_counted() {
        let labels = ["pilot", "iso9001", "key account", "partner"];
        let row = shown(22, 1, |area, buf, theme| {
            chips(&mut Pen::new(buf, area), theme, labels.into_iter(), Style::new());
        });
        assert_eq!(row, "pilot  iso9001  +2");
    }
}
