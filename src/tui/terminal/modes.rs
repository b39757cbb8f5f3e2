//! The modes a full-screen program puts a terminal into, and out of again, whatever happens.

use std::{
    io::{self, Write},
    sync::atomic::{AtomicBool, Ordering},
};

use crossterm::{
    cursor,
    event::{
        DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
        KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
    },
    queue,
    terminal::{
        EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
    },
};

/// What is wanted of the terminal beyond the screen itself.
#[derive(Clone, Copy, Debug)]
pub struct Wants {
    /// Clicks and the wheel come to us. Without, the terminal selects text as always.
    pub mouse: bool,
    /// Keys are told apart that look the same in old terminals, such as Tab and Ctrl-I.
    pub exact_keys: bool,
}

impl Wants {
    /// Everything this terminal is known to do, judged by its environment: asking it would cost a round trip at
    /// every start, and up to two seconds where nobody answers.
    pub fn detect(variable: impl Fn(&str) -> Option<String>) -> Wants {
        const EXACT: [&str; 8] =
            ["kitty", "ghostty", "foot", "alacritty", "wezterm", "rio", "contour", "iterm"];
        let names = [variable("TERM"), variable("TERM_PROGRAM")];
        let exact_keys = names.into_iter().flatten().any(|name| {
            let name = name.to_lowercase();
            EXACT.iter().any(|known| name.contains(known))
        });
        Wants { mouse: true, exact_keys }
    }
}

static ON: AtomicBool = AtomicBool::new(false);
static EXACT_KEYS: AtomicBool = AtomicBool::new(false);

/// Whether the terminal is in our modes.
pub(super) fn are_on() -> bool {
    ON.load(Ordering::SeqCst)
}

/// Takes the terminal.
pub(super) fn on(wants: Wants) -> io::Result<()> {
    enable_raw_mode()?;
    // From here on `off` has something to undo, even if the rest fails.
    ON.store(true, Ordering::SeqCst);
    EXACT_KEYS.store(wants.exact_keys, Ordering::SeqCst);
    let mut out = io::stdout().lock();
    queue!(out, EnterAlternateScreen, cursor::Hide, EnableBracketedPaste, EnableFocusChange)?;
    if wants.exact_keys {
        queue!(out, PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES))?;
    }
    if wants.mouse {
        mouse::on(&mut out)?;
    }
    out.flush()
}

/// Gives it back. Does nothing where that has happened already, and goes on past errors: the terminal may be gone.
pub(super) fn off() {
    if !ON.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout().lock();
    let _ = queue!(out, EndSynchronizedUpdate);
    let _ = mouse::off(&mut out);
    if EXACT_KEYS.load(Ordering::SeqCst) {
        let _ = queue!(out, PopKeyboardEnhancementFlags);
    }
    let _ = queue!(out, DisableFocusChange, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

#[cfg(not(windows))]
mod mouse {
    use std::io::{self, Write};

    /// Clicks, drags and the wheel, but not every move of the pointer, which crossterm's own command asks for too.
    pub fn on(out: &mut impl Write) -> io::Result<()> {
        out.write_all(b"\x1b[?1000h\x1b[?1002h\x1b[?1006h")
    }

    pub fn off(out: &mut impl Write) -> io::Result<()> {
        out.write_all(b"\x1b[?1006l\x1b[?1002l\x1b[?1000l")
    }
}

#[cfg(windows)]
mod mouse {
    use std::io::{self, Write};

    use crossterm::{
        event::{DisableMouseCapture, EnableMouseCapture},
        queue,
    };

    pub fn on(out: &mut impl Write) -> io::Result<()> {
        queue!(out, EnableMouseCapture)
    }

    pub fn off(out: &mut impl Write) -> io::Result<()> {
        queue!(out, DisableMouseCapture)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_keys_only_where_they_are_known_to_work() {
        let wants = |name, value: &str| {
            let value = value.to_owned();
            Wants::detect(move |asked| (asked == name).then(|| value.clone())).exact_keys
        };
        assert!(wants("TERM", "xterm-kitty"));
        assert!(wants("TERM_PROGRAM", "WezTerm"));
        assert!(!wants("TERM", "xterm-256color"));
        assert!(!wants("TERM_PROGRAM", "Apple_Terminal"));
    }
}
