//! Whether an answer is for people or for programs.

use clap::{Args, ValueEnum};

/// For people or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs; errors are JSON too
    Json,
}

/// The choice between the two.
#[derive(Debug, Clone, Copy, Args)]
pub struct FormatArg {
    /// For people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

impl FormatArg {
    /// Whether a program reads.
    pub fn is_json(self) -> bool {
        self.format == Format::Json
    }
}
