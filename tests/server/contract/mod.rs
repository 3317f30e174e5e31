//! The document is a contract: for every call and somebody of every role, requests with
//! the form it gives them and requests a little beside it. Whatever comes back is one of
//! the replies it tells of, and holds no secret that nobody asked for.

mod broken;
mod schema;

use std::fmt::Write as _;

use serde_json::{Value, json};
use tokendeck::server::document;
use tokendeck::wire::http::{Admits, HttpCall, calls};

use crate::support::{Got, Raw, Served};
use schema::Schemas;

/// Somebody of every role, and nobody.
const PEOPLE: [&str; 6] = ["rosa", "pia", "ada", "vic", "carl", "nobody"];
/// The calls whose replies are there to tell a value.
const TELL: [&str; 9] = [
    "create_token",
    "edit_token",
    "regenerate_token",
    "hand_over_token",
    "accept_token",
    "reveal_value",
    "stage_export",
    "stage_import",
    "stage_rotation",
];

/// A request and whether the document allows it.
struct Try {
    what: String,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Value>,
    allowed: bool,
}

fn operation<'d>(document: &'d Value, call: &HttpCall) -> &'d Value {
    &document["paths"][call.path][call.method.to_string().to_lowercase()]
}

fn parameters(operation: &Value) -> impl Iterator<Item = &Value> {
    operation["parameters"].as_array().into_iter().flatten()
}

/// The path with its examples, and with something else for the first of them.
fn path(call: &HttpCall, operation: &Value, first: Option<&str>) -> String {
    let mut path = call.path.to_owned();
    let mut first = first.map(escaped);
    for parameter in parameters(operation).filter(|parameter| parameter["in"] == "path") {
        let name = format!("{{{}}}", parameter["name"].as_str().unwrap());
        let text =
            first.take().unwrap_or_else(|| parameter["example"].as_str().unwrap().to_owned());
        path = path.replace(&name, &text);
    }
    path
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        write!(escaped, "%{byte:02X}").unwrap();
    }
    escaped
}

/// What a parameter behind the `?` may be, and what it may not.
fn texts(parameter: &Value) -> (Vec<String>, Vec<String>) {
    let schema = &parameter["schema"];
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    match (schema["type"].as_str().unwrap(), schema["format"].as_str()) {
        ("integer", _) => (owned(&["1"]), owned(&["-1", "x", "1e3", "99999999999999999999", ""])),
        ("boolean", _) => (owned(&["true", "false"]), owned(&["1", "TRUE", ""])),
        (_, Some("date-time")) => {
            (owned(&["2026-03-10T12:00:00Z"]), owned(&["+90d", "eom", "x", "2026-13-01T00:00:00Z"]))
        }
        _ => {
            let pattern = schema["pattern"].as_str().unwrap_or_default();
            let is_text = !pattern.starts_with('^') && schema["enum"].is_null();
            let wrong = if is_text { vec![] } else { owned(&["\u{1b}[2J", "x,,y", "TKN-"]) };
            let right = if is_text { owned(&broken::HOSTILE[1..]) } else { vec![] };
            (right, wrong)
        }
    }
}

fn tries(call: &HttpCall, document: &Value) -> Vec<Try> {
    let operation = operation(document, call);
    let example = operation["requestBody"]["content"]["application/json"]["example"].clone();
    let body = Some(example).filter(|example| !example.is_null());
    let needed: Vec<_> = parameters(operation)
        .filter(|parameter| parameter["in"] == "header" && parameter["required"] == true)
        .map(|_| ("if-match", "*".to_owned()))
        .collect();
    let query = if call.id == "resolve_token" { "?reference=robot-1" } else { "" };
    let usual = |what: &str| Try {
        what: what.to_owned(),
        path: path(call, operation, None) + query,
        headers: needed.clone(),
        body: body.clone(),
        allowed: true,
    };
    let mut tries = vec![usual("as in the document")];
    tries.extend(headers(call, &usual));
    if call.door == Admits::Operator {
        let asked = if query.is_empty() { "?" } else { "&" };
        let path = path(call, operation, None) + query + asked + "colour=blue";
        tries.push(Try { path, allowed: false, ..usual("an unknown parameter") });
    }
    for parameter in parameters(operation) {
        let name = parameter["name"].as_str().unwrap();
        let (right, wrong) = match parameter["in"].as_str() {
            Some("query") => texts(parameter),
            _ => continue,
        };
        let right = right.into_iter().map(|text| (text, true));
        for (text, allowed) in right.chain(wrong.into_iter().map(|text| (text, false))) {
            let asks = format!("?{name}={}", escaped(&text));
            tries.push(Try { path: path(call, operation, None) + &asks, allowed, ..usual(&asks) });
        }
    }
    if call.path.contains('{') {
        let others = ["tkn-1000-0001"]
            .into_iter()
            .chain(broken::IDS)
            .chain(broken::HOSTILE.into_iter().skip(1));
        let other = |text: &str| Try { path: path(call, operation, Some(text)), ..usual(text) };
        tries.extend(others.map(other));
    }
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    for (what, body) in body.iter().flat_map(broken::all) {
        let allowed = Schemas(document).fits(schema, &body).is_ok();
        tries.push(Try { body: Some(body), allowed, ..usual(&what) });
    }
    tries
}

fn headers(call: &HttpCall, usual: &dyn Fn(&str) -> Try) -> Vec<Try> {
    let mut tries = Vec::new();
    let mut with = |name: &'static str, text: String, allowed: bool| {
        let what = format!("{name}: {text}");
        tries.push(Try { headers: vec![(name, text)], allowed, ..usual(&what) });
    };
    if call.changes {
        with("idempotency-key", "a b".to_owned(), false);
        with("idempotency-key", "x".repeat(129), false);
    }
    if call.door == Admits::Operator {
        with("if-match", "W/7".to_owned(), false);
    }
    if call.version != tokendeck::wire::http::Version::Ignored {
        with("if-match", "\"3\", \"4\"".to_owned(), true);
    }
    tries
}

/// Whether a reply is one that the document tells of.
fn kept(document: &Value, call: &HttpCall, asked: &Try, got: &Got) -> Result<(), String> {
    let schemas = Schemas(document);
    let replies = &operation(document, call)["responses"];
    let reply = &replies[got.status.to_string()];
    if reply.is_null() {
        return Err("a status that is not in the document".to_owned());
    }
    if got.status >= 500 {
        return Err("a fault of the server".to_owned());
    }
    // A look at a file tells of each row what is wrong with it, be it that no field takes it.
    let in_a_row = call.id == "check_import" && asked.what.starts_with(".rows[");
    if !asked.allowed && got.status < 400 && !in_a_row {
        return Err("it was not refused".to_owned());
    }
    // What has the form breaks a rule at the most.
    if asked.allowed && got.status == 400 && got.json()["code"] == "malformed" {
        return Err("it has the form and was called malformed".to_owned());
    }
    let reply = schemas.resolve(reply);
    for (name, header) in reply["headers"].as_object().into_iter().flatten() {
        let needed = schemas.resolve(header)["required"] == true;
        if needed && got.header(name).is_empty() {
            return Err(format!("no {name}"));
        }
    }
    let kind = got.header("content-type");
    match reply["content"].as_object().and_then(|content| content.iter().next()) {
        Some((named, content)) if named == kind => schemas.fits(&content["schema"], &got.json()),
        Some((named, _)) => Err(format!("'{kind}' instead of '{named}'")),
        None if got.text.is_empty() => Ok(()),
        None => Err("it has a body".to_owned()),
    }
}

/// Secrets that stand in a text: values of the example, and whatever looks like one.
fn secrets(text: &str) -> bool {
    let values: toml::Table = include_str!("../../../config/demo/values.toml").parse().unwrap();
    let known = values.values().any(|value| text.contains(value.as_str().unwrap()));
    let long = |part: &str| part.chars().take_while(char::is_ascii_alphanumeric).count() >= 22;
    known || ["tdk_", "tdo_"].iter().any(|start| text.split(start).skip(1).any(long))
}

async fn person(served: &Served, login: &str) -> Raw {
    let credential = match login {
        "nobody" => None,
        login => Some(served.credential(login).await),
    };
    Raw::new(&served.url, credential)
}

async fn sent(raw: &Raw, call: &HttpCall, asked: &Try) -> Got {
    let headers: Vec<_> = asked.headers.iter().map(|(name, text)| (*name, text.as_str())).collect();
    raw.send(&call.method.to_string(), &asked.path, &headers, asked.body.as_ref()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_reply_to_anybody_is_one_that_the_document_tells_of() {
    let document = document();
    let (mut count, mut beside) = (0, Vec::new());
    for login in PEOPLE {
        let served = Served::example().await;
        let raw = person(&served, login).await;
        for call in calls::ALL {
            // All of it as one of them; of the others a part, each another one.
            let part = if login == "rosa" || login == "ada" { 1 } else { 5 };
            let tries = tries(call, &document);
            for (_, asked) in tries.iter().enumerate().filter(|(place, _)| place % part == 0) {
                let got = sent(&raw, call, asked).await;
                count += 1;
                let told = |why: String| {
                    format!(
                        "{login} {} {}: {why}: {} {}",
                        call.id, asked.what, got.status, got.text
                    )
                };
                beside.extend(kept(&document, call, asked, &got).err().map(told));
                let silent = call.door == Admits::Operator && !TELL.contains(&call.id);
                assert!(!(silent && secrets(&got.text)), "{login} {}: {}", call.id, asked.what);
            }
        }
    }
    for told in &mut beside {
        told.truncate(600);
    }
    assert!(beside.is_empty(), "{} of them:\n{}", beside.len(), beside.join("\n"));
    assert!(count > 2_000, "{count} requests are too few");
}

#[test]
fn the_examples_of_the_document_have_the_form_it_gives() {
    let document = document();
    for call in calls::ALL {
        let body = &operation(&document, call)["requestBody"]["content"]["application/json"];
        if !body.is_null() {
            Schemas(&document).fits(&body["schema"], &body["example"]).unwrap();
        }
    }
}

#[test]
fn a_reply_beside_the_document_is_found() {
    let document = document();
    let reply = |status, kind: &'static str, body: Value| {
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("content-type", kind.parse().unwrap());
        headers.insert("x-request-id", "x".parse().unwrap());
        Got { status, headers, text: body.to_string() }
    };
    let asked = Try {
        what: String::new(),
        path: String::new(),
        headers: vec![],
        body: None,
        allowed: true,
    };
    let found = |asked: &Try, got: Got| kept(&document, &calls::HEAD, asked, &got).is_err();
    let head = json!({ "head": "1-2-3" });
    assert!(!found(&asked, reply(200, "application/json", head.clone())));
    assert!(found(&asked, reply(202, "application/json", head.clone())), "an unknown status");
    assert!(found(&asked, reply(500, "application/json", head.clone())), "a fault");
    assert!(found(&asked, reply(200, "text/html", head.clone())), "another media type");
    assert!(found(&asked, reply(200, "application/json", json!({ "head": 1 }))), "another body");
    let beside = Try { allowed: false, ..asked };
    assert!(found(&beside, reply(200, "application/json", head)), "it should be refused");
    assert!(secrets(&format!("x {} y", crate::support::value("robot-1"))));
}
