//! A change set at work on a copy of the book: each change sees what those before it did, and the rules are
//! held against the outcome.

use super::error::ChangeError;
use super::load::{is_groundwork, syntax};
use super::noted::noted;
use super::pages::{Pages, fields_of};
use super::plan::{Plan, ReadFile, Touched};
use crate::base::{Now, Ref, RepoPath};
use crate::crm::rules::findings;
use crate::model::edit::{edited, value_at};
use crate::model::kinds::{data_of, new_file};
use crate::model::validate::Finding;
use crate::model::{
    Book, Change, EditOp, FieldEdit, FieldPath, Fields, Record, SETTINGS_FILE, Schema, Scope, Settings,
    Severity, TypeDef, Value, create,
};
use crate::yaml::{Document, EditError, Path};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::Arc;

/// The folder of the files that belong to records.
pub const ATTACHMENTS: &str = "attachments";

/// A change set half worked out.
pub struct Draft<'a> {
    book: Book,
    pages: Pages<'a>,
    entries: Vec<Entry>,
    /// Where each record is among the entries.
    at: FxHashMap<Ref, usize>,
    reload: bool,
    now: Now,
    /// What the person had before them, where that may not be what the book holds now.
    seen: Option<Arc<Record>>,
}

/// A record the change set touches.
struct Entry {
    touched: Touched,
    /// What its file held when it was first looked at: only what gets worse than this is objected to.
    base: Option<Fields>,
    /// Whether the schema's rules are held against it. An earlier state is given back whatever it was.
    checked: bool,
}

impl<'a> Draft<'a> {
    /// Nothing changed yet.
    pub fn new(book: Book, now: Now, seen: Option<Arc<Record>>, read: &'a ReadFile<'a>) -> Self {
        let (pages, at) = (Pages::new(read), FxHashMap::default());
        Self { book, pages, entries: Vec::new(), at, reload: false, now, seen }
    }

    /// Makes one change.
    pub fn change(&mut self, change: &Change) -> Result<(), ChangeError> {
        match change {
            Change::Create { reference, fields } => self.create(reference, fields),
            Change::Set { reference, edits } => self.set(reference, edits),
            Change::Delete { reference } => self.delete(reference),
            Change::Rename { from, to } => {
                self.rename(from, &Ref { folder: from.folder.clone(), id: to.clone() })
            }
            Change::Replace { path, text } => self.replace(path, text.as_deref()),
            Change::Restore { path, content } => self.restore(path, content.as_deref()),
        }
    }

    fn create(&mut self, reference: &Ref, fields: &[(SmolStr, Value)]) -> Result<(), ChangeError> {
        let ty = self.type_of(reference)?;
        let taken = || ChangeError::Taken(reference.clone());
        let path = create::file_of(&self.book, &ty, reference, fields, self.now).ok_or_else(taken)?;
        if self.book.get(reference).is_some() || self.pages.get(&path)?.is_some() {
            return Err(taken());
        }
        let fields = fields.iter().filter(|(_, v)| !v.is_empty()).cloned().collect();
        let record = Record { reference: reference.clone(), path: path.clone(), fields };
        let mut record = noted(&self.book, None, record, self.now);
        let text = new_file(&ty, &record.fields);
        record.fields = written(&path, &text, &record.fields)?;
        self.pages.put(&path, Some(text.into_bytes()))?;
        self.touch(None, Some(record), None, true);
        Ok(())
    }

    fn set(&mut self, reference: &Ref, edits: &[FieldEdit]) -> Result<(), ChangeError> {
        let ty = self.type_of(reference)?;
        let before = self.record(reference)?;
        let mut document = self.pages.document(&before.path)?;
        let found = Record { fields: fields_of(&document), ..(*before).clone() };
        // What an earlier change of the same set made of it, the person means to be so.
        let seen = self.seen.as_ref().filter(|seen| seen.reference == *reference);
        let seen = seen.filter(|_| !self.at.contains_key(reference)).unwrap_or(&before);
        for edit in edits {
            let (was, now) = (value_at(&seen.fields, &edit.path), value_at(&found.fields, &edit.path));
            let wanted = match &edit.op {
                EditOp::Put(value) => value == now,
                EditOp::Clear => now.is_empty(),
                EditOp::Add(_) | EditOp::Take(_) => false,
            };
            if was != now && !wanted {
                return Err(stale(reference, &edit.path, was, now));
            }
        }
        let after = Record { fields: edited(&found.fields, edits).into(), ..found.clone() };
        let mut after = noted(&self.book, Some(&found), after, self.now);
        if after.fields == found.fields {
            return Ok(());
        }
        write_fields(&mut document, &ty, &found.fields, &after.fields)
            .map_err(|source| ChangeError::Edit { path: before.path.clone(), source })?;
        after.fields = fields_of(&document);
        self.pages.put(&before.path, Some(document.into_text().into_bytes()))?;
        self.touch(Some(before), Some(after), Some(found.fields), true);
        Ok(())
    }

    fn delete(&mut self, reference: &Ref) -> Result<(), ChangeError> {
        let before = self.record(reference)?;
        let found = fields_of(&self.pages.document(&before.path)?);
        // What nobody has seen is not thrown away.
        if let Some(change) = crate::model::diff::diff(&before.fields, &found).into_iter().next() {
            return Err(stale(reference, &change.path, &change.old, &change.new));
        }
        self.pages.put(&before.path, None)?;
        self.touch(Some(before), None, Some(found), true);
        Ok(())
    }

    fn rename(&mut self, from: &Ref, to: &Ref) -> Result<(), ChangeError> {
        let ty = self.type_of(from)?;
        let before = self.record(from)?;
        let taken = || ChangeError::Taken(to.clone());
        let found = fields_of(&self.pages.document(&before.path)?);
        let path = self.renamed_path(&ty, &before, to, &found).ok_or_else(taken)?;
        if self.book.get(to).is_some() || self.pages.get(&path)?.is_some() {
            return Err(taken());
        }
        let content = self.pages.get(&before.path)?.map(<[u8]>::to_vec);
        self.pages.put(&before.path, None)?;
        self.pages.put(&path, content)?;
        self.book.remove(from);
        let after = Record { reference: to.clone(), path, fields: found.clone() };
        self.book.upsert(after.clone());
        match self.at.remove(from) {
            Some(at) => {
                self.entries[at].touched.reference = to.clone();
                self.entries[at].touched.after = Some(after);
                self.at.insert(to.clone(), at);
            }
            None => {
                self.at.insert(to.clone(), self.entries.len());
                let touched = Touched { reference: to.clone(), before: Some(before), after: Some(after) };
                self.entries.push(Entry { touched, base: Some(found), checked: true });
            }
        }
        self.follow_attachments(from, to)
    }

    /// Where a renamed record's file goes: where the layout wants it, but a file that somebody has put
    /// elsewhere stays in its folder.
    fn renamed_path(&self, ty: &TypeDef, before: &Record, to: &Ref, fields: &Fields) -> Option<RepoPath> {
        let laid_out = |reference| create::file_of(&self.book, ty, reference, fields, self.now);
        match laid_out(&before.reference).as_ref() == Some(&before.path) {
            true => laid_out(to),
            false => before.path.parent()?.join(&format!("{}.yaml", to.id)).ok(),
        }
    }

    /// A record's attachments move with it, so the documents that name one of them follow.
    fn follow_attachments(&mut self, from: &Ref, to: &Ref) -> Result<(), ChangeError> {
        let (old, new) = (format!("{ATTACHMENTS}/{from}/"), format!("{ATTACHMENTS}/{to}/"));
        let naming: Vec<_> = self
            .book
            .of_type("document")
            .iter()
            .filter_map(|d| Some((d.reference.clone(), d.text("file").strip_prefix(&old)?.to_owned())))
            .collect();
        naming.into_iter().try_for_each(|(document, rest)| {
            self.set(&document, &[FieldEdit::put("file", Value::text(format!("{new}{rest}")))])
        })
    }

    fn replace(&mut self, path: &RepoPath, text: Option<&str>) -> Result<(), ChangeError> {
        if is_groundwork(path) {
            if let Some(problem) = text.and_then(|text| groundwork_problem(path, text)) {
                return Err(ChangeError::Unreadable(problem));
            }
            self.reload = true;
            return self.pages.put(path, text.map(|t| t.as_bytes().to_vec()));
        }
        self.replace_record(path, text.map(str::as_bytes), true)
    }

    fn restore(&mut self, path: &RepoPath, content: Option<&[u8]>) -> Result<(), ChangeError> {
        if is_groundwork(path) {
            self.reload = true;
        } else if path.first() != ATTACHMENTS {
            return self.replace_record(path, content, false);
        }
        self.pages.put(path, content.map(<[u8]>::to_vec))
    }

    fn replace_record(
        &mut self,
        path: &RepoPath,
        content: Option<&[u8]>,
        checked: bool,
    ) -> Result<(), ChangeError> {
        let folders = |folder: &str| self.book.schema().types().iter().any(|t| t.folder.as_str() == folder);
        let reference =
            create::reference_of(folders, path).ok_or_else(|| ChangeError::NotARecord(path.clone()))?;
        let before = self.book.get(&reference).cloned();
        if let Some(twin) = before.as_ref().filter(|b| b.path != *path) {
            return Err(ChangeError::Taken(twin.reference.clone()));
        }
        // A file that is broken now may well be replaced: that is how it is mended.
        let base = match self.pages.document(path) {
            Ok(found) => Some(fields_of(&found)),
            Err(_) => before.as_ref().map(|b| b.fields.clone()),
        };
        let document = content.map(Document::parse_bytes).transpose();
        let document = document.map_err(|e| ChangeError::Unreadable(syntax(path, &e)))?;
        let after = document.map(|d| Record { reference, path: path.clone(), fields: fields_of(&d) });
        self.pages.put(path, content.map(<[u8]>::to_vec))?;
        self.touch(before, after, base, checked);
        Ok(())
    }

    fn touch(
        &mut self,
        before: Option<Arc<Record>>,
        after: Option<Record>,
        base: Option<Fields>,
        checked: bool,
    ) {
        let Some(reference) = after.as_ref().or(before.as_deref()).map(|r| r.reference.clone()) else {
            return;
        };
        match &after {
            Some(record) => self.book.upsert(record.clone()),
            None => {
                self.book.remove(&reference);
            }
        }
        match self.at.get(&reference) {
            Some(&at) => {
                self.entries[at].touched.after = after;
                self.entries[at].checked |= checked;
            }
            None => {
                self.at.insert(reference.clone(), self.entries.len());
                let touched = Touched { reference, before, after };
                self.entries.push(Entry { touched, base, checked });
            }
        }
    }

    /// Holds the rules against the outcome of all changes.
    pub fn finish(self) -> Result<Plan, ChangeError> {
        self.check_links()?;
        for entry in self.entries.iter().filter(|e| e.checked) {
            self.check(entry)?;
        }
        let touched = self.entries.into_iter().map(|e| e.touched);
        // What came and went within the change set was never there.
        let touched = touched.filter(|t| t.before.is_some() || t.after.is_some()).collect();
        Ok(Plan { book: self.book, files: self.pages.changes(), touched, reload: self.reload })
    }

    /// Only what this change makes worse stands in its way: a record that was incomplete before can still
    /// have its other fields changed.
    fn check(&self, entry: &Entry) -> Result<(), ChangeError> {
        let Some(after) = &entry.touched.after else { return Ok(()) };
        let ty = self.type_of(&after.reference)?;
        let errors = |fields: &Fields| -> Vec<Finding> {
            let scope = Scope { book: &self.book, ty: &ty, fields: fields.into() };
            let all = findings(&scope, &after.reference).into_iter();
            all.filter(|f| f.severity == Severity::Error).collect()
        };
        let mut found = errors(&after.fields);
        if let Some(base) = entry.base.as_ref().filter(|_| !found.is_empty()) {
            let old = errors(base);
            found.retain(|f| {
                let same = f.field().is_some_and(|name| base.get(name) == after.fields.get(name));
                !same || !old.iter().any(|o| o.at == f.at && o.code == f.code)
            });
        }
        match found.is_empty() {
            true => Ok(()),
            false => Err(ChangeError::Invalid { reference: after.reference.clone(), findings: found }),
        }
    }

    /// Nothing may be left pointing at a record that goes, or goes by another name.
    fn check_links(&self) -> Result<(), ChangeError> {
        let gone = self.entries.iter().filter_map(|e| {
            let old = &e.touched.before.as_ref()?.reference;
            self.book.get(old).is_none().then_some(old)
        });
        for reference in gone {
            let mut from: Vec<_> = self.book.backlinks(reference).iter().map(|l| l.from.clone()).collect();
            from.sort();
            from.dedup();
            if !from.is_empty() {
                return Err(ChangeError::StillLinked { reference: reference.clone(), from });
            }
        }
        Ok(())
    }

    fn type_of(&self, reference: &Ref) -> Result<Arc<TypeDef>, ChangeError> {
        let ty = self.book.schema().in_folder(&reference.folder);
        ty.cloned().ok_or_else(|| ChangeError::NoSuchType(reference.folder.to_string()))
    }

    fn record(&self, reference: &Ref) -> Result<Arc<Record>, ChangeError> {
        self.book.get(reference).cloned().ok_or_else(|| ChangeError::NoSuchRecord(reference.clone()))
    }
}

fn stale(reference: &Ref, path: &FieldPath, was: &Value, now: &Value) -> ChangeError {
    let said = |value: &Value| value.scalars().join(", ");
    ChangeError::Stale {
        reference: reference.clone(),
        field: path.to_string(),
        was: said(was),
        now: said(now),
    }
}

/// What is wrong with the new text of a schema file or the settings.
fn groundwork_problem(path: &RepoPath, text: &str) -> Option<crate::model::Problem> {
    let problems = match path.as_str() == SETTINGS_FILE {
        true => Settings::load(path, text).1,
        false => Schema::load(&[(path.clone(), text.to_owned())]).1,
    };
    problems.into_iter().next()
}

/// The fields of a new file as they are read back: they must be those that were to be written.
fn written(path: &RepoPath, text: &str, wanted: &Fields) -> Result<Fields, ChangeError> {
    let refused =
        || ChangeError::Edit { path: path.clone(), source: EditError::Refused { path: Path::root() } };
    let fields = fields_of(&Document::parse(text).map_err(|_| refused())?);
    let same = fields.len() == wanted.len() && wanted.iter().all(|field| fields.iter().any(|f| f == field));
    same.then_some(fields).ok_or_else(refused)
}

/// Brings the document from the old fields to the new ones, touching only the fields that differ.
fn write_fields(document: &mut Document, ty: &TypeDef, old: &Fields, new: &Fields) -> Result<(), EditError> {
    let order: Vec<&str> = ty.fields.iter().map(|f| f.name.as_str()).collect();
    let find = |fields: &Fields, name: &str| fields.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone());
    for (name, _) in old.iter().filter(|(name, _)| find(new, name).is_none()) {
        document.remove(&Path::root().key(name.as_str()))?;
    }
    for (name, value) in new.iter().filter(|(name, value)| find(old, name).as_ref() != Some(value)) {
        let path = Path::root().key(name.as_str());
        document.set_in_order(&path, &data_of(ty.field(name), value), &order)?;
    }
    Ok(())
}
