//! Themes: which colours the roles of the screen have.
//!
//! A theme is a YAML file ([`mod@file`] tells its form). Ours lie in `themes/` and are compiled in; a user's come from
//! the configuration directory and are read by the same code. A theme is written in true colour; what it looks
//! like on a terminal with fewer colours, or none, follows from it ([`Theme::at`]).

pub mod depth;
pub mod file;
pub mod paint;
pub mod rgb;
pub mod role;

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use ratatui::style::Style;
use serde::Deserialize;

pub use depth::Depth;
pub use file::ThemeError;
pub use paint::{Paint, Tint};
pub use rgb::Rgb;
pub use role::Role;

/// Whether a theme is for dark or for light surroundings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Light letters on a dark page.
    #[default]
    Dark,
    /// Dark letters on a light page.
    Light,
}

/// The look of every role, at one colour depth.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    name: String,
    title: String,
    mode: Mode,
    depth: Depth,
    paints: [Paint; Role::COUNT],
    styles: [Style; Role::COUNT],
}

impl Theme {
    /// The themes compiled in, the default first, then by name.
    pub fn builtin() -> &'static [Theme] {
        static BUILTIN: LazyLock<Vec<Theme>> = LazyLock::new(|| {
            static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");
            let text = |file: &'static include_dir::File<'static>| {
                Some((file.path().to_str()?, file.contents_utf8()?))
            };
            let mut themes: Vec<Theme> = FILES
                .files()
                .filter_map(text)
                // A test reads every file of the folder, so none is lost here.
                .filter_map(|(path, text)| Theme::build(text, path, &[]).ok())
                .collect();
            themes.sort_by(|a, b| {
                (a.name != Theme::DEFAULT, &a.name).cmp(&(b.name != Theme::DEFAULT, &b.name))
            });
            themes
        });
        &BUILTIN
    }

    /// The name of the theme used where nothing else is asked for.
    pub const DEFAULT: &'static str = "kontor-dark";

    /// The builtin theme of that name.
    pub fn named(name: &str) -> Option<&'static Theme> {
        Theme::builtin().iter().find(|theme| theme.name == name)
    }

    /// Reads a theme file; `origin` is the file as the user knows it, for the error.
    pub fn load(text: &str, origin: &str) -> Result<Theme, ThemeError> {
        Theme::build(text, origin, Theme::builtin())
    }

    fn build(text: &str, origin: &str, bases: &[Theme]) -> Result<Theme, ThemeError> {
        let file = file::read(text, origin)?;
        let whole_file = |message| ThemeError { origin: origin.to_owned(), line: 1, column: 1, message };
        let base = match &file.extends {
            None => None,
            Some(name) => Some(bases.iter().find(|theme| &theme.name == name).ok_or_else(|| {
                let names: Vec<_> = bases.iter().map(Theme::name).collect();
                whole_file(format!("extends `{name}`, which is none of {}", names.join(", ")))
            })?),
        };
        let mut given: [Option<Paint>; Role::COUNT] = [None; Role::COUNT];
        for (role, paint) in file.roles {
            given[role as usize] = Some(paint);
        }
        let mut paints = base.map_or([Paint::default(); Role::COUNT], |theme| theme.paints);
        for role in Role::all() {
            let index = role as usize;
            match (given[index], role.fallback()) {
                (Some(paint), _) => paints[index] = paint,
                (None, _) if base.is_some() => {}
                (None, Some(fallback)) => paints[index] = paints[fallback as usize],
                (None, None) => {
                    return Err(whole_file(format!(
                        "the role `{}` is missing: give it a colour under `roles`",
                        role.name()
                    )));
                }
            }
        }
        // A ground that fills an area says what is written on it, unless the theme does.
        for ground in [Role::Background, Role::Surface] {
            let text = paints[Role::Text as usize].fg;
            let paint = &mut paints[ground as usize];
            paint.fg = paint.fg.or(text);
        }
        let title = file.title.unwrap_or_else(|| file.name.clone());
        let mode = file.mode.or(base.map(|theme| theme.mode)).unwrap_or_default();
        let theme = Theme {
            name: file.name,
            title,
            mode,
            depth: Depth::True,
            paints,
            styles: [Style::new(); Role::COUNT],
        };
        Ok(theme.at(Depth::True))
    }

    /// The same theme on a terminal of that colour depth.
    pub fn at(mut self, depth: Depth) -> Theme {
        let page = paint::Page { background: self.ground(Role::Background), text: self.ink(Role::Text) };
        for role in Role::all() {
            self.styles[role as usize] = self.paints[role as usize].style(role, depth, page);
        }
        self.depth = depth;
        self
    }

    /// What it is picked by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the picker shows.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Dark or light.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The colour depth its styles are for.
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// How a role looks. Styles have no ground unless the role is one, so they can lie on any other.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// The tone of a tag, a stage, a person: the same name has the same tone everywhere.
    pub fn tone(&self, name: &str) -> Style {
        // FNV-1a: the same on every machine and with every compiler, so pictures stay the same too.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        self.style(Role::TONES[(hash >> 32) as usize % Role::TONES.len()])
    }

    /// The true colour of a role's letters, if the theme gives one.
    pub fn ink(&self, role: Role) -> Option<Rgb> {
        self.paints[role as usize].fg.and_then(Tint::rgb)
    }

    /// The true colour of a role's ground, if the theme gives one.
    pub fn ground(&self, role: Role) -> Option<Rgb> {
        self.paints[role as usize].bg.and_then(Tint::rgb)
    }
}

#[cfg(test)]
mod tests;
