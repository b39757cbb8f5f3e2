//! Where a column's values go.

use super::fold::words;
use crate::base::decimal;
use crate::model::near::nearest;
use crate::model::schema::{ADDRESS_PARTS, FieldDef, Kind, Options, TypeDef};
use rust_decimal::Decimal;
use smol_str::SmolStr;
use std::fmt;

/// Where the values of a column go. Mappings spell it as [`Target::read`] reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Target {
    /// Nowhere: an empty text.
    #[default]
    Out,
    /// A field: `amount`; one whose numbers are multiplied: `annual_revenue*1000000`.
    Field(SmolStr, Option<Decimal>),
    /// A part of an address, or of the one line of a list of lines: `address.city`, `lines.product`.
    Part(SmolStr, SmolStr),
    /// The currency of the amounts in a field: `price.currency`.
    Currency(SmolStr),
    /// The currency of the row's amounts that have no other column for it: `currency`.
    Currencies,
    /// The time of day of a moment whose day has a column of its own: `due.time`.
    Time(SmolStr),
    /// Whether the record was deleted where it comes from, so that its row stays out: `deleted`.
    Deleted,
    /// Whether a deal is open, won or lost, whatever stage it was in last: `stage.kind`.
    Outcome,
    /// First and last name in one: `full_name`.
    FullName,
    /// When the record came to be, which every type may say: `created`.
    Created,
    /// A field the schema does not know, kept as it is: `+shoe_size`.
    Extra(SmolStr),
}

/// A target that the type does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{type_name} has no field '{target}'{hint}")]
pub struct NoSuchTarget {
    type_name: SmolStr,
    target: String,
    hint: String,
}

const FULL_NAME: &str = "full_name";
const CREATED: &str = "created";
const TIME: &str = "time";
const DELETED: &str = "deleted";
const CURRENCY: &str = "currency";
/// The field whose words are a pipeline's stages.
pub const STAGE: &str = "stage";
const KIND: &str = "kind";

impl Target {
    /// Reads a target as mappings spell it.
    ///
    /// # Errors
    /// When the type has nothing of that name.
    pub fn read(text: &str, ty: &TypeDef) -> Result<Self, NoSuchTarget> {
        let text = text.trim();
        if let Some(extra) = text.strip_prefix('+') {
            return Ok(Self::Extra(extra_name(extra)));
        }
        let (name, scale) = match text.split_once('*') {
            Some((name, scale)) => (name.trim(), Some(scale.trim().parse().map_err(|_| unknown(text, ty))?)),
            None => (text, None),
        };
        let (first, part) = name.split_once('.').map_or((name, None), |(first, part)| (first, Some(part)));
        match (ty.field(first), part) {
            _ if name.is_empty() => Ok(Self::Out),
            (Some(field), None) if !matches!(field.kind, Kind::Address | Kind::Lines(_)) => {
                Ok(Self::Field(first.into(), scale))
            }
            (Some(field), Some(part)) if has_part(field, part) => Ok(Self::Part(first.into(), part.into())),
            (Some(field), Some(CURRENCY)) if field.kind == Kind::Money => Ok(Self::Currency(first.into())),
            (Some(field), Some(KIND)) if has_outcome(field) => Ok(Self::Outcome),
            (Some(field), Some(TIME)) if field.kind == Kind::Datetime => Ok(Self::Time(first.into())),
            (None, None) if first == FULL_NAME && has_names(ty) => Ok(Self::FullName),
            (None, None) if first == CREATED => Ok(Self::Created),
            (None, None) if first == DELETED => Ok(Self::Deleted),
            (None, None) if first == CURRENCY && has_amounts(ty) => Ok(Self::Currencies),
            _ => Err(unknown(name, ty)),
        }
    }

    /// The field it fills, if it is one of the type's.
    pub fn field(&self) -> Option<&SmolStr> {
        match self {
            Self::Field(field, _) | Self::Part(field, _) | Self::Currency(field) => Some(field),
            Self::Out
            | Self::Currencies
            | Self::Deleted
            | Self::Time(_)
            | Self::Outcome
            | Self::FullName
            | Self::Created
            | Self::Extra(_) => None,
        }
    }

    /// What kind of value it takes, where the schema says.
    pub fn def<'a>(&self, ty: &'a TypeDef) -> Option<&'a FieldDef> {
        match self {
            Self::Field(field, _) => ty.field(field),
            Self::Part(field, part) => ty.field(field)?.lines().iter().find(|f| f.name == *part),
            _ => None,
        }
    }

    /// Whether several columns may go there: into a list, a long text, or nowhere.
    pub fn is_shared(&self, ty: &TypeDef) -> bool {
        match self {
            Self::Out => true,
            Self::Field(..) => self.def(ty).is_some_and(|f| f.is_list() || f.kind == Kind::Longtext),
            _ => false,
        }
    }

    /// Every target of a type, as mappings spell them: what a picker offers.
    pub fn all(ty: &TypeDef) -> Vec<Self> {
        let mut found = Vec::new();
        for field in &ty.fields {
            match &field.kind {
                Kind::Address => {
                    found.extend(ADDRESS_PARTS.map(|p| Self::Part(field.name.clone(), p.into())))
                }
                Kind::Lines(parts) => {
                    found.extend(parts.iter().map(|p| Self::Part(field.name.clone(), p.name.clone())));
                }
                _ => found.push(Self::Field(field.name.clone(), None)),
            }
            if field.kind == Kind::Money {
                found.push(Self::Currency(field.name.clone()));
            }
            if field.kind == Kind::Datetime {
                found.push(Self::Time(field.name.clone()));
            }
            if has_outcome(field) {
                found.push(Self::Outcome);
            }
        }
        if has_names(ty) {
            found.insert(0, Self::FullName);
        }
        if ty.field(CURRENCY).is_none() && has_amounts(ty) {
            found.push(Self::Currencies);
        }
        found.push(Self::Created);
        if ty.field(DELETED).is_none() {
            found.push(Self::Deleted);
        }
        found
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Out => Ok(()),
            Self::Field(field, None) => f.write_str(field),
            Self::Field(field, Some(scale)) => write!(f, "{field}*{}", decimal::write(*scale)),
            Self::Part(field, part) => write!(f, "{field}.{part}"),
            Self::Currency(field) => write!(f, "{field}.{CURRENCY}"),
            Self::Time(field) => write!(f, "{field}.{TIME}"),
            Self::Deleted => f.write_str(DELETED),
            Self::Currencies => f.write_str(CURRENCY),
            Self::Outcome => write!(f, "{STAGE}.{KIND}"),
            Self::FullName => f.write_str(FULL_NAME),
            Self::Created => f.write_str(CREATED),
            Self::Extra(name) => write!(f, "+{name}"),
        }
    }
}

/// What `created` holds, which no schema defines since every record may say it.
pub fn created_def() -> FieldDef {
    FieldDef::new(CREATED, Kind::Datetime)
}

/// The name under which a column without a field is kept: `Shoe Size` is `shoe_size`.
pub fn extra_name(header: &str) -> SmolStr {
    let name: String = words(header).chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join("_");
    match name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => name.into(),
        // A key that is no number is read the same by every program.
        false => format!("column_{name}").trim_end_matches('_').into(),
    }
}

fn has_part(field: &FieldDef, part: &str) -> bool {
    match &field.kind {
        Kind::Address => ADDRESS_PARTS.contains(&part),
        Kind::Lines(parts) => parts.iter().any(|p| p.name == part),
        _ => false,
    }
}

/// Whether amounts are among the type's fields, be it in its lines.
fn has_amounts(ty: &TypeDef) -> bool {
    let is_amount = |field: &FieldDef| field.kind == Kind::Money;
    ty.fields.iter().any(|field| is_amount(field) || field.lines().iter().any(is_amount))
}

fn has_outcome(field: &FieldDef) -> bool {
    field.name == STAGE && matches!(field.kind, Kind::Choice(Options::From { .. }))
}

fn has_names(ty: &TypeDef) -> bool {
    ["first_name", "last_name"].iter().all(|name| ty.field(name).is_some())
}

fn unknown(text: &str, ty: &TypeDef) -> NoSuchTarget {
    let all: Vec<String> = Target::all(ty).iter().map(ToString::to_string).collect();
    let hint = nearest(text, all.iter().map(String::as_str)).map_or_else(
        || format!(": `kontor schema {}` lists them", ty.name),
        |near| format!(": did you mean '{near}'?"),
    );
    NoSuchTarget { type_name: ty.name.clone(), target: text.to_owned(), hint }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Schema;

    #[test]
    fn every_target_reads_back_as_it_is_spelled() {
        let schema = Schema::builtin();
        for ty in schema.types() {
            for target in Target::all(ty) {
                assert_eq!(Target::read(&target.to_string(), ty).as_ref(), Ok(&target), "{}", ty.name);
            }
        }
        let account = schema.find("account").unwrap();
        for text in
            ["", "annual_revenue*1000000", "+shoe_size", "billing_address.city", "annual_revenue.currency"]
        {
            assert_eq!(Target::read(text, account).unwrap().to_string(), text);
        }
        assert_eq!(Target::read("+Shoe Size (EU)", account).unwrap().to_string(), "+shoe_size_eu");
        assert_eq!(extra_name("1st"), "column_1st");
    }

    #[test]
    fn what_is_not_there_is_refused_with_what_is() {
        let schema = Schema::builtin();
        let account = schema.find("account").unwrap();
        for (text, expect) in [
            ("nmae", "account has no field 'nmae': did you mean 'name'?"),
            (
                "billing_address",
                "account has no field 'billing_address': did you mean 'billing_address.city'?",
            ),
            ("full_name", "account has no field 'full_name': `kontor schema account` lists them"),
            ("zzzzzzzzzzzzz", "account has no field 'zzzzzzzzzzzzz': `kontor schema account` lists them"),
        ] {
            assert_eq!(Target::read(text, account).map_err(|e| e.to_string()), Err(expect.to_owned()));
        }
    }
}
