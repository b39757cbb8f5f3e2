//! What the person has decided of an import; what is left open is told from the file.

use crate::exchange::csv::{Delimiter, Encoding};
use crate::exchange::import::{Column, MappingFile, Matched, Options, Target, Wishes};
use crate::model::{Schema, TypeDef};
use crate::tr;
use smol_str::SmolStr;

/// What the person has decided.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// What the rows are.
    pub type_name: Option<SmolStr>,
    /// What columns fill, as mappings spell it.
    pub columns: Vec<(String, String)>,
    /// Whether columns that fill nothing are kept.
    pub keep_unmapped: bool,
    /// How it is done.
    pub options: Options,
    /// How the file's bytes spell text.
    pub encoding: Option<Encoding>,
    /// What parts its cells.
    pub delimiter: Option<Delimiter>,
    /// The saved mapping it began with, as typed.
    pub mapping: Option<String>,
}

impl Wish {
    /// The wishes for the columns of a file: what was wished for columns it has not is forgotten.
    pub fn wishes(&self, headers: &[String]) -> Wishes {
        let here = self.columns.iter().filter(|(header, _)| headers.contains(header));
        Wishes { columns: here.cloned().collect(), keep_unmapped: self.keep_unmapped }
    }

    /// The rows are of this type: what was decided for another means nothing any more.
    pub fn set_type(&mut self, name: &str) {
        if self.type_name.as_deref() != Some(name) {
            self.type_name = Some(name.into());
            self.options.defaults.clear();
            self.forget_mapping();
        }
    }

    /// Back to what the headers say.
    pub fn forget_mapping(&mut self) {
        self.columns.clear();
        self.options.matched = Matched::Best;
        self.mapping = None;
    }

    /// A column fills something else. What one column alone can fill, another that was put there leaves.
    pub fn set_column(&mut self, header: &str, target: &Target, ty: &TypeDef) {
        let text = target.to_string();
        let shared = target.is_shared(ty);
        self.columns.retain(|(other, theirs)| other != header && (shared || *theirs != text));
        self.columns.push((header.to_owned(), text));
    }

    /// What a row leaves empty is filled with this, or by nothing.
    pub fn set_default(&mut self, target: Target, text: &str) {
        self.options.defaults.retain(|(other, _)| *other != target);
        if !text.is_empty() {
            self.options.defaults.push((target, text.to_owned()));
        }
    }

    /// As it was when the mapping was saved.
    ///
    /// # Errors
    /// When what was saved makes no sense here, as a sentence.
    pub fn take_mapping(&mut self, from: &str, saved: MappingFile, schema: &Schema) -> Result<(), String> {
        let name = &saved.type_name;
        let unknown = || tr!("there is no record type '{name}'", name = name).into_owned();
        let ty = schema.find(name).ok_or_else(unknown)?;
        *self = Self {
            options: saved.options(ty).map_err(|e| e.to_string())?,
            encoding: saved.encoding().map_err(|e| e.to_string())?,
            delimiter: saved.delimiter().map_err(|e| e.to_string())?,
            type_name: Some(ty.name.clone()),
            columns: saved.columns.into_iter().collect(),
            keep_unmapped: false,
            mapping: Some(from.to_owned()),
        };
        self.keep_unmapped = self.options.keep_words;
        Ok(())
    }

    /// All of it as a mapping that can be saved.
    pub fn mapping_text(&self, type_name: &str, columns: &[Column]) -> String {
        MappingFile::of(type_name, columns, &self.options, self.encoding, self.delimiter).write()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::How;

    #[test]
    fn a_field_goes_from_column_to_column() {
        let schema = Schema::builtin();
        let ty = schema.find("account").unwrap();
        let name = Target::read("name", ty).unwrap();
        let mails = Target::read("emails", ty).unwrap();
        let mut wish = Wish::default();
        wish.set_column("Firm", &name, ty);
        wish.set_column("Shop", &name, ty);
        wish.set_column("Mail", &mails, ty);
        wish.set_column("Mail 2", &mails, ty);
        let told: Vec<String> = wish.columns.iter().map(|(header, to)| format!("{header}={to}")).collect();
        assert_eq!(told.join(" "), "Shop=name Mail=emails Mail 2=emails");
        assert_eq!(wish.wishes(&["Shop".to_owned()]).columns.len(), 1);
        wish.set_type("contact");
        assert!(wish.columns.is_empty());
    }

    #[test]
    fn a_saved_mapping_comes_back() {
        let schema = Schema::builtin();
        let column = Column { header: "Shop".into(), target: Target::Out, how: How::Given, remark: None };
        for matched in [Matched::Best, Matched::Never, Matched::By(vec!["name".into(), "website".into()])] {
            let mut wish = Wish { keep_unmapped: true, delimiter: Some(Delimiter::COMMA), ..Wish::default() };
            (wish.options.matched, wish.options.keep_words) = (matched, true);
            let saved =
                MappingFile::read(&wish.mapping_text("account", std::slice::from_ref(&column))).unwrap();
            let mut other = Wish::default();
            other.options.strict = true;
            other.take_mapping("a.yaml", saved, &schema).unwrap();
            assert_eq!((other.type_name.as_deref(), other.columns.len()), (Some("account"), 1));
            assert_eq!(other.options, wish.options);
            assert_eq!((other.delimiter, other.keep_unmapped), (wish.delimiter, true));
        }
        let strange = MappingFile::read("type: tulip\n").unwrap();
        let error = Wish::default().take_mapping("a.yaml", strange, &schema).unwrap_err();
        assert_eq!(error, "there is no record type 'tulip'");
    }
}
