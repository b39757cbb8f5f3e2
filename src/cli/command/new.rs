//! `kontor new`: a record.

use super::{DONE, Done};
use crate::actions::{Input, assign, records};
use crate::cli::find::record_type;
use crate::cli::format::FormatArg;
use crate::cli::session::{Session, applied_json, context, settle};
use clap::Args;

/// Create a record and print its reference
#[derive(Debug, Args)]
pub struct New {
    /// The type: account, contact, deal, …
    #[arg(value_name = "TYPE")]
    type_name: String,
    /// What its fields hold: `name="Acme GmbH" owner=me close_date="in 2 weeks"`
    #[arg(value_name = "FIELD=VALUE")]
    fields: Vec<String>,
    #[command(flatten)]
    format: FormatArg,
}

impl New {
    /// Creates the record.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let mut workspace = session.open()?;
        let book = workspace.book();
        let ty = record_type(&book, &self.type_name)?;
        let fields = assign::for_new(&context(&workspace, &book, &[]), ty, &self.fields)?;
        let input = Input { type_name: Some(ty.name.clone()), fields, ..Input::default() };
        let applied = session.act(&mut workspace, &records::new::ACTION, &[], &input)?;
        settle(&workspace)?;
        let reference = applied.touched.first().map(|t| t.reference.to_string()).unwrap_or_default();
        if self.format.is_json() {
            let mut told = applied_json(&applied);
            told["ref"] = reference.into();
            session.out.json(&told)?;
        } else {
            session.out.say(reference)?;
        }
        Ok(DONE)
    }
}
