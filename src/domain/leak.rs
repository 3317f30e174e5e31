//! Token values in texts where none belongs, such as a search for a leaked one: noticed
//! before they go anywhere, and hidden wherever such a text is shown. Only the public
//! half of a value is ever given back.

use std::ops::Range;

use super::sign_in::PREFIX;
use super::value::{CHECK_LEN, DEFAULT_PREFIX, GUID_LEN, SECRET_LEN, read_base62};
use super::{Guid, TokenValue};

/// The most letters of a prefix.
const PREFIX_LEN: usize = 8;

/// What stands in for each character of a secret.
const HIDDEN: char = '*';

/// What a text gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leak {
    /// A whole token value, of this GUID.
    Value(Guid),
    /// A part of one, or one with a slip in it; its GUID was whole.
    Part(Guid),
    /// An operator credential, or a part of one.
    Credential,
}

/// A secret in a text.
struct Secret {
    what: Leak,
    place: Range<usize>,
}

/// What a text gives away first, if anything; a whole value before a part of one.
pub fn find(text: &str) -> Option<Leak> {
    let whole = |leak: &Leak| matches!(leak, Leak::Value(_));
    let found: Vec<_> = secrets(text).map(|secret| secret.what).collect();
    found.iter().copied().find(whole).or_else(|| found.first().copied())
}

/// The text with every secret character of values in it hidden, in as many columns.
pub fn hide(text: &str) -> String {
    let places: Vec<_> = secrets(text).map(|secret| secret.place).collect();
    let hidden = |at| places.iter().any(|place| place.contains(&at));
    text.char_indices().map(|(at, c)| if hidden(at) { HIDDEN } else { c }).collect()
}

/// Whether somebody who wrote this may have meant a value: it begins like one.
pub fn begins_like_value(text: &str) -> bool {
    let rest = text.trim().strip_prefix(DEFAULT_PREFIX);
    rest.is_some_and(|rest| rest.starts_with('_'))
}

/// Each stands behind a prefix, a GUID and a `_` after either.
fn secrets(text: &str) -> impl Iterator<Item = Secret> {
    text.match_indices('_').filter_map(move |(at, _)| secret(text, at))
}

/// The secret of the value whose prefix ends at `at`, if there is one.
fn secret(text: &str, at: usize) -> Option<Secret> {
    let before = text.get(..at)?;
    let letters = before.bytes().rev().take(PREFIX_LEN);
    let prefix = letters.take_while(u8::is_ascii_lowercase).count();
    let from = at + 1 + GUID_LEN;
    let guid = read_base62(text.get(at + 1..from)?, GUID_LEN)?;
    let secret = text.get(from..)?.strip_prefix('_')?;
    let length = secret.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if prefix < 2 || length == 0 {
        return None;
    }
    let start = at - prefix;
    let end = from + 1 + SECRET_LEN + CHECK_LEN;
    let whole = text.get(start..end).is_some_and(|text| TokenValue::parse(text).is_ok());
    let guid = Guid::from_bytes(guid.to_be_bytes());
    let what = match whole {
        _ if text.get(start..at) == Some(PREFIX) => Leak::Credential,
        true => Leak::Value(guid),
        false => Leak::Part(guid),
    };
    Some(Secret { what, place: from + 1..from + 1 + length })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::OperatorSecret;

    const GUID: Guid = Guid::from_bytes([7; 16]);

    fn value() -> String {
        let filled = |bytes: &mut [u8]| {
            bytes.fill(9);
            Ok::<(), ()>(())
        };
        TokenValue::generate("tdk", GUID, filled).map(|v| v.expose().to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_value_is_found_in_what_people_paste() {
        let value = value();
        for text in [
            value.clone(),
            format!(" {value}\n"),
            format!("Authorization: Bearer {value}"),
            format!("export TOKEN='{value}';"),
            format!("API_{value}"),
            format!("{value}{value}"),
        ] {
            assert_eq!(find(&text), Some(Leak::Value(GUID)), "{text}");
            let (_, secret) = value.rsplit_once('_').unwrap_or_default();
            let hidden = hide(&text);
            assert_eq!(hidden.chars().count(), text.chars().count());
            assert!(!hidden.contains(secret.get(..8).unwrap_or_default()), "{hidden}");
        }
    }

    #[test]
    fn every_secret_character_is_hidden_however_much_of_a_value_there_is() {
        let value = value();
        let public = value.len() - SECRET_LEN - CHECK_LEN;
        for end in 1..value.len() {
            let part = value.get(..end).unwrap_or_default();
            let shown = value.get(..end.min(public)).unwrap_or_default();
            assert_eq!(hide(part).trim_end_matches(HIDDEN), shown);
            assert_eq!(find(part), (end > public).then_some(Leak::Part(GUID)));
        }
    }

    #[test]
    fn a_credential_is_no_value() {
        let filled = |bytes: &mut [u8]| {
            bytes.fill(9);
            Ok::<(), ()>(())
        };
        let secret = OperatorSecret::generate(GUID, filled);
        let text = secret.map(|secret| secret.expose().to_owned()).unwrap_or_default();
        assert_eq!(find(&text), Some(Leak::Credential));
    }

    #[test]
    fn names_give_nothing_away() {
        for text in ["", "robot-1", "tdk_", "tdk_robot", "my_robot_for_plant_7", "a_b_c", "é_é_é"]
        {
            assert_eq!((find(text), hide(text)), (None, text.to_owned()));
        }
        assert!(begins_like_value("tdk_3eU9") && !begins_like_value("tdkrobot"));
    }
}
