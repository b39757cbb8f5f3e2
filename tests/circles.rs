//! Modules beside each other form no circle: a folder's modules can be read one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module by its names from the crate down.
type Module = Vec<String>;

/// Circles there are reasons for. A new one fails the test, and so does one of these that is gone.
const KNOWN: &[(&str, &[&str], &str)] = &[
    (
        "model",
        &["book", "condition", "order", "resolve", "schema", "settings"],
        "a schema holds conditions, a condition looks into the book, and the book holds the schema",
    ),
    ("model::schema", &["field", "kind", "type_def"], "a field of lines has fields"),
    ("tui", &["runtime", "terminal"], "the loop reads signals, which the terminal gives to its mailbox"),
    ("tui::questions::form", &["model", "values"], "a form's model reads its values, which need its schema"),
    ("tui::screens", &["list", "record"], "a list previews a page, and a page has lists"),
    ("workspace", &["draft", "pages", "plan"], "a draft becomes a plan, which is planned from a draft"),
];

/// The text of a file without comments and the tests at its end.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<_> = text.lines().collect();
    let is_tests =
        |pair: &[&str]| pair[0] == "#[cfg(test)]" && pair[1].contains("mod ") && pair[1].ends_with('{');
    let end = lines.windows(2).position(is_tests).unwrap_or(lines.len());
    let code = lines[..end].iter().map(|line| line.split("//").next().unwrap_or_default());
    code.collect::<Vec<_>>().join("\n")
}

/// Every module with its code, but for those that only tests see.
fn modules(folder: &Path, at: &[String], found: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if name == "tests" || name == "testing" || name.ends_with("_tests") || name == "main" {
            continue;
        }
        let below: Module = at.iter().cloned().chain([name.clone()]).collect();
        if path.is_dir() {
            modules(&path, &below, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let module = if name == "mod" || name == "lib" { at.to_vec() } else { below };
            found.insert(module, code(&path));
        }
    }
}

/// The paths of a `use` tree: `a::{b, c::d}` is `a::b` and `a::c::d`, each with the name it goes by.
fn paths(tree: &str, before: &[&str], found: &mut Vec<(Vec<String>, String)>) {
    let tree = tree.trim();
    if let Some((head, list)) = tree.strip_suffix('}').and_then(|tree| tree.split_once('{')) {
        let before: Vec<&str> =
            before.iter().copied().chain(head.split("::").map(str::trim).filter(|p| !p.is_empty())).collect();
        let (mut depth, mut start) = (0, 0);
        for (at, sign) in list.char_indices().chain([(list.len(), ',')]) {
            match sign {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    paths(&list[start..at], &before, found);
                    start = at + 1;
                }
                _ => {}
            }
        }
    } else if !tree.is_empty() {
        let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias)));
        let parts = before.iter().copied().chain(path.split("::").map(str::trim));
        let mut path: Vec<String> = parts.map(str::to_owned).collect();
        if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
            path.pop();
        }
        let name = alias.unwrap_or(path.last().unwrap()).trim().to_owned();
        found.push((path, name));
    }
}

/// What the `use` lines of a module name, and the paths written out in its code.
fn named(code: &str) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    let mut rest = String::new();
    for (index, part) in code.split("use ").enumerate() {
        let opens = index > 0 && part.starts_with(|c: char| c.is_alphabetic() || c == '{');
        match part.split_once(';').filter(|_| opens) {
            Some((tree, after)) => {
                paths(tree, &[], &mut found);
                rest.push_str(after);
            }
            None => rest.push_str(part),
        }
    }
    let path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    for word in rest.split(|c| !path(c)) {
        if ["crate::", "super::", "self::"].iter().any(|start| word.starts_with(start)) {
            paths(word.trim_matches(':'), &[], &mut found);
        }
    }
    found
}

struct Tree {
    uses: BTreeMap<Module, Vec<(Vec<String>, String)>>,
}

impl Tree {
    /// The module that holds what a path means in `from`: through `super`, and through what modules re-export.
    fn home(&self, from: &Module, path: &[String], depth: usize) -> Option<Module> {
        let mut at = from.clone();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => (at, rest) = (Module::new(), &rest[1..]),
            "super" | "self" => {
                while let Some(step) = rest.first().filter(|step| *step == "super" || *step == "self") {
                    if step == "super" {
                        at.pop();
                    }
                    rest = &rest[1..];
                }
            }
            first => {
                let child: Module = from.iter().cloned().chain([first.to_owned()]).collect();
                if !self.uses.contains_key(&child) {
                    return None;
                }
            }
        }
        while let Some(step) = rest.first() {
            let child: Module = at.iter().cloned().chain([step.clone()]).collect();
            if !self.uses.contains_key(&child) {
                break;
            }
            (at, rest) = (child, &rest[1..]);
        }
        let lent = rest.first().and_then(|name| self.uses.get(&at)?.iter().find(|(_, alias)| alias == name));
        if let Some((path, _)) = lent.filter(|_| at != *from && depth < 8) {
            return self.home(&at, path, depth + 1).or(Some(at));
        }
        Some(at)
    }

    /// Who uses whom among the modules beside each other, by the module they are in.
    fn neighbours(&self) -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
        let mut found: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for (module, uses) in &self.uses {
            for home in uses.iter().filter_map(|(path, _)| self.home(module, path, 0)) {
                let shared = module.iter().zip(&home).take_while(|(a, b)| a == b).count();
                if let (Some(user), Some(used)) = (module.get(shared), home.get(shared)) {
                    let beside = found.entry(module[..shared].join("::")).or_default();
                    beside.entry(user.clone()).or_default().insert(used.clone());
                }
            }
        }
        found
    }
}

/// Everything that can be reached from `start`.
fn reached<'a>(uses: &'a BTreeMap<String, BTreeSet<String>>, start: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![start];
    while let Some(next) = open.pop() {
        for used in uses.get(next).into_iter().flatten() {
            if found.insert(used.as_str()) {
                open.push(used);
            }
        }
    }
    found
}

/// The circles among the modules of `src/`: the module they are in, and who is in them.
fn circles(tree: &Tree) -> BTreeMap<(String, Vec<String>), Vec<String>> {
    let mut found = BTreeMap::new();
    for (parent, uses) in tree.neighbours() {
        for module in uses.keys() {
            let back = |other: &&str| reached(&uses, other).contains(module.as_str());
            let ring: Vec<String> =
                reached(&uses, module).into_iter().filter(back).map(str::to_owned).collect();
            if ring.len() > 1 {
                let inside = |name: &String| ring.contains(name);
                let lines = ring.iter().flat_map(|user| {
                    let used = uses[user].iter().filter(|used| inside(used));
                    used.map(move |used| format!("  {user} uses {used}"))
                });
                let lines = lines.collect();
                found.insert((parent.clone(), ring), lines);
            }
        }
    }
    found
}

fn tree() -> Tree {
    let mut sources = BTreeMap::new();
    modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &[], &mut sources);
    Tree { uses: sources.iter().map(|(module, code)| (module.clone(), named(code))).collect() }
}

#[test]
fn modules_beside_each_other_form_no_circle() {
    let tree = tree();
    let uses: usize = tree.neighbours().values().flat_map(BTreeMap::values).map(BTreeSet::len).sum();
    assert!(uses > 500, "only {uses} uses seen: does the test still look at the sources?");
    let mut found = circles(&tree);
    let mut gone = Vec::new();
    for (parent, ring, _) in KNOWN {
        let ring = ring.iter().map(ToString::to_string).collect();
        if found.remove(&((*parent).to_owned(), ring)).is_none() {
            gone.push(*parent);
        }
    }
    let told: Vec<_> = found
        .iter()
        .map(|((parent, ring), uses)| format!("in {parent}: {}\n{}", ring.join(", "), uses.join("\n")))
        .collect();
    assert!(
        told.is_empty(),
        "a new circle: move what they share to a module of its own\n{}",
        told.join("\n")
    );
    assert!(gone.is_empty(), "no such circle any more: take it out of KNOWN\n{}", gone.join("\n"));
}

#[test]
fn a_path_leads_to_the_module_that_holds_it() {
    let sources = [
        ("", "pub mod a; pub mod b;"),
        ("a", "mod deep;\npub use deep::{Thing, Other as Another};"),
        ("a::deep", "use crate::b::Far;"),
        ("b", "use crate::a::{Another, deep::{self, X}};\nfn f() -> super::a::Thing {}"),
    ];
    let module =
        |path: &str| path.split("::").filter(|p| !p.is_empty()).map(str::to_owned).collect::<Module>();
    let tree = Tree { uses: sources.iter().map(|(path, code)| (module(path), named(code))).collect() };
    let b = module("b");
    let homes: Vec<_> =
        tree.uses[&b].iter().map(|(path, _)| tree.home(&b, path, 0).unwrap().join("::")).collect();
    assert_eq!(homes, ["a::deep", "a::deep", "a::deep", "a::deep"]);
    let found = circles(&tree);
    assert_eq!(found.keys().collect::<Vec<_>>(), [&(String::new(), vec!["a".to_owned(), "b".to_owned()])]);
}
