//! The runtime: one loop that everything passes through, and the only place where effects happen.
//!
//! ```text
//! keyboard ─┐                     ┌─ update ─► effects ─► perform ─► jobs, writer ─┐
//! signals ──┼─► one channel ─► Loop                                                │
//! workers ──┤                     └─ view ──► frame (only if something happened)   │
//! watcher ──┘◄─────────────────────────────────────────────────── Mailbox ◄────────┘
//! ```
//!
//! A [`Program`] is state with `update` and `view`; it does nothing to the world. The function given to
//! [`terminal::run`](super::terminal::run) (or [`Loop::new`]) performs its effects and must not block: what takes time goes to a worker
//! with [`Mailbox::spawn`] or to a thread that answers through [`Mailbox::reply`].

pub mod canvas;
pub mod event_loop;
pub mod hits;
pub mod host;
pub mod mailbox;
pub mod program;
mod slow;

pub use canvas::{finish, paint, still};
pub use event_loop::Loop;
pub use hits::{Hit, Hits};
pub use host::Host;
pub use mailbox::{Mailbox, Reply};
pub use program::{Control, Ending, Input, Program};

#[cfg(test)]
mod tests;
