//! What a column's header says beside its name: `Revenue (in millions, USD)`.

use super::fold::words;
use super::names::Names;
use crate::base::Currency;
use rust_decimal::Decimal;

/// A header taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The words of its name.
    pub words: String,
    /// What its numbers are to be multiplied by.
    pub scale: Option<Decimal>,
    /// The currency of its amounts.
    pub currency: Option<Currency>,
}

impl Header {
    /// Takes a header apart: a unit stands in brackets, or behind `in`.
    pub fn of(text: &str) -> Self {
        let (name, unit) = match text.split_once(['(', '[']) {
            Some((name, unit)) if !name.trim().is_empty() => (name, unit.trim_end_matches([')', ']', ' '])),
            _ => text.split_once(" in ").unwrap_or((text, "")),
        };
        let scale =
            words(unit).split(' ').find_map(|word| Names::get().scales.get(word)).map(|s| Decimal::from(*s));
        let currency = unit.split([' ', ',', '/']).find_map(currency);
        match (scale, currency) {
            (None, None) if Names::get().is_aside(unit) => Self { words: words(name), scale, currency },
            // A bracket that is no unit belongs to the name: "State (region)".
            (None, None) => Self { words: words(text), scale, currency },
            _ => Self { words: words(name), scale, currency },
        }
    }
}

/// A code or a sign, also with the scale before it: `k€`, `mEUR`.
fn currency(word: &str) -> Option<Currency> {
    let known = |word: &str| {
        let code = Currency::new(word).ok().filter(Currency::is_known);
        code.or_else(|| if word.is_empty() { None } else { Currency::with_symbol(word).next() })
    };
    known(word).or_else(|| known(word.strip_prefix(['k', 'K', 'm', 'M'])?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_told_from_names() {
        for (text, name, scale, currency) in [
            ("Revenue", "revenue", None, None),
            ("Revenue (m)", "revenue", Some(1_000_000), None),
            ("Revenue (in millions, USD)", "revenue", Some(1_000_000), Some("USD")),
            ("annualRevenue [k€]", "annual revenue", Some(1000), Some("EUR")),
            ("Umsatz (Tsd. EUR)", "umsatz", Some(1000), Some("EUR")),
            ("Amount (€)", "amount", None, Some("EUR")),
            ("Revenue in thousands", "revenue", Some(1000), None),
            ("State (region)", "state region", None, None),
            ("Mailing State/Province (text only)", "mailing state province", None, None),
            ("Deals in progress", "deals in progress", None, None),
            ("(m)", "m", None, None),
        ] {
            let header = Header::of(text);
            assert_eq!(header.words, name, "{text}");
            assert_eq!(header.scale, scale.map(Decimal::from), "{text}");
            assert_eq!(header.currency.map(|c| c.code().to_owned()).as_deref(), currency, "{text}");
        }
    }
}
