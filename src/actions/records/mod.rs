//! Making, changing and removing records of any type.

pub mod import;
pub mod import_now;
pub mod clear;
pub mod copy;
pub mod copy_value;
pub mod delete;
pub mod edit;
pub mod editor;
pub mod links;
pub mod mend;
pub mod missing;
pub mod new;
pub mod owner;
pub mod rename;
pub mod set;
pub mod start;
pub mod status;
pub mod wanted;
pub mod word;
