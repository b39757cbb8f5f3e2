//! Key scripts: what a person does at the keyboard, as one line of text, for tests and for pictures of a screen.
//!
//! `4 j j enter /acme enter` presses 4, j, j, Enter, then types `/acme`, then Enter. A word that names a key (or is
//! one character) is that key; any other word is typed. Quotes type what is in them, blanks and names of keys too:
//! `"end of May"`. Besides keys there are `resize:80x24`, `click:10,5`, `wheel:-3@10,5` (up three notches),
//! `wait:90` (the clock goes on by so many seconds), `focus`, `blur`, and `paste:"two words"`.

use std::str::FromStr;

use chrono::TimeDelta;

use super::keys::Key;

/// A line of steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script(pub Vec<Step>);

/// One thing that happens at the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A key is pressed.
    Key(Key),
    /// Text is pasted.
    Paste(String),
    /// The terminal has another size.
    Resize(u16, u16),
    /// The left button is pressed there: column, line.
    Click(u16, u16),
    /// The wheel turns by so many notches (negative is up) there.
    Wheel(i32, u16, u16),
    /// Time passes.
    Wait(TimeDelta),
    /// The window gets or loses the focus.
    Focus(bool),
}

/// A script that cannot be played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` in a key script: {why}")]
pub struct ScriptError {
    word: String,
    why: &'static str,
}

impl FromStr for Script {
    type Err = ScriptError;

    fn from_str(text: &str) -> Result<Script, ScriptError> {
        let mut steps = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (before, quoted, after) = split(rest)?;
            match (before, quoted) {
                ("paste:", Some(pasted)) => steps.push(Step::Paste(pasted.to_owned())),
                ("", Some(typed)) => steps.extend(typed.chars().map(|c| Step::Key(c.into()))),
                (word, None) => word_steps(word, &mut steps)?,
                (word, Some(_)) => return Err(wrong(word, "a quoted text stands alone or after `paste:`")),
            }
            rest = after.trim_start();
        }
        Ok(Script(steps))
    }
}

/// The next word, what is quoted at its end, and the rest of the line.
fn split(text: &str) -> Result<(&str, Option<&str>, &str), ScriptError> {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let word = &text[..end];
    match word.find('"') {
        // A lone quote is the key.
        Some(quote) if word != "\"" => {
            let (before, quoted) = (&text[..quote], &text[quote + 1..]);
            let close = quoted.find('"').ok_or_else(|| wrong(word, "the closing quote is missing"))?;
            Ok((before, Some(&quoted[..close]), &quoted[close + 1..]))
        }
        _ => Ok((word, None, &text[end..])),
    }
}

fn word_steps(word: &str, steps: &mut Vec<Step>) -> Result<(), ScriptError> {
    if let Ok(key) = word.parse() {
        steps.push(Step::Key(key));
        return Ok(());
    }
    let (command, value) = word.split_once(':').unwrap_or((word, ""));
    let (step, form) = match command {
        "resize" => {
            (pair(value, 'x').map(|(width, height)| Step::Resize(width, height)), "write it as resize:80x24")
        }
        "click" => (pair(value, ',').map(|(x, y)| Step::Click(x, y)), "write it as click:10,5"),
        "wheel" => (wheel(value), "write it as wheel:-3@10,5"),
        "wait" => {
            (value.parse().ok().map(|seconds| Step::Wait(TimeDelta::seconds(seconds))), "write it as wait:90")
        }
        "focus" => (Some(Step::Focus(true)), ""),
        "blur" => (Some(Step::Focus(false)), ""),
        _ => {
            steps.extend(word.chars().map(|c| Step::Key(c.into())));
            return Ok(());
        }
    };
    steps.push(step.ok_or_else(|| wrong(word, form))?);
    Ok(())
}

fn pair(text: &str, between: char) -> Option<(u16, u16)> {
    let (first, second) = text.split_once(between)?;
    Some((first.parse().ok()?, second.parse().ok()?))
}

fn wheel(text: &str) -> Option<Step> {
    let (notches, place) = text.split_once('@')?;
    let (x, y) = pair(place, ',')?;
    Some(Step::Wheel(notches.parse().ok()?, x, y))
}

fn wrong(word: &str, why: &'static str) -> ScriptError {
    ScriptError { word: word.to_owned(), why }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(names: &[&str]) -> Vec<Step> {
        names.iter().map(|name| Step::Key(name.parse().unwrap())).collect()
    }

    #[test]
    fn words_are_keys_or_typed() {
        let check =
            |script: &str, expected: Vec<Step>| assert_eq!(script.parse(), Ok(Script(expected)), "{script}");
        check("4 j  J enter", keys(&["4", "j", "J", "enter"]));
        check("/acme ctrl-s", keys(&["/", "a", "c", "m", "e", "ctrl-s"]));
        check("\"end up\" esc", keys(&["e", "n", "d", "space", "u", "p", "esc"]));
        check(":deals \" x", keys(&[":", "d", "e", "a", "l", "s", "\"", "x"]));
        check("paste:\"a b\"", vec![Step::Paste("a b".to_owned())]);
        check("resize:80x24 click:3,4", vec![Step::Resize(80, 24), Step::Click(3, 4)]);
        check(
            "wheel:-2@1,0 wait:90 blur",
            vec![Step::Wheel(-2, 1, 0), Step::Wait(TimeDelta::seconds(90)), Step::Focus(false)],
        );
        check("", vec![]);
    }

    #[test]
    fn what_cannot_be_played_is_refused() {
        for wrong in ["resize:80", "click:1", "wheel:1", "wait:soon", "\"open", "x\"y\""] {
            assert!(wrong.parse::<Script>().is_err(), "{wrong}");
        }
    }
}
