//! What is offered while a query is typed.

use super::*;

fn offers(ty: &str, text: &str) -> String {
    let (text, after) = text.split_once('|').unwrap_or((text, ""));
    let book = book();
    let whole = format!("{text}{after}");
    let found = complete(&whole, text.len(), book.schema().find(ty), &book, None, usize::MAX);
    for candidate in &found {
        assert!(
            candidate.at.end == text.len() && whole.is_char_boundary(candidate.at.start),
            "{candidate:?}"
        );
    }
    found.into_iter().map(|candidate| candidate.insert).collect::<Vec<_>>().join(" ")
}

fn check(ty: &str, text: &str, expect: &str) {
    assert_eq!(offers(ty, text), expect, "{text}");
}

#[test]
fn names_then_operators_then_values() {
    check("case", "pump pri", "priority");
    check("case", "pump pri| more", "priority");
    check("deal", "clo", "close_date closed_at");
    check("deal", "-sta", "stage stage_since");
    check("deal", "(prob", "probability");
    check("case", "escalated", "escalated_at escalated: escalated!= escalated~".split_once(' ').unwrap().1);
    check("case", "priority", "priority: priority!= priority~ priority< priority> priority<= priority>=");
    check("case", "priority=h", "high");
    check("case", "status!=re", "resolved");
    check("case", "status:new,re", "resolved");
    check("case", "escalated=", "yes no");
    check("account", "coun", "country");
    check("account", "country", "country: country!= country~");
    check("deal", "account.coun", "country");
    check("case", "priority=high", "");
    check("case", "pump ", "");
    check("case", "nonsense=x", "");
    check("case", "\"pri", "");
}

#[test]
fn values_by_the_kind_of_the_field() {
    check("account", "tag:", "iso9001 pilot");
    check("account", "country:", "DE DK");
    check("deal", "account.country:D", "DE DK");
    check("deal", "account.city:ar", "Århus");
    check("account", "tag:pilot,i", "iso9001");
    check("account", "owner:", "me jonas lena");
    check("account", "owner:vo", "lena");
    check("deal", "account:ac", "acme");
    check("deal", "account:gm", "acme");
    check("deal", "close<next", "\"next week\" \"next month\" \"next quarter\"");
    check("deal", "close:today..to", "today tomorrow");
    check("case", "age>2", "2w");
    check("deal", "has:next_s", "next_step next_step_date");
    check("case", "is:", "escalated");
    check("deal", "sort:-amo", "amount");
    check("", "type:cas", "case");
    check("", "type:case prio", "priority");
    check("deal", "stage:", "q n won");
    check("deal", "stage:sig", "won");
    check("account", "in:par", "partners");
}

#[test]
fn paths_step_by_step() {
    check("deal", "account.billing", "billing_address");
    check("deal", "account.billing_address.c", "city country postal_code");
    check("deal", "stage.kind:", "open won lost");
    check("deal", "account.owner:le", "lena");
}

#[test]
fn what_is_offered_can_be_read() {
    let book = book();
    let ground = Ground::new(&book, Entry { me: None, now: now() });
    for (ty, text) in
        [("deal", "close<"), ("account", "tag:"), ("deal", "account:"), ("case", "age<"), ("case", "status:")]
    {
        let ty = book.schema().find(ty).unwrap();
        for candidate in complete(text, text.len(), Some(ty), &book, None, usize::MAX) {
            let whole = format!("{}{}", &text[..candidate.at.start], candidate.insert);
            let read = Query::read(&whole, Some(ty), &ground);
            assert!(read.is_ok(), "{whole}: {read:?}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_strange(text in r#"([ -~äß]|type:|stage|"){0,30}"#, cut in 0usize..40) {
        let cursor = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let book = book();
        let ty = book.schema().find("deal").unwrap();
        complete(&text, cursor, Some(ty), &book, None, usize::MAX);
        complete(&text, cursor, None, &book, None, usize::MAX);
        let _ = finished(&text, ty);
    }
}
