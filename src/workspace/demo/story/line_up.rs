//! The order of births: nothing is linked before it is there.

use chrono::{DateTime, TimeDelta, Utc};
use rustc_hash::FxHashMap;

use super::life::Lives;
use super::past::World;
use crate::base::{Folder, Ref};
use crate::model::Schema;

/// The folders in the order in which their records build on each other. Settings come before all of them.
const ORDER: &[&str] = &[
    "products",
    "price_books",
    "templates",
    "campaigns",
    "accounts",
    "contacts",
    "leads",
    "segments",
    "articles",
    "opportunities",
    "quotes",
    "orders",
    "contracts",
    "assets",
    "cases",
];

/// A folder's place in the order; 0 for settings.
pub fn rank(schema: &Schema, folder: &Folder) -> usize {
    let setting = schema.in_folder(folder).is_some_and(|ty| ty.setting);
    let known = ORDER.iter().position(|name| folder.as_str() == *name);
    match (setting, known) {
        (true, _) => 0,
        (_, Some(at)) => at + 1,
        // Types of the user's own may link to any of these; activities and documents link to everything.
        _ => match folder.as_str() {
            "activities" => ORDER.len() + 2,
            "documents" => ORDER.len() + 3,
            _ => ORDER.len() + 1,
        },
    }
}

/// In which of the first commits a record of a rank comes in if it is as old as the history: with the settings, with
/// the catalogue, or with all that was in use before.
pub fn wave(rank: usize) -> usize {
    match rank {
        0 => 0,
        1..=3 => 1,
        _ => 2,
    }
}

/// When a wave comes in.
pub fn imported_at(world: &World<'_>, wave: usize) -> DateTime<Utc> {
    world.start + TimeDelta::minutes(11 * wave as i64)
}

/// Moves births back to where something is linked for the first time. Where that can't be, as two records link to
/// each other, one of the links is filled in later.
pub fn line_up(world: &World<'_>, lives: &mut Lives) {
    let schema = world.book.schema();
    let rank = |reference: &Ref| rank(schema, &reference.folder);
    let mut order: Vec<Ref> = lives.keys().cloned().collect();
    order.sort_by_key(|reference| (std::cmp::Reverse(rank(reference)), reference.clone()));
    for reference in &order {
        let mut earlier: FxHashMap<Ref, DateTime<Utc>> = FxHashMap::default();
        for (at, _, target) in lives[reference].links(schema) {
            if rank(&target) < rank(reference) {
                let needed = earlier.entry(target).or_insert(at);
                *needed = at.min(*needed);
            }
        }
        for (target, at) in earlier {
            let Some(life) = lives.get_mut(&target) else { continue };
            let wait = TimeDelta::minutes(world.rng(&target).i64(4..40));
            let born = world.settled(at - wait);
            if born < life.states[0].at {
                life.states[0].at = born;
            }
        }
    }
    order.reverse();
    let born: FxHashMap<Ref, DateTime<Utc>> = lives
        .iter()
        .map(|(reference, life)| {
            let imported = life.born() <= world.start;
            let at = if imported { imported_at(world, wave(rank(reference))) } else { life.born() };
            (reference.clone(), at)
        })
        .collect();
    for reference in &order {
        let mut later: FxHashMap<_, DateTime<Utc>> = FxHashMap::default();
        let own = born[reference];
        for (at, field, target) in lives[reference].links(schema) {
            let Some(there) = born.get(&target) else { continue };
            if rank(&target) >= rank(reference) && *there > at.max(own) {
                let until = later.entry(field).or_insert(*there);
                *until = (*until).max(*there);
            }
        }
        let mut later: Vec<_> = later.into_iter().collect();
        later.sort();
        for (field, until) in later {
            if let Some(life) = lives.get_mut(reference) {
                life.defer(&field, until);
            }
        }
    }
}
