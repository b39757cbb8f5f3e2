//! What the person has decided of an import; what is left open is told from the file.

use crate::exchange::csv::{Delimiter, Encoding};
use crate::exchange::import::{Column, MappingFile, Matched, Options, Target, Wishes};
use crate::model::TypeDef;
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
    pub fn take_mapping(&mut self, from: &str, saved: MappingFile) {
        if self.type_name.as_ref().is_some_and(|name| *name != saved.type_name) {
            self.options.defaults.clear();
        }
        self.type_name = Some(saved.type_name);
        self.columns = saved.columns.into_iter().collect();
        self.options.matched = match saved.matched_by.as_deref() {
            None => Matched::Best,
            Some("" | "none") => Matched::Never,
            Some(by) => Matched::By(by.split(',').map(|field| field.trim().into()).collect()),
        };
        self.mapping = Some(from.to_owned());
    }
}

/// A mapping as it is saved, with the fields rows are matched by.
pub fn mapping_text(type_name: &str, matched_by: &[SmolStr], columns: &[Column]) -> String {
    let by = if matched_by.is_empty() { "none".to_owned() } else { matched_by.join(",") };
    MappingFile::of(type_name, Some(by), columns).write()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::How;
    use crate::model::Schema;

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
        let column = Column { header: "Shop".into(), target: Target::Out, how: How::Given, remark: None };
        for by in [vec![], vec![SmolStr::new("name"), SmolStr::new("website")]] {
            let text = mapping_text("account", &by, std::slice::from_ref(&column));
            let mut wish = Wish::default();
            wish.take_mapping("a.yaml", MappingFile::read(&text).unwrap());
            assert_eq!((wish.type_name.as_deref(), wish.columns.len()), (Some("account"), 1));
            let matched = if by.is_empty() { Matched::Never } else { Matched::By(by) };
            assert_eq!(wish.options.matched, matched);
        }
    }
}
