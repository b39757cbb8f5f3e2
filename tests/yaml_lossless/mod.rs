//! What the lossless document promises, on tens of thousands of random documents and edits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod documents;
mod edits;
mod oracle;

use documents::Writer;
use edits::Edit;
use fastrand::Rng;
use kontor::yaml::{Data, Document, EditError, Node, NodeKind, Path};

/// Runs `check` on random documents, each with its own random numbers.
fn with_documents(seeds: std::ops::Range<u64>, check: impl Fn(&str, &Document, &mut Rng)) {
    for seed in seeds {
        let text = Writer::new(seed).document();
        let doc = Document::parse(text.clone()).unwrap_or_else(|e| panic!("{e}\nseed {seed} {text:?}"));
        check(&text, &doc, &mut Rng::with_seed(seed ^ 0x5eed));
    }
}

#[test]
fn documents_are_read_as_libyaml_reads_them_and_saved_unchanged() {
    with_documents(0..15_000, |text, doc, _| {
        assert_eq!(doc.text(), text);
        oracle::assert_agrees(doc.root(), text);
        let mut saved = doc.clone();
        saved.set(&Path::root(), &Data::of(doc.root())).unwrap();
        assert_eq!(saved.text(), text);
        assert_spans_nest(doc.root(), text);
    });
}

#[test]
fn an_edit_changes_what_it_says_and_nothing_else() {
    edit_documents(100_000..112_000);
}

#[test]
fn an_edit_changes_what_it_says_and_nothing_else_again() {
    edit_documents(200_000..212_000);
}

fn edit_documents(seeds: std::ops::Range<u64>) {
    with_documents(seeds, |text, doc, rng| {
        let edit = Edit::random(rng, doc.root());
        let mut edited = doc.clone();
        if let Err(e) = edit.make(&mut edited) {
            panic!("{e}\n{edit:?}\n{text:?}");
        }
        let new = edited.text();
        let story = format!("{edit:?}\n{text:?}\n{new:?}");
        assert!(edit.is_meant_by(doc.root(), edited.root()), "another meaning\n{story}");
        oracle::opinion(edited.root(), new).unwrap_or_else(|e| panic!("libyaml disagrees: {e}\n{story}"));
        assert_eq!(new.starts_with('\u{feff}'), text.starts_with('\u{feff}'), "{story}");
        if text.contains("\r\n") {
            assert_eq!(new.matches('\n').count(), new.matches("\r\n").count(), "mixed line breaks\n{story}");
        } else if text.contains('\n') {
            assert!(!new.contains('\r'), "other line breaks\n{story}");
        }
        let reach = edit.reach(text, doc);
        assert!(new.starts_with(&text[..reach.start]), "changed before {reach:?}\n{story}");
        let rest = &text[reach.end..];
        let ended = new.trim_end_matches(['\r', '\n']);
        assert!(new.ends_with(rest) || ended.ends_with(rest), "changed behind {reach:?}\n{story}");
        for comment in comments(text).filter(|(at, _)| edit.keeps_comment(*at, text, doc)) {
            assert_eq!(new.matches(comment.1).count(), 1, "{comment:?}\n{story}");
        }
    });
}

#[test]
fn a_new_spelling_is_taken_back_to_the_byte() {
    with_documents(300_000..312_000, |text, doc, rng| {
        let Some(path) = edits::a_scalar(rng, doc.root()) else { return };
        let raw = doc.raw(&path).unwrap().to_owned();
        let mut edited = doc.clone();
        // Nothing has no place of its own, so what stood there cannot be put back with its spaces.
        let new = Data::text(documents::text(rng));
        edited.set(&path, &new).unwrap();
        edited
            .respell(&path, &raw)
            .unwrap_or_else(|e| panic!("{e}\n{path} {new:?}\n{text:?}\n{:?}", edited.text()));
        let back =
            if text.ends_with('\n') { edited.text() } else { edited.text().trim_end_matches(['\r', '\n']) };
        let text = if text.ends_with('\n') { text } else { text.trim_end_matches(['\r', '\n']) };
        assert_eq!(back, text, "{path} {new:?}");
    });
}

#[test]
fn what_is_added_is_removed_to_the_byte() {
    with_documents(400_000..412_000, |text, doc, rng| {
        let Some((path, node)) = edits::a_container(rng, doc.root()) else { return };
        if node.span.end == text.len() && node.span.of(text).contains(['|', '>']) {
            return; // A text block that ends with the file gets a `-` when something follows, and keeps it.
        }
        let value = loop {
            let data = edits::data(rng, 1);
            // A block at the end of a file without a last line break would need one.
            if text.ends_with('\n') || !format!("{data:?}").contains("\\n") {
                break data;
            }
        };
        let mut edited = doc.clone();
        let part = match &node.kind {
            NodeKind::List(items) => {
                let index = rng.usize(0..=items.len());
                edited.insert(&path, index, &value).unwrap();
                path.index(index)
            }
            _ => {
                let part = path.key("new key");
                edited.set(&part, &value).unwrap();
                part
            }
        };
        let with = edited.text().to_owned();
        edited.remove(&part).unwrap_or_else(|e| panic!("{e}\n{part} {value:?}\n{text:?}\n{with:?}"));
        assert_eq!(edited.text(), text, "{part} {value:?} gave {with:?}");
    });
}

#[test]
fn broken_files_are_refused_or_read_but_never_a_panic() {
    let mut refused = 0;
    for seed in 0..12_000 {
        let mut rng = Rng::with_seed(seed);
        let mut text: Vec<char> = Writer::new(seed).document().chars().collect();
        for _ in 0..rng.usize(1..4) {
            let at = rng.usize(0..=text.len().saturating_sub(1));
            match rng.usize(0..3) {
                0 if !text.is_empty() => drop(text.remove(at)),
                1 => text.insert(at.min(text.len()), documents::sign(&mut rng)),
                _ => text.truncate(at),
            }
        }
        let text: String = text.into_iter().collect();
        let Ok(mut doc) = Document::parse(text.clone()) else {
            refused += 1;
            continue;
        };
        assert_spans_nest(doc.root(), &text);
        let before = Data::of(doc.root());
        let edit = Edit::random(&mut rng, doc.root());
        match edit.make(&mut doc) {
            Ok(()) => assert!(doc.root().as_map().is_some()),
            Err(EditError::Refused { .. }) => assert!(before.is_in(doc.root()) && doc.text() == text),
            Err(e) => panic!("{e}\n{edit:?}\n{text:?}"),
        }
    }
    assert!((1_000..11_000).contains(&refused), "{refused} refused");
}

#[test]
fn fresh_files_say_what_they_were_given() {
    for seed in 0..5_000 {
        let mut rng = Rng::with_seed(seed);
        let entries = (0..rng.usize(0..6)).map(|n| (format!("key {n}"), edits::data(&mut rng, 3))).collect();
        let data = Data::Map(entries);
        let text = kontor::yaml::to_text(&data);
        let root = kontor::yaml::parse(&text).unwrap_or_else(|e| panic!("{e}\n{data:?}\n{text}"));
        assert!(data.is_in(&root), "{data:?}\n{text}");
        oracle::assert_agrees(&root, &text);
    }
}

#[test]
fn a_second_document_is_refused_wherever_it_starts() {
    with_documents(0..500, |text, doc, _| {
        if doc.root().as_map().is_some_and(<[_]>::is_empty) {
            return; // Nothing, `---`, a record: that is one record.
        }
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let two = format!("{text}{newline}---{newline}a: 1{newline}");
        let error = Document::parse(two.clone()).unwrap_err();
        assert_eq!(error.message(), "a second document begins here", "{two:?}");
    });
}

/// The unique part of every comment, and where it starts.
fn comments(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("# c").filter_map(|(at, _)| {
        let rest = &text[at..];
        rest.find(';').map(|end| (at, &rest[..=end]))
    })
}

/// Every part lies in its whole, behind the part before it, and spells what it says.
fn assert_spans_nest(node: &Node, text: &str) {
    let mut at = node.span.start;
    let mut inside = |start: usize, end: usize| {
        assert!(at <= start && start <= end && end <= node.span.end, "{:?}\n{text:?}", node.span);
        at = end;
    };
    match &node.kind {
        NodeKind::Scalar { text: content, style } => {
            let raw = node.span.of(text);
            if *style == kontor::yaml::Style::Plain && !raw.contains(['\n', '\r']) {
                assert_eq!(raw, content);
            }
        }
        NodeKind::List(items) => items.iter().for_each(|item| inside(item.span.start, item.span.end)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                inside(key.span.start, key.span.end);
                inside(value.span.start, value.span.end);
            }
        }
    }
    match &node.kind {
        NodeKind::List(items) => items.iter().for_each(|item| assert_spans_nest(item, text)),
        NodeKind::Map(entries) => entries.iter().for_each(|(_, value)| assert_spans_nest(value, text)),
        NodeKind::Scalar { .. } => {}
    }
}
