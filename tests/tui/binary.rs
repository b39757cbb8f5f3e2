//! The real binary in a pseudo-terminal, from start to quit.
#![cfg(unix)]

use super::stage::{copy_sample, git};
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Only a hang takes this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// Kontor on a terminal of its own.
struct Session {
    folder: TempDir,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    raw: Arc<Mutex<Vec<u8>>>,
    /// Keeps the terminal open.
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Session {
    fn start(variables: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        copy_sample(folder.path());
        git(folder.path(), &["init", "-q", "-b", "main"]);
        git(folder.path(), &["config", "user.name", "Lena Vogt"]);
        git(folder.path(), &["config", "user.email", "lena.vogt@nordwind.example"]);
        git(folder.path(), &["add", "-A"]);
        git(folder.path(), &["commit", "-qm", "The sample"]);
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kontor"));
        command.cwd(folder.path());
        command.env_clear();
        for (name, value) in [
            ("HOME", folder.path().to_str().unwrap()),
            ("KONTOR_CONFIG_DIR", folder.path().join(".config").to_str().unwrap()),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("PATH", &std::env::var("PATH").unwrap()),
            ("TERM", "xterm-256color"),
        ] {
            command.env(name, value);
        }
        variables.iter().for_each(|(name, value)| command.env(name, value));
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let keys = pty.master.take_writer().unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(
            NonZero::new(40).unwrap(),
            NonZero::new(120).unwrap(),
            0,
        )));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let (shown, all) = (screen.clone(), raw.clone());
        let mut reader = pty.master.try_clone_reader().unwrap();
        thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                shown.lock().unwrap().process(&buffer[..count]);
                all.lock().unwrap().extend_from_slice(&buffer[..count]);
            }
        });
        Self { folder, child, keys, screen, raw, _master: pty.master }
    }

    fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    fn wait_for(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !holds(self) {
            assert!(start.elapsed() < PATIENCE, "never came: {what}\n{}", self.text());
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn shows(&self, text: &str) {
        self.wait_for(text, |s| s.text().contains(text));
    }

    fn log(&self) -> String {
        let file = self.folder.path().join(".local/state/kontor/kontor.log");
        std::fs::read_to_string(file).unwrap_or_default()
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// How often the program has sent this.
    fn raw_count(&self, what: &str) -> usize {
        String::from_utf8_lossy(&self.raw.lock().unwrap()).matches(what).count()
    }

    /// Presses `E`, again where a busy machine was not ready for it, until the editor has been and gone. What is typed
    /// before Kontor has the terminal back is the editor's.
    fn edits_and_comes_back(&mut self) {
        const ENTERED: &str = "\x1b[?1049h";
        let (before, start) = (self.raw_count(ENTERED), Instant::now());
        while self.raw_count(ENTERED) == before {
            assert!(start.elapsed() < PATIENCE, "never came back from the editor\n{}", self.text());
            self.press("E");
            let pressed = Instant::now();
            while self.raw_count(ENTERED) == before && pressed.elapsed() < Duration::from_secs(5) {
                thread::sleep(Duration::from_millis(20));
            }
        }
    }

    fn ends(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "never ended\n{}", self.text());
            thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn a_morning_from_start_to_quit() {
    let mut session = Session::start(&[]);
    session.shows("Nordwind Instruments");
    session.press("2");
    session.shows("Acme GmbH");
    // Change a field in the form: open it, go to the second field's successor, type, save.
    session.press("e");
    session.shows("Edit");
    session.press(" & Co\x13");
    session.shows("name Acme GmbH → Acme GmbH & Co");
    session.press("q");
    assert_eq!(session.ends(), 0);
    assert!(!session.screen.lock().unwrap().screen().alternate_screen(), "the terminal is given back");
    let folder = session.folder.path();
    assert_eq!(git(folder, &["status", "--porcelain", "--", "accounts"]), "");
    let subject = git(folder, &["log", "-1", "--format=%s"]);
    assert_eq!(subject.trim(), "accounts/acme-gmbh: name Acme GmbH → Acme GmbH & Co");
    git(folder, &["fsck", "--strict"]);
}

#[test]
fn the_log_tells_of_the_day_and_nothing_of_the_records() {
    let mut session = Session::start(&[("KONTOR_LOG", "debug")]);
    session.shows("Nordwind Instruments");
    session.press("2");
    session.shows("Acme GmbH");
    session.press("e");
    session.shows("Edit");
    session.press(" & Co\x13");
    session.shows("name Acme GmbH → Acme GmbH & Co");
    session.press("q");
    assert_eq!(session.ends(), 0);
    let log = session.log();
    let commit = git(session.folder.path(), &["rev-parse", "HEAD"]);
    let version = env!("CARGO_PKG_VERSION");
    for said in [
        &format!("kontor {version} starts on "),
        "opened ",
        &format!("commit {} of 1 records", commit.trim()),
        "ended: ",
    ] {
        assert!(log.contains(said), "{said}\n{log}");
    }
    assert!(!log.contains("Acme"), "{log}");
}

#[test]
fn what_a_hook_says_of_a_record_stays_out_of_the_log() {
    use std::os::unix::fs::PermissionsExt;
    let mut session = Session::start(&[("KONTOR_LOG", "debug")]);
    session.shows("Nordwind Instruments");
    let hook = session.folder.path().join(".git/hooks/pre-commit");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::write(&hook, "#!/bin/sh\necho 'Acme may not' >&2\nexit 1\n").unwrap();
    std::fs::set_permissions(&hook, PermissionsExt::from_mode(0o755)).unwrap();
    session.press("2");
    session.shows("Acme GmbH");
    session.press("e");
    session.shows("Edit");
    session.press(" & Co\x13");
    session.shows("Acme may not");
    session.wait_for("the refusal", |s| s.log().contains("not committed: "));
    assert!(!session.log().contains("Acme"), "{}", session.log());
    session.child.kill().unwrap();
    session.child.wait().unwrap();
}

#[test]
fn one_text_of_a_form_is_written_in_the_editor() {
    let mut session = Session::start(&[("EDITOR", "sh \"$HOME/.editor\"")]);
    let script = session.folder.path().join(".editor");
    let edits = |shell: &str| std::fs::write(&script, shell).unwrap();
    session.shows("Nordwind Instruments");
    session.press(":products/flow-meter-f15\r");
    session.shows("PFA liner");
    session.press("e");
    session.shows("Edit Magnetic flow meter");
    // A key that never comes up twice on the way to the last field: description, of several lines.
    while !session.text().contains("ctrl-e editor") {
        session.press("\t");
        thread::sleep(Duration::from_millis(30));
    }
    edits("false");
    session.press("\x05");
    session.shows("failed");
    edits("true");
    session.press("\x05");
    session.shows("the text came back unchanged");
    edits("printf 'Measures what flows.\\n' > \"$1\"; printf '%s' \"$1\" > \"$HOME/.where\"");
    session.press("\x05");
    session.shows("Measures what flows.");
    session.shows("1 field changed");
    session.press("\x13");
    session.shows("Magnetic flow meter F15: description");
    session.press("q");
    assert_eq!(session.ends(), 0);
    let folder = session.folder.path();
    let where_ = std::fs::read_to_string(folder.join(".where")).unwrap();
    assert!(where_.contains("/.git/kontor/description-") && where_.ends_with(".md"), "{where_}");
    assert!(!Path::new(&where_).exists(), "it is gone again");
    let changed = git(folder, &["show", "--format=", "--stat", "HEAD"]);
    assert!(
        changed.contains("products/flow-meter-f15.yaml") && changed.contains("1 file changed"),
        "{changed}"
    );
}

#[test]
fn killed_without_warning_it_leaves_a_repository_to_go_on_with() {
    use rustix::process::{Pid, Signal, kill_process};
    for round in 0..3 {
        let mut session = Session::start(&[]);
        session.shows("Nordwind Instruments");
        session.press("2");
        session.shows("Acme GmbH");
        session.press("e");
        session.shows("Edit");
        session.press(" & Co\x13");
        session.shows("name Acme GmbH → Acme GmbH & Co");
        // Before, while and after it brings git's index up to date.
        thread::sleep(Duration::from_millis(90 * round));
        let pid = Pid::from_raw(session.child.process_id().unwrap().cast_signed()).unwrap();
        kill_process(pid, Signal::KILL).unwrap();
        session.child.wait().unwrap();
        let folder = session.folder.path();
        let after = std::process::Command::new(env!("CARGO_BIN_EXE_kontor"))
            .args(["set", "accounts/acme-gmbh", "tier=small"])
            .current_dir(folder)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .unwrap();
        assert!(after.status.success(), "{}", String::from_utf8_lossy(&after.stderr));
        assert_eq!(git(folder, &["log", "--format=%s"]).lines().count(), 3);
        assert!(std::fs::read_to_string(folder.join("accounts/acme-gmbh.yaml")).unwrap().contains("& Co"));
        assert_eq!(git(folder, &["status", "--porcelain", "--", "accounts"]), "");
        git(folder, &["fsck", "--strict"]);
    }
}

#[test]
fn the_editor_opens_where_the_problem_is() {
    use std::os::unix::fs::PermissionsExt;
    let editors = TempDir::new().unwrap();
    let (editor, told) = (editors.path().join("nano"), editors.path().join("told"));
    std::fs::write(&editor, format!("#!/bin/sh\necho \"$@\" >>'{}'\n", told.display())).unwrap();
    std::fs::set_permissions(&editor, PermissionsExt::from_mode(0o755)).unwrap();
    let mut session = Session::start(&[("EDITOR", editor.to_str().unwrap())]);
    session.shows("Nordwind Instruments");
    let file = session.folder.path().join("accounts/acme-gmbh.yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    let line = 1 + text.lines().position(|line| line.starts_with("type: ")).unwrap();
    std::fs::write(&file, text.replace("type: customer", "type: custmer")).unwrap();
    // The list of problems, then the record's own page.
    session.press("!");
    session.shows("custmer");
    session.edits_and_comes_back();
    session.press("\r");
    session.shows("Problems › Acme GmbH");
    session.edits_and_comes_back();
    // Whoever leaves while the file is still looked at is told what is wrong with it first.
    while session.child.try_wait().unwrap().is_none() {
        session.press("q");
        thread::sleep(Duration::from_millis(500));
    }
    assert_eq!(session.ends(), 0);
    let root = session.folder.path().canonicalize().unwrap().join("accounts/acme-gmbh.yaml");
    let (root, told) = (root.display(), std::fs::read_to_string(&told).unwrap());
    assert!(told.lines().count() >= 2, "{told}");
    assert!(told.lines().all(|args| args == format!("+{line},7 {root}")), "{told}");
}

#[test]
fn a_file_saved_elsewhere_comes_up_and_is_committed_on_quit() {
    let mut session = Session::start(&[]);
    session.shows("Nordwind Instruments");
    session.press("2");
    session.shows("Acme GmbH");
    let file = session.folder.path().join("accounts/acme-gmbh.yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("Acme GmbH", "Acme Hamburg GmbH")).unwrap();
    session.shows("Acme Hamburg GmbH");
    session.press("q");
    assert_eq!(session.ends(), 0);
    let subject = git(session.folder.path(), &["log", "-1", "--format=%s"]);
    assert!(subject.contains("accounts/acme-gmbh: name"), "{subject}");
}

#[test]
fn without_colour_there_is_none() {
    let mut session = Session::start(&[("NO_COLOR", "1")]);
    session.shows("Nordwind Instruments");
    session.press("2");
    session.shows("Acme GmbH");
    session.press("q");
    assert_eq!(session.ends(), 0);
    let raw = String::from_utf8_lossy(&session.raw.lock().unwrap()).into_owned();
    assert!(raw.contains("\x1b["), "it was drawn");
    let colours: Vec<&str> = raw.split("\x1b[").filter(|rest| is_colour(rest)).collect();
    assert_eq!(colours, Vec::<&str>::new());
}

/// Whether what follows `ESC [` sets a colour (ECMA-48 SGR 30 to 48 and 90 to 107, but for the resets 39 and 49).
fn is_colour(rest: &str) -> bool {
    let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()).filter(|end| rest[*end..].starts_with('m'))
    else {
        return false;
    };
    let mut codes = rest[..end].split(';').filter_map(|code| code.parse::<u8>().ok());
    codes.any(|code| matches!(code, 30..=38 | 40..=48 | 90..=107))
}
