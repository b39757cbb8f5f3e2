//! The kinds of field.

use super::{FieldDef, Label};
use smol_str::SmolStr;

/// What a field holds, with the parameters that belong to that kind only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// Text of several lines.
    Longtext,
    /// A whole number.
    Integer,
    /// A decimal number, never a float.
    Decimal,
    /// A percentage, `50%`.
    Percent,
    /// An amount with its currency, `12500.00 EUR`.
    Money,
    /// `true` or `false`.
    Boolean,
    /// A day, ISO 8601.
    Date,
    /// A point in time with offset, or a whole day.
    Datetime,
    /// A length of time, `1h30m`, `30d`.
    Duration,
    /// One of a few words.
    Choice(Options),
    /// Free words.
    Tags,
    /// One other record.
    Link(Targets),
    /// Several other records.
    Links(Targets),
    /// A user's id.
    User,
    /// An e-mail address.
    Email,
    /// A telephone number, as text.
    Phone,
    /// A web address.
    Url,
    /// A postal address: street, postal_code, city, state, country.
    Address,
    /// A list of maps with their own fields; each line has a short `id`.
    Lines(Vec<FieldDef>),
}

impl Kind {
    /// The word that names it in a schema.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Longtext => "longtext",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Percent => "percent",
            Self::Money => "money",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Duration => "duration",
            Self::Choice(_) => "choice",
            Self::Tags => "tags",
            Self::Link(_) => "link",
            Self::Links(_) => "links",
            Self::User => "user",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Url => "url",
            Self::Address => "address",
            Self::Lines(_) => "lines",
        }
    }

    /// Every word a schema may use for a kind.
    pub const NAMES: [&str; 20] = [
        "text", "longtext", "integer", "decimal", "percent", "money", "boolean", "date", "datetime",
        "duration", "choice", "tags", "link", "links", "user", "email", "phone", "url", "address", "lines",
    ];

    /// Whether values are numbers that belong on the right of a column.
    pub fn is_numeric(&self) -> bool {
        matches!(self, Self::Integer | Self::Decimal | Self::Percent | Self::Money | Self::Duration)
    }

    /// Whether its canonical spelling may stand in a file without quotes.
    pub fn is_plain(&self) -> bool {
        self.is_numeric() || matches!(self, Self::Boolean | Self::Date | Self::Datetime)
    }
}

/// The parts of an address, in the order a form shows and a file holds them.
pub const ADDRESS_PARTS: [&str; 5] = ["street", "postal_code", "city", "state", "country"];

/// Where the words of a choice come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Options {
    /// Listed in the schema.
    Fixed(Vec<Choice>),
    /// The lines of a record this record links to: `{from: pipeline.stages}`.
    From {
        /// The link field of this record.
        link: SmolStr,
        /// The lines field of the linked record; a line's `id` is the value, its `name` the label.
        lines: SmolStr,
    },
}

/// One word of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As stored.
    pub value: SmolStr,
    /// As shown.
    pub label: Label,
    /// How it is coloured.
    pub tone: Tone,
    /// Whether a record with it is finished.
    pub closed: bool,
}

/// Colour by meaning; a sign always goes with it on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// No colour.
    #[default]
    Plain,
    /// Success.
    Good,
    /// Trouble.
    Bad,
    /// Attention.
    Warn,
    /// Out of the way.
    Muted,
    /// The accent.
    Accent,
}

/// What a link may point at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Targets(pub(super) Vec<SmolStr>);

impl Targets {
    /// The type names.
    pub fn types(&self) -> &[SmolStr] {
        &self.0
    }

    /// The only type, where there is one: then the file holds the bare id.
    pub fn only(&self) -> Option<&SmolStr> {
        match self.0.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}
