//! From a change set to the files it makes, without writing any: pure but for reading the files as they are.

use super::error::ChangeError;
use crate::base::{Now, Ref, RepoPath, Span};
use crate::crm::sla::paused_after_wait;
use crate::disk::{DiskError, FileChange};
use crate::model::diff::{FieldChange, diff};
use crate::model::edit::{edited, value_at};
use crate::model::kinds::{data_of, new_file};
use crate::model::stamp::stamps;
use crate::model::validate::{Finding, findings};
use crate::model::{
    Book, Change, ChangeSet, FieldEdit, Problem, Record, Scope, Severity, TypeDef, Value, create,
};
use crate::yaml::{Document, Path};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a change set does, worked out and checked.
#[derive(Debug)]
pub struct Plan {
    /// The book as it will be.
    pub book: Book,
    /// The files as they will be, with what they must hold before.
    pub files: Vec<FileChange>,
    /// Every record that changes, in the order of the changes.
    pub touched: Vec<Touched>,
    /// Whether the schema or the settings change, so that everything must be read again.
    pub reload: bool,
}

/// One record before and after.
#[derive(Debug, Clone)]
pub struct Touched {
    /// Its reference, the new one if it was renamed.
    pub reference: Ref,
    /// What it was; `None` for a new record.
    pub before: Option<Arc<Record>>,
    /// What it is; `None` for a deleted one.
    pub after: Option<Record>,
}

impl Touched {
    /// The values that differ.
    pub fn changes(&self) -> Vec<FieldChange> {
        let fields = |record: Option<&Record>| record.map_or(Vec::new(), |r| r.fields.clone());
        diff(&fields(self.before.as_deref()), &fields(self.after.as_ref()))
    }
}

/// Reads a file as it is on the disk.
pub type ReadFile<'a> = dyn Fn(&RepoPath) -> Result<Option<Vec<u8>>, DiskError> + 'a;

/// Works out what `set` does to `book` and the files.
///
/// # Errors
/// When the change cannot be made, or would break the schema's rules where they hold now.
pub fn plan(book: &Book, set: &ChangeSet, now: Now, read: &ReadFile<'_>) -> Result<Plan, ChangeError> {
    let mut draft =
        Draft { book: book.clone(), files: BTreeMap::new(), touched: Vec::new(), reload: false, read, now };
    for change in &set.changes {
        draft.change(change)?;
    }
    draft.check_links()?;
    Ok(draft.finish())
}

/// A file while the plan is being made.
struct Page {
    old: Option<Vec<u8>>,
    new: Option<Vec<u8>>,
}

struct Draft<'a> {
    book: Book,
    files: BTreeMap<RepoPath, Page>,
    touched: Vec<Touched>,
    reload: bool,
    read: &'a ReadFile<'a>,
    now: Now,
}

impl Draft<'_> {
    fn change(&mut self, change: &Change) -> Result<(), ChangeError> {
        match change {
            Change::Create { reference, fields } => self.create(reference, fields),
            Change::Set { reference, edits } => self.set(reference, edits),
            Change::Delete { reference } => self.delete(reference),
            Change::Rename { from, to } => {
                self.rename(from, &Ref { folder: from.folder.clone(), id: to.clone() })
            }
            Change::Replace { path, text } => self.replace(path, text.as_deref()),
        }
    }

    fn create(&mut self, reference: &Ref, fields: &[(SmolStr, Value)]) -> Result<(), ChangeError> {
        let ty = self.type_of(reference)?;
        let taken = || ChangeError::Taken(reference.clone());
        let path = create::file_of(&self.book, &ty, reference, fields, self.now).ok_or_else(taken)?;
        if self.book.get(reference).is_some() || self.page(&path)?.new.is_some() {
            return Err(taken());
        }
        let fields: Vec<_> = fields.iter().filter(|(_, v)| !v.is_empty()).cloned().collect();
        let mut record = Record { reference: reference.clone(), path: path.clone(), fields };
        record.fields = edited(&record.fields, &stamps(&self.book, None, &record, self.now));
        self.check(&ty, None, &record)?;
        self.page(&path)?.new = Some(new_file(&ty, &record.fields).into_bytes());
        self.touch(reference, None, Some(record));
        Ok(())
    }

    fn set(&mut self, reference: &Ref, edits: &[FieldEdit]) -> Result<(), ChangeError> {
        let ty = self.type_of(reference)?;
        let before = self.record(reference)?;
        let mut document = self.document(&before.path)?;
        let on_disk = fields_of(&document);
        for edit in edits {
            let (seen, found) = (value_at(&before.fields, &edit.path), value_at(&on_disk, &edit.path));
            if seen != found {
                let (field, now) = (edit.path.to_string(), found.scalars().join(", "));
                return Err(ChangeError::Stale { reference: reference.clone(), field, now });
            }
        }
        let mut after = Record { fields: edited(&on_disk, edits), ..(*before).clone() };
        after.fields = edited(&after.fields, &stamps(&self.book, Some(&before), &after, self.now));
        if let Some(span) = waited(&self.book, &before, &after, self.now) {
            let edit = FieldEdit::put("paused_for", Value::text(span.to_string()));
            after.fields = edited(&after.fields, &[edit]);
        }
        if after.fields == on_disk {
            return Ok(());
        }
        self.check(&ty, Some(&before), &after)?;
        write_fields(&mut document, &ty, &on_disk, &after.fields)
            .map_err(|source| ChangeError::Edit { path: before.path.clone(), source })?;
        after.fields = fields_of(&document);
        self.page(&before.path)?.new = Some(document.into_text().into_bytes());
        self.touch(reference, Some(before), Some(after));
        Ok(())
    }

    fn delete(&mut self, reference: &Ref) -> Result<(), ChangeError> {
        let before = self.record(reference)?;
        self.page(&before.path)?.new = None;
        self.touch(reference, Some(before), None);
        Ok(())
    }

    fn rename(&mut self, from: &Ref, to: &Ref) -> Result<(), ChangeError> {
        let ty = self.type_of(from)?;
        let before = self.record(from)?;
        let taken = || ChangeError::Taken(to.clone());
        let path = create::file_of(&self.book, &ty, to, &before.fields, self.now).ok_or_else(taken)?;
        if self.book.get(to).is_some() || self.page(&path)?.new.is_some() {
            return Err(taken());
        }
        let content = self.page(&before.path)?.new.take();
        self.page(&path)?.new = content;
        self.book.remove(from);
        let after = Record { reference: to.clone(), path, fields: before.fields.clone() };
        self.book.upsert(after.clone());
        self.touched.push(Touched { reference: to.clone(), before: Some(before), after: Some(after) });
        Ok(())
    }

    fn replace(&mut self, path: &RepoPath, text: Option<&str>) -> Result<(), ChangeError> {
        let folders = |folder: &str| self.book.schema().types().iter().any(|t| t.folder.as_str() == folder);
        let reference = create::reference_of(folders, path);
        self.page(path)?.new = text.map(|t| t.as_bytes().to_vec());
        let Some(reference) = reference else {
            self.reload = true;
            return Ok(());
        };
        let before = self.book.get(&reference).cloned();
        let after = match text {
            Some(_) => {
                let fields = fields_of(&self.document(path)?);
                Some(Record { reference: reference.clone(), path: path.clone(), fields })
            }
            None => None,
        };
        self.touch(&reference, before, after);
        Ok(())
    }

    fn touch(&mut self, reference: &Ref, before: Option<Arc<Record>>, after: Option<Record>) {
        match &after {
            Some(record) => self.book.upsert(record.clone()),
            None => {
                self.book.remove(reference);
            }
        }
        match self.touched.iter_mut().find(|t| t.reference == *reference) {
            Some(earlier) => earlier.after = after,
            None => self.touched.push(Touched { reference: reference.clone(), before, after }),
        }
    }

    /// Only what this change makes worse stands in its way: a record that was incomplete before can still
    /// have its other fields changed.
    fn check(&self, ty: &TypeDef, before: Option<&Record>, after: &Record) -> Result<(), ChangeError> {
        let errors = |fields: &[(SmolStr, Value)]| -> Vec<Finding> {
            let scope = Scope { book: &self.book, ty, fields };
            let all = findings(&scope, &after.reference).into_iter();
            all.filter(|f| f.severity == Severity::Error).collect()
        };
        let old = before.map_or(Vec::new(), |b| errors(&b.fields));
        let known = |f: &Finding| {
            let same_value =
                f.field().is_some_and(|name| before.is_some_and(|b| b.get(name) == after.get(name)));
            same_value && old.iter().any(|o| o.at == f.at && o.code == f.code)
        };
        let findings: Vec<_> = errors(&after.fields).into_iter().filter(|f| !known(f)).collect();
        match findings.is_empty() {
            true => Ok(()),
            false => Err(ChangeError::Invalid { reference: after.reference.clone(), findings }),
        }
    }

    /// Nothing may be left pointing at a record that goes, or goes by another name.
    fn check_links(&self) -> Result<(), ChangeError> {
        let gone = self.touched.iter().filter_map(|t| {
            let old = &t.before.as_ref()?.reference;
            (self.book.get(old).is_none()).then_some(old)
        });
        for reference in gone {
            let mut from: Vec<_> = self.book.backlinks(reference).iter().map(|l| l.from.clone()).collect();
            from.dedup();
            if !from.is_empty() {
                return Err(ChangeError::StillLinked { reference: reference.clone(), from });
            }
        }
        Ok(())
    }

    fn finish(self) -> Plan {
        let changed = self.files.into_iter().filter(|(_, page)| page.old != page.new);
        let files =
            changed.map(|(path, page)| FileChange { path, content: page.new, expected: Some(page.old) });
        let files = files.collect();
        Plan { book: self.book, files, touched: self.touched, reload: self.reload }
    }

    fn type_of(&self, reference: &Ref) -> Result<Arc<TypeDef>, ChangeError> {
        let ty = self.book.schema().in_folder(&reference.folder);
        ty.cloned().ok_or_else(|| ChangeError::NoSuchType(reference.folder.to_string()))
    }

    fn record(&self, reference: &Ref) -> Result<Arc<Record>, ChangeError> {
        self.book.get(reference).cloned().ok_or_else(|| ChangeError::NoSuchRecord(reference.clone()))
    }

    fn page(&mut self, path: &RepoPath) -> Result<&mut Page, ChangeError> {
        if !self.files.contains_key(path) {
            let old = (self.read)(path)?;
            self.files.insert(path.clone(), Page { new: old.clone(), old });
        }
        Ok(self.files.entry(path.clone()).or_insert(Page { old: None, new: None }))
    }

    fn document(&mut self, path: &RepoPath) -> Result<Document, ChangeError> {
        let reference = path.clone();
        let Some(bytes) = &self.page(path)?.new else {
            let problem = Problem::error(reference, 1, 1, "missing", "the file is gone");
            return Err(ChangeError::Broken(problem));
        };
        Document::parse_bytes(bytes).map_err(|e| {
            ChangeError::Broken(Problem::error(path.clone(), e.line, e.column, "syntax", e.kind.to_string()))
        })
    }
}

/// How long the clocks of a case stood still, once it leaves a status in which they do.
fn waited(book: &Book, before: &Record, after: &Record, now: Now) -> Option<Span> {
    let is_case = book.schema().in_folder(&after.reference.folder).is_some_and(|ty| ty.name == "case");
    if !is_case || before.text("status") == after.text("status") {
        return None;
    }
    let still_waits = paused_after_wait(book, after, now).is_some();
    paused_after_wait(book, before, now).filter(|_| !still_waits)
}

fn fields_of(document: &Document) -> Vec<(SmolStr, Value)> {
    match Value::from(document.root()) {
        Value::Map(fields) => fields,
        _ => Vec::new(),
    }
}

/// Brings the document from the old fields to the new ones, touching only the fields that differ.
fn write_fields(
    document: &mut Document,
    ty: &TypeDef,
    old: &[(SmolStr, Value)],
    new: &[(SmolStr, Value)],
) -> Result<(), crate::yaml::EditError> {
    let order: Vec<&str> = ty.fields.iter().map(|f| f.name.as_str()).collect();
    let find = |fields: &[(SmolStr, Value)], name: &str| {
        fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone())
    };
    for (name, _) in old.iter().filter(|(name, _)| find(new, name).is_none()) {
        document.remove(&Path::root().key(name.as_str()))?;
    }
    for (name, value) in new.iter().filter(|(name, value)| find(old, name).as_ref() != Some(value)) {
        let path = Path::root().key(name.as_str());
        document.set_in_order(&path, &data_of(ty.field(name), value), &order)?;
    }
    Ok(())
}
