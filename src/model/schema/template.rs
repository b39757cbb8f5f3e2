//! Templates for ids, titles and subtitles: literal text with `{field}` in it.

use smol_str::SmolStr;

/// A parsed template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Part>);

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text that stands as it is.
    Literal(SmolStr),
    /// A field, possibly reached through links: `account.name`.
    Field(SmolStr),
}

impl Template {
    /// Parses `"{length} m · {home_port}"`; a bare word without braces is a field name.
    ///
    /// # Errors
    /// A sentence naming the brace that has no partner.
    pub fn parse(text: &str) -> Result<Self, String> {
        if !text.contains('{') && !text.contains('}') {
            return Ok(Self(vec![Part::Field(SmolStr::new(text.trim()))]));
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find(['{', '}']) {
            let (literal, tail) = rest.split_at(open);
            if !literal.is_empty() {
                parts.push(Part::Literal(literal.into()));
            }
            let close = tail.find('}').filter(|_| tail.starts_with('{'));
            let close = close.ok_or_else(|| format!("a brace in '{text}' has no partner"))?;
            parts.push(Part::Field(tail[1..close].trim().into()));
            rest = &tail[close + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Literal(rest.into()));
        }
        Ok(Self(parts))
    }

    /// The pieces in order.
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// The names of the fields it mentions.
    pub fn fields(&self) -> impl Iterator<Item = &SmolStr> {
        self.0.iter().filter_map(|part| match part {
            Part::Field(name) => Some(name),
            Part::Literal(_) => None,
        })
    }

    /// The field it is nothing but, where it is nothing but one.
    pub fn single_field(&self) -> Option<&SmolStr> {
        match self.0.as_slice() {
            [Part::Field(name)] => Some(name),
            _ => None,
        }
    }

    /// Fills it in. Literal text beside an empty field is left out, so that `{city} · {country}` of a record
    /// without a city is just the country; between two fields that hold something one literal stays.
    pub fn render(&self, mut field: impl FnMut(&str) -> String) -> String {
        let mut out = String::new();
        // Literal text that waits for a field after it, and whether the last field held anything.
        let mut waiting: Option<&str> = None;
        let mut held = true;
        for part in &self.0 {
            match part {
                Part::Literal(text) if held => waiting = Some(text),
                Part::Literal(_) => {}
                Part::Field(name) => {
                    let text = field(name);
                    held = !text.is_empty();
                    if held {
                        out.push_str(waiting.take().unwrap_or_default());
                        out.push_str(&text);
                    } else if out.is_empty() {
                        waiting = None;
                    }
                }
            }
        }
        if held {
            out.push_str(waiting.unwrap_or_default());
        }
        out.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, expect: &str) {
        let rendered = Template::parse(template).unwrap().render(|name| match name {
            "city" => "Kiel".into(),
            "name" => "Möwe".into(),
            _ => String::new(),
        });
        assert_eq!(rendered, expect, "{template}");
    }

    #[test]
    fn fills_in_and_drops_lonely_separators() {
        check("name", "Möwe");
        check("{name}", "Möwe");
        check("{name} · {city}", "Möwe · Kiel");
        check("{name} · {state}", "Möwe");
        check("{state} · {city}", "Kiel");
        check("{length} m · {city}", "Kiel");
        check("Boat {name}", "Boat Möwe");
        check("Boat {state}", "");
        check("{name} of {city}!", "Möwe of Kiel!");
        check("{name} of {state}!", "Möwe");
        check("{name} · {state} · {city}", "Möwe · Kiel");
        check("{name} · {state} · {length} m · {city}", "Möwe · Kiel");
        check("{state} · {length} m · {city}", "Kiel");
    }

    #[test]
    fn a_lonely_brace_is_named() {
        assert!(Template::parse("{name").unwrap_err().contains("no partner"));
        assert!(Template::parse("name}").unwrap_err().contains("no partner"));
    }
}
