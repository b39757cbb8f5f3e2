//! Looks for every problem on a thread of its own: in a large workspace that takes longer than a save may wait.

use super::check::check;
use crate::disk::Root;
use crate::model::{Book, Problem};
use crossbeam_channel::{Sender, unbounded};
use std::sync::Arc;
use std::thread;

/// What is to be checked.
pub struct Question {
    /// Where the files are.
    pub root: Root,
    /// The records as they are now.
    pub book: Arc<Book>,
    /// What is wrong with the schema and the settings.
    pub groundwork: Vec<Problem>,
}

/// The thread, which ends with this.
pub struct Checker(Sender<Question>);

impl Checker {
    /// Starts it; it tells one answer for each question. Where several wait, only the newest is looked into, and its
    /// answer is all of theirs.
    pub fn start(tell: impl Fn(Vec<Problem>) + Send + 'static) -> Checker {
        let (questions, inbox) = unbounded::<Question>();
        thread::spawn(move || {
            while let Ok(first) = inbox.recv() {
                let waiting: Vec<Question> = inbox.try_iter().collect();
                let answers = waiting.len() + 1;
                let Question { root, book, groundwork } = waiting.into_iter().next_back().unwrap_or(first);
                let found = check(&root, &book, &groundwork);
                (0..answers).for_each(|_| tell(found.clone()));
            }
        });
        Checker(questions)
    }

    /// Asks for every problem.
    pub fn ask(&self, question: Question) {
        // The thread lives as long as this does.
        let _ = self.0.send(question);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::RepoPath;
    use crate::model::{Record, Schema, Settings};

    #[test]
    fn every_question_is_answered_and_the_last_answer_is_of_the_last_book() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::open(folder.path()).unwrap();
        let (answers, told) = unbounded();
        let checker = Checker::start(move |found| {
            let _ = answers.send(found.len());
        });
        for broken in 1..=20 {
            let broken = (0..broken).map(|n| {
                let path = RepoPath::new(&format!("accounts/a{n}.yaml")).unwrap();
                Problem::error(path, 1, 1, "syntax", "broken")
            });
            let records: Vec<Record> = Vec::new();
            let book = Book::new(
                Arc::new(Schema::builtin()),
                Arc::new(Settings::default()),
                records,
                broken.collect(),
            );
            checker.ask(Question { root: root.clone(), book: Arc::new(book), groundwork: Vec::new() });
        }
        drop(checker);
        let told: Vec<usize> = told.iter().collect();
        assert_eq!((told.len(), told[19]), (20, 20));
        assert!(told.is_sorted(), "{told:?}");
    }
}
