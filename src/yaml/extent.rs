//! Where a scalar ends in the text.

use super::cursor::{break_len, line_end};

/// The end of the bare text at `at` that has this many characters.
pub(super) fn plain_end(text: &str, at: usize, chars: usize) -> usize {
    let rest = &text[at..];
    match rest.as_bytes().get(..chars) {
        Some(head) if head.is_ascii() => at + chars,
        _ => rest.char_indices().nth(chars).map_or(text.len(), |(n, _)| at + n),
    }
}

/// Behind the quote that closes the one at `at`.
pub(super) fn quoted_end(text: &str, at: usize, quote: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&quote) {
        return None;
    }
    let mut i = at + 1;
    loop {
        match *bytes.get(i)? {
            b'\\' if quote == b'"' => i += 2,
            b if b != quote => i += 1,
            _ if quote == b'\'' && bytes.get(i + 1) == Some(&quote) => i += 2,
            _ => return Some(i + 1),
        }
    }
}

/// The end of the block scalar whose `|` or `>` is at `at`: behind its last line, before that line's break.
/// Blank lines at the end belong to it only if its header says to keep them.
pub(super) fn block_end(text: &str, at: usize, sign: u8, indent: usize, content: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&sign) {
        return None;
    }
    let mut end = line_end(text, at);
    let header = text[at..end].split('#').next().unwrap_or("");
    let keep = header.contains('+');
    if content.is_empty() {
        // Strip the comment from the header: it is beside the value, not in it.
        return Some(at + header.trim_end().len());
    }
    let only_blank = content.bytes().all(|b| b == b'\n');
    let mut line = end + break_len(text, end);
    while line < bytes.len() {
        let stop = line_end(text, line);
        let spaces = bytes[line..stop].iter().take_while(|b| **b == b' ').count();
        let blank = line + spaces == stop && (only_blank || spaces <= indent);
        if !blank && (only_blank || spaces < indent) {
            break;
        }
        if !blank || keep {
            end = stop;
        }
        line = stop + break_len(text, stop);
    }
    Some(end)
}

/// Where the file ends in the middle of a text block's last line, the parser adds the line break it misses.
/// YAML does not, and no other reader does.
pub(super) fn drop_invented_break(text: &str, at: usize, indent: usize, content: &mut String) {
    if content.bytes().all(|b| b == b'\n') {
        // Blank lines only: as many as there are breaks behind the header's own.
        content.truncate(text[at..].lines().count().saturating_sub(2));
        return;
    }
    let last = &text[text.rfind(['\n', '\r']).map_or(0, |n| n + 1)..];
    if last.chars().count() >= indent.max(1) && content.ends_with('\n') {
        content.pop();
    }
}
