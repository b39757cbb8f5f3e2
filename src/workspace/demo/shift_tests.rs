use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn shift(from: &str, to: &str) -> Shift {
    Shift::new(day(from), day(to), vec![Tz::Europe__Berlin, Tz::America__New_York, Tz::Asia__Tokyo])
}

fn check(from: &str, to: &str, cases: &[(&str, &str)]) {
    for (old, new) in cases {
        assert_eq!(shift(from, to).text(old), *new, "{from} to {to}");
    }
}

#[test]
fn dates_move_wherever_they_stand() {
    check(
        "2026-11-21",
        "2026-12-01",
        &[
            ("close_date: 2026-11-21", "close_date: 2026-12-01"),
            ("due: 2026-11-21 # moved from 2026-11-14\n", "due: 2026-12-01 # moved from 2026-11-24\n"),
            ("about: quotes/2026-12-24-acme-7f3k", "about: quotes/2027-01-03-acme-7f3k"),
            ("\"2026-11-21\"", "\"2026-12-01\""),
            ("[2026-11-21,2026-11-22]", "[2026-12-01,2026-12-02]"),
            ("期限2026-11-21まで", "期限2026-12-01まで"),
            ("qbr-acme-2026-11-23", "qbr-acme-2026-12-03"),
        ],
    );
}

#[test]
fn what_only_looks_like_a_date_stays() {
    let same = |text: &str| assert_eq!(shift("2026-11-21", "2027-03-01").text(text), text);
    for text in [
        "2026-13-21",
        "2026-02-29",
        "12026-11-21",
        "2026-11-211",
        "SN2026-11-21",
        "2026-11-21st",
        "2026-11",
        "+49 2026 11 21",
        "0007-11-21",
        "2026-Q5",
        "2026-Q41",
        "Q-26-3F9K",
        "founded: 1987",
        "2026-11-2",
        "",
        "2",
    ] {
        same(text);
    }
}

#[test]
fn leap_days() {
    check("2026-11-21", "2027-11-21", &[("2027-03-01", "2028-02-29"), ("2024-02-29", "2025-02-28")]);
    check("2026-11-21", "2026-11-20", &[("2024-03-01", "2024-02-29"), ("2026-01-01", "2025-12-31")]);
}

#[test]
fn the_time_of_day_stays_and_its_offset_follows_the_zone() {
    check(
        "2026-11-21",
        "2027-05-20",
        &[
            ("2026-11-21T14:00+01:00", "2027-05-20T14:00+02:00"),
            ("2026-11-21T14:00:30+01:00", "2027-05-20T14:00:30+02:00"),
            ("2026-11-21T09:15-05:00", "2027-05-20T09:15-04:00"),
            ("2026-11-21T09:15+09:00", "2027-05-20T09:15+09:00"),
            ("2026-11-21T09:15Z", "2027-05-20T09:15Z"),
            ("2026-11-21T09:15", "2027-05-20T09:15"),
            // Nobody's zone.
            ("2026-11-21T09:15+05:30", "2027-05-20T09:15+05:30"),
            // Summer to winter.
            ("2026-06-01T08:00+02:00", "2026-11-28T08:00+01:00"),
        ],
    );
}

#[test]
fn a_time_that_clocks_skip_or_show_twice() {
    let by_night = |to: &str| shift("2026-11-21", to).text("2026-11-21T02:30+01:00");
    assert_eq!(by_night("2027-03-28"), "2027-03-28T02:30+02:00");
    assert_eq!(by_night("2027-10-31"), "2027-10-31T02:30+02:00");
}

#[test]
fn quarters_move_by_quarters() {
    check("2026-11-21", "2027-01-02", &[("2026-Q4", "2027-Q1"), ("2026-Q1", "2026-Q2")]);
    check("2026-11-21", "2026-09-30", &[("2026-Q1", "2025-Q4")]);
    check("2026-11-21", "2026-12-31", &[("2026-Q4", "2026-Q4")]);
}

fn files(entries: &[(&str, &str)]) -> Files {
    entries.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec())).collect()
}

#[test]
fn names_of_files_move_with_the_references_to_them() {
    let old = files(&[
        ("activities/2026/11/2026-11-21-call-acme-7f3k.yaml", "about: quotes/2026-11-30-acme-x2x2\n"),
        ("activities/2026/10/2026-11-02-call-acme-9f3k.yaml", "subject: late\n"),
        ("quotes/2026-11-30-acme-x2x2.yaml", "name: Q\n"),
        ("attachments/quotes/2026-11-30-acme-x2x2/2026-11-30.pdf", "%PDF 2026-11-30"),
    ]);
    let new = files(&[
        ("activities/2027/01/2027-01-04-call-acme-7f3k.yaml", "about: quotes/2027-01-13-acme-x2x2\n"),
        ("activities/2026/11/2026-12-16-call-acme-9f3k.yaml", "subject: late\n"),
        ("quotes/2027-01-13-acme-x2x2.yaml", "name: Q\n"),
        ("attachments/quotes/2027-01-13-acme-x2x2/2027-01-13.pdf", "%PDF 2026-11-30"),
    ]);
    assert_eq!(shift("2026-11-21", "2027-01-04").files(&old), new);
}

#[test]
fn holidays_keep_their_day_of_the_year() {
    let old = "name: Gold # since 2026-11-21\nholidays:\n  - {date: 2026-12-25, name: Christmas}\n  - date: 2028-02-29\nlast: 2026-11-21\n";
    let new = "name: Gold # since 2027-03-01\nholidays:\n  - {date: 2027-12-25, name: Christmas}\n  - date: 2029-02-28\nlast: 2027-03-01\n";
    let (old, new) = (files(&[("sla_policies/gold.yaml", old)]), files(&[("sla_policies/gold.yaml", new)]));
    assert_eq!(shift("2026-11-21", "2027-03-01").files(&old), new);
}

#[test]
fn zones_come_from_the_files() {
    let files = files(&[
        ("users/aiko.yaml", "time_zone: Asia/Tokyo\n"),
        ("kontor.yaml", "name: X\ntime_zone: Europe/Berlin # home\n"),
        ("users/lena.yaml", "time_zone: \"Europe/Berlin\"\n"),
        ("users/odd.yaml", "time_zone: Mars/Olympus\n"),
    ]);
    assert_eq!(Shift::zones_in(&files), [Tz::Europe__Berlin, Tz::Asia__Tokyo]);
}

proptest! {
    #[test]
    fn there_and_back_again(
        text in "(\\PC|[-:TZ0-9# \n]|20[0-9][0-9]-[01][0-9]-[0-3][0-9](T[012][0-9]:[0-5][0-9](Z|\\+05:30)?)?){0,40}",
        days in -2000i64..2000,
    ) {
        let (from, to) = (day("2026-11-21"), day("2026-11-21") + chrono::TimeDelta::days(days));
        let there = Shift::new(from, to, vec![Tz::Europe__Berlin]).text(&text);
        prop_assert_eq!(there.len(), text.len());
        let back = Shift::new(to, from, vec![Tz::Europe__Berlin]).text(&there);
        prop_assert_eq!(back, text);
    }

    #[test]
    fn no_days_at_all_change_nothing(text in "(\\PC|[-:TZ0-9# \n]){0,60}") {
        prop_assert_eq!(shift("2026-11-21", "2026-11-21").text(&text), text);
    }
}
