//! The top line: where you are on the left, how the repository stands on the right, and at home the way to the
//! other screens between them.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{Width, margins};
use crate::tui::{
    theme::{Role, Theme},
    widgets::paint::{Pen, columns},
};

/// What the top line says.
#[derive(Clone, Debug, Default)]
pub struct Top<'a> {
    /// From the outermost place to the one you are at.
    pub crumbs: &'a [&'a str],
    /// What stands between crumbs: ` › `, or ` · ` at home.
    pub between: &'a str,
    /// More about the place, shown where there is room: `87 deals · 1.24 M`.
    pub note: &'a str,
    /// The screens, shown where there is room for all of them.
    pub tabs: &'a [Tab<'a>],
    /// Who you are.
    pub user: &'a str,
    /// Commits the others do not have, and those you do not have; `None` without an upstream.
    pub ahead_behind: Option<(usize, usize)>,
    /// How the files stand.
    pub standing: Standing,
}

/// A screen one key away.
#[derive(Clone, Copy, Debug)]
pub struct Tab<'a> {
    /// The key.
    pub key: &'a str,
    /// Its name.
    pub title: &'a str,
    /// Whether it is the one you are on.
    pub active: bool,
}

/// How the repository's files stand; each has a sign of its own, not only a colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Everything is committed.
    #[default]
    Clean,
    /// Something is being loaded, looked up, saved or synced.
    Busy,
    /// Files were changed by hand and are not committed yet.
    Dirty,
    /// There are problems to look at.
    Problems,
}

impl Standing {
    fn sign(self) -> (&'static str, Role) {
        match self {
            Standing::Clean => ("●", Role::Good),
            Standing::Busy => ("◌", Role::Accent),
            Standing::Dirty => ("◐", Role::Warn),
            Standing::Problems => ("!", Role::Bad),
        }
    }
}

/// What of the top line can be clicked, by index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopAreas {
    /// Crumbs.
    pub crumbs: Vec<(usize, Rect)>,
    /// Tabs.
    pub tabs: Vec<(usize, Rect)>,
}

impl Top<'_> {
    /// Draws it into a line.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, theme: &Theme) -> TopAreas {
        let mut areas = TopAreas::default();
        let line = margins(area);
        let mut pen = Pen::new(buf, line);
        self.draw_right(&mut pen, Width::of(area), theme);
        let room = pen.room();
        // Leading crumbs give way to the tabs; the place itself never does.
        let tabs = self.tabs_width();
        let first_with_tabs =
            (0..self.crumbs.len()).find(|first| self.crumbs_width(*first) + TABS_GAP + tabs <= room);
        let first = match first_with_tabs {
            Some(first) if tabs > 0 => first,
            _ => (0..self.crumbs.len())
                .find(|first| self.crumbs_width(*first) <= room)
                .unwrap_or(self.crumbs.len().saturating_sub(1)),
        };
        if first > 0 && first_with_tabs.is_none_or(|_| tabs == 0) {
            pen.text("…", theme.style(Role::Muted)).text(self.between, theme.style(Role::Faint));
        }
        for (index, crumb) in self.crumbs.iter().enumerate().skip(first) {
            let last = index + 1 == self.crumbs.len();
            let start = pen.x();
            pen.text(crumb, theme.style(if last { Role::Heading } else { Role::Muted }));
            areas.crumbs.push((index, span(line, start, pen.x())));
            if !last {
                pen.text(self.between, theme.style(Role::Faint));
            }
        }
        if tabs > 0 && first_with_tabs.is_some() {
            // In the middle of what is left, but not so far off that the eye has to jump.
            pen.gap((pen.room() - tabs).div_ceil(2).clamp(TABS_GAP, 8));
            for (index, tab) in self.tabs.iter().enumerate() {
                if index > 0 {
                    pen.gap(2);
                }
                let start = pen.x();
                let title = theme.style(if tab.active { Role::TabActive } else { Role::Tab });
                let key = theme.style(if tab.active { Role::Key } else { Role::Faint });
                pen.text(tab.key, key).gap(1).text(tab.title, title);
                areas.tabs.push((index, span(line, start, pen.x())));
            }
        } else if !self.note.is_empty() && pen.room() > 12 {
            pen.gap(3).text(self.note, theme.style(Role::Muted));
        }
        areas
    }

    fn draw_right(&self, pen: &mut Pen<'_>, width: Width, theme: &Theme) {
        let (sign, role) = self.standing.sign();
        pen.right(sign, theme.style(role)).gap_right(1);
        if let Some((ahead, behind)) = self.ahead_behind {
            let counts = match (width, ahead, behind) {
                (Width::Narrow, 0, 0) => String::new(),
                (Width::Narrow, ahead, 0) => format!("↑{ahead}"),
                (Width::Narrow, 0, behind) => format!("↓{behind}"),
                _ => format!("↑{ahead} ↓{behind}"),
            };
            let moved = ahead + behind > 0;
            pen.right(&counts, theme.style(if moved { Role::Text } else { Role::Faint })).gap_right(2);
        }
        if width > Width::Narrow {
            pen.right(self.user, theme.style(Role::Muted)).gap_right(2);
        }
    }

    fn crumbs_width(&self, first: usize) -> u16 {
        let crumbs = &self.crumbs[first..];
        let ellipsis = if first > 0 && self.tabs.is_empty() { 1 + columns(self.between) } else { 0 };
        // As many crumbs as somebody has opened pages, each as long as its record's title.
        let between = columns(self.between);
        crumbs.iter().enumerate().fold(ellipsis, |width: u16, (at, crumb)| {
            width.saturating_add(columns(crumb)).saturating_add(if at > 0 { between } else { 0 })
        })
    }

    fn tabs_width(&self) -> u16 {
        let tabs = self.tabs.iter().map(|tab| columns(tab.key) + 1 + columns(tab.title) + 2).sum::<u16>();
        tabs.saturating_sub(2)
    }
}

/// The least room between the place and the tabs.
const TABS_GAP: u16 = 3;

fn span(line: Rect, start: u16, end: u16) -> Rect {
    Rect { x: start, width: end - start, ..line }
}
