//! Cutting and padding by the width on screen.

use super::safe;
use super::width::{graphemes, width};
use std::borrow::Cow;

/// What stands for the part that was cut off.
const ELLIPSIS: &str = "…";

/// The text made [`safe`] and, if it is wider than `columns`, cut between characters and ended with `…`.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    let text = safe(text);
    if width(&text) <= columns {
        return text;
    }
    let mut room = columns.saturating_sub(1);
    let mut end = 0;
    for (cluster, width) in graphemes(&text) {
        if width > room {
            break;
        }
        room -= width;
        end += cluster.len();
    }
    let mut head = text[..end].trim_end_matches(' ').to_owned();
    if columns > 0 {
        head.push_str(ELLIPSIS);
    }
    Cow::Owned(head)
}

/// As [`cut`], but it is the beginning that goes: `…line-4-sensors-7f3k`.
pub fn cut_start(text: &str, columns: usize) -> Cow<'_, str> {
    let text = safe(text);
    if width(&text) <= columns {
        return text;
    }
    let mut room = columns.saturating_sub(1);
    let mut start = text.len();
    for (cluster, width) in graphemes(&text).rev() {
        if width > room {
            break;
        }
        room -= width;
        start -= cluster.len();
    }
    let mut tail = if columns > 0 { ELLIPSIS.to_owned() } else { String::new() };
    tail.push_str(text[start..].trim_start_matches(' '));
    Cow::Owned(tail)
}

/// The text made [`safe`] in exactly `columns` columns: cut with `…` or padded with blanks at its end.
pub fn fit(text: &str, columns: usize) -> String {
    let mut out = cut(text, columns).into_owned();
    let missing = columns.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

/// As [`fit`], with the text at the right.
pub fn fit_right(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let mut out = " ".repeat(columns.saturating_sub(width(&text)));
    out.push_str(&text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths() {
        let check = |text: &str, expect| assert_eq!(width(text), expect, "{text:?}");
        check("", 0);
        check("Acme", 4);
        check("Größe", 5);
        check("e\u{301}", 1);
        check("黒田製作所", 10);
        check("👩‍👩‍👧", 2);
        check("❤️", 2);
        check("85,000 €", 8);
    }

    #[test]
    fn fits() {
        let check = |text: &str, columns, expect: &str| assert_eq!(fit(text, columns), expect, "{text:?}");
        check("Acme", 6, "Acme  ");
        check("Acme", 4, "Acme");
        check("Acme GmbH", 6, "Acme… ");
        check("Acme GmbH", 7, "Acme G…");
        check("Acme", 1, "…");
        check("Acme", 0, "");
        check("黒田製作所", 7, "黒田製…");
        check("黒田製作所", 6, "黒田… ");
        check("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…");
        check("a\nb\u{1b}[2Jc", 6, "a bc  ");
        assert_eq!(fit_right("7", 3), "  7");
        assert_eq!(fit_right("12345", 3), "12…");
    }

    #[test]
    fn the_beginning_goes() {
        let check =
            |text: &str, columns, expect: &str| assert_eq!(cut_start(text, columns), expect, "{text:?}");
        check("Acme", 4, "Acme");
        check("Acme GmbH", 6, "…GmbH");
        check("Acme GmbH", 3, "…bH");
        check("黒田製作所", 6, "…作所");
        check("Acme", 1, "…");
        check("Acme", 0, "");
    }

    #[test]
    fn cut_borrows_what_fits() {
        assert!(matches!(cut("Größe", 5), Cow::Borrowed("Größe")));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn fit_is_exact(text in "(\\PC|[\u{0}-\u{a0}\u{300}-\u{310}黒田👩\u{200d}\u{fe0f}🇩🇪\u{600}क्ष]){0,20}", columns in 0usize..24) {
            prop_assert_eq!(width(&fit(&text, columns)), columns);
            prop_assert_eq!(width(&fit_right(&text, columns)), columns);
            prop_assert!(width(&cut(&text, columns)) <= columns);
        }

        #[test]
        fn what_fits_is_not_cut(text in "\\PC{0,12}") {
            let shown = safe(&text);
            prop_assert_eq!(cut(&text, width(&shown)), shown.clone());
            prop_assert!(fit(&text, 60).starts_with(&*shown));
        }
    }
}
