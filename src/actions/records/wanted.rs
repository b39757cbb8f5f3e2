//! A record that a link needs and that is not there yet.

use super::start::{belong, link_to, put, start};
use crate::actions::{Context, FormQuestion, PickOption, Place, Question};
use crate::base::Ref;
use crate::model::resolve::link_target;
use crate::model::{Book, FieldDef, Kind, Schema, TypeDef, Value, create};
use crate::tr;
use smol_str::SmolStr;
use std::sync::Arc;

/// The target of a link, to be made while the record with the link is being filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The type of the record with the link.
    pub holder: SmolStr,
    /// That record, if it exists already.
    pub reference: Option<Ref>,
    /// What it holds so far.
    pub fields: Vec<(SmolStr, Value)>,
    /// The path of the link in it: `account`, `lines.product`.
    pub link: SmolStr,
    /// What the wanted record is to be called.
    pub called: String,
}

/// The types of records that may be made on the way to fill in a link: those it may point at, but no settings.
/// A pipeline or a user is set up on purpose, not because a name was not found.
pub fn makeable<'a>(schema: &'a Schema, field: &'a FieldDef) -> impl Iterator<Item = &'a Arc<TypeDef>> {
    schema.targets(field).filter(|ty| !ty.setting)
}

impl Wanted {
    /// The types it may be of; none where the link is gone or may only point at settings.
    pub fn types(&self, book: &Book) -> Vec<Arc<TypeDef>> {
        let schema = book.schema();
        let link = schema.find(&self.holder).and_then(|holder| holder.field_at(&self.link));
        link.map(|link| makeable(schema, link).cloned().collect()).unwrap_or_default()
    }

    /// Which of its types is it to be? The answer is a type's name.
    pub fn which(&self, book: &Book) -> Question {
        let language = book.settings().language();
        let option = |ty: &Arc<TypeDef>| PickOption {
            value: ty.name.to_string(),
            label: ty.label.get(language).to_owned(),
            detail: String::new(),
        };
        Question::Pick {
            title: tr!("What is “{name}”?", name = self.called).into(),
            options: self.types(book).iter().map(option).collect(),
            current: None,
        }
    }

    /// The form of the new record, as [`super::new`] asks it anywhere else, with what follows from the record it is
    /// wanted for: its name, the links both have, and the link back.
    pub fn question(&self, context: &Context<'_>, ty: &TypeDef) -> FormQuestion {
        let list = Place::List(ty.name.clone());
        let elsewhere = Context { place: &list, here: None, marked: &[], ..context.clone() };
        let mut preset = start(&elsewhere, ty);
        let known = self.shared(context, ty).into_iter().chain(create::titled(ty, &self.called));
        known.for_each(|(name, value)| put(&mut preset, &name, value));
        // Whom a call is about decides where its contacts work.
        for other in self.linked(context.book) {
            belong(context.book, ty, &other, &mut preset);
        }
        let label = ty.label.get(context.book.settings().language()).to_lowercase();
        FormQuestion {
            title: tr!("New {type_}", type_ = label).into(),
            type_name: ty.name.clone(),
            makes: true,
            reference: None,
            only: Vec::new(),
            preset,
        }
    }

    /// What the record it is wanted for is about, where that says which account all this belongs to.
    fn linked(&self, book: &Book) -> Vec<Ref> {
        const ABOUT: [&str; 5] = ["account", "about", "contact", "opportunity", "contract"];
        let schema = book.schema();
        let Some(holder) = schema.find(&self.holder) else { return Vec::new() };
        let named = ABOUT.into_iter().filter(|name| *name != self.link).filter_map(|name| holder.field(name));
        let target = |field: &FieldDef| {
            let value = self.fields.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value)?;
            link_target(schema, field, value.as_str())
        };
        named.filter_map(target).collect()
    }

    /// The links that a record of the type shares with the one it is wanted for: a contact made for a deal belongs
    /// to the deal's account, and one made for an account to that account.
    fn shared(&self, context: &Context<'_>, ty: &TypeDef) -> Vec<(SmolStr, Value)> {
        let schema = context.book.schema();
        let Some(holder) = schema.find(&self.holder) else { return Vec::new() };
        let mut shared = Vec::new();
        for field in ty.fields.iter().filter(|f| matches!(f.kind, Kind::Link(_)) && !f.readonly) {
            let same = holder.field(&field.name).is_some_and(|theirs| theirs.kind == field.kind);
            let value = self.fields.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value);
            let value = value.filter(|value| same && field.name != self.link && !value.is_empty());
            if let Some(value) = value.filter(|_| makeable(schema, field).next().is_some()) {
                shared.push((field.name.clone(), value.clone()));
            }
        }
        // Of two records of one type neither is the other's parent for certain.
        let page = self.reference.as_ref().filter(|_| holder.name != ty.name);
        if let Some((page, field)) = page.and_then(|page| Some((page, link_to(context, ty, page)?))) {
            let value = crate::model::resolve::spell_link(schema, field, page);
            put(&mut shared, &field.name, Value::Text(value));
        }
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::Wanted;
    use crate::actions::testing::{asked, scene};
    use crate::actions::{Question, testing::Scene};
    use crate::model::Value;

    fn wanted(
        holder: &str,
        reference: Option<&str>,
        fields: &[(&str, &str)],
        link: &str,
        called: &str,
    ) -> Wanted {
        Wanted {
            holder: holder.into(),
            reference: reference.map(|r| r.parse().unwrap()),
            fields: fields.iter().map(|(name, text)| ((*name).into(), Value::text(text))).collect(),
            link: link.into(),
            called: called.into(),
        }
    }

    #[track_caller]
    fn check(scene: &Scene, wanted: &Wanted, expect: &str) {
        let context = scene.context();
        let types = wanted.types(context.book);
        let told = match types.as_slice() {
            [] => "nothing to make".to_owned(),
            [one] => asked(&Question::Form(wanted.question(&context, one))),
            _ => asked(&wanted.which(context.book)),
        };
        let lines = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
        assert_eq!(lines(&told), lines(expect));
    }

    #[test]
    fn a_contact_made_for_a_deal_belongs_to_its_account() {
        let deal = [("account", "acme"), ("name", "Pumps"), ("owner", "jonas")];
        check(
            &scene("list opportunity"),
            &wanted("deal", None, &deal, "contact", "Nora Feld"),
            "form New contact: new contact
             only
             preset status=active owner=lena account=acme first_name=Nora last_name=Feld",
        );
    }

    #[test]
    fn a_contact_met_on_a_call_belongs_to_the_account_it_is_about() {
        let call = [("subject", "Prices"), ("about", "accounts/acme")];
        check(
            &scene("home"),
            &wanted("activity", None, &call, "contacts", "Nora Feld"),
            "form New contact: new contact
             only
             preset status=active owner=lena first_name=Nora last_name=Feld account=acme",
        );
        let call = [("subject", "Prices"), ("about", "opportunities/pumps")];
        check(
            &scene("home"),
            &wanted("activity", None, &call, "contacts", "Feld"),
            "form New contact: new contact
             only
             preset status=active owner=lena last_name=Feld account=acme",
        );
    }

    #[test]
    fn where_the_form_was_opened_does_not_matter_but_the_record_does() {
        // From the page of an account, `new account` would make a subsidiary of it.
        check(
            &scene("record accounts/acme"),
            &wanted("account", Some("accounts/acme"), &[("name", "Acme")], "parent_account", "Acme Holding"),
            "form New account: new account
             only
             preset type=prospect owner=lena name=Acme Holding",
        );
        check(
            &scene("home"),
            &wanted("account", Some("accounts/acme"), &[("name", "Acme")], "primary_contact", "Feld"),
            "form New contact: new contact
             only
             preset status=active owner=lena account=acme last_name=Feld",
        );
    }

    #[test]
    fn links_in_lines_and_to_several_types() {
        check(
            &scene("home"),
            &wanted("quote", None, &[], "lines.product", "Cable 5 m"),
            "form New product: new product
             only
             preset type=goods active=true unit=pcs billing=once name=Cable 5 m",
        );
        check(
            &scene("home"),
            &wanted("activity", None, &[], "about", "Zeta"),
            "pick What is “Zeta”?
             account = Account
             contact = Contact
             lead = Lead
             opportunity = Opportunity
             case = Case
             quote = Quote
             order = Order
             contract = Contract
             asset = Asset
             campaign = Campaign",
        );
        check(&scene("home"), &wanted("deal", None, &[], "pipeline", "Zeta"), "nothing to make");
        check(&scene("home"), &wanted("deal", None, &[], "owner", "Zeta"), "nothing to make");
    }
}
