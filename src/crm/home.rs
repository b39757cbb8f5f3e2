//! What the Home screen shows.

use super::Whose;
use super::attention::{Attention, Ending, attention, contracts_ending};
use super::due::{Agenda, agenda};
use super::forecast::{Forecast, forecast};
use super::pipeline::{Pipeline, Pipelines};
use super::sla::{Case, Pick, cases, next_change};
use crate::base::Now;
use crate::model::Book;
use chrono::{DateTime, Utc};

/// A day's work, for one colleague or for everyone.
#[derive(Debug, Clone)]
pub struct Home {
    /// What is due.
    pub agenda: Agenda,
    /// Open cases, the most urgent first.
    pub cases: Vec<Case>,
    /// The pipeline the forecast is of: the default one.
    pub pipeline: Option<Pipeline>,
    /// This fiscal quarter.
    pub forecast: Forecast,
    /// Deals that want attention.
    pub attention: Attention,
    /// Contracts that end soon.
    pub ending: Vec<Ending>,
    /// The next instant at which any of this changes by itself.
    pub next_change: DateTime<Utc>,
}

/// Home for these colleagues.
pub fn home(book: &Book, whose: &Whose, now: Now) -> Home {
    let pipeline = Pipelines::of(book).default().cloned();
    let agenda = agenda(book, whose, now);
    let cases = cases(book, &Pick { whose: whose.clone(), queue: None }, now);
    let next = agenda.next_change(now);
    Home {
        next_change: next_change(&cases, now).map_or(next, |at| at.min(next)),
        forecast: forecast(book, pipeline.as_ref(), whose, now),
        attention: attention(book, whose, now),
        ending: contracts_ending(book, whose, now),
        agenda,
        cases,
        pipeline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;
    use crate::crm::testing::{book, now, sample, utc};

    #[test]
    fn an_empty_book_has_a_quiet_home() {
        let home = home(&book("{}"), &Whose::Everyone, now("2026-11-21 13:30"));
        assert!(home.agenda.is_empty() && home.cases.is_empty() && home.pipeline.is_none());
        assert_eq!(home.next_change, utc("2026-11-22 00:00"));
    }

    #[test]
    fn the_samples_home_is_full() {
        let book = sample();
        let home = |whose: Whose| home(&book, &whose, now("2026-11-21 13:30"));
        let everyone = home(Whose::Everyone);
        let lena = home(Whose::User(Id::new("lena").unwrap()));
        assert!(lena.agenda.len() > 3 && lena.agenda.len() < everyone.agenda.len());
        assert!(everyone.cases.len() > 10 && !everyone.attention.deals.is_empty());
        assert_eq!(everyone.next_change, utc("2026-11-21 13:31"));
    }
}
