use super::*;
use crate::tui::widgets::testing::{click, key, keys, shown};

fn accounts() -> Vec<Item> {
    [
        ("acme-gmbh", "Acme GmbH", "Hamburg, DE"),
        ("acme-iberia", "Acme Iberia SL", "Bilbao, ES"),
        ("bergmann-ag", "Bergmann AG", "Zürich, CH"),
        ("kuroda", "Kuroda 黒田製作所", "大阪, JP"),
        ("mueller", "Müller & Söhne", "Kiel, DE"),
        ("olsen-soenner", "Olsen & Sønner", "Aarhus, DK"),
    ]
    .map(|(key, label, detail)| Item::new(key, label).detail(detail))
    .to_vec()
}

fn typed(picker: &mut Picker, script: &str) -> Picked {
    keys(script).into_iter().map(|key| picker.handle(key)).last().unwrap()
}

fn labels(picker: &Picker) -> Vec<&str> {
    picker.matching().map(|item| item.label.as_str()).collect()
}

#[test]
fn the_best_match_comes_first() {
    let mut picker = Picker::new(accounts());
    assert_eq!(typed(&mut picker, "ac"), Picked::Query);
    assert_eq!(labels(&picker)[..2], ["Acme GmbH", "Acme Iberia SL"]);
    typed(&mut picker, "ib");
    assert_eq!(labels(&picker), ["Acme Iberia SL"]);
    assert_eq!(typed(&mut picker, "<enter>"), Picked::Choose("acme-iberia".into()));
    typed(&mut picker, "<c-u>muller");
    assert_eq!(labels(&picker), ["Müller & Söhne"]);
    typed(&mut picker, "<c-u>hamburg");
    assert_eq!(labels(&picker), ["Acme GmbH"]);
    typed(&mut picker, "<c-u>");
    assert_eq!(labels(&picker).len(), 6);
}

#[test]
fn narrowing_finds_what_asking_anew_finds() {
    let mut step_by_step = Picker::new(accounts());
    for (typed, key) in ["a", "ae", "aer"].into_iter().zip(keys("aer")) {
        step_by_step.handle(key);
        assert_eq!(labels(&step_by_step), labels(&Picker::new(accounts()).with_query(typed)));
    }
}

#[test]
fn typing_in_the_middle_narrows_rightly_too() {
    let mut picker = Picker::new(accounts());
    typed(&mut picker, "g<home>ber");
    assert_eq!(labels(&picker), labels(&Picker::new(accounts()).with_query("berg")));
}

#[test]
fn what_is_not_there_can_be_made() {
    let mut picker = Picker::new(accounts()).creating("New account “{}”");
    assert_eq!(typed(&mut picker, "zeta<enter>"), Picked::Create("zeta".into()));
    typed(&mut picker, "<c-u>acme gmbh");
    assert_eq!(picker.create_row(), None);
    assert_eq!(typed(&mut picker, "<enter>"), Picked::Choose("acme-gmbh".into()));
}

#[test]
fn the_cursor_stays_on_its_key_when_items_arrive() {
    let mut picker = Picker::new(accounts()[2..].to_vec());
    typed(&mut picker, "<down><down>");
    assert_eq!(picker.current().unwrap().key, "mueller");
    picker.set_items(accounts());
    assert_eq!(picker.current().unwrap().key, "mueller");
}

#[test]
fn barred_items_say_why() {
    let mut picker = Picker::new(vec![Item::new("undo", "Undo").barred("nothing to undo")]);
    assert_eq!(picker.handle(key("<enter>")), Picked::Barred("nothing to undo".into()));
    assert_eq!(picker.handle(key("<esc>")), Picked::Cancel);
}

#[test]
fn an_owner_may_do_the_finding() {
    let mut picker = Picker::new(accounts()).searched_elsewhere();
    assert_eq!(typed(&mut picker, "zzz"), Picked::Query);
    assert_eq!(labels(&picker).len(), 6);
}

#[test]
fn a_popup_with_matches_and_an_offer() {
    let mut picker = Picker::new(accounts()).creating("New account “{}”");
    typed(&mut picker, "me");
    insta::assert_snapshot!(shown(60, 14, |area, buf, theme| picker.draw_popup(area, buf, theme, "Account")));
}

#[test]
fn a_dropdown_beside_its_field() {
    let stages = [("Qualification", "20 %"), ("Proposal", "50 %"), ("Negotiation", "80 %"), ("Won", "100 %")];
    let items = stages.map(|(stage, share)| Item::new(stage.to_lowercase(), stage).hint(share)).to_vec();
    let mut picker = Picker::new(items);
    picker.select("negotiation");
    let field = Rect::new(10, 1, 30, 1);
    insta::assert_snapshot!(shown(60, 9, |area, buf, theme| {
        picker.draw_dropdown(field, area, buf, theme, Look::List)
    }));
}

#[test]
fn groups_head_the_list_until_something_is_typed() {
    let items = vec![
        Item::new("a", "Add a note").group("Record").hint("a"),
        Item::new("e", "Edit").group("Record").hint("e"),
        Item::new("q", "Quit").group("Kontor").hint("q"),
    ];
    let mut picker = Picker::new(items);
    insta::assert_snapshot!(shown(30, 7, |area, buf, theme| picker.draw(area, buf, theme, Look::Full)));
    assert_eq!(picker.mouse(click(4, 4)), Picked::Choose("e".into()));
    assert_eq!(picker.mouse(click(4, 2)), Picked::Moved);
    typed(&mut picker, "quit");
    assert!(!shown(30, 7, |area, buf, theme| picker.draw(area, buf, theme, Look::Full)).contains("Kontor"));
}

#[test]
fn ten_thousand_items_are_ranked_the_same_on_many_threads() {
    let many: Vec<Item> = (0..10_000).map(|n| Item::new(n.to_string(), format!("Account {n}"))).collect();
    let picker = Picker::new(many).with_query("9999");
    assert_eq!(labels(&picker), ["Account 9999"]);
}
