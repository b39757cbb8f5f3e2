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

/// What a match counts: names before codes before prose before links; in each, exact before prefix before fuzzy. The
/// steps are whole numbers, so that a record's standing only decides between equals. `None` where the role knows no
/// such match.
pub fn worth(role: Role, manner: Manner) -> Option<u8> {
    use Manner::{Exact, Fuzzy, Part, Prefix, Stem};
    Some(match (role, manner) {
        (Role::Name, Exact) => 13,
        (Role::Name, Prefix) => 11,
        (Role::Code | Role::Number, Exact) => 9,
        (Role::Code | Role::Number, Part | Prefix) => 8,
        (Role::Prose, Exact) => 7,
        (Role::Prose, Stem) => 6,
        (Role::Prose, Prefix) => 5,
        (Role::Name, Fuzzy) => 4,
        (Role::Prose, Fuzzy) => 3,
        (Role::Link, Exact) => 2,
        (Role::Link, Prefix) => 1,
        (Role::Name, Part | Stem) | (Role::Code | Role::Number | Role::Link, Stem | Fuzzy) => return None,
        (Role::Prose | Role::Link, Part) => return None,
    })
}

/// What the first word of a name counts more than any other: `acme` means Acme GmbH before Call Acme.
pub const FIRST_WORD: u8 = 1;

/// Beginnings shorter than this are looked for in names and codes only: in prose they would be everywhere.
pub const SHORTEST_PROSE_PREFIX: usize = 3;

/// The shortest part of a code or number that is looked for.
pub const SHORTEST_PART: usize = 3;

/// The shortest word that may have a mistake in it.
pub const SHORTEST_FUZZY: usize = 5;
