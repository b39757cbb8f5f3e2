//! `kontor init`: a new workspace.

use super::{DONE, Done};
use crate::base::Currency;
use crate::cli::Failure;
use crate::cli::format::FormatArg;
use crate::cli::line::{Ink, Line};
use crate::cli::session::Session;
use crate::model::near::nearest;
use crate::workspace::init::{Basics, Furnished, InitError, Made, init};
use chrono_tz::{TZ_VARIANTS, Tz};
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Make a new workspace, in a new or an existing git repository
///
/// It starts with a record of you as its user, a pipeline for deals and a queue for cases. Change or delete them as you
/// like; `--empty` leaves pipeline and queue out.
#[derive(Debug, Args)]
pub struct Init {
    /// Its folder; the current one unless given
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// What it is called; after its folder unless given
    #[arg(long)]
    name: Option<String>,
    /// The base currency, such as EUR; that of the system's region unless given
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// The time zone, such as Europe/Berlin; the system's unless given
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Leave out the pipeline and the queue it would start with
    #[arg(long)]
    empty: bool,
    #[command(flatten)]
    format: FormatArg,
}

impl Init {
    /// Makes it.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let folder = self.dir.as_deref().map_or_else(|| session.folder(), |dir| session.place(dir));
        let basics = Basics {
            name: self
                .name
                .clone()
                .filter(|n| !n.trim().is_empty())
                .unwrap_or_else(|| name_of(session, &folder)),
            currency: self.currency()?,
            zone: self.zone()?,
            furnished: if self.empty { Furnished::Empty } else { Furnished::Starter },
        };
        let made = init(&folder, session.environment(), &*session.clock, &basics)?;
        match self.format.is_json() {
            true => session.out.json(&as_json(&made))?,
            false => tell(session, &made, &basics)?,
        }
        Ok(DONE)
    }

    fn currency(&self) -> Result<Currency, Failure> {
        let detected = || {
            currency_of(
                &std::env::var("LC_ALL")
                    .or(std::env::var("LC_MONETARY"))
                    .or(std::env::var("LANG"))
                    .unwrap_or_default(),
            )
        };
        let code = self.currency.as_ref().map_or_else(|| detected().to_owned(), |c| c.trim().to_uppercase());
        code.parse().map_err(|e| {
            Failure::usage("bad-value", format!("--currency {code}: {e}"))
                .hint("write three letters, such as EUR")
        })
    }

    fn zone(&self) -> Result<Tz, Failure> {
        let Some(name) = &self.time_zone else {
            let found = iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok());
            return Ok(found.unwrap_or(Tz::UTC));
        };
        let names = || TZ_VARIANTS.iter().map(|zone| zone.name());
        name.trim().parse().map_err(|_| {
            // People write the city; the list has Europe/Berlin.
            let city = names().find(|n| n.rsplit('/').next().is_some_and(|c| c.eq_ignore_ascii_case(name)));
            Failure::usage("bad-value", format!("there is no time zone '{name}'"))
                .meant(city.or_else(|| nearest(name, names())), "write one such as Europe/Berlin")
        })
    }
}

/// After the folder.
fn name_of(session: &Session<'_>, folder: &Path) -> String {
    let real = session.real_folder().unwrap_or_default();
    let last = real
        .join(folder)
        .components()
        .filter_map(|part| match part {
            std::path::Component::Normal(name) => name.to_str().map(str::to_owned),
            _ => None,
        })
        .next_back();
    last.unwrap_or_else(|| "Kontor".to_owned())
}

/// The currency where people have this locale: `de_DE.UTF-8`. The euro where nobody can tell.
fn currency_of(locale: &str) -> &'static str {
    let region =
        locale.split(['.', '@']).next().and_then(|l| l.split_once('_')).map_or("", |(_, region)| region);
    match region {
        "US" | "EC" | "SV" | "PR" => "USD",
        "GB" => "GBP",
        "CH" | "LI" => "CHF",
        "JP" => "JPY",
        "CN" => "CNY",
        "IN" => "INR",
        "AU" => "AUD",
        "NZ" => "NZD",
        "CA" => "CAD",
        "SE" => "SEK",
        "NO" => "NOK",
        "DK" => "DKK",
        "PL" => "PLN",
        "CZ" => "CZK",
        "HU" => "HUF",
        "RO" => "RON",
        "TR" => "TRY",
        "UA" => "UAH",
        "BR" => "BRL",
        "MX" => "MXN",
        "AR" => "ARS",
        "CL" => "CLP",
        "CO" => "COP",
        "ZA" => "ZAR",
        "KR" => "KRW",
        "TW" => "TWD",
        "HK" => "HKD",
        "SG" => "SGD",
        "IL" => "ILS",
        "AE" => "AED",
        "SA" => "SAR",
        "EG" => "EGP",
        "NG" => "NGN",
        "KE" => "KES",
        "ID" => "IDR",
        "TH" => "THB",
        "VN" => "VND",
        "MY" => "MYR",
        "PH" => "PHP",
        _ => "EUR",
    }
}

fn as_json(made: &Made) -> serde_json::Value {
    json!({
        "path": made.path.display().to_string(),
        "commit": made.commit.to_string(),
        "files": made.files.iter().map(|f| f.as_str()).collect::<Vec<_>>(),
    })
}

fn tell(session: &mut Session<'_>, made: &Made, basics: &Basics) -> std::io::Result<()> {
    let out = &mut session.out;
    let name = basics.name.as_str();
    let head = crate::tr!("{name} is a workspace now", name = name);
    let place = format!("  {}", made.path.display());
    out.line(&Line::new().ink(Ink::Good, head).ink(Ink::Dim, place))?;
    let facts = crate::tr!(
        "amounts in {currency}, times in {zone}; both stand in kontor.yaml",
        currency = basics.currency,
        zone = basics.zone.name()
    );
    out.say(facts)?;
    let is_starter = |f: &&crate::base::RepoPath| matches!(f.first(), "pipelines" | "queues");
    let starter: Vec<_> = made.files.iter().filter(is_starter).map(|f| f.as_str()).collect();
    if !starter.is_empty() {
        out.say(crate::tr!("to start with, and to be changed: {files}", files = starter.join(", ")))?;
    }
    out.say(crate::tr!("next: `kontor new account name=\"…\"`, or `kontor` for the screen"))
}

impl From<InitError> for Failure {
    fn from(error: InitError) -> Self {
        match error {
            InitError::Git(error) => error.into(),
            InitError::Disk(error) => error.into(),
            InitError::Already(_) => Self::problem("already-a-workspace", error.to_string()),
            InitError::Inside { .. } => Self::problem("inside-a-repository", error.to_string()),
            InitError::InTheWay(_) => Self::problem("in-the-way", error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::currency_of;

    #[test]
    fn the_region_of_a_locale_tells_the_currency() {
        for (locale, currency) in [
            ("de_DE.UTF-8", "EUR"),
            ("en_US.UTF-8", "USD"),
            ("de_CH@euro", "CHF"),
            ("C.UTF-8", "EUR"),
            ("", "EUR"),
        ] {
            assert_eq!(currency_of(locale), currency, "{locale}");
            assert!(currency_of(locale).parse::<crate::base::Currency>().is_ok());
        }
    }
}
