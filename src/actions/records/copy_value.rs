//! A mail address, a number, a name of the record on the clipboard.

use crate::actions::when::a_record;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, PickOption, Question, Scope};
use crate::model::kinds::{show, title_of};
use crate::model::{Kind, Scope as Fields};
use crate::tr;

/// Copy something out of the record: its title, a mail address, a number, an address.
pub const ACTION: Action = Action {
    name: "copy-value",
    title: "Copy the title, an e-mail address or a number",
    hint: "",
    group: Group::Records,
    scope: Scope::Global,
    keys: &["Y"],
    available: a_record,
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    if let Some(text) = &input.answer {
        return Ok(Outcome::Copy(text.clone()));
    }
    let mut options = values(context);
    if options.len() == 1 {
        return Ok(Outcome::Copy(options.swap_remove(0).value));
    }
    Ok(Outcome::Ask(Question::Pick { title: tr!("Copy what?").into(), options, current: None }))
}

/// What people want to paste elsewhere: mail addresses first, then numbers, then the title.
fn values(context: &Context<'_>) -> Vec<PickOption> {
    let Some(record) = context.record() else { return Vec::new() };
    let Some(scope) = Fields::of(context.book, record) else { return Vec::new() };
    let language = context.book.settings().language();
    let rank = |kind: &Kind| match kind {
        Kind::Email => Some(0),
        Kind::Phone => Some(1),
        Kind::Url => Some(3),
        Kind::Address => Some(4),
        _ => None,
    };
    let mut found = Vec::new();
    for field in &scope.ty.fields {
        let value = record.get(&field.name);
        let Some(rank) = rank(&field.kind).filter(|_| !value.is_empty()) else { continue };
        let texts = match field.kind {
            Kind::Address => vec![show(&scope, field, value, context.now)],
            _ => value.items().iter().map(|item| item.as_str().to_owned()).collect(),
        };
        let label = field.label.get(language);
        found.extend(texts.into_iter().map(|text| (rank, text, label.to_owned())));
    }
    found.push((2, title_of(context.book, record), tr!("Title").into_owned()));
    found.sort_by_key(|(rank, ..)| *rank);
    let option =
        |(_, text, detail): (i32, String, String)| PickOption { value: text.clone(), label: text, detail };
    found.into_iter().map(option).collect()
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn asks_where_there_is_a_choice() {
        scene("list contact @contacts/marta-lind").check(
            &ACTION,
            "pick Copy what?
             marta@acme.example = marta@acme.example (Emails)
             +49 40 123456 = +49 40 123456 (Phones)
             Marta Lind = Marta Lind (Title)",
        );
        scene("list contact @contacts/marta-lind").answer("Marta Lind").check(&ACTION, "copy Marta Lind");
        scene("list case @cases/noise").check(&ACTION, "copy Noise");
        scene("list case").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
