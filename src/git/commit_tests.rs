//! Commits, judged by git itself.

use std::fs;

use proptest::prelude::*;

use super::*;
use crate::git::sandbox::{Sandbox, change, path};
use crate::git::{Environment, Head};

#[test]
fn the_first_commit_of_a_branch() {
    let sandbox = Sandbox::new();
    let repo = sandbox.repo();
    assert_eq!(repo.head().unwrap(), Head::Branch { name: "main".into(), commit: None });
    assert!(matches!(sandbox.commit(&repo, &[change("a.yaml", None)]), Err(GitError::NothingToCommit)));
    let commit = sandbox.save(&repo, &[change("accounts/acme.yaml", Some("name: Acme\n"))]).unwrap();
    assert_eq!(repo.head().unwrap(), Head::Branch { name: "main".into(), commit: Some(commit) });
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), commit.as_str());
    assert_eq!(
        sandbox.git(&["log", "--format=%an <%ae> %ai|%cn|%s|%(trailers:key=Kontor-Action)"]),
        "Jonas Öz <jonas@example.com> 2026-11-21 14:00:00 +0530|Jonas Öz|subject → here|Kontor-Action: set\n"
            .trim_end()
    );
    assert_eq!(sandbox.status(), "");
    assert!(sandbox.git(&["reflog", "HEAD"]).contains("commit (initial): subject"));
    sandbox.check();
}

#[test]
fn what_else_is_staged_or_changed_stays() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    sandbox.write("accounts/b.yaml", "b: staged\n");
    sandbox.write("new.yaml", "staged: new\n");
    sandbox.write("accounts/acme.yaml", "name: staged, then replaced by us\n");
    sandbox.git(&["add", "."]);
    sandbox.write("accounts/b.yaml", "b: and then changed\n");
    sandbox.write("c.yaml", "c: not staged\n");
    sandbox.write("d.yaml", "untracked\n");
    sandbox.save(&repo, &[change("accounts/acme.yaml", Some("name: ours\n"))]).unwrap();

    assert_eq!(sandbox.git(&["show", "--format=", "--name-status"]), "M\taccounts/acme.yaml");
    assert_eq!(sandbox.status(), "MM accounts/b.yaml\n M c.yaml\nA  new.yaml\n?? d.yaml");
    assert_eq!(sandbox.git(&["show", ":accounts/b.yaml"]), "b: staged");
    assert_eq!(sandbox.git(&["show", ":accounts/acme.yaml"]), "name: ours");
    assert_eq!(fs::read_to_string(sandbox.path().join("c.yaml")).unwrap(), "c: not staged\n");
    sandbox.check();
}

#[test]
fn an_edit_made_after_ours_shows_as_unstaged() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    let changes = [change("c.yaml", Some("c: 2\n"))];
    sandbox.commit(&repo, &changes).unwrap();
    assert!(repo.index_is_behind());
    sandbox.write("c.yaml", "c: 3\n");
    repo.refresh_index().unwrap();
    assert!(!repo.index_is_behind());
    assert_eq!(sandbox.status(), " M c.yaml");
}

#[test]
fn creating_changing_and_deleting_in_one_commit() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    let changes = [
        change("accounts/acme.yaml", None),
        change("accounts/b.yaml", None),
        change("leads/x/y.yaml", Some("y")),
        change("c.yaml", Some("")),
    ];
    sandbox.save(&repo, &changes).unwrap();
    assert_eq!(
        sandbox.git(&["ls-tree", "-r", "-t", "--name-only", "HEAD"]),
        "c.yaml\nleads\nleads/x\nleads/x/y.yaml"
    );
    assert_eq!(sandbox.status(), "");
    sandbox.check();
}

#[test]
fn several_commits_before_the_index_is_refreshed() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    for (name, text) in [("c.yaml", "c: 2\n"), ("accounts/b.yaml", "b: 2\n"), ("c.yaml", "c: 3\n")] {
        sandbox.write(name, text);
        sandbox.commit(&repo, &[change(name, Some(text))]).unwrap();
    }
    // As after a crash: another process finds the note.
    let again = sandbox.repo();
    assert!(again.index_is_behind());
    again.refresh_index().unwrap();
    assert_eq!(sandbox.status(), "");
}

#[test]
fn a_note_cut_short_by_a_crash() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    sandbox.write("c.yaml", "c: 2\n");
    sandbox.commit(&repo, &[change("c.yaml", Some("c: 2\n"))]).unwrap();
    let note = |name: &str| repo.state_folder().join(name);
    // Killed before the first byte, in the middle of a name, and before what was taken is done with.
    for (pending, taken) in
        [("", None), ("c.yaml\0accounts/b.y", None), ("", Some("c.yaml\0")), ("", Some(""))]
    {
        std::fs::write(note("index-behind"), pending).unwrap();
        if let Some(taken) = taken {
            std::fs::write(note("index-behind.taken"), taken).unwrap();
        }
        repo.refresh_index().unwrap();
        assert!(!repo.index_is_behind(), "after {pending:?}, {taken:?}");
    }
    assert_eq!(sandbox.status(), "");
}

#[test]
fn nothing_new_is_no_commit() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    for changes in [vec![change("c.yaml", Some("c: 1\n"))], vec![change("none.yaml", None)], vec![]] {
        assert!(matches!(sandbox.commit(&repo, &changes), Err(GitError::NothingToCommit)));
    }
    assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]), "1");
}

#[test]
fn a_detached_head_and_a_merge_are_refused() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    let changes = [change("c.yaml", Some("c: 2\n"))];
    sandbox.git(&["checkout", "--quiet", "-b", "other"]);
    sandbox.save(&repo, &changes).unwrap();
    sandbox.git(&["checkout", "--quiet", "main"]);
    sandbox.save(&repo, &[change("c.yaml", Some("c: 3\n"))]).unwrap();

    assert!(!sandbox.try_git(&["merge", "other"]).status.success());
    let error = sandbox.commit(&repo, &changes).unwrap_err().to_string();
    assert!(error.contains("git merge --continue") && error.contains("git merge --abort"), "{error}");
    sandbox.git(&["merge", "--abort"]);

    assert!(!sandbox.try_git(&["rebase", "other"]).status.success());
    assert!(sandbox.commit(&repo, &changes).unwrap_err().to_string().contains("git rebase --abort"));
    sandbox.git(&["rebase", "--abort"]);

    sandbox.git(&["checkout", "--quiet", "--detach"]);
    assert!(matches!(repo.head().unwrap(), Head::Detached { .. }));
    let error = sandbox.commit(&repo, &changes).unwrap_err().to_string();
    assert!(error.contains("git switch"), "{error}");
}

#[test]
fn in_a_linked_working_tree() {
    let sandbox = Sandbox::with_files();
    let outside = tempfile::tempdir().unwrap();
    let linked = outside.path().join("linked");
    sandbox.git(&["worktree", "add", "--quiet", "-b", "side", linked.to_str().unwrap()]);
    let repo = Repo::discover(&linked.join("accounts"), Environment::isolated()).unwrap();
    assert_eq!(repo.root().canonicalize().unwrap(), linked.canonicalize().unwrap());
    fs::write(linked.join("c.yaml"), "c: 2\n").unwrap();
    let commit = sandbox.commit(&repo, &[change("c.yaml", Some("c: 2\n"))]).unwrap();
    repo.refresh_index().unwrap();
    assert_eq!(sandbox.git(&["rev-parse", "side"]), commit.as_str());
    assert_eq!(sandbox.git(&["-C", linked.to_str().unwrap(), "status", "--porcelain"]), "");
    assert_eq!(sandbox.status(), "");
    assert_eq!(fs::read_to_string(sandbox.path().join("c.yaml")).unwrap(), "c: 1\n");
}

#[test]
fn a_held_index_lock_is_waited_for_and_then_named() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    let lock = sandbox.path().join(".git/index.lock");
    let changes = [change("c.yaml", Some("c: 2\n"))];

    fs::write(&lock, "").unwrap();
    let error = sandbox.commit(&repo, &changes).unwrap_err().to_string();
    assert!(
        error.contains(lock.canonicalize().unwrap().to_str().unwrap()) && error.contains(" s:"),
        "{error}"
    );
    assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]), "1");

    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(300));
            fs::remove_file(&lock).unwrap();
        });
        sandbox.save(&repo, &changes).unwrap();
    });

    sandbox.write("c.yaml", "c: 3\n");
    sandbox.commit(&repo, &[change("c.yaml", Some("c: 3\n"))]).unwrap();
    fs::write(&lock, "").unwrap();
    assert!(matches!(repo.refresh_index(), Err(GitError::Locked { .. })));
    fs::remove_file(&lock).unwrap();
    repo.refresh_index().unwrap();
    assert_eq!(sandbox.status(), "");
}

#[test]
fn a_held_branch_lock_is_waited_for_and_then_named() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    let lock = sandbox.path().join(".git/refs/heads/main.lock");
    fs::write(&lock, "").unwrap();
    let error = sandbox.commit(&repo, &[change("c.yaml", Some("c: 2\n"))]).unwrap_err();
    assert!(
        matches!(&error, GitError::Locked { path, .. } if path.ends_with("refs/heads/main.lock")),
        "{error}"
    );
}

#[test]
fn a_commit_made_meanwhile_is_kept() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    let stale = repo.branch_to_commit_to().unwrap().1;
    let planned = repo.head().unwrap();
    sandbox.write("accounts/b.yaml", "b: theirs\n");
    sandbox.git(&["commit", "--quiet", "--all", "--message=theirs"]);
    let author = Identity::new("Lena", "lena@example.com");
    let time = crate::git::sandbox::time();
    let commit = |changes: &[_]| {
        let new = NewCommit { changes, message: "ours\n", author: &author, time };
        repo.commit_by_library(&new, &planned, "refs/heads/main", stale)
    };
    assert!(
        matches!(commit(&[change("accounts/b.yaml", Some("b: ours\n"))]), Err(GitError::ChangedMeanwhile { path }) if path.as_str() == "accounts/b.yaml")
    );
    commit(&[change("c.yaml", Some("c: ours\n"))]).unwrap();
    assert_eq!(sandbox.git(&["log", "--format=%s"]), "ours\ntheirs\nstart");
    assert_eq!(sandbox.git(&["show", "HEAD:accounts/b.yaml"]), "b: theirs");
    sandbox.check();
}

#[test]
fn a_branch_checked_out_meanwhile_gets_no_commit_of_ours() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    let planned = repo.settled_head().unwrap();
    sandbox.git(&["checkout", "--quiet", "-b", "other"]);
    let author = Identity::new("Lena", "lena@example.com");
    let time = crate::git::sandbox::time();
    let changes = [change("c.yaml", Some("c: ours\n"))];
    let new = NewCommit { changes: &changes, message: "ours\n", author: &author, time };
    // By the library, between making the commit and moving the branch, and through git.
    let parent = repo.branch_to_commit_to().unwrap().1;
    let late = repo.commit_by_library(&new, &planned, "refs/heads/main", parent);
    let soon = repo.commit_on(&planned, &new);
    sandbox.hook("pre-commit", "exit 0");
    let through_git = repo.commit_on(&planned, &new);
    for refused in [late.map(drop), soon.map(drop), through_git.map(drop)] {
        assert!(matches!(&refused, Err(GitError::HeadMoved { to }) if to == "other"), "{refused:?}");
    }
    assert_eq!(sandbox.git(&["log", "--all", "--format=%s"]), "start");
    repo.commit_on(&repo.settled_head().unwrap(), &new).unwrap();
    assert_eq!(sandbox.git(&["log", "main", "--format=%s"]), "start");
    assert_eq!(sandbox.git(&["log", "other", "--format=%s"]), "ours\nstart");
}

#[test]
fn two_writers_lose_nothing() {
    let sandbox = Sandbox::with_files();
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let sandbox = &sandbox;
            scope.spawn(move || {
                let repo = sandbox.repo();
                for n in 0..10 {
                    let changes = [change(&format!("leads/{writer}-{n}.yaml"), Some("x"))];
                    while let Err(error) = sandbox.commit(&repo, &changes) {
                        assert!(matches!(error, GitError::Contended { .. }), "{error}");
                    }
                }
            });
        }
    });
    assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]), "21");
    assert_eq!(sandbox.git(&["ls-tree", "-r", "--name-only", "HEAD", "leads"]).lines().count(), 20);
    sandbox.check();
}

#[test]
fn line_endings_are_stored_as_git_stores_them() {
    let sandbox = Sandbox::with_files();
    sandbox.write(".gitattributes", "*.yaml text=auto\nraw.yaml -text\n");
    let repo = sandbox.repo();
    sandbox
        .save(&repo, &[change("c.yaml", Some("c: 2\r\nd: 3\r\n")), change("raw.yaml", Some("r: 1\r\n"))])
        .unwrap();
    assert_eq!(sandbox.git(&["cat-file", "blob", "HEAD:c.yaml"]), "c: 2\nd: 3");
    assert_eq!(sandbox.git(&["cat-file", "blob", "HEAD:raw.yaml"]), "r: 1\r");
    assert_eq!(sandbox.status(), "?? .gitattributes");
    assert!(repo.is_committed(&path("c.yaml"), Some(b"c: 2\r\nd: 3\r\n")).unwrap());
    assert!(!repo.is_committed(&path("c.yaml"), Some(b"c: 3\r\n")).unwrap());
    assert!(!repo.is_committed(&path("c.yaml"), None).unwrap());
    assert!(repo.is_committed(&path("none.yaml"), None).unwrap());
}

#[cfg(unix)]
#[test]
fn modes_links_and_submodules() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    sandbox.git(&["update-index", "--chmod=+x", "c.yaml"]);
    std::os::unix::fs::symlink("c.yaml", sandbox.path().join("link.yaml")).unwrap();
    sandbox.git(&["add", "link.yaml"]);
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{head},sub")]);
    sandbox.git(&["commit", "--quiet", "--message=odd"]);
    sandbox.commit(&repo, &[change("c.yaml", Some("c: 2\n"))]).unwrap();
    assert!(sandbox.git(&["ls-tree", "HEAD", "c.yaml"]).starts_with("100755 "));
    for name in ["link.yaml", "sub/x.yaml", "c.yaml/x.yaml", "accounts"] {
        let refused = sandbox.commit(&repo, &[change(name, Some("x"))]);
        assert!(matches!(refused, Err(GitError::NotAFile { .. })), "{name}");
    }
}

#[test]
fn branches_are_moved_by_a_handle_that_waits_for_the_disk() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    let durable = repo.durable.config().unwrap();
    assert!(durable.get_bool("core.fsyncObjectFiles").unwrap());
    assert!(
        repo.config().unwrap().get_bool("core.fsyncObjectFiles").is_err(),
        "the user's settings are not touched"
    );
    assert_eq!(sandbox.status(), "", "Kontor's own folder is under the git directory");
}

/// One step of a user or of Kontor.
#[derive(Clone, Debug)]
enum Step {
    Save(Vec<(usize, Option<u8>)>),
    HandEdit(usize, u8),
    Stage(usize),
}

const NAMES: [&str; 6] = ["a.yaml", "f/a.yaml", "f/b.yaml", "f/g/a.yaml", "f-g/a.yaml", "f.g/b.yaml"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let name = 0..NAMES.len();
    let step = prop_oneof![
        4 => prop::collection::vec((name.clone(), prop::option::of(0..9u8)), 1..4).prop_map(Step::Save),
        1 => (name.clone(), 0..9u8).prop_map(|(name, text)| Step::HandEdit(name, text)),
        1 => name.prop_map(Step::Stage),
    ];
    prop::collection::vec(step, 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// After any steps the newest commit holds what was saved, git finds nothing wrong, and the index differs from
    /// the newest commit by what the user staged and by nothing else.
    #[test]
    fn any_sequence_of_saves_and_hand_edits(steps in steps()) {
        use std::collections::BTreeMap;
        let sandbox = Sandbox::new();
        let repo = sandbox.repo();
        let mut head: BTreeMap<&str, String> = BTreeMap::new();
        let mut staged: BTreeMap<&str, String> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Save(files) => {
                    let files: BTreeMap<_, _> = files.into_iter().map(|(name, text)| (NAMES[name], text)).collect();
                    let texts: Vec<_> = files.iter().map(|(name, text)| (*name, text.map(|n| format!("n: {n}\n")))).collect();
                    let changes: Vec<_> = texts.iter().map(|(name, text)| change(name, text.as_deref())).collect();
                    for (name, text) in &texts {
                        match text {
                            Some(text) => sandbox.write(name, text),
                            None => drop(fs::remove_file(sandbox.path().join(name))),
                        }
                    }
                    match sandbox.commit(&repo, &changes) {
                        Ok(_) => {
                            for (name, text) in texts {
                                staged.remove(name);
                                match text {
                                    Some(text) => drop(head.insert(name, text)),
                                    None => drop(head.remove(name)),
                                }
                            }
                            repo.refresh_index().unwrap();
                        }
                        Err(GitError::NothingToCommit) => {
                            prop_assert!(texts.iter().all(|(name, text)| head.get(name) == text.as_ref()));
                        }
                        Err(error) => panic!("{error}"),
                    }
                }
                Step::HandEdit(name, text) => sandbox.write(NAMES[name], &format!("hand: {text}\n")),
                Step::Stage(name) => {
                    if let Ok(text) = fs::read_to_string(sandbox.path().join(NAMES[name])) {
                        sandbox.git(&["add", NAMES[name]]);
                        staged.insert(NAMES[name], text);
                    }
                }
            }
        }
        let mut index = head.clone();
        index.extend(staged);
        for (name, text) in &head {
            prop_assert_eq!(&sandbox.git(&["show", &format!("HEAD:{name}")]), text.trim_end());
        }
        for (name, text) in &index {
            prop_assert_eq!(&sandbox.git(&["show", &format!(":{name}")]), text.trim_end());
        }
        prop_assert_eq!(sandbox.git(&["ls-files"]).lines().count(), index.len());
        if !head.is_empty() {
            prop_assert_eq!(sandbox.git(&["ls-tree", "-r", "HEAD"]).lines().count(), head.len());
        }
        sandbox.check();
    }
}

#[test]
fn every_kind_of_index() {
    let kinds: [&[&[&str]]; 5] = [
        &[&["update-index", "--split-index"]],
        &[&["update-index", "--index-version", "4"]],
        &[&["update-index", "--untracked-cache"]],
        &[&["config", "index.skipHash", "true"], &["read-tree", "HEAD"]],
        &[&["sparse-checkout", "set", "--cone", "--sparse-index", "accounts"]],
    ];
    for commands in kinds {
        let sandbox = Sandbox::with_files();
        sandbox.write("leads/deep/x.yaml", "x");
        sandbox.git(&["add", "leads"]);
        sandbox.git(&["commit", "--quiet", "--message=more"]);
        for command in commands {
            sandbox.git(command);
        }
        sandbox.write("staged.yaml", "staged\n");
        sandbox.git(&["add", "--sparse", "staged.yaml"]);
        let repo = sandbox.repo();
        let changes = [change("accounts/acme.yaml", Some("name: 2\n")), change("accounts/n.yaml", Some("n"))];
        sandbox.save(&repo, &changes).unwrap();
        sandbox.save(&repo, &[change("accounts/b.yaml", None)]).unwrap();
        assert_eq!(sandbox.status(), "A  staged.yaml", "{commands:?}");
        assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]), "4");
        sandbox.check();
    }
}
