//! The one table of actions.

use super::Action;
use super::{activities, cases, deals, go, history, kontor, motion, records, view};

/// Every action, in the order help and documents list them.
static ALL: &[&Action] = &[
    &go::home::ACTION,
    &go::accounts::ACTION,
    &go::contacts::ACTION,
    &go::leads::ACTION,
    &go::pipeline::ACTION,
    &go::cases::ACTION,
    &go::activities::ACTION,
    &go::to::ACTION,
    &go::open::ACTION,
    &go::back::ACTION,
    &go::account::ACTION,
    &go::recent::ACTION,
    &go::problems::ACTION,
    &motion::down::ACTION,
    &motion::up::ACTION,
    &motion::left::ACTION,
    &motion::right::ACTION,
    &motion::stage_left::ACTION,
    &motion::stage_right::ACTION,
    &motion::half_down::ACTION,
    &motion::half_up::ACTION,
    &motion::page_down::ACTION,
    &motion::page_up::ACTION,
    &motion::top::ACTION,
    &motion::bottom::ACTION,
    &motion::next_pane::ACTION,
    &motion::previous_pane::ACTION,
    &motion::next_record::ACTION,
    &motion::previous_record::ACTION,
    &records::new::ACTION,
    &records::edit::ACTION,
    &records::editor::ACTION,
    &records::set::ACTION,
    &records::delete::ACTION,
    &records::rename::ACTION,
    &records::clear::ACTION,
    &records::status::ACTION,
    &records::owner::ACTION,
    &records::copy::ACTION,
    &records::copy_value::ACTION,
    &deals::next_stage::ACTION,
    &deals::previous_stage::ACTION,
    &deals::won::ACTION,
    &deals::lost::ACTION,
    &deals::switch::ACTION,
    &deals::pipeline::ACTION,
    &deals::convert::ACTION,
    &cases::take::ACTION,
    &cases::priority::ACTION,
    &cases::escalate::ACTION,
    &cases::respond::ACTION,
    &activities::log::ACTION,
    &activities::task::ACTION,
    &activities::note::ACTION,
    &activities::done::ACTION,
    &activities::reschedule::ACTION,
    &view::filter::ACTION,
    &view::sort::ACTION,
    &view::reverse::ACTION,
    &view::columns::ACTION,
    &view::closed::ACTION,
    &view::mine::ACTION,
    &view::mark::ACTION,
    &view::mark_all::ACTION,
    &view::unmark::ACTION,
    &view::preview::ACTION,
    &history::record::ACTION,
    &history::undo::ACTION,
    &history::redo::ACTION,
    &history::commit::ACTION,
    &kontor::help::ACTION,
    &kontor::palette::ACTION,
    &kontor::themes::ACTION,
    &kontor::refresh::ACTION,
    &kontor::suspend::ACTION,
    &kontor::quit::ACTION,
];

/// Every action, group by group.
pub fn all() -> &'static [&'static Action] {
    ALL
}

/// The action of that name.
pub fn find(name: &str) -> Option<&'static Action> {
    ALL.iter().copied().find(|action| action.name == name)
}
