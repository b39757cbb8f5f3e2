//! A mapping as a file, to be used again: `kontor import --save-mapping`, `--mapping`.

use super::mapping::Column;
use crate::yaml::{self, Data, to_text};
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// A mapping that was saved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingFile {
    /// The type of the records.
    #[serde(rename = "type")]
    pub type_name: SmolStr,
    /// By what a row is known to be a record that is there; the empty text for by nothing.
    #[serde(rename = "match", default)]
    pub matched_by: Option<String>,
    /// Headers and where their columns go; the empty text for nowhere.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
}

impl MappingFile {
    /// What is worth keeping of a mapping.
    pub fn of(type_name: &str, matched_by: Option<String>, columns: &[Column]) -> Self {
        let columns = columns.iter().map(|c| (c.header.clone(), c.target.to_string())).collect();
        Self { type_name: type_name.into(), matched_by, columns }
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// Line, column and what is wrong there.
    pub fn read(text: &str) -> Result<Self, String> {
        let root = yaml::parse(text).map_err(|e| format!("{}:{}: {}", e.line, e.column, e.kind))?;
        yaml::from_node(&root).map_err(|e| format!("{}:{}: {}", e.line, e.column, e.message))
    }

    /// The text of the file.
    pub fn write(&self) -> String {
        let columns =
            self.columns.iter().map(|(header, target)| (header.clone(), Data::text(target.as_str())));
        let matched = self.matched_by.iter().map(|by| ("match".to_owned(), Data::text(by.as_str())));
        let head = [("type".to_owned(), Data::text(self.type_name.as_str()))].into_iter().chain(matched);
        let all = head.chain([("columns".to_owned(), Data::Map(columns.collect()))]);
        let note = "# Which column fills which field, for `kontor import --mapping`. Nothing behind a column leaves it out.\n";
        format!("{note}{}", to_text(&Data::Map(all.collect())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        let columns = [
            ("Größe: \"x\"", "employees"),
            ("yes", ""),
            ("a\nb", "+a_b"),
            ("Revenue", "annual_revenue*1000000"),
        ];
        let columns = columns.map(|(header, target)| (header.to_owned(), target.to_owned()));
        let file = MappingFile {
            type_name: "account".into(),
            matched_by: Some("name".into()),
            columns: columns.into_iter().collect(),
        };
        assert_eq!(MappingFile::read(&file.write()), Ok(file));
        assert_eq!(MappingFile::read("type: account\n").map(|f| f.columns.len()), Ok(0));
        assert!(MappingFile::read("typ: account\n").unwrap_err().starts_with("1:1: "));
        assert!(MappingFile::read("type: [\n").unwrap_err().starts_with("2:"));
    }
}
