//! The columns of a list and the text of its cells.

use super::QueryError;
use super::path::Path;
use crate::base::Now;
use crate::model::kinds::{show, show_text, title_of};
use crate::model::resolve::Scope;
use crate::model::schema::Label;
use crate::model::{Book, FieldDef, Record, TypeDef};
use smol_str::SmolStr;
use std::sync::Arc;

/// A column of a list.
#[derive(Debug, Clone)]
pub struct Column {
    /// What is written over it.
    pub label: String,
    /// Whether it holds numbers, which belong on the right.
    pub numeric: bool,
    path: Path,
}

/// The columns of these paths, in order.
///
/// # Errors
/// When a path leads nowhere.
pub fn columns<'p>(
    ty: &Arc<TypeDef>,
    paths: impl IntoIterator<Item = &'p str>,
    book: &Book,
) -> Result<Vec<Column>, QueryError> {
    paths.into_iter().map(|path| Column::new(ty, path, book)).collect()
}

impl Column {
    /// The column of a path.
    ///
    /// # Errors
    /// When the path leads nowhere.
    pub fn new(ty: &Arc<TypeDef>, path: &str, book: &Book) -> Result<Self, QueryError> {
        let found = Path::new(ty, path, book).map_err(|nowhere| QueryError {
            at: 0..path.len(),
            message: match nowhere.several.is_empty() {
                true => format!("there is no column '{}'", nowhere.step),
                false => nowhere.message(),
            },
            suggestion: nowhere.suggestion,
        })?;
        let language = book.settings().language();
        let label = match &found.field {
            // The last step of account.name says less than the first: the column is the account's name.
            Some(field) if path.contains('.') && field.name == "name" => {
                let head = path.split('.').next().unwrap_or(path);
                ty.field(head).map_or_else(|| Label::from_name(head), |field| field.label.clone())
            }
            Some(field) => field.label.clone(),
            None if found.is_id() => Label::Plain(SmolStr::new_static("ID")),
            None => Label::from_name(path.rsplit('.').next().unwrap_or(path)),
        };
        let numeric = found.field.as_ref().is_some_and(|field| field.kind.is_numeric());
        Ok(Self { label: label.get(language).to_owned(), numeric, path: found })
    }

    /// The path: what to sort by.
    pub fn path(&self) -> &SmolStr {
        &self.path.text
    }

    /// The field at the end of the path; `None` for ids, titles made of several fields and parts of addresses.
    pub fn field(&self) -> Option<&FieldDef> {
        self.path.field.as_ref()
    }

    /// What it shows that no field holds: a record's id, or a title made of several fields.
    pub fn whole(&self, book: &Book, record: &Record) -> Option<String> {
        match (self.path.is_id(), self.path.is_title()) {
            (true, _) => Some(record.id().to_string()),
            (_, true) => Some(title_of(book, record)),
            _ => None,
        }
    }

    /// A record's cell, for people.
    pub fn cell(&self, book: &Book, record: &Record, now: Now) -> String {
        if let Some(whole) = self.whole(book, record) {
            return whole;
        }
        let Some(scope) = Scope::of(book, record) else { return String::new() };
        let values = self.path.values(book, record);
        match &self.path.field {
            Some(field) => {
                let texts = values.into_iter().map(|value| show(&scope, field, value, now));
                texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
            }
            None => values.into_iter().map(|value| value.as_str()).collect::<Vec<_>>().join(", "),
        }
    }

    /// A cell of another value than the record holds, such as one that is being compared with it.
    pub fn text(&self, book: &Book, record: &Record, text: &str, now: Now) -> String {
        match (Scope::of(book, record), &self.path.field) {
            (Some(scope), Some(field)) => show_text(&scope, field, text, now),
            _ => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::RepoPath;
    use crate::model::{Schema, Settings, test_fields};
    use chrono::{TimeZone, Utc};

    #[test]
    fn cells() {
        let text = "
users/lena: {name: Lena Vogt}
accounts/acme: {name: Acme GmbH, owner: lena, billing_address: {city: Hamburg}, employees: 1200}
contacts/marta: {first_name: Marta, last_name: Lind, account: acme, emails: [a@b.example, c@d.example]}
";
        let records = test_fields(text).into_iter().map(|(name, value)| Record {
            reference: name.parse().unwrap(),
            path: RepoPath::try_from(format!("{name}.yaml").as_str()).unwrap(),
            fields: value.entries().to_vec().into(),
        });
        let book =
            Book::new(Arc::new(Schema::builtin()), Arc::new(Settings::default()), records.collect(), vec![]);
        let ty = book.schema().find("contact").unwrap();
        let marta = &book.of(&ty.folder)[0];
        let now = Now::new(Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap(), chrono_tz::UTC);
        let check = |path: &str, expect: &str| {
            let column = Column::new(ty, path, &book).unwrap();
            let shown = format!(
                "{}: {}{}",
                column.label,
                column.cell(&book, marta, now),
                if column.numeric { " >" } else { "" }
            );
            assert_eq!(shown, expect);
        };
        check("last_name", "Last name: Lind");
        check("account", "Account: Acme GmbH");
        check("account.name", "Account: Acme GmbH");
        check("account.owner", "Owner: Lena Vogt");
        check("account.billing_address.city", "City: Hamburg");
        check("account.employees", "Employees: 1,200 >");
        check("emails", "Emails: a@b.example, c@d.example");
        check("phones", "Phones: ");
        check("id", "ID: marta");
        check("name", "Name: Marta Lind");
        assert!(columns(ty, ["id", "lastname"], &book).unwrap_err().to_string().contains("'last_name'"));
    }
}
