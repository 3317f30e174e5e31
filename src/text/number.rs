//! Large numbers as people read them.

use std::fmt::Display;

/// A whole number: `100,000`.
pub fn thousands(number: impl Display) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// So many of something that takes an s: `1 token`, `1,200 tokens`.
pub fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {one}s", thousands(count)) }
}

#[cfg(test)]
mod tests {
    use super::{counted, thousands};

    #[test]
    fn one_thing_is_no_things() {
        let texts = [0, 1, 1_200].map(|count| counted(count, "token"));
        assert_eq!(texts, ["0 tokens", "1 token", "1,200 tokens"]);
    }

    #[test]
    fn digits_stand_in_threes() {
        let texts = [0, 7, 999, 1_000, 45_000, 100_000, 1_234_567_u64].map(thousands);
        assert_eq!(texts, ["0", "7", "999", "1,000", "45,000", "100,000", "1,234,567"]);
    }
}
