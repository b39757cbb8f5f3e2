//! Two texts of which only a part differs, cut so that this part is what one sees.

use super::width::{graphemes, width};
use super::{cut, safe};
use unicode_segmentation::UnicodeSegmentation;

/// Both texts as a line each, made [`safe`](super::safe) and at most so wide. Where one is wider, both are cut at
/// the same place before and each after the part that differs: `… she comes on Monday …`, `… she comes on Friday …`.
/// Where only white space differs, line breaks show as `⏎`.
pub fn contrast(old: &str, new: &str, columns: usize) -> (String, String) {
    let lines = |text: &str| text.replace("\r\n", "\n").replace('\n', " ⏎ ");
    let spaced = old != new && old.split_whitespace().eq(new.split_whitespace());
    let safely = |text: &str| if spaced { safe(&lines(text)).into_owned() } else { safe(text).into_owned() };
    let (old, new) = (safely(old), safely(new));
    let (whole_old, whole_new) = (width(&old), width(&new));
    if whole_old.max(whole_new) <= columns {
        return (old, new);
    }
    let before: usize =
        graphemes(&old).zip(graphemes(&new)).take_while(|(a, b)| a == b).map(|((c, _), _)| c.len()).sum();
    let backwards = graphemes(&old[before..]).rev().zip(graphemes(&new[before..]).rev());
    let after: usize = backwards.take_while(|(a, b)| a == b).map(|((_, width), _)| width).sum();
    let ahead = width(&old[..before]);
    let differing = whole_old.max(whole_new).saturating_sub(ahead + after);
    // What differs is in sight from the beginning, with the sign that the text goes on.
    if ahead + differing < columns {
        return (cut(&old, columns).into_owned(), cut(&new, columns).into_owned());
    }
    let start = lead_in(&old[..before], columns / 3);
    let side = |text: &str| match start {
        0 => cut(text, columns).into_owned(),
        _ => format!("… {}", cut(&text[start..], columns.saturating_sub(2))),
    };
    (side(&old), side(&new))
}

/// Where to begin so that at most so many columns stand before the end of the text: with a word, or within one
/// that is longer than that.
fn lead_in(text: &str, columns: usize) -> usize {
    let mut room = columns;
    let fitting = graphemes(text).rev().map_while(|(cluster, width)| {
        room = room.checked_sub(width)?;
        Some(cluster.len())
    });
    let earliest = text.len() - fitting.sum::<usize>();
    let is_word = |word: &str| word.chars().any(char::is_alphanumeric);
    let mut words = text.split_word_bound_indices().filter(|(at, word)| *at >= earliest && is_word(word));
    words.next().map_or_else(|| text.len() - text[earliest..].trim_start().len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(columns: usize, old: &str, new: &str, expect: (&str, &str)) {
        let (old, new) = contrast(old, new, columns);
        assert_eq!((old.as_str(), new.as_str()), expect);
    }

    #[test]
    fn short_texts_are_whole() {
        check(20, "Proposal", "Negotiation", ("Proposal", "Negotiation"));
        check(20, "one\ntwo", "one\nthree", ("one two", "one three"));
        check(20, "", "new", ("", "new"));
    }

    #[test]
    fn the_part_that_differs_is_in_sight() {
        let old =
            "Purchasing moves in January, so ask Marta before Monday whether the pilot can run until then.";
        let new = old.replace("Monday", "Friday");
        check(
            36,
            old,
            &new,
            ("… before Monday whether the pilot c…", "… before Friday whether the pilot c…"),
        );
        let (a, b) = contrast(old, &new, 60);
        assert!(a.starts_with("Purchasing moves") && a.contains("Monday") && b.contains("Friday"), "{a} {b}");
    }

    #[test]
    fn what_was_added_at_the_end() {
        let old = "The pump fails when the line is restarted.";
        let new = format!("{old} The fuse is fine.");
        check(30, old, &new, ("… restarted.", "… restarted. The fuse is fine."));
    }

    #[test]
    fn within_a_word_that_is_too_long_and_between_words_without_blanks() {
        let key = "abcdefghijklmnopqrstuvwxyz0123456789";
        check(12, &format!("{key}x"), &format!("{key}y"), ("… 6789x", "… 6789y"));
        let company = "黒田製作所東京工場";
        check(12, &format!("{company}甲"), &format!("{company}乙"), ("… 工場甲", "… 工場乙"));
    }

    #[test]
    fn white_space_alone() {
        check(40, "one\ntwo", "one two", ("one ⏎ two", "one two"));
        check(40, "one\n", "one", ("one ⏎ ", "one"));
    }

    proptest! {
        #[test]
        fn never_too_wide_and_never_alike(
            head in "[a-z黒é ]{0,60}", old in "[a-z黒\n ]{0,40}", new in "[a-z黒\n ]{0,40}", columns in 12usize..60,
        ) {
            let (old, new) = (format!("{head}{old}|"), format!("{head}{new}|"));
            let (a, b) = contrast(&old, &new, columns);
            prop_assert!(width(&a) <= columns && width(&b) <= columns, "{a:?} {b:?}");
            prop_assert_eq!(a == b, old == new, "{:?} {:?}", a, b);
        }
    }
}
