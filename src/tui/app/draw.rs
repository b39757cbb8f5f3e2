//! Draws the frame all screens share, the screen, what lies on it, and what is said at the edge.

use super::{App, Msg};
use crate::actions;
use crate::actions::Place;
use crate::tr;
use crate::tui::keys::Continuation;
use crate::tui::layout::{self, Foot, Height, Hint, Next, Shell, Standing, Tab, Top, Width};
use crate::tui::runtime::Hits;
use crate::tui::theme::Role;
use crate::tui::widgets::paint::Pen;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

impl App {
    pub(super) fn draw(&self, frame: &mut Frame<'_>, hits: &mut Hits<Msg>) {
        let area = frame.area();
        let buf = frame.buffer_mut();
        let shell = Shell::of(area);
        self.draw_top(buf, shell.top, hits);
        shell.rules(buf, &self.world.theme);
        match (self.world.loading, self.top()) {
            (Some(count), _) => self.draw_loading(buf, shell.body, count),
            (None, Some(layer)) => {
                hits.on(shell.body, |event| Some(Msg::Mouse(*event)));
                layer.screen.draw(shell.body, buf, &self.world, hits);
            }
            (None, None) => {}
        }
        if let Some(asked) = self.overlays.last() {
            layout::backdrop(buf, shell.body, &self.world.theme);
            hits.cover(area);
            hits.on(area, |event| Some(Msg::PopupMouse(*event)));
            asked.overlay.draw(shell.body, buf, &self.world);
        }
        self.draw_foot(buf, shell.foot, hits);
        if !self.matcher.pressed().is_empty() && self.overlays.is_empty() {
            self.draw_following(buf, shell.body, hits);
        }
        self.draw_said(&shell, buf);
    }

    /// What is said at the edge: over the records where there is room, and else, or where a popup must not be covered,
    /// on the rule below them.
    fn draw_said(&self, shell: &Shell, buf: &mut Buffer) {
        let theme = &self.world.theme;
        let small = Width::of(shell.body) == Width::Narrow || Height::of(shell.body) == Height::Low;
        if self.overlays.is_empty() && !small {
            return self.toasts.draw(shell.body, buf, theme);
        }
        let rule = [shell.rule_below, shell.rule_above].into_iter().find(|rule| rule.height > 0);
        let body = || Rect {
            y: shell.body.bottom().saturating_sub(1),
            height: shell.body.height.min(1),
            ..shell.body
        };
        if let Some(line) = rule.or_else(|| self.overlays.is_empty().then(body)) {
            self.toasts.draw_line(layout::margins(line), buf, theme);
        }
    }

    fn draw_top(&self, buf: &mut Buffer, area: Rect, hits: &mut Hits<Msg>) {
        let world = &self.world;
        let crumbs: Vec<String> = self.crumbs();
        let crumbs: Vec<&str> = crumbs.iter().map(String::as_str).collect();
        let here = self.top().map(|layer| layer.screen.place());
        let home = matches!(here, Some(Place::Home) | None);
        let titles: Vec<String> =
            Place::numbered().iter().map(|p| super::super::screens::name(p, world)).collect();
        let keys: Vec<String> = (1..=titles.len()).map(|n| n.to_string()).collect();
        let tabs: Vec<Tab<'_>> = titles
            .iter()
            .zip(&keys)
            .zip(Place::numbered())
            .map(|((title, key), place)| Tab { key, title, active: here.as_ref() == Some(&place) })
            .collect();
        let note = self.top().map(|layer| layer.screen.note(world)).unwrap_or_default();
        let user = world.me.as_ref().map(|id| user_name(world, id)).unwrap_or_default();
        let top = Top {
            crumbs: &crumbs,
            between: if home { " · " } else { " › " },
            note: &note,
            tabs: if home { &tabs } else { &[] },
            user: &user,
            ahead_behind: world.standing.map(|d| (d.ahead, d.behind)),
            standing: self.standing(),
        };
        let areas = top.draw(buf, area, &world.theme);
        for (index, spot) in areas.tabs {
            if let Some(action) = SCREENS.get(index) {
                hits.click(spot, move || Msg::Run(action));
            }
        }
    }

    fn crumbs(&self) -> Vec<String> {
        let world = &self.world;
        match self.stack.as_slice() {
            [] => vec!["Kontor".to_owned()],
            [only] if only.screen.place() == Place::Home => {
                vec!["Kontor".to_owned(), world.book.settings().name().to_owned()]
            }
            layers => {
                // What was opened from home leads back to it; a list stands for itself.
                let leads = layers.get(1).is_some_and(|l| matches!(l.screen.place(), Place::Record(_)));
                let shown = layers.iter().filter(|l| leads || l.screen.place() != Place::Home);
                shown.map(|l| l.screen.crumb(world)).collect()
            }
        }
    }

    fn standing(&self) -> Standing {
        let world = &self.world;
        let working = self.shows_work_at().is_some_and(|at| at <= world.now.utc);
        if world.loading.is_some() || !self.waiting.is_empty() || working {
            Standing::Busy
        } else if self.trouble().0 > 0 {
            Standing::Problems
        } else if !world.uncommitted.is_empty() {
            Standing::Dirty
        } else {
            Standing::Clean
        }
    }

    fn draw_loading(&self, buf: &mut Buffer, body: Rect, count: usize) {
        let line = Rect { y: body.y + body.height / 3, height: body.height.min(1), ..layout::margins(body) };
        let text = match count {
            0 => "opening …".to_owned(),
            n => format!("reading … {n} files"),
        };
        Pen::new(buf, line).text(&text, self.world.theme.style(Role::Muted));
    }

    fn draw_foot(&self, buf: &mut Buffer, area: Rect, hits: &mut Hits<Msg>) {
        let theme = &self.world.theme;
        if let Some(asked) = self.overlays.last() {
            let hints: Vec<_> =
                asked.overlay.hints().into_iter().map(|(key, label)| Hint::new(key, label)).collect();
            let note = if self.is_saving(asked) { tr!("saving …").into() } else { asked.overlay.foot() };
            Foot { hints: &hints, note: &note }.draw(buf, area, theme);
            return;
        }
        let Some(layer) = self.top() else { return };
        let glance = self.glance();
        let context = glance.context(&self.world, 0);
        let everywhere: &[&str] = if layer.screen.is_typing() { &[] } else { &["find", "help"] };
        let names = layer.screen.hints().iter().chain(everywhere);
        let usable = names.filter_map(|name| actions::find(name)).filter(|a| a.is_available(&context));
        let (hints, actions): (Vec<_>, Vec<_>) = usable
            .map(|a| (Hint::new(self.keys_of(a.name), a.hint), a.name))
            .filter(|(hint, _)| !hint.key.is_empty() && !hint.label.is_empty())
            .unzip();
        let note = layer.screen.foot(&self.world);
        for (index, spot) in (Foot { hints: &hints, note: &note }).draw(buf, area, theme) {
            let name = actions[index];
            hits.click(spot, move || Msg::Run(name));
        }
    }

    fn draw_following(&self, buf: &mut Buffer, body: Rect, hits: &mut Hits<Msg>) {
        let narrow = Width::of(body) == Width::Narrow;
        let label = |c: &Continuation| match c.action.as_deref().and_then(actions::find) {
            Some(action) if narrow && !action.hint.is_empty() => action.hint.to_owned(),
            Some(action) => action.title.to_owned(),
            None => format!("{} more", c.count),
        };
        let next: Vec<_> = self
            .following
            .iter()
            .map(|c| Next { key: c.key.to_string(), label: label(c), more: c.action.is_none() })
            .collect();
        let pressed: Vec<_> = self.matcher.pressed().iter().map(ToString::to_string).collect();
        let (area, areas) = layout::which_key(buf, body, &pressed.join(" "), &next, &self.world.theme);
        hits.cover(area);
        for (index, spot) in areas {
            if let Some(action) = self.following[index].action.as_deref().and_then(actions::find) {
                hits.click(spot, move || Msg::Run(action.name));
            }
        }
    }
}

/// The actions behind the screens on the number keys.
const SCREENS: [&str; 7] =
    ["go-home", "go-accounts", "go-contacts", "go-leads", "go-pipeline", "go-cases", "go-activities"];

/// The first name is enough among colleagues.
fn user_name(world: &super::World, id: &crate::base::Id) -> String {
    let user = world.book.of_type("user").iter().find(|r| r.id() == id);
    let name = user.map(|r| crate::model::kinds::title_of(&world.book, r)).unwrap_or_else(|| id.to_string());
    name.split_whitespace().next().unwrap_or_default().to_owned()
}
