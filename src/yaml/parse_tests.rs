use super::*;

/// The tree with the bytes of each scalar in the file: `{key=‹raw›, list=[…]}`.
fn raw(node: &Node, text: &str) -> String {
    match &node.kind {
        NodeKind::Scalar { .. } => format!("‹{}›", node.span.of(text)),
        NodeKind::List(items) => {
            format!("[{}]", items.iter().map(|n| raw(n, text)).collect::<Vec<_>>().join(", "))
        }
        NodeKind::Map(entries) => {
            let entry = |(k, n): &(Key, Node)| format!("{}={}", k.span.of(text), raw(n, text));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

#[track_caller]
fn check_raw(input: &str, expect: &str) {
    match parse(input) {
        Ok(root) => assert_eq!(raw(&root, input), expect, "for {input:?}"),
        Err(e) => panic!("{e} for {input:?}"),
    }
}

#[track_caller]
fn check_error(input: &str, expect: &str) {
    match parse(input) {
        Ok(root) => panic!("parsed to {} for {input:?}", raw(&root, input)),
        Err(e) => {
            let found = format!("{}:{} {}", e.line, e.column, e.message());
            assert_eq!(found, expect, "for {:.200?}", input);
            assert!(!e.hint().is_empty());
        }
    }
}

#[track_caller]
fn check_text(input: &str, expect: &str) {
    let root = parse(input).unwrap();
    assert_eq!(root.get("a").unwrap().as_text(), Some(expect), "for {input:?}");
}

#[test]
fn scalars_are_text_and_know_their_bytes() {
    check_raw("a: NO\nb: 007 # agent\nc: 1.10\n", "{a=‹NO›, b=‹007›, c=‹1.10›}");
    check_raw("a:   x y  \t # c\n", "{a=‹x y›}");
    check_raw(
        "a: 'it''s' # c\n\"b\": \"q\\\"\\\\\"\n'c d': x",
        "{a=‹'it''s'›, \"b\"=‹\"q\\\"\\\\\"›, 'c d'=‹x›}",
    );
    check_raw("a: one\n  two\n\n  three # c\nb: 'x\n\n  y'\n", "{a=‹one\n  two\n\n  three›, b=‹'x\n\n  y'›}");
    check_raw("a:\n  b\nc:\n  # c\n  'd'\n", "{a=‹b›, c=‹'d'›}");
    check_text("a: x\ty", "x\ty");
    check_text("a: http://x.example/#frag?a=b", "http://x.example/#frag?a=b");
}

#[test]
fn bytes_are_bytes_whatever_the_characters() {
    check_raw("ключ: Ünï # ö\n黒田: '製作所'\nz: é\n", "{ключ=‹Ünï›, 黒田=‹'製作所'›, z=‹é›}");
    check_raw("a: [ü, {ö: ä}, \"ß\"] # ü\nb: x", "{a=[‹ü›, {ö=‹ä›}, ‹\"ß\"›], b=‹x›}");
    check_raw("a: |\n  üü\n  é\nb: ö", "{a=‹|\n  üü\n  é›, b=‹ö›}");
    check_raw("\u{feff}a: ü\r\nb: ö\r\n", "{a=‹ü›, b=‹ö›}");
    check_raw("# ünï\n# 黒\na: 👩‍👩‍👧 x # 👍\nb: 1\n", "{a=‹👩‍👩‍👧 x›, b=‹1›}");
    let root = parse("ключ: x\n").unwrap();
    assert_eq!(root.get("ключ").unwrap().column, 7);
}

#[test]
fn block_scalars_end_at_their_last_line() {
    check_raw("a: |\n  x\n  y\n\nb: 1\n", "{a=‹|\n  x\n  y›, b=‹1›}");
    check_raw("a: |-\n  x\n\n\n", "{a=‹|-\n  x›}");
    check_raw("a: |+\n  x\n\n\nb: 1", "{a=‹|+\n  x\n\n›, b=‹1›}");
    check_raw("a: >2-\n    x\n   y\n # c\nb: 1", "{a=‹>2-\n    x\n   y›, b=‹1›}");
    check_raw("a: | # note\n  x\n# c\nb: 1", "{a=‹| # note\n  x›, b=‹1›}");
    check_raw("a: |   # note\nb: >\n", "{a=‹|›, b=‹>›}");
    check_raw("a: |+\n\n\nb: 1", "{a=‹|+\n\n›, b=‹1›}");
    check_raw("a: |+\n\n\n", "{a=‹|+\n\n›}");
    check_raw("a: |\n  x\n     \n  y  \n   \n", "{a=‹|\n  x\n     \n  y  \n   ›}");
    check_raw("a: |\n  x", "{a=‹|\n  x›}");
    check_raw("a: |\r\n  x\r\n\r\n  y\r\nb: 1\r\n", "{a=‹|\r\n  x\r\n\r\n  y›, b=‹1›}");
    check_raw(
        "- a\n".replace("- a", "a:\n- |\n x\n- b: >-\n   y\n").as_str(),
        "{a=[‹|\n x›, {b=‹>-\n   y›}]}",
    );
    check_text("a: |\n  x\n   y\n\n", "x\n y\n");
    check_text("a: |+\n  x\n\n", "x\n\n");
    check_text("a: |-\n  # no comment\n  x: y\n", "# no comment\nx: y");
    check_text("a: >\n  x\n  y\n\n  z\n", "x y\nz\n");
    check_text("a: |\n  x\n\ty: no\n".replace('\t', "  \t").as_str(), "x\n\ty: no\n");
}

#[test]
fn collections_of_every_kind() {
    check_raw("a:\n- x\n- y\nb:\n  - z\n", "{a=[‹x›, ‹y›], b=[‹z›]}");
    check_raw(
        "a:\n  - b: 1\n    c: 2\n  - - x\n    - y\n  -\n    d: 3\n",
        "{a=[{b=‹1›, c=‹2›}, [‹x›, ‹y›], {d=‹3›}]}",
    );
    check_raw("a: [ ]\nb: {}\nc: [x, [y], {z: 1, w}, ]\n", "{a=[], b={}, c=[‹x›, [‹y›], {z=‹1›, w=‹›}]}");
    check_raw("a: {\n  b: 1, # c\n  'd':2,\n  \"e\":[f]\n}\n", "{a={b=‹1›, 'd'=‹2›, \"e\"=[‹f›]}}");
    check_raw("a: [b: c, d]\n", "{a=[{b=‹c›}, ‹d›]}");
    check_raw("{a: b, c: }", "{a=‹b›, c=‹›}");
    check_raw("---\na: 1\n...\n# end\n", "{a=‹1›}");
    check_raw("--- # c\na: 1", "{a=‹1›}");
    check_raw("a: {b: }\nc: [~, '']\n", "{a={b=‹›}, c=[‹~›, ‹''›]}");
}

#[test]
fn nothing_is_an_empty_map() {
    for input in ["", "\n", "# c\n", "\u{feff}", "---\n", "--- # c\n", "...\n", "---\n...\n", "  \n\n# x"] {
        check_raw(input, "{}");
    }
}

#[test]
fn empty_values_stand_behind_their_indicator() {
    let text = "a:\nb: # c\nc:\n  -\n  - # x\n  - y\nd: ~\n";
    let root = parse(text).unwrap();
    let at = |node: &Node| (node.span.start, node.span.end, node.line, node.column);
    assert_eq!(at(root.get("a").unwrap()), (2, 2, 1, 3));
    assert_eq!(at(root.get("b").unwrap()), (5, 5, 2, 3));
    assert_eq!(at(&root.get("c").unwrap().as_list().unwrap()[0]), (16, 16, 4, 4));
    assert!(root.get("a").unwrap().is_null() && root.get("d").unwrap().is_null());
}

#[test]
fn what_does_not_belong_in_a_record_is_refused() {
    check_error("a: &x 1\n", "1:4 an anchor (&name) has no place in a record");
    check_error("a: 1\nb: *a\n", "2:4 an alias (*name) has no place in a record");
    check_error("a: &x 1\nb: *x\n", "1:4 an anchor (&name) has no place in a record");
    check_error("a: !!str 1\n", "1:4 a tag (!name) has no place in a record");
    check_error("a: !x [1]\n", "1:4 a tag (!name) has no place in a record");
    check_error("a: !x &y [1]\n", "1:4 a tag (!name) has no place in a record");
    check_error("a: !e!x 1\n", "1:4 a tag (!name) has no place in a record");
    check_error("&x a: 1\n", "1:1 an anchor (&name) has no place in a record");
    check_error("a: &x\n  b: 1\n", "1:4 an anchor (&name) has no place in a record");
    check_error("a: &x\nb: 1\n", "1:4 an anchor (&name) has no place in a record");
    check_error("%YAML 1.2\n---\na: 1\n", "1:1 a directive (%…) has no place in a record");
    check_error("a: 1\n---\nb: 1\n", "2:1 a second document begins here");
    check_error("a: 1\n---\n", "2:1 a second document begins here");
    check_error("a: 1\nb: 2\n\"a\": 3\n", "3:1 `a` is here a second time, first on line 1");
    check_error("a:\n  - {b: 1, b: 2}\n", "2:12 `b` is here a second time, first on line 2");
    check_error("? a\n: b\n", "1:1 a key written with `?` is not supported");
    check_error("? [a]\n: b\n", "1:1 a key written with `?` is not supported");
    check_error("[a]: b\n", "1:1 a list or a map cannot be a key");
    check_error("{a: 1}: b\n", "1:1 a list or a map cannot be a key");
    check_error("a: 1\n: b\n", "2:1 the key before this `:` is missing");
    check_error("- a\n", "1:1 the file holds a list where `field: value` lines belong");
    check_error("just text\n", "1:1 the file holds text where `field: value` lines belong");
    check_error("a: \u{1b}[31m\n", "1:4 control character U+001B");
}

#[test]
fn mistakes_of_syntax_are_explained() {
    check_error("a:\n\tb: 1\n", "2:2 a tab indents this line");
    check_error("a: b: c\n", "1:5 a `:` where no key can stand");
    check_error("a: 1\nb\nc: 2\n", "2:1 this line is not a `key: value`");
    check_error("a: 1\n\n  b:\n    c\n", "3:4 a `:` where no key can stand");
    check_error("a: 1\nb\n\n", "2:1 this line is not a `key: value`");
    check_error("a: \"x\nb: 1\n", "1:4 the quote that opens here is not closed before the next field");
    check_error("a: 'x", "1:4 the quote that opens here is never closed");
    check_error("a: 'x' y\n", "1:8 text behind the closing quote");
    check_error("a: [x\nb: 1\n", "2:2 a `:` inside a list in brackets");
    check_error("a: [\n  - x\n  ]\n", "2:3 a list with dashes inside brackets");
    check_error("a: @x\n", "1:4 a text cannot start with this character");
    check_error("a: - x\n", "1:4 a list cannot start here");
    check_error("a:\n  b: 1\n c: 2\n", "3:2 this line does not fit the map around it");
    check_error("a: \"\\q\"\n", "1:4 an unknown escape in double quotes");
    check_error("a: ]\n", "1:4 a closing bracket that nothing opened");
}

#[test]
fn limits_come_first() {
    check_error(&format!("a: {}", "[".repeat(30_000)), "1:259 lists and maps are nested more than 64 deep");
    check_error(&"- ".repeat(30_000), "1:129 lists and maps are nested more than 64 deep");
    check_error(&"a: x\n".repeat(300_000), "1:1 the file has 1500000 bytes, more than the 1048576 allowed");
    check_error(&format!("a: [{}]", "x,".repeat(200_000)), "1:1 the file has more than 20000 values");
    let lines: String = (0..20_001).map(|n| format!("- {n}\n")).collect();
    check_error(&format!("a:\n{lines}"), "20000:3 the file has more than 20000 values");
    let deep = |n: usize| format!("a: {}{}", "[".repeat(n), "]".repeat(n));
    assert!(parse(&deep(63)).is_ok());
    check_error(&deep(64), "1:67 lists and maps are nested more than 64 deep");
    let error = parse_bytes(b"a: 1\nb: \xff\n").unwrap_err();
    assert_eq!((error.line, error.column, error.kind), (2, 4, YamlErrorKind::NotUtf8));
    assert!(matches!(parse_bytes(&[0xff; 2_000_000]).unwrap_err().kind, YamlErrorKind::TooLarge { .. }));
}

#[test]
fn large_maps_find_duplicates_too() {
    let mut text: String = (0..5000).map(|n| format!("k{n}: {n}\n")).collect();
    assert_eq!(parse(&text).unwrap().as_map().unwrap().len(), 5000);
    text.push_str("k77: x\n");
    check_error(&text, "5001:1 `k77` is here a second time, first on line 78");
}
