//! A record's life: its files from the first to the last, the last being the one there is.

use chrono::{DateTime, TimeDelta, Utc};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::past::{Earlier, Past, Turn};
use crate::base::{Ref, RepoPath};
use crate::model::Value;
use crate::model::kinds::data_of;
use crate::model::resolve::link_targets;
use crate::model::schema::{Kind, Schema, TypeDef};
use crate::yaml::{Document, Node, Path};

/// The file as it was from one moment to the next.
#[derive(Clone, Debug)]
pub struct State {
    /// Since when.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: SmolStr,
    /// By which action.
    pub action: &'static str,
    /// What it held.
    pub text: String,
}

/// A record's life.
#[derive(Clone, Debug)]
pub struct Life {
    /// Which record.
    pub reference: Ref,
    /// Its file.
    pub path: RepoPath,
    /// Its states, oldest first, never none. The first is its creation.
    pub states: Vec<State>,
}

impl Life {
    /// Lives the past backwards from the file as it is. Changes that the file does not allow are left out.
    pub fn new(reference: Ref, path: RepoPath, text: String, ty: &TypeDef, past: Past) -> Life {
        let mut states = Vec::new();
        let birth = |text: String| State { at: past.born, by: past.by.clone(), action: "new", text };
        let Ok(mut document) = Document::parse(text.clone()) else {
            return Life { reference, path, states: vec![birth(text)] };
        };
        for Turn { at, by, action, fields } in past.turns {
            let after = document.clone();
            for (name, earlier) in &fields {
                turn_back(&mut document, ty, name, earlier);
            }
            if document.text() != after.text() {
                states.push(State { at, by, action, text: after.into_text() });
            }
        }
        states.push(birth(document.into_text()));
        states.reverse();
        Life { reference, path, states }
    }

    /// When it was created.
    pub fn born(&self) -> DateTime<Utc> {
        self.states[0].at
    }

    /// Every link of every state: since when, by which field, to what.
    pub fn links<'a>(
        &'a self,
        schema: &'a Schema,
    ) -> impl Iterator<Item = (DateTime<Utc>, SmolStr, Ref)> + 'a {
        let ty = schema.in_folder(&self.reference.folder);
        self.states.iter().flat_map(move |state| {
            let root = crate::yaml::parse(&state.text).ok();
            let found = ty.zip(root).map(|(ty, root)| links_of(schema, ty, &root)).unwrap_or_default();
            found.into_iter().map(|(field, target)| (state.at, field, target))
        })
    }

    /// Leaves a field out until a moment, at which it is filled in.
    pub fn defer(&mut self, field: &str, until: DateTime<Utc>) {
        let place = Path::root().key(field);
        let Some(last) = self.states.iter().rposition(|state| state.at < until) else { return };
        let filled = self.states[last].clone();
        let mut removed = false;
        for state in &mut self.states[..=last] {
            if let Ok(mut document) = Document::parse(state.text.clone())
                && document.get(&place).is_some()
                && document.remove(&place).is_ok()
            {
                state.text = document.into_text();
                removed = true;
            }
        }
        if removed && filled.text != self.states[last].text {
            let at = until + TimeDelta::minutes(2);
            self.states.insert(last + 1, State { at, action: "set", ..filled });
            // What follows comes later.
            for next in last + 2..self.states.len() {
                self.states[next].at = self.states[next].at.max(at);
            }
        }
        self.states.dedup_by(|later, earlier| later.text == earlier.text);
    }
}

fn turn_back(document: &mut Document, ty: &TypeDef, name: &str, earlier: &Earlier) {
    let order: Vec<&str> = ty.fields.iter().map(|field| field.name.as_str()).collect();
    let place = Path::root().key(name);
    let held = match earlier {
        Earlier::Absent => None,
        Earlier::Held(value) => Some(value.clone()),
        Earlier::Shorter => document.get(&place).and_then(|node| shorter(&Value::from(node))),
    };
    let data = held.map(|value| data_of(ty.field(name), &value));
    // A file may be written in a way that can't be edited; then this has not changed.
    let _ = match data {
        Some(data) => document.set_in_order(&place, &data, &order),
        None if document.get(&place).is_some() => document.remove(&place),
        None => Ok(()),
    };
}

/// The value without its last part; none if there is no other.
fn shorter(value: &Value) -> Option<Value> {
    match value {
        Value::List(items) if items.len() > 1 => Some(Value::List(items[..items.len() - 1].into())),
        Value::Text(text) => {
            let body = text.trim_end();
            let end = text.len() - body.len();
            let cut = ["\n\n", "\n", ". "].iter().find_map(|sign| body.rfind(sign).map(|at| (at, *sign)));
            let (at, sign) = cut?;
            let kept = if sign == ". " { &body[..=at] } else { &body[..at] };
            Some(Value::text(format!("{}{}", kept.trim_end(), &text[text.len() - end..])))
        }
        _ => None,
    }
}

/// The links of a file, by field.
pub fn links_of(schema: &Schema, ty: &TypeDef, root: &Node) -> Vec<(SmolStr, Ref)> {
    let mut found = Vec::new();
    for def in &ty.fields {
        let Some(value) = root.get(&def.name).map(Value::from) else { continue };
        match &def.kind {
            Kind::Lines(parts) => {
                let pairs = value.items().iter().flat_map(|line| parts.iter().map(move |part| (line, part)));
                for (line, part) in pairs.filter(|(_, part)| part.is_link()) {
                    let targets = link_targets(schema, part, line.get(&part.name));
                    found.extend(targets.into_iter().map(|target| (def.name.clone(), target)));
                }
            }
            _ if def.is_link() => {
                let targets = link_targets(schema, def, &value);
                found.extend(targets.into_iter().map(|target| (def.name.clone(), target)));
            }
            _ => {}
        }
    }
    found
}

/// Lives by their record.
pub type Lives = FxHashMap<Ref, Life>;
