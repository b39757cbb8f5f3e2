//! What the mouse can act on: the view says it while drawing, so it is always what is seen.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

type Handler<M> = Box<dyn Fn(&MouseEvent) -> Option<M>>;

/// Areas of the screen and the messages they send. What is added later lies on top.
pub struct Hits<M> {
    areas: Vec<(Rect, Option<Handler<M>>)>,
}

/// What a mouse event came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Hit<M> {
    /// An area took it.
    Message(M),
    /// It fell on a cover.
    Covered,
    /// Nothing is there.
    Missed,
}

impl<M> Default for Hits<M> {
    fn default() -> Hits<M> {
        Hits { areas: Vec::new() }
    }
}

impl<M: 'static> Hits<M> {
    /// A click into the area sends a message.
    pub fn click(&mut self, area: Rect, message: impl Fn() -> M + 'static) {
        self.on(area, move |event| (event.kind == MouseEventKind::Down(MouseButton::Left)).then(&message));
    }

    /// The wheel over the area sends a message with the lines to move by: negative is up.
    pub fn wheel(&mut self, area: Rect, message: impl Fn(i32) -> M + 'static) {
        const LINES: i32 = 3;
        self.on(area, move |event| match event.kind {
            MouseEventKind::ScrollUp => Some(message(-LINES)),
            MouseEventKind::ScrollDown => Some(message(LINES)),
            _ => None,
        });
    }

    /// Any mouse event in the area; those it gives no message for fall through to what lies below.
    pub fn on(&mut self, area: Rect, handler: impl Fn(&MouseEvent) -> Option<M> + 'static) {
        self.areas.push((area, Some(Box::new(handler))));
    }

    /// Hides everything added before in the area, as a popup does.
    pub fn cover(&mut self, area: Rect) {
        self.areas.push((area, None));
    }

    /// What an event came to.
    pub fn find(&self, event: &MouseEvent) -> Hit<M> {
        let at = Position::new(event.column, event.row);
        for (_, handler) in self.areas.iter().rev().filter(|(area, _)| area.contains(at)) {
            match handler {
                None => return Hit::Covered,
                Some(handler) => {
                    if let Some(message) = handler(event) {
                        return Hit::Message(message);
                    }
                }
            }
        }
        Hit::Missed
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyModifiers;

    use super::*;

    fn at(kind: MouseEventKind, column: u16, row: u16) -> MouseEvent {
        MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }
    }

    #[test]
    fn the_topmost_area_that_wants_an_event_gets_it() {
        let mut hits = Hits::default();
        hits.wheel(Rect::new(0, 0, 10, 10), |lines| format!("scroll {lines}"));
        hits.click(Rect::new(0, 0, 10, 1), || "row".to_owned());
        hits.cover(Rect::new(5, 0, 5, 10));
        hits.click(Rect::new(6, 0, 1, 1), || "popup".to_owned());
        let click = MouseEventKind::Down(MouseButton::Left);
        let message = |text: &str| Hit::Message(text.to_owned());
        assert_eq!(hits.find(&at(click, 1, 0)), message("row"));
        assert_eq!(hits.find(&at(MouseEventKind::ScrollUp, 1, 0)), message("scroll -3"));
        assert_eq!(hits.find(&at(click, 1, 1)), Hit::Missed);
        assert_eq!(hits.find(&at(click, 5, 0)), Hit::Covered);
        assert_eq!(hits.find(&at(click, 6, 0)), message("popup"));
        assert_eq!(hits.find(&at(MouseEventKind::ScrollDown, 6, 0)), Hit::Covered);
    }
}
