//! The actions at the foot of a list, the most used first.

const CASES: &[&str] =
    &["open", "take", "done", "move", "note", "filter", "show-closed", "mine", "views", "log", "new"];
const ACTIVITIES: &[&str] =
    &["open", "done", "reschedule", "filter", "show-closed", "mine", "views", "task", "sort"];
const LEADS: &[&str] =
    &["open", "log", "edit", "convert", "move", "filter", "show-closed", "mine", "views", "new", "sort"];
const OTHERS: &[&str] = &["open", "new", "edit", "log", "filter", "sort", "views", "mark", "mine", "go-to"];
const UNDER_HEADINGS: &[&str] =
    &["open", "fold", "fold-all", "group", "edit", "log", "filter", "sort", "views", "mark", "mine"];

/// Of a list of that type, under headings or not.
pub fn of(type_name: &str, grouped: bool) -> &'static [&'static str] {
    match type_name {
        _ if grouped => UNDER_HEADINGS,
        "case" => CASES,
        "activity" => ACTIVITIES,
        "lead" => LEADS,
        _ => OTHERS,
    }
}
