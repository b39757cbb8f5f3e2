//! Reading a theme file, ours or a user's.
//!
//! ```yaml
//! name: my-night            # what the theme is picked by
//! title: My night           # what the picker shows
//! mode: dark                # dark or light
//! extends: kontor-dark      # optional: roles not given here are that theme's
//! palette: {ink: "#e0e0e0", night: "#101418", sea: "#58a6c8"}
//! roles:
//!   background: night       # grounds: background, surface, selection, selection_idle
//!   text: ink               # everything else: the colour of the letters
//!   accent: {fg: sea, bold: true}
//!   input: {bg: "#1c2630", underline: true}
//!   surface: default        # the terminal's own colour
//! ```

use std::fmt;

use indexmap::IndexMap;
use ratatui::style::Modifier;
use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor},
};

use super::{Mode, Paint, Rgb, Role, Tint};
use crate::tui::nearest::nearest;

/// A theme file that cannot be used, and where in it the trouble is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{origin}:{line}:{column}: {message}")]
pub struct ThemeError {
    /// The file, as the user knows it.
    pub origin: String,
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1.
    pub column: usize,
    /// What is wrong and what to do about it.
    pub message: String,
}

/// A theme file as it stands: only the roles it gives.
pub(super) struct ThemeFile {
    pub name: String,
    pub title: Option<String>,
    pub mode: Option<Mode>,
    pub extends: Option<String>,
    pub roles: Vec<(Role, Paint)>,
}

type Palette = IndexMap<String, Rgb>;

/// Reads a theme file; anything wrong in it is an error with its place.
pub(super) fn read(text: &str, origin: &str) -> Result<ThemeFile, ThemeError> {
    // Roles may stand before the palette they use, so the palette is read first, in a pass of its own.
    let located = |error| locate(error, origin);
    let head: Head = serde_yaml::from_str(text).map_err(located)?;
    let palette = head.palette.unwrap_or_default().into_iter().map(|(name, Hex(rgb))| (name, rgb)).collect();
    let roles =
        RolesOfFile(&palette).deserialize(serde_yaml::Deserializer::from_str(text)).map_err(located)?;
    Ok(ThemeFile { name: head.name, title: head.title, mode: head.mode, extends: head.extends, roles })
}

fn locate(error: serde_yaml::Error, origin: &str) -> ThemeError {
    let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
    let mut message = error.to_string();
    // The place is told once, before the message.
    if let Some(end) = message.rfind(" at line ") {
        message.truncate(end);
    }
    ThemeError { origin: origin.to_owned(), line, column, message }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    name: String,
    title: Option<String>,
    mode: Option<Mode>,
    extends: Option<String>,
    palette: Option<IndexMap<String, Hex>>,
    #[serde(rename = "roles")]
    _roles: Option<IgnoredAny>,
}

/// A colour written `#rrggbb`.
struct Hex(Rgb);

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hex, D::Error> {
        Word(|text: &str| text.parse().map(Hex)).deserialize(deserializer)
    }
}

/// The second pass over the whole file: everything but `roles` is skipped.
struct RolesOfFile<'p>(&'p Palette);

impl<'de> DeserializeSeed<'de> for RolesOfFile<'_> {
    type Value = Vec<(Role, Paint)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RolesOfFile<'_> {
    type Value = Vec<(Role, Paint)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a theme")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut roles = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == "roles" {
                roles = map.next_value_seed(Roles(self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(roles)
    }
}

struct Roles<'p>(&'p Palette);

impl<'de> DeserializeSeed<'de> for Roles<'_> {
    type Value = Vec<(Role, Paint)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Roles<'_> {
    type Value = Vec<(Role, Paint)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("roles and their colours")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut roles = Vec::new();
        while let Some(RoleName(role)) = map.next_key()? {
            roles.push((role, map.next_value_seed(PaintOf { role, palette: self.0 })?));
        }
        Ok(roles)
    }
}

struct RoleName(Role);

impl<'de> Deserialize<'de> for RoleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RoleName, D::Error> {
        let role = |name: &str| {
            Role::named(name).map(RoleName).ok_or_else(|| unknown("role", name, Role::all().map(Role::name)))
        };
        Word(role).deserialize(deserializer)
    }
}

/// Reads one role's paint: the name of a colour, or a map with `fg`, `bg` and modifiers.
struct PaintOf<'p> {
    role: Role,
    palette: &'p Palette,
}

impl<'de> DeserializeSeed<'de> for PaintOf<'_> {
    type Value = Paint;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Paint, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PaintOf<'_> {
    type Value = Paint;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a colour of the palette, #rrggbb, `default`, or {fg, bg, bold, italic, underline, dim, reverse}",
        )
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Paint, E> {
        let tint = Some(tint(self.palette, name).map_err(E::custom)?);
        Ok(if is_ground(self.role) {
            Paint { bg: tint, ..Paint::default() }
        } else {
            Paint { fg: tint, ..Paint::default() }
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Paint, A::Error> {
        const MODIFIERS: [(&str, Modifier); 5] = [
            ("bold", Modifier::BOLD),
            ("italic", Modifier::ITALIC),
            ("underline", Modifier::UNDERLINED),
            ("dim", Modifier::DIM),
            ("reverse", Modifier::REVERSED),
        ];
        let mut paint = Paint::default();
        while let Some(PaintKey(key)) = map.next_key()? {
            match key.as_str() {
                "fg" => paint.fg = Some(map.next_value_seed(TintOf(self.palette))?),
                "bg" => paint.bg = Some(map.next_value_seed(TintOf(self.palette))?),
                name => {
                    let on: bool = map.next_value()?;
                    let modifier =
                        MODIFIERS.iter().find(|(known, _)| *known == name).map(|(_, modifier)| *modifier);
                    paint.modifier.set(modifier.unwrap_or_default(), on);
                }
            }
        }
        Ok(paint)
    }
}

struct PaintKey(String);

impl<'de> Deserialize<'de> for PaintKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PaintKey, D::Error> {
        const KEYS: [&str; 7] = ["fg", "bg", "bold", "italic", "underline", "dim", "reverse"];
        let key = |name: &str| match KEYS.contains(&name) {
            true => Ok(PaintKey(name.to_owned())),
            false => Err(unknown("key", name, KEYS.into_iter())),
        };
        Word(key).deserialize(deserializer)
    }
}

struct TintOf<'p>(&'p Palette);

impl<'de> DeserializeSeed<'de> for TintOf<'_> {
    type Value = Tint;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tint, D::Error> {
        Word(|name: &str| tint(self.0, name)).deserialize(deserializer)
    }
}

/// Reads a scalar and makes something of it *inside* the visitor: only there does an error get the scalar's place.
struct Word<F>(F);

impl<'de, F, T, E> DeserializeSeed<'de> for Word<F>
where
    F: FnOnce(&str) -> Result<T, E>,
    E: fmt::Display,
{
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<F, T, E> Visitor<'_> for Word<F>
where
    F: FnOnce(&str) -> Result<T, E>,
    E: fmt::Display,
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word")
    }

    fn visit_str<Error: serde::de::Error>(self, text: &str) -> Result<T, Error> {
        (self.0)(text).map_err(Error::custom)
    }
}

fn tint(palette: &Palette, name: &str) -> Result<Tint, String> {
    if name == "default" {
        return Ok(Tint::Terminal);
    }
    if let Some(rgb) = palette.get(name) {
        return Ok(Tint::Rgb(*rgb));
    }
    if name.starts_with('#') {
        return name.parse().map(Tint::Rgb).map_err(|error: super::rgb::NotAColor| error.to_string());
    }
    Err(unknown("colour", name, palette.keys().map(String::as_str)))
}

/// Roles whose bare colour is the ground, not the letters.
fn is_ground(role: Role) -> bool {
    matches!(role, Role::Background | Role::Surface | Role::Selection | Role::SelectionIdle)
}

fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> String {
    match nearest(name, known) {
        Some(candidate) => format!("unknown {what} `{name}`: did you mean `{candidate}`?"),
        None => format!("unknown {what} `{name}`"),
    }
}
