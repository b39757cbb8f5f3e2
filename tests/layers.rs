//! The layers of ARCHITECTURE.md hold: a module uses only modules above it, and siblings never meet.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers from the top; modules of one row do not use each other.
const LAYERS: &[&[&str]] = &[
    &["base"],
    &["yaml"],
    &["model"],
    &["query"],
    &["crm"],
    &["disk", "git", "search", "exchange"],
    &["workspace"],
    &["actions"],
    &["cli", "tui"],
];

/// What one layer must never name, with the reason.
const NEVER: &[(&str, &str, &str)] = &[
    ("base", "std::fs", "base does no IO"),
    ("yaml", "std::fs", "yaml does no IO"),
    ("model", "std::fs", "model does no IO"),
    ("query", "std::fs", "query does no IO"),
    ("crm", "std::fs", "crm does no IO"),
    ("exchange", "std::fs", "exchange turns bytes into change sets and reads no file"),
    ("actions", "std::fs", "actions only describe what is to be done"),
    ("workspace", "std::fs", "files are touched through disk"),
    ("workspace", "git2::", "git is touched through the git layer"),
    ("tui", "git2::", "git is touched through the git layer"),
    ("cli", "git2::", "git is touched through the git layer"),
    ("actions", "ratatui", "actions know no terminal"),
    ("workspace", "ratatui", "the workspace knows no terminal"),
    ("cli", "crate::tui::widgets", "the command line draws no widgets"),
];

fn rank(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&layer))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn is_test(file: &Path) -> bool {
    let name = file.file_stem().unwrap().to_string_lossy();
    name == "tests" || name == "testing" || name.ends_with("_tests")
}

/// The top-level modules a line names: `crate::model::Book` names `model`, and so does `crate::{model, yaml}`.
fn named(line: &str) -> Vec<&str> {
    let code = line.split("//").next().unwrap_or_default();
    let word = |rest: &'_ str| rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    code.match_indices("crate::")
        .filter(|(at, _)| !code[..*at].ends_with('$'))
        .flat_map(|(at, found)| {
            let rest = &code[at + found.len()..];
            match rest.strip_prefix('{') {
                Some(list) => list
                    .split([',', '}'])
                    .map(str::trim)
                    .map(|p| &p[..word(p)])
                    .filter(|p| !p.is_empty())
                    .collect(),
                None => vec![&rest[..word(rest)]],
            }
        })
        .collect()
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut broken = Vec::new();
    let mut checked = 0;
    for file in files {
        let inside = file.strip_prefix(&root).unwrap().to_owned();
        let layer = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let Some(own) = rank(&layer) else { continue };
        let text = fs::read_to_string(&file).unwrap();
        // Tests may touch files and reach downwards.
        let code = if is_test(&file) { "" } else { text.split("#[cfg(test)]\nmod tests {").next().unwrap() };
        for (number, line) in code.lines().enumerate() {
            for module in named(line) {
                let Some(used) = rank(module) else { continue };
                checked += 1;
                if used > own || (used == own && module != layer) {
                    broken.push(format!("{}:{}: {layer} uses {module}", inside.display(), number + 1));
                }
            }
            let forbidden = NEVER.iter().filter(|(of, what, _)| {
                *of == layer && !line.trim_start().starts_with("//") && line.contains(what)
            });
            broken.extend(
                forbidden.map(|(_, what, why)| format!("{}:{}: {what}: {why}", inside.display(), number + 1)),
            );
        }
    }
    assert!(checked > 500, "only {checked} uses seen: does the test still look at the sources?");
    assert!(broken.is_empty(), "layers broken:\n{}", broken.join("\n"));
}

#[test]
fn every_top_level_module_is_a_layer() {
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let modules = library.lines().filter_map(|l| l.strip_prefix("pub mod ")).map(|m| m.trim_end_matches(';'));
    let missing: Vec<_> = modules.filter(|m| rank(m).is_none()).collect();
    assert!(missing.is_empty(), "no layer for {missing:?}: give it a row in ARCHITECTURE.md and here");
}

#[test]
fn names_are_found_in_lines() {
    assert_eq!(named("use crate::model::{Book, Ref};"), ["model"]);
    assert_eq!(named("use crate::{base::Id, yaml};"), ["base", "yaml"]);
    assert_eq!(named("    let x = crate::git::Repo::open(); // crate::tui"), ["git"]);
    assert_eq!(named("/// see [`crate::tui`]"), Vec::<&str>::new());
}
