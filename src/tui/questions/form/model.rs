//! What the form engine asks about fields, answered by the schema and the book.

use crate::base::{Money, Now, input, show};
use crate::crm::price;
use crate::crm::quote::totals;
use crate::crm::rules::findings;
use crate::model::kinds::{ChoiceItem, Entry, choices, enter, show as show_value, title_of};
use crate::model::resolve::spell_link;
use crate::model::schema::{Options as Choices, Stamp};
use crate::model::{FieldDef, FieldsRef, Kind, Moment, Record, Scope, Severity, TypeDef, Value};
use crate::tui::parts::World;
use crate::tui::widgets::form::{FieldStatus, FormModel, FormValue, Options, Values};
use crate::tui::widgets::picker::Item;
use crate::{tr, tr_n};
use chrono::NaiveDate;
use smol_str::SmolStr;

/// The schema's answers for a record that holds `fields` at this moment.
pub struct SchemaModel<'a> {
    pub world: &'a World,
    pub ty: &'a TypeDef,
    pub fields: &'a [(SmolStr, Value)],
    /// What the record holds outside the form; nothing for a new one.
    pub stored: FieldsRef<'a>,
}

/// A link offers this many records; a longer list is narrowed by typing.
const MOST_OPTIONS: usize = 5000;

impl<'a> SchemaModel<'a> {
    pub fn scope(&self) -> Scope<'_> {
        Scope { book: &self.world.book, ty: self.ty, fields: self.fields.into() }
    }

    pub fn entry(&self) -> Entry<'_> {
        Entry { me: self.world.me.as_ref(), now: self.world.now }
    }

    pub fn now(&self) -> Now {
        self.world.now
    }

    /// The field at a path: `stage`, or `lines.quantity` for a line's own field.
    pub fn field(&self, path: &str) -> Option<&'a FieldDef> {
        self.ty.field_at(path)
    }

    fn read(&self, field: &FieldDef, text: &str) -> FieldStatus {
        match enter(&self.scope(), field, text, self.entry()) {
            Ok(value) => {
                let shown = show_value(&self.scope(), field, &value, self.now());
                let settled = super::values::editable(self, field, value.as_str());
                if shown.is_empty() || shown == text {
                    FieldStatus::fine()
                } else {
                    FieldStatus::read(settled, shown)
                }
            }
            Err(error) => FieldStatus::error(error.to_string()),
        }
    }

    /// What validation says about the whole record, for one field.
    fn verdict(&self, field: &str, all: &Values) -> Option<FieldStatus> {
        let fields = super::values::from_form(self, all, self.fields);
        let scope = Scope { fields: (&fields).into(), ..self.scope() };
        let reference = crate::base::Ref { folder: self.ty.folder.clone(), id: own_id() };
        let found = findings(&scope, &reference)
            .into_iter()
            .filter(|f| f.field() == Some(field) && !matches!(f.code, "not-unique" | "required"));
        let worst = found.min_by_key(|f| f.severity)?;
        let note = match &worst.suggestion {
            Some(s) => format!("{}: did you mean '{s}'?", worst.message),
            None => worst.message.clone(),
        };
        match worst.severity {
            Severity::Error => Some(FieldStatus::error(note)),
            Severity::Warning => Some(FieldStatus::warn(note)),
            Severity::Hint => None,
        }
    }
}

/// Stands for the record being edited where only its type matters.
fn own_id() -> crate::base::Id {
    match "this".parse() {
        Ok(id) => id,
        Err(_) => unreachable!("'this' is a well-formed id"),
    }
}

impl FormModel for SchemaModel<'_> {
    fn check(&self, path: &str, value: &FormValue, all: &Values) -> FieldStatus {
        let Some(field) = self.field(path) else { return FieldStatus::fine() };
        let status = match value {
            FormValue::Text(text) if !text.is_empty() && !field.is_list() => self.read(field, text),
            FormValue::List(items) => {
                let bad = items.iter().find_map(|item| enter(&self.scope(), field, item, self.entry()).err());
                bad.map_or_else(FieldStatus::fine, |e| FieldStatus::error(e.to_string()))
            }
            _ => FieldStatus::fine(),
        };
        let nested = path.contains('.');
        match status.level {
            crate::tui::widgets::form::Level::Fine if !nested => self.verdict(path, all).unwrap_or(status),
            _ if nested && field.required && value.is_empty() => {
                FieldStatus::error(format!("{} is required", field.name))
            }
            _ => status,
        }
    }

    fn options(&self, path: &str, query: &str, all: &Values) -> Options {
        let Some(field) = self.field(path) else { return Options::default() };
        let book = &self.world.book;
        if let Kind::Choice(_) = field.kind {
            let fields = super::values::from_form(self, all, self.fields);
            let scope = Scope { fields: (&fields).into(), ..self.scope() };
            let item =
                |c: ChoiceItem| Item::new(c.value.clone(), c.label).hint(share(&scope, field, &c.value));
            let items = choices(&scope, field).into_iter().map(item).collect();
            return Options { items, partial: false };
        }
        if matches!(field.kind, Kind::Tags) {
            return Options { items: known_tags(self, &field.name), partial: false };
        }
        let schema = book.schema();
        let query = query.to_lowercase();
        let records = schema.targets(field).flat_map(|ty| book.of(&ty.folder));
        let total: usize = schema.targets(field).map(|ty| book.of(&ty.folder).len()).sum();
        let partial = total > MOST_OPTIONS;
        let items = records
            .map(|r| (r, title_of(book, r)))
            .filter(|(r, title)| {
                !partial || title.to_lowercase().contains(&query) || r.id().as_str().contains(&query)
            })
            .take(MOST_OPTIONS)
            .map(|(r, title)| {
                Item::new(spell_link(schema, field, &r.reference), title).detail(detail(self.world, r))
            })
            .collect();
        Options { items, partial }
    }

    fn label(&self, path: &str, key: &str) -> String {
        match self.field(path) {
            Some(field) => crate::model::kinds::show_text(&self.scope(), field, key, self.now()),
            None => key.to_owned(),
        }
    }

    fn follows(&self, path: &str, all: &Values) -> Vec<(SmolStr, FormValue)> {
        let Some((lines, "product" | "quantity")) = path.split_once('.') else { return Vec::new() };
        let Some(field) = self.field(lines) else { return Vec::new() };
        let Value::List(line) = super::values::stored(self, field, &FormValue::Lines(vec![all.clone()]))
        else {
            return Vec::new();
        };
        let given =
            line.first().map(|line| price::of_product(&self.world.book, self.ty, self.fields.into(), line));
        let shown = |(name, value): (SmolStr, Value)| {
            let part = field.lines().iter().find(|part| part.name == name)?;
            Some((name, super::values::form_value(self, part, &value)))
        };
        given.into_iter().flatten().filter_map(shown).collect()
    }

    fn sums(&self, path: &str, all: &Values) -> Option<(Vec<String>, String)> {
        let priced = self.field(path)?.lines().iter().any(|part| part.name == "unit_price");
        if !priced || path != "lines" {
            return None;
        }
        let reference = crate::base::Ref { folder: self.ty.folder.clone(), id: own_id() };
        let record = Record {
            path: format!("{reference}.yaml").as_str().try_into().ok()?,
            reference,
            fields: super::values::from_form(self, all, self.fields).into(),
        };
        let totals = totals(&self.world.book, &record)?;
        let style = self.world.style();
        let money = |sum: &Option<Money>| sum.map_or_else(|| "–".to_owned(), |sum| show::money(&sum, &style));
        let sums = totals.sums.map(|sums| {
            let total = show::money(&sums.total, &style);
            match sums.tax.amount.is_zero() {
                true => tr!("total {sum}", sum = total),
                false => {
                    let tax = show::money(&sums.tax, &style);
                    tr!("tax {tax} · total {sum}", tax = tax, sum = total)
                }
            }
        });
        Some((totals.lines.iter().map(money).collect(), sums.unwrap_or_default().into_owned()))
    }

    fn before(&self, path: &str) -> Option<String> {
        let field = self.ty.field(path)?;
        let scope = Scope { fields: self.stored, ..self.scope() };
        let value = scope.get(path);
        if value.is_empty() || scope.fields.is_empty() {
            return None;
        }
        let was = crate::base::text::cut(&show_value(&scope, field, value, self.now()), 24).into_owned();
        let follows = |f: &&FieldDef| f.stamp.as_ref().is_some_and(|stamp| *stamp == Stamp::On(path.into()));
        let since = self.ty.fields.iter().find(follows).map(|stamp| (stamp, scope.get(&stamp.name)));
        let since = since.filter(|(_, value)| !value.is_empty()).and_then(|(stamp, value)| {
            let day = Moment::read(value.as_str())?.day_in(self.now().zone);
            let days = (self.today() - day).num_days();
            (days >= 0).then(|| (show_value(&scope, stamp, value, self.now()), days))
        });
        Some(match since {
            Some((since, days)) => tr_n!(
                "was {was} since {since}, {n} day",
                "was {was} since {since}, {n} days",
                days,
                was = was,
                since = since
            )
            .into_owned(),
            None => tr!("was {was}", was = was).into_owned(),
        })
    }

    fn read_date(&self, text: &str) -> Result<NaiveDate, String> {
        let style = self.world.book.settings().input_style(self.world.now);
        input::date(text, &style).map_err(|e| e.to_string())
    }

    fn today(&self) -> NaiveDate {
        self.world.now.today()
    }
}

/// The share of deals that are won out of a stage, where the choice is a stage: `20 %`.
fn share(scope: &Scope<'_>, field: &FieldDef, value: &str) -> String {
    let Kind::Choice(Choices::From { link, lines }) = &field.kind else { return String::new() };
    let owner = scope.linked(link);
    let stages = owner.map(|owner| owner.get(lines).items()).unwrap_or_default();
    let stage = stages.iter().find(|stage| stage.get("id").as_str() == value);
    let share = stage.map_or("", |stage| stage.get("probability").as_str());
    share.strip_suffix('%').map(|number| format!("{} %", number.trim())).unwrap_or_default()
}

/// What tells records of one title apart: their subtitle, else their id.
fn detail(world: &World, record: &crate::model::Record) -> String {
    let scope = Scope::of(&world.book, record);
    let subtitle = scope.and_then(|s| s.ty.subtitle.as_ref().map(|t| crate::model::kinds::fill(&s, t)));
    subtitle.filter(|s| !s.is_empty()).unwrap_or_else(|| record.id().to_string())
}

/// The tags in use, so that people use the same words.
fn known_tags(model: &SchemaModel<'_>, field: &str) -> Vec<Item> {
    let records = model.world.book.of(&model.ty.folder).iter();
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for tag in records.flat_map(|r| r.get(field).items()).map(Value::as_str) {
        *counts.entry(tag).or_default() += 1;
    }
    counts.into_iter().map(|(tag, n)| Item::new(tag, tag).hint(n.to_string())).collect()
}
