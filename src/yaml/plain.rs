//! Which texts may stand bare, without quotes.

/// Whether `text`, bare, is a valid scalar and means exactly itself as characters. What a reader then takes
/// it for (a number, a truth value) is another question: see [`is_surely_text`].
pub(super) fn is_valid(text: &str, flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    if text == "~" || text.trim() != text || text.starts_with("---") || text.starts_with("...") {
        return false;
    }
    let second = text.chars().nth(1).unwrap_or(' ');
    match first {
        '-' if second.is_whitespace() || "-,[]{}".contains(second) => return false,
        '?' | ':' | ',' | '[' | ']' | '{' | '}' | '#' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%'
        | '@' | '`' => return false,
        _ => {}
    }
    if text.ends_with(':') || text.contains(": ") || text.contains(" #") {
        return false;
    }
    // A dash before a bracket is taken for a mistake by our parser.
    if flow && (text.contains([',', '[', ']', '{', '}']) || text.ends_with('-')) {
        return false;
    }
    text.chars().all(|c| is_printable(c) && c != '\t')
}

/// Whether every reader, of YAML 1.1 or 1.2, takes the bare `text` for text.
pub(super) fn is_surely_text(text: &str) -> bool {
    !(text.is_empty()
        || text.starts_with(['-', '+', '.', '=', '<', '~'])
        || is_word(text)
        || is_number_like(text))
}

/// The words that stand for true, false and nothing.
fn is_word(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    text.len() <= 5 && WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Numbers in any base, with groups or an exponent, times and dates. Wide on purpose: quotes do no harm.
fn is_number_like(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_hexdigit() || "_xXoO:.,+- tTzZ/".contains(c);
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(allowed)
}

/// Whether a character may stand in a file as itself. Line breaks are not among them, nor what YAML 1.1 takes
/// for one, nor what cannot be seen.
pub(super) fn is_printable(c: char) -> bool {
    match c {
        '\t' => true,
        '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => false,
        '\u{fffe}' | '\u{ffff}' => false,
        _ => !c.is_control(),
    }
}
