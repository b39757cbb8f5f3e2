//! A record in brief, beside or below a list: its head, its facts, and what happened last.

use super::factsheet::Factsheet;
use super::head::Head;
use super::sheet;
use super::story::Story;
use crate::base::Ref;
use crate::model::Book;
use crate::tr;
use crate::tui::layout;
use crate::tui::parts::World;
use crate::tui::theme::Theme;
use crate::tui::widgets::timeline::{Entries as _, Timeline};
use crate::tui::widgets::{paint, section};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// What a page shows first, without anything to do in it.
pub struct Preview {
    reference: Ref,
    book: Arc<Book>,
    minute: i64,
    head: Head,
    facts: Factsheet,
    story: Story,
    timeline: Timeline,
}

impl Preview {
    /// The preview of a record. `None` where it is not there.
    pub fn of(world: &World, reference: &Ref) -> Option<Preview> {
        let (head, facts, story) = sheet::brief(world, reference)?;
        let mut sheet = Factsheet::default();
        sheet.set(facts);
        Some(Preview {
            reference: reference.clone(),
            book: world.book.clone(),
            minute: minute(world),
            head,
            facts: sheet,
            story,
            timeline: Timeline::new(),
        })
    }

    /// Whether it still shows that record as it is.
    pub fn shows(&self, world: &World, reference: &Ref) -> bool {
        self.reference == *reference && Arc::ptr_eq(&self.book, &world.book) && self.minute == minute(world)
    }

    /// Draws as much as there is room for.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let head = self.head.height().min(area.height);
        self.head.draw(layout::margins(Rect { height: head, ..area }), buf, theme);
        let area = paint::below(area, head + 1);
        // Short facts leave more to the story; long ones leave it a third.
        let told = !self.story.is_empty();
        let most = if told { area.height * 2 / 3 } else { area.height };
        let facts = self.facts.height(area.width).min(most);
        self.facts.draw(Rect { height: facts, ..area }, buf, theme, false);
        let area = paint::below(area, facts + 1);
        if told && area.height > 1 {
            let area = section::heading(area, buf, theme, &tr!("Timeline").to_uppercase(), "", false);
            self.timeline.draw(area, buf, theme, &self.story);
        }
    }
}

/// Ages and clocks are told by the minute.
fn minute(world: &World) -> i64 {
    world.now.utc.timestamp().div_euclid(60)
}
