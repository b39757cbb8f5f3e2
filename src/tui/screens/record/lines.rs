//! The lines inside a record as a table: products of a quote, prices of a price book, stages of a pipeline.

use crate::base::{Money, Now, Ref, show};
use crate::crm::quote::{self, Totals};
use crate::model::kinds::show as show_value;
use crate::model::resolve::link_targets;
use crate::model::{Book, FieldDef, Kind, Record, Scope, TypeDef, Value};
use crate::tr;
use crate::tui::parts::World;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Cell, Column, Rows};
use smol_str::{SmolStr, format_smolstr};
use std::sync::Arc;

/// The lines of one field of a record.
pub struct Lines {
    book: Arc<Book>,
    now: Now,
    ty: Arc<TypeDef>,
    record: Arc<Record>,
    /// The field that holds them.
    field: SmolStr,
    fields: Vec<FieldDef>,
    totals: Option<Totals>,
}

/// What names a line: its product, or the words written in its place.
const NAME: &str = "~name";
/// What it comes to.
const TOTAL: &str = "~total";

impl Lines {
    /// The lines in a field; `None` where it holds none.
    pub fn of(world: &World, ty: &Arc<TypeDef>, record: &Arc<Record>, field: &FieldDef) -> Option<Self> {
        let Kind::Lines(fields) = &field.kind else { return None };
        if record.get(&field.name).items().is_empty() {
            return None;
        }
        let priced = field.name == "lines" && fields.iter().any(|f| f.name == "unit_price");
        Some(Self {
            book: world.book.clone(),
            now: world.now,
            ty: ty.clone(),
            record: record.clone(),
            field: field.name.clone(),
            fields: fields.clone(),
            totals: if priced { quote::totals(&world.book, record) } else { None },
        })
    }

    fn lines(&self) -> &[Value] {
        self.record.get(&self.field).items()
    }

    /// The columns: the fields some line fills, what names a line first.
    pub fn columns(&self) -> Vec<Column> {
        let language = self.book.settings().language();
        let separator = self.book.settings().style().decimal.sign();
        let used = |f: &&FieldDef| self.lines().iter().any(|line| !line.get(&f.name).is_empty());
        let named = self.is_named();
        let mut columns = Vec::new();
        if named {
            let label = self.fields.first().map_or("", |f| f.label.get(language));
            columns.push(Column::new(NAME, label).width(12, 60).weight(4).priority(0));
        }
        for (at, field) in self.fields.iter().filter(used).enumerate() {
            if named && matches!(field.name.as_str(), "product" | "description") {
                continue;
            }
            let column = Column::new(field.name.clone(), field.label.get(language));
            let priority = u8::try_from(at + 1).unwrap_or(u8::MAX);
            columns.push(match &field.kind {
                Kind::Money => column.width(11, 14).decimal(separator).priority(priority),
                Kind::Decimal => column.width(6, 12).decimal(separator).priority(priority),
                kind if kind.is_numeric() => column.width(4, 10).right().priority(priority),
                Kind::Boolean => column.width(3, 8).priority(priority),
                _ => column.width(6, 40).weight(2).priority(priority),
            });
        }
        if self.totals.is_some() {
            columns.push(Column::new(TOTAL, tr!("Total")).width(10, 14).decimal(separator).priority(1));
        }
        columns
    }

    /// Whether lines have a product or words in its place.
    fn is_named(&self) -> bool {
        ["product", "description"].iter().all(|name| self.fields.iter().any(|f| f.name == *name))
    }

    /// The record a line is about.
    pub fn target(&self, index: usize) -> Option<Ref> {
        let line = self.lines().get(index)?;
        let links = self.fields.iter().filter(|f| f.is_link());
        links.flat_map(|f| link_targets(self.book.schema(), f, line.get(&f.name))).next()
    }

    /// What stands below the lines: labels and amounts, the last one what it comes to.
    pub fn sums(&self) -> Vec<(String, String)> {
        let Some(found) = self.totals.as_ref().and_then(|totals| totals.sums.as_ref()) else {
            return Vec::new();
        };
        let style = self.book.settings().style();
        let full = |money: &Money| show::money_full(money, &style);
        let mut sums = Vec::new();
        let more = found.discount.is_some() || found.shipping.is_some() || !found.tax.amount.is_zero();
        if more {
            sums.push((tr!("Subtotal").into_owned(), full(&found.subtotal)));
        }
        if let Some((percent, off)) = &found.discount {
            let label = tr!("Discount {percent}", percent = show::percent(*percent, &style));
            sums.push((label.into_owned(), format!("-{}", full(off))));
        }
        if let Some(shipping) = &found.shipping {
            sums.push((tr!("Shipping").into_owned(), full(shipping)));
        }
        if !found.tax.amount.is_zero() {
            sums.push((tr!("Tax").into_owned(), full(&found.tax)));
        }
        sums.push((tr!("Total").into_owned(), full(&found.total)));
        sums
    }

    /// How many lines, and what they come to.
    pub fn detail(&self) -> String {
        let count = self.lines().len().to_string();
        match self.totals.as_ref().map(|totals| &totals.sums) {
            None => count,
            Some(Some(sums)) => {
                format!("{count} · {}", show::money(&sums.total, &self.book.settings().style()))
            }
            Some(None) => format!("{count} · ! {}", tr!("a line has no price that can be added up")),
        }
    }
}

impl Rows for Lines {
    fn len(&self) -> usize {
        self.lines().len()
    }

    fn key(&self, index: usize) -> SmolStr {
        let id = self.lines().get(index).map_or("", |line| line.get("id").as_str());
        if id.is_empty() { format_smolstr!("{index}") } else { id.into() }
    }

    fn cell(&self, index: usize, column: &str) -> Cell {
        let Some(line) = self.lines().get(index) else { return Cell::default() };
        let style = self.book.settings().style();
        let scope = Scope { book: &self.book, ty: &self.ty, fields: line.entries().into() };
        let shown = |name: &str| {
            let field = self.fields.iter().find(|f| f.name == name);
            field.map(|f| show_value(&scope, f, line.get(name), self.now)).unwrap_or_default()
        };
        match column {
            NAME => match shown("description") {
                words if words.is_empty() => Cell::of(shown("product"), Role::Link),
                words => words.into(),
            },
            TOTAL => match self.totals.as_ref().and_then(|t| t.lines.get(index)) {
                Some(Some(net)) => Cell::of(show::money_full(net, &style), Role::Money),
                _ => Cell::of("?", Role::Warn),
            },
            name => match self.fields.iter().find(|f| f.name == name).map(|f| &f.kind) {
                Some(Kind::Money) => Cell::of(shown(name), Role::Money),
                Some(Kind::Link(_) | Kind::Links(_)) => Cell::of(shown(name), Role::Link),
                _ => shown(name).into(),
            },
        }
    }

    fn tone(&self, index: usize) -> Option<Role> {
        let optional = self.lines().get(index)?.get("optional").as_str();
        matches!(optional, "true" | "yes").then_some(Role::Muted)
    }
}
