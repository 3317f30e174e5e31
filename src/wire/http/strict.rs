//! Bodies whose form is chosen by one of their fields. Serde collects those before it
//! reads them and loses sight of fields that nobody knows; here they are refused.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};

use super::EntryEditAsk;
use super::misfit::{marked, trace};
use crate::domain::entry::{AccountDraft, GroupDraft, ModuleDraft, ScopeDraft, UserDraft};
use crate::domain::{EntryDraft, EntryKind, Settings};

/// A `T` that was read with no field left over. It must write every field it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strict<T>(pub T);

/// Where a body does not fit, which serde loses sight of too.
pub trait Traced {
    /// The error with the path to it; nothing where it fits.
    fn trace(given: &Value) -> Option<String>;
}

impl<'de, T: DeserializeOwned + Serialize + Traced> Deserialize<'de> for Strict<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = Value::deserialize(deserializer)?;
        let read: T = serde_json::from_value(given.clone()).map_err(|error| {
            D::Error::custom(T::trace(&given).unwrap_or_else(|| error.to_string()))
        })?;
        let known = serde_json::to_value(&read).map_err(D::Error::custom)?;
        match left_over(&given, &known) {
            Some(name) => Err(D::Error::custom(format!("unknown field `{name}`"))),
            None => Ok(Self(read)),
        }
    }
}

/// A `T` that names every field: what is left out of a record that is replaced as a whole
/// would be taken for nothing, an end for Never.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Whole<T>(pub T);

impl<'de, T: DeserializeOwned + Serialize + Traced> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = Value::deserialize(deserializer)?;
        let Strict(read) = Strict::<T>::deserialize(&given).map_err(D::Error::custom)?;
        let known = serde_json::to_value(&read).map_err(D::Error::custom)?;
        match left_out(&given, &known) {
            Some(name) => Err(D::Error::custom(format!("missing field `{name}`"))),
            None => Ok(Self(read)),
        }
    }
}

/// The first field of the record that was not given.
fn left_out<'k>(given: &Value, known: &'k Value) -> Option<&'k str> {
    let (Value::Object(given), Value::Object(known)) = (given, known) else { return None };
    known.keys().find(|name| !given.contains_key(*name)).map(String::as_str)
}

impl<T: JsonSchema> JsonSchema for Whole<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Whole{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = T::json_schema(generator);
        let known = generator.definitions().clone();
        match schema.get_mut("oneOf").and_then(Value::as_array_mut) {
            Some(kinds) => kinds.iter_mut().filter_map(Value::as_object_mut).for_each(|kind| {
                take_in(kind, &known);
                name_all(kind);
            }),
            None => schema.as_object_mut().into_iter().for_each(name_all),
        }
        schema
    }
}

/// The fields of the form that a kind refers to, as its own.
fn take_in(kind: &mut Map<String, Value>, known: &Map<String, Value>) {
    let Some(Value::String(place)) = kind.remove("$ref") else { return };
    let form = place.rsplit('/').next().and_then(|name| known.get(name));
    let fields = form.and_then(|form| form.get("properties")?.as_object());
    if let (Some(own), Some(fields)) =
        (kind.get_mut("properties").and_then(Value::as_object_mut), fields)
    {
        own.extend(fields.clone());
    }
}

fn name_all(form: &mut Map<String, Value>) {
    let fields = form.get("properties").and_then(Value::as_object);
    let names: Vec<Value> =
        fields.into_iter().flat_map(Map::keys).map(|name| json!(name)).collect();
    form.insert("required".to_owned(), json!(names));
}

impl Traced for Settings {
    fn trace(given: &Value) -> Option<String> {
        trace::<Self>(given)
    }
}

impl Traced for EntryDraft {
    fn trace(given: &Value) -> Option<String> {
        /// The field that chooses the form.
        #[derive(Deserialize)]
        struct Chosen {
            kind: EntryKind,
        }
        let kind = match serde_path_to_error::deserialize::<_, Chosen>(given.clone()) {
            Ok(Chosen { kind }) => kind,
            Err(error) => {
                return Some(marked(&error.path().to_string(), &error.inner().to_string()));
            }
        };
        match kind {
            EntryKind::Account => trace::<AccountDraft>(given),
            EntryKind::Module => trace::<ModuleDraft>(given),
            EntryKind::Scope => trace::<ScopeDraft>(given),
            EntryKind::Group => trace::<GroupDraft>(given),
            EntryKind::User => trace::<UserDraft>(given),
        }
    }
}

impl Traced for EntryEditAsk {
    fn trace(given: &Value) -> Option<String> {
        let below = |name: &str| {
            let inside = given.get(name).filter(|inside| !inside.is_null())?;
            Some(marked(name, &EntryDraft::trace(inside)?))
        };
        below("draft").or_else(|| below("seen")).or_else(|| trace::<Self>(given))
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

    #[test]
    fn a31_a_record_that_is_replaced_names_every_field() {
        let read = |text: &str| {
            let read = serde_json::from_str::<Whole<EntryDraft>>(text);
            read.map(|Whole(draft)| draft.name().to_owned()).map_err(|error| error.to_string())
        };
        let group = r#"{"kind":"group","name":"x","account":null,"access":{}}"#;
        assert_eq!(read(group), Ok("x".to_owned()));
        let short = group.replace(r#""account":null,"#, "");
        assert_eq!(read(&short), Err("missing field `account`".to_owned()));
        let odd = group.replace("{}", r#"{},"colour":1"#);
        assert_eq!(read(&odd), Err("unknown field `colour`".to_owned()));
    }
}
