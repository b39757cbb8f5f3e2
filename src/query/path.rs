//! A dotted path of a column or of an order, checked against the schema.

use super::names::{LeadsNowhere, full_path};
use crate::model::schema::{ADDRESS_PARTS, Options};
use crate::model::{Book, FieldDef, Kind, Record, Scope, TypeDef, Value};
use smol_str::SmolStr;
use std::sync::Arc;

/// A path that leads somewhere.
#[derive(Debug, Clone)]
pub struct Path {
    /// As the schema spells it: `account.billing_address.country`.
    pub text: SmolStr,
    /// What the values there are; `None` for a record's id, a title made of several fields and the parts of an address.
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
    /// What it is called, made of several fields.
    Title,
    /// One of its own fields.
    Field,
    /// Something further away.
    Far,
}

impl Path {
    /// Checks a path; short names of fields are understood, see [`names`](super::names). `name` and `title` are a record's
    /// title where its type has no such field.
    ///
    /// # Errors
    /// Names the step that leads nowhere.
    pub fn new(ty: &Arc<TypeDef>, text: &str, book: &Book) -> Result<Self, LeadsNowhere> {
        if let Some(word) = title_word(ty, text) {
            return match ty.title.single_field() {
                Some(field) => Self::of_fields(ty, field, book),
                None => Ok(Self { text: word.into(), field: None, owner: ty.clone(), whole: Whole::Title }),
            };
        }
        Self::of_fields(ty, text, book)
    }

    fn of_fields(ty: &Arc<TypeDef>, text: &str, book: &Book) -> Result<Self, LeadsNowhere> {
        let text = full_path(ty, text, book.schema())?;
        let steps: Vec<&str> = text.split('.').collect();
        let nowhere = || LeadsNowhere {
            ty: ty.name.clone(),
            step: text.to_string(),
            suggestion: None,
            several: Vec::new(),
        };
        let (field, owner) = walk(ty, &steps, book).ok_or_else(nowhere)?;
        let whole = match (steps.as_slice(), &field) {
            (["id"], None) => Whole::Id,
            ([_], _) => Whole::Field,
            _ => Whole::Far,
        };
        Ok(Self { text, field, owner, whole })
    }

    /// The values there.
    pub fn values<'a>(&self, book: &'a Book, record: &'a Record) -> Vec<&'a Value> {
        match self.whole {
            Whole::Id | Whole::Title => Vec::new(),
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

    /// Whether it leads to what the record is called.
    pub fn is_title(&self) -> bool {
        self.whole == Whole::Title
    }
}

/// The word for the title of records of a type, where that is made of several fields: the path of its column.
pub fn title_path(ty: &TypeDef) -> Option<&'static str> {
    let made = ty.title.single_field().is_none();
    TITLE_WORDS.into_iter().find(|word| made && ty.field(word).is_none())
}

/// What a record's title may be called.
const TITLE_WORDS: [&str; 2] = ["name", "title"];

/// The word for the title, if that is what the text says.
fn title_word(ty: &TypeDef, text: &str) -> Option<&'static str> {
    let word = TITLE_WORDS.into_iter().find(|word| word.eq_ignore_ascii_case(text))?;
    ty.field(word).is_none().then_some(word)
}

type Step = (Option<FieldDef>, Arc<TypeDef>);

/// Follows full names through the schema to the last field and the type it belongs to.
fn walk(ty: &Arc<TypeDef>, steps: &[&str], book: &Book) -> Option<Step> {
    let Some(field) = ty.field(steps[0]) else {
        return (steps == ["id"]).then(|| (None, ty.clone()));
    };
    let rest = &steps[1..];
    let Some(next) = rest.first() else { return Some((Some(field.clone()), ty.clone())) };
    let schema = book.schema();
    match &field.kind {
        _ if field.is_link() => schema.targets(field).find_map(|target| walk(target, rest, book)),
        Kind::Address => ADDRESS_PARTS.contains(next).then(|| (None, ty.clone())),
        Kind::Choice(Options::From { link, lines }) => {
            let mut owners = ty.field(link).into_iter().flat_map(|link| schema.targets(link));
            owners.find_map(|owner| line_field(owner.field(lines)?, next).map(|f| (Some(f), owner.clone())))
        }
        _ => line_field(field, next).map(|inner| (Some(inner), ty.clone())),
    }
}

fn line_field(lines: &FieldDef, name: &str) -> Option<FieldDef> {
    lines.lines().iter().find(|field| field.name == name).cloned()
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
        check("contact", "Name", "name contact -");
        check("contact", "title", "title contact text");
        check("account", "title", "name account text");
        check("activity", "name", "subject activity text");
    }
}
