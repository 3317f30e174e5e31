//! Bodies whose form is chosen by one of their fields. Serde collects those before it
//! reads them and loses sight of fields that nobody knows; here they are refused.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A `T` that was read with no field left over. It must write every field it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strict<T>(pub T);

impl<'de, T: DeserializeOwned + Serialize> Deserialize<'de> for Strict<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = Value::deserialize(deserializer)?;
        let read: T = serde_json::from_value(given.clone()).map_err(D::Error::custom)?;
        let known = serde_json::to_value(&read).map_err(D::Error::custom)?;
        match left_over(&given, &known) {
            Some(name) => Err(D::Error::custom(format!("unknown field `{name}`"))),
            None => Ok(Self(read)),
        }
    }
}

/// The first field that was given and not read. Ids are read in either case.
fn left_over<'a>(given: &'a Value, known: &Value) -> Option<&'a str> {
    let (Value::Object(given), Value::Object(known)) = (given, known) else { return None };
    given.iter().find_map(|(name, inside)| {
        let read = known.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        read.map_or(Some(name.as_str()), |(_, known)| left_over(inside, known))
    })
}

impl<T: JsonSchema> JsonSchema for Strict<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::EntryDraft;

    fn read(text: &str) -> Result<EntryDraft, String> {
        let read = serde_json::from_str::<Strict<EntryDraft>>(text);
        read.map(|Strict(draft)| draft).map_err(|error| error.to_string())
    }

    #[test]
    fn a_field_that_nobody_knows_is_named() {
        let group = r#"{"kind":"group","name":"x","account":null,"access":{"mod-0001":"read"}}"#;
        assert_eq!(read(group).map(|draft| draft.name().to_owned()), Ok("x".to_owned()));
        let odd = group.replace("\"name\"", "\"colour\": 1, \"name\"");
        assert_eq!(read(&odd), Err("unknown field `colour`".to_owned()));
    }
}
