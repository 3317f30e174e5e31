//! The document of the interface (`OpenAPI` 3.1), written from the routes themselves:
//! a call that is not a route is not in it, and the other way round.

mod examples;
mod operation;
mod parameter;
mod reply;
mod schemas;

use std::sync::LazyLock;

use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use super::options::Limits;
use super::route::{Generators, Route};
use super::routes;
use crate::wire::http::Problem;
use schemas::Schemas;

/// What an integrator has to know before the first call.
const ABOUT: &str = "\
Sign in with an operator credential of `tokendeck operator create`, as `Authorization: Bearer ...`. \
Its user's role, accounts and scopes decide what is seen and done: what one may not know of is 404, \
as if it were not there.

Bodies are JSON in UTF-8. A parameter or field that a call does not know is an error, never ignored; \
in replies fields may be added within version 1, so ignore those you do not know. \
Times are RFC 3339 in UTC, ids are written in capitals.

Whatever goes wrong is a problem (RFC 9457): `code` is stable and for programs, `detail` is for people. \
400 is a request without the form that this document gives it; 422 has the form and breaks a rule. \
Paths that are not here are 404 with the code `no_route`; other methods are 405 with `Allow`; HEAD is \
answered where GET is, OPTIONS everywhere.

A change takes an `Idempotency-Key` of your own making: sent again under it within ten minutes it happens \
once and is answered with its outcome and `Idempotency-Replayed: true`. A new value is in that answer for one \
minute only, for who could still draw it, and on record as shown; later `value_gone` says how to get a new one. \
A reveal takes no key, reads and questions ignore it. A token's reply has an \
`ETag`; sent as `If-Match` it keeps a change made meanwhile by somebody else.

Nothing is to be stored on the way (`Cache-Control: no-store`), so there are no conditional reads: \
poll `/v1/head`, whose text changes whenever anything does. Every reply has an `X-Request-Id`, which the \
server's log has too; send one of 1 to 64 letters, digits, `-`, `_` and `.` and it is yours.";

/// The document, which is made once: it is the same for everybody.
pub(super) fn made_once() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(document);
    &DOCUMENT
}

/// The document.
pub fn document() -> Value {
    let mut generators = Generators { asked: generator(), answered: generator() };
    generators.answered.subschema_for::<Problem>();
    let mut paths = Map::new();
    for Route { call, describe, .. } in routes::all(Limits::default()) {
        let operation = operation::operation(call, &describe(&mut generators));
        let path = paths.entry(call.path).or_insert_with(|| json!({}));
        if let Value::Object(path) = path {
            path.insert(call.method.to_string().to_lowercase(), operation);
        }
    }
    let mut paths = Value::Object(paths);
    let schemas = Schemas {
        asked: generators.asked.take_definitions(true),
        answered: generators.answered.take_definitions(true),
    };
    let schemas = schemas.together(&mut paths);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Tokendeck",
            "version": crate::wire::http::API_VERSION,
            "summary": "API tokens: who has which, what they reach, and how they end.",
            "description": ABOUT,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "The server this document came from." }],
        "tags": operation::tags(),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "headers": reply::headers(),
            "responses": reply::problems(),
            "securitySchemes": {
                "operator": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An operator credential of 'tokendeck operator create': tdo_...",
                },
            },
        },
    })
}

fn generator() -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    SchemaGenerator::new(settings)
}
