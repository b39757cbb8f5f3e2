//! What a worker works out: the table in the file, and what would come of it.

use super::wish::Wish;
use crate::base::{Id, Now};
use crate::disk::Stamp;
use crate::exchange::csv::{self, Delimiter, Encoding, Format, Table};
use crate::exchange::import::{Column, MappingFile, Pace, Plan, Request, likely_type, map, plan, rejects};
use crate::model::{Book, ChangeSet, TypeDef};
use crate::tr;
use crate::tui::parts::{Job, Read, World};
use crate::workspace::{Import, Rejects};
use std::any::Any;
use std::mem;
use std::path::PathBuf;
use std::sync::Arc;

/// A file as it was read.
pub struct Sheet {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called.
    pub name: String,
    stamp: Stamp,
    /// For reading it in another way, as a mapping may say.
    bytes: Arc<Vec<u8>>,
    /// In which way it was said to be written.
    said: (Option<Encoding>, Option<Delimiter>),
    /// What it holds.
    pub table: Table,
    /// How it is written.
    pub format: Format,
}

/// What would come of a file.
pub struct Outcome {
    /// What was wished.
    pub wish: Wish,
    /// The file.
    pub sheet: Arc<Sheet>,
    /// The records it was worked out against.
    pub book: Arc<Book>,
    /// The rest; nothing while nobody knows what the rows are.
    pub worked: Option<Worked>,
}

/// What would come of a file of records of a type.
pub struct Worked {
    /// The type.
    pub ty: TypeDef,
    /// What its columns fill.
    pub columns: Vec<Column>,
    /// What becomes of the rows; without the change, which is in the import.
    pub plan: Plan,
    /// What is to be carried out.
    pub import: Arc<Import>,
}

/// What comes back from a worker: nothing where it was stopped.
pub type Answer = (u64, Option<Result<Outcome, String>>);

/// What a question is asked with.
pub struct Asked {
    /// Its number.
    pub number: u64,
    /// How far its answer is.
    pub pace: Arc<Pace>,
    ground: Ground,
}

struct Ground {
    book: Arc<Book>,
    me: Option<Id>,
    now: Now,
}

impl Asked {
    /// A question about the records as they are now.
    pub fn new(number: u64, pace: Arc<Pace>, world: &World) -> Self {
        let ground = Ground { book: world.book.clone(), me: world.me.clone(), now: world.now };
        Self { number, pace, ground }
    }

    /// Reads the file, and works out what would come of it.
    pub fn read(self, typed: &str, wish: Wish) -> Job {
        let take = move |read: Result<Read, String>| {
            let sheet = read.and_then(|read| sheet(read, &wish)).map(Arc::new);
            self.answer(sheet.and_then(|sheet| self.outcome(sheet, wish)))
        };
        Job::File(typed.to_owned(), csv::MAX_BYTES, Box::new(take))
    }

    /// Works out what would come of a file that was read.
    pub fn work(self, sheet: Arc<Sheet>, wish: Wish) -> Job {
        Job::Compute(Box::new(move || self.answer(self.outcome(sheet, wish))))
    }

    /// The same with a mapping that was saved.
    pub fn load(self, typed: &str, sheet: Arc<Sheet>, mut wish: Wish) -> Job {
        let from = typed.to_owned();
        let take = move |read: Result<Read, String>| {
            let saved = read.and_then(|read| {
                let text = String::from_utf8(read.bytes)
                    .map_err(|_| tr!("{path} is no text in UTF-8", path = from).into_owned())?;
                MappingFile::read(&text).map_err(|why| format!("{from}:{why}"))
            });
            self.answer(saved.and_then(|saved| {
                let schema = self.ground.book.schema();
                wish.take_mapping(&from, saved, schema).map_err(|why| format!("{from}: {why}"))?;
                let sheet = if sheet.is_as_said(&wish) { sheet } else { Arc::new(sheet.again(&wish)?) };
                self.outcome(sheet, wish)
            }))
        };
        Job::File(typed.to_owned(), crate::disk::MAX_FILE_BYTES, Box::new(take))
    }

    fn answer(&self, outcome: Result<Outcome, String>) -> Box<dyn Any + Send> {
        let answer: Answer = (self.number, (!self.pace.is_stopped()).then_some(outcome));
        Box::new(answer)
    }

    fn outcome(&self, sheet: Arc<Sheet>, wish: Wish) -> Result<Outcome, String> {
        let book = &self.ground.book;
        let ty = match &wish.type_name {
            Some(name) => {
                let unknown = || tr!("there is no record type '{name}'", name = name).into_owned();
                Some(book.schema().find(name).ok_or_else(unknown)?.as_ref())
            }
            None => likely_type(book.schema(), &sheet.table),
        };
        let worked = ty.map(|ty| self.worked(&sheet, &wish, ty)).transpose()?;
        Ok(Outcome { worked, book: book.clone(), sheet, wish })
    }

    fn worked(&self, sheet: &Sheet, wish: &Wish, ty: &TypeDef) -> Result<Worked, String> {
        let Ground { book, me, now } = &self.ground;
        let columns = map(&sheet.table, ty, &wish.wishes(&sheet.table.headers)).map_err(|e| e.to_string())?;
        let request = Request {
            book,
            me: me.as_ref(),
            now: *now,
            seed: fastrand::u64(..),
            ty,
            file: &sheet.name,
            table: &sheet.table,
            semicolons: sheet.format.delimiter.to_string() == "semicolon",
            columns: &columns,
            options: &wish.options,
        };
        let mut plan = plan(&request, &self.pace).ok_or_else(|| tr!("stopped").into_owned())?;
        let count = plan.rejects.len();
        let kept = |text| Rejects { file: sheet.name.clone(), count, text };
        let import = Import {
            set: mem::replace(&mut plan.set, ChangeSet::new("import", Vec::new())),
            source: Some((sheet.path.clone(), sheet.stamp)),
            rejects: (count > 0).then(|| kept(rejects(&sheet.table, &plan.rejects))),
        };
        Ok(Worked { ty: ty.clone(), columns, plan, import: Arc::new(import) })
    }
}

fn sheet(read: Read, wish: &Wish) -> Result<Sheet, String> {
    let Read { path, bytes, stamp } = read;
    Sheet::of(path, stamp, Arc::new(bytes), wish)
}

impl Sheet {
    fn of(path: PathBuf, stamp: Stamp, bytes: Arc<Vec<u8>>, wish: &Wish) -> Result<Self, String> {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let said = (wish.encoding, wish.delimiter);
        let (table, format) = csv::read(&bytes, said.0, said.1).map_err(|e| format!("{name}: {e}"))?;
        Ok(Self { path, name, stamp, bytes, said, table, format })
    }

    fn is_as_said(&self, wish: &Wish) -> bool {
        self.said == (wish.encoding, wish.delimiter)
    }

    fn again(&self, wish: &Wish) -> Result<Self, String> {
        Self::of(self.path.clone(), self.stamp, self.bytes.clone(), wish)
    }
}
