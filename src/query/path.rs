//! A dotted path of a filter or a column, checked against the schema.

use super::text::any_scalar;
use crate::model::Record;
use crate::model::near::nearest;
use crate::model::schema::{ADDRESS_PARTS, Options};
use crate::model::{Book, FieldDef, Kind, Scope, TypeDef, Value};
use smol_str::SmolStr;
use std::sync::Arc;

/// A path that leads somewhere.
#[derive(Debug, Clone)]
pub struct Path {
    /// As the schema spells it: `account.billing_address.country`.
    pub text: SmolStr,
    /// What the values there are; `None` for a record's id and the parts of an address.
    pub field: Option<FieldDef>,
    /// The type the last field belongs to.
    pub owner: Arc<TypeDef>,
    whole: Whole,
}

/// What of the record a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whole {
    /// Its id.
    Id,
    /// One of its own fields.
    Field,
    /// Something further away.
    Far,
}

/// A path that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadsNowhere {
    /// The type without such a field.
    pub ty: SmolStr,
    /// The step it does not have.
    pub step: String,
    /// The whole path with the nearest step it does have.
    pub suggestion: Option<String>,
}

impl Path {
    /// Checks a path. Upper case and `-` for `_` are forgiven.
    ///
    /// # Errors
    /// Names the step that leads nowhere.
    pub fn new(ty: &Arc<TypeDef>, text: &str, book: &Book) -> Result<Self, LeadsNowhere> {
        let text = text.to_lowercase().replace('-', "_");
        let steps: Vec<&str> = text.split('.').collect();
        let (field, owner) = walk(ty, &steps, book).map_err(|(owner, depth)| {
            let names = names(&owner, depth, &steps);
            let near = nearest(steps[depth], names.iter().map(String::as_str));
            let mended = near.map(|near| {
                let mut steps = steps.clone();
                steps[depth] = near;
                steps.join(".")
            });
            let suggestion = mended.filter(|mended| *mended != text);
            LeadsNowhere { ty: owner.name.clone(), step: steps[depth].to_owned(), suggestion }
        })?;
        let whole = match (steps.as_slice(), &field) {
            (["id"], None) => Whole::Id,
            ([_], _) => Whole::Field,
            _ => Whole::Far,
        };
        Ok(Self { text: text.as_str().into(), field, owner, whole })
    }

    /// Whether `test` holds for any scalar there.
    pub fn any(&self, book: &Book, record: &Record, test: &mut impl FnMut(&str) -> bool) -> bool {
        match self.whole {
            Whole::Id => test(record.id().as_str()),
            Whole::Field => any_scalar(record.get(&self.text), test),
            Whole::Far => self.values(book, record).into_iter().any(|value| any_scalar(value, test)),
        }
    }

    /// The values there.
    pub fn values<'a>(&self, book: &'a Book, record: &'a Record) -> Vec<&'a Value> {
        match self.whole {
            Whole::Id => Vec::new(),
            Whole::Field => vec![record.get(&self.text)],
            Whole::Far => {
                Scope::of(book, record).map_or_else(Vec::new, |scope| scope.resolve(&self.text).values)
            }
        }
    }

    /// Whether it leads to the record's id.
    pub fn is_id(&self) -> bool {
        self.whole == Whole::Id
    }
}

type Step = (Option<FieldDef>, Arc<TypeDef>);

/// Follows the steps through the schema; on failure the type and the number of the step it does not know.
fn walk(ty: &Arc<TypeDef>, steps: &[&str], book: &Book) -> Result<Step, (Arc<TypeDef>, usize)> {
    let lost = |depth| Err((ty.clone(), depth));
    let Some(field) = ty.field(steps[0]) else {
        return if steps == ["id"] { Ok((None, ty.clone())) } else { lost(0) };
    };
    let rest = &steps[1..];
    let Some(next) = rest.first() else { return Ok((Some(field.clone()), ty.clone())) };
    match &field.kind {
        _ if field.is_link() => {
            let mut first_fault = None;
            for target in book.schema().targets(field) {
                match walk(target, rest, book) {
                    Ok(found) => return Ok(found),
                    Err((ty, depth)) => first_fault = first_fault.or(Some((ty, depth + 1))),
                }
            }
            Err(first_fault.unwrap_or((ty.clone(), 1)))
        }
        Kind::Address if rest.len() == 1 && ADDRESS_PARTS.contains(next) => Ok((None, ty.clone())),
        Kind::Lines(fields) if rest.len() == 1 => match fields.iter().find(|f| f.name == *next) {
            Some(inner) => Ok((Some(inner.clone()), ty.clone())),
            None => lost(1),
        },
        Kind::Choice(Options::From { link, lines }) if rest.len() == 1 => {
            let owners = ty.field(link).into_iter().flat_map(|link| book.schema().targets(link));
            let inner = owners.flat_map(|owner| {
                let lines = owner.field(lines).map(|f| &f.kind);
                match lines {
                    Some(Kind::Lines(fields)) => fields.iter().find(|f| f.name == *next).map(|f| (f, owner)),
                    _ => None,
                }
            });
            match inner.into_iter().next() {
                Some((inner, owner)) => Ok((Some(inner.clone()), owner.clone())),
                None => lost(1),
            }
        }
        _ => lost(1),
    }
}

/// What could have stood at that step.
fn names(ty: &TypeDef, depth: usize, steps: &[&str]) -> Vec<String> {
    let before = depth.checked_sub(1).and_then(|before| ty.field(steps[before])).map(|field| &field.kind);
    match before {
        Some(Kind::Address) => ADDRESS_PARTS.iter().map(|part| (*part).to_owned()).collect(),
        Some(Kind::Lines(fields)) => fields.iter().map(|f| f.name.to_string()).collect(),
        _ => ty.fields.iter().map(|f| f.name.to_string()).chain(["id".to_owned()]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Schema, Settings};

    fn check(ty: &str, path: &str, expect: &str) {
        let book = Book::empty(Arc::new(Schema::builtin()), Arc::new(Settings::default()));
        let ty = book.schema().find(ty).unwrap();
        let shown = match Path::new(ty, path, &book) {
            Ok(path) => {
                format!("{} {} {}", path.text, path.owner.name, path.field.map_or("-", |f| f.kind.name()))
            }
            Err(e) => format!("{}.{} {}", e.ty, e.step, e.suggestion.unwrap_or_default()),
        };
        assert_eq!(shown, expect, "{path}");
    }

    #[test]
    fn leads_somewhere_or_says_where_it_stops() {
        check("deal", "Close-Date", "close_date opportunity date");
        check("deal", "id", "id opportunity -");
        check("deal", "account.billing_address.country", "account.billing_address.country account -");
        check("deal", "account.owner.name", "account.owner.name user text");
        check("deal", "stage.kind", "stage.kind pipeline choice");
        check("quote", "lines.product", "lines.product quote link");
        check("quote", "lines.product.name", "quote.product ");
        check("activity", "about.industry", "about.industry account choice");
        check("activity", "about.stage", "about.stage opportunity choice");
        check("deal", "acount.name", "opportunity.acount account.name");
        check("deal", "account.nmae", "account.nmae account.name");
        check("account", "billing_address.contry", "account.contry billing_address.country");
        check("deal", "amount.x", "opportunity.x ");
    }
}
