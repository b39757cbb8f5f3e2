//! Choose a theme; the screen behind shows it while the cursor moves.

use crate::tui::keys::Key;
use crate::tui::parts::{Overlay, Verdict, World};
use crate::tui::theme::{Mode, Theme};
use crate::tui::widgets::picker::{Item, Picked, Picker};
use crossterm::event::MouseEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A list of themes at the edge, so that the screen stays in sight.
pub struct Themes {
    themes: Vec<Theme>,
    picker: Picker,
}

/// The picker over `themes`, with `current` under the cursor.
pub fn themes(themes: &[Theme], current: &Theme) -> Themes {
    let mode = |theme: &Theme| match theme.mode() {
        Mode::Dark => "dark",
        Mode::Light => "light",
    };
    let items = themes.iter().map(|t| Item::new(t.name(), t.title()).detail(mode(t))).collect();
    let mut picker = Picker::new(items);
    picker.select(current.name());
    let depth = current.depth();
    Themes { themes: themes.iter().map(|t| t.clone().at(depth)).collect(), picker }
}

impl Themes {
    fn verdict(&self, picked: &Picked) -> Verdict {
        let named = |name: &str| self.themes.iter().find(|t| t.name() == name).cloned();
        match picked {
            Picked::Choose(name) => named(name).map_or(Verdict::Close, Verdict::Keep),
            Picked::Cancel => Verdict::Close,
            _ => self.picker.current().and_then(|item| named(&item.key)).map_or(Verdict::Stay, Verdict::Try),
        }
    }
}

impl Overlay for Themes {
    fn key(&mut self, key: Key, _world: &World) -> Verdict {
        let picked = self.picker.handle(key.event());
        self.verdict(&picked)
    }

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Verdict {
        let picked = self.picker.mouse(event);
        self.verdict(&picked)
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        self.picker.draw_popup(body, buf, &world.theme, "Theme");
    }

    fn hints(&self) -> Vec<(String, String)> {
        super::help::list_hints("keep it")
    }
}
