//! The words made-up records consist of, and how they are picked.

use std::sync::LazyLock;

use fastrand::Rng;
use serde::Deserialize;

use crate::yaml;

/// A country: what people, companies and streets are called there.
#[derive(Debug, Deserialize)]
pub struct Country {
    pub code: String,
    pub weight: usize,
    pub language: String,
    pub currency: String,
    pub dial: String,
    pub zone: String,
    pub postal: String,
    pub first: Vec<String>,
    pub last: Vec<String>,
    pub cities: Vec<String>,
    pub streets: Vec<String>,
    pub trades: Vec<String>,
    pub companies: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Places {
    countries: Vec<Country>,
}

/// What records say.
#[derive(Debug, Deserialize)]
pub struct Words {
    pub products: Vec<String>,
    pub variants: Vec<String>,
    pub needs: Vec<String>,
    pub works: Vec<String>,
    pub faults: Vec<String>,
    pub things: Vec<String>,
    pub subjects: Subjects,
    pub steps: Vec<String>,
    pub sentences: Vec<String>,
    pub titles: Vec<String>,
    pub tags: Vec<String>,
    pub industries: Vec<String>,
}

/// What activities are called, by their type.
#[derive(Debug, Deserialize)]
pub struct Subjects {
    pub task: Vec<String>,
    pub call: Vec<String>,
    pub meeting: Vec<String>,
    pub email: Vec<String>,
    pub note: Vec<String>,
    pub visit: Vec<String>,
}

/// All countries.
pub static COUNTRIES: LazyLock<Vec<Country>> =
    LazyLock::new(|| compiled_in::<Places>(include_str!("places.yaml")).countries);

/// All words.
pub static WORDS: LazyLock<Words> = LazyLock::new(|| compiled_in(include_str!("words.yaml")));

fn compiled_in<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    let read = yaml::parse(text).map_err(|error| error.to_string());
    let read = read.and_then(|root| yaml::from_node(&root).map_err(|error| error.to_string()));
    // Compiled in, and read by every test of the generator.
    read.unwrap_or_else(|error| unreachable!("{error}"))
}

/// One of them.
pub fn pick<'a>(rng: &mut Rng, from: &'a [String]) -> &'a str {
    &from[rng.usize(..from.len())]
}

/// One of these words.
pub fn one<'a>(rng: &mut Rng, from: &[&'a str]) -> &'a str {
    from[rng.usize(..from.len())]
}

/// True in so many cases of a hundred.
pub fn chance(rng: &mut Rng, percent: u32) -> bool {
    rng.u32(..100) < percent
}

/// A country, the big markets more often.
pub fn country(rng: &mut Rng) -> &'static Country {
    let weights: usize = COUNTRIES.iter().map(|country| country.weight).sum();
    let mut at = rng.usize(..weights);
    let found = COUNTRIES.iter().find(|country| {
        let here = at < country.weight;
        at = at.saturating_sub(country.weight);
        here
    });
    found.unwrap_or(&COUNTRIES[0])
}

/// A few sentences.
pub fn prose(rng: &mut Rng, sentences: std::ops::Range<usize>) -> String {
    let count = rng.usize(sentences);
    (0..count).map(|_| pick(rng, &WORDS.sentences)).collect::<Vec<_>>().join(" ")
}

/// A text of several paragraphs.
pub fn notes(rng: &mut Rng, lines: std::ops::Range<usize>) -> String {
    let count = rng.usize(lines).max(1);
    let text: Vec<_> = (0..count).map(|_| prose(rng, 1..3)).collect();
    if text.len() == 1 { text.concat() } else { text.join("\n") + "\n" }
}

/// Some tags, sorted and each once.
pub fn tags(rng: &mut Rng) -> Vec<String> {
    let mut tags: Vec<_> = (0..rng.usize(1..4)).map(|_| pick(rng, &WORDS.tags).to_owned()).collect();
    tags.sort();
    tags.dedup();
    tags
}

impl Country {
    /// A company.
    pub fn company(&self, rng: &mut Rng) -> String {
        let (first, last2) = (pick(rng, &self.last), pick(rng, &self.last));
        let between = if matches!(self.language.as_str(), "ja" | "zh") { "" } else { "-" };
        let joint = format!("{first}{between}{last2}");
        let last = if first != last2 && chance(rng, 45) { &joint } else { first };
        pick(rng, &self.companies)
            .replace("{last2}", last2)
            .replace("{last}", last)
            .replace("{city}", pick(rng, &self.cities))
            .replace("{trade}", pick(rng, &self.trades))
    }

    /// A telephone number that nobody has.
    pub fn phone(&self, rng: &mut Rng) -> String {
        format!("{} {} 555 {:04}", self.dial, rng.u32(20..99), rng.u32(..10_000))
    }

    /// A postal code.
    pub fn postal_code(&self, rng: &mut Rng) -> String {
        let digit = |(at, c): (usize, char)| match c {
            '#' if at == 0 => char::from(b'1' + rng.u8(..9)),
            '#' => char::from(b'0' + rng.u8(..10)),
            other => other,
        };
        self.postal.chars().enumerate().map(digit).collect()
    }

    /// A street with a number.
    pub fn street(&self, rng: &mut Rng) -> String {
        let (street, number) = (pick(rng, &self.streets), rng.u32(1..180));
        match self.code.as_str() {
            "US" | "GB" | "FR" | "IN" => format!("{number} {street}"),
            _ => format!("{street} {number}"),
        }
    }
}
