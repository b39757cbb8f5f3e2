//! The writer thread: it owns the workspace, takes orders one after the other and tells what came of them.
//!
//! Screens never wait for it. They hold the [`Book`] they were last given; a new one comes with every change,
//! their own or another program's.

use super::checker::{Checker, Question};
use super::open::Found;
use super::seen::Seen;
use super::{Applied, ChangeError, HandCommit, Import, Imported, OpenError, Refreshed, Workspace, search};
use crate::base::{Clock, CommitId, Id, RepoPath};
use crate::disk::{Notice, Watch};
use crate::git::{Distance, GitError};
use crate::model::{Book, ChangeSet, HandEdits, Problem};
use crate::search::{Keeper, Progress, Searcher};
use crossbeam_channel::{Receiver, Sender, after, never, select, unbounded};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Something to be done. The ticket comes back with the answer.
#[derive(Debug)]
pub enum Order {
    /// Make a change.
    Apply(Ticket, ChangeSet),
    /// Make the change of an import, and keep what stays out.
    Import(Ticket, Arc<Import>),
    /// Take back the user's last action, or a commit.
    Undo(Ticket, Option<CommitId>),
    /// Take back the last undo.
    Redo(Ticket),
    /// Commit all hand edits that are valid, now.
    Commit(Ticket),
    /// Look at these files again.
    Refresh(Vec<RepoPath>),
    /// Read everything again.
    Reload,
    /// Look for every problem.
    Check,
    /// The user leaves: remember how far they have looked.
    Leave,
    /// Commit quiet hand edits if the workspace wants that, and stop.
    Quit,
}

/// Names an order in its answer.
pub type Ticket = u64;

/// What the writer tells.
#[derive(Debug)]
pub enum News {
    /// So many files have been read while opening.
    Loading(usize),
    /// The workspace is open.
    Open(Box<Opened>),
    /// It could not be opened; this is the last news.
    Failed(OpenError),
    /// The records are these now.
    Book(Arc<Book>, Option<Id>),
    /// An order was carried out.
    Done(Ticket, Applied),
    /// So many files of an import have been written, and of how many.
    Importing(Ticket, usize, usize),
    /// So many rows of an import stay out; they are in this file.
    Rejected(usize, PathBuf),
    /// An order was refused; everything is as before.
    Refused(Ticket, ChangeError),
    /// Hand edits were committed, by order or because they were quiet.
    HandCommitted(Option<Ticket>, HandCommit),
    /// These files differ from the newest commit.
    Uncommitted(Vec<RepoPath>),
    /// Everything that is wrong.
    Problems(Vec<Problem>),
    /// How the branch stands against its upstream; none without one.
    Standing(Option<Distance>),
    /// How far the search index is; told when that changes.
    Search(Progress),
    /// Something worth saying that stops nothing.
    Notice(String),
    /// The writer has stopped.
    Stopped,
}

/// What a freshly opened workspace is.
#[derive(Debug)]
pub struct Opened {
    /// The records.
    pub book: Arc<Book>,
    /// The current user.
    pub me: Option<Id>,
    /// The branch, for the top line.
    pub branch: String,
    /// How far the user had looked when they left the last time.
    pub seen: Option<Seen>,
    /// Finds records by words; the writer keeps it up to date.
    pub searcher: Searcher,
}

/// The screen's end of the writer thread.
pub struct Desk {
    orders: Sender<Order>,
    news: Receiver<News>,
    thread: Option<JoinHandle<()>>,
}

impl Desk {
    /// Opens the workspace on a thread of its own and goes on serving it.
    pub fn open(found: Found, clock: Arc<dyn Clock>) -> Self {
        let (orders, inbox) = unbounded();
        let (outbox, news) = unbounded();
        let thread = thread::spawn(move || serve(found, clock, &inbox, &outbox));
        Self { orders, news, thread: Some(thread) }
    }

    /// Gives an order. After the writer has stopped it is lost, as everything is then.
    pub fn order(&self, order: Order) {
        let _ = self.orders.send(order);
    }

    /// Where the news come in.
    pub fn news(&self) -> &Receiver<News> {
        &self.news
    }

    /// The user leaves: remembers how far they have looked, commits what is to be committed, stops the writer and
    /// waits for it.
    pub fn close(mut self) {
        self.order(Order::Leave);
        self.stop();
    }

    fn stop(&mut self) {
        let _ = self.orders.send(Order::Quit);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Telling every file would be slower than reading them.
const PROGRESS_EVERY: usize = 512;

/// The screen of a larger workspace than this has much to gather, and needs the processor for itself at first.
const LARGE: usize = 5000;

/// So long the files and their folders are not looked at meanwhile; an order that comes so soon waits for no more.
const BREATH: Duration = Duration::from_millis(250);

#[expect(clippy::disallowed_methods, reason = "how long it took can only be told by the machine's clock")]
fn serve(found: Found, clock: Arc<dyn Clock>, inbox: &Receiver<Order>, outbox: &Sender<News>) {
    let read = std::sync::atomic::AtomicUsize::new(0);
    let progress = || {
        let count = read.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        if count.is_multiple_of(PROGRESS_EVERY) {
            let _ = outbox.send(News::Loading(count));
        }
    };
    let start = Instant::now();
    match found.open_as_left(clock, progress) {
        Ok(mut opened) => {
            // The screen is up before the files have been looked at.
            let searcher = Searcher::default();
            let _ = outbox.send(News::Open(Box::new(summary(opened.workspace(), searcher.clone()))));
            log_opened(opened.workspace(), start.elapsed());
            if opened.workspace().book().len() > LARGE {
                thread::sleep(BREATH);
            }
            let watch = watch(opened.workspace());
            // A list asks for all values of its type, and a page who points at its record.
            let book = opened.workspace().book();
            thread::spawn(move || book.make_ready());
            let news = opened.catch_up();
            Writer::new(opened.into_workspace(), searcher, outbox.clone()).run(inbox, watch, news);
        }
        Err(error) => {
            match &error {
                OpenError::Git(error) => log::error!("not opened: {}", without_output(error)),
                error => log::error!("not opened: {error}"),
            }
            let _ = outbox.send(News::Failed(error));
        }
    }
    let _ = outbox.send(News::Stopped);
}

fn summary(workspace: &Workspace, searcher: Searcher) -> Opened {
    let repo = workspace.repo();
    let branch = match repo.head() {
        Ok(crate::git::Head::Branch { name, .. }) => name,
        Ok(crate::git::Head::Detached { commit }) => commit.short().to_owned(),
        Err(_) => String::new(),
    };
    let seen = repo.identity().ok().and_then(|who| Seen::read(repo, &who));
    Opened { book: workspace.book(), me: workspace.me().cloned(), branch, seen, searcher }
}

/// Begun before the files are looked at, so that no change falls between the two.
fn watch(workspace: &Workspace) -> (Watch, Receiver<Notice>) {
    let repo = workspace.repo();
    Watch::start(workspace.root(), repo.git_dir(), repo.common_dir())
}

fn log_opened(workspace: &Workspace, took: Duration) {
    let (count, git_dir) = (workspace.book().len(), workspace.repo().git_dir().display());
    log::info!("opened {git_dir}: {count} records in {} ms", took.as_millis());
}

/// Puts into the log what went wrong, and nothing of what the records say.
fn note(news: &News) {
    match news {
        News::Refused(_, ChangeError::Disk(error)) => log::error!("not saved: {error}"),
        News::Refused(_, ChangeError::Git(error)) => {
            log::error!("not committed: {}", without_output(error));
        }
        News::Done(_, Applied { commit: Some(commit), touched, .. }) => {
            log::debug!("commit {commit} of {} records", touched.len());
        }
        News::Problems(problems) => {
            log::info!("{} problems", problems.len());
            for Problem { path, line, column, code, .. } in problems {
                log::debug!("{path}:{line}:{column}: {code}");
            }
        }
        _ => {}
    }
}

/// What went wrong in git, without what git, a hook or a signing program said: that may quote a record.
fn without_output(error: &GitError) -> String {
    match error {
        GitError::Command { command, .. } => format!("git {command} failed"),
        GitError::HookRefused { .. } => "a hook refused the commit".to_owned(),
        GitError::NotSigned { .. } => "the commit could not be signed".to_owned(),
        error => error.to_string(),
    }
}

struct Writer {
    workspace: Workspace,
    keeper: Keeper,
    checker: Checker,
    news: Sender<News>,
    /// Work left for when nobody waits.
    index_behind: bool,
    /// Hand edits seen and not committed.
    uncommitted: Vec<RepoPath>,
    /// Rings when they have been quiet for long enough.
    quiet: Receiver<Instant>,
    commits: u32,
    /// The book that was told last.
    told: Arc<Book>,
    /// The newest commit of our own.
    own: Option<CommitId>,
}

/// Telling every file of an import would be slower than writing them.
const TOLD_EVERY: usize = 100;

/// Housekeeping after so many commits.
const UPKEEP_EVERY: u32 = 200;

/// How long after the last order the work that nobody waits for begins.
const IDLE: Duration = Duration::from_millis(150);

impl Writer {
    fn new(workspace: Workspace, searcher: Searcher, news: Sender<News>) -> Self {
        let told = news.clone();
        let tell = Box::new(move |progress| {
            let _ = told.send(News::Search(progress));
        });
        let home = search::home(workspace.repo());
        let told = news.clone();
        let checker = Checker::start(move |problems| drop(told.send(News::Problems(problems))));
        Self {
            told: workspace.book(),
            checker,
            keeper: Keeper::start(home, workspace.book(), searcher, tell),
            workspace,
            news,
            index_behind: false,
            uncommitted: Vec::new(),
            quiet: never(),
            commits: 0,
            own: None,
        }
    }

    fn run(mut self, inbox: &Receiver<Order>, watch: (Watch, Receiver<Notice>), news: bool) {
        let (watch, mut notices) = watch;
        if news {
            self.tell_book();
        }
        self.look_around();
        loop {
            let (quiet, idle) = (self.quiet.clone(), if self.index_behind { after(IDLE) } else { never() });
            select! {
                recv(inbox) -> order => match order {
                    Ok(Order::Quit) | Err(_) => break,
                    Ok(order) => self.carry_out(order),
                },
                recv(notices) -> notice => match notice {
                    Ok(notice) => self.notice(notice),
                    // The watch has died; what is asked for is still done.
                    Err(_) => notices = never(),
                },
                recv(quiet) -> _ => self.commit_hand_edits(None),
                recv(idle) -> _ => self.settle(),
            }
        }
        drop(watch);
        self.commit_hand_edits(None);
        self.index_behind |= self.workspace.repo().index_is_behind();
        self.settle();
        self.workspace.keep();
        self.keeper.close();
    }

    fn tell(&self, news: News) {
        note(&news);
        // Nobody listens any more when the screen is gone; the writer then ends by itself.
        let _ = self.news.send(news);
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Apply(ticket, set) => {
                let result = self.workspace.apply(&set);
                self.answer(ticket, result);
            }
            Order::Import(ticket, import) => self.import(ticket, &import),
            Order::Undo(ticket, commit) => {
                let result = self.workspace.undo(commit);
                self.answer(ticket, result);
            }
            Order::Redo(ticket) => {
                let result = self.workspace.redo();
                self.answer(ticket, result);
            }
            Order::Commit(ticket) => {
                self.look_for_hand_edits();
                match self.workspace.refuse_unmerged() {
                    Ok(()) => self.commit_hand_edits(Some(ticket)),
                    Err(error) => self.tell(News::Refused(ticket, error)),
                }
            }
            Order::Refresh(paths) => self.refresh(&paths),
            Order::Reload => {
                self.workspace.reload();
                self.tell_book();
                self.look_around();
            }
            Order::Check => self.checker.ask(Question {
                root: self.workspace.root().clone(),
                book: self.workspace.book(),
                groundwork: self.workspace.groundwork_problems().to_vec(),
            }),
            Order::Leave => self.remember(),
            Order::Quit => {}
        }
    }

    fn import(&mut self, ticket: Ticket, import: &Import) {
        let news = self.news.clone();
        let told = move |done: usize, total: usize| {
            if done.is_multiple_of(TOLD_EVERY) || done == total {
                let _ = news.send(News::Importing(ticket, done, total));
            }
        };
        match self.workspace.import(import, &told) {
            Ok(Imported { applied, rejects }) => {
                self.answer(ticket, Ok(applied));
                let count = import.rejects.as_ref().map_or(0, |rejects| rejects.count);
                match rejects {
                    Some(Ok(path)) => self.tell(News::Rejected(count, path)),
                    Some(Err(error)) => self.tell(News::Notice(error.to_string())),
                    None => {}
                }
            }
            Err(error) => self.answer(ticket, Err(error)),
        }
    }

    fn remember(&self) {
        let repo = self.workspace.repo();
        let (Ok(who), Ok(head)) = (repo.identity(), repo.head()) else { return };
        let seen = Seen { commit: head.commit(), at: self.workspace.now().utc };
        // Without the note there is nothing to count from next time, and nobody to tell any more.
        let _ = seen.save(repo, &who);
    }

    fn answer(&mut self, ticket: Ticket, result: Result<Applied, ChangeError>) {
        match result {
            Ok(applied) => {
                self.index_behind |= applied.commit.is_some();
                self.own = applied.commit.or(self.own);
                self.commits += 1;
                self.tell_book();
                self.tell(News::Done(ticket, applied));
            }
            Err(error) => {
                // Whoever is told of another value is shown it.
                if let ChangeError::Stale { reference, .. } = &error
                    && let Some(record) = self.workspace.book().get(reference)
                {
                    self.refresh(std::slice::from_ref(&record.path));
                }
                self.tell_new_book();
                self.tell(News::Refused(ticket, error));
            }
        }
    }

    /// What was found out on the way to a refusal is news all the same.
    fn tell_new_book(&mut self) {
        if !Arc::ptr_eq(&self.told, &self.workspace.book()) {
            self.tell_book();
        }
    }

    /// What is told is found at once, and the screen need not make its index.
    fn tell_book(&mut self) {
        let book = self.workspace.book();
        book.make_index();
        self.keeper.follow(&book);
        self.told = book.clone();
        self.tell(News::Book(book, self.workspace.me().cloned()));
    }

    fn notice(&mut self, notice: Notice) {
        match notice {
            Notice::Changed(paths) => self.refresh(&paths),
            // After a commit of our own everything is known.
            Notice::Refs if self.is_own_commit() => {}
            Notice::Refs => self.look_around(),
            Notice::Rescan => {
                self.rescan();
                self.look_around();
            }
            Notice::Polling { reason } => {
                log::warn!("{reason}");
                self.tell(News::Notice(reason));
            }
        }
    }

    fn is_own_commit(&self) -> bool {
        let head = self.workspace.repo().head().ok().and_then(|head| head.commit());
        head.is_some() && head == self.own
    }

    fn refresh(&mut self, paths: &[RepoPath]) {
        if self.workspace.refresh(paths) != Refreshed::Nothing {
            self.tell_book();
            self.look_for_hand_edits();
            self.wait_for_quiet();
        }
    }

    fn rescan(&mut self) {
        if self.workspace.rescan() != Refreshed::Nothing {
            self.tell_book();
            self.wait_for_quiet();
        }
    }

    /// Starts counting the quiet anew.
    fn wait_for_quiet(&mut self) {
        let book = self.workspace.book();
        self.quiet = match (self.uncommitted.is_empty(), book.settings().hand_edits()) {
            (false, HandEdits::Auto) => after(Duration::from_secs(book.settings().quiet_seconds())),
            _ => never(),
        };
    }

    /// How the repository stands.
    fn look_around(&mut self) {
        match self.workspace.repo().distance() {
            Ok(distance) => self.tell(News::Standing(distance)),
            Err(error) => self.tell(News::Notice(error.to_string())),
        }
        self.look_for_hand_edits();
    }

    fn look_for_hand_edits(&mut self) {
        if self.see_hand_edits() {
            self.wait_for_quiet();
        }
    }

    /// Looks which files are not committed, and tells; whether they are others than before.
    fn see_hand_edits(&mut self) -> bool {
        // While git's index is behind, git takes what was just committed for changed.
        self.settle_index();
        match self.workspace.hand_edited() {
            Ok(found) if found != self.uncommitted => {
                self.uncommitted.clone_from(&found);
                self.tell(News::Uncommitted(found));
                true
            }
            Ok(_) => false,
            Err(error) => {
                self.tell(News::Notice(error.to_string()));
                false
            }
        }
    }

    /// Commits the hand edits: all that are valid when ordered, and by itself where the workspace wants that.
    fn commit_hand_edits(&mut self, ticket: Option<Ticket>) {
        self.quiet = never();
        let by_itself = self.workspace.book().settings().hand_edits() == HandEdits::Auto;
        if ticket.is_none() && (!by_itself || self.uncommitted.is_empty()) {
            return;
        }
        match self.workspace.commit_by_hand(&self.uncommitted) {
            Ok(done) => {
                self.index_behind |= done.applied.is_some();
                self.own = done.applied.as_ref().and_then(|a| a.commit).or(self.own);
                self.tell_book();
                self.tell(News::HandCommitted(ticket, done));
            }
            Err(error) => {
                self.tell_new_book();
                match ticket {
                    Some(ticket) => self.tell(News::Refused(ticket, error)),
                    None => self.tell(News::Notice(error.to_string())),
                }
            }
        }
        self.settle();
        // What was held back waits for its next edit, not for the clock.
        self.see_hand_edits();
    }

    /// Lets git's index know of the commits made.
    fn settle_index(&mut self) {
        if std::mem::take(&mut self.index_behind)
            && let Err(error) = self.workspace.settle_index()
        {
            self.tell(News::Notice(error.to_string()));
        }
    }

    /// The work nobody waits for.
    fn settle(&mut self) {
        self.settle_index();
        if self.commits >= UPKEEP_EVERY {
            self.commits = 0;
            let again: Result<_, GitError> = self.workspace.repo().again();
            if let Ok(repo) = again {
                // Packing takes a while and is nobody's business; a failure is git's to report next time.
                thread::spawn(move || repo.upkeep().is_ok());
            }
        }
        match self.workspace.repo().distance() {
            Ok(distance) => self.tell(News::Standing(distance)),
            Err(error) => self.tell(News::Notice(error.to_string())),
        }
    }
}
