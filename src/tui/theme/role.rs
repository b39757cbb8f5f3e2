//! The roles a theme gives colours to: what a thing means on the screen, never what it looks like.

/// What a piece of the screen means. Widgets ask a theme for the style of a role and know no colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The page: the colour under everything.
    Background,
    /// Popups, side panels and whatever else lies on the page.
    Surface,
    /// Ordinary text.
    Text,
    /// Labels, times, second-rank text.
    Muted,
    /// Decoration that may be overlooked: an empty value, a column's dots.
    Faint,
    /// A heading of a block.
    Heading,
    /// The one colour that says "here".
    Accent,
    /// A name that leads to another record.
    Link,
    /// An amount of money.
    Money,
    /// The selected row in the pane with the focus.
    Selection,
    /// The selected row in a pane without the focus.
    SelectionIdle,
    /// The bar before a selected row (`▌`).
    Cursor,
    /// A row marked for a bulk action.
    Mark,
    /// The letters a search matched.
    Match,
    /// Done, won, healthy.
    Good,
    /// Soon, rotting, doubtful.
    Warn,
    /// Overdue, lost, broken.
    Bad,
    /// Worth knowing.
    Info,
    /// The thin rule between parts of a screen.
    Rule,
    /// The frame of a popup.
    Border,
    /// The title in a popup's frame.
    Title,
    /// A field that can be typed into.
    Input,
    /// The field being typed into.
    InputFocus,
    /// What an empty field suggests.
    Placeholder,
    /// The filled part of a bar or gauge.
    BarFill,
    /// The rest of it.
    BarEmpty,
    /// A line or field that was added.
    DiffAdd,
    /// One that was removed.
    DiffRemove,
    /// One whose value is another now.
    DiffChange,
    /// A key in the hints at the foot.
    Key,
    /// What that key does.
    Hint,
    /// The screen one is on, in the top line.
    TabActive,
    /// The others.
    Tab,
    /// The part of a scrollbar that moves.
    Scroll,
    /// The page behind a popup.
    Backdrop,
    /// Tones for tags, stages, people: the same name always gets the same one.
    Tone1,
    /// See [`Role::Tone1`].
    Tone2,
    /// See [`Role::Tone1`].
    Tone3,
    /// See [`Role::Tone1`].
    Tone4,
    /// See [`Role::Tone1`].
    Tone5,
    /// See [`Role::Tone1`].
    Tone6,
}

/// Every role, its name in theme files, and the role it takes after where a theme leaves it out.
const ROLES: [(Role, &str, Option<Role>); Role::COUNT] = {
    use Role::*;
    [
        (Background, "background", None),
        (Surface, "surface", Some(Background)),
        (Text, "text", None),
        (Muted, "muted", Some(Text)),
        (Faint, "faint", Some(Muted)),
        (Heading, "heading", Some(Text)),
        (Accent, "accent", Some(Text)),
        (Link, "link", Some(Accent)),
        (Money, "money", Some(Text)),
        (Selection, "selection", None),
        (SelectionIdle, "selection_idle", Some(Selection)),
        (Cursor, "cursor", Some(Accent)),
        (Mark, "mark", Some(Accent)),
        (Match, "match", Some(Accent)),
        (Good, "good", Some(Text)),
        (Warn, "warn", Some(Text)),
        (Bad, "bad", Some(Text)),
        (Info, "info", Some(Text)),
        (Rule, "rule", Some(Faint)),
        (Border, "border", Some(Rule)),
        (Title, "title", Some(Heading)),
        (Input, "input", Some(Text)),
        (InputFocus, "input_focus", Some(Input)),
        (Placeholder, "placeholder", Some(Faint)),
        (BarFill, "bar_fill", Some(Accent)),
        (BarEmpty, "bar_empty", Some(Rule)),
        (DiffAdd, "diff_add", Some(Good)),
        (DiffRemove, "diff_remove", Some(Bad)),
        (DiffChange, "diff_change", Some(Warn)),
        (Key, "key", Some(Accent)),
        (Hint, "hint", Some(Muted)),
        (TabActive, "tab_active", Some(Accent)),
        (Tab, "tab", Some(Muted)),
        (Scroll, "scroll", Some(Muted)),
        (Backdrop, "backdrop", Some(Faint)),
        (Tone1, "tone_1", Some(Accent)),
        (Tone2, "tone_2", Some(Good)),
        (Tone3, "tone_3", Some(Warn)),
        (Tone4, "tone_4", Some(Bad)),
        (Tone5, "tone_5", Some(Info)),
        (Tone6, "tone_6", Some(Muted)),
    ]
};

impl Role {
    /// How many roles there are.
    pub const COUNT: usize = Role::Tone6 as usize + 1;

    /// The tones of [`Theme::tone`](super::Theme::tone).
    pub const TONES: [Role; 6] =
        [Role::Tone1, Role::Tone2, Role::Tone3, Role::Tone4, Role::Tone5, Role::Tone6];

    /// Every role, each after the one it falls back on.
    pub fn all() -> impl Iterator<Item = Role> {
        ROLES.iter().map(|(role, ..)| *role)
    }

    /// The name theme files call it by.
    pub fn name(self) -> &'static str {
        ROLES[self as usize].1
    }

    /// The role it takes after where a theme leaves it out; `None` for those every theme must give.
    pub fn fallback(self) -> Option<Role> {
        ROLES[self as usize].2
    }

    /// The role of that name.
    pub fn named(name: &str) -> Option<Role> {
        ROLES.iter().find(|(_, known, _)| *known == name).map(|(role, ..)| *role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum_and_fallbacks_come_first() {
        for (index, (role, name, fallback)) in ROLES.iter().enumerate() {
            assert_eq!(*role as usize, index, "{name}");
            assert_eq!(Role::named(name), Some(*role));
            if let Some(fallback) = fallback {
                assert!((*fallback as usize) < index, "{name}");
            }
        }
    }
}
