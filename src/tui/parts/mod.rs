//! What the program is made of: the world every screen sees, screens, popups, and the messages between them.
//!
//! `app` puts these together; screens and popups know them and not the app.

mod asker;
mod message;
mod offer;
mod overlay;
mod screen;
mod world;

pub use asker::{Asker, Waiting};
pub use message::{Choice, Done, Draft, Effect, Job, Msg, Read, Take};
pub use offer::Offer;
pub use overlay::{Overlay, Refusal, Verdict};
pub use screen::{Response, Screen};
pub use world::{Importing, World, spot_of};
