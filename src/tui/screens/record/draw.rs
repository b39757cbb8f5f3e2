//! Drawing a page.

use super::Page;
use crate::tui::theme::Theme;
use crate::tui::widgets::section;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

impl Page {
    pub(super) fn draw_page(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let places = self.places(area);
        self.head.draw(places.head, buf, theme);
        let mut seen = Vec::with_capacity(places.panes.len() + 1);
        for (at, area) in places.panes.into_iter().filter(|(_, area)| area.height > 0) {
            let pane = &self.panes[at];
            let focused = at == self.focus;
            let body = match at {
                0 => area,
                _ => section::heading(area, buf, theme, &pane.title.to_uppercase(), &pane.detail, focused),
            };
            pane.draw(body, buf, theme, focused);
            seen.push((at, area));
        }
        self.tabs_seen.set(places.tabs);
        if places.tabs.height > 0 && !self.tabs.labels.is_empty() {
            self.tabs.draw(places.tabs, buf, theme);
        }
        if let Some((at, area)) = places.front {
            self.panes[at].draw(area, buf, theme, at == self.focus);
            seen.push((at, area));
        }
        self.seen.replace(seen);
    }
}
