//! Identifiers: `TKN-1000-0001` and its kin. An id is never reused, so it names
//! one record for ever, whatever happens to its name, value or status.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not an id of the form {form}")]
pub struct IdError {
    text: String,
    form: &'static str,
}

/// Digits in one group of an id.
const GROUP: usize = 4;
/// The largest number that a store can hold.
const LARGEST: u64 = i64::MAX as u64;
/// Groups of the longest id that anybody will meet.
const GROUPS: usize = 4;

/// Writes `number` as `PREFIX-dddd-dddd`, with as many groups of four digits as
/// it needs and at least `groups`.
fn write_id(f: &mut fmt::Formatter<'_>, prefix: &str, groups: usize, number: u64) -> fmt::Result {
    let needed = number.checked_ilog10().map_or(1, |log| log as usize + 1);
    let width = needed.div_ceil(GROUP).max(groups) * GROUP;
    f.write_str(prefix)?;
    for (place, digit) in format!("{number:0width$}").chars().enumerate() {
        if place % GROUP == 0 {
            f.write_str("-")?;
        }
        write!(f, "{digit}")?;
    }
    Ok(())
}

/// The number of an id, or nothing where `text` is not its one way of writing or
/// no store could hold it.
fn read_id(text: &str, prefix: &str) -> Option<u64> {
    let rest = text
        .get(..prefix.len())
        .filter(|head| head.eq_ignore_ascii_case(prefix))
        .and_then(|_| text.get(prefix.len()..))?;
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|number| *number <= LARGEST)
}

/// The regular expression of an id (ECMA 262): a longer id has more groups, and does
/// not begin with an empty one.
pub fn id_pattern(prefix: &str, groups: usize) -> String {
    let longest = GROUPS - 1;
    let filled = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])";
    format!("^{prefix}((-[0-9]{{4}}){{{groups}}}|-{filled}(-[0-9]{{4}}){{{groups},{longest}}})$")
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal, $groups:literal, $form:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// The id with this number.
            pub const fn new(number: u64) -> Self {
                Self(number)
            }

            /// The number, which stores and indexes keep.
            pub const fn number(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_id(f, $prefix, $groups, self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                read_id(text, $prefix)
                    .map(Self)
                    .filter(|id| id.to_string().eq_ignore_ascii_case(text))
                    .ok_or_else(|| IdError { text: text.to_owned(), form: $form })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let pattern = id_pattern($prefix, $groups);
                schemars::json_schema!({ "type": "string", "pattern": pattern })
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(|_| {
                    let given = serde::de::Unexpected::Other("another text");
                    serde::de::Error::invalid_value(given, &concat!("an id of the form ", $form))
                })
            }
        }
    )*};
}

ids! {
    /// A token record.
    TokenId = "TKN", 2, "TKN-dddd-dddd";
    /// An account: the client, organization, tenant or site of other products.
    AccountId = "ACC", 2, "ACC-dddd-dddd";
    /// A user of the store.
    UserId = "USR", 2, "USR-dddd-dddd";
    /// A piece of bulk work.
    JobId = "JOB", 2, "JOB-dddd-dddd";
    /// A module: anything callable, be it a product, an API or a service.
    ModuleId = "MOD", 1, "MOD-dddd";
    /// A scope: a limit on the data a token reaches.
    ScopeId = "SCP", 1, "SCP-dddd";
    /// A permission group: a named bundle of access levels.
    GroupId = "GRP", 1, "GRP-dddd";
}
