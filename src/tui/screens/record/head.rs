//! The head of a page: what the record is called, how it stands, how far it has come, what is wrong with its file.

use super::linked::clock_sign;
use crate::base::show;
use crate::crm::deal::{Deal, Warning};
use crate::crm::pipeline::Pipelines;
use crate::crm::sla::{Case, Goal, Policies, State};
use crate::model::kinds::{ChoiceItem, choice_of, choices, show as show_value, title_of};
use crate::model::schema::Tone;
use crate::model::{Record, Scope, Severity};
use crate::tr;
use crate::tui::parts::World;
use crate::tui::screens::list;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::paint::{self, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// Words and how they are spoken.
type Words = (String, Role);

/// What stands at the top of a page.
#[derive(Debug, Default, Clone)]
pub struct Head {
    title: String,
    /// `★ priority`, `Proposal`, `closed`.
    marks: Vec<Words>,
    subtitle: String,
    /// The stages, or the words of the status, in order.
    path: Vec<String>,
    /// Which of them it is in.
    at: Option<(usize, Role)>,
    /// What is to be said about that: since when, what rots, the clocks.
    note: Vec<Words>,
    problem: Option<Words>,
    ticks: bool,
}

impl Head {
    /// The head of a record's page.
    pub fn of(world: &World, record: &Arc<Record>) -> Head {
        let book = &world.book;
        let mut head =
            Head { title: title_of(book, record), problem: problem(world, record), ..Head::default() };
        let Some(scope) = Scope::of(book, record) else { return head };
        match scope.ty.name.as_str() {
            "account" => head.account(&scope, world),
            "opportunity" => {
                head.subtitle = linked(&scope, world, &["account"]);
                head.path(&scope);
                head.deal(&Deal::of(book, &Pipelines::of(book), record, world.now), world);
            }
            "case" => {
                head.subtitle = linked(&scope, world, &["number", "account"]);
                head.mark(&scope, "priority");
                head.path(&scope);
                head.case(&Case::of(book, &Policies::of(book), record, world.now));
            }
            "contact" => {
                head.subtitle = linked(&scope, world, &["title", "account"]);
                head.mark(&scope, "status");
                if record.flag("do_not_call") {
                    head.marks.push((format!("⊘ {}", tr!("do not call")), Role::Bad));
                }
                if record.flag("do_not_email") {
                    head.marks.push((format!("⊘ {}", tr!("do not write")), Role::Bad));
                }
            }
            _ => {
                head.subtitle = linked(&scope, world, &["number", "account", "about"]);
                if let Some(state) = scope.ty.state_field() {
                    head.mark(&scope, &state.name);
                }
            }
        }
        head
    }

    fn account(&mut self, scope: &Scope<'_>, world: &World) {
        let tier = scope.get("tier").as_str();
        if matches!(tier, "strategic" | "priority") {
            let label =
                scope.ty.field("tier").and_then(|f| choice_of(scope, f)).map(|c| c.label.to_lowercase());
            self.marks.push((format!("★ {}", label.unwrap_or_default()), Role::Accent));
        }
        if scope.get("type").as_str() != "customer" {
            self.mark(scope, "type");
        }
        let industry = linked(scope, world, &["industry"]).to_lowercase();
        let address = scope.get("billing_address");
        let place = [address.get("city").as_str(), address.get("country").as_str()];
        let place: Vec<_> = place.into_iter().filter(|part| !part.is_empty()).collect();
        let parts = [industry, place.join(", ")];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        self.subtitle = parts.join(" · ");
    }

    /// The word of a choice, in its tone.
    fn mark(&mut self, scope: &Scope<'_>, field: &str) {
        let choice = scope.ty.field(field).and_then(|f| choice_of(scope, f));
        if let Some(choice) = choice.filter(|c| !matches!(c.value.as_str(), "normal" | "active")) {
            let role = list::spoken(choice.tone).unwrap_or(Role::Info);
            let sign = match role {
                Role::Bad => "! ",
                Role::Warn => "▲ ",
                Role::Good => "✓ ",
                _ => "",
            };
            self.marks.push((format!("{sign}{}", choice.label.to_lowercase()), role));
        }
    }

    /// The way through the stages or the words of the status.
    fn path(&mut self, scope: &Scope<'_>) {
        let Some(field) = scope.ty.state_field() else { return };
        let all = choices(scope, field);
        let here = choice_of(scope, field);
        // Waits and failures are no steps on the way; the good end is where it leads.
        let step = |c: &&ChoiceItem| match c.tone {
            Tone::Muted | Tone::Bad => false,
            tone => !c.closed || tone == Tone::Good,
        };
        let shown: Vec<_> = all.iter().filter(|c| step(c) || Some(*c) == here.as_ref()).collect();
        self.at = here.as_ref().and_then(|here| {
            let at = shown.iter().position(|c| *c == here)?;
            Some((at, list::spoken(here.tone).filter(|r| *r != Role::Muted).unwrap_or(Role::Accent)))
        });
        self.path = shown.into_iter().map(|c| c.label.clone()).collect();
        if here.is_none() && !scope.get(&field.name).is_empty() {
            // What nobody knows is told as it is spelled.
            self.path.insert(0, scope.get(&field.name).as_str().to_owned());
            self.at = Some((0, Role::Warn));
        }
    }

    fn deal(&mut self, deal: &Deal, world: &World) {
        let style = world.style();
        if let Some(since) = deal.record.date("stage_since") {
            let date = show::date(since, world.now.today(), &style);
            let days = deal.days_in_stage.unwrap_or_default();
            self.note
                .push((tr!("since {date}, {days} d", date = date, days = days).into_owned(), Role::Muted));
        }
        for warning in deal.warnings(world.now) {
            let words = match warning {
                Warning::Rotting => tr!("! rotting"),
                Warning::CloseDatePassed => tr!("! close date passed"),
                Warning::NoNextStep => tr!("! no next step"),
            };
            self.note.push((words.into_owned(), Role::Warn));
        }
    }

    fn case(&mut self, case: &Case) {
        self.ticks = case.clock().is_some();
        for clock in case.clocks.both() {
            let goal = match clock.goal {
                Goal::Response => tr!("response"),
                Goal::Resolution => tr!("resolution"),
            };
            let (sign, role) = clock_sign(clock.state);
            let left = show::countdown(clock.left);
            let words = match clock.state {
                State::Met => format!("✓ {goal}"),
                State::Missed => format!("! {goal} {}", tr!("late")),
                State::Paused => format!("{sign} {goal} {left}, {}", tr!("clock stands still")),
                _ => format!("{sign} {goal} {left}").trim_start().to_owned(),
            };
            self.note.push((words, role));
        }
    }

    /// Whether it shows a clock that runs.
    pub fn ticks(&self) -> bool {
        self.ticks
    }

    /// Lines it takes.
    pub fn height(&self) -> u16 {
        1 + u16::from(self.has_second()) + u16::from(self.problem.is_some())
    }

    fn has_second(&self) -> bool {
        !self.path.is_empty() || !self.note.is_empty()
    }

    /// Draws it on the first lines of the area.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let mut pen = Pen::new(buf, paint::line(area, 0));
        pen.text(&self.title, theme.style(Role::Title));
        for (words, role) in &self.marks {
            pen.gap(2).text(words, theme.style(*role));
        }
        pen.gap(3).text(&self.subtitle, theme.style(Role::Muted));
        let mut y = 1;
        if self.has_second() {
            self.second(paint::line(area, y), buf, theme);
            y += 1;
        }
        if let Some((words, role)) = &self.problem {
            Pen::new(buf, paint::line(area, y)).text(words, theme.style(*role));
        }
    }

    fn second(&self, line: Rect, buf: &mut Buffer, theme: &Theme) {
        let width: usize = self.path.iter().map(|step| crate::base::text::width(step) + 3).sum();
        let notes: usize = self.note.iter().map(|(words, _)| crate::base::text::width(words) + 2).sum();
        let whole = width + notes <= usize::from(line.width);
        let mut pen = Pen::new(buf, line);
        for (index, step) in self.path.iter().enumerate() {
            let here = self.at.filter(|(at, _)| *at == index);
            if !whole && here.is_none() {
                continue;
            }
            if whole && index > 0 {
                pen.text(" › ", theme.style(Role::Faint));
            }
            let role = match (here, self.at) {
                (Some((_, role)), _) => role,
                (None, Some((at, _))) if index < at => Role::Muted,
                _ => Role::Faint,
            };
            let style = theme.style(role);
            let style =
                if here.is_some() { style.add_modifier(ratatui::style::Modifier::BOLD) } else { style };
            pen.text(step, style);
            if !whole {
                let place = format!(" {}/{}", index + 1, self.path.len());
                pen.text(&place, theme.style(Role::Muted));
            }
        }
        if !self.path.is_empty() {
            pen.gap(2);
        }
        for (words, role) in &self.note {
            pen.text(words, theme.style(*role)).gap(2);
        }
    }
}

/// These fields for people, those that hold something, with dots between.
fn linked(scope: &Scope<'_>, world: &World, names: &[&str]) -> String {
    let shown = names.iter().filter_map(|name| {
        let field = scope.ty.field(name)?;
        Some(show_value(scope, field, scope.get(name), world.now)).filter(|text| !text.is_empty())
    });
    shown.collect::<Vec<_>>().join(" · ")
}

/// What is wrong with the record's file: the worst, and how much more.
fn problem(world: &World, record: &Record) -> Option<Words> {
    let found = world.problems_of(&record.path);
    let worst = found.first()?;
    let (sign, role) = match worst.severity {
        Severity::Error => ("!", Role::Bad),
        Severity::Warning => ("▲", Role::Warn),
        // Unknown fields are shown among the facts.
        Severity::Hint => return None,
    };
    let more = match found.iter().filter(|p| p.severity != Severity::Hint).count() - 1 {
        0 => String::new(),
        n => format!(" · {}", tr!("{n} more", n = n)),
    };
    Some((format!("{sign} {}:{} {}{more}", worst.path, worst.line, worst.text()), role))
}
