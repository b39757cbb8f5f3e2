//! What a form holds: plain text, lists and maps, as the owner's schema will read them.

use smol_str::SmolStr;

/// The content of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormValue {
    /// One text; empty for no value.
    Text(String),
    /// Several: tags, links.
    List(Vec<String>),
    /// Parts by name: an address.
    Map(Vec<(SmolStr, String)>),
    /// Lines with fields of their own: a quote's products.
    Lines(Vec<Values>),
}

impl FormValue {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            FormValue::Text(text) => text.is_empty(),
            FormValue::List(list) => list.is_empty(),
            FormValue::Map(parts) => parts.iter().all(|(_, text)| text.is_empty()),
            FormValue::Lines(lines) => lines.is_empty(),
        }
    }

    /// The text of a text, `""` of anything else.
    pub fn text(&self) -> &str {
        match self {
            FormValue::Text(text) => text,
            _ => "",
        }
    }

    /// The entries of a list; a text that is not empty is a list of one.
    pub fn list(&self) -> Vec<String> {
        match self {
            FormValue::List(list) => list.clone(),
            FormValue::Text(text) if !text.is_empty() => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    /// One part of a map.
    pub fn part(&self, name: &str) -> &str {
        match self {
            FormValue::Map(parts) => parts.iter().find(|(part, _)| part == name).map_or("", |(_, text)| text),
            _ => "",
        }
    }

    /// The same map with another text in one part.
    pub fn with_part(&self, name: &str, text: String) -> FormValue {
        let mut parts = match self {
            FormValue::Map(parts) => parts.clone(),
            _ => Vec::new(),
        };
        match parts.iter_mut().find(|(part, _)| part == name) {
            Some((_, old)) => *old = text,
            None => parts.push((name.into(), text)),
        }
        FormValue::Map(parts)
    }

    /// The lines, if it has any.
    pub fn lines(&self) -> &[Values] {
        match self {
            FormValue::Lines(lines) => lines,
            _ => &[],
        }
    }

    /// Whether both say the same: empty values of any kind do, and so do maps that differ in empty parts.
    pub fn same(&self, other: &FormValue) -> bool {
        match (self, other) {
            (a, b) if a.is_empty() || b.is_empty() => a.is_empty() == b.is_empty(),
            (FormValue::Map(a), FormValue::Map(b)) => {
                a.iter().all(|(name, text)| other.part(name) == text)
                    && b.iter().all(|(name, text)| self.part(name) == text)
            }
            (FormValue::Lines(a), FormValue::Lines(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b))
            }
            (a, b) => a == b,
        }
    }
}

impl Default for FormValue {
    fn default() -> Self {
        FormValue::Text(String::new())
    }
}

impl From<&str> for FormValue {
    fn from(text: &str) -> Self {
        FormValue::Text(text.to_owned())
    }
}

impl From<String> for FormValue {
    fn from(text: String) -> Self {
        FormValue::Text(text)
    }
}

/// Fields by name, in the order they were given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(Vec<(SmolStr, FormValue)>);

impl Values {
    /// No fields.
    pub fn new() -> Values {
        Values::default()
    }

    /// The content of a field; empty text for one that is not there.
    pub fn get(&self, name: &str) -> &FormValue {
        static NOTHING: FormValue = FormValue::Text(String::new());
        self.0.iter().find(|(field, _)| field == name).map_or(&NOTHING, |(_, value)| value)
    }

    /// Puts a field's content.
    pub fn set(&mut self, name: &str, value: FormValue) {
        match self.0.iter_mut().find(|(field, _)| field == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.into(), value)),
        }
    }

    /// All fields.
    pub fn iter(&self) -> impl Iterator<Item = &(SmolStr, FormValue)> {
        self.0.iter()
    }

    /// Whether every field says the same in both.
    pub fn same(&self, other: &Values) -> bool {
        let within = |a: &Values, b: &Values| a.0.iter().all(|(name, value)| value.same(b.get(name)));
        within(self, other) && within(other, self)
    }
}

impl<N: Into<SmolStr>, V: Into<FormValue>> FromIterator<(N, V)> for Values {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        Values(fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_the_same_whatever_its_kind() {
        assert!(FormValue::List(vec![]).same(&FormValue::default()));
        assert!(FormValue::Map(vec![("city".into(), String::new())]).same(&FormValue::default()));
        assert!(!FormValue::from("x").same(&FormValue::default()));
        let kiel = FormValue::default().with_part("city", "Kiel".into());
        assert!(kiel.same(&kiel.with_part("street", String::new())));
        assert!(!kiel.same(&kiel.with_part("city", "Bonn".into())));
        let one: Values = [("a", "1"), ("b", "")].into_iter().collect();
        let other: Values = [("a", "1")].into_iter().collect();
        assert!(one.same(&other) && other.same(&one));
    }
}
