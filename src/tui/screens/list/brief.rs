//! The record under the cursor in brief, beside its list or below it.

use crate::base::Ref;
use crate::tui::layout;
use crate::tui::parts::World;
use crate::tui::screens::record::Preview;
use crate::tui::theme::Role;
use crate::tui::widgets::paint::{self, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::cell::RefCell;

/// The preview last drawn: it is composed once, however often it is drawn.
#[derive(Default)]
pub struct Brief(RefCell<Option<Preview>>);

impl Brief {
    /// Draws a record into `area`, with a rule between it and its list.
    pub fn draw(&self, here: &Ref, list: Rect, area: Rect, buf: &mut Buffer, world: &World) {
        if area.y > list.y {
            paint::rule(buf, layout::margins(Rect { y: area.y - 1, height: 1, ..area }), &world.theme);
        } else {
            for y in area.y..area.bottom() {
                let spot = Rect { x: area.x - 1, y, width: 1, height: 1 };
                Pen::new(buf, spot).text("│", world.theme.style(Role::Rule));
            }
        }
        let mut brief = self.0.borrow_mut();
        if !brief.as_ref().is_some_and(|brief| brief.shows(world, here)) {
            *brief = Preview::of(world, here);
        }
        if let Some(brief) = &*brief {
            brief.draw(area, buf, &world.theme);
        }
    }
}
