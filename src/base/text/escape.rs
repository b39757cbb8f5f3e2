//! Terminal control sequences (ECMA-48, and what xterm makes of them): where one ends.

/// How many bytes the control sequence at the start of `text` takes, at least the introducing character.
/// `text` starts with ESC or a C1 control.
///
/// An operating-system command, device control string or the like is taken whole only if its terminator is
/// there. Without one, its introducer alone goes and the words after it stay: they are then plain text. (A broken
/// character set leaves a lone U+009D in many an imported note.)
pub fn sequence_len(text: &str) -> usize {
    let mut chars = text.chars();
    let introducer = chars.next();
    let head = introducer.map_or(0, char::len_utf8);
    match introducer {
        Some('\u{1b}') => match chars.next() {
            Some('[') => head + 1 + csi_len(&text[head + 1..]),
            Some(']' | 'P' | 'X' | '^' | '_') => head + 1 + string_len(&text[head + 1..]),
            Some(' '..='/') => head + escape_len(&text[head..]),
            Some('0'..='~') => head + 1,
            _ => head,
        },
        Some('\u{9b}') => head + csi_len(&text[head..]),
        Some('\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}') => head + string_len(&text[head..]),
        _ => head,
    }
}

/// The rest of a control sequence: parameters, intermediates, one final byte. What breaks that off stays.
fn csi_len(text: &str) -> usize {
    let parameters = text.bytes().take_while(|b| (0x20..=0x3f).contains(b)).count();
    match text.as_bytes().get(parameters) {
        Some(0x40..=0x7e) => parameters + 1,
        _ => parameters,
    }
}

/// The rest of an escape with intermediates, such as the choice of a character set: `( B`.
fn escape_len(text: &str) -> usize {
    let intermediates = text.bytes().take_while(|b| (0x20..=0x2f).contains(b)).count();
    match text.as_bytes().get(intermediates) {
        Some(0x30..=0x7e) => intermediates + 1,
        _ => intermediates,
    }
}

/// The rest of a command string up to BEL, ESC \ or U+009C; nothing if another control comes first. That also
/// keeps the search linear however many introducers follow each other.
fn string_len(text: &str) -> usize {
    let Some(end) = text.find(|c: char| c.is_control()) else { return 0 };
    match &text[end..] {
        rest if rest.starts_with('\u{7}') => end + 1,
        rest if rest.starts_with('\u{9c}') => end + 2,
        rest if rest.starts_with("\u{1b}\\") => end + 2,
        _ => 0,
    }
}
