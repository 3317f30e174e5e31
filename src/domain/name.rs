//! Names and descriptions: what they may contain and how they are stored.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::{Token, TokenId, leak};
use crate::text;

/// The longest name, in characters (R90).
pub const MAX_NAME: usize = 60;
/// The longest description, in characters (R91).
pub const MAX_DESCRIPTION: usize = 500;

/// The stored form of a name: trimmed, NFC, 1 to 60 visible characters. `what`
/// names the field in the message.
pub fn check(name: &str, what: &str) -> Result<String, String> {
    let name: String = name.trim().nfc().collect();
    if name.is_empty() {
        return Err(format!("{what} is required"));
    }
    if let Some(hidden) = text::hidden_in(&name) {
        return Err(format!("{what} contains the hidden character {}", text::code_point(hidden)));
    }
    if name.chars().count() > MAX_NAME {
        return Err(format!("At most {MAX_NAME} characters"));
    }
    if leak::contains_value(&name) {
        return Err(format!("{what} contains a token value, which would be stored in the clear"));
    }
    Ok(name)
}

/// The stored form of a description: trimmed, NFC, at most 500 characters, with
/// line breaks but no other hidden character.
pub fn check_description(description: &str) -> Result<String, String> {
    let lines: String = description.trim().nfc().collect::<String>().replace("\r\n", "\n");
    if let Some(hidden) = lines.split('\n').find_map(text::hidden_in) {
        return Err(format!("Contains the hidden character {}", text::code_point(hidden)));
    }
    if lines.chars().count() > MAX_DESCRIPTION {
        return Err(format!("At most {MAX_DESCRIPTION} characters"));
    }
    if leak::contains_value(&lines) {
        return Err("Contains a token value, which would be stored in the clear".to_owned());
    }
    Ok(lines)
}

/// What two names are compared by: they clash where their keys are equal. Case does not
/// count, and any white space in a name is one plain space.
pub fn key(name: &str) -> String {
    text::fold(&text::single_spaced(name))
}

/// What a name looks like ([`text::skeleton`]).
pub fn skeleton(name: &str) -> String {
    text::skeleton(name)
}

/// Whether one of these names may be taken for the other, though they do not clash.
pub fn look_alike(one: &str, other: &str) -> bool {
    key(one) != key(other) && skeleton(one) == skeleton(other)
}

/// Name and description as they are searched, a line for each.
pub fn folded(name: &str, description: &str) -> String {
    format!("{}\n{}", text::fold(name), text::fold(description))
}

/// Of these tokens the ones whose names look like another's among them. Deleted ones are
/// taken for nothing any more; one name in two accounts is no look-alike, and in one account
/// it is: such two bore it before names were compared as they are now.
pub fn alike<'t>(tokens: impl Iterator<Item = &'t Token>) -> BTreeSet<TokenId> {
    let mut looks: BTreeMap<String, Vec<(String, &Token)>> = BTreeMap::new();
    for token in tokens.filter(|token| token.deleted.is_none()) {
        looks.entry(skeleton(&token.name)).or_default().push((key(&token.name), token));
    }
    let mut found = BTreeSet::new();
    for same in looks.into_values().filter(|same| same.len() > 1) {
        let keys: BTreeSet<&str> = same.iter().map(|(key, _)| key.as_str()).collect();
        let mut accounts: BTreeMap<_, usize> = BTreeMap::new();
        for (_, token) in &same {
            *accounts.entry(token.account).or_default() += 1;
        }
        let twice = |token: &Token| accounts.get(&token.account).is_some_and(|count| *count > 1);
        let alike = same.iter().filter(|(_, token)| keys.len() > 1 || twice(token));
        found.extend(alike.map(|(_, token)| token.id));
    }
    found
}
