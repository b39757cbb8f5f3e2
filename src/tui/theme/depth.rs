//! How many colours the terminal can show.

/// Colour depth, poorest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// No colour: bold, reversed and underlined only.
    Mono,
    /// The sixteen named colours, whatever the user made of them.
    Ansi16,
    /// The 256-colour palette.
    Ansi256,
    /// 24 bits.
    True,
}

impl Depth {
    /// What the environment says, asked through `variable` (such as `|name| std::env::var(name).ok()`).
    ///
    /// `NO_COLOR` (set and not empty) wins over everything; `COLORTERM` over `TERM`.
    pub fn detect(variable: impl Fn(&str) -> Option<String>) -> Depth {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        if set("NO_COLOR").is_some() {
            return Depth::Mono;
        }
        let term = set("TERM").unwrap_or_default();
        if matches!(set("COLORTERM").as_deref(), Some("truecolor" | "24bit"))
            || set("WT_SESSION").is_some()
            || term.ends_with("-direct")
            || ["kitty", "ghostty", "alacritty", "wezterm", "foot"].iter().any(|name| term.contains(name))
        {
            return Depth::True;
        }
        match term.as_str() {
            "dumb" => Depth::Mono,
            _ if term.contains("256color") => Depth::Ansi256,
            // Windows consoles set no TERM and have been truecolor since 2017.
            "" if cfg!(windows) => Depth::True,
            _ => Depth::Ansi16,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(variables: &[(&str, &str)]) -> Depth {
        Depth::detect(|name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_environment_decides() {
        assert_eq!(detect(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Depth::True);
        assert_eq!(detect(&[("TERM", "xterm-kitty")]), Depth::True);
        assert_eq!(detect(&[("TERM", "screen-256color"), ("COLORTERM", "")]), Depth::Ansi256);
        assert_eq!(detect(&[("TERM", "xterm")]), Depth::Ansi16);
        assert_eq!(detect(&[("TERM", "linux")]), Depth::Ansi16);
        assert_eq!(detect(&[("TERM", "dumb")]), Depth::Mono);
    }

    #[test]
    fn no_color_wins_when_it_says_something() {
        assert_eq!(detect(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]), Depth::Mono);
        assert_eq!(detect(&[("NO_COLOR", ""), ("COLORTERM", "truecolor")]), Depth::True);
    }
}
