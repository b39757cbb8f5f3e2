//! The panes of a page beside its first facts and its story: what belongs to the record, and who points at it.

use super::backlinks::backlinks;
use super::key_facts::other_facts;
use super::part::{Content, List, Part, Side};
use super::subject::{Subject, whole};
use crate::base::show;
use crate::crm::deal::{self, Deal};
use crate::crm::pipeline::Pipelines;
use crate::crm::{account, sla, state};
use crate::model::resolve::link_targets;
use crate::model::{Kind, Record};
use crate::tr;
use crate::tui::screens::record::lines::Lines;
use crate::tui::screens::record::linked::{self, Linked};
use crate::tui::widgets::grid::Column;
use smol_str::format_smolstr;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The panes of a page, but for its first facts and its story.
pub fn panes(subject: &Subject<'_>) -> Vec<Part> {
    let mut parts = tables(subject);
    match subject.ty.name.as_str() {
        "account" => parts.extend(account_parts(subject)),
        "opportunity" => parts.push(deal_people(subject)),
        "contact" => parts.extend(contact_parts(subject)),
        _ => {}
    }
    if let Some(facts) = other_facts(subject) {
        parts.push(Part {
            id: "details".into(),
            title: tr!("Details").into_owned(),
            detail: String::new(),
            side: Side::Tab,
            content: Content::Facts(facts),
        });
    }
    // An account's people are all in their own list already.
    let listed = |part: &Part| subject.ty.name == "account" && part.id == "contact:account";
    parts.extend(backlinks(subject).into_iter().filter(|part| !listed(part)));
    parts
}

/// A table for every field of lines.
fn tables(subject: &Subject<'_>) -> Vec<Part> {
    let language = subject.book.settings().language();
    let fields = subject.ty.fields.iter().filter(|f| matches!(f.kind, Kind::Lines(_)));
    let tables = fields.filter_map(|field| {
        let lines = Lines::of(subject.world, subject.ty, subject.record, field)?;
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
fn account_parts(subject: &Subject<'_>) -> Vec<Part> {
    let Some(page) = account::account(subject.book, &subject.record.reference, subject.world.now) else {
        return Vec::new();
    };
    let empty = tr!("nobody yet: n adds a contact");
    vec![
        list(subject, "contact", &tr!("People"), page.people, linked::people(), &empty),
        open_deals(subject, page.deals),
        open_cases(subject, page.cases, page.cases_ever),
    ]
}

/// The panes of a contact: the deals and cases they are in.
fn contact_parts(subject: &Subject<'_>) -> Vec<Part> {
    let (pipelines, policies) = (Pipelines::of(subject.book), sla::Policies::of(subject.book));
    let now = subject.world.now;
    let deals = subject.linked_by("opportunity", &["contact", "contacts"]);
    let deals = deals.iter().map(|r| Deal::of(subject.book, &pipelines, r, now));
    let mut deals: Vec<_> = deals.filter(Deal::is_open).collect();
    deals.sort_by(|a, b| Deal::by_close_date(subject.book, a, b));
    let all = subject.linked_by("case", &["contact"]);
    let open = all.iter().filter(|c| !state::is_closed(subject.book, c));
    let mut cases: Vec<_> = open.map(|c| sla::Case::of(subject.book, &policies, c, now)).collect();
    sla::most_urgent_first(&mut cases, now);
    vec![open_deals(subject, deals), open_cases(subject, cases, all.len())]
}

/// The panes of a deal: its people.
fn deal_people(subject: &Subject<'_>) -> Part {
    let fields = ["contact", "contacts"].into_iter().filter_map(|name| subject.ty.field(name));
    let named = fields.flat_map(|f| link_targets(subject.book.schema(), f, subject.record.get(&f.name)));
    let mut seen = BTreeSet::new();
    let people = named.filter(|r| seen.insert(r.clone())).filter_map(|r| subject.book.get(&r).cloned());
    let people = people.collect();
    let empty = tr!("nobody yet: e names a contact");
    list(subject, "contact", &tr!("People"), people, linked::people(), &empty)
}

/// Open deals, and what they come to.
fn open_deals(subject: &Subject<'_>, open: Vec<Deal>) -> Part {
    let total = deal::total(subject.book, &open);
    let records = open.into_iter().map(|deal| deal.record).collect();
    let style = subject.world.style();
    let columns = linked::deals(style.decimal.sign());
    let mut part =
        list(subject, "opportunity", &tr!("Open deals"), records, columns, &tr!("none: n makes one"));
    if !total.sum.amount.is_zero() {
        part.detail = format!("{} · {}", part.detail, show::money(&whole(&total.sum), &style));
    }
    part
}

/// Open cases, beside how many there ever were.
fn open_cases(subject: &Subject<'_>, open: Vec<sla::Case>, all: usize) -> Part {
    let (shown, style) = (open.len(), subject.world.style());
    let records = open.into_iter().map(|c| c.record).collect();
    let mut part = list(subject, "case", &tr!("Cases"), records, linked::cases(), &tr!("none open"));
    part.detail =
        tr!("{open} open of {all}", open = show::count(shown, &style), all = show::count(all, &style))
            .into_owned();
    part
}

/// A list on the right side, without headings.
fn list(
    subject: &Subject<'_>,
    name: &str,
    title: &str,
    records: Vec<Arc<Record>>,
    columns: Vec<Column>,
    empty: &str,
) -> Part {
    let ty = subject.book.schema().find(name).unwrap_or(subject.ty);
    Part {
        id: format_smolstr!("right:{name}"),
        title: title.to_owned(),
        detail: show::count(records.len(), &subject.world.style()),
        side: Side::Right,
        content: Content::Linked(List {
            rows: Linked::new(subject.world, ty, records),
            columns,
            headings: false,
            empty: empty.to_owned(),
        }),
    }
}
