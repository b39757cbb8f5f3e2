//! When two values are the same: for knowing a record by one of them, and so that it is not given both.

use super::fold::folded;
use crate::model::Value;
use crate::model::schema::{FieldDef, Kind};

/// What all spellings of a value have in common.
pub fn key(field: &FieldDef, text: &str) -> String {
    match field.kind {
        Kind::Email => text.trim().to_lowercase(),
        Kind::Phone => phone(text),
        _ => folded(text),
    }
}

/// Whether two values of a field differ in nothing but how an address or a number is spelled.
pub fn is_same(field: &FieldDef, one: &Value, other: &Value) -> bool {
    one == other
        || matches!(field.kind, Kind::Email | Kind::Phone)
            && key(field, one.as_str()) == key(field, other.as_str())
}

/// Digits and the letters of extensions: `+49 (0)30 123`, `0049 30 123` and `+49-30-123` are one number.
fn phone(text: &str) -> String {
    let all = text.replace("(0)", "");
    let signs = all.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '+');
    let bare = signs.collect::<String>().to_lowercase();
    bare.strip_prefix("00").map_or(bare.clone(), |rest| format!("+{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Schema;

    #[test]
    fn spellings_of_one_value_are_the_same() {
        let schema = Schema::builtin();
        let ty = schema.find("contact").unwrap();
        for (field, one, other, expect) in [
            ("emails", "anna@acme.example", "Anna@ACME.example", true),
            ("emails", "anna@acme.example", "ana@acme.example", false),
            ("phones", "+49 30 123", "+49 (30) 123", true),
            ("phones", "+49 (0)30 123", "0049-30-123", true),
            ("phones", "+49 30 123", "030 123", false),
            ("phones", "397.884.0519x718", "397 884 0519 X718", true),
            ("phones", "397.884.0519x718", "397 884 0519", false),
            ("tags", "VIP", "vip", false),
        ] {
            let field = ty.field(field).unwrap();
            assert_eq!(is_same(field, &Value::text(one), &Value::text(other)), expect, "{one} {other}");
        }
    }
}
