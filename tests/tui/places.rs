//! `:` goes where the cursor stands, whatever a place is called.

use super::stage::Playhouse;
use kontor::actions::Place;

fn opens(typed: &str, screen: &str) {
    let mut play = Playhouse::sample((120, 40), Place::Home);
    let asked = play.after(&format!(": {typed}"));
    let under = asked.lines().find(|line| line.contains("▌ ")).unwrap_or_default().to_owned();
    assert!(under.contains(screen), "{typed}: {asked}");
    let there = play.after("enter");
    assert!(there.lines().next().is_some_and(|top| top.contains(screen)), "{typed}: {there}");
}

#[test]
fn what_opens_is_what_is_under_the_cursor() {
    opens("people", "Contacts");
    opens("tickets", "Cases");
    opens("offers", "Quotes");
    opens("ticket", "Cases");
    opens("board", "Pipeline");
    opens("pipelines", "Pipelines");
    opens("\"accounts/acme-gmbh\"", "Acme GmbH");
}

#[test]
fn a_query_behind_a_type_is_a_place_too() {
    let mut play = Playhouse::sample((120, 40), Place::Home);
    let there = play.after(": \"cases priority=high\" enter");
    assert!(there.lines().next().is_some_and(|top| top.contains("Cases")), "{there}");
}
