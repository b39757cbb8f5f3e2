//! One word of a choice field, chosen for all targets.

use super::missing;
use crate::actions::{ActionError, Context, Input, Outcome, PickOption, Question};
use crate::model::kinds::{ChoiceItem, choices, title_of_ref};
use crate::model::{FieldDef, FieldEdit, Scope, Value};
use crate::{tr, tr_n};

/// Asks for the word, or sets it in every target. What that leaves missing is asked for.
pub fn choose(
    context: &Context<'_>,
    input: &Input,
    name: &str,
    action: &'static str,
) -> Result<Outcome, ActionError> {
    let targets = context.targets();
    let (field, words) = common(context, |scope| scope.ty.field(name))
        .ok_or_else(|| ActionError::Refused(tr!("not all of these have a {field}", field = name).into()))?;
    let Some(answer) = &input.answer else {
        let label = field.label.get(context.book.settings().language());
        let title = match targets.as_slice() {
            [one] => tr!("{field} of {title}", field = label, title = title_of_ref(context.book, one)),
            several => tr_n!("{field} of {n} record", "{field} of {n} records", several.len(), field = label),
        };
        let current =
            targets.first().and_then(|t| context.book.get(t)).map(|r| r.text(&field.name).to_owned());
        let option =
            |c: ChoiceItem| PickOption { value: c.value.to_string(), label: c.label, detail: String::new() };
        let options = words.into_iter().map(option).collect();
        return Ok(Outcome::Ask(Question::Pick { title: title.into(), options, current }));
    };
    let chosen =
        words.into_iter().find(|word| word.value == *answer).ok_or_else(|| ActionError::BadValue {
            field: field.name.to_string(),
            message: tr!("there is no '{word}'", word = answer).into(),
        })?;
    let title = match targets.as_slice() {
        [one] => tr!("{title} → {word}", title = title_of_ref(context.book, one), word = chosen.label),
        several => tr_n!("{n} record → {word}", "{n} records → {word}", several.len(), word = chosen.label),
    };
    let edit = || vec![FieldEdit::put(&field.name, Value::Text(chosen.value.clone()))];
    let edits = targets.into_iter().map(|target| (target, edit())).collect();
    missing::complete(context, input, action, &title, edits)
}

/// The field that `field` finds in each target's type, and the words that every target may have in it. `None` where
/// one has no such field, or they differ in it.
pub fn common<'a>(
    context: &Context<'a>,
    field: impl Fn(&Scope<'a>) -> Option<&'a FieldDef>,
) -> Option<(&'a FieldDef, Vec<ChoiceItem>)> {
    let mut found: Option<(&FieldDef, Vec<ChoiceItem>)> = None;
    for target in context.targets() {
        let scope = Scope::of(context.book, context.book.get(&target)?)?;
        let field = field(&scope)?;
        let words = choices(&scope, field);
        found = match found {
            None => Some((field, words)),
            Some((first, _)) if first.name != field.name => return None,
            Some((first, mut common)) => {
                common.retain(|word| words.iter().any(|w| w.value == word.value));
                Some((first, common))
            }
        };
    }
    found
}
