//! Filters out of JSON. One that is there says something: a blank one is what an unset
//! variable leaves, and taking it for "all" would act on everything. Left out, a filter
//! is none.

use serde::de::{Deserialize, Deserializer, Error, Unexpected};

const BLANK: Unexpected<'static> = Unexpected::Other("a blank");

/// Words.
pub(crate) fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.trim().is_empty() {
        return Err(D::Error::invalid_value(BLANK, &"some words, or be left out"));
    }
    Ok(text)
}

/// A part of a GUID.
pub(crate) fn part<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if super::guid::is_blank_part(&text) {
        return Err(D::Error::invalid_value(BLANK, &"a part of a GUID, or be left out"));
    }
    Ok(text)
}

/// One of something; `null` is none of it.
pub(crate) fn one<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Several of something.
pub(crate) fn several<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
    for<'t> &'t T: IntoIterator,
{
    let all = T::deserialize(deserializer)?;
    if (&all).into_iter().next().is_none() {
        return Err(D::Error::invalid_length(0, &"a list of one or more"));
    }
    Ok(all)
}
