//! Yes and no.

use super::error::{InputError, What};
use super::prepare::prepare;

/// Reads yes or no in the words people and programs use for them. Canonical are `true` and `false`.
pub fn boolean(text: &str) -> Result<bool, InputError> {
    match prepare(text, What::Boolean)?.as_str() {
        "yes" | "y" | "true" | "t" | "on" | "1" | "x" | "✓" | "ja" | "j" | "wahr" | "an" => Ok(true),
        "no" | "n" | "false" | "f" | "off" | "0" | "nein" | "nee" | "falsch" | "aus" => Ok(false),
        _ => Err(InputError::unreadable(text, What::Boolean)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::input::tests::told;

    #[test]
    fn words() {
        let check = |text: &str, expect: &str| assert_eq!(told(boolean(text)), expect, "{text:?}");
        check("yes", "true");
        check(" ON ", "true");
        check("Ja", "true");
        check("0", "false");
        check("False", "false");
        check("nein", "false");
        check("maybe", "! 'maybe' does not read as yes or no: write it as yes, no, on or off");
        check("", "! type yes or no, such as yes, no, on or off");
        assert!(boolean(&true.to_string()).unwrap() && !boolean(&false.to_string()).unwrap());
    }
}
