//! Every text a person reads goes through [`tr!`](crate::tr) or [`tr_n!`](crate::tr_n): the English wording is
//! the key, a catalogue loaded at start may hold another. Without one, a plain text costs nothing.
//!
//! ```
//! use kontor::{tr, tr_n};
//! assert_eq!(tr!("Due today"), "Due today");
//! assert_eq!(tr!("{name} moved to {stage}", name = "Renewal", stage = "Won"), "Renewal moved to Won");
//! assert_eq!(tr_n!("{n} deal", "{n} deals", 3), "3 deals");
//! ```

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{Display, Write};
use std::sync::OnceLock;

/// The wordings of one language, by their English ones.
///
/// Plurals are two entries, one for `{n} deal` and one for `{n} deals`.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    language: String,
    wordings: HashMap<String, String>,
}

impl Catalogue {
    /// A catalogue of a language (`de`, `pt-BR`) from pairs of English and translated wording.
    pub fn new(language: &str, wordings: impl IntoIterator<Item = (String, String)>) -> Self {
        let kept = wordings.into_iter().filter(|(_, translated)| !translated.is_empty());
        Self { language: language.to_owned(), wordings: kept.collect() }
    }

    /// The wording for an English text, if the catalogue has it.
    pub fn get(&self, english: &str) -> Option<&str> {
        self.wordings.get(english).map(String::as_str)
    }

    /// Whether so many take the singular: in French and Brazilian Portuguese nothing does too.
    fn is_singular(&self, n: i64) -> bool {
        let nothing_too = ["fr", "pt-BR"].iter().any(|language| self.language.starts_with(language));
        n.abs() == 1 || (n == 0 && nothing_too)
    }
}

static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();

/// Chooses the language for the rest of the run. To be called once, before anything is shown; a second call
/// changes nothing and gives its catalogue back.
pub fn choose(catalogue: Catalogue) -> Result<(), Catalogue> {
    CATALOGUE.set(catalogue)
}

/// The chosen wording of an English text, if there is one.
pub fn chosen(english: &str) -> Option<&'static str> {
    CATALOGUE.get()?.get(english)
}

/// The chosen wording of an English text that is only known while running, such as a schema's label.
pub fn translate(english: &str) -> Cow<'_, str> {
    Cow::Borrowed(chosen(english).unwrap_or(english))
}

/// Whether `n` things take the singular in the chosen language.
pub fn is_singular(n: i64) -> bool {
    CATALOGUE.get().map_or(n.abs() == 1, |catalogue| catalogue.is_singular(n))
}

/// Puts the named values into a translated wording. A name it does not know stays as written, so that a mistake
/// in a catalogue shows and breaks nothing; values are never looked into.
pub fn fill(wording: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut out = String::with_capacity(wording.len() + 16);
    let mut rest = wording;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let value = rest.find('}').and_then(|close| {
            let (_, value) = values.iter().find(|(name, _)| *name == &rest[1..close])?;
            Some((close, value))
        });
        match value {
            Some((close, value)) => {
                // Writing to a string can't fail.
                let _ = write!(out, "{value}");
                rest = &rest[close + 1..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Whether a wording has no `{…}`: checked while compiling, so that a forgotten value can't be shown as its name.
pub const fn is_plain(wording: &str) -> bool {
    let bytes = wording.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'{' || bytes[at] == b'}' {
            return false;
        }
        at += 1;
    }
    true
}

/// The text in the user's language. `tr!("Due today")` borrows; `tr!("{name} is due", name = title)` takes every
/// named value (any `Display`), and the compiler refuses a missing or unused one.
#[macro_export]
macro_rules! tr {
    ($english:literal) => {{
        const { assert!($crate::base::tr::is_plain($english), "a text with placeholders needs its values") };
        match $crate::base::tr::chosen($english) {
            Some(wording) => ::std::borrow::Cow::Borrowed(wording),
            None => ::std::borrow::Cow::<'static, str>::Borrowed($english),
        }
    }};
    ($english:literal, $($name:ident = $value:expr),+ $(,)?) => {
        match ($(&$value,)+) {
            ($($name,)+) => match $crate::base::tr::chosen($english) {
                Some(wording) => ::std::borrow::Cow::<'static, str>::Owned(
                    $crate::base::tr::fill(wording, &[$((stringify!($name), $name as &dyn ::std::fmt::Display)),+]),
                ),
                None => ::std::borrow::Cow::<'static, str>::Owned(format!($english, $($name = $name),+)),
            },
        }
    };
}

/// As [`tr!`](crate::tr) for a number of things: `tr_n!("{n} deal", "{n} deals", count)`, with more named values
/// after it. `{n}` is the number; both wordings use every value. A number that may be large is followed by the
/// [`Style`](crate::base::Style) it is shown in: `tr_n!("{n} deal", "{n} deals", count; &style)`.
#[macro_export]
macro_rules! tr_n {
    ($one:literal, $many:literal, $n:expr; $style:expr $(, $name:ident = $value:expr)* $(,)?) => {{
        let n = i64::try_from($n).unwrap_or(i64::MAX);
        let shown = $style.integer(n);
        if $crate::base::tr::is_singular(n) {
            $crate::tr!($one, n = shown $(, $name = $value)*)
        } else {
            $crate::tr!($many, n = shown $(, $name = $value)*)
        }
    }};
    ($one:literal, $many:literal, $n:expr $(, $name:ident = $value:expr)* $(,)?) => {{
        let n = i64::try_from($n).unwrap_or(i64::MAX);
        if $crate::base::tr::is_singular(n) {
            $crate::tr!($one, n = n $(, $name = $value)*)
        } else {
            $crate::tr!($many, n = n $(, $name = $value)*)
        }
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_borrowed_as_it_is() {
        assert!(matches!(tr!("Due today"), Cow::Borrowed("Due today")));
    }

    #[test]
    fn values_are_filled_in() {
        let title = String::from("{n} & co");
        assert_eq!(tr!("{name}: {n} of {m}", name = title, n = 2, m = 3), "{n} & co: 2 of 3");
        assert_eq!(tr_n!("{n} deal", "{n} deals", 1), "1 deal");
        assert_eq!(tr_n!("{n} deal", "{n} deals", 0), "0 deals");
        assert_eq!(
            tr_n!("{n} deal of {who}", "{n} deals of {who}", 5_usize, who = "Lena"),
            "5 deals of Lena"
        );
        let style = crate::base::Style::default();
        assert_eq!(tr_n!("{n} deal", "{n} deals", 12_400_usize; &style), "12,400 deals");
        assert_eq!(
            tr_n!("{n} deal of {who}", "{n} deals of {who}", 1; &style, who = "Lena"),
            "1 deal of Lena"
        );
    }

    #[test]
    fn a_translated_wording_may_reorder_and_cant_break() {
        let check = |wording: &str, expect: &str| {
            assert_eq!(fill(wording, &[("n", &3), ("name", &"{n}")]), expect, "{wording:?}");
        };
        check("{name} hat {n} Fälle", "{n} hat 3 Fälle");
        check("{unknown} {n", "{unknown} {n");
        check("}{ {n}", "}{ 3");
        check("{{n}", "{3");
        check("", "");
    }

    #[test]
    fn plural_follows_the_language() {
        let of = |language| Catalogue::new(language, []);
        assert!(of("de").is_singular(1) && !of("de").is_singular(0));
        assert!(of("fr").is_singular(0) && !of("fr").is_singular(2));
        let german =
            Catalogue::new("de", [("Won".into(), "Gewonnen".into()), ("Lost".into(), String::new())]);
        assert_eq!((german.get("Won"), german.get("Lost")), (Some("Gewonnen"), None));
    }
}
