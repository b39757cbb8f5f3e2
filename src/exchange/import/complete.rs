//! What a new record needs beyond what its row says, each by a rule that is told.

use super::incoming::Incoming;
use super::names::Names;
use super::notes::{Level, Notes};
use super::target::{Target, created_def};
use super::work::Work;
use crate::model::kinds::title_of_ref;
use crate::model::resolve::link_target;
use crate::model::schema::{DefaultValue, FieldDef, Kind, Options, Stamp};
use crate::model::validate::incomplete;
use crate::model::{Moment, Scope, Value, create};
use crate::tr;

/// Completes a row that is to be a new record, as far as no reference is needed for it.
pub fn complete(work: &Work<'_>, row: &mut Incoming, notes: &mut Notes) {
    name(work, row, notes);
    began(work, row, notes);
    defaults(work, row);
    dates(work, row, notes);
}

/// A record without a name is called after what it is about.
fn name(work: &Work<'_>, row: &mut Incoming, notes: &mut Notes) {
    let ty = work.request.ty;
    let Some(title) = ty.title.single_field().filter(|title| row.get(title).is_empty()) else { return };
    for from in &Names::get().of(&ty.name).called_after {
        let Ok(target) = Target::read(from, ty) else { continue };
        let value = match &target {
            Target::Part(field, part) => {
                row.get(field).items().first().map_or(Value::empty(), |line| line.get(part))
            }
            Target::Field(field, _) => row.get(field),
            _ => continue,
        };
        if value.is_empty() {
            continue;
        }
        let linked = target.def(ty).filter(|f| f.is_link());
        let linked = linked.and_then(|field| link_target(work.book.schema(), field, value.as_str()));
        let text =
            linked.map_or_else(|| value.as_str().to_owned(), |target| title_of_ref(&work.book, &target));
        let rule = tr!("{title}: without one, it is called after {from}", title = title, from = from);
        notes.row(Level::Rule, "called-after", rule, row.line);
        row.put(title, Value::text(text));
        return;
    }
}

/// Of when a matter began and when its record came to be, the one that the file says stands for the other.
fn began(work: &Work<'_>, row: &mut Incoming, notes: &mut Notes) {
    let ty = work.request.ty;
    let Some(began) = Names::get().of(&ty.name).began.as_ref().and_then(|name| ty.field(name)) else {
        return;
    };
    let created = created_def();
    for (field, from) in [(began, &created), (&created, began)] {
        let moment = Moment::read(row.get(&from.name).as_str());
        date(row, field, &from.name, moment, notes);
    }
}

/// What new records start with. Where the file has a column for the owner it is nobody's by itself.
fn defaults(work: &Work<'_>, row: &mut Incoming) {
    let request = work.request;
    let filled = |name: &str| request.columns.iter().any(|c| c.target.field().is_some_and(|f| f == name));
    for (name, value) in create::defaults(request.ty, request.me, request.now) {
        let of_me = request.ty.field(&name).is_some_and(|f| f.default == Some(DefaultValue::Me));
        if row.get(&name).is_empty() && !(of_me && filled(&name)) {
            row.put(&name, value);
        }
    }
}

/// What Kontor notes of changes by itself (when a stage was entered, when a deal was closed) did not happen today:
/// finished records are dated by the day they say they ended, others by the day they came to be.
fn dates(work: &Work<'_>, row: &mut Incoming, notes: &mut Notes) {
    let ty = work.request.ty;
    let told = &Names::get().of(&ty.name).ended;
    let Some(last) = told.last() else { return };
    let ended = told.iter().find(|field| !row.get(field).is_empty()).unwrap_or(last);
    let ended_on = Moment::read(row.get(ended).as_str());
    let began = Moment::read(row.get("created").as_str());
    let fields = row.fields.clone();
    let scope = Scope { book: &work.book, ty, fields: (&fields).into() };
    let mut finished = false;
    let stamped: Vec<(&FieldDef, &Stamp)> =
        ty.fields.iter().filter_map(|f| Some((f, f.stamp.as_ref()?))).collect();
    for (field, stamp) in &stamped {
        if let Stamp::When { condition, .. } = stamp
            && condition.holds(&scope)
        {
            finished = true;
            date(row, field, ended, ended_on, notes);
        }
    }
    for (field, stamp) in stamped {
        match stamp {
            Stamp::On(_) if finished => date(row, field, ended, ended_on, notes),
            Stamp::On(_) => date(row, field, "created", began, notes),
            Stamp::When { .. } => {}
        }
    }
}

fn date(row: &mut Incoming, field: &FieldDef, from: &str, moment: Option<Moment>, notes: &mut Notes) {
    let Some(moment) = moment.filter(|_| row.get(&field.name).is_empty()) else { return };
    let value = match field.kind {
        Kind::Date => Moment::Day(moment.day()),
        _ => moment,
    };
    let rule = tr!(
        "{field}: where the file does not say, it is the {from} date",
        field = field.name,
        from = from.trim_end_matches("_date").trim_end_matches("_at")
    );
    notes.row(Level::Rule, "dated", rule, row.line);
    row.put(&field.name, Value::text(value.to_string()));
}

/// A choice without which the record would be incomplete is `other`, where there is that.
pub fn choices(work: &Work<'_>, row: &mut Incoming, notes: &mut Notes) {
    let ty = work.request.ty;
    let scope = Scope { book: &work.book, ty, fields: (&row.fields).into() };
    for finding in incomplete(&scope) {
        let Some(field) = finding.field().and_then(|name| ty.field(name)) else { continue };
        let Kind::Choice(Options::Fixed(choices)) = &field.kind else { continue };
        if choices.iter().any(|choice| choice.value == "other") {
            let rule = tr!("{why}: where the file does not say, it is other", why = finding.message);
            notes.row(Level::Rule, "other", rule, row.line);
            row.put(&field.name, Value::text("other"));
        }
    }
}
