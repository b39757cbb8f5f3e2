//! What of an import can be decided, as rows: how it is done, what each column fills, how the file is read.

use super::words;
use super::work::{Outcome, Worked};
use crate::base::text::cut;
use crate::exchange::csv::Table;
use crate::exchange::import::{Found, How, Matched, Missing, Mode, Target};
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{self, Cell, Group};
use crate::{tr, tr_n};
use smol_str::{SmolStr, format_smolstr};
use std::borrow::Cow;

/// The columns, by name.
pub const NAME: &str = "name";
/// See [`NAME`].
pub const VALUE: &str = "value";
/// See [`NAME`].
pub const SAMPLE: &str = "sample";

/// Values of a column that are shown.
const SAMPLES: usize = 3;
/// Values longer than this are cut.
const LONG: usize = 60;

/// Something that can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// What the rows are.
    Type,
    /// By what they are known to be records that are there.
    Match,
    /// What may be done with them.
    Mode,
    /// What a link does that leads nowhere.
    Links,
    /// What fills fields that a row leaves empty.
    Defaults,
    /// What becomes of columns that fill nothing.
    Unmapped,
    /// What becomes of a row with a value that cannot be taken.
    Strict,
    /// A mapping to use or to save.
    Mapping,
    /// What a column fills.
    Column(usize),
    /// How the file's bytes spell text.
    Encoding,
    /// What parts its cells.
    Delimiter,
    /// What becomes of a quoted cell that never ends.
    Quotes,
    /// How it writes dates.
    Dates,
    /// How it writes numbers.
    Decimals,
    /// What its amounts are in.
    Currency,
}

struct Row {
    item: Item,
    name: String,
    value: Cell,
    sample: String,
    /// What there is to know of it, in full.
    about: String,
}

/// All that can be decided.
#[derive(Default)]
pub struct Items {
    rows: Vec<Row>,
    groups: Vec<Group>,
}

impl Items {
    /// What can be decided of this.
    pub fn new(outcome: &Outcome, language: &str) -> Self {
        let mut items = Self::default();
        items.group(tr!("IMPORT"), String::new());
        let ty = outcome.worked.as_ref().map(|worked| worked.ty.plural_label.get(language).to_owned());
        let guessed = outcome.wish.type_name.is_none() && ty.is_some();
        let value = ty.map_or_else(|| Cell::of(tr!("choose what they are"), Role::Warn), Cell::from);
        let sample = if guessed { tr!("told from the headers") } else { "".into() };
        items.put(Item::Type, tr!("Rows become"), value, sample, tr!("What the rows of the file are"));
        if let Some(worked) = &outcome.worked {
            items.rules(outcome, worked, language);
            items.columns(&outcome.sheet.table, worked, language);
        }
        items.file(outcome);
        items
    }

    fn group(&mut self, title: impl Into<String>, detail: String) {
        let title = title.into();
        self.groups.push(Group { key: title.as_str().into(), start: self.rows.len(), title, detail });
    }

    fn put(
        &mut self,
        item: Item,
        name: Cow<'_, str>,
        value: impl Into<Cell>,
        sample: impl Into<String>,
        about: impl Into<String>,
    ) {
        let (name, value, sample, about) = (name.into_owned(), value.into(), sample.into(), about.into());
        self.rows.push(Row { item, name, value, sample, about });
    }

    fn rules(&mut self, outcome: &Outcome, worked: &Worked, language: &str) {
        let options = &outcome.wish.options;
        let by = match worked.plan.matched_by.as_slice() {
            [] => tr!("nothing: all new").into_owned(),
            fields => fields
                .iter()
                .map(|name| worked.ty.field(name).map_or(name.as_str(), |field| field.label.get(language)))
                .collect::<Vec<_>>()
                .join(", "),
        };
        let usual = if options.matched == Matched::Best { tr!("the surest in the file") } else { "".into() };
        let about = tr!("By what a row is known to be about a record that is there already");
        self.put(Item::Match, tr!("Known by"), by, usual, about);
        let mode = match options.mode {
            Mode::Both => tr!("make and change"),
            Mode::Create => tr!("only make new"),
            Mode::Update => tr!("only change"),
        };
        self.put(
            Item::Mode,
            tr!("May"),
            mode,
            "",
            tr!("What may be done with a row: make a new record, change the one that is there, or both"),
        );
        let missing = match options.missing {
            Missing::Usual => tr!("as usual"),
            Missing::Create => tr!("make the record"),
            Missing::Leave => tr!("leave it empty"),
        };
        let about = tr!(
            "What is done where a link names a record that is not there; usually only parents, managers and teams are made"
        );
        self.put(Item::Links, tr!("Missing links"), missing, "", about);
        let told = |(target, text): &(Target, String)| words::filled(target, text, &worked.ty, language);
        let filled = options.defaults.iter().map(told).collect::<Vec<_>>().join(" · ");
        let value = match options.defaults.len() {
            0 => tr!("as the schema says").into_owned(),
            n => tr_n!("fill {n} field", "fill {n} fields", n).into_owned(),
        };
        let about = tr!("What fills a field that a row leaves empty, or that the file has no column for");
        let about = if filled.is_empty() { about.into_owned() } else { format!("{about}. {filled}") };
        self.put(Item::Defaults, tr!("Empty fields"), value, filled, about);
        let unmapped = if outcome.wish.keep_unmapped { tr!("keep") } else { tr!("leave out") };
        let about = tr!("What becomes of columns without a field: they can be kept beside the schema's own");
        self.put(Item::Unmapped, tr!("Other columns"), unmapped, "", about);
        let strict = if options.strict { tr!("keep the row out") } else { tr!("leave the value out") };
        let about = tr!("What becomes of a row with a value that cannot be taken");
        self.put(Item::Strict, tr!("Bad values"), strict, "", about);
        let mapping = outcome.wish.mapping.as_deref().map_or_else(|| tr!("by the headers"), Cow::from);
        let about = tr!("Use a mapping that was saved, or save this one for the next time");
        self.put(Item::Mapping, tr!("Mapping"), mapping, "", about);
    }

    fn columns(&mut self, table: &Table, worked: &Worked, language: &str) {
        let filled = worked.columns.iter().filter(|column| column.target != Target::Out).count();
        let detail = tr!("{filled} of {all} come in", filled = filled, all = worked.columns.len());
        self.group(tr!("COLUMNS"), detail.into_owned());
        for (at, column) in worked.columns.iter().enumerate() {
            let text = words::target(&column.target, &worked.ty, language);
            let value = match (&column.target, column.how) {
                (Target::Out, _) => Cell::of(format!("– {text}"), Role::Faint),
                (_, How::Like) => Cell::of(format!("? {text}"), Role::Warn),
                (Target::Extra(_), _) => Cell::of(format!("→ {text}"), Role::Info),
                _ => Cell::of(format!("→ {text}"), Role::Accent),
            };
            let found = worked.plan.samples(&column.target, SAMPLES);
            let samples = if found.is_empty() { raw(table, at) } else { found };
            let samples: Vec<_> =
                samples.iter().map(|text| cut(&text.replace('\n', " "), LONG).into_owned()).collect();
            let why = column.remark.clone().unwrap_or_else(|| words::why(column.how, &column.target));
            let about = format!("{}: {why}. {}", column.header, samples.join(" · "));
            self.put(Item::Column(at), column.header.as_str().into(), value, samples.join(" · "), about);
        }
    }

    fn file(&mut self, outcome: &Outcome) {
        let (wish, format) = (&outcome.wish, outcome.sheet.format);
        let told = |given: bool| if given { tr!("as you said") } else { tr!("told from the file") };
        self.group(tr!("FILE"), String::new());
        let about = tr!("How the file's bytes spell text: another one if letters look wrong");
        let encoding = format.encoding.to_string();
        self.put(Item::Encoding, tr!("Encoding"), encoding, told(wish.encoding.is_some()), about);
        let about = tr!("What parts the cells of a row: another one if all is in one column");
        let delimiter = format.delimiter.to_string();
        self.put(Item::Delimiter, tr!("Parted by"), delimiter, told(wish.delimiter.is_some()), about);
        if let Some(line) = outcome.sheet.table.open_quote {
            let place = tr!("line {line}", line = line);
            let about =
                tr!("A quoted cell that never ends holds the rest of the file: better close its quote");
            let value = match wish.options.open_quotes {
                true => Cell::from(tr!("take it").into_owned()),
                false => Cell::of(tr!("! say what to do"), Role::Bad),
            };
            self.put(Item::Quotes, tr!("Open quote"), value, place, about);
        }
        let Some(worked) = &outcome.worked else { return };
        let styles = worked.plan.styles;
        let about = tr!("The order of day and month in dates such as 3/4/2024");
        let (value, sample) = style(styles.dates, |order| words::date_order(order).into_owned());
        self.put(Item::Dates, tr!("Dates"), value, sample, about);
        let about = tr!("The decimal sign in numbers such as 1.250");
        let (value, sample) = style(styles.decimals, |mark| words::decimal_mark(mark).into_owned());
        self.put(Item::Decimals, tr!("Numbers"), value, sample, about);
        let base = outcome.book.settings().currency();
        let currency = wish.options.currency.unwrap_or(base).code().to_owned();
        let sample =
            if wish.options.currency.is_none() { tr!("the workspace's") } else { tr!("as you said") };
        let about = tr!("The currency of amounts that name none");
        self.put(Item::Currency, tr!("Amounts in"), currency, sample, about);
    }

    /// What can be decided at an index.
    pub fn at(&self, index: usize) -> Option<Item> {
        self.rows.get(index).map(|row| row.item)
    }

    /// What there is to know of a row, in full.
    pub fn about(&self, index: usize) -> &str {
        self.rows.get(index).map_or("", |row| &row.about)
    }
}

/// The first values of a column as the file has them.
fn raw(table: &Table, column: usize) -> Vec<String> {
    let cells = table.rows.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_empty());
    let mut found: Vec<String> = Vec::new();
    for cell in cells.take(200) {
        if found.len() < SAMPLES && found.iter().all(|known| known != cell) {
            found.push(cell.to_owned());
        }
    }
    found
}

fn style<T: Copy>(found: Found<T>, name: impl Fn(T) -> String) -> (Cell, Cow<'static, str>) {
    let value = found.get().map(name);
    match found {
        Found::Plain => (Cell::of(tr!("in one way only"), Role::Muted), "".into()),
        Found::Open => (Cell::of(tr!("! say which"), Role::Bad), tr!("the file leaves it open")),
        Found::Given(_) => (value.unwrap_or_default().into(), tr!("as you said")),
        Found::Seen(_) => (value.unwrap_or_default().into(), tr!("told from the file")),
        Found::Assumed(_) => {
            (Cell::of(value.unwrap_or_default(), Role::Warn), tr!("assumed: the file leaves it open"))
        }
    }
}

impl grid::Rows for Items {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn key(&self, index: usize) -> SmolStr {
        self.at(index).map_or_else(SmolStr::default, |item| format_smolstr!("{item:?}"))
    }

    fn cell(&self, index: usize, column: &str) -> Cell {
        let Some(row) = self.rows.get(index) else { return Cell::default() };
        match column {
            NAME => match row.item {
                Item::Column(_) => row.name.as_str().into(),
                _ => Cell::of(row.name.as_str(), Role::Muted),
            },
            VALUE => row.value.clone(),
            _ => Cell::of(row.sample.as_str(), Role::Faint),
        }
    }

    fn groups(&self) -> &[Group] {
        &self.groups
    }
}
