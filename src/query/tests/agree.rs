//! Random queries over random records find what a plain interpreter finds that looks at every record anew.

use super::*;
use crate::model::Scope;
use crate::query::syntax::{Expr, Item, OneWord, Operator, Term, parse};
use proptest::prelude::*;

static SCHEMA: LazyLock<Arc<Schema>> = LazyLock::new(|| Arc::new(Schema::builtin()));

/// What the query means, said as simply as can be.
fn naive(expr: &Expr, book: &Book, record: &Record) -> bool {
    match expr {
        Expr::All(parts) => parts.iter().all(|part| naive(part, book, record)),
        Expr::Any(parts) => parts.iter().any(|part| naive(part, book, record)),
        Expr::Not(part) => !naive(part, book, record),
        Expr::Word(word) => {
            let word = word.text.to_lowercase();
            let own = record.fields.iter().flat_map(|(_, value)| value.scalars());
            let title = |id: &str| {
                book.get(&format!("accounts/{id}").parse().ok()?).map(|r| r.text("name").to_owned())
            };
            let linked = title(record.text("account")).unwrap_or_default();
            own.chain([record.id().as_str(), linked.as_str()]).any(|text| text.to_lowercase().contains(&word))
        }
        Expr::Term(term) => of_term(term, book, record),
    }
}

fn of_term(term: &Term, book: &Book, record: &Record) -> bool {
    let scope = Scope::of(book, record).unwrap();
    let values = scope.resolve(&term.field).values.into_iter().flat_map(Value::scalars);
    let values: Vec<&str> = values.filter(|text| !text.is_empty()).collect();
    let number = |text: &str| -> Option<i64> { text.split(' ').next()?.parse().ok() };
    let one = |item: &Item| match item {
        Item::One(atom) if atom.text.is_empty() => values.is_empty(),
        Item::One(atom) => values.iter().any(|value| match number(&atom.text).zip(number(value)) {
            Some((a, b)) => a == b,
            None => value.eq_ignore_ascii_case(&atom.text),
        }),
        Item::Range(from, to) => values.iter().filter_map(|value| number(value)).any(|value| {
            from.as_ref().is_none_or(|from| value >= number(&from.text).unwrap())
                && to.as_ref().is_none_or(|to| value <= number(&to.text).unwrap())
        }),
    };
    let bound = term.values[0].text();
    let order = ["low", "normal", "high", "urgent"];
    let place = |text: &str| match term.field.as_str() {
        "priority" => order.iter().position(|word| *word == text).map(|at| at as i64),
        _ => number(text),
    };
    let compares = |holds: fn(i64, i64) -> bool| {
        let bound = place(&bound).unwrap();
        values.iter().filter_map(|value| place(value)).any(|value| holds(value, bound))
    };
    match term.operator {
        Operator::Colon | Operator::Is => term.values.iter().any(one),
        Operator::Not => !term.values.iter().any(one),
        Operator::Less => compares(|a, b| a < b),
        Operator::AtMost => compares(|a, b| a <= b),
        Operator::More => compares(|a, b| a > b),
        Operator::AtLeast => compares(|a, b| a >= b),
        Operator::Contains => values.iter().any(|value| value.to_lowercase().contains(bound.as_str())),
        Operator::Lacks => !values.iter().any(|value| value.to_lowercase().contains(bound.as_str())),
    }
}

fn records() -> impl Strategy<Value = String> {
    let account = (
        "[abc]{1,3}",
        proptest::option::of(0..9u32),
        proptest::option::of("DE|DK"),
        proptest::collection::vec("[xyz]", 0..3),
    );
    let account = account.prop_map(|(name, employees, country, tags)| {
        let employees = employees.map(|n| format!("employees: {n}, ")).unwrap_or_default();
        let country = country.map(|c| format!("billing_address: {{country: {c}}}, ")).unwrap_or_default();
        format!("{{name: \"{name}\", {employees}{country}tags: [{}]}}", tags.join(", "))
    });
    let case = (
        "[abc ]{1,4}",
        proptest::option::of("low|normal|high|urgent"),
        proptest::option::of(0..6u32),
        proptest::option::of(1..6u32),
    );
    let case = case.prop_map(|(subject, priority, account, csat)| {
        let mut fields = vec![format!("subject: \"{subject}\"")];
        fields.extend(priority.map(|p| format!("priority: {p}")));
        fields.extend(account.map(|n| format!("account: r{n}")));
        fields.extend(csat.map(|n| format!("csat: {n}")));
        format!("{{{}}}", fields.join(", "))
    });
    (proptest::collection::vec(account, 1..6), proptest::collection::vec(case, 1..20)).prop_map(
        |(accounts, cases)| {
            let accounts =
                accounts.into_iter().enumerate().map(|(n, text)| format!("accounts/r{n}: {text}\n"));
            let cases = cases.into_iter().enumerate().map(|(n, text)| format!("cases/k{n}: {text}\n"));
            accounts.chain(cases).collect()
        },
    )
}

fn query() -> impl Strategy<Value = String> {
    let term = prop_oneof![
        ("priority(:|=|!=|<|<=|>|>=)", "low|normal|high|urgent").prop_map(|(a, b)| a + &b),
        ("priority:", "low|normal", "high|urgent").prop_map(|(a, b, c)| format!("{a}{b},{c}")),
        ("csat(:|!=|<|<=|>|>=)", 0..7u32).prop_map(|(a, b)| format!("{a}{b}")),
        (0..7u32, 0..7u32).prop_map(|(a, b)| format!("csat:{}..{}", a.min(b), a.max(b))),
        (0..7u32).prop_map(|a| format!("csat:..{a}")),
        (r"account\.employees(:|!=|<|>=)", 0..9u32).prop_map(|(a, b)| format!("{a}{b}")),
        r"account\.billing_address\.country(:|!=)(DE|DK)",
        r"account\.tags(:|!=)[xyz]",
        r"account\.name(~|!~)[abc]",
        "subject(~|!~)[abc]{1,2}",
        r#"(account|priority|csat|account\.tags)(=|!=)"""#,
        "[abc]{1,2}|k1",
    ];
    let term = term.prop_map(|text: String| text);
    term.prop_recursive(3, 12, 3, |part| {
        prop_oneof![
            proptest::collection::vec(part.clone(), 2..4).prop_map(|parts| parts.join(" ")),
            proptest::collection::vec(part.clone(), 2..4)
                .prop_map(|parts| format!("({})", parts.join(" or "))),
            part.prop_map(|part| format!("-({part})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn as_a_plain_interpreter_does(records in records(), query in query()) {
        let records = test_fields(&records).into_iter().map(|(name, value)| Record {
            reference: name.parse().unwrap(),
            path: RepoPath::try_from(format!("{name}.yaml").as_str()).unwrap(),
            fields: value.entries().to_vec().into(),
        });
        let book = Book::new(SCHEMA.clone(), Arc::new(Settings::default()), records.collect(), vec![]);
        let ty = book.schema().find("case").unwrap();
        let read = Query::parse(&query, ty, &book, Entry { me: None, now: now() }).unwrap();
        let expr = parse(&query, &OneWord).unwrap();
        let all = book.of(&ty.folder);
        let expect: Vec<_> = all.iter().filter(|record| naive(&expr, &book, record)).cloned().collect();
        prop_assert_eq!(&read.of_type(&book, ty), &expect, "{}", &query);
        prop_assert_eq!(&read.filter(&book, all), &expect, "{}", &query);
    }

    #[test]
    fn no_text_is_too_strange(query in r#"([ -~ä\n]|stage:|close<|account\.|owner:|or |-\(){0,40}"#) {
        let book = book();
        let ground = Ground::new(&book, Entry { me: None, now: now() });
        for ty in [book.schema().find("deal"), None] {
            if let Ok(read) = Query::read(&query, ty, &ground) {
                read.explain(&book);
                read.run(&book);
            }
        }
    }
}
