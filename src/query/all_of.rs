//! Queries put together as texts.

use super::syntax::{Expr, OneWord, parse};

/// The text of a query for what passes all of these: one that says `or` goes into brackets, empty ones go.
pub fn all_of<'t>(queries: impl IntoIterator<Item = &'t str>) -> String {
    let mut all = String::new();
    for query in queries.into_iter().map(str::trim).filter(|query| !query.is_empty()) {
        if !all.is_empty() {
            all.push(' ');
        }
        match parse(query, &OneWord) {
            Ok(Expr::Any(_)) => all.extend(["(", query, ")"]),
            _ => all.push_str(query),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(queries: &[&str], expect: &str) {
        assert_eq!(all_of(queries.iter().copied()), expect);
    }

    #[test]
    fn alternatives_stay_together() {
        check(&["stage=won", "", " owner=me "], "stage=won owner=me");
        check(&["stage=won", "acme or bolt"], "stage=won (acme or bolt)");
        check(
            &["stage=won", "(acme or bolt) -pump", "\"this or that\""],
            "stage=won (acme or bolt) -pump \"this or that\"",
        );
        check(&["acme or bolt", "pump", "sort:-amount"], "(acme or bolt) pump sort:-amount");
        check(&[], "");
    }
}
