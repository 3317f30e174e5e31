//! Breaks text into lines of a given width, between words where it can.

use unicode_segmentation::UnicodeSegmentation as _;

use super::width;

/// The text in lines of at most `columns`; line breaks in it stay. Never splits a
/// grapheme, so one wider than a line stands alone on its own.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| wrap_line(line, columns.max(1))).collect()
}

fn wrap_line(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    // Words keep the space behind them, which may hang over the end of a line.
    for word in text.split_inclusive(' ') {
        if width(&line) + width(word.trim_end()) > columns && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        for grapheme in word.graphemes(true) {
            if grapheme != " " && !line.is_empty() && width(&line) + width(grapheme) > columns {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
            }
            line.push_str(grapheme);
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("moves parts between plants", 12), ["moves parts", "between", "plants"]);
    }

    #[test]
    fn a_long_word_is_broken_and_line_breaks_stay() {
        assert_eq!(wrap("on 2026-03-09 20:22", 12), ["on", "2026-03-09", "20:22"]);
        assert_eq!(wrap("abcdef\n\ngh", 4), ["abcd", "ef", "", "gh"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(text in "[a-z\u{4e00}-\u{4e20} ]{0,80}", columns in 2_usize..30) {
            let lines = wrap(&text, columns);
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            for line in lines {
                prop_assert!(width(&line) <= columns, "{}", line);
            }
        }
    }
}
