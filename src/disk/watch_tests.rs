//! Real files, real events. Nothing here depends on how soon a notice comes, only on its coming.

use std::process::Command;

use super::*;

struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        let place = Place { dir: tempfile::tempdir().unwrap() };
        place.git(&["init", "--quiet", "--template=", "--initial-branch=main"]);
        place.write("accounts/acme.yaml", "name: Acme");
        place.write("kontor.yaml", "name: X");
        place.commit();
        place
    }

    fn git(&self, args: &[&str]) {
        let done = Command::new("git")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .current_dir(self.dir.path())
            .args(["-c", "user.name=A", "-c", "user.email=a@b"])
            .args(args)
            .output()
            .unwrap();
        assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    fn commit(&self) {
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "--message=x"]);
    }

    fn write(&self, name: &str, text: &str) {
        let place = self.dir.path().join(name);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    fn watch(&self) -> (Watch, Receiver<Notice>) {
        let root = Root::open(self.dir.path()).unwrap();
        let git_dir = self.dir.path().join(".git");
        let (watch, notices) = Watch::start(&root, &git_dir, &git_dir);
        assert_eq!(next(&notices), Notice::Rescan);
        (watch, notices)
    }
}

fn next(notices: &Receiver<Notice>) -> Notice {
    notices.recv_timeout(Duration::from_secs(20)).expect("a notice")
}

/// Waits until all these files have been named.
fn expect(notices: &Receiver<Notice>, names: &[&str]) {
    let mut missing: Vec<_> = names.to_vec();
    while !missing.is_empty() {
        match next(notices) {
            Notice::Changed(files) => missing.retain(|name| !files.iter().any(|file| file.as_str() == *name)),
            Notice::Rescan => return,
            other => panic!("{other:?} while waiting for {missing:?}"),
        }
    }
}

#[test]
fn files_written_moved_and_removed() {
    let place = Place::new();
    let (_watch, notices) = place.watch();
    place.write("accounts/acme.yaml", "name: Acme AG");
    expect(&notices, &["accounts/acme.yaml"]);
    place.write("kontor.yaml", "name: Y");
    expect(&notices, &["kontor.yaml"]);
    // The way editors save: beside, then over it.
    place.write("accounts/acme.yaml~", "name: Acme SE");
    let at = |name: &str| place.dir.path().join(name);
    fs::rename(at("accounts/acme.yaml~"), at("accounts/acme.yaml")).unwrap();
    expect(&notices, &["accounts/acme.yaml"]);
    fs::remove_file(at("accounts/acme.yaml")).unwrap();
    expect(&notices, &["accounts/acme.yaml"]);
}

#[test]
fn new_folders_at_every_depth() {
    let place = Place::new();
    let (_watch, notices) = place.watch();
    place.write("leads/new.yaml", "a");
    expect(&notices, &["leads/new.yaml"]);
    place.write("leads/new.yaml", "b");
    expect(&notices, &["leads/new.yaml"]);
    place.write("activities/2026/11/call.yaml", "a");
    expect(&notices, &["activities/2026/11/call.yaml"]);
    fs::remove_dir_all(place.dir.path().join("leads")).unwrap();
    expect(&notices, &["leads/new.yaml"]);
    place.write("leads/again.yaml", "a");
    expect(&notices, &["leads/again.yaml"]);
}

#[test]
fn folders_filled_faster_than_they_are_watched() {
    let place = Place::new();
    place.write("activities/2026/call.yaml", "a");
    let (_watch, notices) = place.watch();
    for round in 0..10 {
        let names: Vec<_> = (0..40).map(|n| format!("activities/2026/{round}-{n}/deep/call.yaml")).collect();
        names.iter().for_each(|name| place.write(name, "a"));
        expect(&notices, &names.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn reading_and_what_is_hidden_say_nothing() {
    let place = Place::new();
    let (_watch, notices) = place.watch();
    for _ in 0..50 {
        fs::read(place.dir.path().join("accounts/acme.yaml")).unwrap();
    }
    place.write("accounts/.acme.yaml.swp", "x");
    place.write("accounts/.kontor-abc", "x");
    place.write("accounts/notes.txt", "x");
    place.write(".git/kontor/journal", "x");
    place.write("accounts/last.yaml", "x");
    assert_eq!(next(&notices), Notice::Changed(vec!["accounts/last.yaml".parse().unwrap()]));
}

#[test]
fn commits_and_checkouts() {
    let place = Place::new();
    place.git(&["checkout", "--quiet", "-b", "side"]);
    for n in 0..700 {
        place.write(&format!("contacts/{n}.yaml"), "x");
    }
    place.commit();
    let (_watch, notices) = place.watch();
    place.git(&["commit", "--quiet", "--allow-empty", "--message=x"]);
    assert_eq!(next(&notices), Notice::Refs);
    place.git(&["checkout", "--quiet", "main"]);
    let mut seen = vec![next(&notices)];
    while !seen.contains(&Notice::Refs) || !seen.contains(&Notice::Rescan) {
        seen.push(next(&notices));
    }
    assert!(seen.len() < 20, "one by one: {}", seen.len());
}

#[test]
fn where_the_system_cannot_watch_it_is_said_and_polled() {
    let place = Place::new();
    let root = Root::open(place.dir.path()).unwrap();
    let git_dir = place.dir.path().join(".git");
    let (watch, notices) = Watch::start_with(&root, &git_dir, &git_dir, Duration::from_millis(5), |_| {
        Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch))
    });
    assert!(
        matches!(next(&notices), Notice::Polling { reason } if reason.contains("fs.inotify.max_user_watches"))
    );
    for _ in 0..3 {
        assert_eq!(next(&notices), Notice::Rescan);
    }
    drop(watch);
    assert!(notices.iter().all(|notice| notice == Notice::Rescan), "and then it ends");
}

#[test]
fn a_limit_reached_later_turns_to_polling_too() {
    let place = Place::new();
    let root = Root::open(place.dir.path()).unwrap();
    let git_dir = place.dir.path().join(".git");
    let (_watch, notices) = Watch::start_with(&root, &git_dir, &git_dir, Duration::from_millis(5), |raw| {
        raw.send(Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch))).unwrap();
        let handler = move |event: Raw| drop(raw.send(event));
        Ok(Box::new(notify::RecommendedWatcher::new(handler, Config::default())?))
    });
    while !matches!(next(&notices), Notice::Polling { .. }) {}
    assert_eq!(next(&notices), Notice::Rescan);
}
