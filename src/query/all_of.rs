//! Queries put together as texts.

use super::run::part;
use super::syntax::{Expr, OneWord, parse};

/// The text of a query for what passes all of these: one that says `or` goes into brackets, what it says about the
/// query as a whole (`sort:`, `limit:`) behind them; empty ones go.
pub fn all_of<'t>(queries: impl IntoIterator<Item = &'t str>) -> String {
    let queries: Vec<&str> = queries.into_iter().map(str::trim).filter(|query| !query.is_empty()).collect();
    if let [query] = queries[..] {
        return query.to_owned();
    }
    let mut all = String::new();
    for query in queries {
        if !all.is_empty() {
            all.push(' ');
        }
        match parse(query, &OneWord) {
            Ok(expr @ Expr::Any(_)) => match part(&expr) {
                (_, said) if said.is_empty() => all.extend(["(", query, ")"]),
                (conditions, said) => {
                    all.extend(["(", &conditions.to_string(), ")"]);
                    said.iter().for_each(|said| all.extend([" ", &said.to_string()]));
                }
            },
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
        check(&["acme", "bolt or pump sort:-amount"], "acme (bolt or pump) sort:-amount");
        check(&["", "acme or bolt sort:-amount "], "acme or bolt sort:-amount");
        check(&[], "");
    }
}
