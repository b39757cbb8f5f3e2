//! Words of the command line that an import understands.

use super::Failure;
use super::ValueEnum;
use crate::base::{Currency, DateOrder, DecimalMark};
use crate::exchange::import::Target;
use crate::model::near::nearest;
use crate::model::schema::{Kind, TypeDef};
use smol_str::SmolStr;

/// The order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Dates {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
}

impl Dates {
    /// As dates are read.
    pub fn order(self) -> DateOrder {
        match self {
            Self::Dmy => DateOrder::Dmy,
            Self::Mdy => DateOrder::Mdy,
        }
    }
}

/// The sign before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Decimal {
    /// 1,250.00
    Point,
    /// 1.250,00
    Comma,
}

impl Decimal {
    /// As numbers are read.
    pub fn mark(self) -> DecimalMark {
        match self {
            Self::Point => DecimalMark::Point,
            Self::Comma => DecimalMark::Comma,
        }
    }
}

/// A currency by its three letters.
pub fn currency(code: &str) -> Result<Currency, Failure> {
    let found = Currency::new(&code.trim().to_uppercase()).ok().filter(Currency::is_known);
    found.ok_or_else(|| {
        Failure::usage("bad-value", format!("there is no currency '{code}'"))
            .hint("write one such as EUR or USD")
    })
}

/// A field rows are matched by: `email` is also `emails`.
pub fn match_field(ty: &TypeDef, word: &str) -> Result<SmolStr, Failure> {
    let word = word.trim();
    let found = ty.field(word).or_else(|| ty.field(&format!("{word}s")));
    match found {
        Some(field) if matches!(field.kind, Kind::Address | Kind::Lines(_)) => Err(Failure::usage(
            "bad-match",
            format!("rows cannot be matched by {word}, which holds no plain value"),
        )
        .hint("use a name, a number, an e-mail address or a link")),
        Some(field) => Ok(field.name.clone()),
        None => {
            let near = nearest(word, ty.fields.iter().map(|f| f.name.as_str()));
            Err(Failure::usage("no-such-field", format!("{} has no field '{word}'", ty.name))
                .meant(near, &format!("`kontor schema {}` lists them", ty.name)))
        }
    }
}

/// `field=value`.
pub fn default(ty: &TypeDef, word: &str) -> Result<(Target, String), Failure> {
    let Some((field, value)) = word.split_once('=') else {
        return Err(
            Failure::usage("usage", format!("'{word}' is no default")).hint("write --default field=value")
        );
    };
    let target = Target::read(field, ty).map_err(|e| Failure::usage("no-such-field", e.to_string()))?;
    Ok((target, value.trim().to_owned()))
}
