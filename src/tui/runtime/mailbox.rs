//! How messages reach the loop from elsewhere: workers, the writer, the watcher.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::Input;
use super::slow::{LONG, watched};
use crate::tui::terminal::panics;

/// What travels to the loop.
pub(super) enum Delivery<M> {
    /// From the terminal.
    Input(Input),
    /// A message nobody waits for.
    Message(M),
    /// What somebody waits for, or the news that it will not come.
    Answer(Option<M>),
    /// A signal of the system.
    Signal(i32),
    /// The terminal cannot be read any more.
    Lost(io::Error),
}

type Job = Box<dyn FnOnce() + Send>;

/// Sends messages to the loop; cheap to clone and to hand to other threads.
pub struct Mailbox<M> {
    sender: Sender<Delivery<M>>,
    awaited: Arc<AtomicUsize>,
    jobs: Sender<Job>,
}

impl<M> Clone for Mailbox<M> {
    fn clone(&self) -> Mailbox<M> {
        Mailbox { sender: self.sender.clone(), awaited: self.awaited.clone(), jobs: self.jobs.clone() }
    }
}

impl<M: Send + 'static> Mailbox<M> {
    /// A mailbox with its own worker threads, and the end the loop reads.
    pub(super) fn new() -> (Mailbox<M>, Receiver<Delivery<M>>) {
        let (sender, receiver) = unbounded();
        (Mailbox { sender, awaited: Arc::default(), jobs: workers() }, receiver)
    }

    /// Sends a message. To a loop that has ended it is lost, as it should be.
    pub fn send(&self, message: M) {
        self.deliver(Delivery::Message(message));
    }

    /// A one-time answer that the loop counts as work under way until it is given or dropped: for threads that
    /// take requests, such as the writer.
    pub fn reply(&self) -> Reply<M> {
        self.awaited.fetch_add(1, Ordering::SeqCst);
        Reply { mailbox: Some(self.clone()) }
    }

    /// Runs a job on a worker thread; its message comes when it is done. A panic comes as [`Input::Crashed`].
    pub fn spawn(&self, job: impl FnOnce() -> M + Send + 'static) {
        let reply = self.reply();
        let crashes = self.clone();
        let job = move || match watched("job", LONG, || catch_unwind(AssertUnwindSafe(job))) {
            Ok(message) => reply.send(message),
            Err(payload) => crashes.deliver(Delivery::Input(Input::Crashed(panics::take(&*payload)))),
        };
        // The workers live as long as a mailbox does, so there is always one to take it.
        let _ = self.jobs.send(Box::new(job));
    }

    /// Where a thread that reads the terminal puts what it reads.
    pub(in crate::tui) fn keyboard(&self) -> impl FnMut(io::Result<Input>) + Send + use<M> {
        let mailbox = self.clone();
        move |read| mailbox.deliver(read.map_or_else(Delivery::Lost, Delivery::Input))
    }

    /// Where a thread that waits for signals puts them.
    pub(in crate::tui) fn signals(&self) -> impl Fn(i32) + Send + use<M> {
        let mailbox = self.clone();
        move |signal| mailbox.deliver(Delivery::Signal(signal))
    }

    /// How many answers are still to come.
    pub(super) fn awaited(&self) -> usize {
        self.awaited.load(Ordering::SeqCst)
    }

    /// An answer has been taken out of the channel.
    pub(super) fn answered(&self) {
        self.awaited.fetch_sub(1, Ordering::SeqCst);
    }

    pub(super) fn deliver(&self, delivery: Delivery<M>) {
        // The receiver goes away with the loop; then nobody wants to know.
        let _ = self.sender.send(delivery);
    }
}

/// A promise of one message; see [`Mailbox::reply`].
pub struct Reply<M: Send + 'static> {
    mailbox: Option<Mailbox<M>>,
}

impl<M: Send + 'static> Reply<M> {
    /// Keeps the promise.
    pub fn send(mut self, message: M) {
        if let Some(mailbox) = self.mailbox.take() {
            mailbox.deliver(Delivery::Answer(Some(message)));
        }
    }
}

impl<M: Send + 'static> Drop for Reply<M> {
    fn drop(&mut self) {
        if let Some(mailbox) = self.mailbox.take() {
            mailbox.deliver(Delivery::Answer(None));
        }
    }
}

/// Threads that run jobs until the last mailbox is gone. Few: the machine has other things to do.
fn workers() -> Sender<Job> {
    let (sender, jobs) = unbounded::<Job>();
    let count = thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4));
    for number in 0..count {
        let jobs = jobs.clone();
        let worker = thread::Builder::new().name(format!("worker-{number}"));
        // Without any thread, jobs would wait for ever; but then the system is past helping.
        let _ = worker.spawn(move || jobs.into_iter().for_each(|job| job()));
    }
    sender
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_awaited_until_given_or_dropped() {
        let (mailbox, receiver) = Mailbox::new();
        mailbox.send(1);
        let (kept, dropped) = (mailbox.reply(), mailbox.reply());
        assert_eq!(mailbox.awaited(), 2);
        kept.send(2);
        drop(dropped);
        let received: Vec<_> = receiver
            .try_iter()
            .map(|delivery| match delivery {
                Delivery::Message(message) => Some(message),
                Delivery::Answer(message) => {
                    mailbox.answered();
                    message
                }
                _ => panic!("something else"),
            })
            .collect();
        assert_eq!(received, [Some(1), Some(2), None]);
        assert_eq!(mailbox.awaited(), 0);
    }

    #[test]
    fn a_job_that_panics_is_told_and_the_next_one_runs() {
        let (mailbox, receiver) = Mailbox::<u8>::new();
        for _ in 0..8 {
            mailbox.spawn(|| panic!("no luck"));
        }
        mailbox.spawn(|| 7);
        let (mut crashes, mut answers) = (0, Vec::new());
        for _ in 0..17 {
            match receiver.recv().unwrap() {
                Delivery::Input(Input::Crashed(message)) => {
                    assert!(message.contains("no luck"), "{message}");
                    crashes += 1;
                }
                Delivery::Answer(answer) => answers.extend(answer),
                _ => panic!("something else"),
            }
        }
        assert_eq!((crashes, answers), (8, vec![7]));
    }
}
