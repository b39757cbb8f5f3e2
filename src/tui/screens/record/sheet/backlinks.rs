//! Who points at a record, as the tabs of its page.

use super::part::{Content, List, Part, Side};
use super::subject::Subject;
use crate::base::show::count;
use crate::model::{Record, TypeDef};
use crate::tui::screens::record::linked::{self, Linked};
use smol_str::{SmolStr, format_smolstr};
use std::sync::Arc;

/// Who points here, by type and by what the schema calls that.
pub fn backlinks(subject: &Subject<'_>) -> Vec<Part> {
    let schema = subject.book.schema();
    let language = subject.book.settings().language();
    let links = subject.book.backlinks(&subject.record.reference);
    let mut parts = Vec::new();
    for (ty, field, link) in schema.links_to(subject.ty) {
        let mut from: Vec<_> = links
            .iter()
            .filter(|l| l.from.folder == ty.folder && l.field == field.name)
            .filter_map(|l| subject.book.get(&l.from))
            .cloned()
            .collect();
        from.dedup_by(|a, b| a.reference == b.reference);
        let title = match &link.backlink {
            Some(label) => label.get(language).to_owned(),
            None if link.name != field.name => ty.plural_label.get(language).to_owned(),
            None => format!("{} · {}", ty.plural_label.get(language), field.label.get(language)),
        };
        group(subject, &mut parts, ty, &field.name, title, from);
    }
    parts
}

/// A tab of the records that point here in one field.
fn group(
    subject: &Subject<'_>,
    parts: &mut Vec<Part>,
    ty: &Arc<TypeDef>,
    field: &SmolStr,
    title: String,
    mut from: Vec<Arc<Record>>,
) {
    if from.is_empty() {
        return;
    }
    // Long lists stay as they come; nobody reads them to their end here.
    const SORTED: usize = 3000;
    if let Some(date) = ty.date.as_ref().filter(|_| from.len() <= SORTED) {
        from.sort_by_cached_key(|r| {
            std::cmp::Reverse(r.moment(date).map(|m| m.start(subject.world.now.zone)))
        });
    }
    let id = format_smolstr!("{}:{field}", ty.name);
    let columns = linked::generic(ty, std::slice::from_ref(field), subject.world);
    parts.push(Part {
        id,
        title,
        detail: count(from.len(), &subject.world.style()),
        side: Side::Tab,
        content: Content::Linked(List {
            rows: Linked::new(subject.world, ty, from),
            columns,
            headings: true,
            empty: String::new(),
        }),
    });
}
