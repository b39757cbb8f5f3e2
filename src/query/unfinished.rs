//! What of a query can be run while its end is still being typed.

use super::syntax::Operator;
use crate::model::TypeDef;

/// From how many letters on a word that begins like a field is taken for one being typed.
const TELLING: usize = 3;

/// The text as far as it can mean something, see [`begun`], with the quotes and brackets closed that are open.
pub fn finished(text: &str, ty: &TypeDef) -> String {
    close(begun(text, ty))
}

/// The text without what cannot mean anything yet: a last term that has no value (`amount>`), a word that begins like
/// a field's name, an `or` that leads nowhere.
pub fn begun<'t>(text: &'t str, ty: &TypeDef) -> &'t str {
    let mut kept = text;
    loop {
        let shorter = without_last(kept, ty);
        if shorter.len() == kept.len() {
            break;
        }
        kept = shorter;
    }
    kept
}

fn without_last<'t>(text: &'t str, ty: &TypeDef) -> &'t str {
    let whole = text.trim_end();
    let start = last_word(whole);
    let word = &whole[start..];
    if odd_quotes(whole) {
        // An open quote without a word in it yet says nothing.
        return match whole.ends_with('"') {
            true => &whole[..whole.len() - 1],
            false => text,
        };
    }
    let bare = word.trim_start_matches('-');
    let dangling = bare.is_empty() && !word.is_empty()
        || ["or", "not", "and"].iter().any(|keyword| word.eq_ignore_ascii_case(keyword));
    if dangling || whole.ends_with('(') {
        return whole[..whole.len() - word.len().max(1)].trim_end();
    }
    if let Some((sign, _)) = Operator::SPELLED.iter().find(|(sign, _)| whole.ends_with(sign)) {
        // `amount >` as well as `amount>`.
        let field =
            whole[..whole.len() - sign.len()].trim_end_matches(['<', '>', '=', '!', '~', ':']).trim_end();
        return &field[..last_word(field)];
    }
    if whole.ends_with("..") && bare.contains([':', '=']) {
        return text;
    }
    let name = bare.to_lowercase();
    let is_field = || ty.fields.iter().any(|field| field.name.starts_with(&name));
    match whole.len() == text.len() && bare.len() >= TELLING && is_field() {
        true => &text[..start],
        false => text,
    }
}

/// Where the last word begins.
fn last_word(text: &str) -> usize {
    text.rfind(|c: char| c.is_whitespace() || matches!(c, '(' | ')'))
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8))
}

fn odd_quotes(text: &str) -> bool {
    text.matches('"').count() % 2 == 1
}

/// Closes what is open.
fn close(text: &str) -> String {
    let mut closed = text.to_owned();
    if odd_quotes(text) {
        closed.push('"');
    }
    let (mut open, mut quoted) = (0usize, false);
    for c in closed.chars() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => open += 1,
            ')' if !quoted => open = open.saturating_sub(1),
            _ => {}
        }
    }
    closed.extend(std::iter::repeat_n(')', open));
    closed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Schema;

    #[test]
    fn a_term_counts_once_it_can_mean_something() {
        let schema = Schema::builtin();
        let deal = schema.find("opportunity").unwrap();
        let check = |text: &str, expect: &str| assert_eq!(finished(text, deal), expect, "{text}");
        check("acme", "acme");
        check("acme amount>", "acme ");
        check("acme amount > ", "acme ");
        check("acme amount>5", "acme amount>5");
        check("acme stage:", "acme ");
        check("acme -stage:", "acme ");
        check("amo", "");
        check("am", "am");
        check("amo ", "amo ");
        check("amount", "");
        check("", "");
        check("=", "");
        check("acme or", "acme");
        check("acme not", "acme");
        check("acme -", "acme");
        check("acme (", "acme");
        check("acme (pump or \"first wo", "acme (pump or \"first wo\")");
        check("name:\"", "");
    }
}
