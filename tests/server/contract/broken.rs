//! Requests that are a little beside what they should be: one thing at a time left out,
//! of another type, too long, too large, hostile, or not known.

use serde_json::{Value, json};

/// Texts that do harm where somebody is careless.
pub(super) const HOSTILE: [&str; 9] = [
    "",
    "\u{1b}[2J\u{9b}31m",
    "a\u{0}b",
    "\u{202e}txt.exe\u{200b}",
    "'; DROP TABLE tokens; --",
    "../../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "{{7*7}}${jndi:ldap://x}",
    "\u{1f600}\u{fdd0}\u{10ffff}",
];

/// Ids that name nothing, and forms that look like ids.
pub(super) const IDS: [&str; 7] = [
    "TKN-9999-9999",
    "TKN-1844-6744-0737-0955-1615",
    "TKN-0000-1000-0001",
    "TKN-99999999",
    "MOD-0001",
    "ACC-0001-0001",
    "0",
];

/// Every value that is another one in one place, with the name of that place.
pub(super) fn all(value: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    at(value, "", &mut |place, instead| found.push((place, instead)));
    found
}

fn at(value: &Value, place: &str, told: &mut dyn FnMut(String, Value)) {
    for (what, instead) in instead(value) {
        told(format!("{place} {what}"), instead);
    }
    match value {
        Value::Object(fields) => {
            for (name, inside) in fields {
                let put = |instead: Option<Value>| {
                    let mut fields = fields.clone();
                    fields.remove(name);
                    fields.extend(instead.map(|instead| (name.clone(), instead)));
                    Value::Object(fields)
                };
                told(format!("{place}.{name} left out"), put(None));
                let below = format!("{place}.{name}");
                at(inside, &below, &mut |place, instead| told(place, put(Some(instead))));
            }
            let mut more = fields.clone();
            more.insert("colour".to_owned(), json!("blue"));
            told(format!("{place}.colour is new"), Value::Object(more));
        }
        Value::Array(items) => {
            for (number, inside) in items.iter().enumerate().take(1) {
                let below = format!("{place}[{number}]");
                at(inside, &below, &mut |place, instead| {
                    let mut items = items.clone();
                    items[number] = instead;
                    told(place, Value::Array(items));
                });
            }
        }
        _ => {}
    }
}

/// What may stand there instead.
fn instead(value: &Value) -> Vec<(String, Value)> {
    let mut found = vec![
        ("is null".to_owned(), Value::Null),
        ("is a list".to_owned(), json!([])),
        ("is an object".to_owned(), json!({})),
        ("is true".to_owned(), json!(true)),
        ("is a number".to_owned(), json!(7)),
    ];
    match value {
        Value::String(_) => {
            let texts = HOSTILE.into_iter().chain(IDS).map(|text| json!(text));
            found.extend(texts.map(|text| (format!("is {text}"), text)));
            found.push(("is long".to_owned(), json!("x".repeat(70_000))));
            found.push(("is far".to_owned(), json!("9999-12-31T23:59:59-23:59")));
        }
        Value::Number(_) => {
            let numbers = [json!(-1), json!(0.5), json!(1e308), json!(u64::MAX), json!(u32::MAX)];
            found.extend(numbers.map(|number| (format!("is {number}"), number)));
        }
        _ => {}
    }
    found
}

#[test]
fn each_place_is_broken_once_in_each_way() {
    let found = all(&json!({ "a": { "b": "x" }, "c": [1, 2] }));
    let is = |wanted: Value| found.iter().any(|(_, value)| *value == wanted);
    assert!(is(json!({ "c": [1, 2] })), "a left out");
    assert!(is(json!({ "a": { "b": null }, "c": [1, 2] })), "a.b of another type");
    assert!(is(json!({ "a": { "b": "x", "colour": "blue" }, "c": [1, 2] })), "an unknown field");
    assert!(is(json!({ "a": { "b": "x" }, "c": [-1, 2] })), "a number below");
    assert!(!is(json!({ "a": { "b": "x" }, "c": [1, 2] })), "never as it should be");
}
