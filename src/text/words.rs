//! Words that are typed to find something by.

/// Whether all of the words occur in the text, in any order and case.
pub fn has_words(text: &str, words: &str) -> bool {
    let text = text.to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
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
