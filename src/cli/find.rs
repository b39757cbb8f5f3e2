//! Finding the record that was meant: `accounts/acme-gmbh`, `company/acme-gmbh`, the path of its file, or a bare id.

use super::Failure;
use super::session::Session;
use crate::actions::reference;
use crate::base::{Id, Ref, RepoPath};
use crate::model::near::nearest;
use crate::model::{Book, Problem, Record, TypeDef, create};
use crate::workspace::Workspace;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What a reference that was typed leads to.
pub enum Target {
    /// A record.
    Record(Arc<Record>),
    /// A file that cannot be read as one.
    Broken(Ref, Problem),
}

impl Target {
    /// Its reference.
    pub fn reference(&self) -> &Ref {
        match self {
            Self::Record(record) => &record.reference,
            Self::Broken(reference, _) => reference,
        }
    }

    /// Its file.
    pub fn path(&self) -> &RepoPath {
        match self {
            Self::Record(record) => &record.path,
            Self::Broken(_, problem) => &problem.path,
        }
    }
}

/// The record that is meant.
pub fn record(session: &Session<'_>, workspace: &Workspace, typed: &str) -> Result<Arc<Record>, Failure> {
    match target(session, workspace, typed)? {
        Target::Record(record) => Ok(record),
        Target::Broken(reference, problem) => {
            let broken = Failure::problem("broken-file", problem.to_string());
            // The reference leads to the other file of that name.
            let is_twin = workspace.book().get(&reference).is_some_and(|other| other.path != problem.path);
            Err(if is_twin { broken } else { broken.hint(format!("mend it with `kontor edit {reference}`")) })
        }
    }
}

/// The record that is to be changed. Where two files claim its name, only a path says which is meant.
pub fn to_change(session: &Session<'_>, workspace: &Workspace, typed: &str) -> Result<Ref, Failure> {
    let found = record(session, workspace, typed)?;
    let book = workspace.book();
    let twin = book.broken().keys().find(|path| reference_of(&book, path).as_ref() == Some(&found.reference));
    match twin.filter(|path| **path != found.path && !typed.trim().ends_with(".yaml")) {
        Some(twin) => {
            let message = format!("{} is two files, {} and {twin}", found.reference, found.path);
            Err(Failure::usage("ambiguous", message).hint("name the one you mean by its path, or rename one"))
        }
        None => Ok(found.reference.clone()),
    }
}

/// The references of several records that are to be changed.
pub fn references(
    session: &Session<'_>,
    workspace: &Workspace,
    typed: &[String],
) -> Result<Vec<Ref>, Failure> {
    let mut found: Vec<Ref> = Vec::new();
    for text in typed {
        let reference = to_change(session, workspace, text)?;
        if !found.contains(&reference) {
            found.push(reference);
        }
    }
    Ok(found)
}

/// The record that is meant, or the broken file that would be one.
pub fn target(session: &Session<'_>, workspace: &Workspace, typed: &str) -> Result<Target, Failure> {
    let book = workspace.book();
    let text = typed.trim();
    // A file is meant by where it is, and not by where a record of its name would be.
    let here = path(session, workspace, text);
    let paths = here.iter().cloned().chain(RepoPath::try_from(text));
    if let Some(found) = paths.into_iter().find_map(|path| in_file(&book, &path)) {
        return Ok(found);
    }
    let deeper = text.matches('/').count() > 1;
    if let Some(found) = reference(book.schema(), text).filter(|_| !deeper).and_then(|r| known(&book, &r)) {
        return Ok(found);
    }
    let of_path = here.and_then(|path| reference_of(&book, &path));
    if deeper {
        let elsewhere = of_path.and_then(|reference| known(&book, &reference));
        let near = elsewhere.map(|found| found.path().to_string());
        let failure = Failure::problem("no-such-record", format!("there is no '{text}'"));
        return Err(failure.meant(near, "see `kontor list TYPE` for what there is"));
    }
    match Id::try_from(text) {
        Ok(id) => bare(&book, &id),
        Err(_) => Err(missing(&book, text, of_path)),
    }
}

/// What is in the file.
fn in_file(book: &Book, path: &RepoPath) -> Option<Target> {
    let reference = reference_of(book, path)?;
    let broken = || book.broken().get(path).map(|p| Target::Broken(reference.clone(), p.clone()));
    let record = book.get(&reference).filter(|record| record.path == *path);
    broken().or_else(|| record.cloned().map(Target::Record))
}

fn known(book: &Book, reference: &Ref) -> Option<Target> {
    let broken = || {
        let mut broken = book.broken().values();
        let problem = broken.find(|p| reference_of(book, &p.path).as_ref() == Some(reference))?;
        Some(Target::Broken(reference.clone(), problem.clone()))
    };
    book.get(reference).cloned().map(Target::Record).or_else(broken)
}

fn reference_of(book: &Book, path: &RepoPath) -> Option<Ref> {
    create::reference_of(|folder| book.schema().types().iter().any(|t| t.folder.as_str() == folder), path)
}

/// The place in the repository that a file's path names, seen from where the program runs.
fn path(session: &Session<'_>, workspace: &Workspace, text: &str) -> Option<RepoPath> {
    let from = session.real_folder().ok()?;
    let mut plain = PathBuf::new();
    for part in from.join(Path::new(text)).components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    let inside = plain.strip_prefix(workspace.root().path()).ok()?;
    let parts: Option<Vec<_>> = inside.iter().map(|part| part.to_str()).collect();
    RepoPath::try_from(parts?.join("/").as_str()).ok()
}

/// A bare id, which must be the only one of all types.
fn bare(book: &Book, id: &Id) -> Result<Target, Failure> {
    let of = |ty: &Arc<TypeDef>| Ref { folder: ty.folder.clone(), id: id.clone() };
    let mut found: Vec<_> = book.schema().types().iter().filter_map(|ty| known(book, &of(ty))).collect();
    match found.len() {
        0 => Err(missing(book, id.as_str(), None)),
        1 => Ok(found.swap_remove(0)),
        _ => {
            let refs: Vec<_> = found.iter().map(|t| t.reference().to_string()).collect();
            Err(Failure::usage("ambiguous", format!("'{id}' could be {}", refs.join(" or ")))
                .hint("write the one you mean"))
        }
    }
}

/// There is no such record; what was probably meant.
fn missing(book: &Book, text: &str, of_path: Option<Ref>) -> Failure {
    let list = "see `kontor list TYPE` for what there is";
    if let Some(reference) = reference(book.schema(), text).or(of_path) {
        let ids = book.of(&reference.folder).iter().map(|r| r.id().as_str());
        let near = nearest(reference.id.as_str(), ids).map(|id| format!("{}/{id}", reference.folder));
        return Failure::problem("no-such-record", format!("there is no {reference}")).meant(near, list);
    }
    if let Some((folder, _)) = text.split_once('/')
        && book.schema().find(folder).is_none()
    {
        return no_such_type(book, folder);
    }
    let all: Vec<_> = book.schema().types().iter().flat_map(|ty| book.of(&ty.folder)).collect();
    let near = nearest(text, all.iter().map(|r| r.id().as_str()));
    let near = all.iter().find(|r| Some(r.id().as_str()) == near).map(|r| r.reference.to_string());
    Failure::problem("no-such-record", format!("there is no record '{text}'")).meant(near, list)
}

/// The type of that name.
pub fn record_type<'b>(book: &'b Book, word: &str) -> Result<&'b Arc<TypeDef>, Failure> {
    book.schema().find(word).ok_or_else(|| no_such_type(book, word))
}

fn no_such_type(book: &Book, word: &str) -> Failure {
    let schema = book.schema();
    let words = schema.types().iter().flat_map(|t| {
        [t.name.as_str(), t.folder.as_str()].into_iter().chain(t.aliases.iter().map(|a| a.as_str()))
    });
    let failure = Failure::usage("no-such-type", format!("there is no record type '{word}'"));
    match word.contains([':', '=', '<', '>', '~']) {
        // A condition, and nothing before it.
        true => failure.hint(format!("write the type before it, such as `deal '{word}'`")),
        false => failure.meant(nearest(word, words), "`kontor schema` lists them"),
    }
}
