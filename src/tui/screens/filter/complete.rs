//! What the last word of a filter may become.

use crate::model::{Book, TypeDef};
use crate::query::{Facts, complete};
use std::sync::Arc;

/// More would not be read.
const MOST: usize = 8;

/// The last word as far as it is typed; empty after a blank.
pub fn tail(text: &str) -> &str {
    text.rfind(char::is_whitespace).map_or(text, |at| text[at..].trim_start())
}

/// What the last word may become, best first: names of fields, then what may be asked of one, then its values.
pub fn candidates(text: &str, ty: &Arc<TypeDef>, book: &Book, facts: &dyn Facts) -> Vec<String> {
    let word = text.len() - tail(text).len();
    let found = complete(text, text.len(), Some(ty), book, Some(facts), MOST);
    let found = found.into_iter().filter(|candidate| candidate.at.start >= word);
    found.map(|candidate| format!("{}{}", &text[word..candidate.at.start], candidate.insert)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Now;
    use crate::crm::Known;
    use crate::model::{Schema, Settings};
    use chrono::DateTime;
    use chrono_tz::Tz;

    #[test]
    fn fields_then_values() {
        let book = Book::empty(Arc::new(Schema::builtin()), Arc::new(Settings::default()));
        let case = book.schema().find("case").unwrap().clone();
        let facts = Known::of(&book, Now::new(DateTime::UNIX_EPOCH, Tz::UTC));
        let check = |text: &str, expect: &str| {
            assert_eq!(candidates(text, &case, &book, &*facts).join(" "), expect, "{text}");
        };
        check("pump pri", "priority");
        check("priority=h", "priority=high");
        check("status!=re", "status!=resolved");
        check("escalated=", "escalated=yes escalated=no");
        check("priority=high", "");
        check("pump ", "");
        check("is:b", "is:breached");
        check("is:", "is:escalated is:open is:breached");
        check("brea", "breach breached");
        check("breach<to", "breach<today breach<tomorrow");
        check("last_a", "last_activity");
        check("nonsense=x", "");
    }
}
