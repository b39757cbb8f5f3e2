//! What a field may be called in a query: its name, or anything shorter that can only mean it.
//!
//! Every step of a dotted path is looked for in this order, and the first way that finds something decides:
//!
//! 1. the field's own name (`close_date`), or `id`;
//! 2. one more or less `s` at its end (`tag` for `tags`);
//! 3. the first words of a name (`close` for `close_date`);
//! 4. the last words of a name (`revenue` for `annual_revenue`);
//! 5. a part of an address, of the type's first address field (`country` for `billing_address.country`);
//! 6. the first letters of a name (`prio` for `priority`), or of a name and longer ones made of it (`stag` for `stage`,
//!    beside `stage_since`).
//!
//! Where a way finds several fields, the name is refused and they are told.

use crate::model::near::nearest;
use crate::model::schema::{ADDRESS_PARTS, Options, Schema};
use crate::model::{FieldDef, Kind, TypeDef};
use smol_str::SmolStr;
use std::sync::Arc;

/// A path that leads nowhere, or to several fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadsNowhere {
    /// The type without such a field.
    pub ty: SmolStr,
    /// The step it does not have.
    pub step: String,
    /// The whole path with the nearest step it does have.
    pub suggestion: Option<String>,
    /// The fields the step could mean, where they are several.
    pub several: Vec<String>,
}

impl LeadsNowhere {
    /// What is wrong: `an opportunity has no field 'stag'`.
    pub fn message(&self) -> String {
        match self.several.as_slice() {
            [] => format!("{} has no field '{}'", with_article(&self.ty), self.step),
            several => format!("'{}' could be {}: write the one you mean", self.step, several.join(" or ")),
        }
    }
}

/// A type's name with its article.
pub fn with_article(ty: &str) -> String {
    let article = if ty.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {}", ty.replace('_', " "))
}

/// The path of a field as the schema spells it: `account.billing_address.country` for `account.country`. Upper case
/// and `-` for `_` are forgiven.
///
/// # Errors
/// When it leads nowhere, or to several fields.
pub fn full_path(ty: &Arc<TypeDef>, text: &str, schema: &Schema) -> Result<SmolStr, LeadsNowhere> {
    let text = text.to_lowercase().replace('-', "_");
    let steps: Vec<&str> = text.split('.').collect();
    let mut path = Vec::new();
    walk(ty, &steps, schema, &mut path).map_err(|lost| {
        let names: Vec<_> = lost.names.iter().map(SmolStr::as_str).collect();
        let near = nearest(steps[lost.depth], names.iter().copied());
        let mended = near.map(|near| {
            let mut steps = steps.clone();
            steps[lost.depth] = near;
            steps.join(".")
        });
        LeadsNowhere {
            ty: lost.ty.name.clone(),
            step: steps[lost.depth].to_owned(),
            suggestion: mended.filter(|mended| *mended != text && lost.several.is_empty()),
            several: lost.several.iter().map(ToString::to_string).collect(),
        }
    })?;
    Ok(path.join(".").into())
}

/// Where a path goes astray.
struct Lost {
    ty: Arc<TypeDef>,
    depth: usize,
    /// What could have stood there.
    names: Vec<SmolStr>,
    several: Vec<SmolStr>,
}

/// Follows the steps through the schema, putting the full name of each into `path`.
fn walk(ty: &Arc<TypeDef>, steps: &[&str], schema: &Schema, path: &mut Vec<SmolStr>) -> Result<(), Lost> {
    let depth = path.len();
    let lost = |names, several| Lost { ty: ty.clone(), depth, names, several };
    let found = own(ty, steps[0]).map_err(|several| {
        let parts = parts_of(ty).map(SmolStr::new_static);
        lost(ty.fields.iter().map(|f| f.name.clone()).chain(["id".into()]).chain(parts).collect(), several)
    })?;
    let (field, part) = match found {
        Found::Id => {
            path.push("id".into());
            return if steps.len() == 1 {
                Ok(())
            } else {
                Err(Lost { depth: depth + 1, ..lost(Vec::new(), Vec::new()) })
            };
        }
        Found::Field(field) => (field, None),
        Found::Part(field, part) => (field, Some(part)),
    };
    path.push(field.name.clone());
    if let Some(part) = part {
        path.push(part.into());
        return if steps.len() == 1 {
            Ok(())
        } else {
            Err(Lost { depth: depth + 1, ..lost(Vec::new(), Vec::new()) })
        };
    }
    let Some(next) = steps.get(1) else { return Ok(()) };
    let last = |names: Vec<SmolStr>, path: &mut Vec<SmolStr>| {
        let lost = |names, several| Lost { ty: ty.clone(), depth: depth + 1, names, several };
        match choose(names.iter().cloned(), next) {
            Ok(Some(name)) if steps.len() == 2 => {
                path.push(name);
                Ok(())
            }
            Ok(_) => Err(lost(names, Vec::new())),
            Err(several) => Err(lost(names, several)),
        }
    };
    match &field.kind {
        _ if field.is_link() => {
            let mut fault = None;
            for target in schema.targets(field) {
                let mut further = path.clone();
                match walk(target, &steps[1..], schema, &mut further) {
                    Ok(()) => {
                        *path = further;
                        return Ok(());
                    }
                    Err(lost) => fault = fault.or(Some(lost)),
                }
            }
            Err(fault.unwrap_or_else(|| lost(Vec::new(), Vec::new())))
        }
        Kind::Address => last(ADDRESS_PARTS.iter().map(|part| SmolStr::new_static(part)).collect(), path),
        Kind::Lines(fields) => last(fields.iter().map(|f| f.name.clone()).collect(), path),
        Kind::Choice(Options::From { link, lines }) => {
            let owners = ty.field(link).into_iter().flat_map(|link| schema.targets(link));
            let lines = owners.filter_map(|owner| owner.field(lines)).flat_map(FieldDef::lines);
            last(lines.map(|f| f.name.clone()).collect(), path)
        }
        _ => Err(Lost { depth: depth + 1, ..lost(Vec::new(), Vec::new()) }),
    }
}

enum Found<'a> {
    Id,
    Field(&'a FieldDef),
    Part(&'a FieldDef, &'static str),
}

/// The field of a type that a step means; the candidates where it could mean several, none where it means nothing.
fn own<'a>(ty: &'a TypeDef, step: &str) -> Result<Found<'a>, Vec<SmolStr>> {
    if let Some(field) = ty.field(step) {
        return Ok(Found::Field(field));
    }
    if step == "id" {
        return Ok(Found::Id);
    }
    let part = || {
        let part = ADDRESS_PARTS.iter().find(|part| **part == step)?;
        Some(Found::Part(ty.fields.iter().find(|f| f.kind == Kind::Address)?, part))
    };
    let names = || ty.fields.iter().map(|field| field.name.clone());
    let field = |name: Option<SmolStr>| name.and_then(|name| ty.field(&name)).map(Found::Field);
    for (at, way) in WAYS.iter().enumerate() {
        if at == LETTERS
            && let Some(found) = part()
        {
            return Ok(found);
        }
        if let Some(found) = field(by(names(), step, *way)?) {
            return Ok(found);
        }
    }
    Err(Vec::new())
}

type Way = fn(&str, &str) -> bool;

/// The ways a step may stand for a longer name, in the order they are tried.
const WAYS: [Way; 5] = [
    |name, step| name == step,
    |name, step| name.strip_suffix('s') == Some(step) || step.strip_suffix('s') == Some(name),
    |name, step| name.strip_prefix(step).is_some_and(|rest| rest.starts_with('_')),
    |name, step| name.strip_suffix(step).is_some_and(|rest| rest.ends_with('_')),
    |name, step| name.starts_with(step),
];

/// The place in [`WAYS`] of the first letters: the parts of addresses come before.
const LETTERS: usize = 4;

/// The one name that the step stands for in this way; the names where they are several.
fn by(names: impl Iterator<Item = SmolStr>, step: &str, way: Way) -> Result<Option<SmolStr>, Vec<SmolStr>> {
    if step.is_empty() {
        return Ok(None);
    }
    let mut found: Vec<SmolStr> = names.filter(|name| way(name, step)).collect();
    found.dedup();
    let shortest = found.iter().min_by_key(|name| name.len()).cloned();
    let Some(first) = shortest else { return Ok(None) };
    let is_made_of_it = |name: &SmolStr| {
        let rest = name.strip_prefix(first.as_str());
        *name == first || (name.starts_with(step) && rest.is_some_and(|rest| rest.starts_with('_')))
    };
    if found.iter().all(is_made_of_it) { Ok(Some(first)) } else { Err(found) }
}

/// The one of some names that a step stands for.
fn choose(names: impl Iterator<Item = SmolStr> + Clone, step: &str) -> Result<Option<SmolStr>, Vec<SmolStr>> {
    for way in WAYS {
        if let Some(found) = by(names.clone(), step, way)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The parts of addresses that records of the type can be asked for without naming the address.
pub fn parts_of(ty: &TypeDef) -> impl Iterator<Item = &'static str> + Clone {
    let has_one = ty.fields.iter().any(|field| field.kind == Kind::Address);
    ADDRESS_PARTS.into_iter().filter(move |_| has_one)
}

/// Whether a name, full or short, could be what was begun to be typed: completion offers it.
pub fn may_become(typed: &str, name: &str) -> bool {
    name.starts_with(typed) || (!typed.is_empty() && name.split('_').any(|word| word.starts_with(typed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ty: &str, text: &str, expect: &str) {
        let schema = Schema::builtin();
        let shown = match full_path(schema.find(ty).unwrap(), text, &schema) {
            Ok(path) => path.to_string(),
            Err(lost) => format!("{} {}", lost.message(), lost.suggestion.unwrap_or_default()),
        };
        assert_eq!(shown, expect, "{text}");
    }

    #[test]
    fn short_names() {
        check("deal", "stage", "stage");
        check("deal", "close", "close_date");
        check("deal", "Close-Date", "close_date");
        check("deal", "tag", "tags");
        check("deal", "prob", "probability");
        check("deal", "contact", "contact");
        check("deal", "account.country", "account.billing_address.country");
        check("deal", "account.tag", "account.tags");
        check("deal", "acc.owner.nam", "account.owner.name");
        check("deal", "stag", "stage");
        check("deal", "account.shipping.city", "account.shipping_address.city");
        check("deal", "stage.kin", "stage.kind");
        check("account", "country", "billing_address.country");
        check("account", "email", "emails");
        check("account", "revenue", "annual_revenue");
        check("account", "since", "customer_since");
        check("activity", "about.stage", "about.stage");
        check("case", "prio", "priority");
        check("case", "id", "id");
        check("quote", "line.product", "lines.product");
    }

    #[test]
    fn refused_where_several_could_be_meant() {
        check("deal", "date", "'date' could be close_date or next_step_date: write the one you mean ");
        check("deal", "account.pa", "'pa' could be parent_account or payment_terms: write the one you mean ");
        check(
            "case",
            "resol",
            "'resol' could be resolution_by or resolved_at or resolution: write the one you mean ",
        );
    }

    #[test]
    fn nowhere() {
        check("deal", "stagg", "an opportunity has no field 'stagg' stage");
        check("deal", "account.nmae", "an account has no field 'nmae' account.name");
        check(
            "account",
            "billing_address.contry",
            "an account has no field 'contry' billing_address.country",
        );
        check("deal", "amount.x", "an opportunity has no field 'x' ");
        check("deal", "", "an opportunity has no field '' ");
        check("deal", "..", "an opportunity has no field '' ");
    }
}
