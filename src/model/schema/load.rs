//! Loads the built-in types and a repository's own `schema/` files.

use super::compile::{Fault, compile};
use super::file::TypeFile;
use super::{FieldDef, Kind, Options, Schema, TypeDef};
use crate::base::RepoPath;
use crate::model::{Problem, near};
use crate::yaml::{self, Node, NodeKind};
use include_dir::{Dir, include_dir};
use smol_str::SmolStr;
use std::sync::Arc;

static BUILTIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/model/builtin");

/// The order in which built-in types are listed; types not named here follow.
const ORDER: [&str; 7] = ["account", "contact", "lead", "opportunity", "case", "activity", "product"];

impl Schema {
    /// The built-in types alone.
    pub fn builtin() -> Self {
        Self::load(&[]).0
    }

    /// The built-in types, extended by the texts of a repository's `schema/*.yaml`. A file that cannot be
    /// used is reported and left out; everything else goes on.
    pub fn load(extra: &[(RepoPath, String)]) -> (Self, Vec<Problem>) {
        let mut schema = Self::default();
        let mut problems = Vec::new();
        let mut files: Vec<_> = BUILTIN.files().collect();
        let rank = |name: &str| ORDER.iter().position(|o| *o == name).unwrap_or(ORDER.len());
        files.sort_by_key(|f| f.path().file_stem().map(|s| (rank(&s.to_string_lossy()), s.to_owned())));
        for file in files {
            let path = format!("schema/{}", file.path().display());
            if let (Ok(path), Some(text)) = (RepoPath::try_from(path.as_str()), file.contents_utf8()) {
                problems.extend(schema.add_file(&path, text).err());
            }
        }
        for (path, text) in extra {
            problems.extend(schema.add_file(path, text).err());
        }
        for (path, text) in extra {
            problems.extend(schema.unresolved(path, text));
        }
        (schema, problems)
    }

    fn add_file(&mut self, path: &RepoPath, text: &str) -> Result<(), Problem> {
        let root = yaml::parse(text).map_err(|e| Problem {
            suggestion: None,
            ..Problem::error(path.clone(), e.line, e.column, "syntax", e.kind.to_string())
        })?;
        let file: TypeFile = yaml::from_node(&root).map_err(|e| Problem {
            suggestion: e.suggestion,
            ..Problem::error(path.clone(), e.line.max(1), e.column.max(1), "schema", e.message)
        })?;
        let base = self.types.iter().find(|t| t.name == file.name).cloned();
        let ty = compile(file, base.as_deref()).map_err(|fault| placed(&root, path, fault))?;
        let taken = self.types.iter().find(|t| t.name != ty.name && t.folder == ty.folder);
        if let Some(other) = taken {
            let message = format!(
                "the folder '{}' belongs to {} already: choose another plural",
                ty.folder, other.name
            );
            return Err(placed(&root, path, Fault { at: vec!["plural".into()], message, suggestion: None }));
        }
        self.add(ty);
        Ok(())
    }

    /// Names in a user's schema file that lead nowhere; looked at when all files are in.
    fn unresolved(&self, path: &RepoPath, text: &str) -> Vec<Problem> {
        let Ok(root) = yaml::parse(text) else { return Vec::new() };
        let Ok(file) = yaml::from_node::<TypeFile>(&root) else { return Vec::new() };
        let Some(ty) = self.find(&file.name) else { return Vec::new() };
        let own = ty.fields.iter().filter(|f| file.fields.contains_key(&f.name));
        let fields = own.flat_map(|field| {
            let at: Vec<SmolStr> = vec!["fields".into(), field.name.clone()];
            let lines = field.lines().iter().map({
                let at = at.clone();
                move |inner| (inner, [&at[..], &["fields".into(), inner.name.clone()]].concat())
            });
            lines.chain([(field, at)]).collect::<Vec<_>>()
        });
        fields
            .flat_map(|(field, at)| self.faults(ty, field, at))
            .map(|fault| placed(&root, path, fault))
            .collect()
    }

    /// What of a field can only be judged when all types are known.
    fn faults(&self, ty: &TypeDef, field: &FieldDef, at: Vec<SmolStr>) -> Vec<Fault> {
        let below = |key: &str| [&at[..], &[key.into()]].concat();
        match &field.kind {
            Kind::Link(targets) | Kind::Links(targets) => {
                let unknown = targets.types().iter().filter(|t| self.types.iter().all(|ty| ty.name != **t));
                let fault = |target: &SmolStr| Fault {
                    at: below("to"),
                    message: format!("unknown type '{target}'"),
                    suggestion: near::nearest(target, self.types.iter().map(|t| t.name.as_str()))
                        .map(str::to_owned),
                };
                unknown.map(fault).collect()
            }
            Kind::Choice(Options::From { link, lines }) => {
                let Some(owner) = ty.field(link).filter(|f| f.is_link()) else {
                    let links = ty.fields.iter().filter(|f| f.is_link()).map(|f| f.name.as_str());
                    return vec![Fault {
                        at: below("options"),
                        message: format!("'{link}' is no link field of {}", ty.name),
                        suggestion: near::nearest(link, links).map(|near| format!("{near}.{lines}")),
                    }];
                };
                let has = |t: &Arc<TypeDef>| t.field(lines).is_some_and(|f| matches!(f.kind, Kind::Lines(_)));
                match self.targets(owner).next().is_none() || self.targets(owner).any(has) {
                    true => Vec::new(),
                    false => vec![Fault {
                        at: below("options"),
                        message: format!("'{lines}' is no lines field of what {link} points at"),
                        suggestion: None,
                    }],
                }
            }
            _ => Vec::new(),
        }
    }
}

/// The fault as a problem, at the deepest of its keys that is there.
fn placed(root: &Node, path: &RepoPath, fault: Fault) -> Problem {
    let mut node = root;
    let (mut line, mut column) = (root.line.max(1), root.column.max(1));
    for step in &fault.at {
        let NodeKind::Map(entries) = &node.kind else { break };
        let Some((key, value)) = entries.iter().find(|(k, _)| k.text == step.as_str()) else { break };
        (node, line, column) = (value, key.line, key.column);
    }
    Problem {
        suggestion: fault.suggestion,
        ..Problem::error(path.clone(), line, column, "schema", fault.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::schema::Search;

    fn load(text: &str) -> (Schema, Vec<String>) {
        let path = RepoPath::try_from("schema/boat.yaml").unwrap();
        let (schema, problems) = Schema::load(&[(path, text.to_owned())]);
        (schema, problems.iter().map(ToString::to_string).collect())
    }

    const BOAT: &str = "\
type: boat
plural: boats
id: \"{name}\"
title: name
subtitle: \"{length} m · {home_port}\"
list: [name, account, length, home_port, next_survey]
fields:
  name:        {kind: text, required: true, search: title}
  account:     {kind: link, to: account, label: Owner, backlink: Boats}
  length:      {kind: decimal, unit: m, min: 1}
  home_port:   {kind: choice, options: [Kiel, Hamburg, Rostock]}
  next_survey: {kind: date, help: \"Remind the owner six weeks before\"}
  skipper:     {kind: link, to: contact, when: \"length > 12\", personal: true}
";

    #[test]
    fn every_built_in_type_is_sound() {
        let (schema, problems) = Schema::load(&[]);
        assert_eq!(problems, []);
        let names: Vec<_> = schema.types().iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names[..5], ["account", "contact", "lead", "opportunity", "case"]);
        for name in [
            "product",
            "price_book",
            "quote",
            "order",
            "contract",
            "asset",
            "campaign",
            "segment",
            "article",
            "document",
            "template",
            "user",
            "team",
            "pipeline",
            "queue",
            "sla_policy",
            "rule",
            "view",
            "report",
        ] {
            assert!(names.contains(&name), "{name} is missing");
        }
        for ty in schema.types() {
            for field in &ty.fields {
                let count = schema.targets(field).count();
                let expect = match &field.kind {
                    Kind::Link(t) | Kind::Links(t) => t.types().len(),
                    Kind::User => 1,
                    _ => 0,
                };
                assert_eq!(count, expect, "{}.{} links to a type that is not there", ty.name, field.name);
            }
        }
    }

    #[test]
    fn a_type_is_found_by_any_word_for_it() {
        let schema = Schema::builtin();
        for (word, name) in [
            ("company", "account"),
            ("Companies", "account"),
            ("person", "contact"),
            ("deal", "opportunity"),
            ("ticket", "case"),
            ("opportunities", "opportunity"),
            ("price book", "price_book"),
            ("SLA-policy", "sla_policy"),
        ] {
            assert_eq!(schema.find(word).map(|t| t.name.as_str()), Some(name), "{word}");
        }
        assert_eq!(schema.nearest("oportunity"), Some("opportunity"));
    }

    #[test]
    fn a_new_type_is_there_at_once() {
        let (schema, problems) = load(BOAT);
        assert!(problems.is_empty(), "{problems:?}");
        let boat = schema.find("boats").unwrap();
        assert_eq!(boat.field("name").unwrap().search, Search::Title);
        assert_eq!(boat.field("next_survey").unwrap().label.get("en"), "Next survey");
        let account = schema.find("account").unwrap();
        assert!(schema.links_to(account).any(|(ty, field, _)| ty.name == "boat" && field.name == "account"));
    }

    #[test]
    fn a_link_inside_lines_is_a_link() {
        let schema = Schema::builtin();
        let product = schema.find("product").unwrap();
        let found: Vec<_> = schema
            .links_to(product)
            .filter(|(ty, ..)| ty.name == "quote")
            .map(|(_, field, link)| format!("{}.{}", field.name, link.name))
            .collect();
        assert_eq!(found, ["lines.product"]);
    }

    #[test]
    fn names_that_lead_nowhere_are_named() {
        let check = |field: &str, expect: &str| {
            let (schema, problems) = load(&format!("{BOAT}  extra: {field}\n"));
            assert_eq!(problems, [format!("schema/boat.yaml:{expect}")], "{field}");
            assert!(schema.find("account").is_some());
        };
        check(
            "{kind: date, stamp: {on: lenght}}",
            "14:23: 'lenght' is not a field of boat: did you mean 'length'?",
        );
        check(
            "{kind: date, stamp: {when: \"hme_port = Kiel\"}}",
            "14:23: 'hme_port' is not a field of boat: did you mean 'home_port'?",
        );
        check(
            "{kind: text, when: \"lngth > 2\"}",
            "14:23: 'lngth' is not a field of boat: did you mean 'length'?",
        );
        check(
            "{kind: text, required_when: \"acount set\"}",
            "14:23: 'acount' is not a field of boat: did you mean 'account'?",
        );
        check(
            "{kind: choice, options: {from: acount.stages}}",
            "14:25: 'acount' is no link field of boat: did you mean 'account.stages'?",
        );
        check(
            "{kind: choice, options: {from: account.stages}}",
            "14:25: 'stages' is no lines field of what account points at",
        );
        check(
            "{kind: lines, fields: {part: {kind: link, to: prodct}}}",
            "14:52: unknown type 'prodct': did you mean 'product'?",
        );
        check(
            "{kind: lines, fields: {n: {kind: text}, part: {kind: text, when: \"m set\"}}}",
            "14:69: 'm' is not a field of boat or its lines",
        );
    }

    #[test]
    fn a_field_is_added_to_a_built_in_type() {
        let (schema, problems) =
            load("type: account\nfields:\n  incoterms: {kind: choice, options: [EXW, NO]}\n");
        assert!(problems.is_empty(), "{problems:?}");
        let account = schema.find("account").unwrap();
        assert!(account.field("incoterms").is_some() && account.field("name").is_some());
        assert_eq!(account.folder.as_str(), "accounts");
    }

    #[test]
    fn a_broken_file_is_named_and_the_rest_goes_on() {
        let check = |from: &str, to: &str, expect: &str| {
            let (schema, problems) = load(&BOAT.replace(from, to));
            assert_eq!(problems, [expect], "{to}");
            assert!(schema.find("account").is_some());
        };
        check(
            "kind: decimal",
            "kind: decmal",
            "schema/boat.yaml:10:17: unknown kind 'decmal': did you mean 'decimal'?",
        );
        check(
            "label: Owner",
            "lable: Owner",
            "schema/boat.yaml:9:42: unknown key 'lable': did you mean 'label'?",
        );
        check(
            "to: contact",
            "to: contct",
            "schema/boat.yaml:13:29: unknown type 'contct': did you mean 'contact'?",
        );
        check(
            "title: name",
            "title: nmae",
            "schema/boat.yaml:4:1: 'nmae' is not a field of boat: did you mean 'name'?",
        );
        check(
            "plural: boats",
            "plural: accounts",
            "schema/boat.yaml:2:1: the folder 'accounts' belongs to account already: choose another plural",
        );
        check(
            "length > 12",
            "length",
            "schema/boat.yaml:13:42: 'length' is not a condition: write a field, one of = != < > <= >= ~ or in, and a value; or a field and set or unset",
        );
    }
}
