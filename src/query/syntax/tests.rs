//! Reading and printing.

use super::*;
use proptest::prelude::*;

/// Everything in brackets, so that what belongs to what can be seen.
fn shape(expr: &Expr) -> String {
    let list = |parts: &[Expr]| parts.iter().map(shape).collect::<Vec<_>>().join(" ");
    match expr {
        Expr::All(parts) => format!("(and {})", list(parts)),
        Expr::Any(parts) => format!("(or {})", list(parts)),
        Expr::Not(part) => format!("(not {})", shape(part)),
        leaf => leaf.to_string(),
    }
}

fn check(text: &str, expect: &str) {
    let shown = match parse(text, &OneWord) {
        Ok(expr) => shape(&expr),
        Err(error) => format!("[{}] {}", &text[error.at.clone()], error.message),
    };
    assert_eq!(shown, expect, "{text}");
}

#[test]
fn terms_and_words() {
    check("stage:proposal,negotiation", "stage:proposal,negotiation");
    check("amount >= 10k and name ~ \"sand and sea\"", "(and amount>=10k name~\"sand and sea\")");
    check("a<>b a==b a!~b amount:>=10k", "(and a!=b a=b a!~b amount>=10k)");
    check("account.country:DE", "account.country:DE");
    check("amount:10k..50k x:..5 y:\"a b\"..", "(and amount:10k..50k x:..5 y:\"a b\"..)");
    check("name:\"Acme GmbH\",Bolt", "name:\"Acme GmbH\",Bolt");
    check("12:30 https://acme.example wow!", "(and 12:30 https://acme.example wow!)");
    check("website:https://a.example/x?y=1", "website:https://a.example/x?y=1");
    check("\"say \\\"hi\\\" C:\\x\"", "\"say \\\"hi\\\" C:\\\\x\"");
    check("tags=pilot, country=DE", "(and tags=pilot country=DE)");
    check("close:today .. 30d x", "(and close:today..30d x)");
    check("amount:10k ..50k x", "(and amount:10k..50k x)");
    check("amount:10k.. stage:won", "(and amount:10k.. stage:won)");
    check("amount:10k .. stage:won", "(and amount:10k.. stage:won)");
    check("  Müller  ", "Müller");
    check("amount > -5", "amount>-5");
    check("", "(and )");
}

#[test]
fn or_binds_weaker_than_and_and_brackets_bind_all() {
    check("a b or c d", "(or (and a b) (and c d))");
    check("a (b or c) d", "(and a (or b c) d)");
    check("a OR b Or c", "(or a b c)");
    check("((a))", "a");
    check("-a not b -(c d) --e", "(and (not a) (not b) (not (and c d)) (not (not e)))");
    check("not tag:x -tag:y", "(and (not tag:x) (not tag:y))");
    check("and and \"or\" - not", "[not] write what is not to hold after it");
    check("and:x or:y", "(and and:x or:y)");
}

#[test]
fn a_value_may_be_missing() {
    check("owner= tags=pilot", "(and owner=\"\" tags=pilot)");
    check("owner!=", "owner!=\"\"");
    check("(owner:)", "owner:\"\"");
    check("owner= or x", "(or owner=\"\" x)");
    check("owner:or x", "(and owner:or x)");
    check("owner= -tag:x", "(and owner=\"\" (not tag:x))");
}

#[test]
fn faults_have_a_place() {
    check("(a", "[(] this bracket has no partner: add one at its end");
    check("a)", "[)] this bracket closes nothing: take it out, or put it in quotes");
    check("()", "[()] write a condition between the brackets");
    check("a or", "[or] write a condition after or");
    check("or a", "[or] write a condition before or");
    check("x \"y", "[\"y] this quote has no partner: add one at its end");
    check("=x", "[=] write a field before =, such as name=…");
    check("amount:10k...50k", "[...] write two dots between the ends: 10k..50k");
    check("stage:won,,lost", "[,,] write a value between the commas");
    check("a !stage:won", "[!] write - before what is not to hold: -stage:won");
    check("stage:(a or b)", "[(] write several values with commas between them: stage:this,that");
}

#[test]
fn words_belong_to_a_value_where_the_kind_says_so() {
    struct Two;
    impl Extent for Two {
        fn words(&self, field: &str, texts: &[&str]) -> usize {
            let is_known = |text: &&str| matches!(*text, "next fri" | "last month");
            if field == "close" && texts.iter().any(is_known) { 2 } else { 1 }
        }
    }
    let check = |text: &str, expect: &str| assert_eq!(shape(&parse(text, &Two).unwrap()), expect, "{text}");
    check("close<next fri x", "(and close<\"next fri\" x)");
    check("close<next fri, x", "(and close<\"next fri\" x)");
    check("close<next, fri x", "(and close<next fri x)");
    check("name:next fri", "(and name:next fri)");
    check("(close<next fri)", "close<\"next fri\"");
    check("close:last month..next fri x", "(and close:\"last month\"..\"next fri\" x)");
    check("close:last month,next fri,today x", "(and close:\"last month\",\"next fri\",today x)");
    check("close:last month .. next fri", "close:\"last month\"..\"next fri\"");
}

#[test]
fn too_much_is_refused() {
    let check = |text: String, expect: &str| {
        let message = parse(&text, &OneWord).unwrap_err().message;
        assert!(message.contains(expect), "{message}");
    };
    check("(".repeat(4000), "nested at most 32 deep");
    check("-".repeat(4000) + "x", "nested at most 32 deep");
    check("not ".repeat(1000) + "x", "nested at most 32 deep");
    check("x ".repeat(1000), "at most 200 conditions");
    check("ä".repeat(3000), "at most 4096 bytes");
    assert!(parse(&("(".repeat(32) + "x" + &")".repeat(32)), &OneWord).is_ok());
}

fn atom() -> impl Strategy<Value = Atom> {
    let bare =
        "[a-z0-9äö€+-][a-z0-9äö<>=:.-]{0,6}".prop_filter("two dots part a stretch", |t| !t.contains(".."));
    let bare = bare.prop_filter("a dot beside two more would move them", |t| !t.ends_with('.'));
    let bare = bare.prop_map(|text| Atom { text: text.into(), quoted: false, at: At::default() });
    let quoted =
        "[ a-z\"\\\\(),.ä-]{0,8}".prop_map(|t| Atom { text: t.into(), quoted: true, at: At::default() });
    prop_oneof![bare, quoted]
}

fn expr() -> impl Strategy<Value = Expr> {
    let item = prop_oneof![
        3 => atom().prop_map(Item::One),
        1 => (proptest::option::of(atom()), proptest::option::of(atom())).prop_map(|(a, b)| Item::Range(a, b)),
    ];
    let operator = proptest::sample::select(vec![
        Operator::Colon,
        Operator::Is,
        Operator::Not,
        Operator::Less,
        Operator::AtMost,
        Operator::More,
        Operator::AtLeast,
        Operator::Contains,
        Operator::Lacks,
    ]);
    let term = ("[a-z_][a-z_.]{0,8}", operator, proptest::collection::vec(item, 1..3)).prop_map(
        |(f, operator, values)| {
            let at = At::default;
            Expr::Term(Term { field: f.into(), field_at: at(), operator, values, values_at: at() })
        },
    );
    let word = atom().prop_map(|Atom { text, quoted, at }| Expr::Word(Word { text, quoted, at }));
    let word = word.prop_filter(
        "it would be a keyword, a negation, a field or an operator",
        |word| matches!(word, Expr::Word(w) if w.quoted || w.text.chars().all(|c| c.is_ascii_digit())),
    );
    prop_oneof![term, word].prop_recursive(4, 24, 4, |part| {
        let several = || proptest::collection::vec(part.clone(), 2..4);
        prop_oneof![
            several().prop_map(Expr::All),
            several().prop_map(Expr::Any),
            part.prop_map(|part| Expr::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_as_the_same_query(expr in expr()) {
        let text = expr.to_string();
        let again = parse(&text, &OneWord);
        prop_assert_eq!(again.as_ref(), Ok(&expr), "{}", text);
    }

    #[test]
    fn what_can_be_read_prints_as_the_same_query(text in r#"([a-c]|or|and|not|[ (),.:=<>!~"\\-]|1|ä){0,24}"#) {
        if let Ok(expr) = parse(&text, &OneWord) {
            let printed = expr.to_string();
            prop_assert_eq!(parse(&printed, &OneWord), Ok(expr), "{} as {}", text, printed);
        }
    }

    #[test]
    fn no_text_is_too_strange(text in r#"[ -~äß日\n]{0,200}"#) {
        let _ = parse(&text, &OneWord);
    }
}
