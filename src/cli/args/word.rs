//! Arguments that are one of a few words.

/// One of a few words. What clap says by itself of a wrong one names none of them.
pub(super) fn word<T>(text: &str) -> Result<T, String>
where
    T: std::str::FromStr + strum::IntoEnumIterator + ToString,
{
    text.parse().map_err(|_| {
        let words: Vec<_> = T::iter().map(|word| word.to_string().to_lowercase()).collect();
        format!("write one of {}", words.join(", "))
    })
}
