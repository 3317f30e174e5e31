//! What a schema of the document says of a value. It knows the words that our schemas
//! use and stops at any other, so that none is passed over.

use serde_json::{Map, Value, json};
use tokendeck::domain::{
    AccountId, GroupId, JobId, Method, ModuleId, Overlap, ScopeId, TokenId, UserId, id_pattern,
    label, method::METHOD_PATTERN, overlap,
};

/// Words that say nothing of whether a value fits.
const SILENT: [&str; 5] = ["description", "default", "title", "example", "examples"];

/// A document, to look its references up in.
#[derive(Clone, Copy)]
pub(super) struct Schemas<'d>(pub(super) &'d Value);

type Fits = Result<(), String>;

impl<'d> Schemas<'d> {
    /// The schema itself, where it is only named.
    pub(super) fn resolve(self, schema: &'d Value) -> &'d Value {
        match schema["$ref"].as_str() {
            Some(place) => {
                let pointer = place.strip_prefix('#').unwrap();
                self.resolve(self.0.pointer(pointer).expect("every reference leads somewhere"))
            }
            None => schema,
        }
    }

    /// Whether a value is what the schema says; else where it is not.
    pub(super) fn fits(self, schema: &'d Value, value: &Value) -> Fits {
        if *schema == Value::Bool(true) {
            return Ok(());
        }
        for (word, says) in schema.as_object().expect("a schema is an object") {
            self.word(word, says, schema, value).map_err(|why| format!("{word}: {why}"))?;
        }
        Ok(())
    }

    fn word(self, word: &str, says: &'d Value, schema: &'d Value, value: &Value) -> Fits {
        let wrong = || Err(format!("{says} is not {value}"));
        let is = |right: bool| if right { Ok(()) } else { wrong() };
        match word {
            "$ref" => self.fits(self.resolve(schema), value),
            "type" => is(has_type(value, says.as_str().expect("one type"))),
            "enum" => is(says.as_array().unwrap().contains(value)),
            "const" => is(says == value),
            "oneOf" | "anyOf" => {
                let fitting =
                    says.as_array().unwrap().iter().filter(|one| self.fits(one, value).is_ok());
                let count = fitting.count();
                is(if word == "oneOf" { count == 1 } else { count > 0 })
            }
            "required" => is(value.as_object().is_none_or(|fields| {
                says.as_array()
                    .unwrap()
                    .iter()
                    .all(|name| fields.contains_key(name.as_str().unwrap()))
            })),
            "properties" => each(value, |name, inside| match says.get(name) {
                Some(schema) => self.fits(schema, inside).map_err(|why| format!("{name}: {why}")),
                None => Ok(()),
            }),
            "patternProperties" => each(value, |name, inside| {
                let mut schemas = says.as_object().unwrap().iter();
                let found = schemas.find(|(pattern, _)| matches(pattern, name));
                found.map_or(Ok(()), |(_, schema)| self.fits(schema, inside))
            }),
            "additionalProperties" => each(value, |name, inside| {
                if is_known(schema, name) {
                    return Ok(());
                }
                match says {
                    Value::Bool(false) => Err(format!("no field '{name}'")),
                    schema => self.fits(schema, inside),
                }
            }),
            "items" => {
                let mut items = value.as_array().into_iter().flatten();
                items.try_for_each(|item| self.fits(says, item))
            }
            "minItems" => is(value
                .as_array()
                .is_none_or(|items| items.len() as u64 >= says.as_u64().unwrap())),
            "uniqueItems" => is(value.as_array().is_none_or(|items| {
                items.iter().enumerate().all(|(place, item)| !items[..place].contains(item))
            })),
            "maxItems" => {
                let most = says.as_u64().unwrap();
                is(value.as_array().is_none_or(|items| items.len() as u64 <= most))
            }
            "maxProperties" => {
                let most = says.as_u64().unwrap();
                is(value.as_object().is_none_or(|fields| fields.len() as u64 <= most))
            }
            "propertyNames" => each(value, |name, _| self.fits(says, &json!(name))),
            "minimum" => is(value.as_f64().is_none_or(|number| number >= says.as_f64().unwrap())),
            "maximum" => is(value.as_f64().is_none_or(|number| number <= says.as_f64().unwrap())),
            "minLength" => is(length(value).is_none_or(|length| length >= says.as_u64().unwrap())),
            "maxLength" => is(length(value).is_none_or(|length| length <= says.as_u64().unwrap())),
            "pattern" => {
                is(value.as_str().is_none_or(|text| matches(says.as_str().unwrap(), text)))
            }
            "format" => {
                is(value.as_str().is_none_or(|text| has_format(text, says.as_str().unwrap())))
            }
            silent if SILENT.contains(&silent) => Ok(()),
            other => panic!("the test does not know the word '{other}' of a schema"),
        }
    }
}

fn length(value: &Value) -> Option<u64> {
    value.as_str().map(|text| text.chars().count() as u64)
}

fn each(value: &Value, mut fits: impl FnMut(&str, &Value) -> Fits) -> Fits {
    let mut fields = value.as_object().into_iter().flatten();
    fields.try_for_each(|(name, inside)| fits(name, inside))
}

fn is_known(schema: &Value, name: &str) -> bool {
    let patterns: Option<&Map<_, _>> = schema["patternProperties"].as_object();
    schema["properties"].get(name).is_some()
        || patterns.is_some_and(|patterns| patterns.keys().any(|pattern| matches(pattern, name)))
}

fn has_type(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        other => panic!("the test does not know the type '{other}'"),
    }
}

fn has_format(text: &str, format: &str) -> bool {
    match format {
        "date-time" => {
            text.len() >= 20
                && text.as_bytes()[0].is_ascii_digit()
                && text.parse::<tokendeck::domain::Time>().is_ok()
        }
        "uuid" => text.len() == 36 && text.parse::<tokendeck::domain::Guid>().is_ok(),
        "password" | "uint16" => true,
        other => panic!("the test does not know the format '{other}'"),
    }
}

/// The letters of an id, its least groups of digits, and what reads it.
type Id = (&'static str, usize, fn(&str) -> bool);

/// Whether a text has the form of a pattern, of those that the document uses.
fn matches(pattern: &str, text: &str) -> bool {
    if pattern == METHOD_PATTERN {
        return text.parse::<Method>().is_ok();
    }
    if pattern == overlap::PATTERN {
        return text.parse::<Overlap>().is_ok();
    }
    let of_a_label = |label: &str| label::parse(label).is_ok();
    match pattern {
        label::KEY_PATTERN => return of_a_label(&format!("{text}=x")),
        label::TEXT_PATTERN => return of_a_label(&format!("x={text}")),
        _ => {}
    }
    let reads: [Id; 7] = [
        ("TKN", 2, |text| text.parse::<TokenId>().is_ok()),
        ("ACC", 2, |text| text.parse::<AccountId>().is_ok()),
        ("USR", 2, |text| text.parse::<UserId>().is_ok()),
        ("JOB", 2, |text| text.parse::<JobId>().is_ok()),
        ("MOD", 1, |text| text.parse::<ModuleId>().is_ok()),
        ("SCP", 1, |text| text.parse::<ScopeId>().is_ok()),
        ("GRP", 1, |text| text.parse::<GroupId>().is_ok()),
    ];
    let found =
        reads.into_iter().find(|(letters, groups, _)| id_pattern(letters, *groups) == pattern);
    let (letters, _, read) = found.unwrap_or_else(|| panic!("the test does not know '{pattern}'"));
    text.starts_with(letters) && text.len() <= letters.len() + 20 && read(text)
}

/// The check itself, which would pass over everything where it is broken.
#[test]
fn a_value_that_does_not_fit_is_told_from_one_that_does() {
    let document = json!({ "components": { "schemas": { "Level": { "enum": ["read"] } } } });
    let schema = json!({
        "type": "object",
        "properties": {
            "level": { "$ref": "#/components/schemas/Level" },
            "at": { "anyOf": [{ "type": "string", "format": "date-time" }, { "type": "null" }] },
            "count": { "type": "integer", "minimum": 1, "maximum": 3 },
            "name": { "type": "string", "minLength": 1, "maxLength": 2 },
        },
        "required": ["level"],
        "additionalProperties": false,
    });
    let fits = |value: Value| Schemas(&document).fits(&schema, &value).is_ok();
    assert!(fits(json!({ "level": "read", "at": null, "count": 3.0, "name": "é" })));
    for wrong in [
        json!({}),
        json!([]),
        json!({ "level": "full" }),
        json!({ "level": "read", "more": 1 }),
        json!({ "level": "read", "at": "+262142-12-31T23:59:59Z" }),
        json!({ "level": "read", "count": 0 }),
        json!({ "level": "read", "count": 1.5 }),
        json!({ "level": "read", "name": "abc" }),
    ] {
        assert!(!fits(wrong.clone()), "{wrong}");
    }
}
