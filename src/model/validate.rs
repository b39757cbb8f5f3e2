//! Checks a record against the schema and the other records.

use super::kinds::check_value;
use super::locate::locate;
use super::near::nearest;
use super::resolve::Scope;
use super::schema::FieldDef;
use super::{Problem, Severity, Value};
use crate::base::{Ref, RepoPath};
use crate::yaml::Node;
use smol_str::SmolStr;

/// Something wrong in a record, placed by the steps that lead to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The field and the steps below it; empty for the record as a whole.
    pub at: Vec<SmolStr>,
    /// How much it matters.
    pub severity: Severity,
    /// A stable word for programs.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
    /// How many characters into the text there it begins.
    pub within: usize,
}

impl Finding {
    fn new(field: &str, severity: Severity, code: &'static str, message: String) -> Self {
        Self { at: vec![field.into()], severity, code, message, suggestion: None, within: 0 }
    }

    /// Something that cannot be used, at these steps.
    pub fn error(at: &[&str], code: &'static str, message: String) -> Self {
        let at = at.iter().map(SmolStr::new).collect();
        Self { at, severity: Severity::Error, code, message, suggestion: None, within: 0 }
    }

    /// The field it is about, if it is about one.
    pub fn field(&self) -> Option<&str> {
        self.at.first().map(SmolStr::as_str)
    }
}

/// Everything wrong with a record of these fields; `reference` is the record's own, so that it does not
/// collide with itself.
pub fn findings(scope: &Scope<'_>, reference: &Ref) -> Vec<Finding> {
    let mut found = Vec::new();
    for field in &scope.ty.fields {
        let value = scope.get(&field.name);
        let applies = field.when.as_ref().is_none_or(|c| c.holds(scope));
        if value.is_empty() {
            found.extend(missing(scope, field).filter(|_| applies));
            continue;
        }
        if !applies && let Some(condition) = &field.when {
            let message = format!("{} has a meaning only when {condition}", field.name);
            found.push(Finding::new(&field.name, Severity::Hint, "not-applicable", message));
        }
        for misread in check_value(scope, field, value) {
            let mut at = vec![field.name.clone()];
            at.extend(misread.at);
            let (code, message, suggestion) = (misread.code, misread.message, misread.suggestion);
            found.push(Finding { at, severity: Severity::Error, code, message, suggestion, within: 0 });
        }
        if field.unique {
            found.extend(taken(scope, &field.name, value, reference));
        }
    }
    found.extend(unknown_fields(scope));
    found
}

/// What a record of these fields lacks to be whole.
pub fn incomplete(scope: &Scope<'_>) -> Vec<Finding> {
    let empty = scope.ty.fields.iter().filter(|field| scope.get(&field.name).is_empty());
    let applies = |field: &&FieldDef| field.when.as_ref().is_none_or(|c| c.holds(scope));
    empty.filter(applies).filter_map(|field| missing(scope, field)).collect()
}

/// That a field that is empty must not be.
fn missing(scope: &Scope<'_>, field: &FieldDef) -> Option<Finding> {
    let condition = field.required_when.as_ref().filter(|_| !field.required);
    if !field.required && !condition?.holds(scope) {
        return None;
    }
    let why = condition.map(|c| format!(" when {c}")).unwrap_or_default();
    let message = format!("{} is required{why}", field.name);
    Some(Finding::new(&field.name, Severity::Error, "required", message))
}

fn taken(scope: &Scope<'_>, field: &str, value: &Value, reference: &Ref) -> Option<Finding> {
    let holders = |text| scope.book.holders(&reference.folder, field, text).iter();
    let texts = value.items().iter().map(Value::as_str);
    let (text, other) =
        texts.flat_map(|t| holders(t).map(move |id| (t, id))).find(|(_, id)| **id != reference.id)?;
    let message = format!("{field} '{text}' is taken by {}/{other}", reference.folder);
    Some(Finding::new(field, Severity::Error, "not-unique", message))
}

/// What a record of any type may say: when it came to be, where it was brought over from another system.
const ANYWHERE: [&str; 1] = ["created"];

const UNKNOWN_FIELD: &str = "unknown-field";

fn unknown_fields<'a>(scope: &'a Scope<'_>) -> impl Iterator<Item = Finding> + 'a {
    let unknown = scope
        .fields
        .iter()
        .filter(|(name, _)| scope.ty.field(name).is_none() && !ANYWHERE.contains(&name.as_str()));
    unknown.map(|(name, _)| {
        let message = format!("{} has no field '{name}'; it is kept as it is", scope.ty.name);
        let mut finding = Finding::new(name, Severity::Hint, UNKNOWN_FIELD, message);
        let names = || scope.ty.fields.iter().map(|f| f.name.as_str());
        let free = nearest(name, names().filter(|n| scope.get(n).is_empty()));
        finding.suggestion = free.or_else(|| nearest(name, names())).map(str::to_owned);
        finding
    })
}

/// Findings as problems of the file at `path`, each at its value's line and column.
pub fn placed(findings: Vec<Finding>, path: &RepoPath, root: &Node) -> Vec<Problem> {
    let place = |f: Finding| {
        // Here the key is what is wrong, not what stands behind it.
        let key = f.field().filter(|_| f.code == UNKNOWN_FIELD).and_then(|name| root.place_of_key(name));
        let (line, column) = key.unwrap_or_else(|| locate(root, &f.at, f.within));
        Problem {
            path: path.clone(),
            line,
            column,
            severity: f.severity,
            code: f.code,
            message: f.message,
            suggestion: f.suggestion,
        }
    };
    findings.into_iter().map(place).collect()
}
