//! What a CRM knows: pipelines, SLA clocks, what is due, what rots. Pure functions of the book and now.

pub mod total;
pub mod people;
pub mod state;
pub mod pipeline;
pub mod deal;
pub mod board;
pub mod forecast;
pub mod attention;
pub mod due;
pub mod quote;
pub mod sla;
pub mod lines;
pub mod price;
pub mod timeline;
pub mod health;
mod earlier;
pub mod account;
mod known;
pub mod groups;
pub mod views;
pub mod rules;
mod look;
#[cfg(test)]
pub(crate) mod testing;

pub use deal::Deal;
pub use known::Known;
pub use people::Whose;
pub use total::Total;
