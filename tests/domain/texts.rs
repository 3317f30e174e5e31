//! Text from outside: made safe, measured, cut.

use proptest::prelude::*;
use tokendeck::text::{Safe, cut, is_hidden, pad, width};

#[test]
fn what_a_terminal_would_obey_is_shown_as_a_number() {
    for (text, shown) in [
        ("a\u{1b}[31mb", "a<U+001B>[31mb"),
        ("\u{1b}]52;c;eA==\u{7}", "<U+001B>]52;c;eA==<U+0007>"),
        ("\u{9b}2J", "<U+009B>2J"),
        ("abc\u{202e}cba", "abc<U+202E>cba"),
        ("zero\u{200b}width", "zero<U+200B>width"),
        ("tag\u{e0061}", "tag<U+E0061>"),
        ("two\nlines\tand\ra tab", "two lines and a tab"),
        ("\u{feff}robot", "<U+FEFF>robot"),
    ] {
        assert_eq!(Safe::line(text).as_str(), shown);
    }
}

#[test]
fn ordinary_text_of_any_script_is_left_alone() {
    for text in ["robot-1", "Größe", "日本語", "עברית", "e\u{301}", "नमस्ते", "🦀"]
    {
        assert_eq!(Safe::line(text).as_str(), text);
    }
}

#[test]
fn lines_keep_their_breaks_and_nothing_else() {
    assert_eq!(Safe::lines("a\nb\u{1b}c").as_str(), "a\nb<U+001B>c");
}

#[test]
fn wide_characters_take_two_columns_and_are_never_split() {
    assert_eq!(width("漢字"), 4);
    assert_eq!(cut("漢字漢字", 5), "漢字~");
    assert_eq!(cut("漢字漢字", 6), "漢字~");
    assert_eq!(pad("漢", 4), "漢  ");
    assert_eq!(cut("abc", 0), "");
    assert_eq!(cut("abc", 1), "~");
}

#[test]
fn a_combining_mark_stays_with_its_letter() {
    assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}~");
}

proptest! {
    #[test]
    fn safe_text_holds_nothing_hidden(text: String) {
        prop_assert!(!Safe::line(&text).as_str().chars().any(is_hidden));
    }

    #[test]
    fn padded_text_has_exactly_its_width(text: String, columns in 0..80_usize) {
        let safe = Safe::line(&text).into_string();
        prop_assert_eq!(width(&pad(&safe, columns)), columns);
        prop_assert!(width(&cut(&safe, columns)) <= columns);
    }
}
