//! From rows of text to fields, as far as a row can be understood by itself.

use super::cell::{self, Manner, Reading};
use super::footer::footer;
use super::header::Header;
use super::incoming::{Incoming, Out, Pending};
use super::mapping;
use super::names::Names;
use super::notes::{Level, Notes};
use super::pace::Pace;
use super::request::Request;
use super::style::{Found, Styles, Votes};
use super::target::{Target, created_def, extra_name};
use crate::base::slug::random_tail;
use crate::base::{Currency, InputStyle, input};
use crate::exchange::csv::{MAX_CELL, Row};
use crate::model::schema::{DefaultValue, FieldDef, Kind, Options as Words};
use crate::model::{Record, Value};
use crate::tr;
use smol_str::SmolStr;
use std::borrow::Cow;

/// A column that fills something.
struct Slot<'a> {
    at: usize,
    header: &'a str,
    target: &'a Target,
    currency: Option<Currency>,
    /// Whether it only fills what columns before it leave empty.
    together: bool,
}

/// How the file writes dates and numbers.
pub fn styles(request: &Request<'_>) -> Styles {
    let (mut votes, created) = (Votes::default(), created_def());
    for (at, column) in request.columns.iter().enumerate() {
        let field = match &column.target {
            Target::Created => Some(&created),
            target => target.def(request.ty),
        };
        if let Some(field) = field {
            request.table.rows.iter().for_each(|row| votes.look(&field.kind, row.cell(at)));
        }
    }
    let own = request.book.settings().input_style(request.now);
    votes.count(&own, request.semicolons, request.options.dates, request.options.decimals)
}

/// Reads every row.
pub fn read(
    request: &Request<'_>,
    styles: Styles,
    rng: &mut fastrand::Rng,
    pace: &Pace,
    notes: &mut Notes,
) -> Vec<Incoming> {
    say_styles(styles, notes);
    let columns = request.columns.iter().enumerate().filter(|(_, column)| column.target != Target::Out);
    let known = Names::get().of(&request.ty.name);
    let mut slots: Vec<Slot<'_>> = columns
        .map(|(at, column)| Slot {
            at,
            header: &column.header,
            target: &column.target,
            currency: Header::of(&column.header).currency,
            together: known.is_together(&column.target),
        })
        .collect();
    slots.sort_by_key(|slot| slot.together.then(|| mapping::place(slot.header, request.ty)));
    let own = request.book.settings().input_style(request.now);
    let style = InputStyle {
        decimal: styles.decimals.get().or(own.decimal),
        date_order: styles.dates.get().unwrap_or(own.date_order),
        base: request.options.currency.unwrap_or(own.base),
        ..own
    };
    let footer = footer(request.table);
    if let Some(first) = footer.first() {
        let text = tr!("lines below the rows that are about the report stay out");
        notes.rows(Level::Rule, "footer", text, footer.len(), first.line);
    }
    let mut reader = Reader { request, style, created: created_def(), assumed: false, rng, notes };
    let rows = &request.table.rows[..request.table.rows.len() - footer.len()];
    let rows = rows.iter().enumerate().take_while(|_| pace.step());
    rows.map(|(at, row)| reader.row(at, row, &slots)).collect()
}

/// Fills with what was said what rows leave empty: in new records, and in fields that hold nothing so far.
pub fn fill(request: &Request<'_>, rng: &mut fastrand::Rng, rows: &mut [Incoming], notes: &mut Notes) {
    let style = request.book.settings().input_style(request.now);
    let mut reader = Reader { request, style, created: created_def(), assumed: false, rng, notes };
    rows.iter_mut().filter(|row| row.comes()).for_each(|row| reader.fill(row));
}

fn say_styles(styles: Styles, notes: &mut Notes) {
    if styles.dates == Found::Open {
        let text = tr!("dates such as 3/4/2024 may be in April or in March: say --dates dmy or --dates mdy");
        notes.file(Level::Stop, "dates", text);
    }
    if styles.decimals == Found::Open {
        let text = tr!(
            "numbers such as 1.250 may be a thousand or one and a quarter: say --decimal point or --decimal comma"
        );
        notes.file(Level::Stop, "decimals", text);
    }
}

struct Reader<'a, 'b> {
    request: &'b Request<'a>,
    style: InputStyle,
    created: FieldDef,
    /// Whether nothing but the workspace says the currency of the column at hand.
    assumed: bool,
    rng: &'b mut fastrand::Rng,
    notes: &'b mut Notes,
}

impl Reader<'_, '_> {
    fn row(&mut self, at: usize, row: &Row, slots: &[Slot<'_>]) -> Incoming {
        let mut incoming = Incoming { at, line: row.line, ..Incoming::default() };
        if let Some(reason) = self.misshapen(row) {
            incoming.reject(reason);
            return incoming;
        }
        let currency = |field: &SmolStr| {
            let own = slots.iter().find(|slot| matches!(slot.target, Target::Currency(f) if f == field));
            let all = || slots.iter().find(|slot| *slot.target == Target::Currencies);
            let slot = own.or_else(all)?;
            Some((slot.header, row.cell(slot.at))).filter(|(_, text)| !text.is_empty())
        };
        for slot in slots {
            if slot.together && !is_unset(&incoming, slot.target) {
                continue;
            }
            let mut style = self.style;
            style.base = slot.currency.unwrap_or(style.base);
            self.assumed = slot.currency.is_none();
            if let Target::Field(field, _) | Target::Part(field, _) = slot.target
                && let Some((header, text)) = currency(field)
                && slot.target.def(self.request.ty).is_some_and(|def| def.kind == Kind::Money)
            {
                match cell::currency(text) {
                    Some(found) => (style.base, self.assumed) = (found, false),
                    None if row.cell(slot.at).is_empty() => {}
                    None => {
                        let why = tr!("there is no currency '{text}'", text = cell::clean(text));
                        self.lose(&mut incoming, header, &why);
                        // An amount in the wrong currency is worse than none.
                        continue;
                    }
                }
            }
            let timed = match slot.target {
                Target::Field(field, _) => time_of(slots, field, row),
                _ => None,
            };
            let cell = row.cell(slot.at);
            // A cell that says a time itself keeps it.
            let text = match timed.filter(|_| !cell.is_empty() && !cell.contains(':')) {
                Some(time) => Cow::Owned(format!("{cell} {time}")),
                None => Cow::Borrowed(cell),
            };
            self.take(&mut incoming, slot.target, slot.header, &text, style);
        }
        incoming
    }

    /// Fills what a row leaves empty, and the record it is about as well.
    fn fill(&mut self, incoming: &mut Incoming) {
        let style = self.request.book.settings().input_style(self.request.now);
        let request = self.request;
        for (target, text) in &request.options.defaults {
            let there = incoming.existing.as_ref();
            if is_unset(incoming, target) && there.is_none_or(|record| is_empty_in(record, target)) {
                self.take(incoming, target, &target.to_string(), text, style);
            }
        }
    }

    /// Why a row cannot be one at all.
    fn misshapen(&mut self, row: &Row) -> Option<String> {
        let width = self.request.table.headers.len();
        if row.cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
            let cells = row.cells.len();
            return Some(
                tr!(
                    "the row has {cells} cells, the first line names {width} columns",
                    cells = cells,
                    width = width
                )
                .into(),
            );
        }
        if row.cells.len() < width {
            let text = tr!("rows that end early are taken, what is missing counts as empty");
            self.notes.row(Level::Rule, "short", text, row.line);
        }
        let at = row.cells.iter().position(|cell| cell.len() > MAX_CELL)?;
        let (header, most) = (&self.request.table.headers[at], MAX_CELL >> 10);
        Some(tr!("{header} holds more than {most} KB", header = header, most = most).into())
    }

    fn take(
        &mut self,
        incoming: &mut Incoming,
        target: &Target,
        header: &str,
        text: &str,
        style: InputStyle,
    ) {
        if text.is_empty() {
            return;
        }
        let ty = self.request.ty;
        match target {
            Target::Out | Target::Currency(_) | Target::Currencies | Target::Time(_) => {}
            Target::Extra(name) => incoming.put(name, Value::text(cell::clean(text))),
            Target::Deleted => match input::boolean(text) {
                Ok(false) => {}
                Ok(true) => {
                    let rule = tr!("{header}: what was deleted there stays out", header = header);
                    self.notes.row(Level::Rule, "deleted", rule, incoming.line);
                    incoming.out = Some(Out::Skipped);
                }
                Err(why) => self.lose(incoming, header, &why.to_string()),
            },
            Target::Outcome => match Names::get().outcome(text) {
                Some(kind) => incoming.outcome = Some((cell::clean(text), kind)),
                None => self.lose(
                    incoming,
                    header,
                    &tr!("'{text}' is none of {known}", text = cell::clean(text), known = "open, won, lost"),
                ),
            },
            Target::Created => {
                let field = self.created.clone();
                self.read_into(incoming, &field, None, header, text, style, None);
            }
            Target::FullName => {
                let (first, last) = cell::names(text);
                for (field, name) in [("first_name", first), ("last_name", last)] {
                    if !name.is_empty() {
                        incoming.put(field, Value::text(name));
                    }
                }
            }
            Target::Part(name, part) => match ty.field(name).map(|f| (&f.kind, f.lines())) {
                Some((Kind::Address, _)) => incoming.put_part(name, part, Value::text(cell::clean(text))),
                Some((_, lines)) => {
                    if let Some(field) = lines.iter().find(|f| f.name == *part) {
                        self.read_into(incoming, field, Some(name), header, text, style, None);
                    }
                }
                None => {}
            },
            Target::Field(name, scale) => {
                if let Some(field) = ty.field(name) {
                    self.read_into(incoming, field, None, header, text, style, *scale);
                }
            }
        }
    }

    /// Reads a cell into a field, or into the field of the one line of `lines`.
    #[allow(clippy::too_many_arguments)] // each is another thing, and a struct of them would be used here only
    fn read_into(
        &mut self,
        incoming: &mut Incoming,
        field: &FieldDef,
        lines: Option<&SmolStr>,
        header: &str,
        text: &str,
        style: InputStyle,
        scale: Option<rust_decimal::Decimal>,
    ) {
        if field.is_link() {
            let (owner, part) = match lines {
                Some(lines) => (lines.clone(), Some(field.name.clone())),
                None => (field.name.clone(), None),
            };
            incoming.links.push(Pending { field: owner, part, text: cell::clean(text) });
            return;
        }
        if matches!(field.kind, Kind::Choice(Words::From { .. })) {
            incoming.stage = Some(cell::clean(text));
            return;
        }
        let manner = Manner { type_name: &self.request.ty.name, style, scale };
        let reading = cell::read(field, text, manner);
        if self.assumed && field.kind == Kind::Money && !cell::names_currency(text, style) {
            let rule = tr!(
                "{header}: amounts without a currency are in {currency}",
                header = header,
                currency = style.base
            );
            self.notes.row(Level::Rule, "currency", rule, incoming.line);
        }
        let value = match reading {
            Reading::Nothing => return,
            Reading::Value(value) => value,
            Reading::ByRule(value, rule) => {
                self.notes.row(Level::Rule, "word", rule, incoming.line);
                if self.request.options.keep_words {
                    self.keep_word(incoming, header, text);
                }
                value
            }
            Reading::Unreadable(why) => {
                return match &field.default {
                    Some(DefaultValue::Text(word)) if lines.is_none() => {
                        let why = tr!("{why}, new ones are {word}", why = why, word = word);
                        self.lose(incoming, header, &why);
                    }
                    _ => self.lose(incoming, header, &why),
                };
            }
        };
        match lines {
            Some(lines) => incoming.put_in_line(lines, &field.name, value, &random_tail(self.rng)),
            None if field.is_list() => incoming.add(field, &value),
            None if field.kind == Kind::Longtext && !incoming.get(&field.name).is_empty() => {
                let both = format!("{}\n\n{}", incoming.get(&field.name).as_str(), value.as_str());
                incoming.put(&field.name, Value::text(both));
            }
            None => incoming.put(&field.name, value),
        }
    }

    fn keep_word(&self, incoming: &mut Incoming, header: &str, text: &str) {
        let name = extra_name(header);
        let name =
            if self.request.ty.field(&name).is_some() { format!("imported_{name}").into() } else { name };
        incoming.put(&name, Value::text(cell::clean(text)));
    }

    fn lose(&mut self, incoming: &mut Incoming, header: &str, why: &str) {
        let lost = format!("{header}: {why}");
        self.notes.row(Level::Warning, "unreadable", tr!("{what}; left empty", what = lost), incoming.line);
        incoming.lost.push(lost);
    }
}

/// The time of day that a row has in a column of its own for a field.
fn time_of<'a>(slots: &[Slot<'_>], field: &SmolStr, row: &'a Row) -> Option<&'a str> {
    let slot = slots.iter().find(|slot| matches!(slot.target, Target::Time(f) if f == field))?;
    Some(row.cell(slot.at)).filter(|time| time.contains(':'))
}

fn is_unset(incoming: &Incoming, target: &Target) -> bool {
    match target {
        Target::Field(field, _) | Target::Currency(field) => {
            incoming.get(field).is_empty()
                && !incoming.links.iter().any(|link| link.field == *field)
                && !(field == "stage" && incoming.stage.is_some())
        }
        Target::Part(field, part) => {
            incoming.get(field).get(part).is_empty()
                && incoming.get(field).items().iter().all(|line| line.get(part).is_empty())
                && !incoming.links.iter().any(|link| link.field == *field && link.part.as_ref() == Some(part))
        }
        Target::FullName => incoming.get("last_name").is_empty(),
        Target::Created => incoming.get("created").is_empty(),
        Target::Extra(name) => incoming.get(name).is_empty(),
        Target::Outcome => incoming.outcome.is_none(),
        Target::Out | Target::Currencies | Target::Time(_) | Target::Deleted => false,
    }
}

fn is_empty_in(record: &Record, target: &Target) -> bool {
    match target {
        Target::Field(field, _) | Target::Currency(field) => record.get(field).is_empty(),
        Target::Part(field, part) => match record.get(field) {
            // Lines that are there have been worked on.
            Value::List(lines) => lines.is_empty(),
            value => value.get(part).is_empty(),
        },
        Target::FullName => record.get("last_name").is_empty(),
        Target::Created => record.get("created").is_empty(),
        Target::Extra(name) => record.get(name).is_empty(),
        Target::Outcome => record.get("stage").is_empty(),
        Target::Out | Target::Currencies | Target::Time(_) | Target::Deleted => false,
    }
}
