//! What a query was understood to say, in plain words: one line for each condition.

use super::ground::Ground;
use super::stretch::{Edge, Window};
use super::syntax::{Operator, Term, Word};
use super::test::{Bounds, Measure, Test};
use super::value::{About, Asked};
use crate::base::show as say;
use crate::base::{Money, Span};
use crate::model::kinds::{show_text, title_of_ref};
use crate::model::resolve::link_target;
use crate::model::schema::Label;
use crate::model::{Book, FieldDef, FieldsRef, Kind, Scope, TypeDef};
use crate::{tr, tr_n};
use rust_decimal::Decimal;
use smol_str::SmolStr;
use std::sync::Arc;

/// A condition in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// All of these.
    All(Vec<Said>),
    /// One of these.
    Any(Vec<Said>),
    /// Not this.
    Not(Box<Said>),
    /// One condition.
    Line(String),
}

impl Default for Said {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

impl Said {
    /// All of these; what is in brackets of its own is no different from the rest.
    pub(super) fn all(parts: Vec<Self>) -> Self {
        let flat = parts.into_iter().flat_map(|part| match part {
            Self::All(parts) => parts,
            other => vec![other],
        });
        Self::All(flat.collect())
    }

    /// A word looked for anywhere.
    pub(super) fn word(word: &Word) -> Self {
        Self::Line(tr!("anywhere: \"{word}\"", word = word.text).into_owned())
    }

    /// Records of these types.
    pub(super) fn types(types: &[&Arc<TypeDef>], negated: bool, ground: &Ground<'_>) -> Self {
        let language = ground.book.settings().language();
        let names: Vec<_> = types.iter().map(|ty| ty.label.get(language).to_lowercase()).collect();
        let names = or(&names);
        Self::Line(match negated {
            false => tr!("the record is: {types}", types = names).into_owned(),
            true => tr!("the record is not: {types}", types = names).into_owned(),
        })
    }

    /// A line for each condition, indented so deep.
    pub(super) fn lines(&self, depth: usize, lines: &mut Vec<String>) {
        let indent = "  ".repeat(depth);
        let mut block = |head: String, parts: &[Self]| {
            lines.push(format!("{indent}{head}"));
            parts.iter().for_each(|part| part.lines(depth + 1, lines));
        };
        match self {
            Self::Line(line) => lines.push(format!("{indent}{line}")),
            Self::All(parts) => block(tr!("all of these:").into_owned(), parts),
            Self::Any(parts) => block(tr!("one of these:").into_owned(), parts),
            Self::Not(part) => match &**part {
                Self::Line(line) => lines.push(format!("{indent}{}", tr!("not: {line}", line = line))),
                Self::All(parts) => block(tr!("not all of these:").into_owned(), parts),
                Self::Any(parts) => block(tr!("none of these:").into_owned(), parts),
                Self::Not(_) => block(tr!("not:").into_owned(), std::slice::from_ref(part)),
            },
        }
    }

    /// All in one line; `inside` others, several stand in brackets.
    pub(super) fn brief(&self, inside: bool) -> String {
        let list = |parts: &[Self], between: &str| {
            let parts: Vec<_> = parts.iter().map(|part| part.brief(true)).collect();
            match inside && parts.len() > 1 {
                true => format!("({})", parts.join(between)),
                false => parts.join(between),
            }
        };
        match self {
            Self::Line(line) => line.clone(),
            Self::All(parts) => list(parts, " · "),
            Self::Any(parts) => list(parts, &format!(" {} ", tr!("or"))),
            Self::Not(part) => tr!("not: {line}", line = part.brief(true)).into_owned(),
        }
    }
}

pub(super) fn or(names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [] => tr!("nothing").into_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), tr!("or")),
    }
}

/// A path for people: `account › country`.
pub(super) fn label_of(path: &str) -> String {
    path.split('.').map(|step| step.replace('_', " ")).collect::<Vec<_>>().join(" › ")
}

/// What a term about a field was understood to say.
pub(super) fn phrase(path: &str, about: About<'_>, term: &Term, asked: &Asked, ground: &Ground<'_>) -> Said {
    let field = label_of(path);
    let sayer = Sayer { about, book: ground.book, ground };
    let negated = asked.negated;
    let what = match &asked.test {
        Test::Filled if negated => return Said::Line(tr!("{field} is empty", field = field).into_owned()),
        Test::Filled => return Said::Line(tr!("{field} is filled in", field = field).into_owned()),
        Test::Contains(..) | Test::Phone(_, false) => {
            let texts: Vec<_> = term.values.iter().map(|item| format!("\"{}\"", item.text())).collect();
            let texts = or(&texts);
            return Said::Line(match negated {
                false => tr!("{field} contains {text}", field = field, text = texts).into_owned(),
                true => tr!("{field} does not contain {text}", field = field, text = texts).into_owned(),
            });
        }
        Test::Word(words) if is_yes(about.field) => {
            let _ = words;
            return Said::Line(match negated {
                false => tr!("{field}: yes", field = field).into_owned(),
                true => tr!("{field}: no", field = field).into_owned(),
            });
        }
        Test::Text(_) | Test::Phone(..) => {
            or(&term.values.iter().map(|item| format!("\"{}\"", item.text())).collect::<Vec<_>>())
        }
        Test::Order(..) => {
            let how = match term.operator {
                Operator::Less => tr!("before"),
                Operator::AtMost => tr!("at or before"),
                Operator::AtLeast => tr!("at or after"),
                _ => tr!("after"),
            };
            let texts: Vec<_> = term.values.iter().map(|item| item.text()).collect();
            format!("{how} \"{}\"", texts.join(","))
        }
        Test::Word(words) => or(&words.iter().map(|word| sayer.value(word)).collect::<Vec<_>>()),
        Test::Listed { words, .. } => {
            let mut all: Vec<&SmolStr> = words.values().flatten().collect();
            all.sort_unstable();
            all.dedup();
            or(&all.into_iter().map(|word| sayer.value(word)).collect::<Vec<_>>())
        }
        Test::Among(records) => sayer.records(records),
        Test::Number(measure, bounds) => {
            or(&bounds.iter().map(|b| sayer.bounds(*measure, b)).collect::<Vec<_>>())
        }
        Test::When(windows) => or(&windows.iter().map(|window| sayer.window(window)).collect::<Vec<_>>()),
    };
    Said::Line(match negated {
        false => tr!("{field} is {what}", field = field, what = what).into_owned(),
        true => tr!("{field} is not {what}", field = field, what = what).into_owned(),
    })
}

fn is_yes(field: Option<&FieldDef>) -> bool {
    field.is_some_and(|field| field.kind == Kind::Boolean)
}

/// Says values for people.
struct Sayer<'a> {
    about: About<'a>,
    book: &'a Book,
    ground: &'a Ground<'a>,
}

/// More records than this are counted and not named.
const NAMED: usize = 3;

impl Sayer<'_> {
    fn value(&self, text: &str) -> String {
        let scope = Scope { book: self.book, ty: self.about.owner, fields: FieldsRef::NONE };
        match self.about.field {
            Some(field) => show_text(&scope, field, text, self.ground.entry.now),
            None => text.to_owned(),
        }
    }

    fn records(&self, records: &rustc_hash::FxHashSet<SmolStr>) -> String {
        let mut texts: Vec<&SmolStr> = records.iter().collect();
        texts.sort_unstable();
        let title = |text: &&SmolStr| {
            let target = self.about.field.and_then(|field| link_target(self.book.schema(), field, text));
            target.map_or_else(|| text.to_string(), |target| title_of_ref(self.book, &target))
        };
        let mut titles: Vec<String> = texts.iter().take(NAMED).map(title).collect();
        if texts.len() > NAMED {
            titles.push(tr_n!("{n} more", "{n} more", texts.len() - NAMED).into_owned());
        }
        or(&titles)
    }

    fn number(&self, measure: Measure, number: Decimal) -> String {
        let settings = self.book.settings();
        let style = settings.style();
        match measure {
            Measure::Plain => say::number(number, &style),
            Measure::Percent => say::percent(number, &style),
            Measure::Money(currency) => {
                say::money(&Money::new(number, currency.unwrap_or(settings.currency())), &style)
            }
            Measure::Minutes => {
                let span = u64::try_from(number).ok().and_then(Span::from_minutes);
                span.map_or_else(|| number.to_string(), |span| span.to_string())
            }
        }
    }

    fn bounds(&self, measure: Measure, bounds: &Bounds) -> String {
        let show = |number| self.number(measure, number);
        match (bounds.from, bounds.to) {
            (Some((from, _)), Some((to, _))) if from == to => show(from),
            (Some((from, _)), Some((to, _))) => {
                tr!("from {a} to {b}", a = show(from), b = show(to)).into_owned()
            }
            (Some((from, true)), None) => tr!("at least {n}", n = show(from)).into_owned(),
            (Some((from, false)), None) => tr!("more than {n}", n = show(from)).into_owned(),
            (None, Some((to, true))) => tr!("at most {n}", n = show(to)).into_owned(),
            (None, Some((to, false))) => tr!("less than {n}", n = show(to)).into_owned(),
            (None, None) => tr!("anything").into_owned(),
        }
    }

    fn window(&self, window: &Window) -> String {
        let edge = |edge: Edge| self.edge(edge);
        match (window.from, window.until) {
            (Some(from), Some(until)) if until.is_next_day(&from) => edge(from),
            (Some(from), Some(until)) => {
                tr!("from {a} to before {b}", a = edge(from), b = edge(until)).into_owned()
            }
            (Some(from), None) => tr!("from {day} on", day = edge(from)).into_owned(),
            (None, Some(until)) => tr!("before {day}", day = edge(until)).into_owned(),
            (None, None) => tr!("anything").into_owned(),
        }
    }

    fn edge(&self, edge: Edge) -> String {
        let (now, style) = (self.ground.entry.now, self.book.settings().style());
        match edge.time(self.book.settings().zone()) {
            None => say::full_date(edge.day(), &style),
            Some(at) => say::datetime(at, now.today(), &style),
        }
    }
}

/// The label of a name, for completion.
pub(super) fn label(name: &str, language: &str) -> String {
    Label::from_name(name).get(language).to_owned()
}
