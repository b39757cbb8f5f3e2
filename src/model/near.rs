//! "Did you mean": the known word nearest to a misspelled one.

/// The candidate that differs least from `word`, if any is near enough to be what was meant: one typing mistake in up
/// to four letters, two in up to eight, or a third of the longer word's letters. Two letters that changed places are
/// one mistake.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|c| (strsim::damerau_levenshtein(&word, &c.to_lowercase()), c))
        .filter(|(distance, c)| *distance <= allowed(c.chars().count().max(word.chars().count())))
        .filter(|(distance, c)| *distance < c.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

fn allowed(letters: usize) -> usize {
    match letters {
        0..=4 => 1,
        5..=8 => 2,
        more => more / 3,
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_typos_and_nothing_else() {
        let stages = ["qualification", "proposal", "negotiation", "won", "lost"];
        assert_eq!(nearest("propsal", stages), Some("proposal"));
        assert_eq!(nearest("Negociation", stages), Some("negotiation"));
        assert_eq!(nearest("wno", stages), Some("won"));
        assert_eq!(nearest("foo", ["fax"]), None);
        assert_eq!(nearest("phnoe", ["name", "phone"]), Some("phone"));
        assert_eq!(nearest("banana", stages), None);
        assert_eq!(nearest("x", ["a", "b"]), None);
    }
}
