//! The schemas of the bodies, made fit for readers and generators: enums as enums,
//! no field besides those known in what is sent, and one name for each.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

const HOME: &str = "#/components/schemas/";
/// What ends the name of a schema that is another one where it is sent.
const SENT: &str = "Input";
/// The largest number of serde's `u32`.
const U32: u64 = u32::MAX as u64;
/// The largest whole number that every JSON reader keeps (RFC 8259 section 6).
const MANY: u64 = (1 << 53) - 1;

type Definitions = Map<String, Value>;

/// The definitions as they were written from the types.
pub(super) struct Schemas {
    /// Of what is sent.
    pub(super) asked: Definitions,
    /// Of what comes back.
    pub(super) answered: Definitions,
}

impl Schemas {
    /// All of them under one roof; the bodies of requests in `paths` then lead to
    /// those of what is sent.
    pub(super) fn together(self, paths: &mut Value) -> Value {
        let Self { mut asked, mut answered } = self;
        tidy_all(&mut asked);
        tidy_all(&mut answered);
        asked.values_mut().for_each(close);
        let other = different(&asked, &answered);
        for definition in asked.values_mut() {
            rename(definition, &other);
        }
        for operation in operations(paths) {
            if let Some(body) = operation.get_mut("requestBody") {
                rename(body, &other);
            }
        }
        for (name, definition) in asked {
            let name = if other.contains(&name) { format!("{name}{SENT}") } else { name };
            answered.insert(name, definition);
        }
        let problem = json!({ "$ref": format!("{HOME}Problem") });
        let mut wanted = references(&json!([paths, problem]));
        loop {
            let more = wanted.iter().filter_map(|name| answered.get(name)).flat_map(references);
            let all: BTreeSet<String> = more.chain(wanted.iter().cloned()).collect();
            if all.len() == wanted.len() {
                break;
            }
            wanted = all;
        }
        answered.retain(|name, _| wanted.contains(name));
        Value::Object(answered)
    }
}

fn operations(paths: &mut Value) -> impl Iterator<Item = &mut Value> {
    let paths = paths.as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    paths.filter_map(Value::as_object_mut).flat_map(|path| path.values_mut())
}

/// The names under which both have something, and not the same.
fn different(asked: &Definitions, answered: &Definitions) -> BTreeSet<String> {
    let differs =
        |name: &&String| answered.get(*name).is_some_and(|other| asked.get(*name) != Some(other));
    let mut names: BTreeSet<String> = asked.keys().filter(differs).cloned().collect();
    loop {
        let leads = |name: &&String| {
            let definition = asked.get(*name).filter(|_| answered.contains_key(*name));
            definition.is_some_and(|definition| !references(definition).is_disjoint(&names))
        };
        let more: BTreeSet<String> = asked.keys().filter(leads).cloned().collect();
        let all: BTreeSet<String> = names.union(&more).cloned().collect();
        if all.len() == names.len() {
            return names;
        }
        names = all;
    }
}

/// The names a schema leads to.
fn references(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(key, inside)| match inside.as_str().filter(|_| key == "$ref") {
                Some(place) => place.strip_prefix(HOME).map(str::to_owned).into_iter().collect(),
                None => references(inside),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => BTreeSet::new(),
    }
}

fn rename(value: &mut Value, names: &BTreeSet<String>) {
    each(value, &mut |schema| {
        let name = schema.get("$ref").and_then(|place| place.as_str()?.strip_prefix(HOME));
        if let Some(name) = name.filter(|name| names.contains(*name)) {
            let place = json!(format!("{HOME}{name}{SENT}"));
            schema.insert("$ref".to_owned(), place);
        }
    });
}

/// Does something to every object, the outermost last.
fn each(value: &mut Value, change: &mut impl FnMut(&mut Definitions)) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(|inside| each(inside, change));
            change(fields);
        }
        Value::Array(items) => items.iter_mut().for_each(|inside| each(inside, change)),
        _ => {}
    }
}

fn tidy_all(definitions: &mut Definitions) {
    let known = definitions.clone();
    for definition in definitions.values_mut() {
        each(definition, &mut |schema| merge(schema, &known));
        each(definition, &mut |schema| {
            about(schema);
            words(schema);
            maybe(schema);
            numbers(schema);
        });
    }
}

/// A kind with the fields of another schema, whose form it is: all in one place, as
/// otherwise neither of them could say which fields there are.
fn merge(schema: &mut Definitions, known: &Definitions) {
    if !schema.contains_key("properties") {
        return;
    }
    let name = schema.get("$ref").and_then(|place| place.as_str()?.strip_prefix(HOME));
    let Some(other) = name.and_then(|name| known.get(name)).cloned() else { return };
    schema.remove("$ref");
    for part in ["properties", "required"] {
        match (schema.get_mut(part), other.get(part)) {
            (Some(Value::Object(own)), Some(Value::Object(more))) => own.extend(more.clone()),
            (Some(Value::Array(own)), Some(Value::Array(more))) => own.extend(more.clone()),
            _ => {}
        }
    }
}

/// One of several words is an enum, with what each means in its description.
fn words(schema: &mut Definitions) {
    let Some(Value::Array(kinds)) = schema.get("oneOf") else { return };
    let word = |kind: &Value| Some(kind.get("const")?.as_str()?.to_owned());
    let Some(found) = kinds.iter().map(word).collect::<Option<Vec<String>>>() else { return };
    let lines = kinds.iter().zip(&found).map(|(kind, word)| {
        let means = kind.get("description").and_then(Value::as_str).unwrap_or_default();
        format!("- `{word}`: {means}")
    });
    let title = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let about = format!("{title}\n\n{}", lines.collect::<Vec<_>>().join("\n"));
    schema.remove("oneOf");
    schema.insert("type".to_owned(), json!("string"));
    schema.insert("enum".to_owned(), json!(found));
    schema.insert("description".to_owned(), json!(about.trim()));
}

/// "This or null" in the form that generators read best.
fn maybe(schema: &mut Definitions) {
    let Some(Value::Array(types)) = schema.get("type") else { return };
    let Some(kind) = types.iter().find(|kind| *kind != "null").cloned() else { return };
    let outside = ["description", "default"];
    let mut inside = schema.clone();
    inside.retain(|key, _| !outside.contains(&key.as_str()));
    inside.insert("type".to_owned(), kind);
    schema.retain(|key, _| outside.contains(&key.as_str()));
    schema.insert("anyOf".to_owned(), json!([inside, { "type": "null" }]));
}

/// Numbers end somewhere.
fn numbers(schema: &mut Definitions) {
    let most = match schema.get("format").and_then(Value::as_str) {
        Some("uint32") => U32,
        Some("uint" | "uint64") => MANY,
        _ => return,
    };
    schema.entry("maximum").or_insert(json!(most));
    schema.remove("format");
}

/// Descriptions in one line each, without the numbers of our requirements.
fn about(schema: &mut Definitions) {
    let Some(Value::String(text)) = schema.get_mut("description") else { return };
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('(') {
        let numbered = after.starts_with(['R', 'D'])
            && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        if let Some((_, tail)) = after.split_once(')').filter(|_| numbered) {
            plain.push_str(before.trim_end());
            rest = tail;
        } else {
            plain.push_str(before);
            plain.push('(');
            rest = after;
        }
    }
    plain.push_str(rest);
    *text = plain.split_whitespace().collect::<Vec<_>>().join(" ").replace(['[', ']'], "");
}

/// What is sent may hold nothing that nobody reads; what is said twice in a set does
/// no harm.
fn close(schema: &mut Value) {
    each(schema, &mut |schema| {
        if schema.get("type") == Some(&json!("object"))
            && schema.get("properties").is_some_and(Value::is_object)
        {
            schema.entry("additionalProperties").or_insert(json!(false));
        }
        if schema.get("uniqueItems") == Some(&json!(true)) {
            schema.remove("uniqueItems");
        }
    });
}
