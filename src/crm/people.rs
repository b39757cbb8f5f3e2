//! Colleagues: who they are, how they are shown, and whose a record is.

use crate::base::{Folder, Id, Ref};
use crate::model::{Book, Record};
use std::sync::Arc;

/// Whose records are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Whose {
    /// Everybody's, nobody's too.
    #[default]
    Everyone,
    /// One colleague's.
    User(Id),
    /// Those of everyone in a team, and those of the team itself.
    Team(Vec<Id>, Id),
    /// Those that nobody owns yet.
    Nobody,
}

impl Whose {
    /// A team as it is in this book.
    pub fn team(book: &Book, team: &Id) -> Self {
        let members = book.schema().find("team").map(|ty| Ref::new(ty.folder.clone(), team.clone()));
        let members = members.iter().flat_map(|team| book.linking(team, "users", "team"));
        Self::Team(members.map(|user| user.id().clone()).collect(), team.clone())
    }

    /// Whether the record is theirs: they own it or, for a meeting, take part in it.
    pub fn owns(&self, record: &Record) -> bool {
        let owner = record.text("owner");
        let attends = |id: &Id| record.get("attendees").items().iter().any(|a| a.as_str() == id.as_str());
        match self {
            Self::Everyone => true,
            Self::User(id) => owner == id.as_str() || attends(id),
            Self::Team(members, team) => {
                record.text("team") == team.as_str()
                    || members.iter().any(|id| owner == id.as_str() || attends(id))
            }
            Self::Nobody => owner.is_empty(),
        }
    }
}

/// The user's record.
pub fn user<'a>(book: &'a Book, id: &str) -> Option<&'a Arc<Record>> {
    let folder = book.schema().find("user")?.folder.clone();
    book.get(&Ref::new(folder, Id::new(id).ok()?))
}

/// A colleague's name; the id of one who is not in the book.
pub fn name(book: &Book, id: &str) -> String {
    let name = user(book, id).map_or("", |user| user.text("name"));
    if name.is_empty() { id.to_owned() } else { name.to_owned() }
}

/// How colleagues speak of each other: the first word of the name.
pub fn first_name(book: &Book, id: &str) -> String {
    let name = name(book, id);
    name.split_whitespace().next().unwrap_or(&name).to_owned()
}

/// Two or three letters for a card: `LV`.
pub fn initials(book: &Book, id: &str) -> String {
    let given = user(book, id).map_or("", |user| user.text("initials"));
    if !given.is_empty() || id.is_empty() {
        return given.to_owned();
    }
    let name = name(book, id);
    let mut words = name.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty());
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// The owner of a record.
pub fn owner(record: &Record) -> Option<Id> {
    record.link("owner")
}

/// Colleagues who still work here, by name.
pub fn active(book: &Book) -> Vec<Arc<Record>> {
    let users: &Folder = match book.schema().find("user") {
        Some(ty) => &ty.folder,
        None => return Vec::new(),
    };
    let mut found: Vec<_> = book.of(users).iter().filter(|u| u.text("status") != "left").cloned().collect();
    found.sort_by_cached_key(|user| user.text("name").to_lowercase());
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, ids, reference};

    const TEAM: &str = "
users/lena: {name: Lena Vogt, initials: LVo, email: lena@nordwind.example, team: sales}
users/jonas: {name: Jonas Vestergaard, email: j@nordwind.example, emails: [jonas@home.example]}
users/old: {name: A. Way, status: left}
teams/sales: {name: Sales}
accounts/a: {name: A, owner: lena}
accounts/b: {name: B, owner: jonas}
accounts/c: {name: C, team: sales}
activities/m: {subject: M, owner: jonas, attendees: [lena]}
";

    #[test]
    fn names() {
        let book = book(TEAM);
        assert_eq!((initials(&book, "lena"), initials(&book, "jonas")), ("LVo".into(), "JV".into()));
        assert_eq!((initials(&book, "gone"), initials(&book, "")), ("G".into(), String::new()));
        assert_eq!((first_name(&book, "lena"), name(&book, "gone")), ("Lena".into(), "gone".into()));
        assert_eq!(ids(&active(&book)), "jonas lena");
    }

    #[test]
    fn owning() {
        let book = book(TEAM);
        let check = |whose: Whose, expect: &str| {
            let all = ["accounts/a", "accounts/b", "accounts/c", "activities/m"];
            let theirs = all.map(|r| book.get(&reference(r)).unwrap());
            assert_eq!(ids(theirs.into_iter().filter(|r| whose.owns(r))), expect);
        };
        check(Whose::Everyone, "a b c m");
        check(Whose::User(Id::new("lena").unwrap()), "a m");
        check(Whose::team(&book, &Id::new("sales").unwrap()), "a c m");
        check(Whose::Nobody, "c");
    }
}
