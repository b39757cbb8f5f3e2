//! Commit messages: a subject and a body for people, trailers for programs.

use std::fmt;

/// A commit's message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// The first line.
    pub subject: String,
    /// What follows, without the trailers.
    pub body: String,
    /// `Key: value` lines at the end, in their order.
    pub trailers: Vec<(String, String)>,
}

impl Message {
    /// A message of one line.
    pub fn new(subject: impl Into<String>) -> Self {
        Message { subject: subject.into(), ..Message::default() }
    }

    /// With this text below the subject.
    pub fn with_body(mut self, body: impl Into<String>) -> Self {
        self.body = body.into();
        self
    }

    /// With one more trailer.
    pub fn with_trailer(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.trailers.push((key.into(), value.into()));
        self
    }

    /// The values of all trailers of that name, whatever its case.
    pub fn trailer<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        let named = move |(name, _): &&(String, String)| name.eq_ignore_ascii_case(key);
        self.trailers.iter().filter(named).map(|(_, value)| value.as_str())
    }

    /// Takes a message apart. Any text is a message; what only looks like trailers in the midst is body.
    pub fn parse(text: &str) -> Message {
        let text = text.replace("\r\n", "\n");
        let text = text.trim_matches('\n');
        let (subject, rest) = text.split_once('\n').unwrap_or((text, ""));
        let rest = rest.trim_matches('\n');
        let (body, last) = rest.rsplit_once("\n\n").unwrap_or(("", rest));
        match trailers(last) {
            Some(trailers) => {
                Message { subject: subject.into(), body: body.trim_end_matches('\n').into(), trailers }
            }
            None => Message { subject: subject.into(), body: rest.into(), trailers: Vec::new() },
        }
    }
}

impl fmt::Display for Message {
    /// Writes the message so that parsing gives it back, as far as lines can carry it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}", one_line(&self.subject))?;
        let body = self.body.replace('\0', "");
        if !body.trim_matches('\n').is_empty() {
            writeln!(out, "\n{}", body.trim_matches('\n'))?;
        }
        if !self.trailers.is_empty() {
            writeln!(out)?;
        }
        for (key, value) in &self.trailers {
            writeln!(out, "{key}: {}", one_line(value))?;
        }
        Ok(())
    }
}

fn one_line(text: &str) -> String {
    text.split(['\n', '\r', '\0'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The trailers a paragraph consists of, if it consists of trailers.
fn trailers(paragraph: &str) -> Option<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in paragraph.lines() {
        if line.starts_with([' ', '\t']) {
            let (_, value) = found.last_mut()?;
            value.push(' ');
            value.push_str(line.trim());
            continue;
        }
        let (key, value) = line.split_once(':')?;
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !is_key || !value.starts_with([' ', '\t']) && !value.is_empty() {
            return None;
        }
        found.push((key.into(), value.trim().into()));
    }
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample() -> Message {
        Message::new("opportunities/acme-renewal: stage Proposal → Negotiation")
            .with_body("stage: proposal → negotiation\n\nnote: x")
            .with_trailer("Kontor-Action", "set")
            .with_trailer("Kontor-Record", "opportunities/acme-renewal")
    }

    #[test]
    fn written_and_read_back() {
        let text = sample().to_string();
        assert_eq!(
            text,
            "opportunities/acme-renewal: stage Proposal → Negotiation\n\nstage: proposal → negotiation\n\nnote: x\n\n\
             Kontor-Action: set\nKontor-Record: opportunities/acme-renewal\n"
        );
        assert_eq!(Message::parse(&text), sample());
        assert_eq!(sample().trailer("kontor-record").collect::<Vec<_>>(), ["opportunities/acme-renewal"]);
    }

    #[test]
    fn messages_of_other_people() {
        let only = |text: &str, body: &str| {
            let message = Message::parse(text);
            assert_eq!((message.body.as_str(), message.trailers.len()), (body, 0), "{text:?}");
        };
        only("", "");
        only("subject", "");
        only("subject\n\nSee http://x.example\nand more", "See http://x.example\nand more");
        only("subject\n\nhttp://x.example", "http://x.example");
        let signed =
            Message::parse("fix\r\n\r\nbody\r\n\r\nSigned-off-by: A <a@b>\r\nNote: long\r\n  value\r\n");
        assert_eq!(signed.body, "body");
        assert_eq!(
            signed.trailers,
            [("Signed-off-by".into(), "A <a@b>".into()), ("Note".into(), "long value".to_string())]
        );
    }

    #[test]
    fn nothing_in_a_value_makes_a_trailer_of_its_own() {
        let text = Message::new("a\nKontor-Action: evil")
            .with_body("b\n\nKontor-Action: evil")
            .with_trailer("Kontor-Action", "set\nKontor-Record: evil")
            .to_string();
        let parsed = Message::parse(&text);
        assert_eq!(parsed.trailers, [("Kontor-Action".to_string(), "set Kontor-Record: evil".to_string())]);
    }

    proptest! {
        #[test]
        fn any_text_parses(text in "[ -~\n\r:äé-]{0,200}") {
            let message = Message::parse(&text);
            prop_assert!(!message.subject.contains('\n'));
        }

        #[test]
        fn what_lines_can_carry_comes_back(
            subject in "[a-z→ ]{0,20}[a-z]", body in "([a-z: ]{0,9}[a-z.]\n){0,3}[a-z.]{1,9}",
            values in prop::collection::vec("[a-z/→]{1,10}", 1..4),
        ) {
            let mut message = Message::new(subject.trim()).with_body(body);
            for value in values {
                message = message.with_trailer("Kontor-Record", value);
            }
            prop_assert_eq!(Message::parse(&message.to_string()), message);
        }
    }
}
