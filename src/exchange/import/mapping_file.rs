//! A mapping as a file, to be used again: `kontor import --save-mapping`, `--mapping`.
//!
//! Besides the columns it keeps everything that was said of the import, each under the name of its option on the command
//! line, so that the mapping alone makes the same import again.

use super::mapping::Column;
use super::request::{Matched, Missing, Mode, Options};
use super::target::{NoSuchTarget, Target};
use crate::base::{Currency, DateOrder, DecimalMark};
use crate::exchange::csv::{CsvError, Delimiter, Encoding};
use crate::model::TypeDef;
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
    /// By what a row is known to be a record that is there; `none` and the empty text for by nothing.
    #[serde(rename = "match", default)]
    pub matched_by: Option<String>,
    #[serde(default)]
    encoding: Option<String>,
    #[serde(default)]
    delimiter: Option<String>,
    #[serde(default)]
    dates: Option<Dates>,
    #[serde(default)]
    decimal: Option<Decimal>,
    #[serde(default)]
    currency: Option<Currency>,
    #[serde(default)]
    create_only: bool,
    #[serde(default)]
    update_only: bool,
    #[serde(default)]
    create_missing: bool,
    #[serde(default)]
    leave_missing: bool,
    #[serde(default)]
    keep_unmapped: bool,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    open_quotes: bool,
    /// Fields and what fills them where a row leaves them empty.
    #[serde(default)]
    default: BTreeMap<String, String>,
    /// Headers and where their columns go; the empty text for nowhere.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Dates {
    Dmy,
    Mdy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Decimal {
    Point,
    Comma,
}

impl MappingFile {
    /// How the text of each begins, by which Kontor knows those it wrote.
    pub const HEAD: &str = "# Which column fills which field, for `kontor import --mapping`.";

    /// What was decided of an import. What the file decided by itself it will decide again.
    pub fn of(
        type_name: &str,
        columns: &[Column],
        options: &Options,
        encoding: Option<Encoding>,
        delimiter: Option<Delimiter>,
    ) -> Self {
        Self {
            type_name: type_name.into(),
            matched_by: match &options.matched {
                Matched::Best => None,
                Matched::Never => Some("none".to_owned()),
                Matched::By(fields) => Some(fields.join(",")),
            },
            encoding: encoding.map(|encoding| encoding.to_string()),
            delimiter: delimiter.map(|delimiter| delimiter.to_string()),
            dates: options.dates.and_then(|order| match order {
                DateOrder::Dmy => Some(Dates::Dmy),
                DateOrder::Mdy => Some(Dates::Mdy),
                DateOrder::Ymd => None,
            }),
            decimal: options.decimals.map(|mark| match mark {
                DecimalMark::Point => Decimal::Point,
                DecimalMark::Comma => Decimal::Comma,
            }),
            currency: options.currency,
            create_only: options.mode == Mode::Create,
            update_only: options.mode == Mode::Update,
            create_missing: options.missing == Missing::Create,
            leave_missing: options.missing == Missing::Leave,
            keep_unmapped: options.keep_words,
            strict: options.strict,
            open_quotes: options.open_quotes,
            default: options.defaults.iter().map(|(field, text)| (field.to_string(), text.clone())).collect(),
            columns: columns.iter().map(|c| (c.header.clone(), c.target.to_string())).collect(),
        }
    }

    /// How the import is done for a file of records of this type.
    ///
    /// # Errors
    /// When the type has no such field as is to be filled.
    pub fn options(&self, ty: &TypeDef) -> Result<Options, NoSuchTarget> {
        let default = |(field, text): (&String, &String)| Ok((Target::read(field, ty)?, text.clone()));
        Ok(Options {
            matched: match self.matched_by.as_deref() {
                None => Matched::Best,
                Some("" | "none") => Matched::Never,
                Some(by) => Matched::By(by.split(',').map(|field| field.trim().into()).collect()),
            },
            mode: match (self.create_only, self.update_only) {
                (true, _) => Mode::Create,
                (_, true) => Mode::Update,
                _ => Mode::Both,
            },
            defaults: self.default.iter().map(default).collect::<Result<_, _>>()?,
            missing: match (self.create_missing, self.leave_missing) {
                (true, _) => Missing::Create,
                (_, true) => Missing::Leave,
                _ => Missing::Usual,
            },
            strict: self.strict,
            keep_words: self.keep_unmapped,
            open_quotes: self.open_quotes,
            dates: self.dates.map(|dates| match dates {
                Dates::Dmy => DateOrder::Dmy,
                Dates::Mdy => DateOrder::Mdy,
            }),
            decimals: self.decimal.map(|decimal| match decimal {
                Decimal::Point => DecimalMark::Point,
                Decimal::Comma => DecimalMark::Comma,
            }),
            currency: self.currency,
        })
    }

    /// How the file's bytes spell text, where that was said.
    ///
    /// # Errors
    /// When there is no such encoding.
    pub fn encoding(&self) -> Result<Option<Encoding>, CsvError> {
        self.encoding.as_deref().map(Encoding::named).transpose()
    }

    /// What parts the file's cells, where that was said.
    ///
    /// # Errors
    /// When it cannot part cells.
    pub fn delimiter(&self) -> Result<Option<Delimiter>, CsvError> {
        self.delimiter.as_deref().map(str::parse).transpose()
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
        let map = |map: &BTreeMap<String, String>| {
            Data::Map(map.iter().map(|(key, text)| (key.clone(), Data::text(text.as_str()))).collect())
        };
        let dates = self.dates.map(|dates| match dates {
            Dates::Dmy => "dmy",
            Dates::Mdy => "mdy",
        });
        let decimal = self.decimal.map(|decimal| match decimal {
            Decimal::Point => "point",
            Decimal::Comma => "comma",
        });
        let words = [
            ("type", Some(self.type_name.as_str())),
            ("match", self.matched_by.as_deref()),
            ("encoding", self.encoding.as_deref()),
            ("delimiter", self.delimiter.as_deref()),
            ("dates", dates),
            ("decimal", decimal),
            ("currency", self.currency.as_ref().map(Currency::code)),
        ];
        let flags = [
            ("create_only", self.create_only),
            ("update_only", self.update_only),
            ("create_missing", self.create_missing),
            ("leave_missing", self.leave_missing),
            ("keep_unmapped", self.keep_unmapped),
            ("strict", self.strict),
            ("open_quotes", self.open_quotes),
        ];
        let words = words.into_iter().filter_map(|(key, text)| Some((key, Data::text(text?))));
        let flags = flags.into_iter().filter(|(_, is)| *is).map(|(key, _)| (key, Data::plain("true")));
        let default = (!self.default.is_empty()).then(|| ("default", map(&self.default)));
        let all = words.chain(flags).chain(default).chain([("columns", map(&self.columns))]);
        let all = Data::Map(all.map(|(key, data)| (key.to_owned(), data)).collect());
        let (head, note) = (Self::HEAD, "Nothing behind a column leaves it out.");
        format!("{head} {note}\n{}", to_text(&all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::How;
    use crate::model::Schema;

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
            ..MappingFile::default()
        };
        assert_eq!(MappingFile::read(&file.write()), Ok(file));
        assert_eq!(MappingFile::read("type: account\n").map(|f| f.columns.len()), Ok(0));
        assert!(MappingFile::read("typ: account\n").unwrap_err().starts_with("1:1: "));
        assert!(MappingFile::read("type: [\n").unwrap_err().starts_with("2:"));
        assert!(MappingFile::read("type: account\ndates: ydm\n").unwrap_err().starts_with("2:8: "));
    }

    #[test]
    fn everything_that_was_said_comes_back() {
        let schema = Schema::builtin();
        let ty = schema.find("account").unwrap();
        let header = "Firm".to_owned();
        let column =
            Column { header, target: Target::read("name", ty).unwrap(), how: How::Given, remark: None };
        let full = Options {
            matched: Matched::By(vec!["name".into(), "website".into()]),
            mode: Mode::Update,
            defaults: vec![(Target::read("billing_address.country", ty).unwrap(), "no".into())],
            missing: Missing::Create,
            strict: true,
            keep_words: true,
            open_quotes: true,
            dates: Some(DateOrder::Mdy),
            decimals: Some(DecimalMark::Comma),
            currency: Some(Currency::USD),
        };
        let other = Options {
            matched: Matched::Never,
            mode: Mode::Create,
            missing: Missing::Leave,
            dates: Some(DateOrder::Dmy),
            decimals: Some(DecimalMark::Point),
            ..Options::default()
        };
        let (encoding, delimiter) = (Encoding::named("latin2").unwrap(), "^".parse::<Delimiter>().unwrap());
        for (options, encoding, delimiter) in
            [(full, Some(encoding), Some(delimiter)), (other, None, None), (Options::default(), None, None)]
        {
            let file =
                MappingFile::of("account", std::slice::from_ref(&column), &options, encoding, delimiter);
            let text = file.write();
            let read = MappingFile::read(&text).unwrap();
            assert_eq!(read.options(ty), Ok(options), "{text}");
            assert_eq!((read.encoding(), read.delimiter()), (Ok(encoding), Ok(delimiter)), "{text}");
            assert_eq!(read, file);
        }
    }
}
