//! A lead becomes an account, a contact and a deal.

use crate::actions::records::new::find;
use crate::actions::records::start::{complete, put};
use crate::actions::when::a_record;
use crate::actions::{
    Action, ActionError, Context, Group, Input, Outcome, PickOption, Place, Question, Reason, Scope,
};
use crate::base::{Id, Ref};
use crate::crm::state::is_closed;
use crate::model::kinds::{title_of, title_of_ref};
use crate::model::{Change, ChangeSet, FieldEdit, Record, Value, create};
use crate::tr;
use smol_str::SmolStr;

/// Convert the lead, in one commit. An account of that name and a contact with that address are taken as they are.
pub const ACTION: Action = Action {
    name: "convert",
    title: "Convert the lead into account, contact and deal",
    hint: "convert",
    group: Group::Deals,
    scope: Scope::Global,
    keys: &["V"],
    available,
    run,
};

fn available(context: &Context<'_>) -> Result<(), Reason> {
    a_record(context)?;
    if context.type_here().is_none_or(|ty| ty.name != "lead") {
        return Err(tr!("only a lead can be converted"));
    }
    match context.record() {
        Some(lead) if lead.text("status") == "converted" => Err(tr!("this lead is converted already")),
        Some(lead) if is_closed(context.book, lead) => Err(tr!("this lead is given up: m opens it again")),
        _ => Ok(()),
    }
}

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let Some(lead) = context.record() else {
        return Err(ActionError::Unavailable(tr!("there is no record under the cursor")));
    };
    match input.answer.as_deref() {
        None => Ok(Outcome::Ask(ask(context, lead))),
        Some(answer) => convert(context, lead, answer == WITH_DEAL && lead.has("company")),
    }
}

const WITH_DEAL: &str = "deal";
const WITHOUT: &str = "no-deal";

fn ask(context: &Context<'_>, lead: &Record) -> Question {
    let new = |what: &str, name: &str| tr!("new {what} {name}", what = what, name = name).into_owned();
    let there = |r: &Ref| tr!("{title}, there already", title = title_of_ref(context.book, r)).into_owned();
    let company = lead.text("company");
    let account = known_account(context, lead).map_or_else(|| new("account", company), |r| there(&r));
    let person = title_of(context.book, lead);
    let contact = known_contact(context, lead).map_or_else(|| new("contact", &person), |r| there(&r));
    let option = |value: &str, label: std::borrow::Cow<'_, str>, parts: &[&str]| PickOption {
        value: value.to_owned(),
        label: label.into(),
        detail: parts.join(", "),
    };
    let options = match company {
        "" => vec![option(WITHOUT, tr!("Contact only: the lead names no company"), &[&contact])],
        _ => vec![
            option(WITH_DEAL, tr!("Account, contact and deal"), &[&account, &contact]),
            option(WITHOUT, tr!("Account and contact"), &[&account, &contact]),
        ],
    };
    Question::Pick { title: tr!("Convert {lead} into", lead = person).into(), options, current: None }
}

fn convert(context: &Context<'_>, lead: &Record, with_deal: bool) -> Result<Outcome, ActionError> {
    let mut making = Making { context, lead, changes: Vec::new(), rng: context.rng() };
    let account = match (known_account(context, lead), lead.has("company")) {
        (Some(known), _) => Some(known.id),
        (None, true) => Some(making.account()?),
        (None, false) => None,
    };
    let contact = match known_contact(context, lead) {
        Some(known) => known.id,
        None => making.contact(account.as_ref())?,
    };
    let deal = match (&account, with_deal) {
        (Some(account), true) => Some(making.deal(account, &contact)?),
        _ => None,
    };
    let mut edits = vec![FieldEdit::put("status", Value::text("converted"))];
    let links = [
        ("converted_account", account.as_ref()),
        ("converted_contact", Some(&contact)),
        ("converted_opportunity", deal.as_ref()),
    ];
    let link = |(field, id): (&str, Option<&Id>)| Some(FieldEdit::put(field, Value::text(id?.as_str())));
    edits.extend(links.into_iter().filter_map(link));
    let mut changes = making.changes;
    changes.push(Change::Set { reference: lead.reference.clone(), edits });
    let folder = |name: &str| context.book.schema().find(name).map(|ty| ty.folder.clone());
    let then = match deal {
        Some(id) => folder("opportunity").map(|folder| Ref { folder, id }),
        None => folder("contact").map(|folder| Ref { folder, id: contact }),
    };
    let set = ChangeSet::new("convert", changes).with_summary(format!("{}: converted", lead.reference));
    Ok(Outcome::Change(set, then.map(Place::Record)))
}

/// The account of that very name.
fn known_account(context: &Context<'_>, lead: &Record) -> Option<Ref> {
    let name = lead.text("company").trim().to_lowercase();
    let same = |a: &&std::sync::Arc<Record>| {
        a.text("name").to_lowercase() == name || a.text("legal_name").to_lowercase() == name
    };
    let found = context.book.of_type("account").iter().find(same).filter(|_| !name.is_empty());
    found.map(|account| account.reference.clone())
}

/// The contact with one of the lead's addresses.
fn known_contact(context: &Context<'_>, lead: &Record) -> Option<Ref> {
    let folder = &context.book.schema().find("contact")?.folder;
    let mut addresses = lead.get("emails").scalars().into_iter();
    let id = addresses.find_map(|a| context.book.holders(folder, "emails", a).first())?;
    Some(Ref { folder: folder.clone(), id: id.clone() })
}

struct Making<'a, 'c> {
    context: &'a Context<'c>,
    lead: &'a Record,
    changes: Vec<Change>,
    rng: fastrand::Rng,
}

impl Making<'_, '_> {
    fn account(&mut self) -> Result<Id, ActionError> {
        let mut fields = self.taken(&[
            ("company", "name"),
            ("owner", "owner"),
            ("team", "team"),
            ("website", "website"),
            ("address", "billing_address"),
            ("employees", "employees"),
            ("annual_revenue", "annual_revenue"),
            ("rating", "rating"),
            ("lead_source", "lead_source"),
            ("campaign", "campaign"),
            ("tags", "tags"),
        ]);
        // A lead's industry is free text; an account's is one of the schema's words.
        let ty = find(self.context, "account")?;
        let scope = crate::model::Scope { book: self.context.book, ty, fields: (&fields).into() };
        let words = ty.field("industry").map(|field| crate::model::kinds::choices(&scope, field));
        let industry = self.lead.text("industry");
        if words.is_some_and(|words| words.iter().any(|w| w.value == industry)) {
            fields.push(("industry".into(), Value::text(industry)));
        }
        self.make("account", fields)
    }

    fn contact(&mut self, account: Option<&Id>) -> Result<Id, ActionError> {
        let mut fields = self.taken(&[
            ("salutation", "salutation"),
            ("first_name", "first_name"),
            ("last_name", "last_name"),
            ("title", "title"),
            ("department", "department"),
            ("owner", "owner"),
            ("emails", "emails"),
            ("phones", "phones"),
            ("mobile", "mobile"),
            ("linkedin", "linkedin"),
            ("language", "language"),
            ("do_not_call", "do_not_call"),
            ("do_not_email", "do_not_email"),
            ("lead_source", "lead_source"),
            ("campaign", "campaign"),
        ]);
        if let Some(account) = account {
            fields.push(("account".into(), Value::text(account.as_str())));
        }
        self.make("contact", fields)
    }

    fn deal(&mut self, account: &Id, contact: &Id) -> Result<Id, ActionError> {
        let mut fields = self.taken(&[
            ("company", "name"),
            ("need", "name"),
            ("owner", "owner"),
            ("team", "team"),
            ("budget", "amount"),
            ("next_step", "next_step"),
            ("next_step_date", "next_step_date"),
            ("lead_source", "lead_source"),
            ("campaign", "campaign"),
            ("description", "description"),
        ]);
        fields.push(("account".into(), Value::text(account.as_str())));
        fields.push(("contact".into(), Value::text(contact.as_str())));
        self.make("opportunity", fields)
    }

    /// The lead's fields under the names they have elsewhere; of two for one name the later.
    fn taken(&self, names: &[(&str, &str)]) -> Vec<(SmolStr, Value)> {
        let mut fields = Vec::new();
        for (from, to) in names {
            let value = self.lead.get(from);
            if !value.is_empty() {
                put(&mut fields, to, value.clone());
            }
        }
        fields
    }

    fn make(&mut self, type_name: &str, fields: Vec<(SmolStr, Value)>) -> Result<Id, ActionError> {
        let context = self.context;
        let ty = find(context, type_name)?;
        let mut all = create::defaults(ty, context.me, context.now);
        for (name, value) in fields {
            put(&mut all, &name, value);
        }
        complete(context, ty, &mut all);
        let reference = create::new_reference(context.book, ty, &all, context.now, &mut self.rng);
        let id = reference.id.clone();
        self.changes.push(Change::Create { reference, fields: all });
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn asks_what_to_make() {
        scene("list lead @leads/ines-okafor").check(
            &ACTION,
            "pick Convert Ines Okafor into
             deal = Account, contact and deal (new account Delta Foods, new contact Ines Okafor)
             no-deal = Account and contact (new account Delta Foods, new contact Ines Okafor)",
        );
        scene("list lead @leads/jo-bolt").check(
            &ACTION,
            "pick Convert Jo Bolt into
             deal = Account, contact and deal (Bolt AG, there already, new contact Jo Bolt)
             no-deal = Account and contact (Bolt AG, there already, new contact Jo Bolt)",
        );
        scene("list lead @leads/done").check(&ACTION, "unavailable: this lead is converted already");
        scene("list account @accounts/acme").check(&ACTION, "unavailable: only a lead can be converted");
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }

    #[test]
    fn makes_all_three_in_one_commit() {
        scene("list lead @leads/ines-okafor").answer("deal").check(
            &ACTION,
            "leads/ines-okafor: converted
             new accounts/delta-foods.yaml
             + name: Delta Foods
             + type: prospect
             + owner: lena
             + industry: food_and_beverage
             + lead_source: trade_show
             new contacts/ines-okafor.yaml
             + first_name: Ines
             + last_name: Okafor
             + account: delta-foods
             + status: active
             + owner: lena
             + emails: [ines@delta.example]
             + lead_source: trade_show
             in leads/ines-okafor.yaml
             - status: qualified
             + status: converted
             + converted_account: delta-foods
             + converted_contact: ines-okafor
             + converted_opportunity: delta-foods-level-sensors-ID
             + converted_at: 2026-11-21T14:00+01:00
             new opportunities/delta-foods-level-sensors-ID.yaml
             + name: Level sensors
             + account: delta-foods
             + pipeline: direct
             + stage: proposal
             + stage_since: 2026-11-21
             + owner: lena
             + amount: 8000.00 EUR
             + contact: ines-okafor
             + lead_source: trade_show
             go opportunities/delta-foods-level-sensors-ID",
        );
    }

    #[test]
    fn takes_what_is_there_already() {
        scene("list lead @leads/jo-bolt").answer("no-deal").check(
            &ACTION,
            "leads/jo-bolt: converted
             new contacts/jo-bolt.yaml
             + first_name: Jo
             + last_name: Bolt
             + account: bolt
             + status: active
             + owner: lena
             in leads/jo-bolt.yaml
             - status: new
             + status: converted
             + converted_account: bolt
             + converted_contact: jo-bolt
             + converted_at: 2026-11-21T14:00+01:00
             go contacts/jo-bolt",
        );
        let lead = "last_name: Lind\nemails: [MARTA@acme.example]\nstatus: new\n";
        scene("list lead @leads/m").with("leads/m.yaml", lead).answer("no-deal").check(
            &ACTION,
            "leads/m: converted
             in leads/m.yaml
             - status: new
             + converted_contact: marta-lind
             + converted_at: 2026-11-21T14:00+01:00
             + status: converted
             go contacts/marta-lind",
        );
    }
}
