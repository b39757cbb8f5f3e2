//! JSON Schema (draft 2020-12) of a record type, for the YAML language servers of editors.
//!
//! An editor reads `amount: 12` as a number and `007` as one too, where for Kontor every scalar is text until the
//! schema speaks. So scalars are described by all the types they may look like, and by the patterns of their text.

use crate::model::kinds::choices;
use crate::model::schema::{ADDRESS_PARTS, DefaultValue};
use crate::model::{Book, FieldDef, FieldsRef, Kind, Scope, TypeDef};
use serde_json::{Map, Value as Json, json};

/// The schema of a type's files.
pub fn of(book: &Book, ty: &TypeDef) -> Json {
    let language = book.settings().language();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": ty.label.get(language),
        "description": format!("A record in {}/", ty.folder),
    });
    merge(&mut schema, object(book, ty, &ty.fields));
    schema
}

fn object(book: &Book, ty: &TypeDef, fields: &[FieldDef]) -> Json {
    let properties: Map<_, _> =
        fields.iter().map(|field| (field.name.to_string(), property(book, ty, field))).collect();
    let required: Vec<_> = fields.iter().filter(|f| f.required).map(|f| f.name.as_str()).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn property(book: &Book, ty: &TypeDef, field: &FieldDef) -> Json {
    let language = book.settings().language();
    let mut schema = match &field.kind {
        Kind::Lines(fields) => {
            let mut line = object(book, ty, fields);
            line["properties"]["id"] =
                json!({ "type": ["string", "number"], "description": "Names the line; short and its own" });
            json!({ "type": ["array", "null"], "items": line })
        }
        Kind::Address => {
            let part = |name: &&str| ((*name).to_owned(), json!({ "type": ["string", "number", "null"] }));
            let parts: Map<_, _> = ADDRESS_PARTS.iter().map(part).collect();
            json!({ "type": ["object", "null"], "properties": parts })
        }
        _ if field.is_list() => {
            let one = scalar(book, ty, field);
            json!({ "anyOf": [{ "type": ["array", "null"], "items": one }, one] })
        }
        _ => scalar(book, ty, field),
    };
    schema["title"] = field.label.get(language).into();
    if let Some(help) = &field.help {
        schema["description"] = help.get(language).into();
    }
    if field.readonly {
        schema["readOnly"] = true.into();
    }
    if let Some(DefaultValue::Text(text)) = &field.default {
        schema["default"] = text.as_str().into();
    }
    schema
}

fn scalar(book: &Book, ty: &TypeDef, field: &FieldDef) -> Json {
    let text = |types: &[&str], pattern: &str| json!({ "type": types, "pattern": pattern });
    match &field.kind {
        Kind::Integer => text(&["integer", "string", "null"], r"^[+-]?\d+$"),
        Kind::Decimal => text(&["number", "string", "null"], r"^[+-]?\d+(\.\d+)?$"),
        Kind::Percent => text(&["number", "string", "null"], r"^[+-]?\d+(\.\d+)? ?%?$"),
        Kind::Money => text(&["number", "string", "null"], r"^[+-]?\d+(\.\d+)?( [A-Z]{3})?$"),
        Kind::Boolean => json!({ "enum": [true, false, "true", "false", "yes", "no", null] }),
        Kind::Date => text(&["string", "null"], r"^\d{4}-\d{2}-\d{2}$"),
        Kind::Datetime => {
            let pattern = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$";
            text(&["string", "null"], pattern)
        }
        Kind::Duration => text(&["string", "number", "null"], r"^(\d+ ?[a-z]+ ?)+$"),
        Kind::Choice(_) => {
            let words = choices(&Scope { book, ty, fields: FieldsRef::NONE }, field);
            if words.is_empty() {
                return json!({ "type": ["string", "null"] });
            }
            let mut values: Vec<Json> = words.iter().map(|c| c.value.as_str().into()).collect();
            // A word such as `1` or `yes` looks like a number or a truth value to an editor.
            values.extend(words.iter().filter_map(|c| c.value.parse::<i64>().ok()).map(Json::from));
            values.push(Json::Null);
            json!({ "enum": values })
        }
        Kind::Link(_) | Kind::Links(_) | Kind::User => {
            let folders: Vec<_> = book.schema().targets(field).map(|t| t.folder.as_str()).collect();
            let id = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
            match folders.as_slice() {
                [_] => text(&["string", "number", "null"], &format!("^{id}$")),
                several => text(&["string", "null"], &format!("^({})/{id}$", several.join("|"))),
            }
        }
        Kind::Email => text(&["string", "null"], r"^[^@\s]+@[^@\s]+$"),
        Kind::Url => text(&["string", "null"], r"^(https?://)?[^\s]+$"),
        _ => json!({ "type": ["string", "number", "boolean", "null"] }),
    }
}

fn merge(into: &mut Json, from: Json) {
    if let (Json::Object(into), Json::Object(from)) = (into, from) {
        into.extend(from);
    }
}
