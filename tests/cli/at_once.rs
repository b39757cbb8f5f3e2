//! Several processes of the real binary at work in one clone.

use super::shell::{Shell, said};
use std::thread;

const PROCESSES: usize = 4;
const EACH: usize = 25;

/// Each line of processes has a field of its own in the records all of them change.
const FIELDS: [&str; PROCESSES] = ["legal_name", "vat_id", "payment_terms", "industry_code"];

/// Runs it until it is done, as a person would who is told to try again; how often it was refused.
#[track_caller]
fn persist(shell: &Shell, args: &[&str]) -> usize {
    for refused in 0..50 {
        let said = said(shell.kontor(args).output().unwrap());
        match said.code {
            0 => return refused,
            1 | 3 => assert!(
                said.err.starts_with("error: ") && said.out.is_empty(),
                "refused without a word: {said:?}"
            ),
            _ => panic!("kontor {args:?}: {said:?}"),
        }
    }
    panic!("kontor {args:?} was refused for ever")
}

#[test]
fn nothing_that_was_told_done_is_lost() {
    let shell = Shell::new();
    let before = shell.commits();
    let work = |me: usize| {
        let field = FIELDS[me];
        let turns = (0..EACH).map(|n| match n % 5 {
            4 => persist(&shell, &["new", "account", &format!("name=New {me} {n}")]),
            _ => {
                let record = ["accounts/acme-gmbh", "accounts/bolt-ag"][n % 2];
                persist(&shell, &["set", record, &format!("{field}=from-{me}-{n}")])
            }
        });
        turns.sum::<usize>()
    };
    let refused: usize = thread::scope(|scope| {
        let lines: Vec<_> = (0..PROCESSES).map(|me| scope.spawn(move || work(me))).collect();
        lines.into_iter().map(|line| line.join().unwrap()).sum()
    });

    // One commit for each, none for what was refused, and each holds what it said.
    assert_eq!(shell.commits(), before + PROCESSES * EACH, "{refused} were refused");
    let history = shell.git(&["log", "--reverse", "--format=", "--patch", "--unified=0"]);
    for (me, field) in FIELDS.iter().enumerate() {
        for n in 0..EACH {
            let line = match n % 5 {
                4 => format!("+name: New {me} {n}"),
                _ => format!("+{field}: from-{me}-{n}"),
            };
            assert_eq!(history.lines().filter(|&found| found == line).count(), 1, "{line}");
        }
        // The last that each line of processes said stands in the files.
        for (record, last) in [("acme-gmbh", EACH - 3), ("bolt-ag", EACH - 2)] {
            let text = shell.read(&format!("accounts/{record}.yaml"));
            assert!(text.contains(&format!("\n{field}: from-{me}-{last}\n")), "{record}: {field}\n{text}");
        }
    }
    shell.is_clean();
    assert_eq!(shell.json(&["check"]), serde_json::json!([]));
}
