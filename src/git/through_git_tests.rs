//! Commits where hooks, signing or filters are set up.
#![cfg(unix)]

use std::fs;

use super::*;
use crate::git::Identity;
use crate::git::sandbox::{Sandbox, change};

fn count(sandbox: &Sandbox) -> String {
    sandbox.git(&["rev-list", "--count", "--all"])
}

#[test]
fn all_hooks_run_and_see_what_is_committed() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    sandbox.hook("pre-commit", "git diff --cached --name-status > .git/seen; git show :c.yaml >> .git/seen");
    sandbox.hook("commit-msg", "echo 'Reviewed-by: hook' >> \"$1\"");
    sandbox.hook("post-commit", "touch .git/after; exit 1");
    sandbox.write("accounts/b.yaml", "b: staged\n");
    sandbox.git(&["add", "accounts/b.yaml"]);
    sandbox.write("accounts/acme.yaml", "name: not staged\n");
    let changes = [change("c.yaml", Some("c: 2\n")), change("n/new.yaml", Some("n: 1\r\n"))];
    let commit = sandbox.save(&repo, &changes).unwrap();
    assert_eq!(
        fs::read_to_string(sandbox.path().join(".git/seen")).unwrap(),
        "M\tc.yaml\nA\tn/new.yaml\nc: 2\n"
    );
    assert!(sandbox.path().join(".git/after").exists());
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), commit.as_str());
    assert_eq!(
        sandbox.git(&["log", "-1", "--format=%an <%ae> %ai|%cn|%B"]),
        "Jonas Öz <jonas@example.com> 2026-11-21 14:00:00 +0530|Jonas Öz|subject → here\n\nbody\n\nKontor-Action: set\n\
         Reviewed-by: hook"
    );
    assert_eq!(sandbox.status(), " M accounts/acme.yaml\nM  accounts/b.yaml");
    assert!(!repo.index_is_behind());
    sandbox.check();
}

#[test]
fn a_refusing_hook_is_heard_and_leaves_no_trace() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    sandbox.write("accounts/b.yaml", "b: staged\n");
    sandbox.git(&["add", "accounts/b.yaml"]);
    sandbox.write("c.yaml", "c: 2\n");
    for hook in ["pre-commit", "prepare-commit-msg", "commit-msg"] {
        sandbox.hook(hook, "echo 'no: \x1b[31mnot on Fridays' >&2; exit 1");
        let refused =
            sandbox.commit(&repo, &[change("c.yaml", Some("c: 2\n")), change("new.yaml", Some("x"))]);
        assert!(
            matches!(&refused, Err(GitError::HookRefused { output }) if output.contains("not on Fridays")),
            "{hook}: {refused:?}"
        );
        assert_eq!(sandbox.status(), "M  accounts/b.yaml\n M c.yaml");
        fs::remove_file(sandbox.path().join(".git/hooks").join(hook)).unwrap();
    }
    assert_eq!(count(&sandbox), "1");
    sandbox.save(&repo, &[change("c.yaml", Some("c: 2\n"))]).unwrap();
    assert_eq!(sandbox.status(), "M  accounts/b.yaml");
}

#[test]
fn a_hook_may_correct_what_is_committed() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    sandbox.hook("pre-commit", "echo 'c: formatted' > c.yaml; git add c.yaml");
    sandbox.save(&repo, &[change("c.yaml", Some("c:   2\n"))]).unwrap();
    assert_eq!(sandbox.git(&["show", "HEAD:c.yaml"]), "c: formatted");
    assert_eq!(sandbox.status(), "");
    // And says which files it did that to, a filter's doing left aside.
    sandbox.git(&["config", "filter.upper.clean", "tr a-z A-Z"]);
    sandbox.write(".git/info/attributes", "accounts/b.yaml filter=upper\n");
    let author = Identity::new("Lena", "lena@example.com");
    let changes = [
        change("accounts/b.yaml", Some("b: two\n")),
        change("c.yaml", Some("c: 3\n")),
        change("d.yaml", Some("d")),
    ];
    let new =
        NewCommit { changes: &changes, message: "x\n", author: &author, time: crate::git::sandbox::time() };
    let made = repo.commit_on(&repo.head().unwrap(), &new).unwrap();
    assert_eq!(made.altered, [crate::git::sandbox::path("c.yaml")]);
    assert_eq!(sandbox.git(&["show", "HEAD:accounts/b.yaml"]), "B: TWO");
}

#[test]
fn on_an_unborn_branch_and_with_deletions() {
    let sandbox = Sandbox::new();
    let repo = sandbox.repo();
    sandbox.hook("pre-commit", "exit 0");
    sandbox.save(&repo, &[change("a/b.yaml", Some("b")), change("c.yaml", Some("c"))]).unwrap();
    assert_eq!(sandbox.status(), "");
    sandbox.save(&repo, &[change("a/b.yaml", None)]).unwrap();
    assert_eq!(sandbox.git(&["ls-files"]), "c.yaml");
    assert_eq!(sandbox.status(), "");
    assert!(matches!(sandbox.commit(&repo, &[change("c.yaml", Some("c"))]), Err(GitError::NothingToCommit)));
    assert_eq!(count(&sandbox), "2");
    sandbox.check();
}

#[test]
fn hooks_elsewhere_count_and_those_that_cannot_run_do_not() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    let none: [&RepoPath; 0] = [];
    sandbox.write(".git/hooks/pre-commit.sample", "exit 1");
    sandbox.write(".git/hooks/pre-commit", "exit 1");
    assert!(!repo.needs_git(none).unwrap(), "it is not executable");
    sandbox.write("tools/x", "");
    sandbox.git(&["config", "core.hooksPath", "tools"]);
    assert!(!repo.needs_git(none).unwrap());
    sandbox.hook("commit-msg", "echo refused; exit 1");
    fs::copy(sandbox.path().join(".git/hooks/commit-msg"), sandbox.path().join("tools/commit-msg")).unwrap();
    assert!(repo.needs_git(none).unwrap());
    let refused = sandbox.commit(&repo, &[change("c.yaml", Some("c: 2\n"))]);
    assert!(matches!(&refused, Err(GitError::HookRefused { output }) if output == "refused"), "{refused:?}");
}

#[test]
fn signing_is_never_skipped() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    sandbox.hook("gpg", "echo 'no secret key' >&2; exit 2");
    sandbox.git(&["config", "commit.gpgsign", "true"]);
    sandbox.git(&["config", "gpg.program", sandbox.path().join(".git/hooks/gpg").to_str().unwrap()]);
    let refused = sandbox.commit(&repo, &[change("c.yaml", Some("c: 2\n"))]);
    assert!(
        matches!(&refused, Err(GitError::NotSigned { output }) if output.contains("no secret key")),
        "{refused:?}"
    );
    sandbox.hook("gpg", "cat > /dev/null; echo '[GNUPG:] SIG_CREATED ' >&2; echo signature");
    let commit = sandbox.save(&repo, &[change("c.yaml", Some("c: 2\n"))]).unwrap();
    assert!(sandbox.git(&["cat-file", "commit", commit.as_str()]).contains("gpgsig signature"));
    assert_eq!(sandbox.status(), "");
}

#[test]
fn filters_are_applied_wherever_they_are_asked_for() {
    let check = |place: &str, prepare: &dyn Fn(&Sandbox)| {
        let sandbox = Sandbox::with_files();
        let repo = sandbox.repo();
        sandbox.git(&["config", "filter.upper.clean", "tr a-z A-Z"]);
        prepare(&sandbox);
        sandbox.save(&repo, &[change("sub/c.yaml", Some("c: two\n"))]).unwrap();
        assert_eq!(sandbox.git(&["cat-file", "blob", "HEAD:sub/c.yaml"]), "C: TWO", "{place}");
    };
    check("the repository", &|sandbox| sandbox.write(".git/info/attributes", "c.yaml filter=upper\n"));
    check("the root, by a macro", &|sandbox| {
        sandbox.write(".gitattributes", "[attr]loud filter=upper\n*.yaml loud\n")
    });
    check("the folder", &|sandbox| sandbox.write("sub/.gitattributes", "c.yaml filter=upper\n"));
    check("the user", &|sandbox| {
        sandbox.write("attributes", "c.yaml filter=upper\n");
        sandbox.git(&["config", "core.attributesFile", sandbox.path().join("attributes").to_str().unwrap()]);
    });
}

#[test]
fn one_filtered_file_among_many_is_seen() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    sandbox.git(&["config", "filter.upper.clean", "tr a-z A-Z"]);
    sandbox.write(".git/info/attributes", "n-77.yaml filter=upper\n*.yaml merge=x -ident\n");
    let names: Vec<String> = (0..150).map(|n| format!("n-{n}.yaml")).collect();
    let changes: Vec<_> = names.iter().map(|name| change(name, Some("c: two\n"))).collect();
    sandbox.save(&repo, &changes).unwrap();
    assert_eq!(sandbox.git(&["cat-file", "blob", "HEAD:n-77.yaml"]), "C: TWO");
    assert_eq!(sandbox.git(&["cat-file", "blob", "HEAD:n-78.yaml"]), "c: two");
    assert_eq!(sandbox.status(), "");
}

#[test]
fn the_author_is_checked_here_too() {
    let sandbox = Sandbox::with_files();
    sandbox.hook("pre-commit", "exit 0");
    let author = Identity::new("", "a@b");
    let changes = [change("c.yaml", Some("c: 2\n"))];
    let time = crate::git::sandbox::time();
    let refused =
        sandbox.repo().commit(&NewCommit { changes: &changes, message: "x\n", author: &author, time });
    assert!(matches!(refused, Err(GitError::BadIdentity { .. })));
}
