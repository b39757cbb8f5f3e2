//! Does what the program wants done: the only place where effects happen.

use super::{Choice, Done, Draft, Effect, Job, Msg};
use crate::base::RepoPath;
use crate::disk::editor::{self, Spot};
use crate::disk::outside;
use crate::git::{GitError, LogQuery, Repo};
use crate::model::Book;
use crate::tui::parts::Read;
use crate::tui::paths::Here;
use crate::tui::runtime::{Control, Mailbox, Reply};
use crate::workspace::history::{Event, lately, of_record, recent};
use crate::workspace::{Desk, News, Order, Ticket};
use crossbeam_channel::Receiver;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Keeps a choice for the next start.
pub type Keep = Box<dyn FnMut(Choice) + Send>;

/// The connection of the program to the world.
pub struct Performer {
    desk: Desk,
    root: PathBuf,
    here: Here,
    repo: Arc<dyn Fn() -> Result<Repo, String> + Send + Sync>,
    keep: Keep,
    awaited: Awaited,
}

/// Answers the loop counts as work under way.
type Awaited = Arc<Mutex<HashMap<Subject, Vec<Reply<Msg>>>>>;

/// What an answer is about.
#[derive(PartialEq, Eq, Hash)]
enum Subject {
    Open,
    Order(Ticket),
    Problems,
}

impl Performer {
    /// A performer over a writer that is opening the workspace in `root`. `repo` opens the repository once more,
    /// for workers.
    pub fn new(
        desk: Desk,
        root: PathBuf,
        repo: impl Fn() -> Result<Repo, String> + Send + Sync + 'static,
        keep: Keep,
    ) -> Self {
        let (repo, awaited) = (Arc::new(repo), Awaited::default());
        Self { desk, root, here: Here::default(), repo, keep, awaited }
    }

    /// Paths that are typed start from here.
    pub fn at(self, here: Here) -> Self {
        Self { here, ..self }
    }

    /// What lets the writer's news reach the loop, once there is one.
    pub fn connector(&self) -> Connector {
        Connector { news: self.desk.news().clone(), awaited: self.awaited.clone() }
    }

    /// Does one thing.
    pub fn perform(&mut self, effect: Effect, mailbox: &Mailbox<Msg>) -> Control<Msg> {
        match effect {
            Effect::Order(order) => {
                let subject = match &order {
                    Order::Apply(t, _)
                    | Order::Import(t, _)
                    | Order::Undo(t, _)
                    | Order::Redo(t)
                    | Order::Commit(t) => Some(Subject::Order(*t)),
                    Order::Check => Some(Subject::Problems),
                    Order::Refresh(_) | Order::Reload | Order::Leave | Order::Quit => None,
                };
                if let Some(subject) = subject {
                    expect(&self.awaited, subject, mailbox);
                }
                self.desk.order(order);
                Control::Continue
            }
            Effect::Job(waiting, job) => {
                let (repo, here) = (self.repo.clone(), self.here.clone());
                mailbox.spawn(move || {
                    let wanted = waiting.still() || matches!(job, Job::Save(..));
                    let done = if wanted { run(job, &*repo, &here) } else { Done::Dropped };
                    Msg::Done(waiting.number(), done)
                });
                Control::Continue
            }
            Effect::Edit(path, spot) => Control::Outside(self.editor(path, spot)),
            Effect::Write(draft, text) => Control::Outside(self.writing(draft, text)),
            Effect::Copy(text) => Control::Copy(text),
            Effect::Keep(choice) => {
                (self.keep)(choice);
                Control::Continue
            }
            Effect::Suspend => Control::Suspend,
            Effect::Redraw => Control::Redraw,
            Effect::Quit => Control::Quit,
        }
    }

    fn editor(&self, path: RepoPath, spot: Option<Spot>) -> Box<dyn FnOnce() -> Msg> {
        let file = path.to_path(&self.root);
        Box::new(move || {
            let result = editor::edit(&file, spot).map_err(|e| e.to_string());
            Msg::Edited(path, result)
        })
    }

    /// The text goes through a file among those that are derived and never committed.
    fn writing(&self, draft: Draft, text: String) -> Box<dyn FnOnce() -> Msg> {
        let repo = self.repo.clone();
        Box::new(move || {
            let name = format!("{}-", draft.field.replace('.', "-"));
            let written = repo().and_then(|repo| {
                editor::edit_text(&repo.state_folder(), (&name, ".md"), &text).map_err(|e| e.to_string())
            });
            Msg::Written(draft, written)
        })
    }

    /// The person leaves: remembers how far they have looked, commits what is to be committed and stops the writer.
    pub fn close(self) {
        self.desk.close();
    }
}

/// The way of the writer's news to the loop.
pub struct Connector {
    news: Receiver<News>,
    awaited: Awaited,
}

impl Connector {
    /// From now on the news go into this mailbox; the first is awaited.
    pub fn connect(self, mailbox: &Mailbox<Msg>) {
        let Connector { news, awaited } = self;
        expect(&awaited, Subject::Open, mailbox);
        let mailbox = mailbox.clone();
        std::thread::spawn(move || {
            for news in news {
                match reply_for(&awaited, &news) {
                    Some(reply) => reply.send(Msg::News(news)),
                    None => mailbox.send(Msg::News(news)),
                }
            }
        });
    }
}

fn expect(awaited: &Awaited, subject: Subject, mailbox: &Mailbox<Msg>) {
    let mut awaited = awaited.lock().unwrap_or_else(PoisonError::into_inner);
    awaited.entry(subject).or_default().push(mailbox.reply());
}

fn reply_for(awaited: &Awaited, news: &News) -> Option<Reply<Msg>> {
    let subject = match news {
        News::Open(_) | News::Failed(_) => Subject::Open,
        News::Done(ticket, _) | News::Refused(ticket, _) | News::HandCommitted(Some(ticket), _) => {
            Subject::Order(*ticket)
        }
        News::Problems(_) => Subject::Problems,
        News::Stopped => {
            // Nothing more will come, so nobody needs to wait.
            awaited.lock().unwrap_or_else(PoisonError::into_inner).clear();
            return None;
        }
        _ => return None,
    };
    awaited.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&subject)?.pop()
}

fn run(job: Job, repo: &(dyn Fn() -> Result<Repo, String> + Sync), here: &Here) -> Done {
    match job {
        Job::File(typed, most, take) => {
            let path = here.place(&typed);
            let read = outside::read_stamped(&path, most);
            let read = read.map(|(bytes, stamp)| Read { path, bytes, stamp });
            Done::Computed(take(read.map_err(|e| e.to_string())))
        }
        Job::Folder(typed) => {
            let found = outside::list(&here.place(&typed)).map_err(|e| e.to_string());
            Done::Folder(typed, found)
        }
        Job::Save(typed, head, text) => {
            let path = here.place(&typed);
            Done::Saved(
                outside::save_own(&path, head.as_bytes(), &text).map(|()| path).map_err(|e| e.to_string()),
            )
        }
        Job::Compute(compute) => Done::Computed(compute()),
        Job::History(book, path, limit) => {
            let events =
                repo().and_then(|repo| of_record(&repo, &book, &path, limit).map_err(|e| e.to_string()));
            Done::History(events)
        }
        Job::Changes(book, paths, limit) => Done::History(
            repo().and_then(|repo| changes(&repo, &book, &paths, limit).map_err(|e| e.to_string())),
        ),
        Job::Recent(book, limit) => {
            let query = LogQuery { limit: Some(limit), ..LogQuery::default() };
            let events = repo().and_then(|repo| recent(&repo, &book, &query).map_err(|e| e.to_string()));
            Done::History(events)
        }
        Job::Lately(book, seen, limit) => Done::Lately(
            repo().and_then(|repo| lately(&repo, &book, seen.as_ref(), limit).map_err(|e| e.to_string())),
        ),
    }
}

/// What happened to the first file and its earlier names, and to the other files, newest first.
fn changes(repo: &Repo, book: &Book, paths: &[RepoPath], limit: usize) -> Result<Vec<Event>, GitError> {
    let Some((first, others)) = paths.split_first() else { return Ok(Vec::new()) };
    let mut events = of_record(repo, book, first, limit)?;
    if !others.is_empty() {
        let query = LogQuery { paths: others, limit: Some(limit), ..LogQuery::default() };
        let known =
            |event: &Event| events.iter().any(|e| e.commit == event.commit && e.records == event.records);
        let more: Vec<_> = recent(repo, book, &query)?.into_iter().filter(|event| !known(event)).collect();
        events.extend(more);
        events.sort_by_key(|event| std::cmp::Reverse(event.time));
    }
    Ok(events)
}
