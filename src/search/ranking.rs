//! What comes first in the sample for what somebody may type there: a table to add to whenever something is found in the
//! wrong place.

use super::once::searcher;
use super::searcher::Wanted;
use crate::crm::testing::sample;
use chrono::NaiveDate;
use std::sync::Arc;

/// What is typed, and the records that must come first, in this order.
const BEST: &[(&str, &[&str])] = &[
    // A company's name alone: the company, then its people, before all that happened with them.
    ("kuroda", &["accounts/kuroda-seisakusho", "contacts/kuroda-haruka"]),
    ("黒田", &["accounts/kuroda-seisakusho"]),
    ("acme", &["accounts/acme-gmbh", "accounts/acme-verpackung", "documents/acme-nda-2021"]),
    ("acme gmbh", &["accounts/acme-gmbh", "accounts/acme-verpackung"]),
    ("dijk", &["accounts/van-dijk-bv", "contacts/pieter-van-dijk", "contacts/bram-verhoeven"]),
    ("de meren", &["accounts/waterschap-de-meren"]),
    ("olsen", &["accounts/olsen-soenner", "contacts/kaare-olsen", "contacts/torbjoern-olsen"]),
    ("olsen sonner", &["accounts/olsen-soenner"]),
    // Halves of names, accents, mistakes.
    ("mar lin", &["contacts/marta-lind"]),
    ("lind", &["contacts/marta-lind", "contacts/bjoern-lindqvist"]),
    ("soenner", &["accounts/olsen-soenner", "contacts/kaare-olsen"]),
    ("siv odegard", &["contacts/siv-oedegaard"]),
    ("bjorn", &["contacts/bjoern-lindqvist"]),
    ("stankovic", &["contacts/mirko-stankovic"]),
    ("bregmann", &["accounts/bergmann-ag", "accounts/bergmann-pharma", "contacts/corinna-bast"]),
    ("helvetai", &["accounts/helvetia-turbinen"]),
    // Numbers, codes, addresses and amounts: what they belong to before what only mentions them.
    ("+49 40 5550 2604", &["contacts/anja-thiessen"]),
    ("040/55502604", &["contacts/anja-thiessen"]),
    ("0049405550 2604", &["contacts/anja-thiessen"]),
    ("55502604", &["contacts/anja-thiessen"]),
    ("k7f3", &["cases/pump-controller-reboots-k7f3"]),
    ("7f3k", &["opportunities/acme-gmbh-line-4-sensors-7f3k"]),
    ("Q-26-3F9K", &["quotes/2026-11-03-acme-gmbh-3f9k"]),
    ("pc4-2505", &["assets/pump-controller-line-3-pc4-2505-0088"]),
    ("marta.lind@acme.example", &["contacts/marta-lind"]),
    ("acme.example", &["accounts/acme-gmbh"]),
    (
        "85,000",
        &["opportunities/bergmann-ag-sensor-refit-trz8", "opportunities/acme-gmbh-line-4-sensors-7f3k"],
    ),
    ("48000", &["contracts/acme-gmbh-care-contract-2026"]),
    // A type beside what it is about.
    (
        "quote acme",
        &[
            "quotes/2026-11-16-acme-verpackung-a9rp",
            "quotes/2026-11-03-acme-gmbh-3f9k",
            "quotes/2026-09-22-acme-gmbh-g7wv",
        ],
    ),
    ("offer van dijk", &["quotes/2026-11-12-van-dijk-bv-5mhc", "quotes/2026-11-10-van-dijk-bv-v2qj"]),
    (
        "case reboot",
        &["cases/units-jump-back-to-bar-after-reboot-x9b5", "cases/pump-controller-reboots-k7f3"],
    ),
    ("deal renewal", &["opportunities/acme-gmbh-renewal-2027-7bfb"]),
    ("contacts olsen", &["contacts/kaare-olsen", "contacts/torbjoern-olsen", "contacts/siv-oedegaard"]),
    ("ticket dijk", &["cases/wrong-invoice-address-m2x9"]),
    ("黒田 deal", &["opportunities/kuroda-seisakusho-kuroda-support-2027-68hw"]),
    ("acme contract", &["contracts/acme-gmbh-care-contract-2026", "contracts/acme-gmbh-care-contract-2025"]),
    ("company helvetia", &["accounts/helvetia-turbinen"]),
    // What a thing is called before where it is only named.
    ("pump controller", &["cases/pump-controller-reboots-k7f3", "products/pump-controller-pc-4"]),
    ("sensor refit", &["opportunities/bergmann-ag-sensor-refit-trz8", "quotes/2026-11-20-bergmann-ag-8twd"]),
    ("renewal acme", &["opportunities/acme-gmbh-renewal-2027-7bfb"]),
    ("lena", &["users/lena"]),
    ("hamburg", &["products/calibration-lab"]),
];

#[test]
fn what_is_meant_comes_first() {
    let searcher = searcher(None, &Arc::new(sample()), &mut |_, _| {}).unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let wanted = Wanted { folder: None, among: None, limit: 5, today };
    let mut wrong = Vec::new();
    for (typed, expect) in BEST {
        let hits = searcher.find(typed, &wanted).hits;
        let found: Vec<_> = hits.iter().map(|hit| hit.record.reference.to_string()).collect();
        if !found.iter().zip(*expect).all(|(found, expect)| found == expect) || found.len() < expect.len() {
            wrong.push(format!("{typed}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
