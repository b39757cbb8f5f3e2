//! The facts a page shows first, by the type of its record.

use super::subject::{Subject, whole};
use crate::base::{Money, show};
use crate::crm::account;
use crate::crm::deal::Deal;
use crate::crm::due::Due;
use crate::crm::pipeline::Pipelines;
use crate::tr;
use crate::tui::screens::record::fact::Fact;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::Cell;
use smol_str::SmolStr;

/// The facts a page begins with: for most types, all of them.
pub fn key_facts(subject: &Subject<'_>) -> Vec<Fact> {
    chosen(subject).unwrap_or_else(|| subject.facts.all())
}

/// The facts that neither the head nor the [`key_facts`] show; `None` where those are all.
pub fn other_facts(subject: &Subject<'_>) -> Option<Vec<Fact>> {
    let facts = chosen(subject)?.into_iter().map(|fact| fact.field);
    let head = ["tier", "number", "priority", "industry"].map(SmolStr::new_static);
    let state = subject.ty.state_field().map(|f| f.name.clone());
    let shown: Vec<_> = facts.chain(head).chain(state).chain(subject.ty.title.fields().cloned()).collect();
    Some(subject.facts.beyond(&shown))
}

/// The facts that say most about a record of the types worked with most. `None` for the others.
fn chosen(subject: &Subject<'_>) -> Option<Vec<Fact>> {
    let facts = &subject.facts;
    let listed = match subject.ty.name.as_str() {
        "account" => account_facts(subject),
        "opportunity" => deal_facts(subject),
        "contact" => vec![
            facts.link(&tr!("account"), "account"),
            facts.named(&tr!("role"), "role"),
            facts.named(&tr!("e-mail"), "emails"),
            facts.named(&tr!("phone"), "phones"),
            facts.named(&tr!("mobile"), "mobile"),
            facts.named(&tr!("best time"), "best_time"),
            facts.named(&tr!("owner"), "owner"),
            facts.named(&tr!("language"), "language"),
        ],
        "case" => vec![
            facts.link(&tr!("account"), "account"),
            facts.link(&tr!("contact"), "contact"),
            facts.link(&tr!("asset"), "asset"),
            facts.link(&tr!("contract"), "contract"),
            facts.named(&tr!("queue"), "queue"),
            facts.named(&tr!("owner"), "owner").map(|fact| match fact.value.text.is_empty() {
                true => Fact { value: Cell::of(tr!("nobody has taken it"), Role::Warn), ..fact },
                false => fact,
            }),
            facts.named(&tr!("opened"), "opened_at"),
            facts.named(&tr!("type"), "type"),
            Some(Fact::new("", subject.record.text("description")).showing("description").long())
                .filter(filled),
            facts.field("resolution").filter(filled),
        ],
        _ => return None,
    };
    Some(listed.into_iter().flatten().collect())
}

fn account_facts(subject: &Subject<'_>) -> Vec<Option<Fact>> {
    let facts = &subject.facts;
    let style = subject.world.style();
    let Some(page) = account::account(subject.book, &subject.record.reference, subject.world.now) else {
        return Vec::new();
    };
    let since = page.since.map(show::month_year).unwrap_or_default();
    let phone = subject.record.get("phones").items().first().map(|p| p.as_str()).unwrap_or_default();
    let web = subject.record.text("website");
    let web = web.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    let value = match page.value.sum.amount.is_zero() {
        true => Cell::default(),
        false => {
            Cell::of(tr!("{sum} lifetime", sum = show::money(&whole(&page.value.sum), &style)), Role::Money)
        }
    };
    vec![
        facts.named(&tr!("owner"), "owner"),
        Some(Fact::new(tr!("since"), since).showing("customer_since")),
        Some(Fact::new(tr!("web"), Cell::of(web, Role::Link)).showing("website")),
        Some(Fact::new(tr!("value"), value)),
        Some(Fact::new(tr!("phone"), phone)),
        Some(Fact::new(tr!("health"), health(page.health.score)).then(trend(page.trend))),
        facts.named(&tr!("tags"), "tags"),
        Some(next(subject, page.next)),
    ]
}

/// The next thing planned with an account, its people, deals and cases.
fn next(subject: &Subject<'_>, next: Option<Due>) -> Fact {
    let Some(next) = next else { return Fact::new(tr!("next"), "") };
    let day = show::day(next.day, subject.world.now.today(), &subject.world.style());
    let late = next.overdue_by(subject.world.now).is_some();
    let text = format!("{}{} {day}", if late { "! " } else { "" }, next.record.text("subject"));
    let cell = if late { Cell::of(text, Role::Bad) } else { text.into() };
    Fact::new(tr!("next"), cell).to(next.record.reference.clone())
}

fn deal_facts(subject: &Subject<'_>) -> Vec<Option<Fact>> {
    let facts = &subject.facts;
    let style = subject.world.style();
    let deal = Deal::of(subject.book, &Pipelines::of(subject.book), subject.record, subject.world.now);
    let money = |money: &Money| show::money(money, &style);
    let weighted = deal.amount.and_then(|amount| {
        let part = amount.percent(deal.probability)?.rounded();
        Some(format!("{} · {}", money(&part), show::percent(deal.probability, &style)))
    });
    let next = deal.next.as_ref().map(|next| match next.day {
        Some(day) => format!("{} · {}", next.text, show::day(day, subject.world.now.today(), &style)),
        None => next.text.to_string(),
    });
    let open = deal.is_open();
    let next = match next {
        None if open => Cell::of(format!("! {}", tr!("nothing planned")), Role::Warn),
        next => next.unwrap_or_default().into(),
    };
    vec![
        Some(
            Fact::new(
                tr!("amount"),
                Cell::of(deal.amount.as_ref().map(money).unwrap_or_default(), Role::Money),
            )
            .showing("amount"),
        ),
        Some(Fact::new(tr!("weighted"), weighted.unwrap_or_default())),
        Some(match open {
            true => facts.day(&tr!("close date"), "close_date", true),
            false => facts.day(&tr!("closed"), "closed_at", false),
        }),
        facts.named(&tr!("owner"), "owner"),
        Some(Fact::new(tr!("next step"), next).showing("next_step")).filter(|_| open),
        facts.named(&tr!("lost reason"), "lost_reason").filter(|_| deal.is_lost()),
        facts.named(&tr!("type"), "type"),
        facts.link(&tr!("account"), "account"),
        facts.named(&tr!("tags"), "tags"),
        Some(Fact::new("", subject.record.text("description")).showing("description").long()).filter(filled),
        facts.field("outcome_notes").filter(filled),
    ]
}

/// A score as a gauge of eight blocks, and its number.
fn health(score: u8) -> Cell {
    let role = match score {
        70.. => Role::Good,
        40.. => Role::Warn,
        _ => Role::Bad,
    };
    let sign = if role == Role::Good { "" } else { "! " };
    let full = usize::from((score / 12).min(8));
    Cell::of(format!("{}{} {sign}{score}", "▇".repeat(full), "▁".repeat(8 - full)), role)
}

/// By how much the health rose or fell in the last 30 days: a fall is a warning, however good the score still is.
fn trend(points: Option<i16>) -> Option<Cell> {
    match points? {
        0 => None,
        points @ 1.. => Some(Cell::of(format!("▲ {points}"), Role::Good)),
        points => Some(Cell::of(format!("▼ {}", points.unsigned_abs()), Role::Warn)),
    }
}

fn filled(fact: &Fact) -> bool {
    !fact.value.text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fall_looks_like_one() {
        assert_eq!(trend(Some(-15)), Some(Cell::of("▼ 15", Role::Warn)));
        assert_eq!(trend(Some(6)), Some(Cell::of("▲ 6", Role::Good)));
        assert_eq!([trend(Some(0)), trend(None)], [None, None]);
        assert_eq!(health(92), Cell::of("▇▇▇▇▇▇▇▁ 92", Role::Good));
    }
}
