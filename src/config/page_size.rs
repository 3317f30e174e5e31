//! How many rows a page has: as many as fit, or a number.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// The most rows a page may have.
pub(super) const MAX_ROWS: u16 = 1_000;

/// Rows of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RowsOfPage {
    /// As many as fit.
    #[default]
    Auto,
    /// This many.
    Rows(u16),
}

impl RowsOfPage {
    fn of_number(number: i64) -> Option<Self> {
        let rows = u16::try_from(number).ok()?;
        (1..=MAX_ROWS).contains(&rows).then_some(Self::Rows(rows))
    }
}

fn wrong(given: impl fmt::Display) -> String {
    format!("'{given}' is not a page size: \"auto\" or a number from 1 to {MAX_ROWS}")
}

impl fmt::Display for RowsOfPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Rows(rows) => rows.fmt(f),
        }
    }
}

impl FromStr for RowsOfPage {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("auto") {
            return Ok(Self::Auto);
        }
        text.parse().ok().and_then(Self::of_number).ok_or_else(|| wrong(text))
    }
}

impl JsonSchema for RowsOfPage {
    fn schema_name() -> Cow<'static, str> {
        "PageSize".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "oneOf": [
                { "const": "auto" },
                { "type": "integer", "minimum": 1, "maximum": MAX_ROWS },
            ],
        })
    }
}

impl<'de> Deserialize<'de> for RowsOfPage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = RowsOfPage;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "\"auto\" or a number from 1 to {MAX_ROWS}")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<RowsOfPage, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<RowsOfPage, E> {
                RowsOfPage::of_number(number).ok_or_else(|| E::custom(wrong(number)))
            }
        }
        deserializer.deserialize_any(Either)
    }
}
