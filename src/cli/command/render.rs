//! `kontor render`: a screen without a terminal.

use super::{DONE, Done};
use crate::actions::Place;
use crate::base::Id;
use crate::cli::Failure;
use crate::cli::screens::{Drawing, Form};
use crate::cli::session::Session;
use crate::crm::views::{View, views};
use crate::model::Book;
use crate::model::near::nearest;
use clap::Args;

/// Draw a screen without a terminal: as text, as ANSI text or as SVG
#[derive(Debug, Args)]
pub struct Render {
    /// The screen: home, accounts, pipeline, cases, history, problems, a type, a view, or a record's reference
    #[arg(value_name = "SCREEN")]
    screen: String,
    /// Columns and lines
    #[arg(long, value_name = "COLUMNSxLINES", default_value = "120x40", value_parser = size)]
    size: (u16, u16),
    /// In which form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// The theme; the one you chose unless given
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Keys to press first, such as `j j enter`; they look and change nothing
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    keys: String,
}

impl Render {
    /// Draws it.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let workspace = session.open()?;
        let place = place(&workspace.book(), workspace.me(), &self.screen)?;
        drop(workspace);
        let drawing =
            Drawing { place, size: self.size, form: self.format, theme: self.theme, keys: self.keys };
        let picture = session.screens.draw(session.find()?, &drawing)?;
        session.out.bytes(picture.as_bytes())?;
        Ok(DONE)
    }
}

fn place(book: &Book, me: Option<&Id>, screen: &str) -> Result<Place, Failure> {
    let schema = book.schema();
    let views = views(book, me);
    let unknown = || {
        let screens = ["home", "pipeline", "history", "problems"].into_iter();
        let words = screens.chain(schema.types().iter().flat_map(|t| [t.name.as_str(), t.folder.as_str()]));
        let words = words.chain(views.iter().map(|view| view.name.as_str()));
        Failure::usage("no-such-screen", format!("there is no screen '{screen}'")).meant(
            nearest(screen, words),
            "write home, pipeline, a type, a view's name, or a record's reference",
        )
    };
    let place = Place::find(book, me, screen).ok_or_else(unknown)?;
    match &place {
        // The view itself is worth a picture, its record is not.
        Place::Record(reference)
            if schema.in_folder(&reference.folder).is_some_and(|ty| ty.name == "view") =>
        {
            View::find(&views, screen).map(|view| Place::of_view(&view)).map_err(|near| {
                Failure::problem("no-such-view", format!("there is no view '{screen}'"))
                    .meant(near, "`kontor list views` lists those of the workspace")
            })
        }
        Place::Record(reference) | Place::History(Some(reference)) if book.get(reference).is_none() => {
            let ids = book.of(&reference.folder).iter().map(|r| r.id().as_str());
            let near = nearest(reference.id.as_str(), ids).map(|id| format!("{}/{id}", reference.folder));
            Err(Failure::problem("no-such-record", format!("there is no {reference}"))
                .meant(near, "see `kontor list TYPE` for what there is"))
        }
        Place::Board(Some(id)) if book.of_type("pipeline").iter().all(|p| p.id() != id) => {
            let ids = book.of_type("pipeline").iter().map(|p| p.id().as_str());
            Err(Failure::problem("no-such-record", format!("there is no pipelines/{id}"))
                .meant(nearest(id.as_str(), ids), "`kontor list pipelines` lists them"))
        }
        _ => Ok(place),
    }
}

/// The largest picture; more would be a mistake.
const MOST: u16 = 1000;

/// `120x40`
fn size(text: &str) -> Result<(u16, u16), String> {
    let parsed = text.split_once(['x', 'X', '×']).and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    match parsed {
        Some((w, h)) if (1..=MOST).contains(&w) && (1..=MOST).contains(&h) => Ok((w, h)),
        _ => Err(format!("write columns and lines, such as 120x40; {MOST} of each at most")),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes() {
        assert_eq!(size("120x40"), Ok((120, 40)));
        assert_eq!(size("80×24"), Ok((80, 24)));
        for bad in ["", "120", "x", "0x10", "10x0", "1001x1", "-1x5", "70000x5"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }
}
