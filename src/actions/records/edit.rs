//! A form over the record under the cursor.

use super::set::set;
use crate::actions::when::a_record;
use crate::actions::{Action, ActionError, Context, FormQuestion, Group, Input, Outcome, Question, Scope};
use crate::model::kinds::title_of_ref;
use crate::tr;

/// Edit the record under the cursor in a form.
pub const ACTION: Action = Action {
    name: "edit",
    title: "Edit in a form",
    hint: "edit",
    group: Group::Records,
    scope: Scope::Global,
    keys: &["e"],
    available: a_record,
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let here = context.here.into_iter().cloned().collect::<Vec<_>>();
    if !input.fields.is_empty() {
        return Ok(Outcome::Change(set(&here, &input.fields, "edit"), None));
    }
    let type_name = context.type_here().map(|ty| ty.name.clone()).unwrap_or_default();
    let title = context.here.map(|r| title_of_ref(context.book, r)).unwrap_or_default();
    Ok(Outcome::Ask(Question::Form(FormQuestion {
        title: tr!("Edit {title}", title = title).into(),
        makes: false,
        type_name,
        reference: context.here.cloned(),
        only: Vec::new(),
        preset: Vec::new(),
    })))
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn asks_with_the_whole_form() {
        scene("list account @accounts/acme *accounts/bolt").check(
            &ACTION,
            "form Edit Acme GmbH: accounts/acme
             only
             preset",
        );
        scene("list account").check(&ACTION, "unavailable: there is no record under the cursor");
    }

    #[test]
    fn changes_the_lines_it_must() {
        scene("list account @accounts/acme").fields("{name: Acme SE, website: }").check(
            &ACTION,
            "accounts/acme: name, website
             in accounts/acme.yaml
             - name: Acme GmbH
             - website: acme.example
             + name: Acme SE",
        );
    }
}
