//! One record: a reference, the file it lives in, and its fields as spelled there.

use super::{Fields, Moment, Value};
use crate::base::{Currency, Id, Money, Ref, RepoPath, Span};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A record as loaded from its file. Immutable: a change makes a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// `accounts/acme-gmbh`.
    pub reference: Ref,
    /// Where its file is, for example `accounts/ac/acme-gmbh.yaml`.
    pub path: RepoPath,
    /// Its fields in the file's order, unknown ones included.
    pub fields: Fields,
}

/// The typed readers below answer `None` for what is absent and for what does not read: a malformed
/// value is reported once, by validation, and everything else goes on without it.
impl Record {
    /// The field's value; [`Value::Empty`] where it is absent.
    pub fn get(&self, field: &str) -> &Value {
        self.fields.get(field)
    }

    /// The field's text, `""` where it is absent or not a scalar.
    pub fn text(&self, field: &str) -> &str {
        self.get(field).as_str()
    }

    /// Whether the field holds anything.
    pub fn has(&self, field: &str) -> bool {
        !self.get(field).is_empty()
    }

    /// This record's id.
    pub fn id(&self) -> &Id {
        &self.reference.id
    }

    /// An id held in a single-target link field.
    pub fn link(&self, field: &str) -> Option<Id> {
        Id::try_from(self.text(field)).ok()
    }

    /// A calendar date.
    pub fn date(&self, field: &str) -> Option<NaiveDate> {
        Moment::read(self.text(field)).map(Moment::day)
    }

    /// A date or a point in time.
    pub fn moment(&self, field: &str) -> Option<Moment> {
        Moment::read(self.text(field))
    }

    /// An amount; a bare number is in `base`.
    pub fn money(&self, field: &str, base: Currency) -> Option<Money> {
        Money::read(self.text(field), base).ok()
    }

    /// A percentage as a number, `50` for `50%`.
    pub fn percent(&self, field: &str) -> Option<Decimal> {
        self.text(field).trim_end_matches('%').trim().parse().ok()
    }

    /// A number.
    pub fn number(&self, field: &str) -> Option<Decimal> {
        self.text(field).trim().parse().ok()
    }

    /// A length of time.
    pub fn span(&self, field: &str) -> Option<Span> {
        self.text(field).parse().ok()
    }

    /// A truth value: `true`, or `yes` as people write it.
    pub fn flag(&self, field: &str) -> bool {
        matches!(self.text(field), "true" | "yes" | "on" | "True" | "Yes")
    }
}
