//! What was found, for people: the state, the area and the words, under each other
//! and folded where the terminal ends. Nothing is cut.

use std::fmt::Write as _;

use super::check::Check;
use crate::text::{Safe, width};

/// Columns before the words: the state, the area and what parts them.
const BEFORE: usize = 20;
/// The fewest columns in which folding is of use.
const NARROWEST: usize = 40;

/// The whole page; without a terminal each thing is on one line.
pub(super) fn of(checks: &[Check], columns: Option<usize>) -> String {
    let room = columns.map_or(usize::MAX, |columns| columns.max(NARROWEST) - BEFORE);
    let mut page = String::new();
    for check in checks {
        let state = check.state.to_string();
        let advice = check.advice.iter().map(|advice| format!("-> {advice}"));
        let lines = [check.found.clone()].into_iter().chain(advice);
        let mut start = format!("{state:8} {:10} ", check.area);
        for line in lines.flat_map(|text| folded(Safe::line(&text).as_str(), room)) {
            // Writing to a text does not fail.
            let _ = writeln!(page, "{start}{line}");
            start = " ".repeat(BEFORE);
        }
    }
    page
}

/// The text in lines of at most `room` columns, parted between words.
fn folded(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if width(line) + 1 + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_folded_under_themselves_and_none_is_lost() {
        let check = Check::warning("store", "one two three four five six", "seven eight");
        let page = of(&[check], Some(40));
        let want = "warning  store      one two three four\n\
                    \x20                   five six\n\
                    \x20                   -> seven eight\n";
        assert_eq!(page, want);
    }

    #[test]
    fn without_a_terminal_nothing_is_folded() {
        let found = "a long sentence ".repeat(20);
        let page = of(&[Check::ok("clock", found)], None);
        assert_eq!(page.lines().count(), 1);
    }
}
