//! A body that does not fit: which field, and what is wanted there. What was given is
//! never repeated, for it may be a secret; it stands in the errors of serde, so that only
//! their own words are taken out of those.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Characters of a field that is named: a token's value is longer.
const LONGEST: usize = 40;

/// What is wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The field by its path, as far as it may stand in a reply; empty = the whole body.
    pub field: String,
    /// What is wrong with it and what would be right.
    pub message: String,
}

/// What readers of other crates say of a text that they can't read, none of it about the
/// text itself, and what they want.
const READERS: [(&str, &str); 8] = [
    ("UUID parsing failed", GUID),
    ("input contains invalid characters", INSTANT),
    ("premature end of input", INSTANT),
    ("trailing input", INSTANT),
    ("input is out of range", INSTANT),
    ("no possible date and time matching input", INSTANT),
    ("input is not enough for unique date and time", INSTANT),
    ("bad or unsupported format string", INSTANT),
];

const GUID: &str = "a GUID such as f5d70a36-5c9e-4ee4-8e25-60a7c4af9321";
const INSTANT: &str = "an instant such as 2026-03-10T12:00:00Z";

/// The first words of the errors that end with what was expected.
const EXPECTING: [&str; 4] =
    ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant "];

/// What serde calls things, and what people do.
const WORDS: [(&str, &str); 13] = [
    ("a map", "an object"),
    ("a sequence", "a list"),
    ("a boolean", "true or false"),
    ("a string", "a text"),
    ("a borrowed string", "a text"),
    ("string or map", "one of its words, or an object of one field"),
    ("map with a single key", "one of its words, or an object of one field"),
    ("a formatted UUID string", GUID),
    ("a UUID string", GUID),
    ("an RFC 3339 formatted date and time string", INSTANT),
    ("an RFC 3339 formatted date and time string or a unix timestamp", INSTANT),
    ("u32", "a whole number"),
    ("u64", "a whole number"),
];

impl Misfit {
    /// Why this is no `T`; nothing where it is one.
    pub fn of<T: DeserializeOwned>(given: Value) -> Option<Self> {
        let error = serde_path_to_error::deserialize::<_, T>(given).err()?;
        Some(Self::new(&error.path().to_string(), &error.inner().to_string()))
    }

    /// Out of an error of serde at this path.
    pub fn new(path: &str, error: &str) -> Self {
        let path = if path == "." { "" } else { path };
        let error = without_place(error);
        // Found by `trace`, which knows the path from here on.
        if let Some((inner, rest)) = error.strip_prefix(MARK).and_then(|rest| rest.split_once(MARK))
        {
            return Self::new(&joined(path, inner), rest);
        }
        if let Some(name) = named(error, "missing field `") {
            return Self { field: plain(&joined(path, name)), message: "is missing".to_owned() };
        }
        if let Some(name) = named(error, "unknown field `") {
            let field = plain(&joined(path, name));
            return Self { field, message: "is no field of this call".to_owned() };
        }
        if let Some(name) = named(error, "duplicate field `") {
            return Self {
                field: plain(&joined(path, name)),
                message: "is given twice".to_owned(),
            };
        }
        let message = match wanted(error) {
            Some(wanted) => format!("must be {wanted}"),
            None => "is not what this call takes".to_owned(),
        };
        Self { field: plain(path), message }
    }
}

/// ` at line 1 column 7`, which `serde_json` adds.
fn without_place(error: &str) -> &str {
    error.rsplit_once(" at line ").map_or(error, |(said, _)| said)
}

fn named<'e>(error: &'e str, start: &str) -> Option<&'e str> {
    error.strip_prefix(start)?.split('`').next()
}

fn joined(path: &str, name: &str) -> String {
    match (path, name) {
        (path, "" | ".") => path.to_owned(),
        ("", name) => name.to_owned(),
        (path, name) => format!("{path}.{name}"),
    }
}

/// What was wanted, in words that may be said.
fn wanted(error: &str) -> Option<String> {
    if let Some((_, wanted)) = READERS.iter().find(|(start, _)| error.starts_with(start)) {
        return Some((*wanted).to_owned());
    }
    if !EXPECTING.iter().any(|start| error.starts_with(start)) {
        return None;
    }
    // The last of them: what was given may hold such words, and comes before.
    let (_, said) = error.rsplit_once(", expected ")?;
    if let Some((_, word)) = WORDS.iter().find(|(known, _)| *known == said) {
        return Some((*word).to_owned());
    }
    if said.starts_with("struct ") || said.starts_with("internally tagged enum ") {
        return Some("an object".to_owned());
    }
    Some(said.replace('`', "'"))
}

/// As much of a path as may stand in a reply: names of fields, ids and numbers. Anything
/// else was made up by whoever asks, and may be a secret.
pub fn plain(path: &str) -> String {
    let mut kept = String::new();
    for part in path.split('.').take_while(|part| is_name(part) || is_id(part)) {
        if kept.len() + part.len() >= LONGEST {
            break;
        }
        if !kept.is_empty() {
            kept.push('.');
        }
        kept.push_str(part);
    }
    kept
}

fn is_name(part: &str) -> bool {
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-[]".contains(c);
    !part.is_empty() && part.chars().all(known)
}

fn is_id(part: &str) -> bool {
    let mut groups = part.split('-');
    let letters = groups.next().unwrap_or_default();
    let mut digits = groups.peekable();
    letters.len() == 3
        && letters.chars().all(|c| c.is_ascii_uppercase())
        && digits.peek().is_some()
        && digits.all(|group| group.len() == 4 && group.chars().all(|c| c.is_ascii_digit()))
}

/// Stands around a path inside an error.
const MARK: char = '\u{1}';

/// The error of a `T` that does not fit, with the path to it, for whoever reads it inside
/// of something else.
pub(super) fn trace<T: DeserializeOwned>(given: &Value) -> Option<String> {
    let error = serde_path_to_error::deserialize::<_, T>(given.clone()).err()?;
    Some(marked(&error.path().to_string(), &error.inner().to_string()))
}

/// An error below this path.
pub(super) fn marked(path: &str, error: &str) -> String {
    format!("{MARK}{path}{MARK}{error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a27_what_was_given_is_never_in_what_is_said() {
        for error in [
            "invalid type: string \"tdk_secret\", expected u64 at line 1 column 9",
            "invalid value: string \"x, expected tdk_secret\", expected a list of one or more",
            "unknown variant `tdk_secret`, expected `read` or `full`",
            "tdk_secret is odd, expected tdk_secret",
            "UUID parsing failed: invalid character: found `tdk_secret` at 1",
        ] {
            let Misfit { message, .. } = Misfit::new("settings", error);
            assert!(!message.contains("tdk"), "{message}");
        }
        assert_eq!(plain("access.tdk_0aB.x"), "access");
        assert_eq!(plain("accounts.ACC-0001-0001.name"), "accounts.ACC-0001-0001.name");
    }

    #[test]
    fn a27_the_field_and_what_it_wants_are_said() {
        let said = |path: &str, error: &str| {
            let Misfit { field, message } = Misfit::new(path, error);
            format!("{field} {message}")
        };
        assert_eq!(said(".", "missing field `value` at line 1 column 2"), "value is missing");
        assert_eq!(
            said("items[0].version", "invalid type: string \"x\", expected a whole number from 0"),
            "items[0].version must be a whole number from 0"
        );
        let inner = marked("access.MOD-0001", "unknown variant `x`, expected `read` or `full`");
        assert_eq!(said("draft", &inner), "draft.access.MOD-0001 must be 'read' or 'full'");
    }
}
