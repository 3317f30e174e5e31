//! Words that people type to find something, and those that stand for what is there.

/// Whether all of the words occur in the text, in any order and case.
pub fn has_words(text: &str, words: &str) -> bool {
    let text = text.to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// A text, or the dash that says that there is none.
pub fn or_dash(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.to_owned() }
}

/// What people read for a box that is ticked or not.
pub fn yes_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

#[cfg(test)]
mod tests {
    use super::has_words;

    #[test]
    fn order_and_case_of_words_do_not_matter() {
        assert!(has_words("Acme Orders", "orders ACM"));
        assert!(has_words("Acme Orders", ""));
        assert!(!has_words("Acme Orders", "acme catalog"));
    }
}
