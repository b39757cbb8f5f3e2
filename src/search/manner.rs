//! The manners of matching and what each counts: one table, used for the index and for records in memory alike.

use super::role::Role;

/// How a word matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// The whole word.
    Exact,
    /// Its beginning, while the word is being typed.
    Prefix,
    /// Any part of a code or number.
    Part,
    /// Another form of the same word.
    Stem,
    /// With one mistake.
    Fuzzy,
}

/// What a match counts: names before those of linked records before codes before prose; in each, exact before prefix before
/// fuzzy. The steps are whole numbers, so that a record's standing only decides between equals. `None` where the role knows no
/// such match.
pub fn worth(role: Role, manner: Manner) -> Option<u8> {
    use Manner::{Exact, Fuzzy, Part, Prefix, Stem};
    Some(match (role, manner) {
        (Role::Name, Exact) => 13,
        (Role::Name, Prefix) => 11,
        (Role::Link, Exact) => 10,
        (Role::Code | Role::Number, Exact) => 9,
        (Role::Code | Role::Number, Part | Prefix) | (Role::Link, Prefix) => 8,
        (Role::Prose, Exact) => 7,
        (Role::Prose, Stem) => 6,
        (Role::Prose, Prefix) => 5,
        (Role::Name, Fuzzy) => 4,
        (Role::Link | Role::Prose, Fuzzy) => 3,
        (Role::Aside, Exact) => 2,
        (Role::Aside, Prefix) => 1,
        (Role::Name | Role::Link | Role::Aside, Part | Stem) | (Role::Code | Role::Number, Stem | Fuzzy) => {
            return None;
        }
        (Role::Prose, Part) | (Role::Aside, Fuzzy) | (Role::Amount, _) => return None,
    })
}

/// What each word counts of what was typed where together they are a whole code, number or amount: more than the same words in
/// a name, so that `K7F-3Q` finds the case before the mail with that subject.
pub const WHOLE: u8 = 15;

/// What it counts that a record is of the type that was named beside other words: more than a name, so that `quote acme`
/// finds Acme's quotes before a note called Quote.
pub const TYPE: u8 = 15;

/// What it counts where nothing else was typed: less than any name, so that `order` finds the Order of Malta before
/// every order.
pub const TYPE_ALONE: u8 = 10;

/// What the first word of a name counts more than any other: `acme` means Acme GmbH before Call Acme.
pub const FIRST_WORD: u8 = 1;

/// Beginnings shorter than this are looked for in names and codes only: in prose they would be everywhere.
pub const SHORTEST_PROSE_PREFIX: usize = 3;

/// The shortest part of a code or number that is looked for.
pub const SHORTEST_PART: usize = 3;

/// The shortest word that may have a mistake in it.
pub const SHORTEST_FUZZY: usize = 5;
