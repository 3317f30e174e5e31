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

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn digits_stand_in_threes() {
        let texts = [0, 7, 999, 1_000, 45_000, 100_000, 1_234_567_u64].map(thousands);
        assert_eq!(texts, ["0", "7", "999", "1,000", "45,000", "100,000", "1,234,567"]);
    }
}
