//! One operation of the document: what a call is for, what it takes and answers.

use serde_json::{Map, Value, json};

use super::{examples, parameter, reply};
use crate::server::route::Described;
use crate::wire::http::{Admits, HttpCall};

/// Names a group of calls, and the paths that are of it.
struct Tag {
    name: &'static str,
    about: &'static str,
    paths: &'static [&'static str],
}

/// The first that fits is it.
const TAGS: &[Tag] = &[
    Tag {
        name: "tokens",
        about: "Tokens one by one, and lists of them.",
        paths: &["/v1/tokens", "/v1/token-ids", "/v1/resolve", "/v1/lookup", "/v1/guids"],
    },
    Tag {
        name: "verify",
        about: "For gateways: whether a value may pass.",
        paths: &["/v1/verify"],
    },
    Tag {
        name: "users",
        about: "Users and the tokens they hold, requests and exports.",
        paths: &["/v1/users", "/v1/user-", "/v1/exports"],
    },
    Tag {
        name: "bulk work",
        about: "Plans, which freeze what would be done, jobs, which do it, and many new values.",
        paths: &["/v1/plans", "/v1/jobs", "/v1/rotations"],
    },
    Tag {
        name: "catalogue",
        about: "Accounts, users, modules, scopes and permission groups.",
        paths: &["/v1/catalogue"],
    },
    Tag { name: "audit", about: "Who did what and when.", paths: &["/v1/events"] },
    Tag { name: "server", about: "Who is at work, and whether the server lives.", paths: &["/"] },
];

/// The groups of calls.
pub(super) fn tags() -> Value {
    TAGS.iter().map(|tag| json!({ "name": tag.name, "description": tag.about })).collect()
}

fn tag(call: &HttpCall) -> &'static str {
    let of = |tag: &&Tag| tag.paths.iter().any(|path| call.path.starts_with(path));
    TAGS.iter().find(of).map_or("server", |tag| tag.name)
}

/// A call as the document describes it.
pub(super) fn operation(call: &HttpCall, described: &Described) -> Value {
    let mut operation = Map::new();
    let mut say = |name: &str, what: Value| operation.insert(name.to_owned(), what);
    say("operationId", json!(call.id));
    say("summary", json!(call.about));
    say("tags", json!([tag(call)]));
    let parameters = parameter::all(call, described);
    if !parameters.is_empty() {
        say("parameters", json!(parameters));
    }
    if let Some(schema) = &described.takes {
        let mut content = json!({ "schema": schema });
        if let (Some(example), Value::Object(content)) = (examples::body(call), &mut content) {
            content.insert("example".to_owned(), example);
        }
        let content = json!({ "application/json": content });
        say("requestBody", json!({ "required": true, "content": content }));
    }
    say("responses", reply::all(call, described));
    let security = match call.door {
        Admits::Operator => json!([{ "operator": [] }]),
        Admits::Anyone => json!([]),
    };
    say("security", security);
    Value::Object(operation)
}
