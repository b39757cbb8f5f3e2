//! Opening what should open, and saying why the rest does not.

use std::process::Command;

use super::*;
use crate::git::sandbox::{Sandbox, change, path};

fn refusal(path: &Path) -> GitError {
    match Repo::discover(path, Environment::isolated()) {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(error) => error,
    }
}

#[test]
fn a_folder_without_a_repository() {
    let dir = tempfile::tempdir().unwrap();
    let error = refusal(dir.path());
    assert!(matches!(error, GitError::NotARepository { .. }), "{error}");
    assert!(error.to_string().contains("kontor init"));
    assert!(matches!(refusal(&dir.path().join("nowhere")), GitError::NotARepository { .. }));
}

#[test]
fn made_and_found_from_below() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("new/place");
    let made = Repo::init(&root, Environment::isolated()).unwrap();
    assert_eq!(made.head().unwrap(), Head::Branch { name: "main".into(), commit: None });
    std::fs::create_dir_all(root.join("a/b")).unwrap();
    let found = Repo::discover(&root.join("a/b"), Environment::isolated()).unwrap();
    assert_eq!(found.root().canonicalize().unwrap(), root.canonicalize().unwrap());
    assert_eq!(found.state_folder(), found.git_dir().join("kontor"));
    assert!(Repo::init(&root, Environment::isolated()).is_err(), "it is there already");
    assert_eq!(found.again().unwrap().root(), found.root());
}

#[test]
fn what_cannot_be_opened_is_named() {
    let sandbox = Sandbox::with_files();
    let config = sandbox.path().join(".git/config");
    let plain = std::fs::read_to_string(&config).unwrap();
    let with = |extension: &str| {
        let text = plain.replace("repositoryformatversion = 0", "repositoryformatversion = 1");
        std::fs::write(&config, format!("{text}[extensions]\n\t{extension}\n")).unwrap();
        refusal(sandbox.path())
    };
    let error = with("refStorage = reftable");
    assert!(
        matches!(error, GitError::Reftable { .. }) && error.to_string().contains("git refs migrate"),
        "{error}"
    );
    let error = with("partialClone = origin");
    assert!(matches!(error, GitError::PartialClone { .. }), "{error}");
    let error = with("objectFormat = sha256");
    assert!(matches!(error, GitError::Sha256 { .. }), "{error}");
    let error = with("somethingNew = yes");
    assert!(
        matches!(&error, GitError::Unsupported { detail, .. } if detail.contains("somethingnew")),
        "{error}"
    );
    std::fs::write(&config, "[core\nbroken").unwrap();
    refusal(sandbox.path());
}

#[test]
fn bare_repositories_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let made = Command::new("git").args(["init", "--quiet", "--bare"]).arg(dir.path()).status().unwrap();
    assert!(made.success());
    assert!(matches!(refusal(dir.path()), GitError::Bare { .. }));
}

#[test]
fn head_where_it_is() {
    let sandbox = Sandbox::with_files();
    let repo = sandbox.repo();
    let commit = sandbox.save(&repo, &[change("x/y.yaml", Some("y"))]).unwrap();
    sandbox.git(&["checkout", "--quiet", "-b", "feature/ä"]);
    assert_eq!(repo.head().unwrap(), Head::Branch { name: "feature/ä".into(), commit: Some(commit) });
    sandbox.git(&["pack-refs", "--all"]);
    assert_eq!(repo.head().unwrap().commit(), Some(commit));
    sandbox.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(repo.head().unwrap(), Head::Detached { commit });
}

#[cfg(unix)]
#[test]
fn somebody_elses_repository_is_not_opened() {
    let sandbox = Sandbox::with_files();
    for place in [sandbox.path().to_path_buf(), sandbox.path().join(".git")] {
        if std::os::unix::fs::chown(&place, Some(54_321), None).is_err() {
            return; // only an administrator can give files away
        }
    }
    let error = refusal(sandbox.path());
    assert!(
        matches!(error, GitError::NotOwned { .. }) && error.to_string().contains("safe.directory"),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn links_in_kontors_own_folder_are_refused() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    let check = |place: &str, target: &Path| {
        let sandbox = Sandbox::with_files();
        let place = sandbox.path().join(place);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        symlink(target, &place).unwrap();
        let error = refusal(sandbox.path());
        assert!(
            matches!(&error, GitError::Linked { path } if path.ends_with(place.file_name().unwrap())),
            "{error}"
        );
    };
    check(".git/kontor", outside.path());
    check(".git/kontor/search", outside.path());
    check(".git/kontor/search/tantivy-0.27-1-1-en/meta.json", Path::new("/nowhere"));
    check(".git/kontor/durable.config", &outside.path().join("new"));
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0, "something was written elsewhere");
}

#[test]
fn of_a_commit_that_removed_files_only_these_are_told() {
    let sandbox = Sandbox::new();
    let repo = sandbox.repo();
    let many = |text| move |n: usize| change(&format!("accounts/a{n}.yaml"), text);
    let first = sandbox.save(&repo, &(0..9).map(many(Some("name: A\n"))).collect::<Vec<_>>()).unwrap();
    assert_eq!(repo.removal(first, &path("accounts")).unwrap(), None, "a first commit removes nothing");
    let mut changes = vec![change("accounts/a3.yaml", None), change("contacts/c.yaml", Some("name: C\n"))];
    changes.push(change("accounts/a4.yaml", Some("name: B\n")));
    let second = sandbox.save(&repo, &changes).unwrap();
    let removal = repo.removal(second, &path("accounts")).unwrap().unwrap();
    let gone: Vec<_> = removal.changes.iter().map(|c| (c.path.as_str(), c.old.is_some(), c.new)).collect();
    assert_eq!(gone, [("accounts/a3.yaml", true, None)]);
    assert_eq!((removal.commit, removal.parents), (second, vec![first]));
    assert_eq!(repo.removal(second, &path("contacts")).unwrap(), None);
}
