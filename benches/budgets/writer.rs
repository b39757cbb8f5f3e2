//! The writer thread as the workstation has it, asked for one thing at a time.

use super::large;
use kontor::base::RepoPath;
use kontor::git::Environment;
use kontor::model::{Change, ChangeSet, FieldEdit, Value};
use kontor::search::{Progress, Searcher, Wanted};
use kontor::workspace::{Desk, News, Order, find};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// So long without news, and everything that was set off is done.
const QUIET: Duration = Duration::from_millis(500);

/// An open workspace that has caught up and whose search index is ready.
pub struct Open {
    desk: Desk,
    searcher: Searcher,
    ticket: u64,
}

impl Open {
    pub fn new(folder: &Path) -> Open {
        let desk = Desk::open(find(folder, Environment::isolated()).unwrap(), large::clock());
        let searcher = loop {
            match desk.news().recv().unwrap() {
                News::Open(opened) => break opened.searcher,
                News::Failed(error) => panic!("{error}"),
                _ => {}
            }
        };
        while !matches!(desk.news().recv().unwrap(), News::Search(Progress::Ready)) {}
        let open = Open { desk, searcher, ticket: 0 };
        open.rest();
        open
    }

    /// What the last round has left to tell.
    fn rest(&self) {
        while self.desk.news().recv_timeout(QUIET).is_ok() {}
    }

    /// From the order until the change is safe on the disk and the screen has been told; by then it can be found.
    pub fn save(&mut self, path: &RepoPath, round: usize) -> Duration {
        self.rest();
        self.ticket += 1;
        let ticket = self.ticket;
        let number = format!("+49 40 5{:04}{round:03}", std::process::id() % 10_000);
        let reference = format!("{}/{}", path.first(), path.file_stem()).parse().unwrap();
        let edits = vec![FieldEdit::put("phones", Value::texts([&number]))];
        let change = ChangeSet::new("edit", vec![Change::Set { reference, edits }]);
        let start = Instant::now();
        self.desk.order(Order::Apply(ticket, change));
        loop {
            match self.desk.news().recv().unwrap() {
                News::Done(done, _) if done == ticket => break,
                News::Refused(_, error) => panic!("{error}"),
                _ => {}
            }
        }
        let time = start.elapsed();
        let wanted = Wanted { folder: None, among: None, limit: 10, today: large::now().date_naive() };
        assert!(self.searcher.find(&number, &wanted).total > 0, "{number} is not found");
        time
    }

    /// From a file that another program has written until the screen is told of the record.
    pub fn hand_edit(&mut self, folder: &Path, path: &RepoPath, round: usize) -> Duration {
        self.rest();
        let place = path.to_path(folder);
        let text = fs::read_to_string(&place).unwrap();
        let kept: String =
            text.lines().filter(|l| !l.starts_with("x_bench")).flat_map(|l| [l, "\n"]).collect();
        fs::write(&place, format!("{kept}x_bench: {round}\n")).unwrap();
        let start = Instant::now();
        while !matches!(self.desk.news().recv().unwrap(), News::Book(..)) {}
        start.elapsed()
    }

    pub fn close(self) {
        self.desk.close();
    }
}
