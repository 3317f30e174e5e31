//! How many columns a text takes on a terminal, and how to fit it into some.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns the text takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The text in at most `columns`, ending in `~` where something was cut. Whole
/// graphemes only, so a wide or combined character is never split.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(1);
    let mut kept = String::new();
    let mut taken = 0;
    for grapheme in text.graphemes(true) {
        taken += width(grapheme);
        if taken > room {
            break;
        }
        kept.push_str(grapheme);
    }
    if columns > 0 {
        kept.push('~');
    }
    kept
}

/// The text in exactly `columns`: cut, or filled with spaces on the right.
pub fn pad(text: &str, columns: usize) -> String {
    let mut text = cut(text, columns);
    text.push_str(&" ".repeat(columns.saturating_sub(width(&text))));
    text
}
