//! Keeps the index up to date on a thread of its own. An edit is found at once: until its entry is committed the
//! record itself is looked at.

use super::changes::{Changes, changes};
use super::error::SearchError;
use super::searcher::{MOST_PENDING, Progress, Searcher};
use super::shelf::{Shelf, Which};
use crate::base::Ref;
use crate::model::Book;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What is told of how far the index is.
pub type Tell = Box<dyn Fn(Progress) + Send>;

/// The thread that keeps the index.
pub struct Keeper {
    searcher: Searcher,
    inbox: Sender<Message>,
    thread: Option<JoinHandle<()>>,
    /// Tells it to leave off in the middle.
    stopping: Arc<AtomicBool>,
    /// The number of the newest book.
    generation: u64,
}

/// A book to follow.
struct Message {
    book: Arc<Book>,
    generation: u64,
    changes: Changes,
}

/// A commit waits until edits have been quiet for so long.
const QUIET: Duration = Duration::from_millis(400);
/// While another process writes, we look so often whether it still does.
const LOOK: Duration = Duration::from_secs(2);

impl Keeper {
    /// Starts keeping the index below `home` for this book; `searcher` finds in it from then on. `tell` hears how far
    /// it is, whenever that changes.
    pub fn start(home: PathBuf, book: Arc<Book>, searcher: Searcher, tell: Tell) -> Self {
        let (inbox, messages) = unbounded();
        searcher.update(|state| state.book = Some(book.clone()));
        let stopping = Arc::new(AtomicBool::new(false));
        let mut work = Work {
            home,
            searcher: searcher.clone(),
            tell,
            shelf: None,
            book,
            generation: 0,
            stopping: stopping.clone(),
        };
        let thread = thread::spawn(move || work.run(&messages));
        Self { searcher, inbox, thread: Some(thread), stopping, generation: 0 }
    }

    /// The records are these now. From here on they are found as they are.
    pub fn follow(&mut self, book: &Arc<Book>) {
        let state = self.searcher.state();
        let Some(known) = &state.book else { return };
        let changes = changes(known, book);
        if changes.is_none() {
            self.searcher.update(|state| state.book = Some(book.clone()));
            return;
        }
        self.generation += 1;
        let generation = self.generation;
        self.searcher.update(|state| {
            state.book = Some(book.clone());
            let pending = Arc::make_mut(&mut state.pending);
            pending.extend(changes.records.iter().map(|reference| (reference.clone(), generation)));
        });
        let message = Message { book: book.clone(), generation, changes };
        // When the thread has died, records are still found as long as there are few enough to look at.
        let _ = self.inbox.send(message);
    }

    /// Commits what is to be committed, and stops. An index that is just being made is left for the next time.
    pub fn close(mut self) {
        self.stop();
    }

    fn stop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        // The thread ends when nobody can send to it any more.
        self.inbox = unbounded().0;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.stop();
    }
}

struct Work {
    home: PathBuf,
    searcher: Searcher,
    tell: Tell,
    shelf: Option<Shelf>,
    book: Arc<Book>,
    generation: u64,
    stopping: Arc<AtomicBool>,
}

impl Work {
    fn run(&mut self, messages: &Receiver<Message>) {
        self.catch_up(&Changes::everything());
        self.commit();
        loop {
            let wait = match &self.shelf {
                Some(shelf) if shelf.uncommitted() > 0 => QUIET,
                Some(shelf) if shelf.is_writer() => Duration::MAX,
                _ => LOOK,
            };
            match receive(messages, wait) {
                Ok(message) => self.follow(message, messages),
                Err(RecvTimeoutError::Timeout) if self.has_uncommitted() => self.commit(),
                Err(RecvTimeoutError::Timeout) => self.look(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.commit();
    }

    fn follow(&mut self, first: Message, messages: &Receiver<Message>) {
        let mut changes = Changes::none();
        for message in std::iter::once(first).chain(messages.try_iter()) {
            changes.join(message.changes);
            (self.book, self.generation) = (message.book, message.generation);
        }
        self.catch_up(&changes);
        // A large change would leave more to look at one by one than there is time for.
        if self.shelf.as_ref().is_some_and(|shelf| shelf.uncommitted() > MOST_PENDING / 4) {
            self.commit();
        }
    }

    fn has_uncommitted(&self) -> bool {
        self.shelf.as_ref().is_some_and(|shelf| shelf.uncommitted() > 0)
    }

    /// Brings the index up to date with the book, as far as it may have changed.
    fn catch_up(&mut self, changes: &Changes) {
        if self.shelf.is_some() && self.searcher.state().stock.is_none() {
            // Whoever searched came upon damage.
            self.shelf = None;
        }
        let opened = self.open();
        let which = match changes.everything || opened {
            true => Which::All,
            false => Which::These(&changes.records),
        };
        let Some(shelf) = &mut self.shelf else { return };
        if matches!(which, Which::All) {
            if opened {
                // Where another process has it, we read, and ask again now and then.
                let _ = shelf.take_pen(self.book.len());
            }
            // What is missing is known before it is there, so that nothing is found that is out of date.
            let behind = shelf.behind(&self.book);
            publish(&self.searcher, shelf, behind, self.generation);
        }
        let (searcher, tell) = (&self.searcher, &self.tell);
        let stopping = &self.stopping;
        let mut progress = |done, total| {
            if total > MOST_PENDING {
                say(searcher, tell, Progress::Building { done, total });
            }
            total <= MOST_PENDING || !stopping.load(Ordering::Relaxed)
        };
        match shelf.catch_up(&self.book, &which, &mut progress) {
            Ok(_) => {}
            // What it has not done yet is looked at one by one, or waited for.
            Err(SearchError::Busy) => self.wait_for_other(),
            // Whatever is wrong with it, the next one is made from the records.
            Err(_) => self.shelf = None,
        }
        self.say_ready();
    }

    /// Opens the index for the book's language, if it is not open; whether it had to.
    fn open(&mut self) -> bool {
        let language = self.book.settings().language();
        if self.shelf.as_ref().is_some_and(|shelf| shelf.language() == language) {
            return false;
        }
        // Dropped first: the other language's folder is removed.
        self.shelf = None;
        self.shelf = Shelf::open(Some(&self.home), language).ok();
        true
    }

    fn commit(&mut self) {
        let Some(shelf) = &mut self.shelf else { return };
        if shelf.uncommitted() == 0 {
            return;
        }
        match shelf.commit() {
            Ok(()) => {
                let (stock, generation) = (shelf.stock(), self.generation);
                self.searcher.update(|state| {
                    state.stock = Some(stock);
                    Arc::make_mut(&mut state.pending).retain(|_, changed| *changed > generation);
                });
            }
            Err(_) => self.shelf = None,
        }
        self.say_ready();
    }

    /// While another process writes: sees what it has committed, and takes its place once it is gone.
    fn look(&mut self) {
        let news = match &mut self.shelf {
            // Something was wrong with the last one.
            None => Ok(true),
            Some(shelf) => match shelf.take_pen(0) {
                Err(SearchError::Busy) => shelf.has_news(),
                taken => taken.map(|()| true),
            },
        };
        match news {
            Ok(true) => {
                self.catch_up(&Changes::everything());
                self.commit();
            }
            Ok(false) => {}
            Err(_) => self.shelf = None,
        }
    }

    fn wait_for_other(&self) {
        let (total, behind) = (self.book.len(), self.searcher.state().pending.len());
        if behind > MOST_PENDING {
            self.say(Progress::Building { done: total.saturating_sub(behind), total });
        }
    }

    fn say_ready(&self) {
        let state = self.searcher.state();
        if state.stock.is_some() && state.pending.len() <= MOST_PENDING {
            self.say(Progress::Ready);
        }
    }

    fn say(&self, progress: Progress) {
        say(&self.searcher, &self.tell, progress);
    }
}

fn say(searcher: &Searcher, tell: &Tell, progress: Progress) {
    if searcher.progress() != progress {
        searcher.update(|state| state.progress = progress);
        tell(progress);
    }
}

/// Shows searchers the index as it is, and which records it has not got right.
pub(super) fn publish(searcher: &Searcher, shelf: &Shelf, behind: Vec<Ref>, generation: u64) {
    let stock = shelf.stock();
    searcher.update(|state| {
        state.stock = Some(stock);
        let newer = state.pending.iter().filter(|(_, changed)| **changed > generation);
        let mut pending: FxHashMap<Ref, u64> = newer.map(|(r, changed)| (r.clone(), *changed)).collect();
        for reference in behind {
            pending.entry(reference).or_insert(generation);
        }
        state.pending = Arc::new(pending);
    });
}

fn receive(messages: &Receiver<Message>, wait: Duration) -> Result<Message, RecvTimeoutError> {
    match wait {
        Duration::MAX => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
        wait => messages.recv_timeout(wait),
    }
}
