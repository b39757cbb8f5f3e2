//! `kontor schema`: which types and fields there are.

use super::{DONE, Done};
use crate::cli::find::record_type;
use crate::cli::format::FormatArg;
use crate::cli::line::{Ink, Line};
use crate::cli::session::Session;
use crate::cli::table::{Cell, Column, write};
use crate::cli::{Failure, json, json_schema};
use crate::disk;
use crate::model::schema::Options;
use crate::model::{Book, FieldDef, FieldsRef, Kind, Scope, TypeDef};
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Say which types and fields there are
#[derive(Debug, Args)]
pub struct Schema {
    /// The type; without one, all types are listed
    #[arg(value_name = "TYPE")]
    type_name: Option<String>,
    /// Write JSON Schema files (draft 2020-12) for the YAML language servers of editors into DIR
    #[arg(long, value_name = "DIR")]
    json_schema: Option<PathBuf>,
    #[command(flatten)]
    format: FormatArg,
}

impl Schema {
    /// Says it.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let workspace = session.open()?;
        let book = workspace.book();
        let one = self.type_name.as_ref().map(|word| record_type(&book, word)).transpose()?;
        let types: Vec<&Arc<TypeDef>> =
            one.map_or_else(|| book.schema().types().iter().collect(), |ty| vec![ty]);
        if let Some(dir) = &self.json_schema {
            return save(session, &book, &types, dir);
        }
        if self.format.is_json() {
            match one {
                Some(ty) => session.out.json(&type_json(&book, ty))?,
                None => session.out.json(&types.iter().map(|ty| type_json(&book, ty)).collect::<Vec<_>>())?,
            }
            return Ok(DONE);
        }
        match one {
            Some(ty) => fields(session, &book, ty)?,
            None => list(session, &book, &types)?,
        }
        Ok(DONE)
    }
}

fn save(session: &mut Session<'_>, book: &Book, types: &[&Arc<TypeDef>], dir: &Path) -> Done {
    let dir = session.place(dir);
    for ty in types {
        let text = json::to_text(&json_schema::of(book, ty))? + "\n";
        disk::outside::save(&dir.join(format!("{}.schema.json", ty.name)), text.as_bytes())?;
    }
    let count = crate::tr_n!("{n} schema", "{n} schemas", types.len());
    session.out.say(crate::tr!("{schemas} in {dir}", schemas = count, dir = dir.display()))?;
    Ok(DONE)
}

fn list(session: &mut Session<'_>, book: &Book, types: &[&Arc<TypeDef>]) -> Result<(), Failure> {
    let columns = [
        Column::left(crate::tr!("type")),
        Column::left(crate::tr!("folder")),
        Column::aligned(crate::tr!("records"), true),
        Column::aligned(crate::tr!("fields"), true),
        Column::left(crate::tr!("also called")),
    ];
    let row = |ty: &&Arc<TypeDef>| {
        let aliases: Vec<_> = ty.aliases.iter().map(|a| a.as_str()).collect();
        vec![
            Cell::new(Ink::Bold, ty.name.as_str()),
            Cell::new(Ink::Plain, ty.folder.as_str()),
            Cell::new(Ink::Plain, book.of(&ty.folder).len().to_string()),
            Cell::new(Ink::Plain, ty.fields.len().to_string()),
            Cell::new(Ink::Dim, aliases.join(", ")),
        ]
    };
    let rows: Vec<_> = types.iter().map(row).collect();
    Ok(write(&mut session.out, &columns, &rows)?)
}

fn fields(session: &mut Session<'_>, book: &Book, ty: &TypeDef) -> Result<(), Failure> {
    let language = book.settings().language();
    let out = &mut session.out;
    if out.is_terminal() {
        let head = Line::new().ink(Ink::Bold, ty.label.get(language));
        let aliases: Vec<_> = ty.aliases.iter().map(|a| a.as_str()).collect();
        let also = if aliases.is_empty() { String::new() } else { format!("  ({})", aliases.join(", ")) };
        out.line(&head.ink(Ink::Dim, format!("  {}/<id>.yaml{also}", ty.folder)))?;
        out.say("")?;
    }
    let columns = [
        Column::left(crate::tr!("field")),
        Column::left(crate::tr!("kind")),
        Column::left(crate::tr!("label")),
        Column::left(crate::tr!("values")),
    ];
    let rows: Vec<_> = ty.fields.iter().flat_map(|field| rows(book, ty, field, "")).collect();
    Ok(write(&mut session.out, &columns, &rows)?)
}

/// A field's row, and for a list of lines a row for each part of a line.
fn rows(book: &Book, ty: &TypeDef, field: &FieldDef, prefix: &str) -> Vec<Vec<Cell>> {
    let name = format!("{prefix}{}", field.name);
    let needed = if field.required { Ink::Warn } else { Ink::Plain };
    let kind = if field.many { format!("{}, many", field.kind.name()) } else { field.kind.name().to_owned() };
    let own = vec![
        Cell::new(Ink::Bold, name.as_str()),
        Cell::new(needed, if field.required { format!("{kind}, required") } else { kind }),
        Cell::new(Ink::Plain, field.label.get(book.settings().language())),
        Cell::new(Ink::Dim, values(book, ty, field)),
    ];
    let parts = match &field.kind {
        Kind::Lines(fields) => fields.as_slice(),
        _ => &[],
    };
    let parts = parts.iter().flat_map(|part| rows(book, ty, part, &format!("{name}.<id>.")));
    std::iter::once(own).chain(parts).collect()
}

/// What the field may hold, in a few words.
fn values(book: &Book, ty: &TypeDef, field: &FieldDef) -> String {
    let mut said: Vec<String> = Vec::new();
    match &field.kind {
        Kind::Choice(options) => {
            let scope = Scope { book, ty, fields: FieldsRef::NONE };
            let words = crate::model::kinds::choices(&scope, field);
            said.push(words.iter().map(|c| c.value.as_str()).collect::<Vec<_>>().join(" | "));
            if let Options::From { link, lines } = options {
                said.push(format!("from {link}.{lines}"));
            }
        }
        Kind::Link(_) | Kind::Links(_) | Kind::User => {
            let types: Vec<_> = book.schema().targets(field).map(|t| t.name.as_str()).collect();
            said.push(format!("→ {}", types.join(" | ")));
        }
        _ => {}
    }
    said.extend(field.min.as_ref().map(|min| format!("at least {min}")));
    said.extend(field.max.as_ref().map(|max| format!("at most {max}")));
    said.extend(field.unit.as_ref().map(|unit| format!("in {unit}")));
    said.extend(field.unique.then(|| "unique".to_owned()));
    said.extend(field.readonly.then(|| "written by Kontor".to_owned()));
    said.extend(field.when.as_ref().map(|c| format!("when {c}")));
    said.extend(field.required_when.as_ref().map(|c| format!("required when {c}")));
    said.extend(field.help.as_ref().map(|help| help.get(book.settings().language()).to_owned()));
    said.retain(|text| !text.is_empty());
    said.join("; ")
}

fn type_json(book: &Book, ty: &TypeDef) -> serde_json::Value {
    let language = book.settings().language();
    json!({
        "type": ty.name.as_str(),
        "folder": ty.folder.as_str(),
        "label": ty.label.get(language),
        "aliases": ty.aliases.iter().map(|a| a.as_str()).collect::<Vec<_>>(),
        "fields": ty.fields.iter().map(|f| field_json(book, ty, f)).collect::<Vec<_>>(),
    })
}

fn field_json(book: &Book, ty: &TypeDef, field: &FieldDef) -> serde_json::Value {
    let mut told = json!({
        "name": field.name.as_str(),
        "kind": field.kind.name(),
        "many": field.is_list(),
        "label": field.label.get(book.settings().language()),
        "required": field.required,
    });
    let scope = Scope { book, ty, fields: FieldsRef::NONE };
    if matches!(field.kind, Kind::Choice(_)) {
        let words = crate::model::kinds::choices(&scope, field);
        told["options"] = words.iter().map(|c| c.value.as_str()).collect();
    }
    if field.is_link() {
        told["to"] = book.schema().targets(field).map(|t| t.name.as_str()).collect();
    }
    if let Kind::Lines(fields) = &field.kind {
        told["fields"] = fields.iter().map(|f| field_json(book, ty, f)).collect();
    }
    told
}
