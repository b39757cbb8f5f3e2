//! What a page is made of, by the type of its record.

use super::fact::{Fact, Facts};
use super::head::Head;
use super::lines::Lines;
use super::linked::{self, Linked};
use super::pane::detail_of;
use super::story::{Sort, Story};
use crate::base::{Money, Ref, show};
use crate::crm::deal::{self, Deal};
use crate::crm::due::Due;
use crate::crm::pipeline::Pipelines;
use crate::crm::{account, sla, state};
use crate::model::{Book, Kind, Record, TypeDef};
use crate::tr;
use crate::tui::parts::World;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Cell, Column};
use crate::workspace::history::Event;
use smol_str::{SmolStr, format_smolstr};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Everything a page shows, before it knows how large it is.
pub struct Sheet {
    /// Its first lines.
    pub head: Head,
    /// The facts.
    pub facts: Vec<Fact>,
    /// The other parts, in order.
    pub parts: Vec<Part>,
}

/// Where a part goes on a wide screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Under the facts.
    Left,
    /// Beside them.
    Right,
    /// One of the tabs that share the end of the right side.
    Tab,
}

/// A part of a page.
pub struct Part {
    /// Names it from one look at the records to the next.
    pub id: SmolStr,
    /// Its heading.
    pub title: String,
    /// Beside the heading: a count, a sum.
    pub detail: String,
    /// Where it goes.
    pub side: Side,
    /// What it shows.
    pub content: Content,
}

/// What a part shows.
pub enum Content {
    /// Facts.
    Facts(Vec<Fact>),
    /// Other records.
    Linked(List),
    /// Lines inside the record.
    Lines(Lines),
    /// What happened.
    Story(Story),
}

/// Other records as a list.
pub struct List {
    /// The records.
    pub rows: Linked,
    /// Their columns.
    pub columns: Vec<Column>,
    /// Whether the columns need headings.
    pub headings: bool,
    /// What to say when there are none.
    pub empty: String,
}

impl Part {
    /// The facts at the top of a page.
    pub fn facts(facts: Vec<Fact>) -> Part {
        let title = tr!("Facts").into_owned();
        Part {
            id: "facts".into(),
            title,
            detail: String::new(),
            side: Side::Left,
            content: Content::Facts(facts),
        }
    }
}

/// Composes the page of a record. `None` where it or its type is not there.
pub fn compose(
    world: &World,
    reference: &Ref,
    changes: Arc<Vec<Event>>,
    only: Option<Sort>,
) -> Option<Sheet> {
    let record = world.book.get(reference)?;
    let ty = world.book.schema().in_folder(&reference.folder)?.clone();
    let facts = Facts::of(&world.book, record, world.now)?;
    let maker = Maker { world, book: &world.book, record, ty: &ty, facts };
    let story = Story::of(world, record, changes, only);
    let mut parts = maker.parts();
    let title = tr!("Timeline").into_owned();
    let detail = detail_of(only);
    let tables = parts.iter().take_while(|part| part.side == Side::Left).count();
    // Beside a table, which needs the left side for itself.
    let (side, at) = match (maker.is_told(), tables) {
        (true, 0) => (Side::Left, 0),
        (true, _) => (Side::Right, tables),
        (false, _) => (Side::Tab, 0),
    };
    parts.insert(at, Part { id: "timeline".into(), title, detail, side, content: Content::Story(story) });
    Some(Sheet { head: Head::of(world, record), facts: maker.key_facts(), parts })
}

/// What a preview shows of a record. `None` where it or its type is not there.
pub fn brief(world: &World, reference: &Ref) -> Option<(Head, Vec<Fact>, Story)> {
    let record = world.book.get(reference)?;
    let ty = world.book.schema().in_folder(&reference.folder)?.clone();
    let facts = Facts::of(&world.book, record, world.now)?;
    let maker = Maker { world, book: &world.book, record, ty: &ty, facts };
    Some((Head::of(world, record), maker.key_facts(), Story::of(world, record, Arc::default(), None)))
}

struct Maker<'a> {
    world: &'a World,
    book: &'a Arc<Book>,
    record: &'a Arc<Record>,
    ty: &'a Arc<TypeDef>,
    facts: Facts<'a>,
}

impl Maker<'_> {
    /// Whether activities can be about such a record, so that its story matters most.
    fn is_told(&self) -> bool {
        let about = self.book.schema().find("activity").and_then(|ty| ty.field("about").cloned());
        about.is_some_and(|field| self.book.schema().targets(&field).any(|t| t.name == self.ty.name))
    }

    /// Whether the facts shown first leave others to a part of their own.
    fn is_rich(&self) -> bool {
        matches!(self.ty.name.as_str(), "account" | "opportunity" | "contact" | "case")
    }

    fn key_facts(&self) -> Vec<Fact> {
        let facts = &self.facts;
        let listed = match self.ty.name.as_str() {
            "account" => self.account_facts(),
            "opportunity" => self.deal_facts(),
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
                Some(Fact::new("", self.record.text("description")).showing("description").long())
                    .filter(filled),
                facts.field("resolution").filter(filled),
            ],
            _ => return facts.all(),
        };
        listed.into_iter().flatten().collect()
    }

    fn account_facts(&self) -> Vec<Option<Fact>> {
        let facts = &self.facts;
        let style = self.world.style();
        let Some(page) = account::account(self.book, &self.record.reference, self.world.now) else {
            return Vec::new();
        };
        let since = page.since.map(show::month_year).unwrap_or_default();
        let phone = self.record.get("phones").items().first().map(|p| p.as_str()).unwrap_or_default();
        let web = self.record.text("website");
        let web = web.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        let value = match page.value.sum.amount.is_zero() {
            true => Cell::default(),
            false => Cell::of(
                tr!("{sum} lifetime", sum = show::money(&whole(&page.value.sum), &style)),
                Role::Money,
            ),
        };
        vec![
            facts.named(&tr!("owner"), "owner"),
            Some(Fact::new(tr!("since"), since).showing("customer_since")),
            Some(Fact::new(tr!("web"), Cell::of(web, Role::Link)).showing("website")),
            Some(Fact::new(tr!("value"), value)),
            Some(Fact::new(tr!("phone"), phone)),
            Some(Fact::new(tr!("health"), health(page.health.score, page.trend))),
            facts.named(&tr!("tags"), "tags"),
            Some(self.next(page.next)),
        ]
    }

    /// The next thing planned with an account, its people, deals and cases.
    fn next(&self, next: Option<Due>) -> Fact {
        let Some(next) = next else { return Fact::new(tr!("next"), "") };
        let day = show::day(next.day, self.world.now.today(), &self.world.style());
        let late = next.overdue_by(self.world.now).is_some();
        let text = format!("{}{} {day}", if late { "! " } else { "" }, next.record.text("subject"));
        let cell = if late { Cell::of(text, Role::Bad) } else { text.into() };
        Fact::new(tr!("next"), cell).to(next.record.reference.clone())
    }

    fn deal_facts(&self) -> Vec<Option<Fact>> {
        let facts = &self.facts;
        let style = self.world.style();
        let deal = self.deal(self.record);
        let money = |money: &Money| show::money(money, &style);
        let weighted = deal.amount.and_then(|amount| {
            let part = amount
                .checked_mul(deal.probability)?
                .amount
                .checked_div(rust_decimal::Decimal::ONE_HUNDRED)?;
            let percent = show::percent(deal.probability, &style);
            Some(format!("{} · {percent}", money(&Money::new(part, amount.currency).rounded())))
        });
        let next = deal.next.as_ref().map(|next| match next.day {
            Some(day) => format!("{} · {}", next.text, show::day(day, self.world.now.today(), &style)),
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
            Some(Fact::new("", self.record.text("description")).showing("description").long()).filter(filled),
            facts.field("outcome_notes").filter(filled),
        ]
    }

    fn parts(&self) -> Vec<Part> {
        let mut parts = self.tables();
        match self.ty.name.as_str() {
            "account" => parts.extend(self.account_parts()),
            "opportunity" => parts.extend(self.deal_people()),
            "contact" => parts.extend(self.contact_parts()),
            _ => {}
        }
        if self.is_rich() {
            parts.push(Part {
                id: "details".into(),
                title: tr!("Details").into_owned(),
                detail: String::new(),
                side: Side::Tab,
                content: Content::Facts(self.facts.beyond(&self.shown())),
            });
        }
        // An account's people are all in their own list already.
        let listed = |part: &Part| self.ty.name == "account" && part.id == "contact:account";
        parts.extend(self.backlinks().into_iter().filter(|part| !listed(part)));
        parts
    }

    /// The fields that the head and the first facts show already.
    fn shown(&self) -> Vec<SmolStr> {
        let head = ["tier", "number", "priority", "industry"].map(SmolStr::new_static);
        let state = self.ty.state_field().map(|f| f.name.clone());
        let facts = self.key_facts().into_iter().map(|fact| fact.field);
        facts.chain(head).chain(state).chain(self.ty.title.fields().cloned()).collect()
    }

    /// A table for every field of lines.
    fn tables(&self) -> Vec<Part> {
        let language = self.book.settings().language();
        let fields = self.ty.fields.iter().filter(|f| matches!(f.kind, Kind::Lines(_)));
        let tables = fields.filter_map(|field| {
            let lines = Lines::of(self.world, self.ty, self.record, field)?;
            Some(Part {
                id: format_smolstr!("lines:{}", field.name),
                title: field.label.get(language).to_owned(),
                detail: lines.detail(),
                side: Side::Left,
                content: Content::Lines(lines),
            })
        });
        tables.collect()
    }

    /// The panes of an account that the sketch of one names.
    fn account_parts(&self) -> Vec<Part> {
        let Some(page) = account::account(self.book, &self.record.reference, self.world.now) else {
            return Vec::new();
        };
        let empty = tr!("nobody yet: n adds a contact");
        vec![
            self.list("contact", &tr!("People"), page.people, linked::people(), &empty),
            self.open_deals(page.deals),
            self.open_cases(page.cases, page.cases_ever),
        ]
    }

    /// The panes of a contact: the deals and cases they are in.
    fn contact_parts(&self) -> Vec<Part> {
        let (pipelines, policies) = (Pipelines::of(self.book), sla::Policies::of(self.book));
        let now = self.world.now;
        let deals = self.linked_by("opportunity", &["contact", "contacts"]);
        let deals = deals.iter().map(|r| Deal::of(self.book, &pipelines, r, now));
        let mut deals: Vec<_> = deals.filter(Deal::is_open).collect();
        deals.sort_by(|a, b| Deal::by_close_date(self.book, a, b));
        let all = self.linked_by("case", &["contact"]);
        let open = all.iter().filter(|c| !state::is_closed(self.book, c));
        let mut cases: Vec<_> = open.map(|c| sla::Case::of(self.book, &policies, c, now)).collect();
        sla::most_urgent_first(&mut cases, now);
        vec![self.open_deals(deals), self.open_cases(cases, all.len())]
    }

    fn deal_people(&self) -> Option<Part> {
        let field = |name: &str| self.ty.field(name);
        let fields = [field("contact"), field("contacts")].into_iter().flatten();
        let mut people: Vec<_> = fields
            .flat_map(|f| {
                crate::model::resolve::link_targets(self.book.schema(), f, self.record.get(&f.name))
            })
            .collect();
        let mut seen = BTreeSet::new();
        people.retain(|r| seen.insert(r.clone()));
        let people = people.iter().filter_map(|r| self.book.get(r)).cloned().collect();
        Some(self.list(
            "contact",
            &tr!("People"),
            people,
            linked::people(),
            &tr!("nobody yet: e names a contact"),
        ))
    }

    fn deal(&self, record: &Arc<Record>) -> Deal {
        Deal::of(self.book, &Pipelines::of(self.book), record, self.world.now)
    }

    fn open_deals(&self, open: Vec<Deal>) -> Part {
        let total = deal::total(self.book, &open);
        let records = open.into_iter().map(|deal| deal.record).collect();
        let style = self.world.style();
        let columns = linked::deals(style.decimal.sign());
        let mut part =
            self.list("opportunity", &tr!("Open deals"), records, columns, &tr!("none: n makes one"));
        if !total.sum.amount.is_zero() {
            part.detail = format!("{} · {}", part.detail, show::money(&whole(&total.sum), &style));
        }
        part
    }

    fn open_cases(&self, open: Vec<sla::Case>, all: usize) -> Part {
        let shown = open.len();
        let records = open.into_iter().map(|c| c.record).collect();
        let mut part = self.list("case", &tr!("Cases"), records, linked::cases(), &tr!("none open"));
        part.detail = tr!("{open} open of {all}", open = shown, all = all).into_owned();
        part
    }

    /// A list on the right side, without headings.
    fn list(
        &self,
        name: &str,
        title: &str,
        records: Vec<Arc<Record>>,
        columns: Vec<Column>,
        empty: &str,
    ) -> Part {
        let ty = self.book.schema().find(name).unwrap_or(self.ty);
        Part {
            id: format_smolstr!("right:{name}"),
            title: title.to_owned(),
            detail: records.len().to_string(),
            side: Side::Right,
            content: Content::Linked(List {
                rows: Linked::new(self.world, ty, records),
                columns,
                headings: false,
                empty: empty.to_owned(),
            }),
        }
    }

    /// Who points here, by type and by what the schema calls that.
    fn backlinks(&self) -> Vec<Part> {
        let schema = self.book.schema();
        let language = self.book.settings().language();
        let links = self.book.backlinks(&self.record.reference);
        let mut parts = Vec::new();
        for (ty, field, link) in schema.links_to(self.ty) {
            let mut from: Vec<_> = links
                .iter()
                .filter(|l| l.from.folder == ty.folder && l.field == field.name)
                .filter_map(|l| self.book.get(&l.from))
                .cloned()
                .collect();
            from.dedup_by(|a, b| a.reference == b.reference);
            let title = match &link.backlink {
                Some(label) => label.get(language).to_owned(),
                None if link.name != field.name => ty.plural_label.get(language).to_owned(),
                None => format!("{} · {}", ty.plural_label.get(language), field.label.get(language)),
            };
            self.group(&mut parts, ty, &field.name, title, from);
        }
        parts
    }

    fn group(
        &self,
        parts: &mut Vec<Part>,
        ty: &Arc<TypeDef>,
        field: &SmolStr,
        title: String,
        mut from: Vec<Arc<Record>>,
    ) {
        if from.is_empty() {
            return;
        }
        // Long lists stay as they come; nobody reads them to their end here.
        const SORTED: usize = 3000;
        if let Some(date) = ty.date.as_ref().filter(|_| from.len() <= SORTED) {
            from.sort_by_cached_key(|r| {
                std::cmp::Reverse(r.moment(date).map(|m| m.start(self.world.now.zone)))
            });
        }
        let id = format_smolstr!("{}:{field}", ty.name);
        let columns = linked::generic(ty, std::slice::from_ref(field), self.world);
        parts.push(Part {
            id,
            title,
            detail: from.len().to_string(),
            side: Side::Tab,
            content: Content::Linked(List {
                rows: Linked::new(self.world, ty, from),
                columns,
                headings: true,
                empty: String::new(),
            }),
        });
    }

    /// The records of a type that point here in one of these fields, each once.
    fn linked_by(&self, name: &str, fields: &[&str]) -> Vec<Arc<Record>> {
        let Some(ty) = self.book.schema().find(name) else { return Vec::new() };
        let mut seen = BTreeSet::new();
        let links =
            fields.iter().flat_map(|f| self.book.linking(&self.record.reference, ty.folder.as_str(), f));
        links.filter(|r| seen.insert(r.reference.clone())).cloned().collect()
    }
}

/// An amount without its cents, which say nothing in a sum.
fn whole(money: &Money) -> Money {
    Money::new(money.amount.round(), money.currency)
}

/// A score as a gauge of eight blocks, its number, and by how much it rose or fell in the last 30 days.
fn health(score: u8, trend: Option<i16>) -> Cell {
    let role = match score {
        70.. => Role::Good,
        40.. => Role::Warn,
        _ => Role::Bad,
    };
    let sign = if role == Role::Good { "" } else { "! " };
    let full = usize::from((score / 12).min(8));
    let trend = match trend.unwrap_or(0) {
        0 => String::new(),
        points @ 1.. => format!("  ▲ {points}"),
        points => format!("  ▼ {}", points.unsigned_abs()),
    };
    Cell::of(format!("{}{} {sign}{score}{trend}", "▇".repeat(full), "▁".repeat(8 - full)), role)
}

fn filled(fact: &Fact) -> bool {
    !fact.value.text.trim().is_empty()
}
