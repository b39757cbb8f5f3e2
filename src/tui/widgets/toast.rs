//! Short messages about what happened out of sight. They go by themselves, but errors stay until seen, or until what
//! they say is no longer so.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{self, Pen};
use crate::base::text;
use crate::tr;
use crate::tui::theme::{Role, Theme};

/// What sort of message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something was done.
    Done,
    /// Something is worth knowing.
    Info,
    /// Something wants a look.
    Warn,
    /// Something failed.
    Error,
}

impl Kind {
    fn look(self) -> (&'static str, Role) {
        match self {
            Kind::Done => ("✓", Role::Good),
            Kind::Info => ("·", Role::Info),
            Kind::Warn => ("▲", Role::Warn),
            Kind::Error => ("!", Role::Bad),
        }
    }

    /// How long it stays; errors until seen.
    fn stay(self) -> Option<Duration> {
        match self {
            Kind::Done => Some(Duration::from_secs(4)),
            Kind::Info => Some(Duration::from_secs(6)),
            Kind::Warn => Some(Duration::from_secs(10)),
            Kind::Error => None,
        }
    }
}

#[derive(Debug, Clone)]
struct Toast {
    kind: Kind,
    text: String,
    /// Said so many times in a row.
    times: usize,
    until: Option<Duration>,
    /// What it is about, where that may cease to be so.
    about: Option<String>,
}

/// The messages on the screen, the newest last. Times are counted from the program's start.
#[derive(Debug, Default)]
pub struct Toasts {
    list: Vec<Toast>,
}

/// How long an error stays once somebody is there to read it.
const READ: Duration = Duration::from_secs(10);

/// Most messages shown at once; the oldest wait until there is room.
const SHOWN: usize = 4;

impl Toasts {
    /// Says something. The same message again is counted, not repeated.
    pub fn push(&mut self, kind: Kind, text: impl Into<String>, now: Duration) {
        let text = text.into();
        let until = kind.stay().map(|stay| now + stay);
        match self.list.iter_mut().find(|toast| toast.kind == kind && toast.text == text) {
            Some(toast) => {
                toast.times += 1;
                toast.until = until;
            }
            None => self.list.push(Toast { kind, text, times: 1, until, about: None }),
        }
    }

    /// Says what is wrong with something, in place of what was said of it before.
    pub fn push_about(&mut self, about: impl Into<String>, text: impl Into<String>) {
        let about = about.into();
        self.list.retain(|toast| toast.about.as_ref() != Some(&about));
        self.list.push(Toast {
            kind: Kind::Error,
            text: text.into(),
            times: 1,
            until: None,
            about: Some(about),
        });
    }

    /// Takes away what was said about things of which it is no longer so.
    pub fn settle(&mut self, still: impl Fn(&str) -> bool) {
        self.list.retain(|toast| toast.about.as_deref().is_none_or(&still));
    }

    /// Whether there is an error to be seen.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|toast| toast.kind == Kind::Error)
    }

    /// Somebody is at the keyboard: from now on errors stay as long as it takes to read them.
    pub fn noticed(&mut self, now: Duration) {
        for toast in &mut self.list {
            toast.until = toast.until.or(Some(now + READ));
        }
    }

    /// Takes away what has been there long enough; true when something went.
    pub fn tick(&mut self, now: Duration) -> bool {
        let before = self.list.len();
        self.list.retain(|toast| toast.until.is_none_or(|until| until > now));
        self.list.len() < before
    }

    /// When the next message goes by itself.
    pub fn deadline(&self) -> Option<Duration> {
        self.list.iter().filter_map(|toast| toast.until).min()
    }

    /// The person has seen what there is (Esc): takes the errors away, or else everything. False when there was
    /// nothing.
    pub fn seen(&mut self) -> bool {
        let some = !self.list.is_empty();
        let errors = self.has_errors();
        self.list.retain(|toast| errors && toast.kind != Kind::Error);
        some
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Draws the newest message, or the newest error that nobody was there to read yet, on one line, and how many more
    /// there are: where there is little room, or where something else must not be covered.
    pub fn draw_line(&self, line: Rect, buf: &mut Buffer, theme: &Theme) {
        let worst = self.list.iter().rfind(|toast| toast.kind == Kind::Error && toast.until.is_none());
        let Some(toast) = worst.or(self.list.last()) else { return };
        let more = match self.list.len() {
            1 => String::new(),
            n => format!(" {}", tr!("+{n} more", n = n - 1)),
        };
        let room = line.width.saturating_sub(4 + paint::columns(&more));
        let text = text::cut(&toast.text, room.into());
        let width = (paint::columns(&text) + paint::columns(&more) + 4).min(line.width);
        let place = Rect { x: line.right() - width, width, height: line.height.min(1), ..line };
        let ground = theme.style(Role::Surface);
        let (sign, role) = toast.kind.look();
        paint::wipe(buf, place, ground);
        let mut pen = Pen::new(buf, place);
        pen.gap(1).cell(sign, 2, ground.patch(theme.style(role)));
        pen.text(&text, ground.patch(theme.style(Role::Text)));
        pen.text(&more, ground.patch(theme.style(Role::Muted)));
    }

    /// Draws the messages at the area's lower right, the newest lowest.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let ground = theme.style(Role::Surface);
        let most = area.width.saturating_sub(4).min(60);
        let shown: Vec<(&Toast, Vec<String>)> = self
            .list
            .iter()
            .rev()
            .take(SHOWN)
            .map(|toast| {
                let times = if toast.times > 1 { format!("  ×{}", toast.times) } else { String::new() };
                (toast, paint::wrap(&format!("{}{times}", toast.text), most.saturating_sub(6)))
            })
            .collect();
        let widest = shown.iter().flat_map(|(_, lines)| lines).map(|line| paint::columns(line)).max();
        let width = (widest.unwrap_or(0) + 6).min(area.width);
        let mut bottom = area.bottom();
        for (toast, lines) in &shown {
            let (sign, role) = toast.kind.look();
            let height = lines.len().min(6) as u16;
            if bottom < area.y + height {
                return;
            }
            bottom -= height;
            let place = Rect::new(area.right() - width, bottom, width, height);
            paint::wipe(buf, place, ground);
            for (y, line) in lines.iter().take(height.into()).enumerate() {
                let mut pen = Pen::new(buf, paint::line(place, y as u16));
                pen.text("▌", ground.patch(theme.style(role))).gap(1);
                pen.cell(if y == 0 { sign } else { "" }, 2, ground.patch(theme.style(role)));
                pen.text(line, ground.patch(theme.style(Role::Text)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::testing::shown;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn messages_go_and_errors_stay_until_seen() {
        let mut toasts = Toasts::default();
        assert!(!toasts.seen());
        toasts.push(Kind::Done, "Saved", at(1));
        toasts.push(Kind::Error, "index.lock is held", at(1));
        assert_eq!(toasts.deadline(), Some(at(5)));
        assert!(!toasts.tick(at(4)));
        assert!(toasts.tick(at(5)));
        assert!(!toasts.tick(at(9999)) && !toasts.is_empty());
        assert_eq!(toasts.deadline(), None);
        assert!(toasts.seen() && toasts.is_empty());
    }

    #[test]
    fn a_newer_message_may_stay_when_an_error_was_seen() {
        let mut toasts = Toasts::default();
        toasts.push(Kind::Error, "broken", at(1));
        toasts.push(Kind::Done, "Saved", at(2));
        toasts.seen();
        assert_eq!(toasts.deadline(), Some(at(6)));
        toasts.seen();
        assert!(toasts.is_empty());
    }

    #[test]
    fn an_error_goes_a_while_after_somebody_came() {
        let mut toasts = Toasts::default();
        toasts.push(Kind::Error, "broken", at(1));
        assert!(!toasts.tick(at(9999)));
        toasts.noticed(at(10_000));
        toasts.noticed(at(10_005));
        assert_eq!(toasts.deadline(), Some(at(10_010)));
        assert!(toasts.tick(at(10_010)) && toasts.is_empty());
    }

    #[test]
    fn what_is_no_longer_so_goes() {
        let mut toasts = Toasts::default();
        toasts.push_about("a.yaml", "a is wrong");
        toasts.push_about("a.yaml", "a is wrong in another way");
        toasts.push_about("b.yaml", "b is wrong");
        toasts.settle(|about| about == "a.yaml");
        let line =
            |toasts: &Toasts, width| shown(width, 1, |area, buf, theme| toasts.draw_line(area, buf, theme));
        assert_eq!(line(&toasts, 60).trim(), "! a is wrong in another way");
        toasts.push(Kind::Done, "Saved", at(2));
        assert_eq!(line(&toasts, 60).trim(), "! a is wrong in another way +1 more");
        assert_eq!(line(&toasts, 24).trim(), "! a is wrong… +1 more");
        toasts.settle(|_| false);
        assert_eq!(line(&toasts, 60).trim(), "✓ Saved");
    }

    #[test]
    fn the_same_message_is_counted() {
        let mut toasts = Toasts::default();
        toasts.push(Kind::Done, "Marked 2 deals as lost", at(0));
        toasts.push(
            Kind::Warn,
            "accounts/acme.yaml line 4: unknown stage 'propsal', did you mean 'proposal'?",
            at(0),
        );
        toasts.push(Kind::Error, "Not saved", at(0));
        toasts.push(Kind::Error, "Not saved", at(1));
        insta::assert_snapshot!(shown(60, 7, |area, buf, theme| toasts.draw(area, buf, theme)));
    }
}
