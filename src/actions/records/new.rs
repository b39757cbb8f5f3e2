//! A new record of any type.

use super::start::{complete, link_to, start};
use crate::actions::when::always;
use crate::actions::{
    Action, ActionError, Context, FormQuestion, Group, Input, Outcome, PickOption, Place, Question, Scope,
};
use crate::model::edit::edited;
use crate::model::{Change, ChangeSet, FieldEdit, TypeDef, create};
use crate::tr;
use std::sync::Arc;

/// A new record of the list's type; elsewhere of a type to choose.
pub const ACTION: Action = Action {
    name: "new",
    title: "New record",
    hint: "new",
    group: Group::Records,
    scope: Scope::Global,
    keys: &["n"],
    available: always,
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let word = input.type_name.as_deref().or(input.answer.as_deref()).or(context.place.type_name());
    let Some(word) = word else { return Ok(Outcome::Ask(which(context))) };
    let ty = find(context, word)?;
    let fields = start(context, ty);
    if input.fields.is_empty() {
        let language = context.book.settings().language();
        return Ok(Outcome::Ask(Question::Form(FormQuestion {
            title: tr!("New {type_}", type_ = ty.label.get(language).to_lowercase()).into(),
            makes: true,
            type_name: ty.name.clone(),
            reference: None,
            only: Vec::new(),
            preset: fields,
        })));
    }
    let reference = |set: &ChangeSet| match set.changes.first() {
        Some(Change::Create { reference, .. }) => Some(Place::Record(reference.clone())),
        _ => None,
    };
    let set = make(context, ty, fields, input, "new");
    let place = reference(&set);
    Ok(Outcome::Change(set, place))
}

/// The change that makes a record: what it starts with, what was filled in, and what follows from that.
pub fn make(
    context: &Context<'_>,
    ty: &TypeDef,
    start: Vec<(smol_str::SmolStr, crate::model::Value)>,
    input: &Input,
    action: &'static str,
) -> ChangeSet {
    let filled = input.fields.iter().map(|(path, op)| FieldEdit { path: path.clone(), op: op.clone() });
    // A stage that only came along with the pipeline it started in must not outlive another choice of pipeline.
    let chosen = |name: &str| input.fields.iter().any(|(path, _)| path.field == name);
    let start: Vec<_> = start
        .into_iter()
        .filter(|(n, _)| !(n == "stage" && chosen("pipeline") && !chosen("stage")))
        .collect();
    let mut fields = edited(&start, &filled.collect::<Vec<_>>());
    fields.retain(|(_, value)| !value.is_empty());
    complete(context, ty, &mut fields);
    let reference = create::new_reference(context.book, ty, &fields, context.now, &mut context.rng());
    if let Some(number) = crate::crm::quote::number(context.book, ty, &reference, context.now) {
        fields.extend((!fields.iter().any(|(name, _)| name == "number")).then(|| ("number".into(), number)));
    }
    ChangeSet::new(action, vec![Change::Create { reference, fields }])
}

/// The type of that name, or what was probably meant.
pub fn find<'a>(context: &Context<'a>, word: &str) -> Result<&'a Arc<TypeDef>, ActionError> {
    let schema = context.book.schema();
    schema.find(word).ok_or_else(|| {
        let hint = schema.nearest(word).map(|near| tr!(": did you mean '{near}'?", near = near));
        let message = tr!("there is no record type '{word}'", word = word).into_owned();
        ActionError::Refused(message + &hint.unwrap_or_default())
    })
}

/// Which type? On a record's page those first that will be linked to it.
fn which(context: &Context<'_>) -> Question {
    let page = match context.place {
        Place::Record(page) => Some(page),
        _ => None,
    };
    let language = context.book.settings().language();
    let option = |ty: &Arc<TypeDef>| {
        let linked = page.and_then(|page| link_to(context, ty, page));
        let detail = linked.and(page).map(|page| crate::model::kinds::title_of_ref(context.book, page));
        let detail = detail.map(|title| tr!("for {title}", title = title).into_owned()).unwrap_or_default();
        let label = ty.label.get(language).to_owned();
        (linked.is_none(), ty.setting, PickOption { value: ty.name.to_string(), label, detail })
    };
    let mut options: Vec<_> = context.book.schema().types().iter().map(option).collect();
    options.sort_by_key(|(unlinked, setting, _)| (*setting, *unlinked));
    Question::Pick {
        title: tr!("New record of which type?").into(),
        options: options.into_iter().map(|(_, _, option)| option).collect(),
        current: None,
    }
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;
    use crate::actions::{Outcome, Question};

    #[test]
    fn a_list_knows_its_type() {
        scene("list account").check(
            &ACTION,
            "form New account: new account
             only
             preset type=prospect owner=lena",
        );
        scene("list account").nobody().check(
            &ACTION,
            "form New account: new account
             only
             preset type=prospect",
        );
    }

    #[test]
    fn elsewhere_the_type_is_asked_for() {
        let Ok(Outcome::Ask(Question::Pick { options, .. })) = scene("record accounts/acme").run(&ACTION)
        else {
            panic!("a pick")
        };
        let contact = options.iter().find(|o| o.value == "contact").unwrap();
        assert_eq!(contact.detail, "for Acme GmbH");
        let at = |name: &str| options.iter().position(|o| o.value == name).unwrap();
        assert!(at("contact") < at("product"), "linked ones come first");
        assert!(at("product") < at("pipeline"), "settings come last");
        scene("record accounts/acme").answer("contact").check(
            &ACTION,
            "form New contact: new contact
             only
             preset status=active owner=lena account=acme",
        );
        scene("home")
            .answer("contakt")
            .check(&ACTION, "refused: there is no record type 'contakt': did you mean 'contact'?");
    }

    #[test]
    fn what_is_made_on_a_persons_page_belongs_to_their_account() {
        scene("record contacts/marta-lind").answer("contact").check(
            &ACTION,
            "form New contact: new contact
             only
             preset status=active owner=lena reports_to=marta-lind account=acme",
        );
    }

    #[test]
    fn a_quote_gets_the_number_of_its_id() {
        let outcome =
            scene("home").of_type("quote").fields("{name: Pumps, account: acme}").run(&ACTION).unwrap();
        let Outcome::Change(set, _) = outcome else { panic!("a change") };
        let crate::model::Change::Create { reference, fields } = &set.changes[0] else { panic!("new") };
        let tail = reference.id.as_str().rsplit('-').next().unwrap().to_uppercase();
        let number = fields.iter().find(|(name, _)| name == "number").unwrap().1.as_str();
        assert_eq!(number, format!("Q-26-{tail}"));
    }

    #[test]
    fn a_card_starts_in_the_column_under_the_cursor() {
        scene("board @opportunities/valves").check(
            &ACTION,
            "form New opportunity: new opportunity
             only
             preset owner=lena pipeline=direct stage=talks",
        );
        scene("board renewals").check(
            &ACTION,
            "form New opportunity: new opportunity
             only
             preset owner=lena pipeline=renewals stage=upcoming",
        );
    }

    #[test]
    fn makes_the_file_and_goes_there() {
        scene("list account").fields("{name: Müller & Söhne, type: customer}").check(
            &ACTION,
            "accounts/mueller-soehne: new account Müller & Söhne
             new accounts/mueller-soehne.yaml
             + name: Müller & Söhne
             + type: customer
             + owner: lena
             go accounts/mueller-soehne",
        );
    }

    #[test]
    fn a_deal_has_a_stage_of_its_pipeline() {
        let made = |extra: &str| {
            let fields = format!("{{name: Care plus, account: acme{extra}}}");
            let outcome = scene("home").of_type("deal").fields(&fields).run(&ACTION).unwrap();
            let Outcome::Change(set, _) = outcome else { panic!("a change") };
            let crate::model::Change::Create { reference, fields } = &set.changes[0] else { panic!("new") };
            let of = |name| fields.iter().find(|(n, _)| n == name).unwrap().1.as_str().to_owned();
            assert!(reference.id.as_str().starts_with("acme-care-plus-"), "{reference}");
            format!("{} {}", of("pipeline"), of("stage"))
        };
        assert_eq!(made(""), "direct proposal");
        assert_eq!(made(", pipeline: renewals"), "renewals upcoming");
        assert_eq!(made(", pipeline: renewals, stage: talks"), "renewals talks");
    }

    #[test]
    fn what_is_required_is_required() {
        scene("home")
            .of_type("account")
            .fields("{website: x.example}")
            .check(&ACTION, "not made: accounts/account-ID: name is required");
    }
}
