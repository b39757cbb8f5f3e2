//! What a screen asks the whole book: answered by a worker, so that no key waits for it. What is on the screen stays
//! until the answer is there.

use crate::model::Book;
use crate::tui::parts::{Done, Job};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// To look through a book of so many records takes less than a frame, and is done at once.
const FEW: usize = 5000;

/// The questions of one screen. Only the last one counts: the answer to an earlier one is thrown away, and one that
/// no worker has begun with is not worked out at all.
#[derive(Default)]
pub struct Asked {
    last: Arc<AtomicU64>,
}

/// What comes of a question.
pub enum Reply<A> {
    /// The answer.
    Now(A),
    /// The answer comes with [`Screen::done`](crate::tui::parts::Screen::done), once this is done.
    Later(Job),
}

/// An answer with the number of its question; none where the question was overtaken.
struct Answer<A>(u64, Option<A>);

impl Asked {
    /// Asks the book. A question that takes `more` than looking through it is never answered at once.
    pub fn ask<A: Send + 'static>(
        &self,
        book: &Arc<Book>,
        more: bool,
        question: impl FnOnce(&Arc<Book>) -> A + Send + 'static,
    ) -> Reply<A> {
        let number = self.last.fetch_add(1, Ordering::SeqCst) + 1;
        if book.len() <= FEW && !more {
            return Reply::Now(question(book));
        }
        let (book, last) = (book.clone(), self.last.clone());
        Reply::Later(Job::Compute(Box::new(move || {
            let counts = last.load(Ordering::SeqCst) == number;
            Box::new(Answer(number, counts.then(|| question(&book))))
        })))
    }

    /// The answer to the last question, if it is that.
    pub fn answered<A: 'static>(&self, done: Done) -> Option<A> {
        let Done::Computed(answer) = done else { return None };
        let Answer(number, answer) = *answer.downcast::<Answer<A>>().ok()?;
        answer.filter(|_| self.last.load(Ordering::SeqCst) == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::RepoPath;
    use crate::model::{Record, Schema, Settings};

    fn book(records: usize) -> Arc<Book> {
        let record = |n: usize| Record {
            reference: format!("accounts/a{n}").parse().unwrap(),
            path: RepoPath::try_from(format!("accounts/a{n}.yaml").as_str()).unwrap(),
            fields: crate::model::Fields::default(),
        };
        let records = (0..records).map(record).collect();
        Arc::new(Book::new(Arc::new(Schema::builtin()), Arc::new(Settings::default()), records, Vec::new()))
    }

    /// Asks a large book to count itself.
    fn ask(asked: &Asked, book: &Arc<Book>) -> impl FnOnce() -> Done + use<> {
        match asked.ask(book, false, |book| book.len()) {
            Reply::Later(Job::Compute(compute)) => || Done::Computed(compute()),
            _ => panic!("answered at once"),
        }
    }

    #[test]
    fn a_small_book_answers_at_once() {
        let reply = Asked::default().ask(&book(FEW), false, |book| book.len());
        assert!(matches!(reply, Reply::Now(FEW)));
        let reply = Asked::default().ask(&book(FEW), true, |book| book.len());
        assert!(matches!(reply, Reply::Later(_)));
    }

    #[test]
    fn of_a_large_one_only_the_last_question_is_answered() {
        let (asked, book) = (Asked::default(), book(FEW + 1));
        let (early, late, last) = (ask(&asked, &book), ask(&asked, &book), ask(&asked, &book));
        let answer = last();
        assert_eq!(asked.answered::<usize>(early()), None);
        assert_eq!(asked.answered(answer), Some(FEW + 1));
        let worked_out = late();
        let Done::Computed(nothing) = &worked_out else { panic!() };
        assert!(matches!(nothing.downcast_ref(), Some(Answer::<usize>(2, None))));
    }

    #[test]
    fn an_answer_that_comes_too_late_is_thrown_away() {
        let (asked, book) = (Asked::default(), book(FEW + 1));
        let early = ask(&asked, &book)();
        let late = ask(&asked, &book);
        assert_eq!(asked.answered::<usize>(early), None);
        assert_eq!(asked.answered(late()), Some(FEW + 1));
    }
}
