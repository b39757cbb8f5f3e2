//! The index with its one writer: what it covers, and bringing it up to date.

use super::error::SearchError;
use super::guard::guarded;
use super::language::Stems;
use super::place::{Place, in_memory, on_disk};
use super::schema::{Entries, Fields, KEY, STAMP, key};
use super::seal::{seal, spoil};
use crate::base::Ref;
use crate::model::{Book, Record};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, Term};

/// An open index.
pub struct Shelf {
    place: Place,
    language: String,
    lasting: bool,
    reader: IndexReader,
    writer: Option<IndexWriter>,
    /// What it holds, committed or not: the stamp of each key.
    covered: FxHashMap<u64, u64>,
    uncommitted: usize,
}

/// What a searcher needs of an index: it as it was at the last commit.
#[derive(Clone)]
pub struct Stock {
    /// Looks things up.
    pub searcher: Searcher,
    /// The columns.
    pub fields: Fields,
    /// Stems words in its language.
    pub stems: Stems,
    folder: Option<PathBuf>,
}

impl Stock {
    /// What it was asked for could not be read: the next one who opens the index makes it anew.
    pub fn spoil(&self) {
        self.folder.iter().for_each(|folder| spoil(folder));
    }
}

/// A record with the numbers that its entry should have.
#[derive(Clone, Copy)]
struct Numbered<'b> {
    record: &'b Arc<Record>,
    key: u64,
    stamp: u64,
}

/// Which records may be out of date.
pub enum Which<'a> {
    /// Any.
    All,
    /// None but these.
    These(&'a [Ref]),
}

/// Small changes get by with what tantivy needs at least; large ones are faster with more.
const SMALL_ARENA: usize = 15_000_000;
const LARGE_ARENA: usize = 60_000_000;
const MANY: usize = 5_000;
/// Telling of every record would take longer than indexing it.
const PROGRESS_EVERY: usize = 500;

impl Shelf {
    /// Opens the index below `home`; where that cannot be, one in memory.
    ///
    /// # Errors
    /// When even memory will not do.
    pub fn open(home: Option<&Path>, language: &str) -> Result<Self, SearchError> {
        let lasting = home.and_then(|home| {
            let place = on_disk(home, language).ok()?;
            let folder = place.folder.clone();
            let opened = guarded(|| Self::with(place, language, true));
            if let (Err(SearchError::Panicked), Some(folder)) = (&opened, folder) {
                spoil(&folder);
            }
            opened.ok()
        });
        match lasting {
            Some(shelf) => Ok(shelf),
            None => Self::with(in_memory(language)?, language, false),
        }
    }

    fn with(place: Place, language: &str, lasting: bool) -> Result<Self, SearchError> {
        let reader: IndexReader =
            place.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let mut shelf = Self {
            place,
            language: language.to_owned(),
            lasting,
            reader,
            writer: None,
            covered: FxHashMap::default(),
            uncommitted: 0,
        };
        shelf.look()?;
        Ok(shelf)
    }

    /// The language its prose is stemmed in.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Whether it outlasts the process.
    pub fn is_lasting(&self) -> bool {
        self.lasting
    }

    /// Whether it may write: nobody else does.
    pub fn is_writer(&self) -> bool {
        self.writer.is_some()
    }

    /// What searchers need, as of the last commit.
    pub fn stock(&self) -> Stock {
        let stems = Stems::new(&self.language);
        Stock {
            searcher: self.reader.searcher(),
            fields: self.place.fields,
            stems,
            folder: self.place.folder.clone(),
        }
    }

    /// Looks what another process has committed meanwhile.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn look(&mut self) -> Result<(), SearchError> {
        self.reader.reload()?;
        let searcher = self.reader.searcher();
        let mut covered = FxHashMap::default();
        covered.reserve(searcher.num_docs() as usize);
        for segment in searcher.segment_readers() {
            let keys = segment.fast_fields().u64(KEY)?.first_or_default_col(0);
            let stamps = segment.fast_fields().u64(STAMP)?.first_or_default_col(0);
            covered.extend(segment.doc_ids_alive().map(|doc| (keys.get_val(doc), stamps.get_val(doc))));
        }
        self.covered = covered;
        Ok(())
    }

    /// Whether another process has committed since the last look; if so, looks.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn has_news(&mut self) -> Result<bool, SearchError> {
        let seen = |reader: &IndexReader| -> Vec<_> {
            let searcher = reader.searcher();
            searcher.segment_readers().iter().map(|s| (s.segment_id(), s.num_docs())).collect()
        };
        let before = seen(&self.reader);
        self.reader.reload()?;
        let news = seen(&self.reader) != before;
        if news {
            self.look()?;
        }
        Ok(news)
    }

    /// The references of those records whose entry is out of date or missing.
    pub fn behind(&self, book: &Book) -> Vec<Ref> {
        let found = self.stale(&self.numbered(book, &Which::All));
        found.into_iter().map(|numbered| numbered.record.reference.clone()).collect()
    }

    /// The records with the numbers that their entries should have.
    fn numbered<'b>(&self, book: &'b Book, which: &Which<'_>) -> Vec<Numbered<'b>> {
        let entries = Entries::new(book, self.place.fields);
        let numbered = |record: &'b Arc<Record>| Numbered {
            record,
            key: key(&record.reference),
            stamp: entries.stamp(record),
        };
        match which {
            Which::All => book.records().collect::<Vec<_>>().into_par_iter().map(numbered).collect(),
            Which::These(refs) => refs.iter().filter_map(|r| book.get(r)).map(numbered).collect(),
        }
    }

    fn stale<'b>(&self, all: &[Numbered<'b>]) -> Vec<Numbered<'b>> {
        all.iter().filter(|one| self.covered.get(&one.key) != Some(&one.stamp)).copied().collect()
    }

    /// The keys of entries without a record, where `all` are the records asked for.
    fn gone(&self, book: &Book, which: &Which<'_>, all: &[Numbered<'_>]) -> Vec<u64> {
        match which {
            Which::All => {
                let here: FxHashSet<u64> = all.iter().map(|one| one.key).collect();
                self.covered.keys().copied().filter(|key| !here.contains(key)).collect()
            }
            Which::These(refs) => {
                let gone = refs.iter().filter(|r| book.get(r).is_none()).map(key);
                gone.filter(|key| self.covered.contains_key(key)).collect()
            }
        }
    }

    /// Brings the entries of the records up to date, without committing; how many it touched. `progress` is told how
    /// many of how many are done, and answers whether to go on.
    ///
    /// # Errors
    /// [`SearchError::Busy`] when another process writes, [`SearchError::Stopped`] when `progress` said so; or when the
    /// index cannot be written.
    pub fn catch_up(
        &mut self,
        book: &Book,
        which: &Which<'_>,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<usize, SearchError> {
        let done = guarded(|| self.bring_up(book, which, progress));
        self.judge(done)
    }

    /// A panic of tantivy's says that its files are not what it wrote.
    fn judge<T>(&self, done: Result<T, SearchError>) -> Result<T, SearchError> {
        if let (Err(SearchError::Panicked), Some(folder)) = (&done, &self.place.folder) {
            spoil(folder);
        }
        done
    }

    fn bring_up(
        &mut self,
        book: &Book,
        which: &Which<'_>,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<usize, SearchError> {
        let mut all = self.numbered(book, which);
        let (mut stale, mut gone) = (self.stale(&all), self.gone(book, which, &all));
        if stale.is_empty() && gone.is_empty() {
            return Ok(0);
        }
        if self.writer.is_none() {
            self.take_pen(stale.len())?;
            if matches!(which, Which::These(_)) {
                all = self.numbered(book, &Which::All);
            }
            (stale, gone) = (self.stale(&all), self.gone(book, &Which::All, &all));
        }
        let total = stale.len();
        let fields = self.place.fields;
        let entries = Entries::new(book, fields);
        let Some(writer) = &self.writer else { return Err(SearchError::Busy) };
        for gone in &gone {
            writer.delete_term(Term::from_field_u64(fields.key, *gone));
            self.covered.remove(gone);
        }
        for (done, Numbered { record, key, stamp }) in stale.into_iter().enumerate() {
            if self.covered.insert(key, stamp).is_some() {
                writer.delete_term(Term::from_field_u64(fields.key, key));
            }
            writer.add_document(entries.entry(record, stamp))?;
            if done % PROGRESS_EVERY == 0 && !progress(done, total) {
                return Err(SearchError::Stopped);
            }
        }
        let touched = total + gone.len();
        self.uncommitted += touched;
        Ok(touched)
    }

    /// Becomes the writer, ready for so many records, and sees what another process has written until then.
    ///
    /// # Errors
    /// [`SearchError::Busy`] while another process is the writer.
    pub fn take_pen(&mut self, records: usize) -> Result<(), SearchError> {
        if self.writer.is_some() {
            return Ok(());
        }
        let (threads, arena) = if records > MANY { (2, LARGE_ARENA) } else { (1, SMALL_ARENA) };
        self.writer = Some(self.place.index.writer_with_num_threads(threads, arena * threads)?);
        self.look()
    }

    /// How many changes wait for a commit.
    pub fn uncommitted(&self) -> usize {
        self.uncommitted
    }

    /// Commits what has changed; searchers see it in the next [`Shelf::stock`].
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn commit(&mut self) -> Result<(), SearchError> {
        if self.uncommitted > 0
            && let Some(writer) = &mut self.writer
        {
            let done = guarded(|| {
                writer.commit()?;
                Ok(self.reader.reload()?)
            });
            self.judge(done)?;
            self.uncommitted = 0;
            self.seal();
        }
        Ok(())
    }

    /// Notes the files of the last commit. What tantivy makes of them later, putting small ones together, comes into
    /// the note with the next.
    fn seal(&self) {
        let Some(folder) = &self.place.folder else { return };
        let Ok(meta) = self.place.index.load_metas() else { return };
        // Without the note the index is as good as before it had one.
        let _ = seal(folder, meta.list_segment_files());
    }
}
