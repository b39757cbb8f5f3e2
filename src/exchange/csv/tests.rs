use super::*;
use proptest::prelude::*;

fn rows(bytes: &[u8]) -> (Vec<Vec<String>>, Format) {
    let (table, format) = read(bytes, None, None).unwrap();
    let rows = table.rows.into_iter().map(|row| row.cells);
    (std::iter::once(table.headers).chain(rows).collect(), format)
}

fn utf16(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(bytes);
    let mark: Vec<u8> = if mark { bytes(0xfeff).to_vec() } else { Vec::new() };
    mark.into_iter().chain(units).collect()
}

#[test]
fn every_encoding_reads_the_same() {
    let text = "name,city\nMüller,Köln\nBjörk,Århus\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for (bytes, told) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        (marked, "UTF-8 with BOM"),
        (latin, "windows-1252"),
        (utf16(text, true, u16::to_le_bytes), "UTF-16LE with BOM"),
        (utf16(text, true, u16::to_be_bytes), "UTF-16BE with BOM"),
        (utf16(text, false, u16::to_le_bytes), "UTF-16LE"),
        (utf16(text, false, u16::to_be_bytes), "UTF-16BE"),
    ] {
        let (rows, format) = rows(&bytes);
        assert_eq!(rows, [["name", "city"], ["Müller", "Köln"], ["Björk", "Århus"]], "{told}");
        assert_eq!(format.encoding.to_string(), told);
    }
    // Windows' own signs, which Latin-1 does not have.
    assert_eq!(rows(b"a\n\x80 5 \x96 \x93x\x94\n").0[1], ["€ 5 – “x”"]);
    // One program's text in another's file.
    let (mixed, format) = rows(b"name,city\nM\xc3\xbcller,\xc3\x85rhus\nBj\xf6rk,\n");
    assert_eq!(mixed[1..], [["Müller", "Århus"], ["Björk", ""]]);
    assert_eq!(format.encoding.to_string(), "UTF-8 with bytes of windows-1252");
    let forced = Encoding::named("latin2").unwrap();
    assert_eq!(read(b"a\n\xb3\n", Some(forced), None).unwrap().0.rows[0].cells, ["ł"]);
    assert_eq!(Encoding::named("klingon"), Err(CsvError::UnknownEncoding("klingon".into())));
}

#[test]
fn every_delimiter_is_found() {
    for (text, told, cells) in [
        ("a,b\n1,2\n", "comma", 2),
        ("a;b\n1,5;2,5\n3,5;4,5\n", "semicolon", 2),
        ("a\tb\tc\n1, 2\t3\t4\n", "tab", 3),
        ("a|b\n1|2\n", "pipe", 2),
        ("name\nMüller, Meier; Schulz\n", "comma", 1),
        ("sep=;\nname;city\nA, B;C\n", "semicolon", 2),
        ("name,note\nx,\"a;b;c;d\"\ny,\"e;f;g;h\"\n", "comma", 2),
        ("first name,last name,city\r\nx,y,z\r\n", "comma", 3),
    ] {
        let (rows, format) = rows(text.as_bytes());
        assert_eq!((format.delimiter.to_string().as_str(), rows[0].len()), (told, cells), "{text}");
    }
    assert_eq!("^".parse::<Delimiter>().map(|d| d.to_string()), Ok("^".into()));
    for bad in ["", "ab", "\"", "x"] {
        assert_eq!(bad.parse::<Delimiter>(), Err(CsvError::BadDelimiter(bad.into())));
    }
}

#[test]
fn quotes_hold_newlines_delimiters_and_quotes() {
    let (table, _) = read(b"a,b\r\n\"x\r\ny\",\"1,2\"\r\n\"say \"\"hi\"\"\",z\r\n", None, None).unwrap();
    assert_eq!(table.rows[0].cells, ["x\r\ny", "1,2"]);
    assert_eq!(table.rows[1].cells, ["say \"hi\"", "z"]);
    assert_eq!((table.rows[0].line, table.rows[1].line), (2, 4));
}

#[test]
fn names_of_columns_differ_and_empty_rows_are_left_out() {
    let (table, _) = read(b"Email, Email ,,Email\n,,\n \n1,2\n1,2,3,4,5\n", None, None).unwrap();
    assert_eq!(table.headers, ["Email", "Email 2", "column 3", "Email 3"]);
    assert_eq!(table.rows.iter().map(|r| r.cells.len()).collect::<Vec<_>>(), [2, 5]);
    assert_eq!((table.rows[0].cell(1), table.rows[0].cell(3)), ("2", ""));
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(read(b"", None, None), Err(CsvError::Empty));
    assert_eq!(read(b"\xef\xbb\xbf\n \n", None, None), Err(CsvError::Empty));
    assert_eq!(read(b"PK\x03\x04\0\0\0\0\0\0data", None, None), Err(CsvError::Binary));
    let wide = ",".repeat(MAX_COLUMNS) + "x";
    assert_eq!(read(wide.as_bytes(), None, None), Err(CsvError::TooWide(MAX_COLUMNS + 1)));
}

#[test]
fn a_line_of_ten_megabytes_is_a_line() {
    let text = format!("name,note\nA,{}\nB,x\n", "y".repeat(10 << 20));
    let (table, _) = read(text.as_bytes(), None, None).unwrap();
    assert_eq!(table.rows[0].cells[1].len(), 10 << 20);
    assert_eq!(table.rows[1].cells, ["B", "x"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_table_reads_back_as_it_was_written(
        (headers, body) in (2usize..6).prop_flat_map(|width| (
            proptest::collection::vec("[a-z]{1,6}", width),
            proptest::collection::vec(proptest::collection::vec("[^\\x00]{0,12}", width), 0..8),
        ))
    ) {
        prop_assume!(headers.iter().collect::<std::collections::BTreeSet<_>>().len() == headers.len());
        let all = std::iter::once(&headers).chain(&body);
        let bytes = write(all.map(|row| row.iter().map(String::as_str)));
        let (table, _) = read(&bytes, Some(Encoding::named("utf-8").unwrap()), Some(Delimiter::COMMA)).unwrap();
        prop_assert_eq!(&table.headers, &headers);
        let kept: Vec<_> = body.into_iter().filter(|row| row.iter().any(|c| !c.trim().is_empty())).collect();
        prop_assert_eq!(table.rows.into_iter().map(|row| row.cells).collect::<Vec<_>>(), kept);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok((table, _)) = read(&bytes, None, None) {
            prop_assert!(!table.headers.is_empty());
        }
    }
}

#[test]
fn quotes_that_do_not_close_are_told_by_line() {
    for (text, expect) in [
        ("a,b\n\"x\",\"y \"\"z\"\"\"\n", (None, None)),
        ("a,b\nx\"y,z\n", (None, None)),
        ("a,b\n\"x\ny\",z\n", (None, None)),
        ("a,b\r\n\"\",\"\"\r\n", (None, None)),
        ("a,b\nx,y\n\"x,y\nz,w\n", (None, Some(3))),
        ("a,b\nx,\"bo\"lt\n", (Some(2), None)),
        ("a,b\nx,\"bo\"lt\ny,\"z\n", (Some(2), Some(3))),
        ("a,b\nx,\"y\"\"", (None, Some(2))),
        ("sep=;\na;b\r\"\r", (None, Some(3))),
    ] {
        let table = read(text.as_bytes(), None, None).unwrap().0;
        assert_eq!((table.broken_quote, table.open_quote), expect, "{text:?}");
    }
}

#[test]
fn lines_are_counted_however_they_end() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["a,b", "1,2", "", "\"3", "\",4", "5,6", ""].join(end);
        let table = read(text.as_bytes(), None, None).unwrap().0;
        let lines: Vec<u64> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4, 6], "{end:?}");
    }
}
