//! The log: what a person who helps needs to know of a day with Kontor, and nothing of what the records say.
//!
//! Whoever writes a line never waits: a thread of its own has the file. Lines name files, problems' codes and times;
//! values never. The file is started anew when it has become large, and the one before is kept.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{SecondsFormat, Utc};
use crossbeam_channel::{Receiver, Sender, bounded};
use log::{Level, LevelFilter, Log, Metadata, Record};

/// From this size on a new file is started, so that both together take twice as much at most.
const LARGEST: u64 = 1 << 20;

/// More lines than this are not kept for a disk that does not take them.
const WAITING: usize = 1024;

/// How long the last lines are waited for when the program ends.
const PATIENCE: Duration = Duration::from_millis(500);

/// What is written: `KONTOR_LOG` as `off`, `error`, `warn`, `info` or `debug`; `info` where it says none of these.
pub fn level(variable: Option<&str>) -> LevelFilter {
    variable.and_then(|name| name.trim().parse().ok()).unwrap_or(LevelFilter::Info)
}

/// Writes from now on what the program notes down, until the process ends. Once a process; where the file can't be
/// written nothing is, for a log is no reason to stop anybody.
pub fn start(path: PathBuf, level: LevelFilter) {
    if level == LevelFilter::Off {
        return;
    }
    if let Some(sink) = Sink::start(path)
        && log::set_boxed_logger(Box::new(sink)).is_ok()
    {
        log::set_max_level(level);
    }
}

/// Waits until what was noted so far is in the file; not for ever.
pub fn finish() {
    log::logger().flush();
}

enum Line {
    Text(String),
    /// Answered when all lines before are written.
    Flush(Sender<()>),
}

/// The writing end, as the program's log.
struct Sink(Sender<Line>);

impl Sink {
    fn start(path: PathBuf) -> Option<Sink> {
        let (sender, lines) = bounded(WAITING);
        let thread = std::thread::Builder::new().name("log".into());
        thread.spawn(move || write_all(&path, &lines, LARGEST)).ok()?;
        Some(Sink(sender))
    }
}

impl Log for Sink {
    /// Libraries are heard when something is wrong.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        is_ours(metadata) || metadata.level() <= Level::Warn
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let _ = self.0.try_send(Line::Text(line(record)));
        }
    }

    fn flush(&self) {
        let (done, finished) = bounded(1);
        if self.0.send_timeout(Line::Flush(done), PATIENCE).is_ok() {
            let _ = finished.recv_timeout(PATIENCE);
        }
    }
}

fn is_ours(metadata: &Metadata<'_>) -> bool {
    metadata.target() == "kontor" || metadata.target().starts_with("kontor::")
}

/// One line: when, how bad, which process, what.
fn line(record: &Record<'_>) -> String {
    let time = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
    let mut line = format!("{time} {:<5} {} ", record.level(), std::process::id());
    let _ = match is_ours(record.metadata()) {
        true => write!(line, "{}", record.args()),
        // Nobody here knows what a library quotes: the place tells enough.
        false => write!(line, "{} in line {}", record.target(), record.line().unwrap_or(0)),
    };
    // One event, one line, whatever is in a path.
    let mut line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.push('\n');
    line
}

fn write_all(path: &Path, lines: &Receiver<Line>, largest: u64) {
    let mut file = None;
    for line in lines {
        match line {
            Line::Text(text) => {
                let written =
                    open_for(&mut file, path, largest).and_then(|mut file| file.write_all(text.as_bytes()));
                if written.is_err() {
                    file = None;
                }
            }
            Line::Flush(done) => drop(done.send(())),
        }
    }
}

/// The file to write to. Another Kontor may write to the same one, and may have started a new one.
fn open_for<'a>(file: &'a mut Option<File>, path: &Path, largest: u64) -> io::Result<&'a File> {
    let is_full = |file: &File| file.metadata().is_ok_and(|metadata| metadata.len() >= largest);
    if file.as_ref().is_none_or(is_full) {
        let mut opened = open(path)?;
        if is_full(&opened) {
            fs::rename(path, path.with_extension("log.1"))?;
            opened = open(path)?;
        }
        *file = Some(opened);
    }
    file.as_ref().ok_or_else(|| io::ErrorKind::NotFound.into())
}

fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().create(true).append(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_have_names() {
        for (name, level_of) in [
            (None, LevelFilter::Info),
            (Some("off"), LevelFilter::Off),
            (Some(" Debug "), LevelFilter::Debug),
            (Some("loud"), LevelFilter::Info),
        ] {
            assert_eq!(level(name), level_of, "{name:?}");
        }
    }

    #[test]
    fn a_line_is_one_line_and_libraries_speak_up_only_when_something_is_wrong() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("deep/kontor.log");
        let sink = Sink::start(path.clone()).unwrap();
        for (target, level, said) in [
            ("kontor::tui", Level::Info, "opened a\nb\x1b[31m.yaml"),
            ("notify", Level::Info, "chatter"),
            ("notify::inotify", Level::Warn, "about accounts/acme.yaml"),
        ] {
            sink.log(&Record::builder().target(target).level(level).args(format_args!("{said}")).build());
        }
        sink.flush();
        let text = fs::read_to_string(path).unwrap();
        let lines: Vec<_> = text.lines().map(|line| line.split_once('Z').unwrap().1).collect();
        let process = std::process::id();
        assert_eq!(
            lines,
            [
                format!(" INFO  {process} opened a b [31m.yaml"),
                format!(" WARN  {process} notify::inotify in line 0")
            ]
        );
    }

    #[test]
    fn it_never_grows_beyond_its_limit_and_one_older_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("kontor.log");
        let (sender, lines) = bounded(1000);
        for n in 0..1000 {
            sender.send(Line::Text(format!("line {n:03}\n"))).unwrap();
        }
        drop(sender);
        write_all(&path, &lines, 500);
        let texts =
            ["kontor.log.1", "kontor.log"].map(|name| fs::read_to_string(dir.path().join(name)).unwrap());
        assert!(texts.iter().all(|text| text.len() <= 509), "{texts:?}");
        assert!(texts.concat().ends_with("line 998\nline 999\n"));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[test]
    fn where_it_cannot_be_written_nobody_is_stopped() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), "x").unwrap();
        let sink = Sink::start(dir.path().join("file/kontor.log")).unwrap();
        for _ in 0..3 * WAITING {
            sink.log(
                &Record::builder().target("kontor").level(Level::Error).args(format_args!("lost")).build(),
            );
        }
        sink.flush();
        assert_eq!(fs::read_to_string(dir.path().join("file")).unwrap(), "x");
    }
}
