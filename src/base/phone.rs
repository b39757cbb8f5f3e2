//! Telephone numbers in any spelling: compared by their digits, with and without the country's.

/// The digits a number of a record is found by: `+49 (0)40 123456` as `4940123456`, and a number without its country
/// with one zero in front, `040/123456` as `040123456`. `None` where there are fewer than three digits.
pub fn indexed(text: &str) -> Option<String> {
    let number = Number::read(text)?;
    Some(match number.international {
        true => number.digits,
        false => format!("0{}", number.digits),
    })
}

/// The digits to look for among [`indexed`] ones when somebody types this number: any one of them, as a part.
pub fn asked(text: &str) -> Vec<String> {
    let Some(number) = Number::read(text) else { return Vec::new() };
    let country = country_code(&number.digits);
    let national = number.digits[country..].trim_start_matches('0');
    // Without a plus it is a number with its country only if it is long enough to be one.
    let with_country = number.international || number.digits.len() >= LONG;
    let mut all = vec![number.digits.clone()];
    if country > 0 && with_country && national.len() >= SHORTEST_NATIONAL {
        all.push(format!("0{national}"));
    }
    all
}

/// Whether the digits of a record's number, as [`indexed`], are all of one that somebody types, as [`asked`]: with or without
/// the country.
pub fn is_whole(indexed: &str, asked: &str) -> bool {
    let before = indexed.strip_suffix(asked);
    before.is_some_and(|before| matches!(before, "" | "0") || before.len() == country_code(indexed))
}

/// Whether the text is nothing but digits and the signs between those of a number.
pub fn looks_like(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '/' | '.' | '-' | ' '))
}

/// The numbers in prose: what starts with `+`, `0` or `(` and has seven digits or more.
pub fn in_prose(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '/' | '.' | '-' | ' ');
    let runs = text.split(move |c: char| !is_part(c)).map(str::trim);
    let numbers = runs.filter(|run| {
        run.starts_with(['+', '0', '(']) && run.bytes().filter(u8::is_ascii_digit).count() >= DIGITS_IN_PROSE
    });
    numbers.filter_map(indexed)
}

const DIGITS_IN_PROSE: usize = 7;
/// A number of so many digits may begin with its country.
const LONG: usize = 9;
const SHORTEST_NATIONAL: usize = 5;
const SHORTEST: usize = 3;

struct Number {
    /// Without the zeros in front, and without the one in `+49 (0)40`.
    digits: String,
    international: bool,
}

impl Number {
    fn read(text: &str) -> Option<Self> {
        // What comes behind a word is an extension, or no number any more.
        let text = text.trim();
        let text = text.strip_prefix("tel:").unwrap_or(text).trim_start();
        let text = &text[..text.find(char::is_alphabetic).unwrap_or(text.len())];
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let international = text.starts_with('+') || digits.starts_with("00");
        let mut digits = digits.trim_start_matches('0').to_owned();
        if international {
            let country = country_code(&digits);
            // Italian numbers keep their zero; the others drop it behind the country's code.
            if digits[country..].starts_with('0') && &digits[..country] != "39" {
                let national = digits[country..].trim_start_matches('0').to_owned();
                digits.truncate(country);
                digits.push_str(&national);
            }
        }
        (digits.len() >= SHORTEST).then_some(Self { digits, international })
    }
}

/// How many digits the country's code takes at the start (ITU-T E.164): one for 1 and 7, two for those listed, else
/// three. 0 where nothing follows it.
fn country_code(digits: &str) -> usize {
    const TWO: &[&str] = &[
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
        "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81",
        "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    let length = match digits.get(..2) {
        Some(two) if two.starts_with(['1', '7']) => 1,
        Some(two) if TWO.contains(&two) => 2,
        _ => 3,
    };
    if digits.len() > length { length } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_may_leave_the_country_out() {
        let check = |held: &str, typed: &str, expect: bool| {
            let held = indexed(held).unwrap();
            assert_eq!(asked(typed).iter().any(|asked| is_whole(&held, asked)), expect, "{held} {typed}");
        };
        check("+49 40 5550 1200", "040 5550 1200", true);
        check("+49 (0)40 5550-1200", "+494055501200", true);
        check("040/55501200", "+49 40 5550 1200", true);
        check("+49 40 5550 1200", "5550 1200", false);
        check("+49 40 5550 1200", "+43 40 5550 1200", false);
    }

    #[test]
    fn numbers_are_kept_with_their_country_or_one_zero() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(indexed(text).as_deref(), expect, "{text}");
        check("+49 40 123456", Some("4940123456"));
        check("+49 (0)40 123456", Some("4940123456"));
        check("0049 40/123456", Some("4940123456"));
        check("040/123456", Some("040123456"));
        check("(212) 555-1234", Some("02125551234"));
        check("+1 212-555-1234 ext. 12", Some("12125551234"));
        check("tel:+4940123456", Some("4940123456"));
        check("+39 06 1234567", Some("39061234567"));
        check("12", None);
        check("none", None);
    }

    #[test]
    fn any_spelling_finds_any_other() {
        let found = |typed: &str, stored: &str| {
            let stored = indexed(stored).unwrap();
            asked(typed).iter().any(|part| stored.contains(part.as_str()))
        };
        let spellings = ["+49 40 123456", "040/123456", "4940123456", "0049 40 123456", "+49 (0)40-123456"];
        for typed in spellings {
            for stored in spellings {
                // Without plus or zeros nothing says that 4940123456 starts with a country.
                if stored != "4940123456" || !typed.starts_with("040") {
                    assert!(found(typed, stored), "{typed} in {stored}");
                }
            }
        }
        assert!(found("40123456", "4940123456"));
        assert!(found("123456", "+49 40 123456"));
        assert!(found("+1 212 555 1234", "(212) 555-1234"));
        assert!(!found("+49 40 123456", "+43 40 123456"));
        assert!(!found("+49 40 123456", "+49 40 654321"));
        assert!(asked("12").is_empty());
    }

    #[test]
    fn numbers_in_prose() {
        let check = |text: &str, expect: &str| {
            assert_eq!(in_prose(text).collect::<Vec<_>>().join(" "), expect, "{text}");
        };
        check("call +49 40 123456 or 040-98 76 54, not before 2026-11-21", "4940123456 040987654");
        check("1,250.00 EUR, 3 pieces", "");
        check("(040) 1234567", "0401234567");
    }
}
