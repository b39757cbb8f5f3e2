//! What a mail address, a telephone number and a web address look like: enough to catch a slip, and no more,
//! since standards allow nearly everything.

/// `local@domain`, without spaces, with a domain that has an inner dot or is a bare host (RFC 5321 §2.3.11).
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    !local.is_empty()
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';'))
        && domain.split('.').all(|label| {
            !label.is_empty()
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
        })
}

/// At least three digits, and otherwise only what people group digits with; an extension may follow.
pub fn is_phone(text: &str) -> bool {
    let number =
        ["ext.", "ext", "x", "#"].iter().find_map(|mark| text.split_once(mark)).map_or(text, |(n, _)| n);
    number.chars().filter(char::is_ascii_digit).count() >= 3
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}'))
        && !number.trim_start().get(1..).is_some_and(|rest| rest.contains('+'))
}

/// A host with an inner dot, with or without scheme and path; no spaces. Only web schemes, so that opening it
/// can do nothing but open a page.
pub fn is_url(text: &str) -> bool {
    let rest = match text.split_once("://") {
        Some(("http" | "https", rest)) => rest,
        Some(_) => return false,
        None => text,
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(h, _)| h);
    !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && (host.contains('.') || host == "localhost")
        && host.split('.').all(|l| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email() {
        for good in ["a@b.de", "marta.lind+x@acme.example", "müller@münchen.example", "root@localhost"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "a@", "@b.de", "a b@c.de", "a@b..de", "Marta <a@b.de>", "a@b.de,c@d.de"] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn phone() {
        for good in
            ["+49 40 123456", "040/123-456", "(0)40 12 34 56", "+34600123456", "112", "+1 555 0100 ext. 12"]
        {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["", "12", "call me", "+49 40 +12 345", "tel:+4940123"] {
            assert!(!is_phone(bad), "{bad}");
        }
    }

    #[test]
    fn url() {
        for good in
            ["acme.example", "https://acme.example/a?b#c", "http://localhost:8080", "www.müller.example"]
        {
            assert!(is_url(good), "{good}");
        }
        for bad in ["", "acme", "javascript://alert", "file:///etc/passwd", "a b.de", "https://"] {
            assert!(!is_url(bad), "{bad}");
        }
    }
}
