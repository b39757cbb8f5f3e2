//! Turns a schema file into a type definition, checking what the file says.

use super::file::{FieldFile, FromFile, FullOption, NoMap, Shape, StampFile, TypeFile};
use super::{
    Choice, DefaultValue, FieldDef, Group, Kind, Label, Layout, Options, Search, Stamp, Targets, Template,
    Tone, TypeDef,
};
use crate::base::Folder;
use crate::model::Condition;
use indexmap::IndexMap;
use smol_str::SmolStr;

/// What is wrong with a schema file, and the key it is about.
#[derive(Debug)]
pub struct Fault {
    /// Keys from the root to the culprit: `fields`, `stage`, `kind`.
    pub at: Vec<SmolStr>,
    pub message: String,
    pub suggestion: Option<String>,
}

impl Fault {
    fn new(at: &[&str], message: impl Into<String>) -> Self {
        Self { at: at.iter().map(SmolStr::new).collect(), message: message.into(), suggestion: None }
    }

    fn inside(mut self, outer: &[&str]) -> Self {
        self.at.splice(0..0, outer.iter().map(SmolStr::new));
        self
    }
}

type Result<T> = std::result::Result<T, Fault>;

/// Makes a new type, or `base` with what `file` adds to it.
pub fn compile(file: TypeFile, base: Option<&TypeDef>) -> Result<TypeDef> {
    let mut ty = match base {
        Some(base) => base.clone(),
        None => blank(&file)?,
    };
    ty.aliases.extend(file.aliases);
    replace(&mut ty.label, file.label);
    replace(&mut ty.plural_label, file.plural_label);
    replace(&mut ty.setting, file.setting);
    replace(&mut ty.layout, file.layout);
    replace(&mut ty.list, file.list);
    replace(&mut ty.id, template("id", file.id)?);
    replace(&mut ty.title, template("title", file.title)?);
    ty.subtitle = template("subtitle", file.subtitle)?.or(ty.subtitle);
    ty.month_by = file.month_by.or(ty.month_by);
    ty.date = file.date.or(ty.date);
    for (name, group) in file.groups {
        let label = group.label.unwrap_or_else(|| Label::from_name(&name));
        match ty.groups.iter_mut().find(|g| g.name == name) {
            Some(known) => known.label = label,
            None => ty.groups.push(Group { name, label }),
        }
    }
    for field in fields(file.fields)? {
        match ty.fields.iter_mut().find(|f| f.name == field.name) {
            Some(known) => *known = field,
            None => ty.fields.push(field),
        }
    }
    check_names(&ty)?;
    Ok(ty)
}

fn replace<T>(slot: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *slot = new;
    }
}

fn template(key: &str, text: Option<SmolStr>) -> Result<Option<Template>> {
    text.map(|t| Template::parse(&t)).transpose().map_err(|message| Fault::new(&[key], message))
}

fn blank(file: &TypeFile) -> Result<TypeDef> {
    let plural = file.plural.clone().unwrap_or_else(|| format!("{}s", file.name).into());
    let folder = Folder::try_from(plural.as_str()).map_err(|e| Fault::new(&["plural"], e.to_string()))?;
    let title = file.title.clone().or_else(|| file.fields.keys().next().cloned());
    let title = title.ok_or_else(|| Fault::new(&["fields"], "a new type needs at least one field"))?;
    let title = Template::parse(&title).map_err(|message| Fault::new(&["title"], message))?;
    Ok(TypeDef {
        name: file.name.clone(),
        label: Label::from_name(&file.name),
        plural_label: Label::from_name(folder.as_str()),
        folder,
        aliases: Vec::new(),
        setting: false,
        id: title.clone(),
        list: file.fields.keys().take(5).cloned().collect(),
        title,
        subtitle: None,
        layout: Layout::Flat,
        month_by: None,
        date: None,
        groups: Vec::new(),
        fields: Vec::new(),
    })
}

fn fields(files: IndexMap<SmolStr, FieldFile>) -> Result<Vec<FieldDef>> {
    files
        .into_iter()
        .map(|(name, file)| {
            let at = name.clone();
            field(name, file).map_err(|fault| fault.inside(&["fields", &at]))
        })
        .collect()
}

fn field(name: SmolStr, file: FieldFile) -> Result<FieldDef> {
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        return Err(Fault::new(&[], format!("'{name}' is not a field name: use a-z, 0-9 and _")));
    }
    let condition = |key: &str, text: Option<SmolStr>| {
        text.map(|t| t.parse::<Condition>()).transpose().map_err(|e| Fault::new(&[key], e.to_string()))
    };
    let kind = kind(&file.kind, file.options, file.to, file.fields)?;
    let search = file.search.unwrap_or(match kind {
        Kind::Text | Kind::Longtext | Kind::Tags | Kind::Address | Kind::Lines(_) => Search::Text,
        Kind::Email | Kind::Phone | Kind::Url => Search::Id,
        _ => Search::None,
    });
    let stamp = match file.stamp {
        None => None,
        Some(StampFile { on: Some(field), when: None, at: None }) => Some(Stamp::On(field)),
        Some(StampFile { on: None, when: Some(text), at }) => {
            condition("stamp", Some(text))?.map(|condition| Stamp::When { condition, at })
        }
        Some(_) => return Err(Fault::new(&["stamp"], "a stamp takes either on:, or when: and perhaps at:")),
    };
    Ok(FieldDef {
        label: file.label.unwrap_or_else(|| Label::from_name(&name)),
        many: file.many,
        help: file.help,
        group: file.group,
        required: file.required,
        required_when: condition("required_when", file.required_when)?,
        when: condition("when", file.when)?,
        unique: file.unique,
        readonly: file.readonly,
        default: file.default.map(default).transpose()?,
        backlink: file.backlink,
        unit: file.unit,
        min: file.min,
        max: file.max,
        personal: file.personal,
        search,
        stamp,
        kind,
        name,
    })
}

fn default(file: Shape<SmolStr, NoMap>) -> Result<DefaultValue> {
    Ok(match file {
        Shape::Text(word) => match word.as_str() {
            "today" => DefaultValue::Today,
            "now" => DefaultValue::Now,
            "me" => DefaultValue::Me,
            _ => DefaultValue::Text(word),
        },
        Shape::List(words) => DefaultValue::List(words),
        Shape::Map(_) => return Err(Fault::new(&["default"], "a default is a word or a list of words")),
    })
}

fn kind(
    word: &str,
    options_file: Option<OptionsFile>,
    to: Option<Shape<SmolStr, NoMap>>,
    line_fields: IndexMap<SmolStr, FieldFile>,
) -> Result<Kind> {
    let targets = || match to {
        Some(Shape::Text(one)) => Ok(Targets(vec![one])),
        Some(Shape::List(many)) if !many.is_empty() => Ok(Targets(many)),
        _ => Err(Fault::new(&["kind"], "a link needs to: with the type it points at")),
    };
    Ok(match word {
        "text" => Kind::Text,
        "longtext" => Kind::Longtext,
        "integer" => Kind::Integer,
        "decimal" => Kind::Decimal,
        "percent" => Kind::Percent,
        "money" => Kind::Money,
        "boolean" => Kind::Boolean,
        "date" => Kind::Date,
        "datetime" => Kind::Datetime,
        "duration" => Kind::Duration,
        "tags" => Kind::Tags,
        "user" => Kind::User,
        "email" => Kind::Email,
        "phone" => Kind::Phone,
        "url" => Kind::Url,
        "address" => Kind::Address,
        "link" => Kind::Link(targets()?),
        "links" => Kind::Links(targets()?),
        "lines" => Kind::Lines(fields(line_fields)?),
        "choice" => match options_file {
            Some(file) => Kind::Choice(options(file)?),
            None => return Err(Fault::new(&["kind"], "a choice needs options:")),
        },
        _ => {
            let mut fault = Fault::new(&["kind"], format!("unknown kind '{word}'"));
            fault.suggestion = crate::model::near::nearest(word, Kind::NAMES).map(str::to_owned);
            if fault.suggestion.is_none() {
                fault.message.push_str(&format!(" (known: {})", Kind::NAMES.join(", ")));
            }
            return Err(fault);
        }
    })
}

type OptionsFile = Shape<Shape<SmolStr, FullOption>, FromFile>;

fn options(file: OptionsFile) -> Result<Options> {
    match file {
        Shape::Map(FromFile { from }) => match from.split_once('.') {
            Some((link, lines)) => Ok(Options::From { link: link.into(), lines: lines.into() }),
            None => Err(Fault::new(
                &["options"],
                "from: takes a link field and a lines field, such as pipeline.stages",
            )),
        },
        Shape::List(list) => list.into_iter().map(choice).collect::<Result<_>>().map(Options::Fixed),
        Shape::Text(_) => Err(Fault::new(&["options"], "options are a list of words")),
    }
}

fn choice(option: Shape<SmolStr, FullOption>) -> Result<Choice> {
    match option {
        Shape::Text(value) => {
            Ok(Choice { label: Label::from_name(&value), value, tone: Tone::default(), closed: false })
        }
        Shape::Map(full) => Ok(Choice {
            label: full.label.unwrap_or_else(|| Label::from_name(&full.value)),
            value: full.value,
            tone: full.tone.unwrap_or_default(),
            closed: full.closed,
        }),
        Shape::List(_) => Err(Fault::new(&["options"], "an option is a word, or a map with a value")),
    }
}

/// Every name a type mentions must be one of its fields.
fn check_names(ty: &TypeDef) -> Result<()> {
    let known = |name: &str| {
        let first = name.split('.').next().unwrap_or(name);
        ty.field(first).is_some() || matches!(first, "date" | "rand" | "id")
    };
    let unknown = |at: &[&str], name: &str| {
        let mut fault = Fault::new(at, format!("'{name}' is not a field of {}", ty.name));
        fault.suggestion =
            crate::model::near::nearest(name, ty.fields.iter().map(|f| f.name.as_str())).map(str::to_owned);
        fault
    };
    let templates = [("id", Some(&ty.id)), ("title", Some(&ty.title)), ("subtitle", ty.subtitle.as_ref())];
    for (key, template) in templates {
        for name in template.into_iter().flat_map(Template::fields) {
            if !known(name) {
                return Err(unknown(&[key], name));
            }
        }
    }
    if let Some(name) = ty.list.iter().find(|name| !known(name)) {
        return Err(unknown(&["list"], name));
    }
    for (key, name) in [("month_by", &ty.month_by), ("date", &ty.date)] {
        if let Some(name) = name.as_ref().filter(|n| ty.field(n).is_none()) {
            return Err(unknown(&[key], name));
        }
    }
    for field in &ty.fields {
        if let Some(group) = field.group.as_ref().filter(|g| !ty.groups.iter().any(|known| known.name == **g))
        {
            let message = format!("group '{group}' is not among the type's groups");
            return Err(Fault::new(&["fields", &field.name, "group"], message));
        }
        check_rules(ty, field, &[]).map_err(|fault| fault.inside(&["fields", &field.name]))?;
        for inner in field.lines() {
            check_rules(ty, inner, field.lines())
                .map_err(|fault| fault.inside(&["fields", &field.name, "fields", &inner.name]))?;
        }
    }
    Ok(())
}

/// The fields that a field's conditions and stamp look at must be there. Inside lines these are the line's own
/// fields, and the record's.
fn check_rules(ty: &TypeDef, field: &FieldDef, line: &[FieldDef]) -> Result<()> {
    let known = |name: &&str| ty.field(name).is_some() || line.iter().any(|f| f.name == **name);
    let check = |key: &str, mut names: Box<dyn Iterator<Item = &str> + '_>| match names.find(|n| !known(n)) {
        None => Ok(()),
        Some(name) => {
            let lines = if line.is_empty() { "" } else { " or its lines" };
            let mut fault = Fault::new(&[key], format!("'{name}' is not a field of {}{lines}", ty.name));
            let all = ty.fields.iter().chain(line).map(|f| f.name.as_str());
            fault.suggestion = crate::model::near::nearest(name, all).map(str::to_owned);
            Err(fault)
        }
    };
    for (key, condition) in [("when", &field.when), ("required_when", &field.required_when)] {
        if let Some(condition) = condition {
            check(key, Box::new(condition.fields()))?;
        }
    }
    match &field.stamp {
        Some(Stamp::On(other)) => check("stamp", Box::new(std::iter::once(other.as_str()))),
        Some(Stamp::When { condition, at }) => {
            check("stamp", Box::new(condition.fields().chain(at.as_deref())))
        }
        None => Ok(()),
    }
}
