//! What a theme gives a role, and how that looks at each colour depth.

use ratatui::style::{Color, Modifier, Style};

use super::{Depth, Rgb, Role};

/// One colour of a theme: its own, or whatever the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// The terminal's own foreground or background.
    Terminal,
    /// This colour.
    Rgb(Rgb),
}

/// The look of one role in true colour. What is `None` shows through from whatever is drawn underneath.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// Colour of the letters.
    pub fg: Option<Tint>,
    /// Colour of the ground under them.
    pub bg: Option<Tint>,
    /// Bold, italic, underlined and so on.
    pub modifier: Modifier,
}

/// What the poorer depths need to know of the theme as a whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    pub background: Option<Rgb>,
    pub text: Option<Rgb>,
}

impl Paint {
    /// The style of `role` on a terminal of that depth.
    pub(super) fn style(self, role: Role, depth: Depth, page: Page) -> Style {
        let mut style = Style::new().add_modifier(self.modifier);
        match depth {
            Depth::True => {
                style.fg = self.fg.map(|tint| tint.map(|Rgb(r, g, b)| Color::Rgb(r, g, b)));
                style.bg = self.bg.map(|tint| tint.map(|Rgb(r, g, b)| Color::Rgb(r, g, b)));
            }
            Depth::Ansi256 => {
                style.fg = self.fg.map(|tint| tint.map(|rgb| Color::Indexed(rgb.nearest_of_256())));
                style.bg = self.bg.map(|tint| tint.map(|rgb| Color::Indexed(rgb.nearest_of_256())));
            }
            // We cannot know what the sixteen look like here, so grounds stay the terminal's own and a
            // modifier says what the ground would have said.
            Depth::Ansi16 => {
                style.fg = self
                    .fg
                    .map(|tint| tint.map(|rgb| named(role).unwrap_or_else(|| nearest_of_16(rgb, page))));
                style = style.add_modifier(without_ground(role));
            }
            Depth::Mono => style = style.add_modifier(without_color(role)),
        }
        style
    }
}

impl Tint {
    /// The colour, unless it is the terminal's own.
    pub fn rgb(self) -> Option<Rgb> {
        match self {
            Tint::Terminal => None,
            Tint::Rgb(rgb) => Some(rgb),
        }
    }

    fn map(self, color: impl FnOnce(Rgb) -> Color) -> Color {
        match self {
            Tint::Terminal => Color::Reset,
            Tint::Rgb(rgb) => color(rgb),
        }
    }
}

/// Roles whose named colour is a custom older than any theme.
fn named(role: Role) -> Option<Color> {
    match role {
        Role::Good | Role::DiffAdd => Some(Color::Green),
        Role::Warn | Role::DiffChange => Some(Color::Yellow),
        Role::Bad | Role::DiffRemove => Some(Color::Red),
        _ => None,
    }
}

/// The named colour of about that hue; greys become the terminal's own text colour or its one grey.
fn nearest_of_16(rgb: Rgb, page: Page) -> Color {
    let (lightness, chroma, hue) = rgb.lightness_chroma_hue();
    let lightness_of = |color: Option<Rgb>, or| color.map_or(or, |color| color.lightness_chroma_hue().0);
    let (ground, text) = (lightness_of(page.background, 0.0), lightness_of(page.text, 1.0));
    if chroma < 0.045 {
        let rank = (lightness - ground).abs() / (text - ground).abs().max(0.01);
        return if rank > 0.8 { Color::Reset } else { Color::DarkGray };
    }
    let on_dark = ground < 0.5;
    match hue as u16 {
        0..50 | 350.. => Color::Red,
        50..120 => Color::Yellow,
        120..175 => Color::Green,
        175..230 => Color::Cyan,
        // Plain blue is all but black on many dark terminals.
        230..290 if on_dark => Color::LightBlue,
        230..290 => Color::Blue,
        290..350 => Color::Magenta,
    }
}

/// What stands in for the ground of a role where only its letters can have a colour.
fn without_ground(role: Role) -> Modifier {
    match role {
        Role::Selection => Modifier::REVERSED,
        Role::SelectionIdle | Role::TabActive => Modifier::BOLD,
        Role::Match | Role::Input => Modifier::UNDERLINED,
        Role::InputFocus => Modifier::UNDERLINED.union(Modifier::BOLD),
        _ => Modifier::empty(),
    }
}

/// What stands in for all colour of a role.
fn without_color(role: Role) -> Modifier {
    match role {
        Role::Accent | Role::Heading | Role::Title | Role::Key | Role::Mark | Role::Bad | Role::Warn => {
            Modifier::BOLD
        }
        Role::Faint | Role::Rule | Role::Border | Role::Placeholder | Role::BarEmpty | Role::Backdrop => {
            Modifier::DIM
        }
        role => without_ground(role),
    }
}
