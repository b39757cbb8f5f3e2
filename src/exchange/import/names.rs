//! What other programs call things, out of `names.yaml`.

use super::fold::{is_same, words};
use super::target::Target;
use crate::yaml;
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    ignored: Vec<String>,
    nothing: Vec<String>,
    /// What words behind a header multiply its numbers by.
    pub scales: BTreeMap<String, u32>,
    undecided: Vec<String>,
    asides: Vec<String>,
    currency: Vec<String>,
    deleted: Vec<String>,
    types: BTreeMap<String, TypeNames>,
    values: BTreeMap<String, BTreeMap<SmolStr, Vec<String>>>,
    /// The usual stages of deals, in order.
    pub stages: Vec<StageWords>,
    /// Files known as a whole.
    pub shapes: Vec<Shape>,
}

/// What is known about the files of one type.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeNames {
    /// The fields by which a row is known to be a record that is there, the best first.
    #[serde(rename = "match", default)]
    pub matched_by: Vec<String>,
    /// The links for which records are made where there are none.
    #[serde(default)]
    pub create: Vec<SmolStr>,
    /// What a record without a name is called after.
    #[serde(default)]
    pub called_after: Vec<String>,
    /// The field that says when a record's matter began, which is when it came to be.
    #[serde(default)]
    pub began: Option<SmolStr>,
    /// The fields that say when a finished record was finished, the surest first.
    #[serde(default)]
    pub ended: Vec<SmolStr>,
    /// The fields that several columns fill together: in each row the first that says something.
    #[serde(default)]
    together: Vec<SmolStr>,
    fields: BTreeMap<String, Vec<String>>,
}

/// Words for one of the usual stages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageWords {
    /// `open`, `won` or `lost`.
    pub kind: SmolStr,
    words: Vec<String>,
}

/// A file known by its headers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// The type of its records.
    #[serde(rename = "type")]
    pub type_name: SmolStr,
    headers: Vec<String>,
    columns: BTreeMap<String, String>,
    /// Where that is known from.
    pub why: String,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| read().unwrap_or_default());
static NO_NAMES: LazyLock<TypeNames> = LazyLock::new(TypeNames::default);

fn read() -> Option<Names> {
    yaml::from_node(&yaml::parse(include_str!("names.yaml")).ok()?).ok()
}

impl Names {
    /// The names that come with the program.
    pub fn get() -> &'static Self {
        &NAMES
    }

    /// What is known about a type.
    pub fn of(&self, type_name: &str) -> &TypeNames {
        self.types.get(type_name).unwrap_or(&NO_NAMES)
    }

    /// Whether a column of that header says nothing about a record.
    pub fn is_ignored(&self, header: &str) -> bool {
        let said = header.trim().to_lowercase();
        self.ignored.contains(&said) || self.ignored.contains(&words(header))
    }

    /// The target that a header of these words has in every type, as mappings spell it.
    pub fn everywhere(&self, said: &str) -> Option<&str> {
        let all = [(&self.currency, "currency"), (&self.deleted, "deleted")];
        all.into_iter()
            .find(|(headers, _)| headers.iter().any(|h| is_same(h, said)))
            .map(|(_, target)| target)
    }

    /// Whether words in brackets behind a header say nothing.
    pub fn is_aside(&self, text: &str) -> bool {
        self.asides.contains(&words(text))
    }

    /// Whether a cell's text stands for nothing.
    pub fn is_nothing(&self, text: &str) -> bool {
        self.nothing.iter().any(|word| word.eq_ignore_ascii_case(text))
    }

    /// The word of the field's own that another program's word stands for.
    pub fn value(&self, type_name: &str, field: &str, text: &str) -> Option<&SmolStr> {
        let said = words(text);
        let own = self.values.get(&format!("{type_name}.{field}")).or_else(|| self.values.get(field))?;
        own.iter().find(|(_, others)| others.iter().any(|other| is_same(other, &said))).map(|(word, _)| word)
    }

    /// Where a stage of that name usually stands, and what it means.
    pub fn stage(&self, name: &str) -> Option<(usize, &StageWords)> {
        let said = words(name);
        self.stages.iter().enumerate().find(|(_, stage)| stage.words.iter().any(|word| is_same(word, &said)))
    }

    /// The kind of stage (`open`, `won` or `lost`) that a word of a status beside the stage stands for.
    pub fn outcome(&self, text: &str) -> Option<SmolStr> {
        let said = words(text);
        match self.stage(text) {
            _ if self.undecided.iter().any(|word| is_same(word, &said)) => Some(SmolStr::new_static("open")),
            Some((_, stage)) if stage.kind != "open" => Some(stage.kind.clone()),
            _ => None,
        }
    }

    /// The known file with these headers.
    pub fn shape(&self, type_name: &str, headers: &[String]) -> Option<&Shape> {
        let same = |shape: &&Shape| shape.type_name == type_name && shape.headers == headers;
        self.shapes.iter().find(same)
    }
}

impl TypeNames {
    /// The target usually meant by a header of these words, as mappings spell it.
    pub fn target(&self, said: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(_, headers)| headers.iter().any(|h| is_same(h, said)))
            .map(|(target, _)| target.as_str())
    }

    /// How far down a header of these words stands among those of its field: the first is the likeliest.
    pub fn place(&self, said: &str) -> Option<usize> {
        self.fields.values().find_map(|headers| headers.iter().position(|h| is_same(h, said)))
    }

    /// Whether several columns fill that target together.
    pub fn is_together(&self, target: &Target) -> bool {
        matches!(target, Target::Field(field, _) if self.together.contains(field))
    }

    /// Every header that is known, and the target it is usually for.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .flat_map(|(target, headers)| headers.iter().map(move |h| (h.as_str(), target.as_str())))
    }
}

impl Shape {
    /// What is known of a column, as mappings spell it.
    pub fn column(&self, header: &str) -> Option<&str> {
        self.columns.get(header).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Schema};

    #[test]
    fn every_name_means_something_and_no_header_two_things() {
        let names = read().expect("names.yaml reads");
        let schema = Schema::builtin();
        assert!(names.types.len() >= 8);
        for (type_name, known) in &names.types {
            let ty = schema.find(type_name).unwrap_or_else(|| panic!("no type {type_name}"));
            let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
            for (target, headers) in &known.fields {
                Target::read(target, ty).unwrap_or_else(|e| panic!("{type_name}: {e}"));
                for header in headers {
                    assert!(
                        header == "#" || header.contains('%') || words(header) == *header,
                        "{type_name}: {header}"
                    );
                    if let Some(other) = seen.insert(header, target) {
                        panic!("{type_name}: '{header}' is {other} and {target}");
                    }
                }
            }
            for field in &known.matched_by {
                assert!(ty.field(field).is_some(), "{type_name}.match: {field}");
            }
            for field in &known.create {
                assert!(ty.field(field).is_some_and(|f| f.is_link()), "{type_name}.create: {field}");
            }
            for field in known.ended.iter().chain(&known.together).chain(&known.began) {
                assert!(ty.field(field).is_some(), "{type_name}: {field}");
            }
            for field in &known.called_after {
                Target::read(field, ty).unwrap_or_else(|e| panic!("{type_name}: {e}"));
            }
        }
    }

    #[test]
    fn every_word_stands_for_a_choice_that_is_there() {
        let (names, schema) = (read().unwrap(), Schema::builtin());
        for (place, own) in &names.values {
            let (types, field): (Vec<_>, &str) = match place.split_once('.') {
                Some((ty, field)) => (schema.find(ty).into_iter().collect(), field),
                None => (schema.types().iter().collect(), place),
            };
            let mut held = 0;
            for ty in types {
                match ty.field(field).map(|f| &f.kind) {
                    Some(Kind::Choice(crate::model::schema::Options::Fixed(choices))) => {
                        for word in own.keys() {
                            assert!(
                                choices.iter().any(|c| c.value == *word),
                                "{place}: {} lacks {word}",
                                ty.name
                            );
                        }
                        held += 1;
                    }
                    Some(Kind::Boolean) => held += 1,
                    _ => {}
                }
            }
            assert!(held > 0, "{place} is no choice of any type");
            for word in own.values().flatten() {
                assert_eq!(&words(word), word, "{place}");
            }
        }
    }

    #[test]
    fn stages_are_known_by_their_usual_names() {
        let names = Names::get();
        let at = |name: &str| names.stage(name).map(|(at, stage)| (at, stage.kind.as_str()));
        assert!(at("Prospecting") < at("Engaging") && at("Proposal/Price Quote") < at("Negotiation/Review"));
        assert_eq!(at("Closed Won").map(|s| s.1), Some("won"));
        assert_eq!(at("closedlost").map(|s| s.1), Some("lost"));
        assert_eq!(at("Sprechstunde"), None);
        for (word, expect) in [
            ("Open", Some("open")),
            ("Won", Some("won")),
            ("Closed Lost", Some("lost")),
            ("Negotiation", None),
        ] {
            assert_eq!(names.outcome(word).as_deref(), expect, "{word}");
        }
    }
}
