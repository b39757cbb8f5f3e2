//! `kontor.yaml`: the workspace's name, money, time zone and habits.

use super::Problem;
use super::schema::Layout;
use crate::base::{Currency, DateOrder, DecimalMark, InputStyle, Now, Rates, RepoPath, Style};
use crate::yaml::{self, Node};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// The file that marks the root of a workspace.
pub const SETTINGS_FILE: &str = "kontor.yaml";

/// What `kontor.yaml` says, with defaults for what it does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    name: SmolStr,
    zone: Tz,
    language: SmolStr,
    fiscal_year_start: u32,
    rates: Rates,
    decimal: Option<DecimalMark>,
    date_order: DateOrder,
    hand_edits: HandEdits,
    quiet_seconds: u64,
    layout: BTreeMap<SmolStr, Layout>,
}

/// What happens to edits made outside Kontor once they are valid and quiet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HandEdits {
    /// They are committed.
    #[default]
    Auto,
    /// The user is asked.
    Ask,
    /// They stay as they are until `kontor commit`.
    Never,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SettingsFile {
    name: Option<SmolStr>,
    currency: Option<SmolStr>,
    rates: BTreeMap<SmolStr, SmolStr>,
    time_zone: Option<SmolStr>,
    language: Option<SmolStr>,
    fiscal_year_start: Option<u32>,
    style: StyleFile,
    hand_edits: HandEdits,
    hand_edits_after: Option<SmolStr>,
    layout: BTreeMap<SmolStr, Layout>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct StyleFile {
    decimal: Option<DecimalFile>,
    date: Option<DateFile>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DecimalFile {
    Point,
    Comma,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DateFile {
    Dmy,
    Mdy,
    Ymd,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: SmolStr::new_static("Kontor"),
            zone: Tz::UTC,
            language: SmolStr::new_static("en"),
            fiscal_year_start: 1,
            rates: Rates::new(Currency::EUR),
            decimal: None,
            date_order: DateOrder::Ymd,
            hand_edits: HandEdits::Auto,
            quiet_seconds: 30,
            layout: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Reads the text of `kontor.yaml`. What cannot be used is reported, and its default stands in.
    pub fn load(path: &RepoPath, text: &str) -> (Self, Vec<Problem>) {
        let root = match yaml::parse(text) {
            Ok(root) => root,
            Err(e) => {
                let problem = Problem::error(path.clone(), e.line, e.column, "syntax", e.kind.to_string());
                return (Self::default(), vec![problem]);
            }
        };
        match yaml::from_node::<SettingsFile>(&root) {
            Ok(file) => Self::build(file, &root, path),
            Err(e) => {
                let problem = Problem {
                    suggestion: e.suggestion,
                    ..Problem::error(path.clone(), e.line.max(1), e.column.max(1), "settings", e.message)
                };
                (Self::default(), vec![problem])
            }
        }
    }

    fn build(file: SettingsFile, root: &Node, path: &RepoPath) -> (Self, Vec<Problem>) {
        let mut settings = Self::default();
        let mut problems = Vec::new();
        let mut fault = |key: &str, message: String| {
            let (line, column) = root.place_of_key(key).unwrap_or((1, 1));
            problems.push(Problem::error(path.clone(), line, column, "settings", message));
        };
        if let Some(name) = file.name {
            settings.name = name;
        }
        if let Some(code) = file.currency {
            match code.parse::<Currency>() {
                Ok(base) => settings.rates = Rates::new(base),
                Err(e) => fault("currency", e.to_string()),
            }
        }
        for (code, rate) in file.rates {
            match (code.parse::<Currency>(), rate.trim().parse::<Decimal>()) {
                (Ok(currency), Ok(rate)) if rate > Decimal::ZERO => {
                    settings.rates.rates.insert(currency, rate);
                }
                (Err(e), _) => fault("rates", e.to_string()),
                _ => fault(
                    "rates",
                    format!("'{rate}' is not a rate for {code}: write what 1 {code} is worth, such as 0.92"),
                ),
            }
        }
        if let Some(zone) = file.time_zone {
            match zone.parse::<Tz>() {
                Ok(tz) => settings.zone = tz,
                Err(_) => {
                    fault("time_zone", format!("unknown time zone '{zone}': write one such as Europe/Berlin"))
                }
            }
        }
        match file.fiscal_year_start {
            Some(month @ 1..=12) => settings.fiscal_year_start = month,
            Some(other) => fault("fiscal_year_start", format!("{other} is not a month: write 1 to 12")),
            None => {}
        }
        if let Some(span) = file.hand_edits_after {
            match span.trim_end_matches('s').trim().parse() {
                Ok(seconds) => settings.quiet_seconds = seconds,
                Err(_) => fault(
                    "hand_edits_after",
                    format!("'{span}' is not a number of seconds: write one such as 30s"),
                ),
            }
        }
        settings.language = file.language.unwrap_or(settings.language);
        settings.decimal = match file.style.decimal {
            Some(DecimalFile::Comma) => Some(DecimalMark::Comma),
            Some(DecimalFile::Point) => Some(DecimalMark::Point),
            None => None,
        };
        settings.date_order = match file.style.date {
            Some(DateFile::Dmy) => DateOrder::Dmy,
            Some(DateFile::Mdy) => DateOrder::Mdy,
            Some(DateFile::Ymd) | None => DateOrder::Ymd,
        };
        settings.hand_edits = file.hand_edits;
        settings.layout = file.layout;
        (settings, problems)
    }

    /// The workspace's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The base currency.
    pub fn currency(&self) -> Currency {
        self.rates.base
    }

    /// Exchange rates into the base currency.
    pub fn rates(&self) -> &Rates {
        &self.rates
    }

    /// The workspace's time zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// ISO 639-1 code of the language labels are shown in.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The month (1 to 12) in which the fiscal year starts.
    pub fn fiscal_year_start(&self) -> u32 {
        self.fiscal_year_start
    }

    /// What happens to edits made outside Kontor.
    pub fn hand_edits(&self) -> HandEdits {
        self.hand_edits
    }

    /// How long a hand-edited file must be quiet before it is committed, in seconds.
    pub fn quiet_seconds(&self) -> u64 {
        self.quiet_seconds
    }

    /// The layout this workspace wants for a folder, where it differs from the schema's.
    pub fn layout(&self, folder: &str) -> Option<Layout> {
        self.layout.get(folder).copied()
    }

    /// How what people type is to be understood.
    pub fn input_style(&self, now: Now) -> InputStyle {
        InputStyle { decimal: self.decimal, date_order: self.date_order, now, base: self.currency() }
    }

    /// How numbers, money and dates are shown.
    pub fn style(&self) -> Style {
        Style::new(self.decimal.unwrap_or(DecimalMark::Point), self.date_order)
    }
}
