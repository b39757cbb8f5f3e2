//! A history of several months that ends in given files: who created and changed what, when.
//!
//! It is made up backwards. Every record gets a past that fits its fields (a won deal came through the stages of its
//! pipeline, a closed case was new once), the past is undone on the file step by step, and the steps of all records
//! are put in an order in which nothing is linked before it is there.

mod birth;
mod deals;
mod ladder;
mod life;
mod line_up;
mod past;
mod touch;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use rayon::prelude::*;

use super::Files;
use super::save::{Author, Save, groundwork, reference_of};
use crate::base::RepoPath;
use crate::model::Book;
use crate::workspace::load;
#[cfg(test)]
pub use life::links_of;
use life::{Life, Lives};
use past::World;
pub use past::working_day;

/// How far back the history goes.
const DAYS: u64 = 180;

/// The saves that lead to exactly these files, oldest first.
pub fn story(files: &Files, now: DateTime<Utc>) -> Vec<Save> {
    let (schema, settings) = groundwork(files);
    let records = files.par_iter().filter_map(|(path, bytes)| load::record(&schema, path, bytes).ok());
    let book = Book::new(schema.clone(), settings, records.collect(), Vec::new());
    let world = World::new(&book, now, DAYS);
    let mut lives: Lives = book
        .records()
        .collect::<Vec<_>>()
        .into_par_iter()
        .filter_map(|record| {
            let ty = schema.in_folder(&record.reference.folder)?;
            let text = std::str::from_utf8(files.get(&record.path)?).ok()?.to_owned();
            let past = birth::past_of(&world, record);
            let life = Life::new(record.reference.clone(), record.path.clone(), text, ty, past);
            Some((record.reference.clone(), life))
        })
        .collect();
    line_up::line_up(&world, &mut lives);
    saves(&world, files, lives)
}

fn saves(world: &World<'_>, files: &Files, lives: Lives) -> Vec<Save> {
    let schema = world.book.schema();
    let author = |id: &str| -> Arc<Author> {
        let known = world.people.get(id).or_else(|| world.people.get(&world.admin));
        known.cloned().unwrap_or_else(|| unreachable!("the admin is among the people"))
    };
    let at_start = |life: &Life| life.born() <= world.start;
    let mut saves: Vec<(DateTime<Utc>, usize, Save)> = Vec::new();
    // What is no record comes with the settings, but for attachments, which come with their record.
    let mut attached: BTreeMap<String, Vec<(RepoPath, Vec<u8>)>> = BTreeMap::new();
    let mut begun: BTreeMap<usize, Vec<(RepoPath, Vec<u8>)>> = BTreeMap::new();
    for (path, bytes) in files {
        let mut parts = path.parts();
        let owner = match (parts.next(), parts.next(), parts.next()) {
            (Some("attachments"), Some(folder), Some(id)) => Some(format!("{folder}/{id}")),
            _ => None,
        };
        let taken = reference_of(schema, path).is_some_and(|reference| lives.contains_key(&reference));
        let file = (path.clone(), bytes.clone());
        match owner.filter(|owner| owner.parse().is_ok_and(|owner| lives.contains_key(&owner))) {
            Some(owner) => attached.entry(owner).or_default().push(file),
            None if !taken => begun.entry(0).or_default().push(file),
            None => {}
        }
    }
    let mut sorted: Vec<Life> = lives.into_values().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    for life in sorted {
        let rank = line_up::rank(schema, &life.reference.folder);
        let more = attached.remove(&life.reference.to_string()).unwrap_or_default();
        let first = (life.path.clone(), life.states[0].text.clone().into_bytes());
        if at_start(&life) {
            let files = begun.entry(line_up::wave(rank)).or_default();
            files.push(first);
            files.extend(more);
        } else {
            let files = std::iter::once(first).chain(more).collect();
            let (at, by) = (life.born().min(world.now), author(&life.states[0].by));
            saves.push((at, rank, Save { at, by, action: "new", subject: None, files }));
        }
        for state in life.states.into_iter().skip(1) {
            let files = vec![(life.path.clone(), state.text.into_bytes())];
            let at = state.at.min(world.now);
            let save = Save { at, by: author(&state.by), action: state.action, subject: None, files };
            saves.push((at, rank, save));
        }
    }
    for (wave, files) in begun {
        let records = files.iter().filter(|(path, _)| path.first() != "attachments").count();
        let (action, subject) = match wave {
            0 => ("init", "Set up the workspace".to_owned()),
            1 => ("import", format!("Import the catalogue: {records} records")),
            _ => ("import", format!("Import {records} records from the old system")),
        };
        let at = line_up::imported_at(world, wave);
        let save = Save { at, by: author(&world.admin), action, subject: Some(subject), files };
        saves.push((at, wave, save));
    }
    // The sort is stable: what happens to one record at one moment stays in its order.
    saves.sort_by_key(|(at, rank, _)| (*at, *rank));
    let mut last = world.start - TimeDelta::days(1);
    for (_, _, save) in &mut saves {
        save.at = save.at.max(last);
        last = save.at;
    }
    saves.into_iter().map(|(_, _, save)| save).collect()
}

#[cfg(test)]
mod tests;
