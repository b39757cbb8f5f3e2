use super::*;

/// `lines[0].quantity` as a path.
fn path(text: &str) -> Path {
    let mut path = Path::root();
    for part in text.split('.').filter(|part| !part.is_empty()) {
        let mut pieces = part.split('[');
        path = pieces.next().into_iter().filter(|key| !key.is_empty()).fold(path, |path, key| path.key(key));
        for index in pieces {
            path = path.index(index.trim_end_matches(']').parse().unwrap());
        }
    }
    path
}

fn text(text: &str) -> Data {
    Data::text(text)
}

fn list(items: &[&str]) -> Data {
    Data::List(items.iter().map(|item| text(item)).collect())
}

fn map(entries: &[(&str, &str)]) -> Data {
    Data::Map(entries.iter().map(|(key, value)| ((*key).into(), text(value))).collect())
}

#[track_caller]
fn check(input: &str, edit: impl FnOnce(&mut Document) -> Result<(), EditError>, expect: &str) {
    let mut doc = Document::parse(input).unwrap();
    if let Err(e) = edit(&mut doc) {
        panic!("{e}\nfor {input:?}");
    }
    assert_eq!(doc.text(), expect, "for {input:?}");
}

#[track_caller]
fn check_set(input: &str, at: &str, data: &Data, expect: &str) {
    check(input, |doc| doc.set(&path(at), data), expect);
}

#[track_caller]
fn check_remove(input: &str, at: &str, expect: &str) {
    check(input, |doc| doc.remove(&path(at)), expect);
}

#[test]
fn a_scalar_changes_alone() {
    check_set("a: x  # c\nb: y\n", "a", &text("z"), "a: z  # c\nb: y\n");
    check_set("a: 'x'\n", "a", &text("it's"), "a: 'it''s'\n");
    check_set("a: \"x\"\n", "a", &text("say \"hi\""), "a: \"say \\\"hi\\\"\"\n");
    check_set("a: x\n", "a", &text("say \"hi\""), "a: say \"hi\"\n");
    check_set("a: x\n", "a", &text("\"hi\""), "a: '\"hi\"'\n");
    check_set("a:\r\n  x # c\r\nb: y", "a", &text("z"), "a:\r\n  z # c\r\nb: y");
    check_set("a: one\n  two\nb: y\n", "a", &text("z"), "a: z\nb: y\n");
    check_set("\u{feff}ключ: ü # ö\n", "ключ", &text("黒"), "\u{feff}ключ: 黒 # ö\n");
    check_set("a: [x, {b: 'y', c: z}] # c\n", "a[1].b", &text("w, v"), "a: [x, {b: 'w, v', c: z}] # c\n");
    check_set("a: [x, y]\n", "a[1]", &text("b -"), "a: [x, \"b -\"]\n");
    check_set("a: [x, y]\n", "a[1]", &text("b, c"), "a: [x, \"b, c\"]\n");
    check_set("a:\n- b: 1\n  c: 2\n- d: 3\n", "a[0].c", &Data::plain("5"), "a:\n- b: 1\n  c: 5\n- d: 3\n");
}

#[test]
fn what_says_so_already_is_not_touched() {
    for input in ["a: 'x'", "a: x # c\n", "a: >-\n  x\n"] {
        check_set(input, "a", &text("x"), input);
    }
    check_set("a: ~\n", "a", &Data::Null, "a: ~\n");
    check_set("a: {b: no,   c: 'd'}\n", "a", &map(&[("b", "no"), ("c", "d")]), "a: {b: no,   c: 'd'}\n");
}

#[test]
fn nothing_becomes_something_and_back() {
    check_set("a:\nb: y\n", "a", &text("x"), "a: x\nb: y\n");
    check_set("a: # c\n", "a", &text("x"), "a: x # c\n");
    check_set("a:   # c\n", "a", &text("x"), "a: x   # c\n");
    check_set("a: ~ # c\n", "a", &text("x"), "a: x # c\n");
    check_set("a: x # c\n", "a", &Data::Null, "a: # c\n");
    check_set("a:\n  # c\n  x\n", "a", &Data::Null, "a:\n  # c\n  ~\n");
    check_set("a:\n  - \n  - y", "a[0]", &text("x"), "a:\n  - x \n  - y");
    check_set("a: {b: , c}\n", "a.b", &text("x"), "a: {b: x , c}\n");
    check_set("a: {b: , c}\n", "a.c", &text("x"), "a: {b: , c: x}\n");
    check_set("a: x\n", "a", &text(""), "a: \"\"\n");
    check_set("a:\n", "a.b.c", &text("x"), "a:\n  b:\n    c: x\n");
    check_set("a: # c\nd: y\n", "a.b", &text("x"), "a: # c\n  b: x\nd: y\n");
    check_set("a: {} # c\n", "a.b", &text("x"), "a: # c\n  b: x\n");
    check_set("a: []\n", "a[0]", &text("x"), "a: [x]\n");
    check_set("a: []\n", "a[0]", &map(&[("b", "c"), ("d", "e")]), "a:\n  - b: c\n    d: e\n");
    check_set("a: [{}]\n", "a[0].b", &text("x"), "a: [{b: x}]\n");
    check_set("a:\n- \n", "a[0].b", &text("x"), "a:\n- b: x \n");
}

#[test]
fn text_of_several_lines_becomes_a_block() {
    check_set("a: x # c\nb: y\n", "a", &text("one\ntwo\n"), "a: | # c\n  one\n  two\nb: y\n");
    check_set("a:\nb: y\n", "a", &text("one\n\ntwo"), "a: |-\n  one\n\n  two\nb: y\n");
    check_set("a: x\r\nb: y\r\n", "a", &text("one\ntwo\n\n"), "a: |+\r\n  one\r\n  two\r\n\r\nb: y\r\n");
    check_set("a: x\n", "a", &text("  one\ntwo"), "a: |2-\n    one\n  two\n");
    check_set("a: x", "a", &text("one\ntwo"), "a: |-\n  one\n  two");
    check_set("a: x", "a", &text("one\ntwo\n"), "a: |\n  one\n  two\n");
    check_set("a: [x]\n", "a[0]", &text("one\ntwo"), "a: [\"one\\ntwo\"]\n");
    check_set("a: x\n", "a", &text("one\u{7}\ntwo"), "a: \"one\\x07\\ntwo\"\n");
    check_set("a: |\n  one\nb: y\n", "a", &text("two"), "a: |-\n  two\nb: y\n");
    check_set("a: | # c\n  one\nb: y\n", "a", &text("two\nthree\n"), "a: | # c\n  two\n  three\nb: y\n");
    check_set("a: | # c\n  one\nb: y\n", "a", &Data::Null, "a: # c\nb: y\n");
    check_set("a: >\n  one\n  two\n", "a", &text("three\nfour\n"), "a: >\n  three\n\n  four\n");
    let long = "word ".repeat(20) + "end";
    let folded = format!("a: >-\n  {}word\n  {}end\n", "word ".repeat(14), "word ".repeat(5));
    check_set("a: >-\n  one\n  two\n", "a", &text(&long), &folded);
    check_set("a:\n- x\n- y\n", "a[0]", &text("one\ntwo\n"), "a:\n- |\n  one\n  two\n- y\n");
    check_set("a:\n  - b: x\n", "a[0].b", &text("one\ntwo\n"), "a:\n  - b: |\n      one\n      two\n");
}

#[test]
fn keys_are_added_where_they_belong() {
    check_set("a: x\n", "b", &text("w"), "a: x\nb: w\n");
    check_set("a: x", "b", &text("w"), "a: x\nb: w");
    check_set("a: x # c\n# end\n", "b", &text("w"), "a: x # c\nb: w\n# end\n");
    check_set("a:\n  b: x\n  # own\nc: y\n", "d", &text("z"), "a:\n  b: x\n  # own\nc: y\nd: z\n");
    check_set("a:\n    b: x\nc: y\n", "c2.d", &text("z"), "a:\n    b: x\nc: y\nc2:\n    d: z\n");
    check_set(
        "a:\n- x\n",
        "b",
        &list(&["y: z", &"long ".repeat(20)]),
        &format!("a:\n- x\nb:\n- \"y: z\"\n- \"{}\"\n", "long ".repeat(20)),
    );
    check_set("", "a", &text("x"), "a: x\n");
    check_set("# c", "a", &text("x"), "# c\na: x");
    check_set("---\n# c\n...\n", "a", &text("x"), "---\n# c\na: x\n...\n");
    check_set("{}\n", "a", &text("x"), "{a: x}\n");
    check_set("a: {b: x}\n", "a.c", &text("y: z"), "a: {b: x, c: \"y: z\"}\n");
    check_set("a:\n  b: x\nc: y\r\n", "c2", &text("z"), "a:\n  b: x\nc: y\r\nc2: z\r\n");
    check_set("a: x\n", "no", &text("w"), "a: x\n\"no\": w\n");
    check_set("a: |\n  x", "b", &text("w"), "b: w\na: |\n  x");
    check_set("a: |+\n  x\n\n", "b", &text("w"), "a: |+\n  x\n\nb: w\n");
    let order = |key: &str, input: &str, expect: &str| {
        check(input, |doc| doc.set_in_order(&path(key), &text("new"), &["a", "b", "c", "d"]), expect);
    };
    order("b", "a: x # c\nx: y\nd: z\n", "a: x # c\nb: new\nx: y\nd: z\n");
    order("c", "a: x\nx: y\n", "a: x\nc: new\nx: y\n");
    order("d", "a:\n  - x\n  # own\n\nx: y\n", "a:\n  - x\n  # own\nd: new\n\nx: y\n");
    order("e", "a: x\nx: y", "a: x\nx: y\ne: new");
}

#[test]
fn list_elements_come_and_go() {
    let insert = |input: &str, index, data: &Data, expect: &str| {
        check(input, |doc| doc.insert(&path("a"), index, data), expect);
    };
    insert("a:\n- x # c\n- y\n", 1, &text("z"), "a:\n- x # c\n- z\n- y\n");
    insert("a:\n  # c\n  - x\n", 0, &text("z"), "a:\n  # c\n  - z\n  - x\n");
    insert("a:\n  - x\nb: y\n", 1, &map(&[("c", "d"), ("e", "f")]), "a:\n  - x\n  - c: d\n    e: f\nb: y\n");
    insert("a: [x, y]\n", 2, &text("z"), "a: [x, y, z]\n");
    insert("a: [x, y,]\n", 0, &text("z"), "a: [z, x, y,]\n");
    insert("a: [\n  x, # cx\n  y # cy\n]\n", 2, &text("z"), "a: [\n  x, # cx\n  y, # cy\n  z\n]\n");
    insert("a: [\n  x,\n  y,\n]\n", 1, &text("z"), "a: [\n  x,\n  z,\n  y,\n]\n");
    insert("a:\n- |\n  x", 1, &text("z"), "a:\n- |-\n  x\n- z");
    insert("a: []", 0, &text("z"), "a: [z]");
    check("a:\n- - x\n- y\n", |d| d.insert(&path("a[0]"), 0, &text("z")), "a:\n- - z\n  - x\n- y\n");
    check("a:\n", |d| d.push(&path("a"), &text("z")), "a: [z]\n");
    check("b: x\n", |d| d.push(&path("a"), &text("z")), "b: x\na: [z]\n");
    check_remove("a:\n- x # c\n# own\n- y\n", "a[0]", "a:\n# own\n- y\n");
    check_remove("a:\n  - x\n  - y", "a[1]", "a:\n  - x");
    check_remove("a: [x, y, z]\n", "a[0]", "a: [y, z]\n");
    check_remove("a: [x, y, z]\n", "a[1]", "a: [x, z]\n");
    check_remove("a: [x, y, z]\n", "a[2]", "a: [x, y]\n");
    check_remove("a: [ x, ] # c\n", "a[0]", "a: [] # c\n");
    check_remove("a: [\n  x, # cx\n  y # cy\n]\n", "a[1]", "a: [\n  x # cx\n]\n");
    check_remove("a: [\n  x, # cx\n  y, # cy\n]\n", "a[0]", "a: [\n  y, # cy\n]\n");
    check_remove("a:\n- - x\n  - y\n", "a[0][0]", "a:\n- - y\n");
    check_remove("a:\n- - x # c\n  # own\n  - y\n", "a[0][0]", "a:\n-\n  # own\n  - y\n");
}

#[test]
fn the_last_part_leaves_an_empty_whole() {
    check_remove("a:\n  b: x # c\nd: y\n", "a.b", "a: {}\nd: y\n");
    check_remove("a: # c\n  # own\n  - x # cx\nd: y\n", "a[0]", "a: [] # c\n  # own\nd: y\n");
    check_remove("a:\n- b: x\n", "a[0].b", "a:\n- {}\n");
    check_remove("a:\n- - x\n- y\n", "a[0][0]", "a:\n- []\n- y\n");
    check_remove("a: {b: x}\n", "a.b", "a: {}\n");
    check_remove("a: x", "a", "");
    check_remove("# c\na: x\n# d\n", "a", "# c\n# d\n");
}

#[test]
fn keys_go_with_their_line_and_leave_the_comments_of_others() {
    check_remove("a: x\n# about b\nb: y # c\nc: z\n", "b", "a: x\n# about b\nc: z\n");
    check_remove("a: x # c\nb: y", "b", "a: x # c");
    check_remove("a: x\nb: |\n  one\n\nc: z\n", "b", "a: x\n\nc: z\n");
    check_remove("a: x\nb:\n- y\n- z\nc: z\n", "b", "a: x\nc: z\n");
    check_remove("a:\n- b: x # c\n  d: y\n", "a[0].b", "a:\n- d: y\n");
    check_remove("a: |\n  one\nb: x\n  # deep\nc: y\n", "b", "a: |\n  one\nc: y\n");
    check_remove("a: |+\n  one\nb: x\n\nc: y\n", "b", "a: |+\n  one\nc: y\n");
    check_remove("a: {b: x, c: y}\n", "a.c", "a: {b: x}\n");
    check_remove("a: |\n  x\nb: y", "b", "a: |\n  x\n");
}

#[test]
fn wholes_change_only_where_they_differ() {
    check_set("a:\n- x # cx\n- y # cy\n", "a", &list(&["x", "z", "y"]), "a:\n- x # cx\n- z\n- y # cy\n");
    check_set("a: [x, y, z]\n", "a", &list(&["y", "z"]), "a: [y, z]\n");
    check_set(
        "a:\n  b: x # c\n  # own\n  c: y\n",
        "a",
        &map(&[("b", "x"), ("d", "w"), ("c", "z")]),
        "a:\n  b: x # c\n  d: w\n  # own\n  c: z\n",
    );
    check_set("a: x # c\n", "a", &map(&[("b", "w")]), "a: # c\n  b: w\n");
    check_set("a:\n- x\nb: y\n", "a", &map(&[("b", "w")]), "a:\n  b: w\nb: y\n");
    check_set("a:\n  - x # c\nb: y\n", "a", &text("z"), "a: z\nb: y\n");
    check_set("a: # c\n  # own\n  - x\nb: y\n", "a", &text("z"), "a: z # c\n  # own\nb: y\n");
    check_set("a:\n- x # c\n", "a[0]", &map(&[("b", "w"), ("c", "z")]), "a:\n- b: w # c\n  c: z\n");
    check_set("a: x\n", "a", &Data::List(vec![]), "a: []\n");
}

#[test]
fn paths_that_lead_nowhere_are_refused() {
    let refused = |input: &str, at: &str, expect: &str| {
        let mut doc = Document::parse(input).unwrap();
        let error = doc.set(&path(at), &text("x")).unwrap_err();
        assert_eq!(error.to_string(), expect);
        assert_eq!(doc.text(), input);
    };
    let advice = "so nothing can be put under it: clear it first, or edit the file";
    refused("a: x\n", "a.b", &format!("a holds text, {advice}"));
    refused("a: [x]\n", "a.b", &format!("a holds a list, {advice}"));
    refused("a: [x]\n", "a[2]", "there is no a[2] to change");
    refused(
        "a: [b: c]\n",
        "a[0].d",
        "changing a[0].d would change more than that, because of how the file is written: edit the file by hand",
    );
    let mut doc = Document::parse("a: x\n").unwrap();
    let error = doc.set(&path("a"), &text(&"long".repeat(1 << 18))).unwrap_err();
    assert!(matches!(error, EditError::Limit { .. }), "{error}");
    assert!(matches!(doc.remove(&path("b")), Err(EditError::NotFound { .. })));
    assert!(matches!(doc.remove(&Path::root()), Err(EditError::NotFound { .. })));
    assert!(matches!(doc.insert(&path("a"), 0, &Data::Null), Err(EditError::NoParts { .. })));
    assert_eq!(doc.text(), "a: x\n");
}

#[test]
fn an_engine_that_is_wrong_changes_nothing() {
    use super::edit::{Edit, Engine, Op, Plan, Splice};
    /// Writes the right value and something else.
    struct Wrong(&'static str);
    impl Engine for Wrong {
        fn plans(&self, text: &str, _: &Node, _: &Edit) -> Vec<Plan> {
            vec![vec![Splice::new(0, text.len(), self.0)]]
        }
    }
    let input = "a: x\nb: 'y'\n";
    for wrong in [
        "a: z\n",
        "a: z\nb: y\n",
        "b: 'y'\na: z\n",
        "a: z\nb: 'y'\nc: w\n",
        "a: w\nb: 'y'\n",
        "a: [z]\nb: 'y'\n",
        "a: z: z",
    ] {
        let mut doc = Document::parse(input).unwrap();
        let made = doc.make_with(&Wrong(wrong), &path("a"), Op::Replace(&text("z")));
        assert!(matches!(made, Err(EditError::Refused { .. })), "{wrong:?}");
        assert_eq!(doc.text(), input);
    }
}

#[test]
fn text_that_looks_like_something_else_is_quoted() {
    let odd = "no NO n y Yes on off true FALSE null ~ 12 12:30 12:30:45 1_000 0x1f 0o17 017 1e3 1.5 .5 .inf -.INF .nan +1 -1 - -- \
        2026-11-21 2026-11-21T10:00:00Z = << @x *x &x !x %x |x >x `x ?x :x ,x [x ]x {x }x #x 'x \"x -x +34600123456 007 1.10 ... ---";
    let spaced = [" x", "x ", "x: y", "x #y", "x:", "", "? x", "- x", "2026-11-21 10:00:00", "\t", "x\ty"];
    for odd in odd.split_whitespace().chain(spaced) {
        let written = to_text(&map(&[("a", odd)]));
        let quoted = written.strip_prefix("a: ").unwrap();
        assert!(quoted.starts_with(['"', '\'']), "{written}");
        assert_eq!(parse(&written).unwrap().get("a").unwrap().as_text(), Some(odd));
    }
    let fine =
        "Acme, a@b.example https://x.example/#y x:y x#y Nope yes! 7f3k-call it's 42nd a-b A&B 50% [x] é 黒田";
    for fine in fine.split_whitespace().filter(|word| *word != "[x]").chain([
        "the 3 of us",
        "say \"hi\"",
        "1 Main St",
    ]) {
        assert_eq!(to_text(&map(&[("a", fine)])), format!("a: {fine}\n"));
    }
    for plain in
        ["12500.00 EUR", "-5", "1.10", "2026-11-21", "2026-11-21T10:00:00+01:00", "true", "30%", "1h30m"]
    {
        assert_eq!(to_text(&Data::Map(vec![("a".into(), Data::plain(plain))])), format!("a: {plain}\n"));
    }
    for odd in ["", "~", "x: y", "[x", " x"] {
        let written = to_text(&Data::Map(vec![("a".into(), Data::plain(odd))]));
        assert_eq!(written, format!("a: \"{odd}\"\n"));
    }
}

#[test]
fn a_fresh_file_is_written_plainly() {
    let data = Data::Map(vec![
        ("name".into(), text("Acme GmbH")),
        ("tags".into(), list(&["pilot", "iso9001"])),
        ("address".into(), map(&[("city", "Hamburg"), ("country", "NO")])),
        (
            "lines".into(),
            Data::List(vec![map(&[("id", "k7f3"), ("text", "one\ntwo\n")]), map(&[("id", "x")])]),
        ),
        ("none".into(), Data::Null),
        ("empty".into(), Data::List(vec![])),
        ("matrix".into(), Data::List(vec![list(&["a"]), Data::List(vec![Data::Null, map(&[])])])),
        ("notes".into(), text("first\n\n  second\n")),
    ]);
    let expect = "name: Acme GmbH\ntags: [pilot, iso9001]\naddress:\n  city: Hamburg\n  country: \"NO\"\nlines:\n  \
        - id: k7f3\n    text: |\n      one\n      two\n  - id: x\nnone:\nempty: []\nmatrix:\n  - [a]\n  - -\n    - {}\n\
        notes: |\n  first\n\n    second\n";
    assert_eq!(to_text(&data), expect);
    assert!(data.is_written_in(&parse(expect).unwrap()));
    assert_eq!(to_text(&Data::Map(vec![])), "");
}
