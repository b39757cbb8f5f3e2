//! The screens, by the names that keys, `:`, and `kontor render` share.

use crate::base::{Id, Ref};
use crate::crm::views::{Layout, View, views};
use crate::model::{Book, Schema};
use smol_str::SmolStr;
use std::fmt;

/// A screen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// What is due today.
    Home,
    /// All records of a type, by the type's name.
    List(SmolStr),
    /// The records of a type that a query finds: what a number on another screen is made of.
    Found(SmolStr, SmolStr),
    /// A view, by its id: a list of that type, or a board.
    View(SmolStr, SmolStr, Layout),
    /// The board of a pipeline; `None` is the one last looked at, or the first.
    Board(Option<Id>),
    /// One record's page.
    Record(Ref),
    /// One record's history, or everybody's recent changes.
    History(Option<Ref>),
    /// Everything that is wrong with the files.
    Problems,
    /// Quick find: records by words.
    Find,
    /// Records out of a table: the choice of the file, or what would come of this one.
    Import(Option<SmolStr>),
}

/// What the places of views begin with: `view/my-open-deals` is the view, `views/my-open-deals` its record.
const VIEW: &str = "view/";

impl Place {
    /// The screens on the number keys, in order.
    pub fn numbered() -> [Self; 7] {
        let list = |name| Self::List(SmolStr::new_static(name));
        [
            Self::Home,
            list("account"),
            list("contact"),
            list("lead"),
            Self::Board(None),
            list("case"),
            list("activity"),
        ]
    }

    /// The screen of a view.
    pub fn of_view(view: &View) -> Self {
        Self::View(view.id.clone(), view.type_name.clone(), view.layout)
    }

    /// Finds a screen as [`Place::parse`], or a view somebody is offered by its name: `my open deals`,
    /// `view/my-open-deals`.
    pub fn find(book: &Book, me: Option<&Id>, text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches(':').trim();
        let view = || View::find(&views(book, me), text).ok().map(|view| Self::of_view(&view));
        match text.starts_with(VIEW) {
            true => view(),
            false => Self::parse(book.schema(), text).or_else(view),
        }
    }

    /// Finds a screen by what a person calls it: `home`, `pipeline`, `quotes`, `accounts/acme-gmbh`,
    /// `pipeline/renewals`, `history`, `history/accounts/acme-gmbh`, `problems`, `find`, `deals stage=proposal`,
    /// `import ~/people.csv`.
    pub fn parse(schema: &Schema, text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches(':').trim_end_matches('/');
        let word = text.to_lowercase();
        let screens = [
            Self::Home,
            Self::Board(None),
            Self::History(None),
            Self::Problems,
            Self::Find,
            Self::Import(None),
        ];
        if let Some(screen) = screens.into_iter().find(|screen| screen.words().contains(&word.as_str())) {
            return Some(screen);
        }
        if let Some(rest) = text.strip_prefix("history/") {
            return reference(schema, rest).map(|r| Self::History(Some(r)));
        }
        if let Some(rest) = text.strip_prefix("pipeline/") {
            return rest.parse().ok().map(|id| Self::Board(Some(id)));
        }
        if let Some(file) = text.strip_prefix("import ") {
            return Some(Self::Import(Some(file.trim().into())));
        }
        if let Some((name, query)) = text.split_once(char::is_whitespace)
            && query.contains(['=', '<', '>', '~'])
            && let Some(ty) = schema.find(name)
        {
            return Some(Self::Found(ty.name.clone(), query.trim().into()));
        }
        reference(schema, text)
            .map(Self::Record)
            .or_else(|| schema.find(text).map(|t| Self::List(t.name.clone())))
    }

    /// The words for a screen that is no list and about no record in particular.
    pub fn words(&self) -> &'static [&'static str] {
        match self {
            Self::Home => &["home", "today"],
            Self::Board(None) => &["pipeline", "board"],
            Self::History(None) => &["history", "log"],
            Self::Problems => &["problems", "check"],
            Self::Find => &["find", "search"],
            Self::Import(None) => &["import"],
            _ => &[],
        }
    }

    /// The type of record it is about.
    pub fn type_name(&self) -> Option<&str> {
        match self {
            Self::List(name) | Self::Found(name, _) | Self::View(_, name, _) => Some(name),
            Self::Board(_) => Some("opportunity"),
            _ => None,
        }
    }
}

/// A reference as typed: `accounts/acme-gmbh`, also with another word for the type, and the file's path.
pub fn reference(schema: &Schema, text: &str) -> Option<Ref> {
    let (folder, rest) = text.trim().split_once('/')?;
    let ty = schema.find(folder)?;
    let stem = rest.rsplit('/').next()?;
    let id = stem.strip_suffix(".yaml").unwrap_or(stem);
    Some(Ref { folder: ty.folder.clone(), id: id.parse().ok()? })
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("home"),
            Self::List(name) => f.write_str(name),
            Self::Found(name, query) => write!(f, "{name} {query}"),
            Self::View(id, ..) => write!(f, "{VIEW}{id}"),
            Self::Board(None) => f.write_str("pipeline"),
            Self::Board(Some(id)) => write!(f, "pipeline/{id}"),
            Self::Record(reference) => write!(f, "{reference}"),
            Self::History(None) => f.write_str("history"),
            Self::History(Some(reference)) => write!(f, "history/{reference}"),
            Self::Problems => f.write_str("problems"),
            Self::Find => f.write_str("find"),
            Self::Import(None) => f.write_str("import"),
            Self::Import(Some(file)) => write!(f, "import {file}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::testing::scene;

    #[test]
    fn views_by_name() {
        let scene = scene("home").with("views/mine.yaml", "name: Bolts and nuts\ntype: deal\nowner: lena\n");
        let check = |text: &str, expect: &str| {
            let place = Place::find(scene.context().book, scene.context().me, text);
            assert_eq!(place.map_or("none".into(), |p| p.to_string()), expect, "{text}");
        };
        check(":my open deals", "view/my-open-deals");
        check("Bolts and NUTS", "view/mine");
        check("view/mine", "view/mine");
        check("views/mine", "views/mine");
        check("views", "view");
        check("view/nothing", "none");
    }

    fn check(text: &str, expect: &str) {
        let place = Place::parse(&Schema::builtin(), text);
        assert_eq!(place.map_or("none".into(), |p| p.to_string()), expect, "{text}");
    }

    #[test]
    fn screens_by_name() {
        check("home", "home");
        check(":quotes", "quote");
        check("Accounts", "account");
        check("deals", "opportunity");
        check(":deals stage=proposal amount>10k", "opportunity stage=proposal amount>10k");
        check("deals of acme", "none");
        check("pipeline", "pipeline");
        check("pipeline/renewals", "pipeline/renewals");
        check("pipelines/renewals", "pipelines/renewals");
        check("accounts/acme-gmbh", "accounts/acme-gmbh");
        check("company/acme-gmbh", "accounts/acme-gmbh");
        check("accounts/ac/acme-gmbh.yaml", "accounts/acme-gmbh");
        check("history/accounts/acme-gmbh", "history/accounts/acme-gmbh");
        check("search", "find");
        check("import", "import");
        check(":import ~/My Files/people.csv", "import ~/My Files/people.csv");
        check("nonsense", "none");
        check("nonsense/x", "none");
    }
}
