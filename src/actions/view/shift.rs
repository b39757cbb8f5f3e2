//! Moving cards between the columns of a board that is no pipeline: the next value of the field it goes by.

use crate::actions::records::missing;
use crate::actions::when::some_records;
use crate::actions::{ActionError, Context, Input, Outcome, Reason};
use crate::base::Ref;
use crate::crm::views::Layout;
use crate::model::kinds::{ChoiceItem, choices, title_of_ref};
use crate::model::{FieldDef, FieldEdit, Kind, Scope, Value};
use crate::{tr, tr_n};

/// The field whose values are the columns on the screen, where it is a board of anything but a pipeline's stages.
pub fn field<'a>(context: &Context<'a>) -> Option<&'a FieldDef> {
    let shown = context.shown.filter(|shown| shown.layout == Layout::Board)?;
    let ty = context.book.schema().find(&shown.type_name)?;
    shown.columns_by(ty).filter(|field| (ty.name.as_str(), field.name.as_str()) != ("opportunity", "stage"))
}

/// Whether the cards can go one column to the right, or to the left; the first reason why not.
pub fn can_shift(context: &Context<'_>, field: &FieldDef, right: bool) -> Result<(), Reason> {
    some_records(context)?;
    destinations(context, field, right).map(|_| ())
}

/// Moves the cards one column to the right, or to the left. Where that leaves a required field empty, it is asked for.
pub fn shift(
    context: &Context<'_>,
    input: &Input,
    action: &'static str,
    field: &FieldDef,
    right: bool,
) -> Result<Outcome, ActionError> {
    let moves = destinations(context, field, right).map_err(ActionError::Unavailable)?;
    let title = match moves.as_slice() {
        [(card, to)] => tr!("{title} → {value}", title = title_of_ref(context.book, card), value = to.label),
        several => {
            let to = several.first().map(|(_, to)| to.label.clone()).unwrap_or_default();
            tr_n!("{n} card → {value}", "{n} cards → {value}", several.len(), value = to)
        }
    };
    let edit = |(card, to): (Ref, ChoiceItem)| {
        (card, vec![FieldEdit::put(field.name.as_str(), Value::Text(to.value))])
    };
    missing::complete(context, input, action, &title, moves.into_iter().map(edit).collect())
}

fn destinations(
    context: &Context<'_>,
    field: &FieldDef,
    right: bool,
) -> Result<Vec<(Ref, ChoiceItem)>, Reason> {
    if !matches!(field.kind, Kind::Choice(_)) {
        return Err(tr!(
            "cards move between the words of a choice only: e changes {field}",
            field = field.name
        ));
    }
    let mut moves = Vec::new();
    for target in context.targets() {
        let Some(record) = context.book.get(&target) else { continue };
        let Some(scope) = Scope::of(context.book, record) else { continue };
        let words = choices(&scope, field);
        let at = words.iter().position(|word| word.value == record.text(&field.name));
        let to = match (at, right) {
            (None, _) => Some(0),
            (Some(at), true) => at.checked_add(1),
            (Some(at), false) => at.checked_sub(1),
        };
        let end = || if right { tr!("this is the last column") } else { tr!("this is the first column") };
        moves.push((target, to.and_then(|to| words.get(to).cloned()).ok_or_else(end)?));
    }
    Ok(moves)
}

#[cfg(test)]
mod tests {
    use crate::actions::deals::{next_stage, previous_stage};
    use crate::actions::testing::{Scene, scene};
    use crate::crm::views::{Layout, View};

    fn board(group: Option<&str>, card: &str) -> Scene {
        let view = View {
            type_name: "case".into(),
            layout: Layout::Board,
            group: group.map(Into::into),
            ..View::default()
        };
        scene(&format!("list case @cases/{card}")).shows(view)
    }

    #[test]
    fn to_the_next_word_of_the_field() {
        board(None, "noise").check(
            &next_stage::ACTION,
            "cases/noise: status New → Open
             in cases/noise.yaml
             - status: new
             + status: open",
        );
        board(Some("priority"), "reboot").check(
            &previous_stage::ACTION,
            "cases/reboot: priority High → Normal
             in cases/reboot.yaml
             - priority: high
             + priority: normal",
        );
    }

    #[test]
    fn not_beyond_the_ends_and_only_between_words() {
        board(None, "noise").check(&previous_stage::ACTION, "unavailable: this is the first column");
        board(Some("owner"), "noise").check(
            &next_stage::ACTION,
            "unavailable: cards move between the words of a choice only: e changes owner",
        );
        scene("list case @cases/noise")
            .check(&next_stage::ACTION, "unavailable: this works on opportunities only");
    }
}
