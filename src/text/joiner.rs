//! The zero-width joiner and non-joiner: characters that nobody sees, but that words of
//! some scripts are not written without.

use unicode_script::{Script, UnicodeScript};

/// Whether it is U+200C or U+200D.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a joiner belongs between these two texts: between letters of one script whose
/// words need it (UAX #31 section 2.3). Elsewhere it only tells apart what looks the same.
pub(super) fn belongs(before: &str, after: &str) -> bool {
    // Marks such as the vowels of Arabic are of any script: the letter below them counts.
    let is_plain = |c: &char| c.script() != Script::Inherited;
    let (Some(last), Some(next)) = (before.chars().rev().find(is_plain), after.chars().next())
    else {
        return false;
    };
    needs_joiners(last.script()) && next.script() == last.script() && next.is_alphabetic()
}

/// The scripts whose letters join, or whose conjuncts are made or kept apart by a joiner.
fn needs_joiners(script: Script) -> bool {
    matches!(
        script,
        Script::Arabic
            | Script::Bengali
            | Script::Devanagari
            | Script::Gujarati
            | Script::Gurmukhi
            | Script::Kannada
            | Script::Malayalam
            | Script::Mandaic
            | Script::Mongolian
            | Script::Nko
            | Script::Oriya
            | Script::Sinhala
            | Script::Syriac
            | Script::Tamil
            | Script::Telugu
    )
}

#[cfg(test)]
mod tests {
    use super::belongs;

    #[test]
    fn a18_a_joiner_belongs_between_letters_of_scripts_that_need_it() {
        for (before, after) in [
            ("\u{645}\u{6cc}", "\u{62e}"), // Persian: mi-khaham
            ("\u{628}\u{64e}", "\u{628}"), // after a vowel mark of Arabic
            ("\u{915}\u{94d}", "\u{937}"), // Hindi: k-ssa, after a virama
            ("\u{dc1}\u{dca}", "\u{dbb}"), // Sinhala: shri
        ] {
            assert!(belongs(before, after), "{before} {after}");
        }
        for (before, after) in [
            ("a", "b"),
            ("", "\u{62e}"),
            ("\u{6cc}", ""),
            ("\u{6cc}", " \u{62e}"),
            ("\u{6cc}", "b"),
            ("\u{6cc}", "\u{915}"),
            ("\u{6cc}\u{200c}", "\u{200c}\u{62e}"),
            ("\u{1f469}", "\u{1f4bb}"),
            ("\u{6cc}", "\u{6f1}"),
        ] {
            assert!(!belongs(before, after), "{before:?} {after:?}");
        }
    }
}
