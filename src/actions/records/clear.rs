//! One field of every marked record emptied, in one commit.

use super::set::set;
use crate::actions::when::some_records;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, PickOption, Question, Scope};
use crate::model::{EditOp, FieldPath, Record};
use crate::tr;
use smol_str::SmolStr;
use std::sync::Arc;

/// Empty a field of all marked records.
pub const ACTION: Action = Action {
    name: "clear",
    title: "Empty a field of all marked",
    hint: "",
    group: Group::Records,
    scope: Scope::Global,
    keys: &[],
    available: some_records,
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let targets = context.targets();
    if let Some(name) = &input.answer {
        return Ok(Outcome::Change(set(&targets, &[(FieldPath::field(name), EditOp::Clear)], "clear"), None));
    }
    let records: Vec<&Arc<Record>> = targets.iter().filter_map(|r| context.book.get(r)).collect();
    let mut names: Vec<&SmolStr> = Vec::new();
    for (name, _) in records.iter().flat_map(|r| &r.fields).filter(|(_, value)| !value.is_empty()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let schema = context.book.schema();
    let required = |name: &str| {
        let types = targets.iter().filter_map(|r| schema.in_folder(&r.folder));
        types.filter_map(|ty| ty.field(name)).any(|field| field.required || field.readonly)
    };
    let option = |name: &SmolStr| {
        let field = targets.iter().find_map(|r| schema.in_folder(&r.folder)?.field(name));
        let label = field.map_or(name.as_str(), |f| f.label.get(context.book.settings().language()));
        PickOption { value: name.to_string(), label: label.to_owned(), detail: String::new() }
    };
    let options = names.into_iter().filter(|name| !required(name)).map(option).collect();
    Ok(Outcome::Ask(Question::Pick { title: tr!("Empty which field?").into(), options, current: None }))
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn offers_what_can_be_emptied() {
        scene("list contact @contacts/marta-lind").check(
            &ACTION,
            "pick Empty which field?
             first_name = First name
             account = Account
             emails = Emails
             phones = Phones",
        );
        scene("list contact *contacts/marta-lind *contacts/tom-reuter").answer("account").check(
            &ACTION,
            "2 contacts: account → 
             in contacts/marta-lind.yaml
             - account: acme # since 2021
             in contacts/tom-reuter.yaml
             - account: acme",
        );
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
