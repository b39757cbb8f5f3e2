use chrono::NaiveDate;

use super::*;
use crate::tui::widgets::picker::Item;
use crate::tui::widgets::testing::{click, keys, shown};

/// An owner that knows enough of deals for these tests.
struct Deals;

const STAGES: [(&str, &str, &str); 4] = [
    ("qualification", "Qualification", "20 %"),
    ("proposal", "Proposal", "50 %"),
    ("negotiation", "Negotiation", "80 %"),
    ("lost", "Lost", "0 %"),
];

impl FormModel for Deals {
    fn check(&self, path: &str, value: &FormValue, all: &Values) -> FieldStatus {
        let text = value.text();
        match path {
            "amount" if text.is_empty() => FieldStatus::fine(),
            "amount" => {
                match text.strip_suffix('k').map_or(text.parse::<u32>(), |k| k.parse().map(|k: u32| k * 1000))
                {
                    Ok(amount) => FieldStatus::read(format!("{amount}.00 EUR"), format!("{amount}.00 €")),
                    Err(_) if text.ends_with(".00 EUR") => FieldStatus::read(text, text.replace("EUR", "€")),
                    Err(_) => FieldStatus::error("is no amount: write for example 12.5k or 85000"),
                }
            }
            "close_date" => match self.read_date(text) {
                Ok(day) if day < self.today() => FieldStatus::warn("is in the past"),
                Ok(day) => FieldStatus::read(day.to_string(), day.format("%-d %b %Y").to_string()),
                Err(_) if text.is_empty() => FieldStatus::fine(),
                Err(why) => FieldStatus::error(why),
            },
            "lost_reason" if text.is_empty() && all.get("stage").text() == "lost" => {
                FieldStatus::error("asked for when lost")
            }
            _ => FieldStatus::fine(),
        }
    }

    fn options(&self, path: &str, _query: &str, _all: &Values) -> Options {
        let items = match path {
            "stage" => STAGES.map(|(key, label, share)| Item::new(key, label).hint(share)).to_vec(),
            "account" => vec![
                Item::new("acme-gmbh", "Acme GmbH").detail("Hamburg, DE"),
                Item::new("bergmann-ag", "Bergmann AG").detail("Zürich, CH"),
            ],
            "tags" => ["pilot", "iso9001"].map(|tag| Item::new(tag, tag)).to_vec(),
            "contacts" => vec![Item::new("marta-lind", "Marta Lind")],
            _ => vec![Item::new("pump", "Pump controller"), Item::new("probe", "Line probe")],
        };
        Options { items, partial: false }
    }

    fn label(&self, path: &str, key: &str) -> String {
        let all = self.options(path, "", &Values::new()).items;
        all.into_iter().find(|item| item.key == key).map_or(key.to_owned(), |item| item.label)
    }

    fn before(&self, path: &str) -> Option<String> {
        (path == "stage").then(|| "was Proposal since 12 Oct, 40 days".to_owned())
    }

    fn read_date(&self, text: &str) -> Result<NaiveDate, String> {
        match text {
            "in 2 weeks" => Ok(NaiveDate::from_ymd_opt(2026, 12, 5).unwrap()),
            _ => text.parse().map_err(|_| format!("`{text}` is no date")),
        }
    }

    fn today(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
    }
}

fn fields() -> Vec<FieldSpec> {
    let line = vec![
        FieldSpec::new("product", "Product", Editor::Link { create: Some("New product “{}”".into()) })
            .required(),
        FieldSpec::new("quantity", "Quantity", Editor::Number),
    ];
    let address = [("street", "Street"), ("postcode", "Postcode"), ("city", "City")];
    let address = address.map(|(part, label)| (part.into(), label.to_owned())).to_vec();
    vec![
        FieldSpec::new("name", "Name", Editor::Text).required(),
        FieldSpec::new("account", "Account", Editor::Link { create: Some("New account “{}”".into()) }),
        FieldSpec::new("stage", "Stage", Editor::Choice).required().help("Move it when the customer does"),
        FieldSpec::new("amount", "Amount", Editor::Number),
        FieldSpec::new("close_date", "Close date", Editor::Date),
        FieldSpec::new("lost_reason", "Lost reason", Editor::Text),
        FieldSpec::new("strategic", "Strategic", Editor::Toggle).group("More"),
        FieldSpec::new("tags", "Tags", Editor::Tags).group("More"),
        FieldSpec::new("notes", "Notes", Editor::Multiline).group("More"),
        FieldSpec::new("ship_to", "Ship to", Editor::Parts(address)).group("More"),
        FieldSpec::new("lines", "Lines", Editor::Lines(line)).group("More"),
        FieldSpec::new("contacts", "Contacts", Editor::Links { create: Some("New contact “{}”".into()) })
            .group("More"),
        FieldSpec::new("weighted_by", "Weighted by", Editor::Text).group("More"),
        FieldSpec::new("weighted", "Weighted", Editor::Number).group("More").locked("is worked out"),
    ]
}

fn values() -> Values {
    let mut values: Values = [
        ("name", "Line 4 sensors"),
        ("account", "acme-gmbh"),
        ("stage", "proposal"),
        ("amount", "85000.00 EUR"),
        ("close_date", "2027-01-30"),
        ("weighted", "42500.00 EUR"),
        ("notes", "Marta prefers mornings.\nPurchasing changes in January."),
    ]
    .into_iter()
    .collect();
    let line = |product: &str, quantity: &str| -> Values {
        [("id", "k7f3"), ("product", product), ("quantity", quantity)].into_iter().collect()
    };
    values.set("lines", FormValue::Lines(vec![line("pump", "4"), line("probe", "120")]));
    values.set("tags", FormValue::List(vec!["pilot".into()]));
    values.set(
        "ship_to",
        FormValue::default().with_part("street", "Kai 3".into()).with_part("city", "Kiel".into()),
    );
    values
}

fn form() -> Form {
    Form::new("Edit opportunity · Line 4 sensors", fields(), values(), &Deals)
        .subtitle("opportunities/line-4-sensors-7f3k")
}

fn press(form: &mut Form, script: &str) -> FormResponse {
    keys(script).into_iter().map(|key| form.handle(key, &Deals)).last().unwrap()
}

fn picture(form: &Form, width: u16, height: u16) -> String {
    shown(width, height, |area, buf, theme| form.draw(area, buf, theme, &Deals))
}

fn focused(form: &Form) -> &str {
    form.focused_field().map_or("", |field| &field.name)
}

#[test]
fn typing_goes_into_the_field_and_is_counted() {
    let mut form = form();
    assert_eq!(press(&mut form, "!"), FormResponse::Changed("name".into()));
    assert_eq!(form.values().get("name").text(), "Line 4 sensors!");
    assert_eq!(form.changed(), ["name"]);
    press(&mut form, "<bs>");
    assert!(!form.is_dirty());
    assert_eq!(press(&mut form, "<esc>"), FormResponse::Cancel);
}

#[test]
fn escape_asks_only_when_something_would_be_lost() {
    let mut form = form();
    press(&mut form, "x");
    assert_eq!(press(&mut form, "<esc>"), FormResponse::Redraw);
    assert!(picture(&form, 80, 24).contains("Lose the change to 1 field?"));
    assert_eq!(press(&mut form, "<esc>"), FormResponse::Redraw);
    assert_eq!(form.values().get("name").text(), "Line 4 sensorsx");
    press(&mut form, "<esc>");
    assert_eq!(press(&mut form, "d"), FormResponse::Cancel);
}

#[test]
fn what_is_typed_is_read_and_settles_when_left() {
    let mut form = form();
    form.focus_on("amount");
    press(&mut form, "<c-u>12k");
    assert!(picture(&form, 100, 24).contains("= 12000.00 €"));
    press(&mut form, "<tab>");
    assert_eq!(form.values().get("amount").text(), "12000.00 EUR");
    press(&mut form, "<c-u>in 2 weeks<down>");
    assert_eq!(form.values().get("close_date").text(), "2026-12-05");
    assert_eq!(focused(&form), "lost_reason");
}

#[test]
fn saving_goes_to_the_first_error() {
    let mut form = form();
    press(&mut form, "<c-u><tab><tab><tab><c-u>lots<down>");
    assert_eq!(press(&mut form, "<c-s>"), FormResponse::Invalid(2));
    assert_eq!(focused(&form), "name");
    let text = picture(&form, 100, 24);
    assert!(text.contains("! needs a value") && text.contains("! is no amount"), "{text}");
    press(&mut form, "Sensors<a-e>");
    assert_eq!(focused(&form), "amount");
    press(&mut form, "<c-u>9k");
    assert_eq!(press(&mut form, "<c-s>"), FormResponse::Submit);
    assert_eq!(form.values().get("amount").text(), "9000.00 EUR");
}

#[test]
fn a_required_field_is_not_held_against_a_new_form() {
    let mut form = Form::new("New opportunity", fields(), Values::new(), &Deals);
    assert!(!picture(&form, 100, 24).contains('!'));
    assert_eq!(press(&mut form, "<c-s>"), FormResponse::Invalid(2));
    assert!(picture(&form, 100, 24).contains('!'));
}

#[test]
fn choices_open_by_enter_or_by_typing_and_step_by_arrows() {
    let mut form = form();
    form.focus_on("stage");
    press(&mut form, "<enter>");
    assert!(form.is_open());
    assert_eq!(press(&mut form, "<down><enter>"), FormResponse::Changed("stage".into()));
    assert_eq!(form.values().get("stage").text(), "negotiation");
    assert_eq!(focused(&form), "amount");
    press(&mut form, "<up>los<enter>");
    assert_eq!(form.values().get("stage").text(), "lost");
    press(&mut form, "<up><left>");
    assert_eq!(form.values().get("stage").text(), "negotiation");
    press(&mut form, "<enter><esc>");
    assert!(!form.is_open());
    assert_eq!(press(&mut form, "<bs>"), FormResponse::Changed("stage".into()));
    assert!(form.values().get("stage").is_empty());
}

#[test]
fn a_link_may_be_made_on_the_way() {
    let mut form = form();
    form.focus_on("account");
    assert_eq!(press(&mut form, "zeta<enter>"), FormResponse::Create("account".into(), "zeta".into()));
    // The list waits with what was typed; the record that was made goes where a picked one would.
    assert!(form.is_open());
    assert_eq!(form.link("account", "zeta", &Deals), FormResponse::Changed("account".into()));
    assert_eq!((form.changed(), focused(&form), form.is_open()), (vec!["account"], "stage", false));
    assert_eq!(press(&mut form, "<up>berg<enter>"), FormResponse::Changed("account".into()));
    assert_eq!(form.values().get("account").text(), "bergmann-ag");
}

#[test]
fn a_link_in_a_line_is_named_by_its_path() {
    let mut form = form();
    form.focus_on("lines");
    let wanted = FormResponse::Create("lines.product".into(), "cable".into());
    assert_eq!(press(&mut form, "a<enter>cable<enter>"), wanted);
    assert_eq!(form.link("lines.product", "cable-5", &Deals), FormResponse::Changed("lines.product".into()));
    assert_eq!(press(&mut form, "3<c-s>"), FormResponse::Changed("lines".into()));
    let line = &form.values().get("lines").lines()[2];
    assert_eq!((line.get("product").text(), line.get("quantity").text()), ("cable-5", "3"));
}

#[test]
fn several_links_may_be_made_on_the_way() {
    let mut form = form();
    form.focus_on("contacts");
    assert_eq!(press(&mut form, "olaf<enter>"), FormResponse::Create("contacts".into(), "olaf".into()));
    form.link("contacts", "olaf-feld", &Deals);
    assert!(form.is_open());
    assert_eq!(press(&mut form, "<tab>"), FormResponse::Redraw);
    assert_eq!(form.values().get("contacts").list(), ["olaf-feld"]);
    assert_eq!(focused(&form), "weighted_by");
}

#[test]
fn what_is_wrong_with_a_record_already_does_not_keep_it_from_being_saved() {
    let mut form = form();
    form.set_value("close_date", "soonish".into(), &Deals);
    let values = form.values().clone();
    let mut form = Form::new("Edit", fields(), values, &Deals).of_existing();
    assert!(picture(&form, 100, 30).contains("▲ `soonish` is no date"));
    assert_eq!(press(&mut form, "!<c-s>"), FormResponse::Submit);
    form.focus_on("close_date");
    press(&mut form, "<c-u>laterish");
    assert_eq!(press(&mut form, "<c-s>"), FormResponse::Invalid(1));
}

#[test]
fn a_text_nobody_touched_keeps_its_spelling() {
    let mut values = values();
    values.set("amount", "85k".into());
    let mut form = Form::new("Edit", fields(), values, &Deals);
    form.focus_on("amount");
    press(&mut form, "<tab><c-s>");
    assert_eq!((form.values().get("amount").text(), form.is_dirty()), ("85k", false));
}

#[test]
fn the_owner_may_change_the_fields_and_nothing_typed_is_lost() {
    let mut form = form();
    let few: Vec<FieldSpec> = fields().into_iter().filter(|field| field.name != "lost_reason").collect();
    form.set_fields(few.clone(), &Deals);
    form.focus_on("close_date");
    press(&mut form, "<c-u>2027-03-01");
    form.set_fields(fields(), &Deals);
    assert_eq!(focused(&form), "close_date");
    press(&mut form, "<tab>Price<up>");
    form.set_fields(few, &Deals);
    assert_eq!(form.values().get("lost_reason").text(), "Price");
    assert_eq!(form.values().get("close_date").text(), "2027-03-01");
}

#[test]
fn a_calendar_opens_on_a_date() {
    let mut form = form();
    form.focus_on("close_date");
    press(&mut form, "<enter>");
    assert_eq!(press(&mut form, "j<enter>"), FormResponse::Changed("close_date".into()));
    assert_eq!(form.values().get("close_date").text(), "2027-02-06");
    assert_eq!(focused(&form), "lost_reason");
}

#[test]
fn toggles_tags_and_text() {
    let mut form = form();
    form.focus_on("strategic");
    press(&mut form, " ");
    assert_eq!(form.values().get("strategic").text(), "true");
    press(&mut form, "n<tab>iso<enter>vip<enter><esc>");
    assert_eq!(form.values().get("strategic").text(), "false");
    assert_eq!(form.values().get("tags").list(), ["pilot", "iso9001", "vip"]);
    assert_eq!(press(&mut form, "<tab><c-e>"), FormResponse::External("notes".into()));
    press(&mut form, "<enter>New line");
    assert!(form.values().get("notes").text().ends_with("January.\nNew line"));
    press(&mut form, "<down>12<down>24<down><c-w>Plön");
    assert_eq!(form.values().get("ship_to").part("street"), "Kai 312");
    assert_eq!(form.values().get("ship_to").part("city"), "Plön");
}

#[test]
fn lines_are_added_edited_moved_and_removed() {
    let mut form = form();
    form.focus_on("lines");
    assert_eq!(press(&mut form, "J"), FormResponse::Changed("lines".into()));
    let products = |form: &Form| -> Vec<String> {
        form.values().get("lines").lines().iter().map(|line| line.get("product").text().to_owned()).collect()
    };
    assert_eq!(products(&form), ["probe", "pump"]);
    press(&mut form, "<enter><tab><c-u>7<c-s>");
    assert_eq!(form.values().get("lines").lines()[1].get("quantity").text(), "7");
    assert_eq!(form.values().get("lines").lines()[1].get("id").text(), "k7f3");
    press(&mut form, "<enter>");
    assert_eq!(press(&mut form, "<c-s>"), FormResponse::Invalid(1));
    assert!(picture(&form, 100, 30).contains("! needs a value"));
    press(&mut form, "probe<enter>2<c-s>");
    assert_eq!(products(&form), ["probe", "pump", "probe"]);
    form.focus_on("lines");
    press(&mut form, "dd");
    assert_eq!(products(&form), ["probe"]);
}

#[test]
fn pasted_text_goes_where_typing_goes() {
    let mut form = form();
    assert_eq!(form.paste(" (2)\n", &Deals), FormResponse::Changed("name".into()));
    assert_eq!(form.values().get("name").text(), "Line 4 sensors (2) ");
    form.focus_on("stage");
    form.paste("nego", &Deals);
    press(&mut form, "<enter>");
    assert_eq!(form.values().get("stage").text(), "negotiation");
}

#[test]
fn locked_fields_are_passed_over() {
    let mut form = form();
    form.focus_on("lines");
    press(&mut form, "<tab><tab><tab><tab><tab><tab>");
    assert_eq!(focused(&form), "weighted_by");
    assert!(picture(&form, 100, 40).contains("is worked out"));
}

#[test]
fn a_problem_found_by_saving_stays_until_the_field_changes() {
    let mut form = form();
    form.set_problem("name", Level::Error, "is taken by another deal");
    assert_eq!(focused(&form), "name");
    assert!(picture(&form, 100, 24).contains("! is taken by another deal"));
    press(&mut form, "x");
    assert!(!picture(&form, 100, 24).contains("taken"));
}

#[test]
fn a_click_puts_the_focus_and_a_second_opens() {
    let mut form = form();
    picture(&form, 100, 24);
    form.mouse(click(30, 4), &Deals);
    assert_eq!(focused(&form), "stage");
    form.mouse(click(30, 4), &Deals);
    assert!(form.is_open());
    picture(&form, 100, 24);
    assert_eq!(form.mouse(click(55, 4), &Deals), FormResponse::Changed("stage".into()));
    assert_eq!(form.values().get("stage").text(), "qualification");
}

#[test]
fn wide() {
    let mut form = form();
    form.focus_on("stage");
    press(&mut form, "<enter><down>");
    insta::assert_snapshot!(picture(&form, 120, 26));
}

#[test]
fn at_80_columns() {
    let mut form = form();
    form.focus_on("amount");
    press(&mut form, "<c-u>lots");
    insta::assert_snapshot!(picture(&form, 80, 24));
}

#[test]
fn at_40_columns() {
    let mut form = form();
    form.focus_on("stage");
    press(&mut form, "<c-s>");
    insta::assert_snapshot!(picture(&form, 40, 12));
}

#[test]
fn an_address_opens_when_it_has_the_focus() {
    let mut form = form();
    form.focus_on("ship_to");
    press(&mut form, "<down>");
    insta::assert_snapshot!(picture(&form, 100, 30));
}

#[test]
fn a_calendar_beside_its_field() {
    let mut form = form();
    form.focus_on("close_date");
    press(&mut form, "<enter>");
    insta::assert_snapshot!(picture(&form, 100, 24));
}

#[test]
fn a_line_has_a_form_of_its_own() {
    let mut form = form();
    form.focus_on("lines");
    press(&mut form, "<enter>");
    insta::assert_snapshot!(picture(&form, 100, 30));
}
