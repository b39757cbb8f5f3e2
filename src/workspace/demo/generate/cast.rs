//! Who and what there is: everything that other records link to, before any file is written.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use fastrand::Rng;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::page::{plain_id, tailed_id};
use super::plan::Plan;
use super::words::{COUNTRIES, Country, WORDS, chance, country, pick};

/// A customer to be.
#[derive(Debug)]
pub struct Account {
    pub id: String,
    pub name: String,
    pub country: &'static Country,
    pub owner: usize,
    pub customer: bool,
    /// Indexes of its contacts.
    pub people: Vec<usize>,
}

/// A person.
#[derive(Debug)]
pub struct Person {
    pub id: String,
    pub first: String,
    pub last: String,
    pub country: &'static Country,
    /// The account they are at; for a lead the one that comes to mind.
    pub account: usize,
}

/// A lead: a person and the company they gave.
#[derive(Debug)]
pub struct Lead {
    pub person: Person,
    pub company: String,
}

/// A deal.
#[derive(Debug)]
pub struct Deal {
    pub id: String,
    pub name: String,
    pub account: usize,
    pub created: NaiveDate,
    pub renewal: bool,
    /// In thousandths of the base currency's usual amounts.
    pub amount: u32,
}

/// A case.
#[derive(Debug)]
pub struct Ticket {
    pub id: String,
    pub subject: String,
    pub account: usize,
    pub opened: NaiveDate,
}

/// Something to sell.
#[derive(Debug)]
pub struct Product {
    pub id: String,
    pub name: String,
    pub price: u32,
}

/// A colleague.
#[derive(Debug)]
pub struct User {
    pub id: String,
    pub name: String,
    pub country: &'static Country,
    pub support: bool,
}

/// Everybody and everything.
#[derive(Debug)]
pub struct Cast {
    pub seed: u64,
    pub today: NaiveDate,
    pub zone: Tz,
    pub users: Vec<User>,
    pub products: Vec<Product>,
    pub accounts: Vec<Account>,
    pub contacts: Vec<Person>,
    pub leads: Vec<Lead>,
    pub deals: Vec<Deal>,
    pub cases: Vec<Ticket>,
}

impl Cast {
    /// Invents them.
    pub fn new(plan: &Plan, seed: u64, today: NaiveDate, zone: Tz) -> Cast {
        let rng = |kind: &str, index: usize| rng(seed, kind, index);
        let mut users: Vec<User> = (0..plan.users).into_par_iter().map(|n| user(n, rng("user", n))).collect();
        unique(users.iter_mut().map(|user| &mut user.id));
        let mut products: Vec<Product> =
            (0..plan.products).into_par_iter().map(|n| product(n, rng("product", n))).collect();
        unique(products.iter_mut().map(|product| &mut product.id));
        let owners = users.len().max(1);
        let mut accounts: Vec<Account> =
            (0..plan.accounts).into_par_iter().map(|n| account(owners, rng("account", n))).collect();
        unique(accounts.iter_mut().map(|account| &mut account.id));
        let mut contacts: Vec<Person> = (0..plan.contacts)
            .into_par_iter()
            .map(|n| {
                let mut rng = rng("contact", n);
                // Everybody has somebody first, and some have many.
                let account = if n < accounts.len() { n } else { skewed(&mut rng, accounts.len()) };
                person(accounts[account].country, account, &mut rng)
            })
            .collect();
        unique(contacts.iter_mut().map(|contact| &mut contact.id));
        for (index, contact) in contacts.iter().enumerate() {
            accounts[contact.account].people.push(index);
        }
        let mut leads: Vec<Lead> =
            (0..plan.leads).into_par_iter().map(|n| lead(accounts.len(), rng("lead", n))).collect();
        unique(leads.iter_mut().map(|lead| &mut lead.person.id));
        let mut deals: Vec<Deal> =
            (0..plan.deals).into_par_iter().map(|n| deal(&accounts, today, rng("deal", n))).collect();
        unique(deals.iter_mut().map(|deal| &mut deal.id));
        let mut cases: Vec<Ticket> =
            (0..plan.cases).into_par_iter().map(|n| ticket(accounts.len(), today, rng("case", n))).collect();
        unique(cases.iter_mut().map(|case| &mut case.id));
        Cast { seed, today, zone, users, products, accounts, contacts, leads, deals, cases }
    }

    /// Chance for one record.
    pub fn rng(&self, kind: &str, index: usize) -> Rng {
        rng(self.seed, kind, index)
    }

    /// One of the account's people.
    pub fn person_at(&self, account: usize, rng: &mut Rng) -> Option<&Person> {
        rng.choice(&self.accounts[account].people).map(|index| &self.contacts[*index])
    }

    /// A user of sales or of support.
    pub fn user(&self, support: bool, rng: &mut Rng) -> &str {
        let at = rng.usize(..self.users.len());
        let found = self.users[at..].iter().chain(&self.users[..at]).find(|user| user.support == support);
        &found.unwrap_or(&self.users[at]).id
    }

    /// So many days before today.
    pub fn ago(&self, days: u64) -> NaiveDate {
        self.today - Days::new(days)
    }
}

fn rng(seed: u64, kind: &str, index: usize) -> Rng {
    let mixed = kind.bytes().chain(index.to_le_bytes()).fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Rng::with_seed(mixed)
}

/// Gives every id that is taken a number, in order.
pub fn unique<'a>(ids: impl Iterator<Item = &'a mut String>) {
    let mut taken: FxHashSet<String> = FxHashSet::default();
    for id in ids {
        let stem = id.clone();
        let mut number = 2;
        while !taken.insert(id.clone()) {
            let room = crate::base::limits::MAX_ID - 7;
            *id = format!("{}-{number}", stem[..stem.len().min(room)].trim_end_matches('-'));
            number += 1;
        }
    }
}

/// An index, the low ones more often: some customers are larger than others.
pub fn skewed(rng: &mut Rng, len: usize) -> usize {
    let at = rng.f64();
    ((at * at * len as f64) as usize).min(len.saturating_sub(1))
}

/// A number of days back, the last months more often.
pub fn age(rng: &mut Rng, most: u64) -> u64 {
    let at = rng.f64();
    (at * at * most as f64) as u64
}

fn user(n: usize, mut rng: Rng) -> User {
    let country = if n == 0 { &COUNTRIES[0] } else { country(&mut rng) };
    let name = match n {
        0 => "Lena Vogt".to_owned(),
        _ => format!("{} {}", pick(&mut rng, &country.first), pick(&mut rng, &country.last)),
    };
    let id = plain_id(name.split(' ').next().unwrap_or_default());
    User { id, name, country, support: n % 3 == 1 }
}

fn product(n: usize, mut rng: Rng) -> Product {
    let base = &WORDS.products[n % WORDS.products.len()];
    let name = match n / WORDS.products.len() {
        0 => base.clone(),
        1..=8 => format!("{base}, {}", WORDS.variants[(n / WORDS.products.len() - 1) % WORDS.variants.len()]),
        more => format!("{base}, size {}", more - 8),
    };
    Product { id: plain_id(&name), name, price: rng.u32(4..90) * 25 }
}

fn account(owners: usize, mut rng: Rng) -> Account {
    let country = country(&mut rng);
    let name = country.company(&mut rng);
    let customer = chance(&mut rng, 62);
    Account { id: plain_id(&name), name, country, owner: rng.usize(..owners), customer, people: Vec::new() }
}

fn person(country: &'static Country, account: usize, rng: &mut Rng) -> Person {
    let first = pick(rng, &country.first).to_owned();
    let last = pick(rng, &country.last).to_owned();
    Person { id: plain_id(&format!("{first}-{last}")), first, last, country, account }
}

fn lead(accounts: usize, mut rng: Rng) -> Lead {
    let country = country(&mut rng);
    let account = rng.usize(..accounts.max(1));
    let mut person = person(country, account, &mut rng);
    let company = country.company(&mut rng);
    person.id = plain_id(&format!("{}-{}-{company}", person.first, person.last));
    Lead { person, company }
}

fn deal(accounts: &[Account], today: NaiveDate, mut rng: Rng) -> Deal {
    let account = skewed(&mut rng, accounts.len());
    let renewal = accounts[account].customer && chance(&mut rng, 22);
    let created = today - Days::new(age(&mut rng, 1000));
    let name = match renewal {
        true => format!("Renewal {}", created.format("%Y")),
        false => format!("{} {}", pick(&mut rng, &WORDS.needs), pick(&mut rng, &WORDS.works)),
    };
    let id = tailed_id(&format!("{}-{name}", accounts[account].id), &mut rng);
    let at = rng.f64();
    Deal { id, name, account, created, renewal, amount: 2 + (at * at * at * 900.0) as u32 }
}

fn ticket(accounts: usize, today: NaiveDate, mut rng: Rng) -> Ticket {
    let subject = format!("{} {}", pick(&mut rng, &WORDS.things), pick(&mut rng, &WORDS.faults));
    let opened = today - Days::new(age(&mut rng, 900));
    Ticket { id: tailed_id(&subject, &mut rng), subject, account: skewed(&mut rng, accounts), opened }
}
