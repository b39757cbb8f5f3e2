//! search.

use super::shell::Shell;
use serde_json::json;
use std::fs;
use std::path::PathBuf;

fn refs(shell: &Shell, words: &[&str]) -> Vec<String> {
    let said = shell.run(&[&["search"], words].concat());
    assert_eq!(said.err, "");
    assert_eq!(said.code, i32::from(said.out.is_empty()), "{words:?}");
    said.out.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

/// Who has the name, and the account that names her as the one to talk to.
const MARTA: [&str; 2] = ["contacts/marta-lind", "accounts/acme-gmbh"];

fn index(shell: &Shell) -> PathBuf {
    let home = shell.root().join(".git/kontor/search");
    let mut folders = fs::read_dir(home).unwrap().map(|entry| entry.unwrap().path());
    let folder = folders.next().unwrap();
    assert!(folders.next().is_none());
    folder
}

#[test]
fn finds_words_everywhere_best_first() {
    let shell = Shell::new();
    assert_eq!(refs(&shell, &["marta"]), MARTA);
    assert_eq!(refs(&shell, &["tom", "reu"]), ["contacts/tom-reuter"]);
    let acme = refs(&shell, &["acme"]);
    assert_eq!(acme[0], "accounts/acme-gmbh");
    assert!(acme.len() > 3, "what links to it is found too: {acme:?}");
    assert_eq!(refs(&shell, &["acme", "--type", "deals", "--limit", "1"]), ["opportunities/pumps"]);
    assert_eq!(refs(&shell, &["deal", "acme"])[0], "opportunities/pumps");
    assert_eq!(refs(&shell, &["acme", "type:deal", "limit:1"]), ["opportunities/pumps"]);
    let sorted = refs(&shell, &["acme", "type:deal,account", "sort:-amount"]);
    assert_eq!(
        sorted[..2],
        ["opportunities/pumps", "accounts/acme-gmbh"],
        "without an amount they come last"
    );
    // What is no query is looked for as it stands, and that is said.
    let said = shell.run(&["search", "acme", "stagg:x"]);
    assert!(said.err.contains("looked for as words alone: unknown field 'stagg'"), "{}", said.err);
    assert_eq!(refs(&shell, &["zebra"]), [""; 0]);
    assert_eq!(shell.run(&["search"]).code, 2);
    assert_eq!(shell.run(&["search", "acme", "--type", "boat"]).code, 2);
    // The index leaves no trace in git.
    shell.is_clean();
}

/// Every file of the index in turn becomes a copy of another, which has a checksum of its own that is right.
#[test]
fn a_file_that_is_another_is_found_out() {
    let shell = Shell::new();
    assert_eq!(refs(&shell, &["marta"]), MARTA);
    let whole: Vec<_> = fs::read_dir(index(&shell))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            !path.file_name().unwrap().to_str().unwrap().starts_with('.') && !path.ends_with("meta.json")
        })
        .filter_map(|path| path.extension().map(|kind| kind.to_str().unwrap().to_owned()))
        .collect();
    assert!(whole.len() > 4, "{whole:?}");
    let of_kind = |kind: &str| {
        let mut files = fs::read_dir(index(&shell)).unwrap().map(|entry| entry.unwrap().path());
        files.find(|path| path.extension().is_some_and(|extension| extension == kind)).unwrap()
    };
    for pair in whole
        .windows(2)
        .chain([&["fieldnorm".to_owned(), "term".to_owned()], &["pos".to_owned(), "idx".to_owned()]]
            as [&[String]; 2])
    {
        fs::copy(of_kind(&pair[0]), of_kind(&pair[1])).unwrap();
        assert_eq!(refs(&shell, &["marta"]), MARTA, "{pair:?}");
    }
}

#[test]
fn what_is_written_is_found_whoever_wrote_it() {
    let shell = Shell::new();
    assert_eq!(refs(&shell, &["zebra"]), [""; 0]);
    let made = index(&shell);
    shell.ok(&["set", "accounts/bolt-ag", "description=Zebra crossings"]);
    shell.write("accounts/zebra.yaml", "name: Zebra\nodd: {inner: Okapi}\n");
    assert_eq!(refs(&shell, &["zebra"]), ["accounts/zebra", "accounts/bolt-ag"]);
    assert_eq!(refs(&shell, &["okap"]), ["accounts/zebra"]);
    fs::remove_file(shell.root().join("accounts/zebra.yaml")).unwrap();
    assert_eq!(refs(&shell, &["zebra"]), ["accounts/bolt-ag"]);
    assert_eq!(index(&shell), made);
}

#[test]
fn the_language_decides_which_forms_of_a_word_are_found() {
    let shell = Shell::new();
    shell.ok(&["set", "accounts/bolt-ag", "description=Schickt immer Rechnungen"]);
    assert_eq!(refs(&shell, &["Rechnungs", "schickt"]), [""; 0]);
    let settings = shell.read("kontor.yaml");
    shell.write("kontor.yaml", &format!("{settings}language: de\n"));
    assert_eq!(refs(&shell, &["Rechnungs", "schickt"]), ["accounts/bolt-ag"]);
    assert!(index(&shell).to_string_lossy().ends_with("-de"));
}

#[test]
fn json_has_its_documented_shape() {
    let shell = Shell::new();
    shell.write(
        "accounts/bolt-ag.yaml",
        "name: Bolt AG\ndescription: \"Sells\\n  bolts and \\e[31m zebras\"\n",
    );
    let found = shell.json(&["search", "bolt", "zebra"]);
    let score = found[0]["score"].as_f64().unwrap();
    assert!(score > 19.0 && score < 21.0, "{score}");
    let expect = json!([{
        "ref": "accounts/bolt-ag", "type": "account", "title": "Bolt AG", "snippet": "Sells bolts and zebras", "score": score,
    }]);
    assert_eq!(found, expect);
    let nothing = shell.run(&["search", "okapi", "--format", "json"]);
    assert_eq!((nothing.code, nothing.out.trim()), (1, "[]"));
}

#[test]
fn a_damaged_index_costs_no_answer() {
    let shell = Shell::new();
    assert_eq!(refs(&shell, &["marta"]), MARTA);
    for entry in fs::read_dir(index(&shell)).unwrap() {
        let path = entry.unwrap().path();
        if !path.to_string_lossy().ends_with(".lock") {
            fs::write(path, "garbage").unwrap();
        }
    }
    assert_eq!(refs(&shell, &["marta"]), MARTA);
    // A file where its folder should be: then it is made in memory.
    fs::remove_dir_all(shell.root().join(".git/kontor/search")).unwrap();
    fs::write(shell.root().join(".git/kontor/search"), "in the way").unwrap();
    assert_eq!(refs(&shell, &["marta"]), MARTA);
}

#[test]
fn processes_share_an_index() {
    let shell = Shell::new();
    let searching: Vec<_> = (0..6)
        .map(|_| shell.kontor(&["search", "marta"]).stdout(std::process::Stdio::piped()).spawn().unwrap())
        .collect();
    for child in searching {
        let out = child.wait_with_output().unwrap();
        assert!(out.status.success());
        assert!(String::from_utf8_lossy(&out.stdout).starts_with("contacts/marta-lind\t"));
    }
}

/// The ids that `list` finds.
fn listed(shell: &Shell, args: &[&str]) -> Vec<String> {
    let out = shell.ok(&[&["list"], args].concat());
    out.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

#[test]
fn words_in_a_query_find_what_the_search_finds() {
    let shell = Shell::new();
    shell.write("accounts/mueller.yaml", "name: Müller & Söhne\nphone: +49 (0)40 12 34-56\n");
    shell.write(
        "opportunities/refit.yaml",
        "name: Line refit\naccount: mueller\npipeline: direct\nstage: talks\namount: 20000 EUR\ndescription: The controller was rebooting\n",
    );
    // Accents, another spelling, a mistake, another form of a word, a number in another spelling.
    for words in ["muller", "MUELLER", "mülle", "contorller", "reboots", "refit controller"] {
        assert_eq!(listed(&shell, &["opportunity", words, "amount>10k"]), ["opportunities/refit"], "{words}");
        let found = refs(&shell, &[words, "--type", "deal"]);
        assert_eq!(found, ["opportunities/refit"], "{words}");
    }
    assert_eq!(listed(&shell, &["account", "040/123456"]), ["accounts/mueller"]);
    assert_eq!(listed(&shell, &["account", "+49", "40", "123456"]), ["accounts/mueller"]);
    assert_eq!(
        listed(&shell, &["deals", "amount>0 -contorller"]),
        ["opportunities/pumps", "opportunities/valves"]
    );
    assert_eq!(listed(&shell, &["deals", "\"rebooting controller\""]), [""; 0]);
    // An edit counts at once, and what is not there any more is not found.
    shell.ok(&["set", "opportunities/refit", "description=Nothing yet"]);
    assert_eq!(listed(&shell, &["deals", "contorller"]), [""; 0]);
}

#[test]
fn a_list_without_words_asks_no_index() {
    let shell = Shell::new();
    assert_eq!(listed(&shell, &["deals", "amount>10k"]), ["opportunities/pumps"]);
    assert!(!shell.root().join(".git/kontor/search").exists());
    assert_eq!(listed(&shell, &["deals", "pumps"]), ["opportunities/pumps"]);
    assert!(shell.root().join(".git/kontor/search").exists());
}
