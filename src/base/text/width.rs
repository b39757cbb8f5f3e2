//! Width on screen. Counts as ratatui draws: cell by cell, one grapheme cluster (UAX #29) after the other, each as wide
//! as unicode-width says.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, 0x20..=0x7e))
}

/// The grapheme clusters of a text with their widths.
pub fn graphemes(text: &str) -> impl DoubleEndedIterator<Item = (&str, usize)> {
    text.graphemes(true).map(|cluster| (cluster, cluster.width()))
}

/// How many columns a safe text takes.
pub fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { graphemes(text).map(|(_, width)| width).sum() }
}
