//! Finding records by words.

use super::ask::Ask;
use super::guard::guarded;
use super::hit::Hit;
use super::language::Stems;
use super::matching::{Text, worth_of};
use super::query::query;
use super::role::sources;
use super::schema::{KEY, STANDING, key};
use super::shelf::Stock;
use super::standing::Standing;
use crate::base::{Folder, Ref};
use crate::model::{Book, Record, TypeDef};
use chrono::NaiveDate;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tantivy::collector::{Collector, Count, FilterCollector, SegmentCollector, TopDocs};
use tantivy::columnar::Column;
use tantivy::schema::Value as _;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, TantivyDocument};

/// How far the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It is being opened.
    Opening,
    /// So many of so many records are in it; until it has all, answers are incomplete.
    Building {
        /// So many.
        done: usize,
        /// Of so many.
        total: usize,
    },
    /// Everything is found.
    Ready,
}

/// What is wanted of a search.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Only records of this folder.
    pub folder: Option<&'a Folder>,
    /// Only these; without words, all of them.
    pub among: Option<&'a Matches>,
    /// Not more than so many.
    pub limit: usize,
    /// The current day: what is older counts less.
    pub today: NaiveDate,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The best, best first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// How far the index was.
    pub progress: Progress,
}

/// Every record that words match: for filters, which ask record by record.
#[derive(Debug, Clone, Default)]
pub struct Matches(FxHashSet<u64>);

impl Matches {
    /// These.
    pub fn of<'a>(references: impl IntoIterator<Item = &'a Ref>) -> Self {
        Self(references.into_iter().map(key).collect())
    }

    /// Whether the record matches.
    pub fn contains(&self, reference: &Ref) -> bool {
        self.0.contains(&key(reference))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Finds records. Clones look at the same index, which is kept up to date elsewhere; every answer is of one moment.
/// The index only says where to look: what is returned are records of the book.
#[derive(Clone, Default)]
pub struct Searcher {
    state: Arc<RwLock<Arc<State>>>,
}

/// What a searcher knows at one moment.
#[derive(Clone)]
pub(super) struct State {
    pub book: Option<Arc<Book>>,
    pub stock: Option<Stock>,
    /// Records whose entries are out of date, with the number of the book that changed them last.
    pub pending: Arc<FxHashMap<Ref, u64>>,
    pub progress: Progress,
}

impl Default for State {
    fn default() -> Self {
        Self { book: None, stock: None, pending: Arc::default(), progress: Progress::Opening }
    }
}

/// So many changed records are looked at one by one; when there are more, the index is about to be made.
pub(super) const MOST_PENDING: usize = 2_000;

/// So many hits at least are made ready in one go.
const SHARE: usize = 8;

impl fmt::Debug for Searcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Searcher").field("progress", &self.progress()).finish_non_exhaustive()
    }
}

impl Searcher {
    pub(super) fn state(&self) -> Arc<State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn update(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut state));
    }

    /// How far the index is.
    pub fn progress(&self) -> Progress {
        self.state().progress
    }

    /// Waits until the index is open, if not yet whole: some milliseconds, and never longer than five seconds.
    pub fn wait_until_open(&self) {
        const STEP: Duration = Duration::from_millis(2);
        const STEPS: usize = 2_500;
        let mut steps = 0;
        while self.progress() == Progress::Opening && steps < STEPS {
            std::thread::sleep(STEP);
            steps += 1;
        }
    }

    /// The index is damaged: from now on there is none, until it has been made anew.
    fn give_up(&self, stock: &Stock) {
        stock.spoil();
        self.update(|state| {
            state.stock = None;
            state.progress = Progress::Opening;
        });
    }

    /// The best records for these words: every word must match, the last may be the beginning of one. See
    /// `docs/search.md` for what matches and what counts how much. Words that name a type of record find those of that type,
    /// too.
    pub fn find(&self, words: &str, wanted: &Wanted<'_>) -> Found {
        let state = self.state();
        let mut found = Found { hits: Vec::new(), total: 0, progress: state.progress };
        let (Some(book), Some(stock)) = (&state.book, &state.stock) else { return found };
        let ask = Ask::naming_types(words, &|word| type_of(book, word));
        if ask.is_empty() && wanted.among.is_none() {
            return found;
        }
        let mut stems = stock.stems.clone();
        let mut looked_at = state.looked_at();
        let asked = guarded(|| Ok(indexed(&ask, stock, wanted, looked_at.len())?));
        let (total, mut ranked) = asked.unwrap_or_else(|_| {
            // What the index can't tell, the records do, if slowly.
            self.give_up(stock);
            looked_at = book.records().map(|record| &record.reference).collect();
            Default::default()
        });
        let stale = ranked.len();
        ranked.retain(|(_, reference)| !state.pending.contains_key(reference));
        found.total = total.saturating_sub(stale - ranked.len());
        let mut best: Vec<(f32, &Arc<Record>)> =
            ranked.iter().filter_map(|(score, reference)| Some((*score, book.get(reference)?))).collect();
        let fresh = looked_at.into_iter().filter_map(|reference| book.get(reference));
        for record in fresh.filter(|record| wanted.admits(&record.reference)) {
            if let Some(score) = score(&ask, book, record, wanted.today, &mut stems) {
                best.push((score, record));
                found.total += 1;
            }
        }
        best.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.reference.cmp(&other.reference)));
        best.truncate(wanted.limit);
        // Showing where the words stand takes longer than finding them: every core does a share.
        let hit = |stems: &mut Stems, (score, record)| Hit::new(&ask, book, record, score, stems);
        found.hits = best.into_par_iter().with_min_len(SHARE).map_init(|| stems.clone(), hit).collect();
        found
    }

    /// Every record with these words in it, as [`Searcher::find`] would find them, save that no word names a type; `None`
    /// while the index does not know them all.
    pub fn matches(&self, words: &str) -> Option<Matches> {
        self.matching(&Ask::new(words), &self.state())
    }

    /// Those of the records that [`Searcher::find`] would find for these words, in the order they are given in.
    pub(super) fn in_order(&self, words: &str, records: &[Arc<Record>], wanted: &Wanted<'_>) -> Found {
        let state = self.state();
        let mut found = Found { hits: Vec::new(), total: 0, progress: state.progress };
        let (Some(book), Some(stock)) = (&state.book, &state.stock) else { return found };
        let ask = Ask::naming_types(words, &|word| type_of(book, word));
        let matches = match ask.is_empty() {
            true => None,
            // Until all of them are known there is no order to speak of.
            false => match self.matching(&ask, &state) {
                Some(matches) => Some(matches),
                None => return self.find(words, wanted),
            },
        };
        let fits = |reference: &Ref| matches.as_ref().is_none_or(|matches| matches.contains(reference));
        let mut kept: Vec<_> =
            records.iter().filter(|r| wanted.admits(&r.reference) && fits(&r.reference)).collect();
        found.total = kept.len();
        kept.truncate(wanted.limit);
        let hit = |stems: &mut Stems, record: &Arc<Record>| {
            let score = score(&ask, book, record, wanted.today, stems)?;
            Some(Hit::new(&ask, book, record, score, stems))
        };
        let hits = kept.into_par_iter().with_min_len(SHARE);
        found.hits = hits.map_init(|| stock.stems.clone(), hit).flatten_iter().collect();
        found
    }

    fn matching(&self, ask: &Ask, state: &State) -> Option<Matches> {
        let (Some(book), Some(stock)) = (&state.book, &state.stock) else { return None };
        if state.pending.len() > MOST_PENDING {
            return None;
        }
        if ask.is_empty() {
            return Some(Matches::default());
        }
        let mut stems = stock.stems.clone();
        let query = query(ask, None, &stock.fields, &mut stems);
        let asked = guarded(|| Ok(stock.searcher.search(&query, &Keys)?));
        let mut keys = asked.map_err(|_| self.give_up(stock)).ok()?;
        for reference in state.pending.keys() {
            keys.remove(&key(reference));
            let record = book.get(reference);
            if record.is_some_and(|r| score(ask, book, r, NaiveDate::MIN, &mut stems).is_some()) {
                keys.insert(key(reference));
            }
        }
        Some(Matches(keys))
    }
}

impl Wanted<'_> {
    fn admits(&self, reference: &Ref) -> bool {
        self.folder.is_none_or(|folder| *folder == reference.folder)
            && self.among.is_none_or(|among| among.contains(reference))
    }
}

impl State {
    /// The changed records that are to be looked at one by one.
    fn looked_at(&self) -> Vec<&Ref> {
        match self.pending.len() <= MOST_PENDING {
            true => self.pending.keys().collect(),
            false => Vec::new(),
        }
    }
}

/// The folder of the type that a word, or some, name: by its name, its plural, another word for it, or its label.
fn type_of(book: &Book, word: &str) -> Option<Folder> {
    let language = book.settings().language();
    let labelled = |ty: &&Arc<TypeDef>| {
        let labels = [ty.label.get(language), ty.plural_label.get(language)];
        labels.iter().any(|label| label.to_lowercase() == word.to_lowercase())
    };
    let found = book.schema().find(word).or_else(|| book.schema().types().iter().find(labelled));
    found.map(|ty| ty.folder.clone())
}

/// What the record itself is worth.
fn score(ask: &Ask, book: &Book, record: &Record, today: NaiveDate, stems: &mut Stems) -> Option<f32> {
    let sources = sources(book, record);
    let texts: Vec<_> = sources.iter().map(|source| Text::new(source, stems)).collect();
    let folder = &record.reference.folder;
    let worth = if ask.is_empty() { 0 } else { worth_of(ask, folder, &texts, stems)? };
    Some(worth as f32 + Standing::of(book, record, &sources).at(today))
}

/// The best of the index, and how many there are. Some may be out of date, so `spare` more are asked for.
fn indexed(
    ask: &Ask,
    stock: &Stock,
    wanted: &Wanted<'_>,
    spare: usize,
) -> tantivy::Result<(usize, Vec<(f32, Ref)>)> {
    let query = query(ask, wanted.folder, &stock.fields, &mut stock.stems.clone());
    let today = wanted.today;
    let best =
        TopDocs::with_limit((wanted.limit + spare).max(1)).tweak_score(move |segment: &SegmentReader| {
            let standing = column(segment, STANDING);
            move |doc: DocId, worth: Score| {
                let standing = standing.as_ref().and_then(|column| column.first(doc)).unwrap_or_default();
                worth + Standing::unpack(standing).at(today)
            }
        });
    let (total, best) = match wanted.among.map(|among| among.0.clone()) {
        None => stock.searcher.search(&query, &(Count, best))?,
        Some(keys) => {
            let among =
                FilterCollector::new(KEY.to_owned(), move |key: u64| keys.contains(&key), (Count, best));
            stock.searcher.search(&query, &among)?
        }
    };
    let mut found = Vec::with_capacity(best.len());
    for (score, address) in best {
        let entry: TantivyDocument = stock.searcher.doc(address)?;
        let reference = entry.get_first(stock.fields.reference).and_then(|value| value.as_str());
        found.extend(reference.and_then(|text| text.parse().ok()).map(|reference| (score, reference)));
    }
    Ok((total, found))
}

fn column(segment: &SegmentReader, name: &str) -> Option<Column<u64>> {
    segment.fast_fields().u64(name).ok()
}

/// Collects the keys of all entries that match.
struct Keys;

struct SegmentKeys {
    keys: Option<Column<u64>>,
    found: Vec<u64>,
}

impl Collector for Keys {
    type Fruit = FxHashSet<u64>;
    type Child = SegmentKeys;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentKeys> {
        Ok(SegmentKeys { keys: column(segment, KEY), found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<u64>>) -> tantivy::Result<FxHashSet<u64>> {
        Ok(segments.into_iter().flatten().collect())
    }
}

impl SegmentCollector for SegmentKeys {
    type Fruit = Vec<u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.found.extend(self.keys.as_ref().and_then(|keys| keys.first(doc)));
    }

    fn harvest(self) -> Vec<u64> {
        self.found
    }
}
