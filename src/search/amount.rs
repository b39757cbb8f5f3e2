//! Amounts of money as they are typed: whole, with or without signs between the digits.

/// The shortest amount that is looked for, in digits.
const SHORTEST: usize = 3;

/// The digits an amount is found by: `85000.00 EUR` as `85000`, `12.50` as `1250`.
pub fn digits(text: &str) -> Option<String> {
    let amount = text.split_whitespace().find(|part| part.bytes().any(|b| b.is_ascii_digit()))?;
    let (whole, cents) = amount.split_once('.').unwrap_or((amount, ""));
    let cents = if cents.bytes().all(|b| b == b'0') { "" } else { cents };
    let digits: String = whole.chars().chain(cents.chars()).filter(char::is_ascii_digit).collect();
    (digits.len() >= SHORTEST).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_kept_without_signs() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(digits(text).as_deref(), expect, "{text}");
        check("85000.00 EUR", Some("85000"));
        check("85000", Some("85000"));
        check("USD 1299.90", Some("129990"));
        check("12 EUR", None);
        check("much", None);
    }
}
