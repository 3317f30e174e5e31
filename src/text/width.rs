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

/// The text in at most `columns`, with a `~` in its middle where something was cut: names
/// that are made in a row differ at their ends.
pub fn cut_middle(text: &str, columns: usize) -> String {
    let whole = width(text);
    if whole <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(1);
    let front = room.div_ceil(2);
    // What `cut` keeps of the front, and as much of the end as still fits.
    let mut kept = cut(text, front + 1);
    kept.truncate(kept.trim_end_matches('~').len());
    let mut left = room.saturating_sub(width(&kept));
    let mut end = Vec::new();
    for grapheme in text.graphemes(true).rev() {
        if width(grapheme) > left {
            break;
        }
        left -= width(grapheme);
        end.push(grapheme);
    }
    if columns > 0 {
        kept.push('~');
    }
    kept.extend(end.into_iter().rev());
    kept
}

/// The text in exactly `columns`: cut, or filled with spaces on the right.
pub fn pad(text: &str, columns: usize) -> String {
    let mut text = cut(text, columns);
    text.push_str(&" ".repeat(columns.saturating_sub(width(&text))));
    text
}
