//! Killing a process that saves, with SIGKILL, at moments of nobody's choosing: nothing acknowledged is lost, nothing
//! is half done, git finds nothing wrong.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use kontor::base::RepoPath;
use kontor::disk::{self, FileChange, Recovered, Root, WriteLock};
use kontor::git::{Environment, Identity, NewCommit, Repo};

const CHILD: &str = "KONTOR_TEST_CRASHING_CHILD";
const KILLS: u64 = 60;
const FILES: u64 = 3;

/// Every file of a save holds its number, so a mixture shows.
fn changes(number: u64) -> Vec<(RepoPath, Option<Vec<u8>>)> {
    let name = |n: u64| format!("accounts/{}/file-{n}.yaml", n % 2).parse().unwrap();
    let mut changes: Vec<_> =
        (0..FILES).map(|n| (name(n), Some(format!("number: {number}\n").into_bytes()))).collect();
    // And one file that comes and goes.
    changes.push((name(9), number.is_multiple_of(2).then(|| format!("number: {number}\n").into_bytes())));
    changes
}

fn save(repo: &Repo, root: &Root, lock: &WriteLock, number: u64) {
    let changes = changes(number);
    let files = changes.iter().map(|(path, content)| FileChange {
        path: path.clone(),
        content: content.clone(),
        expected: None,
    });
    let staged = disk::apply(root, lock, files.collect()).unwrap();
    let author = Identity::new("Lena Vogt", "lena@example.com");
    let time = chrono::DateTime::parse_from_rfc3339("2026-11-21T14:00:00+01:00").unwrap();
    let message = format!("save {number}\n");
    repo.commit(&NewCommit { changes: &changes, message: &message, author: &author, time }).unwrap();
    staged.settle().unwrap();
}

/// What a session does when it opens the repository after another has died.
fn open(dir: &Path) -> (Repo, Root, WriteLock, Recovered) {
    let repo = Repo::discover(dir, Environment::isolated()).unwrap();
    let root = Root::open(repo.root()).unwrap();
    let lock = WriteLock::acquire(&repo.state_folder(), Duration::from_secs(20)).unwrap();
    let recovered =
        disk::recover(&root, &lock, |path, content| repo.is_committed(path, content).unwrap()).unwrap();
    repo.refresh_index().unwrap();
    (repo, root, lock, recovered)
}

/// Not a test of its own: the process that is killed. It saves until then, and says what it has saved.
#[test]
#[ignore = "the child of saves_survive_kill_9"]
fn crashing_child() {
    let Ok(task) = std::env::var(CHILD) else { return };
    let (first, dir) = task.split_once('\n').unwrap();
    let (repo, root, lock, _) = open(Path::new(dir));
    for number in first.parse::<u64>().unwrap().. {
        save(&repo, &root, &lock, number);
        println!("\nsaved {number}");
        std::io::stdout().flush().unwrap();
        if number.is_multiple_of(2) {
            repo.refresh_index().unwrap();
        }
    }
}

fn git(dir: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("LC_ALL", "C")
        .current_dir(dir)
        .args(args)
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn saves_survive_kill_9() {
    let dir = tempfile::tempdir().unwrap();
    let repo = Repo::init(dir.path(), Environment::isolated()).unwrap();
    drop(repo);
    let mut next = 1;
    let mut outcomes: BTreeMap<&str, u32> = BTreeMap::new();
    for round in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::crashing_child", "--ignored", "--nocapture"])
            .env(CHILD, format!("{next}\n{}", dir.path().display()))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let saved = |line: String| line.strip_prefix("saved ").and_then(|number| number.parse::<u64>().ok());
        let mut acknowledged = lines.by_ref().find_map(saved).expect("a first save");
        // From here on at any moment of the next few saves.
        std::thread::sleep(Duration::from_micros(round * 500));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged = lines.filter_map(saved).last().unwrap_or(acknowledged);

        let (repo, _root, _lock, recovered) = open(dir.path());
        *outcomes
            .entry(match recovered {
                Recovered::Nothing => "between saves",
                Recovered::Committed(_) => "after the commit",
                Recovered::PutBack { .. } => "before the commit",
            })
            .or_default() += 1;
        let subject = git(dir.path(), &["log", "-1", "--format=%s"]);
        let head: u64 = subject.trim().strip_prefix("save ").unwrap().parse().unwrap();
        assert!(
            head == acknowledged || head == acknowledged + 1,
            "saved {acknowledged}, but HEAD has {head}"
        );
        for (path, content) in changes(head) {
            assert_eq!(
                fs::read(path.to_path(dir.path())).ok(),
                content,
                "{path} after the kill in round {round}"
            );
        }
        assert_eq!(git(dir.path(), &["status", "--porcelain", "--untracked-files=all"]), "", "round {round}");
        assert!(!repo.index_is_behind());
        next = head + 1;
    }
    let complaints = git(dir.path(), &["fsck", "--strict", "--no-dangling"]);
    assert_eq!(complaints, "");
    assert_eq!(git(dir.path(), &["rev-list", "--count", "HEAD"]).trim(), (next - 1).to_string());
    println!("killed {KILLS} times: {outcomes:?}");
}
