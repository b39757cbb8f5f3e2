//! What the word before a filter's cursor may become: found with the query, shown below the line.

use crate::base::text;
use crate::model::{Book, TypeDef};
use crate::query::{Candidate, Facts, complete};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::paint::{self, Pen, columns};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// More would not be looked through.
const MOST: usize = 50;
/// So many are seen at once, where there is room.
const SEEN: usize = 8;
/// Where less is below the line, one line of them has to do.
const LOW: u16 = 12;
/// From so many letters on a name that is being typed is worth covering results.
const TELLING: usize = 3;
/// Names and values take no more columns than this.
const LONGEST: u16 = 28;
/// The narrowest and the widest the list gets inside its frame.
const WIDTHS: (u16, u16) = (26, 68);

/// One thing the word may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The whole word then.
    pub word: String,
    /// What is new in it: a name, a name with an operator, a value.
    name: String,
    /// What that means, where it does not say so itself.
    meaning: String,
    /// What kind of field it is.
    kind: String,
}

/// The last word of the text before the cursor; empty after a blank.
pub fn tail(text: &str) -> &str {
    text.rfind(char::is_whitespace).map_or(text, |at| text[at..].trim_start())
}

/// What the last word of the text before the cursor may become, best first: names of fields, then what may be asked of one, then its values.
pub fn offers(text: &str, ty: &Arc<TypeDef>, book: &Book, facts: &dyn Facts) -> Vec<Offer> {
    let start = text.len() - tail(text).len();
    let found = complete(text, text.len(), Some(ty), book, Some(facts), MOST);
    let found = found.into_iter().filter(|candidate| candidate.at.start >= start);
    let language = book.settings().language();
    let known = facts.about(ty);
    let help = |name: &str| {
        let field = ty.field(name).or_else(|| known.iter().find(|fact| fact.name == name));
        field.and_then(|field| field.help.as_ref()).map(|help| help.get(language).to_owned())
    };
    found.map(|found| Offer::new(&text[start..found.at.start], &found, help(&found.insert))).collect()
}

impl Offer {
    fn new(head: &str, candidate: &Candidate, help: Option<String>) -> Self {
        let Candidate { insert, label, detail, .. } = candidate;
        let says_itself = insert.replace('_', " ").eq_ignore_ascii_case(label);
        let is_of_the_language =
            insert.strip_suffix(':').is_some_and(|word| word.eq_ignore_ascii_case(label));
        let (meaning, kind) = match help {
            _ if is_of_the_language || insert.ends_with(label.as_str()) => (detail.clone(), String::new()),
            Some(help) => (help, detail.clone()),
            None if says_itself => (String::new(), detail.clone()),
            None => (label.clone(), detail.clone()),
        };
        Self { word: format!("{head}{insert}"), name: insert.clone(), meaning, kind }
    }
}

/// Whether what is offered for the text before the cursor is worth covering results: values, and names once they tell.
pub fn is_worth_showing(text: &str) -> bool {
    let word = tail(text).trim_start_matches(['-', '(']);
    word.contains([':', '=', '<', '>', '~']) || word.chars().count() >= TELLING
}

/// Draws the list with its frame, its left edge at column `x` as far as there is room for it, from the first line of the
/// area on. Where the area is too low for that, one line of it has to do.
pub fn draw(offers: &[Offer], at: Option<usize>, x: u16, area: Rect, buf: &mut Buffer, theme: &Theme) {
    if area.height < LOW {
        draw_line(offers, at, paint::line(area, 0), buf, theme);
        return;
    }
    // Half of what is below stays in sight.
    let seen = SEEN.min(usize::from(area.height / 2 - 2));
    let rows = offers.len().min(seen) as u16;
    let widest = |text: fn(&Offer) -> &str| {
        offers.iter().map(|offer| columns(&text::safe(text(offer)))).max().unwrap_or_default()
    };
    let (name, meaning) = (widest(|offer| &offer.name).min(LONGEST), widest(|offer| &offer.meaning));
    let wanted = 2 + name + 2 + meaning + 2 + widest(|offer| &offer.kind);
    let width = (wanted.clamp(WIDTHS.0, WIDTHS.1) + 4).min(area.width);
    let x = x.saturating_sub(4).clamp(area.x, area.right() - width);
    let inside = paint::popup(buf, Rect { x, width, height: rows + 2, ..area }, "", theme);
    let top = at.map_or(0, |at| (at + 1).saturating_sub(seen));
    for (row, (index, offer)) in offers.iter().enumerate().skip(top).take(seen).enumerate() {
        let line = paint::line(inside, row as u16);
        let here = at == Some(index);
        let mut style = theme.style(Role::Surface).patch(theme.style(Role::Text));
        if here {
            style = style.patch(theme.style(Role::Selection));
            paint::tint(buf, line, style);
        }
        let mut pen = Pen::new(buf, line);
        pen.cell(if here { "▌" } else { "" }, 2, style.patch(theme.style(Role::Cursor)));
        pen.right(&offer.kind, style.patch(theme.style(Role::Faint))).gap_right(2);
        pen.cell(&offer.name, name, style).gap(2);
        pen.text(&offer.meaning, style.patch(theme.style(Role::Muted)));
    }
    paint::scrollbar(buf, inside, top, seen, offers.len(), theme);
}

/// As many as one line holds, from the one that was taken on.
fn draw_line(offers: &[Offer], at: Option<usize>, line: Rect, buf: &mut Buffer, theme: &Theme) {
    let ground = theme.style(Role::Surface);
    paint::wipe(buf, line, ground);
    let mut pen = Pen::new(buf, line);
    pen.text(" ", ground);
    for (index, offer) in offers.iter().enumerate().skip(at.unwrap_or_default()) {
        let role = if at == Some(index) { Role::Selection } else { Role::Muted };
        pen.text(&offer.name, ground.patch(theme.style(role))).text("  ", ground);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Now;
    use crate::crm::Known;
    use crate::model::{Schema, Settings};
    use chrono::DateTime;
    use chrono_tz::Tz;

    fn found(text: &str) -> Vec<Offer> {
        let book = Book::empty(Arc::new(Schema::builtin()), Arc::new(Settings::default()));
        let case = book.schema().find("case").unwrap().clone();
        let facts = Known::of(&book, Now::new(DateTime::UNIX_EPOCH, Tz::UTC));
        offers(text, &case, &book, &*facts)
    }

    #[test]
    fn fields_then_values() {
        let check = |text: &str, expect: &str| {
            let words: Vec<_> = found(text).into_iter().map(|offer| offer.word).collect();
            assert_eq!(words.join(" "), expect, "{text}");
        };
        check("pump pri", "priority");
        check("priority=h", "priority=high");
        check("status!=re", "status!=resolved");
        check("escalated=", "escalated=yes escalated=no");
        check("priority=high", "");
        check("pump ", "");
        check("is:b", "is:breached");
        check("is:", "is:escalated is:open is:breached");
        check("brea", "breach breached");
        check("breach<to", "breach<today breach<tomorrow");
        check("last_a", "last_activity");
        check("nonsense=x", "");
    }

    #[test]
    fn each_says_what_it_means_unless_its_name_does() {
        let check = |text: &str, expect: &str| {
            let said = |offer: Offer| format!("{}|{}|{}", offer.name, offer.meaning, offer.kind);
            assert_eq!(found(text).into_iter().map(said).next().unwrap(), expect, "{text}");
        };
        check("prio", "priority||choice");
        check("priority", "priority:|is one of|");
        check("status:wait", "waiting_customer|Waiting for customer|");
        check("breach", "breach:|is one of|");
        check("breac", "breach|When its clock is over|datetime");
        check("mis", "missing:|is empty|");
        check("sort:ag", "age||date");
    }

    #[test]
    fn a_word_that_may_be_only_a_word_covers_nothing() {
        let check = |text: &str, expect: bool| assert_eq!(is_worth_showing(text), expect, "{text}");
        check("pr", false);
        check("pump -pr", false);
        check("pri", true);
        check("-pri", true);
        check("priority:", true);
        check("pump ", false);
    }
}
