//! What a record still needs, and how that is written.

use super::Failure;
use crate::base::Ref;
use crate::model::kinds::choices;
use crate::model::validate::Finding;
use crate::model::{Book, FieldDef, FieldsRef, Scope, TypeDef, Value};
use crate::tr;
use crate::workspace::ChangeError;
use smol_str::SmolStr;

/// So many words of a choice are shown.
const WORDS: usize = 4;

/// A new record of the type was asked for, and nothing said of it; `preset` is what it would start with.
pub fn for_new(book: &Book, type_name: &str, preset: &[(SmolStr, Value)]) -> Failure {
    let Some(ty) = book.schema().find(type_name) else {
        return Failure::usage("no-such-type", tr!("there is no record type '{word}'", word = type_name));
    };
    let given =
        |field: &FieldDef| preset.iter().any(|(name, value)| *name == field.name && !value.is_empty());
    let mut needed: Vec<_> = ty.fields.iter().filter(|f| f.required && !f.readonly && !given(f)).collect();
    if needed.is_empty() {
        needed.extend(ty.title.fields().filter_map(|name| ty.field(name)).take(1));
    }
    let written = written(book, ty, &needed);
    Failure::usage("missing-field", missing(book, &needed)).hint(tr!(
        "write `kontor new {type_} {fields}`",
        type_ = type_name,
        fields = written
    ))
}

/// A change that breaks the rules. Where all that is wrong is that something is missing, it has only to be added.
pub fn refused(book: &Book, reference: Ref, findings: Vec<Finding>) -> Failure {
    let ty = book.schema().in_folder(&reference.folder);
    let absent = |f: &Finding| ty.filter(|_| f.code == "required").and_then(|ty| ty.field(f.field()?));
    let needed: Option<Vec<_>> = findings.iter().map(absent).collect();
    match (ty, needed) {
        (Some(ty), Some(needed)) => Failure::usage("missing-field", missing(book, &needed))
            .hint(tr!("write {fields}", fields = written(book, ty, &needed))),
        _ => ChangeError::Invalid { reference, findings }.into(),
    }
}

fn missing(book: &Book, needed: &[&FieldDef]) -> String {
    let language = book.settings().language();
    let labels: Vec<_> = needed.iter().map(|field| field.label.get(language)).collect();
    match labels.as_slice() {
        [one] => tr!("{field} is missing", field = one).into_owned(),
        several => tr!("missing: {fields}", fields = several.join(", ")).into_owned(),
    }
}

/// How the fields are written: `lost_reason=price|competitor|… name="…"`.
fn written(book: &Book, ty: &TypeDef, needed: &[&FieldDef]) -> String {
    let scope = Scope { book, ty, fields: FieldsRef::NONE };
    let one = |field: &&FieldDef| {
        let words: Vec<_> =
            choices(&scope, field).into_iter().map(|choice| choice.value.to_string()).collect();
        match words.len() {
            0 => format!("{}=…", field.name),
            n if n > WORDS => format!("{}={}|…", field.name, words[..WORDS].join("|")),
            _ => format!("{}={}", field.name, words.join("|")),
        }
    };
    needed.iter().map(one).collect::<Vec<_>>().join(" ")
}
