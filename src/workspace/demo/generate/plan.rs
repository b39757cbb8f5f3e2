//! How many records of what.

/// Numbers that add up to the wanted one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub users: usize,
    pub products: usize,
    /// Other settings and basics, as far as there is room: see `basics`.
    pub basics: usize,
    pub accounts: usize,
    pub contacts: usize,
    pub leads: usize,
    pub deals: usize,
    pub cases: usize,
    pub quotes: usize,
    pub orders: usize,
    pub contracts: usize,
    pub assets: usize,
    pub documents: usize,
    pub articles: usize,
    pub campaigns: usize,
    pub activities: usize,
}

/// How many settings there are beside users: teams, pipelines, queues, SLA policies, a price book.
pub const BASICS: usize = 9;

impl Plan {
    /// For so many records. Few records are settings first, as the others need these.
    pub fn new(records: usize) -> Plan {
        let share = |thousandths: usize| records * thousandths / 1000;
        let basics = records.min(BASICS);
        let users = (3 + records / 2500).min(40).min(records - basics);
        let products = (4 + share(4)).min(400).min(records - basics - users);
        let left = records - basics - users - products;
        let mut plan = Plan { users, products, basics, ..Plan::default() };
        if left < 20 {
            return Plan { accounts: left, ..plan };
        }
        plan.accounts = share(80).max(1);
        plan.contacts = share(200);
        plan.leads = share(80);
        plan.deals = share(120);
        plan.cases = share(100);
        plan.quotes = share(20);
        plan.orders = share(14);
        plan.contracts = share(8);
        plan.assets = share(14);
        plan.documents = share(6);
        plan.articles = share(3);
        plan.campaigns = share(1);
        // Small numbers of records have more settings than their share; the activities give way to them.
        let others = plan.total();
        plan.activities = records.saturating_sub(others);
        plan.accounts += records.saturating_sub(plan.total());
        let over = plan.total().saturating_sub(records);
        plan.contacts = plan.contacts.saturating_sub(over);
        plan
    }

    /// All of them together.
    pub fn total(&self) -> usize {
        let settings = self.users + self.products + self.basics;
        let main = self.accounts + self.contacts + self.leads + self.deals + self.cases + self.activities;
        let papers = self.quotes + self.orders + self.contracts + self.assets;
        settings + main + papers + self.documents + self.articles + self.campaigns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_add_up() {
        for records in (0..400).chain([1000, 12_345, 100_000, 1_000_000]) {
            assert_eq!(Plan::new(records).total(), records, "{:?}", Plan::new(records));
        }
    }

    #[test]
    fn proportions() {
        let plan = Plan::new(100_000);
        assert_eq!(
            (plan.accounts, plan.contacts, plan.leads, plan.deals, plan.cases),
            (8000, 20_000, 8000, 12_000, 10_000)
        );
        assert!((34_500..35_600).contains(&plan.activities), "{plan:?}");
    }
}
