//! A walk through the lists.

use super::stage::Playhouse;
use kontor::actions::Place;

#[test]
fn a_list_is_filtered_sorted_and_marked() {
    let mut play = Playhouse::sample((120, 40), Place::List("account".into()));
    insta::assert_snapshot!("accounts_120x40", play.after(""));
    let filtered = play.after("/ Acme enter");
    assert!(filtered.contains("Acme GmbH") && !filtered.contains("Bergmann AG"), "{filtered}");
}
