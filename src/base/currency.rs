//! Currencies by their ISO 4217 codes.

use std::fmt;
use std::str::FromStr;

/// A currency: three capital letters of ISO 4217, such as `EUR`.
///
/// Any three capitals are accepted, so that a file with a code newer than this program stays readable;
/// [`Currency::is_known`] says whether the code is on the list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// A text that is not three capital letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no currency: write its three-letter code, such as EUR, USD or JPY")]
pub struct CurrencyError(pub String);

impl Currency {
    pub const EUR: Self = Self(*b"EUR");
    pub const USD: Self = Self(*b"USD");
    pub const GBP: Self = Self(*b"GBP");
    pub const JPY: Self = Self(*b"JPY");
    pub const CHF: Self = Self(*b"CHF");

    /// The currency with this code, in capitals.
    pub fn new(code: &str) -> Result<Self, CurrencyError> {
        match code.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|l| l.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(CurrencyError(code.chars().take(20).collect())),
        }
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        // Only ASCII capitals are ever put in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether ISO 4217 lists it today (funds, metals and test codes left aside).
    pub fn is_known(&self) -> bool {
        KNOWN.split_ascii_whitespace().any(|code| code == self.code())
    }

    /// Digits of its minor unit in ISO 4217: 2 for most, 0 for the yen, 3 for the Kuwaiti dinar.
    pub fn decimals(&self) -> u32 {
        match self.code() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND"
            | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }

    /// The sign it is shown with, such as `€`, where people everywhere know it as this currency's; else the code.
    pub fn symbol(&self) -> &str {
        let own =
            |(symbol, codes): &&(&str, &str)| codes.starts_with(self.code()) && !TYPED_ONLY.contains(symbol);
        SYMBOLS.iter().find(own).map_or_else(|| self.code(), |(symbol, _)| symbol)
    }

    /// The listed currency that a mistyped code was probably meant to be: two letters swapped or one wrong, where
    /// only one currency is that near; a swap counts as nearer.
    pub fn nearest(&self) -> Option<Self> {
        let sorted = |code: &str| {
            let mut letters: Vec<u8> = code.bytes().collect();
            letters.sort_unstable();
            letters
        };
        let differing = |code: &str| code.bytes().zip(self.0).filter(|(a, b)| a != b).count();
        let only = |near: &dyn Fn(&str) -> bool| {
            let mut found = KNOWN.split_ascii_whitespace().filter(|code| near(code));
            found.next().filter(|_| found.next().is_none())
        };
        let swapped = only(&|code| differing(code) == 2 && sorted(code) == sorted(self.code()));
        swapped.or_else(|| only(&|code| differing(code) == 1)).and_then(|code| Self::new(code).ok())
    }

    /// The currencies a typed sign may stand for, the usual one first: `$` is USD, CAD…; empty if unknown.
    pub fn with_symbol(symbol: &str) -> impl Iterator<Item = Self> {
        let lower = symbol.to_lowercase();
        let codes =
            SYMBOLS.iter().find(|(known, _)| known.to_lowercase() == lower).map_or("", |(_, codes)| codes);
        codes.split_ascii_whitespace().filter_map(|code| Self::new(code).ok())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;

    fn from_str(text: &str) -> Result<Self, CurrencyError> {
        Self::new(text)
    }
}

serde_as_text!(Currency);

/// Signs people type, each with the currencies it may mean, the usual one first.
const SYMBOLS: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("$", "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP"),
    ("£", "GBP EGP"),
    ("¥", "JPY CNY"),
    ("kr", "SEK NOK DKK ISK"),
    ("US$", "USD"),
    ("CA$", "CAD"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("NZ$", "NZD"),
    ("S$", "SGD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("MX$", "MXN"),
    ("R$", "BRL"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("Ft", "HUF"),
    ("Fr.", "CHF"),
    ("SFr.", "CHF"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₪", "ILS"),
    ("₫", "VND"),
    ("฿", "THB"),
    ("₦", "NGN"),
    ("₱", "PHP"),
    ("₸", "KZT"),
    ("₾", "GEL"),
    ("元", "CNY"),
    ("円", "JPY"),
];

/// Signs that are understood but not shown: they are several countries' or less common than the code.
const TYPED_ONLY: &[&str] = &["kr", "Fr.", "SFr.", "元", "円"];

/// The active national currencies of ISO 4217 (list one).
const KNOWN: &str = "\
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD \
HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL \
LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP \
PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT \
TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        assert_eq!(Currency::new("EUR").unwrap(), Currency::EUR);
        for bad in ["", "eur", "EURO", "EU", "€", "E R", "ÄÖ"] {
            assert!(Currency::new(bad).is_err(), "{bad:?}");
        }
        assert!(Currency::EUR.is_known());
        assert!(!Currency::new("ERU").unwrap().is_known());
        assert!(KNOWN.split_ascii_whitespace().all(|code| Currency::new(code).is_ok()));
        assert!(KNOWN.split_ascii_whitespace().is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn every_symbol_stands_for_known_currencies() {
        for (symbol, codes) in SYMBOLS {
            assert!(codes.split(' ').all(|code| Currency::new(code).unwrap().is_known()), "{symbol}");
        }
    }

    #[test]
    fn symbols_shown_are_read_back_as_the_same_currency() {
        for code in KNOWN.split_ascii_whitespace() {
            let currency = Currency::new(code).unwrap();
            let shown = currency.symbol();
            assert!(shown == code || Currency::with_symbol(shown).next() == Some(currency), "{code} {shown}");
        }
        assert_eq!(Currency::EUR.symbol(), "€");
        assert_eq!(Currency::GBP.symbol(), "£");
        assert_eq!(Currency::new("CAD").unwrap().symbol(), "CA$");
        assert_eq!(Currency::CHF.symbol(), "CHF");
        assert_eq!(Currency::new("SEK").unwrap().symbol(), "SEK");
    }

    #[test]
    fn minor_units() {
        let decimals = |code: &str| Currency::new(code).unwrap().decimals();
        assert_eq!((decimals("EUR"), decimals("JPY"), decimals("KWD")), (2, 0, 3));
    }
}
