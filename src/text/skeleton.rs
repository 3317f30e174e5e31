//! What a text looks like: equal for texts that a reader may take for one another.

use super::fold::{fold, single_spaced};

/// The skeleton of UTS #39, of the text as it is written, then without case: Latin `o`
/// for the Cyrillic letter and the digit alike, `l` for `1` and a capital `I`. It is good
/// for comparing only, and says nothing about the text itself.
pub fn skeleton(text: &str) -> String {
    fold(&unicode_security::skeleton(&single_spaced(text)).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::skeleton;

    #[test]
    fn a18_what_looks_the_same_has_one_skeleton() {
        for (one, other) in [
            ("robot-1", "r\u{43e}bot-1"),
            ("Billing", "\u{412}illing"),
            ("paypal", "\u{440}\u{430}ypal"),
            ("paypal", "PaypaI"),
            ("bulk-01", "bulk-O1"),
            ("harn", "ham"),
            ("a b", "a\u{a0} b"),
            ("\u{645}\u{6cc}\u{62e}", "\u{645}\u{6cc}\u{200c}\u{62e}"),
        ] {
            assert_eq!(skeleton(one), skeleton(other), "{one} {other}");
        }
        for (one, other) in [("robot-1", "robot-2"), ("bulk-01", "bulk-02"), ("fiat", "flat")] {
            assert_ne!(skeleton(one), skeleton(other));
        }
    }
}
