//! No file that somebody leaves in a repository stands in anybody's way.

mod files;

use files::Fate;
use kontor::base::FixedClock;
use kontor::git::{Environment, Repo};
use kontor::workspace::find;
use std::fs;
use std::sync::Arc;

#[test]
fn each_meets_its_fate() {
    let files = files::all();
    assert!(files.iter().filter(|(.., fate)| *fate == Fate::Refused).count() >= 30);
    for (name, bytes, fate) in files {
        match (kontor::yaml::parse_bytes(&bytes), fate) {
            (Ok(_), Fate::Read) => {}
            (Err(error), Fate::Refused) => {
                assert!(error.line >= 1 && error.column >= 1, "{name}: {error}");
                assert!(error.kind.to_string().len() < 300, "{name}: the reason is as long as the file");
            }
            (Ok(_), Fate::Refused) => panic!("{name} was read"),
            (Err(error), Fate::Read) => panic!("{name} was refused: {error}"),
        }
    }
}

#[test]
fn among_them_a_workspace_goes_on_working() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("kontor.yaml"), "name: X\n").unwrap();
    fs::create_dir(folder.path().join("accounts")).unwrap();
    fs::write(folder.path().join("accounts/acme.yaml"), "name: Acme\n").unwrap();
    let files = files::all();
    for (at, (_, bytes, _)) in files.iter().enumerate() {
        fs::write(folder.path().join(format!("accounts/file-{at}.yaml")), bytes).unwrap();
    }
    Repo::init(folder.path(), Environment::isolated()).unwrap();
    let clock = Arc::new(FixedClock::new(chrono::DateTime::UNIX_EPOCH));
    let workspace = find(folder.path(), Environment::isolated()).unwrap().open(clock, || {}).unwrap();
    let book = workspace.book();
    let read = files.iter().filter(|(.., fate)| *fate == Fate::Read).count();
    assert_eq!(book.of_type("account").len(), read + 1);
    assert_eq!(book.broken().len(), files.len() - read);
    assert_eq!(book.get(&"accounts/acme".parse().unwrap()).unwrap().text("name"), "Acme");
}
