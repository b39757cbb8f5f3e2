//! Views to be opened: by their keys, or found among all of them.

use crate::actions::Place;
use crate::base::{Ref, show};
use crate::crm::Known;
use crate::crm::views::{Layout, Standing, View, views};
use crate::model::kinds::Entry;
use crate::query::{self, Ground};
use crate::tr;
use crate::tui::keys::Key;
use crate::tui::layout::{self, Next};
use crate::tui::parts::{Done, Job, Overlay, Verdict, World};
use crate::tui::widgets::paint;
use crate::tui::widgets::picker::{Item, Look, Picked, Picker};
use crossterm::event::{KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use smol_str::SmolStr;
use std::cell::RefCell;

/// The key that opened the keys, pressed again: find one among all.
const AGAIN: char = 'v';
/// The action that shows all.
const ALL: &str = "all-views";

/// The keys of the views, at the foot of the screen.
pub struct ViewKeys {
    views: Vec<View>,
    /// Where each was drawn last.
    spots: RefCell<Vec<(usize, Rect)>>,
}

/// The views that have a key.
pub fn view_keys(world: &World) -> ViewKeys {
    let mut views = views(&world.book, world.me.as_ref());
    views.retain(|view| view.key.is_some_and(|key| key != AGAIN));
    ViewKeys { views, spots: RefCell::default() }
}

impl ViewKeys {
    fn chosen(&self, at: usize) -> Verdict {
        match self.views.get(at) {
            Some(view) => Verdict::Go(Place::of_view(view)),
            None => Verdict::Run(ALL),
        }
    }
}

impl Overlay for ViewKeys {
    fn key(&mut self, key: Key, _world: &World) -> Verdict {
        let KeyCode::Char(key) = key.code() else { return Verdict::Close };
        match self.views.iter().position(|view| view.key == Some(key)) {
            Some(at) => self.chosen(at),
            None if key == AGAIN => Verdict::Run(ALL),
            None => Verdict::Stay,
        }
    }

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Verdict {
        if event.kind != MouseEventKind::Down(MouseButton::Left) {
            return Verdict::Stay;
        }
        let at = Position::new(event.column, event.row);
        let hit = self.spots.borrow().iter().find(|(_, spot)| spot.contains(at)).map(|(index, _)| *index);
        hit.map_or(Verdict::Close, |index| self.chosen(index))
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        let next = |view: &View| Next {
            key: view.key.map(String::from).unwrap_or_default(),
            label: view.name.to_string(),
            more: false,
        };
        let all = Next { key: AGAIN.into(), label: tr!("find a view …").into(), more: false };
        let next: Vec<_> = self.views.iter().map(next).chain([all]).collect();
        let (_, spots) = layout::which_key(buf, body, &tr!("Views"), &next, &world.theme);
        *self.spots.borrow_mut() = spots;
    }

    fn hints(&self) -> Vec<(String, String)> {
        let hints = [("v", tr!("find a view")), ("+", tr!("saves a list as a view")), ("esc", tr!("close"))];
        hints.map(|(key, label)| (key.to_owned(), label.into_owned())).to_vec()
    }
}

/// All views, with what they are and how many records each has.
pub struct AllViews {
    views: Vec<View>,
    picker: Picker,
}

/// Every view somebody is offered, those of the type on the screen first.
pub fn all_views(world: &World, type_name: Option<&str>) -> AllViews {
    let mut views = views(&world.book, world.me.as_ref());
    let schema = world.book.schema();
    let here =
        |view: &View| schema.find(&view.type_name).is_some_and(|ty| Some(ty.name.as_str()) == type_name);
    views.sort_by_key(|view| !here(view));
    let items = views.iter().map(|view| item(view, None, world)).collect();
    let mut picker = Picker::new(items).placeholder(tr!("a view's name, a type …"));
    picker.empty = tr!("no view is called that: + saves a list as one").into();
    AllViews { views, picker }
}

/// To count in a book of so many records takes less than a frame a view.
const FEW: usize = 2000;

/// How many records each view has; none where it makes no sense.
struct Counts(Vec<Option<usize>>);

fn count(views: &[View], world: &World) -> impl FnOnce() -> Counts + Send + use<> {
    let (views, book, me, now) = (views.to_vec(), world.book.clone(), world.me.clone(), world.now);
    let searcher = has_words(&views).then(|| world.searcher.clone());
    move || {
        let ground = Ground::new(&book, Entry { me: me.as_ref(), now }).with_facts(Known::of(&book, now));
        let ground = match &searcher {
            Some(searcher) => {
                searcher.wait_until_open();
                ground.with_words(searcher)
            }
            None => ground,
        };
        Counts(views.iter().map(|view| view.count(&ground)).collect())
    }
}

/// Whether a view looks for words, which the screen's thread does not do.
fn has_words(views: &[View]) -> bool {
    views.iter().any(|view| query::has_words(&view.query))
}

/// `m  My open deals   Opportunities · built in   12`
fn item(view: &View, count: Option<Option<usize>>, world: &World) -> Item {
    let ty = world.book.schema().find(&view.type_name);
    let plural = ty.map(|ty| ty.plural_label.get(world.book.settings().language()));
    let standing = match view.standing {
        Standing::Personal => tr!("yours"),
        Standing::Shared => tr!("shared"),
        Standing::Builtin => tr!("built in"),
    };
    let layout = (view.layout == Layout::Board).then(|| tr!("board"));
    let parts = [Some(plural.unwrap_or(&view.type_name).into()), layout, Some(standing)];
    let count = match count {
        None => "…".to_owned(),
        Some(Some(many)) => show::count(many, &world.style()),
        Some(None) => tr!("! see problems").into_owned(),
    };
    Item::new(view.id.clone(), view.name.as_str())
        .hint(view.key.map(String::from).unwrap_or_default())
        .detail(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
        .tally(count)
}

impl AllViews {
    fn verdict(&self, picked: Picked) -> Verdict {
        match picked {
            Picked::Choose(id) => match self.views.iter().find(|view| view.id == id) {
                Some(view) => Verdict::Go(Place::of_view(view)),
                None => Verdict::Close,
            },
            Picked::Cancel => Verdict::Close,
            _ => Verdict::Stay,
        }
    }

    fn take(&mut self, Counts(counts): &Counts, world: &World) {
        let counted = self.views.iter().zip(counts).map(|(view, count)| item(view, Some(*count), world));
        self.picker.set_items(counted.collect());
    }

    /// The record of the view under the cursor; what is built in has none.
    fn record(&self, world: &World) -> Option<Ref> {
        let id: &SmolStr = &self.picker.current()?.key;
        let found = world.book.of_type("view").iter().find(|record| record.id().as_str() == id);
        found.map(|record| record.reference.clone())
    }
}

impl Overlay for AllViews {
    fn job(&mut self, world: &World) -> Option<Job> {
        let count = count(&self.views, world);
        if world.book.len() <= FEW && !has_words(&self.views) {
            self.take(&count(), world);
            return None;
        }
        Some(Job::Compute(Box::new(move || Box::new(count()))))
    }

    fn done(&mut self, done: Done, world: &World) {
        if let Done::Computed(answer) = done
            && let Ok(counts) = answer.downcast::<Counts>()
        {
            self.take(&counts, world);
        }
    }

    fn key(&mut self, key: Key, world: &World) -> Verdict {
        let event = key.event();
        if event.code == KeyCode::Char('e') && event.modifiers.contains(KeyModifiers::CONTROL) {
            return self.record(world).map_or(Verdict::Stay, |record| Verdict::Go(Place::Record(record)));
        }
        let picked = self.picker.handle(event);
        self.verdict(picked)
    }

    fn paste(&mut self, text: &str, _world: &World) -> Verdict {
        let picked = self.picker.paste(text);
        self.verdict(picked)
    }

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Verdict {
        let picked = self.picker.mouse(event);
        self.verdict(picked)
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        let height = (self.views.len() as u16 + 4).clamp(9, 24).min(body.height);
        let frame = paint::centred(body, body.width.saturating_sub(4).min(84), height);
        let inside = paint::popup(buf, frame, &tr!("Views"), &world.theme);
        self.picker.draw(inside, buf, &world.theme, Look::Keys);
    }

    fn hints(&self) -> Vec<(String, String)> {
        let mut hints = super::help::list_hints("open");
        hints.insert(1, ("ctrl-e".into(), tr!("its record").into()));
        hints
    }
}
