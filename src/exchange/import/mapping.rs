//! Which column fills which field: given, saved, or guessed from the headers.

use super::cell::{Manner, Reading, read};
use super::fold::{is_same, words};
use super::header::Header;
use super::names::Names;
use super::target::{NoSuchTarget, STAGE, Target, extra_name};
use crate::base::{DateOrder, DecimalMark, InputStyle};
use crate::exchange::csv::Table;
use crate::model::schema::{FieldDef, Kind, Schema, TypeDef};
use crate::tr;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// What becomes of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the file.
    pub header: String,
    /// Where its values go.
    pub target: Target,
    /// Why there.
    pub how: How,
    /// What is to be said of it.
    pub remark: Option<String>,
}

/// Why a column goes where it goes; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The person said so.
    Given,
    /// The whole file is known.
    Known,
    /// It is the field's own name or label.
    Named,
    /// It is what other programs call the field.
    Usual,
    /// It is nearly one of those.
    Like,
    /// It goes nowhere.
    Unknown,
}

/// What the person says of the columns; what is not said is guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Headers and targets, as mappings spell them.
    pub columns: Vec<(String, String)>,
    /// Whether a column without a field is kept as a field the schema does not know.
    pub keep_unmapped: bool,
}

/// A wish that cannot be met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadMapping {
    /// No such field.
    #[error(transparent)]
    Target(#[from] NoSuchTarget),
    /// No such column.
    #[error("the file has no column '{header}': it has {known}")]
    Header {
        /// What was named.
        header: String,
        /// What there is.
        known: String,
    },
    /// Two columns for a field that holds one value.
    #[error("'{one}' and '{other}' cannot both fill {target}: leave one out")]
    Twice {
        /// A header.
        one: String,
        /// Another.
        other: String,
        /// The field.
        target: String,
    },
}

/// How many cells of a column are looked at to see whether a guess can be right.
const SAMPLE: usize = 50;

/// Where each column of the table goes.
///
/// # Errors
/// When a wish names a column or a field that is not there.
pub fn map(table: &Table, ty: &TypeDef, wishes: &Wishes) -> Result<Vec<Column>, BadMapping> {
    let given = given(table, ty, wishes)?;
    let shape = Names::get().shape(&ty.name, &table.headers);
    let mut columns = Vec::new();
    for (at, header) in table.headers.iter().enumerate() {
        let known = shape.and_then(|shape| Some((shape.column(header)?, shape)));
        let (target, how, remark) = match (given.get(header.as_str()), known) {
            (Some(target), _) => (target.clone(), How::Given, None),
            (None, Some((target, shape))) => {
                (Target::read(target, ty)?, How::Known, Some(format!("{header}: {}", shape.why)))
            }
            (None, None) => guess(table, at, ty),
        };
        columns.push(Column { header: header.clone(), target, how, remark });
    }
    settle(&mut columns, ty);
    for (at, column) in columns.iter_mut().enumerate() {
        take_fractions(table, at, column, ty);
    }
    if wishes.keep_unmapped {
        keep(&mut columns, ty);
    }
    Ok(columns)
}

/// The type whose fields the headers name best, if they name two at least.
pub fn likely_type<'s>(schema: &'s Schema, table: &Table) -> Option<&'s TypeDef> {
    let named = |ty: &TypeDef| {
        let columns = map(table, ty, &Wishes::default()).unwrap_or_default();
        columns.iter().filter(|column| matches!(column.how, How::Known | How::Named | How::Usual)).count()
    };
    // The first of equals: the schema lists the common types first.
    let best = schema.types().iter().map(|ty| (named(ty), ty)).rev().max_by_key(|(count, _)| *count);
    best.filter(|(count, _)| *count >= 2).map(|(_, ty)| &**ty)
}

fn given<'a>(
    table: &'a Table,
    ty: &TypeDef,
    wishes: &Wishes,
) -> Result<BTreeMap<&'a str, Target>, BadMapping> {
    let mut given: BTreeMap<&str, Target> = BTreeMap::new();
    for (header, target) in &wishes.columns {
        let exact = table.headers.iter().find(|h| *h == header);
        let found = exact.or_else(|| table.headers.iter().find(|h| words(h) == words(header)));
        let missing = || BadMapping::Header { header: header.clone(), known: table.headers.join(", ") };
        let found = found.ok_or_else(missing)?;
        let target = Target::read(target, ty)?;
        let taken =
            given.iter().find(|(other, t)| **t == target && **other != found && !is_shared(&target, ty));
        if let Some((other, _)) = taken {
            let (one, other) = ((*other).to_owned(), found.clone());
            return Err(BadMapping::Twice { one, other, target: target.to_string() });
        }
        given.insert(found, target);
    }
    Ok(given)
}

type Guess = (Target, How, Option<String>);

fn guess(table: &Table, at: usize, ty: &TypeDef) -> Guess {
    let text = &table.headers[at];
    let nowhere = |remark| (Target::Out, How::Unknown, remark);
    if Names::get().is_ignored(text) {
        return nowhere(None);
    }
    let header = Header::of(text);
    let Some((target, how)) = named(&header.words, ty) else { return nowhere(None) };
    let cells: Vec<&str> =
        table.rows.iter().map(|row| row.cell(at)).filter(|cell| !cell.is_empty()).collect();
    let target = match (target, header.scale) {
        (Target::Field(field, None), Some(scale)) if is_scalable(ty, &field) => {
            Target::Field(field, Some(scale))
        }
        // A status of other words is the stage.
        (Target::Outcome, _) if !tells_outcome(&cells) => stage(),
        (target, _) => target,
    };
    if !fits(&target, ty, &cells) {
        let target = target.to_string();
        return nowhere(Some(
            tr!("'{header}' is called as {target} but holds something else", header = text, target = target)
                .into(),
        ));
    }
    if repeats(&target, ty, &cells) {
        let target = target.to_string();
        return nowhere(Some(
            tr!("'{header}' repeats values, which {target} must not", header = text, target = target).into(),
        ));
    }
    (target, how, None)
}

/// The target a header's words stand for, as they are or without the type's name before them: `deal amount`.
fn named(said: &str, ty: &TypeDef) -> Option<(Target, How)> {
    exactly(said, ty).or_else(|| exactly(&bare(said, ty)?, ty)).or_else(|| nearly(said, ty))
}

/// A header's words without the type's name before them.
fn bare(said: &str, ty: &TypeDef) -> Option<String> {
    let folder = words(ty.folder.as_str());
    let own = [words(&ty.name), folder].into_iter().chain(ty.aliases.iter().map(|alias| words(alias)));
    own.filter_map(|word| said.strip_prefix(&word)?.strip_prefix(' ').map(str::to_owned)).next()
}

/// How far down a header stands among the words for its field; one of no known word stands last.
pub fn place(header: &str, ty: &TypeDef) -> usize {
    let (said, known) = (Header::of(header).words, Names::get().of(&ty.name));
    let place = known.place(&said).or_else(|| known.place(&bare(&said, ty)?));
    place.unwrap_or(usize::MAX)
}

fn stage() -> Target {
    Target::Field(SmolStr::new_static(STAGE), None)
}

/// Whether half of the cells at least say that a deal is open, won or lost, and nothing of its stage.
fn tells_outcome(cells: &[&str]) -> bool {
    let sample = &cells[..cells.len().min(SAMPLE)];
    sample.iter().filter(|cell| Names::get().outcome(cell).is_some()).count() * 2 >= sample.len()
}

fn exactly(said: &str, ty: &TypeDef) -> Option<(Target, How)> {
    let label = |target: &Target| match (target, target.def(ty)) {
        (Target::Field(..), Some(field)) => is_same(&words(field.label.get("en")), said),
        _ => false,
    };
    let all = Target::all(ty);
    let own =
        all.iter().find(|t| is_same(&words(&t.to_string()), said)).or_else(|| all.iter().find(|t| label(t)));
    let names = Names::get();
    let usual = || Target::read(names.of(&ty.name).target(said).or_else(|| names.everywhere(said))?, ty).ok();
    own.map(|target| (target.clone(), How::Named)).or_else(|| usual().map(|target| (target, How::Usual)))
}

/// One slip of the finger in five letters or more.
fn nearly(said: &str, ty: &TypeDef) -> Option<(Target, How)> {
    let all = Target::all(ty);
    let near = |name: &str| said.len() >= 5 && strsim::damerau_levenshtein(said, name) == 1;
    let own = all.iter().find(|target| near(&words(&target.to_string()))).cloned();
    let usual = || {
        let known = Names::get().of(&ty.name).headers().find(|(header, _)| near(header));
        known.and_then(|(_, target)| Target::read(target, ty).ok())
    };
    own.or_else(usual).map(|target| (target, How::Like))
}

/// Whether several columns may go there.
fn is_shared(target: &Target, ty: &TypeDef) -> bool {
    target.is_shared(ty) || Names::get().of(&ty.name).is_together(target)
}

fn is_scalable(ty: &TypeDef, field: &str) -> bool {
    ty.field(field).is_some_and(|f| matches!(f.kind, Kind::Money | Kind::Integer | Kind::Decimal))
}

/// Whether half of the cells at least can be read as what the target holds, however dates and numbers are written.
fn fits(target: &Target, ty: &TypeDef, cells: &[&str]) -> bool {
    let Some(field) = target.def(ty).filter(|f| !f.is_link() && !matches!(f.kind, Kind::Choice(_))) else {
        return true;
    };
    let style = |decimal, date_order| InputStyle {
        decimal: Some(decimal),
        date_order,
        now: crate::base::Now::new(chrono::DateTime::UNIX_EPOCH, chrono_tz::Tz::UTC),
        base: crate::base::Currency::EUR,
    };
    let styles = [style(DecimalMark::Point, DateOrder::Dmy), style(DecimalMark::Comma, DateOrder::Mdy)];
    let reads = |cell: &&&str| {
        styles.iter().any(|style| {
            // Scaled, a percentage is read whatever it is a part of.
            let scale = Some(Decimal::ONE).filter(|_| field.kind == Kind::Percent);
            let manner = Manner { type_name: &ty.name, style: *style, scale };
            !matches!(read(field, cell, manner), Reading::Unreadable(_))
        })
    };
    let sample = &cells[..cells.len().min(SAMPLE)];
    sample.iter().filter(reads).count() * 2 >= sample.len()
}

/// A column of percentages that lies within 0 and 1 and has decimals holds fractions: `0.2` is 20 %, `1.0` is 100 %.
fn take_fractions(table: &Table, at: usize, column: &mut Column, ty: &TypeDef) {
    let Target::Field(field, None) = &column.target else { return };
    if ty.field(field).is_none_or(|f| f.kind != Kind::Percent) {
        return;
    }
    let mut decimals = false;
    for cell in table.rows.iter().map(|row| row.cell(at)).filter(|cell| !cell.is_empty()) {
        let point = cell.replace(',', ".");
        match point.parse::<Decimal>() {
            Ok(number) if (Decimal::ZERO..=Decimal::ONE).contains(&number) => {
                decimals |= point.contains('.') && !number.is_zero();
            }
            Err(_) if Names::get().is_nothing(cell) => {}
            _ => return,
        }
    }
    if decimals {
        let (header, told) = (&column.header, field.clone());
        column.remark = Some(
            tr!(
                "'{header}' holds fractions of one: times 100 they fill {field}",
                header = header,
                field = told
            )
            .into(),
        );
        column.target = Target::Field(field.clone(), Some(Decimal::ONE_HUNDRED));
    }
}

/// Whether a column for a field whose values are unique holds one twice.
fn repeats(target: &Target, ty: &TypeDef, cells: &[&str]) -> bool {
    let mut seen = FxHashSet::default();
    target.def(ty).is_some_and(|f| f.unique) && !cells.iter().all(|cell| seen.insert(cell.to_lowercase()))
}

fn is_amount(field: &FieldDef) -> bool {
    field.kind == Kind::Money
}

/// Of several columns for one value the surest stays, else the first; a currency needs its amount.
fn settle(columns: &mut [Column], ty: &TypeDef) {
    if !columns.iter().any(|column| column.target == stage()) {
        // Without a stage beside it, a status says all there is to know of the stage.
        let outcome = |column: &&mut Column| column.target == Target::Outcome && column.how > How::Given;
        columns.iter_mut().filter(outcome).for_each(|column| column.target = stage());
    }
    for at in 0..columns.len() {
        let Column { target, how, .. } = &columns[at];
        let (target, how) = (target.clone(), *how);
        let better = columns.iter().enumerate().find(|(other, column)| {
            let place = |at: usize| (columns[at].how, place(&columns[at].header, ty), at);
            *other != at && column.target == target && place(*other) < place(at)
        });
        let full_name_parted = target == Target::FullName
            && columns.iter().any(|c| c.target == Target::Field(SmolStr::new_static("last_name"), None));
        let lonely = match &target {
            Target::Currency(field) => {
                !columns.iter().any(|c| matches!(&c.target, Target::Field(f, _) if f == field))
            }
            Target::Time(field) => {
                !columns.iter().any(|c| matches!(&c.target, Target::Field(f, _) if f == field))
            }
            Target::Currencies => !columns.iter().any(|c| c.target.def(ty).is_some_and(is_amount)),
            _ => false,
        };
        let remark = match better {
            Some((_, better)) if !is_shared(&target, ty) => Some(
                tr!(
                    "'{header}' is left out: '{better}' fills {target}",
                    header = columns[at].header,
                    better = better.header,
                    target = target
                )
                .into(),
            ),
            _ if how > How::Given && (full_name_parted || lonely) => None,
            _ => continue,
        };
        let column = &mut columns[at];
        (column.target, column.how, column.remark) = (Target::Out, How::Unknown, remark);
    }
}

/// What goes nowhere is kept under a name of its own.
fn keep(columns: &mut [Column], ty: &TypeDef) {
    let mut taken: FxHashSet<SmolStr> = ty.fields.iter().map(|f| f.name.clone()).collect();
    taken.insert(SmolStr::new_static("created"));
    for column in columns.iter_mut().filter(|c| c.target == Target::Out && c.how == How::Unknown) {
        if Names::get().is_ignored(&column.header) {
            continue;
        }
        let name = extra_name(&column.header);
        let numbered = (2..).map(|number| SmolStr::from(format!("{name}_{number}")));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name));
        if let Some(free) = free {
            taken.insert(free.clone());
            column.target = Target::Extra(free);
        }
    }
}
