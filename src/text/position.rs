//! Where in a text something stands, as people count.

/// Line and column of a byte, both from 1; a column is a character.
pub fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn lines_and_columns_count_from_one() {
        assert_eq!(position("ab\nc\u{e9}d", 0), (1, 1));
        assert_eq!(position("ab\nc\u{e9}d", 3), (2, 1));
        assert_eq!(position("ab\nc\u{e9}d", 6), (2, 3));
        assert_eq!(position("ab", 99), (1, 3));
    }
}
