//! Other screens.

pub mod account;
pub mod accounts;
pub mod activities;
pub mod back;
pub mod cases;
pub mod contacts;
pub mod find;
pub mod home;
pub mod leads;
pub mod open;
pub mod pipeline;
pub mod problems;
pub mod recent;
pub mod to;
