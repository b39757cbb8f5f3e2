//! Noticing what other programs do to the files.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, at, never, select, tick, unbounded};
use notify::event::{CreateKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Config, Event, EventKind, EventKindMask, RecursiveMode, Watcher, WatcherKind};

use super::Root;
use super::debounce::{Debounce, Hint};
use super::notice::Notice;
use crate::base::RepoPath;

/// A watch over a repository; it ends when this is dropped.
#[derive(Debug)]
pub struct Watch {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Where to watch.
#[derive(Clone, Debug)]
struct Places {
    root: PathBuf,
    git_dir: PathBuf,
    common_dir: PathBuf,
}

type Raw = notify::Result<Event>;
type Backend = Box<dyn Watcher + Send>;

/// How often everything is looked at where the system tells us nothing.
const POLL: Duration = Duration::from_secs(2);

/// How long a checkout under way is given to end before its files are looked at.
const CHECKOUT: Duration = Duration::from_secs(2);

impl Watch {
    /// Starts watching a working tree and its git directories (the same, but for a linked working tree).
    pub fn start(root: &Root, git_dir: &Path, common_dir: &Path) -> (Watch, Receiver<Notice>) {
        Watch::start_with(root, git_dir, common_dir, POLL, |raw: Sender<Raw>| {
            let handler = move |event: Raw| drop(raw.send(event));
            // A link may lead out of the repository.
            let config = Config::default().with_follow_symlinks(false).with_event_kinds(EventKindMask::CORE);
            Ok(Box::new(notify::RecommendedWatcher::new(handler, config)?))
        })
    }

    fn start_with(
        root: &Root,
        git_dir: &Path,
        common_dir: &Path,
        poll: Duration,
        backend: impl FnOnce(Sender<Raw>) -> notify::Result<Backend> + Send + 'static,
    ) -> (Watch, Receiver<Notice>) {
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let places =
            Places { root: root.path().to_path_buf(), git_dir: real(git_dir), common_dir: real(common_dir) };
        let (stop, stopped) = unbounded();
        let (notices, receiver) = unbounded();
        let run = move || {
            if let Err(reason) = listen(&places, backend, &stopped, &notices) {
                let _ = notices.send(Notice::Polling { reason });
                poll_until(&stopped, &notices, poll);
            }
        };
        // Without a thread nothing works, not even polling; the receiver finds its sender gone.
        let thread = std::thread::Builder::new().name("watch".into()).spawn(run).ok();
        (Watch { stop: Some(stop), thread }, receiver)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Passes on what the system tells until stopped; an error says why it can't.
fn listen(
    places: &Places,
    backend: impl FnOnce(Sender<Raw>) -> notify::Result<Backend>,
    stopped: &Receiver<()>,
    notices: &Sender<Notice>,
) -> Result<(), String> {
    let (sender, raw) = unbounded();
    let mut backend = backend(sender).map_err(|error| explain(&error))?;
    places.watch_all(backend.as_mut()).map_err(|error| explain(&error))?;
    let mut pending = Debounce::default();
    pending.add(Hint::Everything, Instant::now());
    loop {
        let due = pending.due().map_or_else(never, at);
        select! {
            recv(stopped) -> _ => return Ok(()),
            recv(raw) -> event => match event {
                Ok(Ok(event)) => places.hints(&event, backend.as_mut(), &mut |hint| pending.add(hint, Instant::now()))
                    .map_err(|error| explain(&error))?,
                Ok(Err(error)) if is_limit(&error) => return Err(explain(&error)),
                Ok(Err(_)) => pending.add(Hint::Everything, Instant::now()),
                Err(_) => return Err("the system's notices have ended".into()),
            },
            recv(due) -> _ => {
                let checkout = pending.checkout_since().is_some_and(|since| since.elapsed() < CHECKOUT);
                if checkout && places.git_dir.join("index.lock").exists() {
                    // git is in the midst of it: look when it is done, once.
                    std::thread::sleep(Duration::from_millis(20));
                    continue;
                }
                for notice in pending.take() {
                    if notices.send(notice).is_err() {
                        return Ok(());
                    }
                }
            }
        }
    }
}

fn poll_until(stopped: &Receiver<()>, notices: &Sender<Notice>, every: Duration) {
    let ticks = tick(every);
    while notices.send(Notice::Rescan).is_ok() {
        select! {
            recv(stopped) -> _ => return,
            recv(ticks) -> _ => {}
        }
    }
}

impl Places {
    fn watch_all(&self, backend: &mut dyn Watcher) -> notify::Result<()> {
        backend.watch(&self.root, RecursiveMode::NonRecursive)?;
        for entry in fs::read_dir(&self.root).map_err(notify::Error::io)?.flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.watch_top(backend, &entry.path())?;
            }
        }
        backend.watch(&self.git_dir, RecursiveMode::NonRecursive)?;
        if self.common_dir != self.git_dir {
            backend.watch(&self.common_dir, RecursiveMode::NonRecursive)?;
        }
        let refs = self.common_dir.join("refs");
        if refs.is_dir() { backend.watch(&refs, RecursiveMode::Recursive) } else { Ok(()) }
    }

    /// Watches a folder at the top of the working tree, but for hidden ones such as git's.
    fn watch_top(&self, backend: &mut dyn Watcher, folder: &Path) -> notify::Result<()> {
        let Some(name) = folder.file_name().filter(|name| !name.as_encoded_bytes().starts_with(b".")) else {
            return Ok(());
        };
        // One of the same name may have been watched and have gone.
        let _ = backend.unwatch(&self.root.join(name));
        watch_below(backend, folder)
    }

    /// What an event hints at.
    fn hints(
        &self,
        event: &Event,
        backend: &mut dyn Watcher,
        add: &mut dyn FnMut(Hint),
    ) -> notify::Result<()> {
        if event.need_rescan() {
            add(Hint::Everything);
        }
        if matches!(event.kind, EventKind::Access(_)) {
            return Ok(());
        }
        for path in &event.paths {
            if let Ok(inside) =
                path.strip_prefix(&self.git_dir).or_else(|_| path.strip_prefix(&self.common_dir))
            {
                if is_ref(inside) {
                    add(Hint::Refs);
                }
            } else if let Ok(inside) = path.strip_prefix(&self.root) {
                self.work_tree_hint(event.kind, path, inside, backend, add)?;
            }
        }
        Ok(())
    }

    fn work_tree_hint(
        &self,
        kind: EventKind,
        path: &Path,
        inside: &Path,
        backend: &mut dyn Watcher,
        add: &mut dyn FnMut(Hint),
    ) -> notify::Result<()> {
        if inside.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b".")) {
            return Ok(());
        }
        if is_record(inside) {
            match inside.to_str().map(RepoPath::try_from) {
                Some(Ok(file)) => add(Hint::File(file)),
                // It can't be a record, but it is a problem to be shown.
                _ => add(Hint::Everything),
            }
            return Ok(());
        }
        let came = matches!(
            kind,
            EventKind::Create(_)
                | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both | RenameMode::Any))
        );
        let went = match kind {
            EventKind::Remove(RemoveKind::Folder | RemoveKind::Any) => true,
            // A file that other programs move about has an extension; a folder of ours has none.
            EventKind::Modify(ModifyKind::Name(_)) => inside.extension().is_none(),
            _ => false,
        };
        let is_folder =
            matches!(kind, EventKind::Create(CreateKind::Folder)) || came && is_plain_folder(path);
        if is_folder {
            match inside.components().count() {
                1 => self.watch_top(backend, path)?,
                _ => watch_deeper(backend, path)?,
            }
            // Files may have come into it before the system watched it.
            self.files_below(path, add);
        } else if went {
            add(Hint::Everything);
        }
        Ok(())
    }

    fn files_below(&self, folder: &Path, add: &mut dyn FnMut(Hint)) {
        if !is_plain_folder(folder) {
            return;
        }
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if is_plain_folder(&path) {
                self.files_below(&path, add);
            } else if is_record(&path) {
                let inside = path.strip_prefix(&self.root).ok().and_then(Path::to_str);
                add(inside.and_then(|inside| inside.parse().ok()).map_or(Hint::Everything, Hint::File));
            }
        }
    }
}

/// Makes sure that a new folder inside a watched one is watched before anybody looks what is in it.
///
/// Where a system watches each folder by itself, notify tells of a new one before it watches it: a file that comes
/// between our look and its watch would never be noticed. To watch it ourselves waits for notify.
fn watch_deeper(backend: &mut dyn Watcher, folder: &Path) -> notify::Result<()> {
    match notify::RecommendedWatcher::kind() {
        WatcherKind::Inotify | WatcherKind::Kqueue => watch_below(backend, folder),
        _ => Ok(()),
    }
}

fn watch_below(backend: &mut dyn Watcher, folder: &Path) -> notify::Result<()> {
    match backend.watch(folder, RecursiveMode::Recursive) {
        Err(error) if is_limit(&error) => Err(error),
        // Gone again, or not ours to read: the next look at the files will tell.
        _ => Ok(()),
    }
}

fn is_plain_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

fn is_record(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Whether a path below a git directory says where HEAD and the branches are.
fn is_ref(inside: &Path) -> bool {
    let lock = inside.extension().is_some_and(|extension| extension == "lock");
    !lock && (inside.starts_with("refs") || inside == Path::new("HEAD") || inside == Path::new("packed-refs"))
}

fn is_limit(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => true,
        // EMFILE: too many inotify instances.
        notify::ErrorKind::Io(error) => error.raw_os_error() == Some(24),
        _ => false,
    }
}

fn explain(error: &notify::Error) -> String {
    match is_limit(error) {
        true => "the system's limit for watched folders is reached: raise fs.inotify.max_user_watches and \
                 fs.inotify.max_user_instances with sysctl"
            .to_string(),
        false => format!("the system can't watch these files: {error}"),
    }
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
