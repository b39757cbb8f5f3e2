//! What a list asks: which columns, in what order, under which headings.

use super::List;
use super::columns::{label, usual};
use crate::actions::{PickOption, Question};
use crate::model::Kind;
use crate::query::{makes_headings, title_path};
use crate::tr;
use crate::tui::parts::{Response, World};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

impl List {
    pub(super) fn ask_column(&self, world: &World) -> Response {
        let question = Question::Pick {
            title: tr!("Sort by").into_owned(),
            options: self.options(world),
            current: self.grid.sort.as_ref().map(|(column, _)| column.to_string()),
        };
        Response::Ask(question, "sort")
    }

    pub(super) fn ask_columns(&self, world: &World) -> Response {
        let question = Question::Many {
            title: tr!("Columns").into_owned(),
            options: self.options(world),
            chosen: self.paths(world).iter().map(ToString::to_string).collect(),
        };
        Response::Ask(question, "columns")
    }

    pub(super) fn ask_group(&self, world: &World) -> Response {
        let mut options = vec![PickOption {
            value: String::new(),
            label: tr!("No headings").into_owned(),
            detail: String::new(),
        }];
        let fields = self.ty.fields.iter().filter(|field| makes_headings(field)).map(|field| &field.name);
        // One that a view names by a path stays to be chosen.
        let own = self.group.iter().filter(|path| self.ty.field(path).is_none());
        options.extend(own.chain(fields).map(|path| PickOption {
            value: path.to_string(),
            label: label(&self.ty, path, world),
            detail: match self.ty.field(path).map(|field| &field.kind) {
                Some(Kind::Date | Kind::Datetime) => tr!("by month").into_owned(),
                _ => String::new(),
            },
        }));
        let question = Question::Pick {
            title: tr!("Group by").into_owned(),
            options,
            current: Some(self.group.as_deref().unwrap_or_default().to_owned()),
        };
        Response::Ask(question, "group")
    }

    /// Everything there is to show or to sort by: what is shown first, what usually is, then every field.
    fn options(&self, world: &World) -> Vec<PickOption> {
        let title = title_path(&self.ty).map(SmolStr::new_static);
        let fields = title.into_iter().chain(self.ty.fields.iter().map(|field| field.name.clone()));
        let mut paths: Vec<SmolStr> = Vec::new();
        for path in self.paths(world).into_iter().chain(usual(&self.ty)).chain(fields) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        let option = |path: &SmolStr| PickOption {
            value: path.to_string(),
            label: label(&self.ty, path, world),
            detail: String::new(),
        };
        told_apart(paths.iter().map(option).collect())
    }
}

/// Where several are called the same, each says its path too.
fn told_apart(mut options: Vec<PickOption>) -> Vec<PickOption> {
    let mut times: FxHashMap<String, usize> = FxHashMap::default();
    for option in &options {
        *times.entry(option.label.clone()).or_default() += 1;
    }
    for option in options.iter_mut().filter(|option| times.get(&option.label).is_some_and(|n| *n > 1)) {
        option.detail = option.value.replace('.', " › ").replace('_', " ");
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_the_same_says_its_path() {
        let option = |(value, label): (&str, &str)| PickOption {
            value: value.into(),
            label: label.into(),
            detail: String::new(),
        };
        let options = [("account", "Account"), ("account.name", "Account"), ("id", "ID")].map(option);
        let told = told_apart(options.to_vec());
        let details: Vec<_> = told.iter().map(|option| option.detail.as_str()).collect();
        assert_eq!(details, ["account", "account › name", ""]);
    }
}
