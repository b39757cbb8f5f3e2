//! `kontor import`: records out of a CSV file.

mod answer;
mod preview;
mod words;

use super::{DONE, Done, FOUND_PROBLEMS};
use crate::cli::Failure;
use crate::cli::find::record_type;
use crate::cli::format::FormatArg;
use crate::cli::line::{Ink, Line};
use crate::cli::session::{Session, settle};
use crate::disk;
use crate::exchange::csv::{self, CsvError, Delimiter, Encoding, Format, Table};
use crate::exchange::import::{
    BadMapping, Column, MappingFile, Matched, Missing, Mode, Options, Pace, Plan, Request, Wishes,
    likely_type, map, plan, rejects,
};
use crate::model::TypeDef;
use crate::workspace::{Applied, Workspace};
use clap::{Args, ValueEnum};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Bring records in from a CSV file, with a preview
///
/// Encoding, delimiter, date and number style are told from the file, and what its columns mean from their headers.
/// All of it is shown, with the first records as they will be stored and everything that is wrong, before anything is
/// written. The import is one commit, which `kontor undo` takes back whole.
#[derive(Debug, Args)]
pub struct Import {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What its rows are: account, contact, deal, …
    #[arg(long = "type", value_name = "TYPE")]
    type_name: Option<String>,
    /// What a column fills: `--map "Company=account"`; nothing behind the = leaves it out
    #[arg(long, value_name = "HEADER=FIELD")]
    map: Vec<String>,
    /// Use a mapping that was saved; --map and the others go before it
    #[arg(long, value_name = "FILE.yaml")]
    mapping: Option<PathBuf>,
    /// Save the mapping for the next time
    #[arg(long, value_name = "FILE.yaml")]
    save_mapping: Option<PathBuf>,
    /// By which field a row is known to be a record that is there; `none` makes every row a new one
    #[arg(long = "match", value_name = "FIELD,…", value_delimiter = ',')]
    matched: Vec<String>,
    /// Leave records alone that are there
    #[arg(long, conflicts_with = "update_only")]
    create_only: bool,
    /// Make no new records
    #[arg(long)]
    update_only: bool,
    /// What a field holds where a row leaves it empty
    #[arg(long, value_name = "FIELD=VALUE")]
    default: Vec<String>,
    /// Make the records that links name and that are not there
    #[arg(long, conflicts_with = "leave_missing")]
    create_missing: bool,
    /// Make none of them: without either, only parents, managers and teams are made
    #[arg(long)]
    leave_missing: bool,
    /// Keep columns without a field as fields the schema does not know
    #[arg(long)]
    keep_unmapped: bool,
    /// Keep a row out as a whole where a value of it cannot be taken
    #[arg(long)]
    strict: bool,
    /// Where to put the rows that cannot be taken, with the reason; in the git directory unless given
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// The order of day and month in dates such as 3/4/2024
    #[arg(long, value_enum)]
    dates: Option<words::Dates>,
    /// The decimal sign, for numbers such as 1.250
    #[arg(long, value_enum)]
    decimal: Option<words::Decimal>,
    /// The currency of amounts that name none; the workspace's unless given
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Take a quoted cell that never ends, with the rest of the file in it
    #[arg(long)]
    open_quotes: bool,
    /// The file's encoding: utf-8, latin1, utf-16le, …
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// What parts its cells: comma, semicolon, tab, pipe or any sign
    #[arg(long, value_name = "SIGN")]
    delimiter: Option<String>,
    /// Go on without asking
    #[arg(short, long)]
    yes: bool,
    /// Show what would come of it, and write nothing
    #[arg(short = 'n', long, conflicts_with = "yes")]
    dry_run: bool,
    #[command(flatten)]
    format: FormatArg,
}

/// What the file holds and what is to come of it.
struct Job<'a> {
    name: String,
    table: Table,
    format: Format,
    ty: &'a TypeDef,
    columns: Vec<Column>,
    options: Options,
}

impl Import {
    /// Shows what would come of it, asks, and does it.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let mut workspace = session.open()?;
        let book = workspace.book();
        let saved = self.mapping.as_ref().map(|path| read_mapping(session, path)).transpose()?;
        let (encoding, delimiter) = self.style(saved.as_ref())?;
        let bytes = disk::outside::read_named(&session.place(&self.file), csv::MAX_BYTES)?;
        let (table, format) = csv::read(&bytes, encoding, delimiter)?;
        let ty = self.find_type(&workspace, &book, &table, saved.as_ref())?;
        let options = self.options(ty, saved.as_ref())?;
        let columns = map(&table, ty, &self.wishes(&table, saved, &options))?;
        let name = self.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let job = Job { name, table, format, ty, columns, options };
        self.check_places(session, &workspace, &job)?;
        let Some(plan) = job.plan(&workspace) else { return Ok(FOUND_PROBLEMS) };
        if !self.format.is_json() {
            preview::tell(&mut session.out, &job, &plan)?;
        }
        let applied = match self.may_go_on(session, &plan)? {
            true => Some(workspace.apply(&plan.set)?),
            false => None,
        };
        if applied.is_some() {
            settle(&workspace)?;
        }
        let goes = applied.is_some() || !self.dry_run && !plan.is_stopped() && plan.set.changes.is_empty();
        if let Some(path) = self.save_mapping.as_ref().filter(|_| goes) {
            let file = MappingFile::of(&job.ty.name, &job.columns, &job.options, encoding, delimiter);
            let head = MappingFile::HEAD.as_bytes();
            disk::outside::save_own(&session.place(path), head, file.write().as_bytes())?;
        }
        let kept = match goes {
            true => self.keep_rejects(session, &workspace, &job, &plan, applied.is_some())?,
            false => None,
        };
        self.tell(session, &job, &plan, applied.as_ref(), kept.as_deref())
    }

    /// How the file is written, as far as that was said.
    fn style(&self, saved: Option<&MappingFile>) -> Result<(Option<Encoding>, Option<Delimiter>), CsvError> {
        let encoding = match &self.encoding {
            Some(name) => Some(Encoding::named(name)?),
            None => saved.map_or(Ok(None), MappingFile::encoding)?,
        };
        let delimiter = match &self.delimiter {
            Some(sign) => Some(sign.parse()?),
            None => saved.map_or(Ok(None), MappingFile::delimiter)?,
        };
        Ok((encoding, delimiter))
    }

    fn find_type<'b>(
        &self,
        workspace: &Workspace,
        book: &'b crate::model::Book,
        table: &Table,
        saved: Option<&MappingFile>,
    ) -> Result<&'b TypeDef, Failure> {
        let word = self.type_name.as_deref().or(saved.map(|saved| saved.type_name.as_str()));
        match word {
            Some(word) => Ok(record_type(book, word)?),
            None => {
                let likely = likely_type(workspace.book().schema(), table).map(|ty| ty.name.clone());
                let hint = match likely {
                    Some(name) => format!("say it with --type; the headers look like --type {name}"),
                    None => "say it with --type, such as --type account".to_owned(),
                };
                Err(Failure::usage("no-type", "what the rows are is not said").hint(hint))
            }
        }
    }

    fn options(&self, ty: &TypeDef, saved: Option<&MappingFile>) -> Result<Options, Failure> {
        let own = self.matched.iter().map(|field| field.trim()).filter(|field| !field.is_empty());
        let mut by: Vec<&str> = own.collect();
        if by.is_empty() {
            by = saved
                .and_then(|saved| saved.matched_by.as_deref())
                .map_or(Vec::new(), |by| by.split(',').collect());
        }
        let matched = match by.as_slice() {
            [] => Matched::Best,
            ["none"] => Matched::Never,
            fields => {
                let found: Result<_, Failure> =
                    fields.iter().map(|field| words::match_field(ty, field)).collect();
                Matched::By(found?)
            }
        };
        // What is said here goes before what was saved.
        let old = saved.map(|saved| saved.options(ty)).transpose().map_err(BadMapping::from)?;
        let old = old.unwrap_or_default();
        let defaults: Vec<_> =
            self.default.iter().map(|word| words::default(ty, word)).collect::<Result<_, _>>()?;
        let kept = old.defaults.into_iter().filter(|(field, _)| defaults.iter().all(|(own, _)| own != field));
        Ok(Options {
            matched,
            mode: match (self.create_only, self.update_only) {
                (true, _) => Mode::Create,
                (_, true) => Mode::Update,
                _ => old.mode,
            },
            defaults: kept.chain(defaults.clone()).collect(),
            missing: match (self.create_missing, self.leave_missing) {
                (true, _) => Missing::Create,
                (_, true) => Missing::Leave,
                _ => old.missing,
            },
            strict: self.strict || old.strict,
            keep_words: self.keep_unmapped || old.keep_words,
            open_quotes: self.open_quotes || old.open_quotes,
            dates: self.dates.map(words::Dates::order).or(old.dates),
            decimals: self.decimal.map(words::Decimal::mark).or(old.decimals),
            currency: self.currency.as_deref().map(words::currency).transpose()?.or(old.currency),
        })
    }

    /// What is said on the command line goes before what was saved; what was saved and the file lacks is forgotten.
    fn wishes(&self, table: &Table, saved: Option<MappingFile>, options: &Options) -> Wishes {
        let own: Vec<(String, String)> = self
            .map
            .iter()
            .map(|word| word.rsplit_once('=').unwrap_or((word, "")))
            .map(|(header, target)| (header.trim().to_owned(), target.trim().to_owned()))
            .collect();
        let saved = saved.map(|saved| saved.columns).unwrap_or_default().into_iter();
        let old = saved
            .filter(|(header, _)| table.headers.contains(header) && own.iter().all(|(h, _)| h != header));
        Wishes { columns: old.chain(own.clone()).collect(), keep_unmapped: options.keep_words }
    }

    /// Whether the import is to be made.
    fn may_go_on(&self, session: &mut Session<'_>, plan: &Plan) -> Result<bool, Failure> {
        if self.dry_run || plan.is_stopped() || plan.set.changes.is_empty() {
            return Ok(false);
        }
        if self.yes {
            return Ok(true);
        }
        session.out.flush()?;
        let stdin = io::stdin();
        if !stdin.is_terminal() || self.format.is_json() {
            return Err(Failure::problem("not-confirmed", "nothing is written without a yes")
                .hint("--yes goes on without asking, --dry-run only shows"));
        }
        write!(io::stderr(), "{}", crate::tr!("Import? (y)es or (n)o: "))?;
        let mut line = String::new();
        stdin.lock().read_line(&mut line)?;
        Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    /// What is written beside the records takes the place of nothing but an earlier one of its kind.
    fn check_places(
        &self,
        session: &Session<'_>,
        workspace: &Workspace,
        job: &Job<'_>,
    ) -> Result<(), Failure> {
        let head_of_rejects = rejects(&job.table, &[]);
        let own =
            [(&self.save_mapping, MappingFile::HEAD.as_bytes()), (&self.rejects, head_of_rejects.as_slice())];
        for (path, head) in own {
            let Some(path) = path.as_ref().map(|path| session.place(path)) else { continue };
            disk::outside::may_save_own(&path, head)?;
            if workspace.is_among_records(&path) {
                let what = format!("{}: would lie among the records", path.display());
                return Err(Failure::usage("bad-place", what).hint("name a place outside of their folders"));
            }
        }
        Ok(())
    }

    /// Puts the rows that stay out where the person wants them; by default into the git directory, once the others
    /// are in.
    fn keep_rejects(
        &self,
        session: &Session<'_>,
        workspace: &Workspace,
        job: &Job<'_>,
        plan: &Plan,
        applied: bool,
    ) -> Result<Option<PathBuf>, Failure> {
        if plan.rejects.is_empty() {
            return Ok(None);
        }
        let text = rejects(&job.table, &plan.rejects);
        match &self.rejects {
            Some(path) => {
                let path = session.place(path);
                disk::outside::save_own(&path, &rejects(&job.table, &[]), &text)?;
                Ok(Some(path))
            }
            None if applied => Ok(Some(workspace.keep_rejects(&job.name, &text)?)),
            None => Ok(None),
        }
    }

    fn tell(
        &self,
        session: &mut Session<'_>,
        job: &Job<'_>,
        plan: &Plan,
        applied: Option<&Applied>,
        kept: Option<&Path>,
    ) -> Done {
        let code = if plan.rejects.is_empty() && !plan.is_stopped() { DONE } else { FOUND_PROBLEMS };
        if self.format.is_json() {
            session.out.json(&answer::json(job, plan, applied, kept))?;
            return Ok(code);
        }
        if let Some(path) = kept {
            let (n, path) = (plan.rejects.len(), path.display());
            session.out.say(crate::tr_n!(
                "{n} row that cannot be taken is in {path}",
                "{n} rows that cannot be taken are in {path}",
                n,
                path = path
            ))?;
        }
        match applied {
            Some(applied) => {
                session.tell_commit(applied)?;
                session
                    .out
                    .line(&Line::new().ink(Ink::Dim, crate::tr!("`kontor undo` takes all of it back")))?;
            }
            None if plan.is_stopped() => {
                session.out.say(crate::tr!("nothing was imported: decide what is marked above first"))?;
            }
            None if plan.set.changes.is_empty() => session.out.say(crate::tr!("nothing to import"))?,
            None => session.out.say(crate::tr!("nothing was imported"))?,
        }
        Ok(code)
    }
}

impl Job<'_> {
    fn plan(&self, workspace: &Workspace) -> Option<Plan> {
        let book = workspace.book();
        let request = Request {
            book: &book,
            me: workspace.me(),
            now: workspace.now(),
            seed: fastrand::u64(..),
            ty: self.ty,
            file: &self.name,
            table: &self.table,
            semicolons: self.format.delimiter.to_string() == "semicolon",
            columns: &self.columns,
            options: &self.options,
        };
        // Nothing stops it here but the process's own end.
        plan(&request, &Pace::default())
    }
}

fn read_mapping(session: &Session<'_>, path: &Path) -> Result<MappingFile, Failure> {
    let bytes = disk::outside::read_named(&session.place(path), disk::MAX_FILE_BYTES)?;
    let place = path.display();
    let bad = |what: String| Failure::usage("bad-mapping", format!("{place}:{what}"));
    let text = String::from_utf8(bytes).map_err(|_| bad(" is no text in UTF-8".to_owned()))?;
    MappingFile::read(&text).map_err(bad)
}

impl From<CsvError> for Failure {
    fn from(error: CsvError) -> Self {
        match error {
            CsvError::UnknownEncoding(_) | CsvError::BadDelimiter(_) => {
                Self::usage("usage", error.to_string())
            }
            _ => Self::problem("no-table", error.to_string()),
        }
    }
}

impl From<BadMapping> for Failure {
    fn from(error: BadMapping) -> Self {
        Self::usage("bad-mapping", error.to_string())
    }
}
