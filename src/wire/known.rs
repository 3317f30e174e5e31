//! Lists of what a newer version may say more of: what this one has no word for is left out.

use std::fmt::Display;
use std::str::FromStr;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer, Serializer};

#[derive(Deserialize)]
#[serde(untagged)]
enum Maybe<T> {
    Known(T),
    Unknown(IgnoredAny),
}

/// Those that can be read.
pub(super) fn each<'de, D, T, C>(deserializer: D) -> Result<C, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
    C: FromIterator<T> + IntoIterator<Item = T>,
{
    let all = Vec::<Maybe<T>>::deserialize(deserializer)?;
    let known = |one| match one {
        Maybe::Known(known) => Some(known),
        Maybe::Unknown(_) => None,
    };
    Ok(all.into_iter().filter_map(known).collect())
}

/// Those that are words.
pub(super) fn each_word<'de, D, T, C>(deserializer: D) -> Result<C, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
    C: FromIterator<T> + IntoIterator<Item = T>,
{
    let all: Vec<String> = each(deserializer)?;
    Ok(all.iter().filter_map(|word| word.parse().ok()).collect())
}

/// Each as its word.
pub(super) fn words<'w, S, T, C>(words: &'w C, serializer: S) -> Result<S::Ok, S::Error>
where
    S: Serializer,
    T: Display + 'w,
    &'w C: IntoIterator<Item = &'w T>,
{
    serializer.collect_seq(words.into_iter().map(ToString::to_string))
}
