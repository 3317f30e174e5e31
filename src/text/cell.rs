//! A text from outside as a cell of a file that a spreadsheet may open.

use super::Safe;

/// The text with nothing hidden in it, and an apostrophe in front where a
/// spreadsheet could take it for a formula.
pub fn cell(text: &str) -> String {
    let safe = Safe::line(text).into_string();
    let formula = text.starts_with(['\t', '\r', '\n']) || begins_formula(&safe);
    if formula { format!("'{safe}") } else { safe }
}

/// The text that such a cell stands for.
pub fn uncell(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| begins_formula(text)).unwrap_or(cell)
}

fn begins_formula(text: &str) -> bool {
    let risky = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    text.trim_start().starts_with(risky)
}

#[cfg(test)]
mod tests {
    use super::{cell, uncell};

    #[test]
    fn a_text_that_looks_like_a_formula_is_text() {
        for text in ["=1+1", "+1", "-1", "@sum", "\t=1", "\rx", " =1", "＝1"] {
            assert!(cell(text).starts_with('\''), "{text:?} came out as {:?}", cell(text));
        }
        for text in ["=1+1", "-1", " =1", "robot-1", "'quoted'", "'"] {
            assert_eq!(uncell(&cell(text)), text);
        }
        assert_eq!(cell("robot-1"), "robot-1");
        assert_eq!(cell("a\u{1b}[0m"), "a<U+001B>[0m");
    }
}
