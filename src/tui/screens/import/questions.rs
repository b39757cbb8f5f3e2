//! What is asked when one of the rows is opened, and what comes of the answer.

use super::items::Item;
use super::wish::Wish;
use super::words;
use super::work::{Outcome, Worked};
use crate::actions::{PickOption, Question};
use crate::base::{Currency, DateOrder, DecimalMark};
use crate::exchange::csv::{Delimiter, Encoding};
use crate::exchange::import::{Matched, Missing, Mode, Target};
use crate::model::schema::{Kind, Options, Schema};
use crate::tr;
use std::borrow::Cow;

/// The answers that mean the file or the custom is to decide.
const OPEN: &str = "";

/// Use another mapping, or save this one.
pub const GUESS: &str = "guess";
/// See [`GUESS`].
pub const LOAD: &str = "load";
/// See [`GUESS`].
pub const SAVE: &str = "save";

/// What fills a field is asked once the field is chosen.
pub const DEFAULT: &str = "default";

/// Encodings that are offered beside what the file itself says.
const ENCODINGS: [&str; 8] =
    ["utf-8", "windows-1252", "utf-16le", "utf-16be", "windows-1250", "windows-1251", "shift_jis", "gb18030"];

/// Delimiters, by name.
const DELIMITERS: [&str; 4] = ["comma", "semicolon", "tab", "pipe"];

/// What is asked about a row.
pub fn question(item: Item, outcome: &Outcome, language: &str) -> Option<Question> {
    let (wish, worked) = (&outcome.wish, outcome.worked.as_ref());
    let options = &wish.options;
    let (title, choices, current) = match item {
        Item::Type => {
            let current = worked.map(|worked| worked.ty.name.to_string());
            (tr!("What are the rows?"), types(outcome.book.schema(), language), current)
        }
        Item::Column(at) => return column(worked?, at, language),
        Item::Match => {
            let current = match &options.matched {
                Matched::Best => OPEN.to_owned(),
                Matched::Never => "none".to_owned(),
                Matched::By(fields) => fields.join(","),
            };
            (tr!("By what is a row known?"), matches(worked?, language), Some(current))
        }
        Item::Mode => {
            let current = ["both", "create", "update"][options.mode as usize];
            let choices = vec![
                choice("both", tr!("Make new records and change those that are there"), ""),
                choice("create", tr!("Only make new ones"), ""),
                choice("update", tr!("Only change those that are there"), ""),
            ];
            (tr!("What may be done?"), choices, Some(current.to_owned()))
        }
        Item::Links => {
            let current = ["usual", "create", "leave"][options.missing as usize];
            let choices = vec![
                choice("usual", tr!("As usual: make parents, managers and teams"), ""),
                choice("create", tr!("Make the record"), ""),
                choice("leave", tr!("Leave it empty, and say so"), ""),
            ];
            (tr!("Where a link leads nowhere"), choices, Some(current.to_owned()))
        }
        Item::Defaults => return Some(defaults(worked?, &options.defaults, language)),
        Item::Unmapped => {
            let choices = vec![
                choice("leave", tr!("Leave them out"), ""),
                choice("keep", tr!("Keep them as fields the schema does not know"), ""),
            ];
            let current = if wish.keep_unmapped { "keep" } else { "leave" };
            (tr!("Columns without a field"), choices, Some(current.to_owned()))
        }
        Item::Strict => {
            let choices = vec![
                choice("value", tr!("Take the row without the value, and say so"), ""),
                choice("row", tr!("Keep the whole row out"), ""),
            ];
            let current = if options.strict { "row" } else { "value" };
            (tr!("A value that cannot be taken"), choices, Some(current.to_owned()))
        }
        Item::Mapping => {
            let choices = vec![
                choice(GUESS, tr!("Tell it from the headers"), ""),
                choice(LOAD, tr!("Use one that was saved …"), ""),
                choice(SAVE, tr!("Save this one …"), ""),
            ];
            (tr!("Mapping"), choices, None)
        }
        Item::Encoding => {
            let names = ENCODINGS.iter().map(|name| choice(name, (*name).into(), ""));
            let told = choice(OPEN, tr!("As the file says"), "");
            (tr!("Encoding"), std::iter::once(told).chain(names).collect(), None)
        }
        Item::Delimiter => {
            let names = DELIMITERS.iter().map(|name| choice(name, (*name).into(), ""));
            let told = choice(OPEN, tr!("As the file says"), "");
            (tr!("What parts the cells?"), std::iter::once(told).chain(names).collect(), None)
        }
        Item::Quotes => {
            let choices = vec![
                choice("stop", tr!("Import nothing: the file is to be mended"), ""),
                choice("take", tr!("Take it with the rest of the file in it"), ""),
            ];
            let current = if options.open_quotes { "take" } else { "stop" };
            (tr!("A quoted cell that never ends"), choices, Some(current.to_owned()))
        }
        Item::Dates => {
            let orders = [("dmy", DateOrder::Dmy), ("mdy", DateOrder::Mdy)];
            let orders = orders.map(|(value, order)| choice(value, words::date_order(order), "3/4/2024"));
            let told = choice(OPEN, tr!("As the file says"), "");
            (tr!("How are dates written?"), std::iter::once(told).chain(orders).collect(), None)
        }
        Item::Decimals => {
            let marks = [("point", DecimalMark::Point), ("comma", DecimalMark::Comma)];
            let marks = marks.map(|(value, mark)| choice(value, words::decimal_mark(mark), ""));
            let told = choice(OPEN, tr!("As the file says"), "");
            (tr!("How are numbers written?"), std::iter::once(told).chain(marks).collect(), None)
        }
        Item::Currency => {
            return Some(Question::Text {
                title: tr!("Currency of amounts that name none").into_owned(),
                initial: options.currency.map_or_else(String::new, |currency| currency.code().to_owned()),
                hint: tr!("such as EUR or USD; nothing for the workspace's").into_owned(),
            });
        }
    };
    Some(Question::Pick { title: title.into_owned(), options: choices, current })
}

/// Takes an answer into the wish.
///
/// # Errors
/// When it cannot be taken, as a sentence.
pub fn answer(item: Item, answer: &str, outcome: &Outcome) -> Result<Wish, String> {
    let mut wish = outcome.wish.clone();
    let options = &mut wish.options;
    match item {
        Item::Type => wish.set_type(answer),
        Item::Column(at) => {
            let worked = outcome.worked.as_ref();
            let Some((worked, column)) = worked.and_then(|worked| Some((worked, worked.columns.get(at)?)))
            else {
                return Ok(wish);
            };
            let target = Target::read(answer, &worked.ty).map_err(|e| e.to_string())?;
            // The type is settled along with the first column.
            wish.type_name = Some(worked.ty.name.clone());
            wish.set_column(&column.header, &target, &worked.ty);
        }
        Item::Match => {
            options.matched = match answer {
                OPEN => Matched::Best,
                "none" => Matched::Never,
                fields => Matched::By(fields.split(',').map(Into::into).collect()),
            };
        }
        Item::Mode => {
            options.mode = match answer {
                "create" => Mode::Create,
                "update" => Mode::Update,
                _ => Mode::Both,
            };
        }
        Item::Links => {
            options.missing = match answer {
                "create" => Missing::Create,
                "leave" => Missing::Leave,
                _ => Missing::Usual,
            };
        }
        // Which field is answered first: see [`value`].
        Item::Defaults => {}
        Item::Unmapped => {
            wish.keep_unmapped = answer == "keep";
            wish.options.keep_words = wish.keep_unmapped;
        }
        Item::Strict => options.strict = answer == "row",
        Item::Mapping => wish.forget_mapping(),
        Item::Encoding => wish.encoding = given(answer, Encoding::named)?,
        Item::Delimiter => wish.delimiter = given(answer, str::parse::<Delimiter>)?,
        Item::Quotes => options.open_quotes = answer == "take",
        Item::Dates => {
            options.dates = match answer {
                "dmy" => Some(DateOrder::Dmy),
                "mdy" => Some(DateOrder::Mdy),
                _ => None,
            };
        }
        Item::Decimals => {
            options.decimals = match answer {
                "point" => Some(DecimalMark::Point),
                "comma" => Some(DecimalMark::Comma),
                _ => None,
            };
        }
        Item::Currency => {
            let code = answer.trim().to_uppercase();
            let unknown = || tr!("there is no currency '{code}': write one such as EUR or USD", code = code);
            let known = Currency::new(&code).ok().filter(Currency::is_known);
            options.currency = match code.as_str() {
                OPEN => None,
                _ => Some(known.ok_or_else(|| unknown().into_owned())?),
            };
        }
    }
    Ok(wish)
}

/// What is to fill a field that a row leaves empty: one of its words where it is a choice, else a text.
pub fn value(target: &Target, outcome: &Outcome, language: &str) -> Option<Question> {
    let ty = &outcome.worked.as_ref()?.ty;
    let current = outcome.wish.options.defaults.iter().find(|(filled, _)| filled == target);
    let current = current.map(|(_, text)| text.clone());
    let label = words::target(target, ty, language);
    let title = tr!("{field} where a row has none", field = label).into_owned();
    Some(match target.def(ty).map(|field| &field.kind) {
        Some(Kind::Choice(Options::Fixed(choices))) => {
            let words = choices.iter().map(|word| choice(&word.value, word.label.get(language).into(), ""));
            let nothing = choice(OPEN, tr!("Nothing"), "");
            Question::Pick { title, options: std::iter::once(nothing).chain(words).collect(), current }
        }
        _ => Question::Text {
            title,
            initial: current.unwrap_or_default(),
            hint: tr!("as the file would say it; nothing leaves it empty").into_owned(),
        },
    })
}

fn given<T, E: ToString>(answer: &str, read: impl Fn(&str) -> Result<T, E>) -> Result<Option<T>, String> {
    match answer {
        OPEN => Ok(None),
        text => read(text).map(Some).map_err(|e| e.to_string()),
    }
}

fn choice(value: &str, label: Cow<'_, str>, detail: &str) -> PickOption {
    PickOption { value: value.to_owned(), label: label.into_owned(), detail: detail.to_owned() }
}

fn types(schema: &Schema, language: &str) -> Vec<PickOption> {
    let all = schema.types().iter();
    all.map(|ty| choice(&ty.name, ty.plural_label.get(language).into(), &ty.name)).collect()
}

fn matches(worked: &Worked, language: &str) -> Vec<PickOption> {
    let filled = worked.columns.iter().filter_map(|column| match &column.target {
        Target::Field(field, _) => worked.ty.field(field),
        _ => None,
    });
    let mut own = vec![
        choice(OPEN, tr!("The surest the file has"), ""),
        choice("none", tr!("Nothing: every row is a new record"), ""),
    ];
    for field in filled.filter(|f| !f.is_link() && !matches!(f.kind, Kind::Longtext | Kind::Boolean)) {
        if own.iter().all(|known| known.value != field.name) {
            own.push(choice(&field.name, field.label.get(language).into(), &field.name));
        }
    }
    own
}

/// Which field is to be filled.
fn defaults(worked: &Worked, told: &[(Target, String)], language: &str) -> Question {
    let options = Target::all(&worked.ty).into_iter().map(|target| {
        let filled = told.iter().find(|(other, _)| *other == target).map(|(_, text)| text.as_str());
        choice(
            &target.to_string(),
            words::target(&target, &worked.ty, language).into(),
            filled.unwrap_or_default(),
        )
    });
    let title = tr!("Fill what, where a row leaves it empty?").into_owned();
    Question::Pick { title, options: options.collect(), current: None }
}

/// Where a column can go: nowhere, beside the schema, or into any field.
fn column(worked: &Worked, at: usize, language: &str) -> Option<Question> {
    let column = worked.columns.get(at)?;
    let kept = Target::read(&format!("+{}", column.header), &worked.ty).unwrap_or_default().to_string();
    let mut options = vec![
        choice("", tr!("Leave it out"), ""),
        choice(&kept, tr!("Keep it beside the schema's fields"), &kept),
    ];
    let mut targets = Target::all(&worked.ty);
    if column.target != Target::Out && !targets.contains(&column.target) {
        targets.insert(0, column.target.clone());
    }
    options.extend(targets.iter().filter(|target| target.to_string() != kept).map(|target| {
        let spelled = target.to_string();
        choice(&spelled, words::target(target, &worked.ty, language).into(), &spelled)
    }));
    let title = tr!("What does '{header}' fill?", header = column.header).into_owned();
    Some(Question::Pick { title, options, current: Some(column.target.to_string()) })
}
