//! The name that was probably meant.

/// The candidate most like a mistyped name, if any is alike at all.
pub fn nearest<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.chars().count() / 2)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_alike_is_suggested() {
        assert_eq!(nearest("card.rigth", ["card.left", "card.right"]), Some("card.right"));
        assert_eq!(nearest("xyz", ["card.left", "card.right"]), None);
    }
}
