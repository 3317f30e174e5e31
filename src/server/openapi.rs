//! The document of the interface (`OpenAPI` 3.1), written from the routes themselves:
//! a call that is not a route is not in it, and the other way round.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use super::Limits;
use super::route::{Described, Route, status};
use super::routes;
use crate::wire::http::{Call, Door, Form, HttpMethod, IDEMPOTENCY_KEY, Parameter, Problem};

/// The document.
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = SchemaGenerator::new(settings);
    let problem = generator.subschema_for::<Problem>();
    let mut paths = Map::new();
    for Route { call, describe, .. } in routes::all(Limits::default()) {
        let operation = operation(call, &describe(&mut generator));
        let path = paths.entry(call.path).or_insert_with(|| json!({}));
        if let Value::Object(path) = path {
            path.insert(call.method.to_string().to_lowercase(), operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Tokendeck",
            "version": crate::wire::http::API_VERSION,
            "summary": "API tokens: who has which, what they reach, and how they end.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "responses": {
                "Problem": {
                    "description": "What went wrong (RFC 9457); 'code' is the stable name of it.",
                    "content": { "application/problem+json": { "schema": problem } },
                },
            },
            "securitySchemes": {
                "operator": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An operator credential of 'tokendeck operator create'.",
                },
            },
        },
    })
}

fn operation(call: &Call, described: &Described) -> Value {
    let mut parameters: Vec<Value> = described
        .path
        .iter()
        .map(|(name, schema)| {
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
        .collect();
    parameters.extend(described.query.iter().map(|parameter| query(parameter)));
    parameters.extend(headers(call));
    let mut operation = Map::new();
    operation.insert("operationId".to_owned(), json!(call.id));
    operation.insert("summary".to_owned(), json!(call.about));
    if !parameters.is_empty() {
        operation.insert("parameters".to_owned(), json!(parameters));
    }
    if let Some(schema) = &described.takes {
        let content = json!({ "application/json": { "schema": schema } });
        let body = json!({ "required": true, "content": content });
        operation.insert("requestBody".to_owned(), body);
    }
    operation.insert("responses".to_owned(), responses(call, described));
    let security = match call.door {
        Door::Operator => json!([{ "operator": [] }]),
        Door::Anyone => json!([]),
    };
    operation.insert("security".to_owned(), security);
    Value::Object(operation)
}

fn query(parameter: &Parameter) -> Value {
    let schema = match parameter.form {
        Form::Text => json!({ "type": "string" }),
        Form::Number => json!({ "type": "integer", "minimum": 0 }),
        Form::Flag => json!({ "type": "boolean" }),
        Form::Instant => json!({ "type": "string", "format": "date-time" }),
    };
    json!({
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.about,
        "schema": schema,
    })
}

fn headers(call: &Call) -> Vec<Value> {
    let header = |name: &str, required: bool, about: &str| {
        json!({
            "name": name,
            "in": "header",
            "required": required,
            "description": about,
            "schema": { "type": "string" },
        })
    };
    let mut headers = Vec::new();
    if heeds_version(call) {
        let about = "The ETag of the token as it was read: a newer version is not overwritten.";
        headers.push(header("If-Match", call.id == "edit_token", about));
    }
    if call.changes {
        let about = "A text of your own: the same request under it happens once.";
        headers.push(header(IDEMPOTENCY_KEY, false, about));
    }
    headers
}

fn heeds_version(call: &Call) -> bool {
    matches!(call.id, "edit_token" | "act_on_token")
}

fn responses(call: &Call, described: &Described) -> Value {
    let mut responses = Map::new();
    let good = status(call, described.answers.is_none());
    let mut said = json!({ "description": "It was done." });
    if let (Some(schema), Value::Object(said)) = (&described.answers, &mut said) {
        said.insert("content".to_owned(), json!({ "application/json": { "schema": schema } }));
    }
    responses.insert(good.as_u16().to_string(), said);
    for status in problems(call, described) {
        let problem = json!({ "$ref": "#/components/responses/Problem" });
        responses.insert(status.to_string(), problem);
    }
    Value::Object(responses)
}

/// The statuses a call may refuse with.
fn problems(call: &Call, described: &Described) -> Vec<u16> {
    if call.door == Door::Anyone {
        return vec![500, 503];
    }
    let mut statuses = vec![400, 401, 403, 404, 413, 422, 429, 500, 501, 503];
    if call.method != HttpMethod::Get || !described.path.is_empty() {
        statuses.push(409);
    }
    if call.changes {
        statuses.push(412);
    }
    statuses.sort_unstable();
    statuses
}
