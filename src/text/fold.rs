//! Text as it is compared: without case, whatever code points a letter is made of.

use unicode_normalization::UnicodeNormalization;

/// The text by which two are compared that differ in case alone: simple case folding
/// (Unicode `CaseFolding`, C and S) of the decomposed text, composed again (NFC).
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().map(folded).nfc().collect()
}

fn folded(c: char) -> char {
    let other = unicode_case_mapping::case_folded(c);
    other.and_then(|number| char::from_u32(number.get())).unwrap_or(c)
}

/// The text on one line, with one plain space wherever it has any white space, and none
/// at its ends.
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{fold, single_spaced};

    #[test]
    fn a18_letters_are_equal_whatever_their_case_in_every_script() {
        for (one, other) in [
            ("ROBOT", "robot"),
            ("\u{3a3}\u{39f}\u{3a6}\u{39f}\u{3a3}", "\u{3c3}\u{3bf}\u{3c6}\u{3bf}\u{3c2}"),
            ("STRA\u{1e9e}E", "stra\u{df}e"),
            ("\u{17f}top", "STOP"),
            ("\u{13a0}", "\u{ab70}"),
            ("\u{416}", "\u{436}"),
            ("CAFE\u{301}", "caf\u{e9}"),
            ("\u{212b}ngstr\u{f6}m", "\u{e5}NGSTRO\u{308}M"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        // Simple folding keeps the number of letters, and Turkish ones apart.
        assert_ne!(fold("stra\u{df}e"), fold("strasse"));
        assert_ne!(fold("\u{131}"), fold("i"));
    }

    #[test]
    fn a18_white_space_is_one_plain_space() {
        let text = "\u{3000}a\u{a0}b  c\u{2003}\t d\u{202f}";
        assert_eq!(single_spaced(text), "a b c d");
    }
}
