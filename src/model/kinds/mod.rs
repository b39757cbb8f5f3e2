//! What the field kinds do: read a stored value, take what people type, show it to them.

mod canonical;
mod data;
mod input;
mod read;
mod show;
#[cfg(test)]
mod tests;

pub use canonical::{is_email, is_phone, is_url};
pub use data::{data_of, new_file};
pub use input::{Entry, EntryError, enter, enter_list, is_me, plain};
pub use read::{Misread, check_value};
pub use show::{ChoiceItem, choice_of, choices, fill, show, show_text, title_of, title_of_ref};
