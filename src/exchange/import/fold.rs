//! Comparing what two programs call the same thing.

use deunicode::deunicode;

/// Without case, accents and superfluous blanks: `  Café  NOIR ` and `cafe noir` are one.
pub fn folded(text: &str) -> String {
    let plain = deunicode(text).to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters and digits only: `GTX Pro` and `GTXPro` are one.
pub fn squeezed(text: &str) -> String {
    deunicode(text).to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
}

/// The words of a header or a choice: `closeDate`, `Close Date` and `close_date` are `close date`. `#` and `%` are
/// words where they stand alone.
pub fn words(text: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for c in deunicode(text).chars() {
        let camel = c.is_ascii_uppercase() && before.is_ascii_lowercase();
        if (camel || !c.is_ascii_alphanumeric()) && !out.ends_with(' ') {
            out.push(' ');
        }
        match c {
            '#' | '%' => out.extend([c, ' ']),
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            _ => {}
        }
        before = c;
    }
    out.trim().to_owned()
}

/// Whether two texts made by [`words`] are the same words, however they are parted: `linked in` is `linkedin`.
pub fn is_same(one: &str, other: &str) -> bool {
    let letters = |text| str::chars(text).filter(|c| *c != ' ');
    letters(one).eq(letters(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_by_every_name() {
        for text in ["Close Date", "close_date", "closeDate", "CLOSE-DATE", " close  date ", "Close.Date?"] {
            assert_eq!(words(text), "close date", "{text}");
        }
        for (text, expect) in
            [("Größe", "grosse"), ("E-Mail 1", "e mail 1"), ("#", "#"), ("%", "%"), ("", "")]
        {
            assert_eq!(words(text), expect, "{text}");
        }
        assert_eq!(folded("  CAFÉ\u{a0} Noir "), "cafe noir");
        assert!(
            is_same("linked in outreach", &words("LinkedIn Outreach"))
                && is_same("linkedin", &words("LinkedIn"))
        );
        assert!(!is_same("phone 1", "phone 2"));
        assert_eq!(squeezed("GTX-Pro"), squeezed("gtx pro"));
        assert_ne!(folded("GTXPro"), folded("GTX Pro"));
    }
}
