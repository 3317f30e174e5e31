//! The document of the interface: it names every call, and what it says is so.

use std::collections::BTreeSet;

use serde_json::Value;
use tokendeck::server::document;
use tokendeck::wire::http::calls;

use crate::support::{Raw, Served};

#[test]
fn the_document_names_every_call_and_no_other() {
    let document = document();
    let mut named = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            named.insert((id.to_owned(), method.to_uppercase(), path.clone()));
        }
    }
    let known: BTreeSet<_> = calls::ALL
        .iter()
        .map(|call| (call.id.to_owned(), call.method.to_string(), call.path.to_owned()))
        .collect();
    assert_eq!(named, known);
    assert_eq!(known.len(), calls::ALL.len(), "an id is used twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_of_the_document_is_a_route() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("rosa").await));
    for call in calls::ALL {
        let path = call
            .path
            .replace("{token}", "TKN-9999-9999")
            .replace("{job}", "JOB-9999-9999")
            .replace("{entry}", "MOD-9999")
            .replace("{verb}", "enable");
        let got = raw.send(&call.method.to_string(), &path, &[], None).await;
        let missing = got.status == 404 && got.json()["code"] == "no_route";
        assert!(!missing && got.status != 405, "{} {path}: {}", call.method, got.status);
    }
    assert!(raw.get("/v1/nothing").await.text.contains("no_route"));
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(name)) = fields.get("$ref") {
                found.insert(name.clone());
            }
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 30, "{found:?}");
    for name in found {
        let pointer = name.strip_prefix('#').expect("all of it is in one document");
        assert!(document.pointer(pointer).is_some(), "{name}");
    }
}

#[test]
fn a_value_is_marked_as_a_secret() {
    let document = document();
    let secret = &document["components"]["schemas"]["Secret"];
    assert_eq!(secret["format"], "password");
    for body in ["IssuedBody", "RevealedBody", "ExportBody", "VerifyAsk", "LookupAsk"] {
        let schema = document["components"]["schemas"][body].to_string();
        assert!(schema.contains("#/components/schemas/Secret"), "{body}: {schema}");
    }
}

#[test]
fn paths_say_what_stands_in_their_braces() {
    let document = document();
    for call in calls::ALL {
        let operation = &document["paths"][call.path][call.method.to_string().to_lowercase()];
        let none = vec![];
        let parameters = operation["parameters"].as_array().unwrap_or(&none);
        let named: BTreeSet<_> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        let braces = call.path.split('{').skip(1).map(|part| part.split('}').next().unwrap());
        assert_eq!(named, braces.collect(), "{}", call.path);
        assert!(operation["responses"].as_object().unwrap().len() > 1, "{}", call.path);
    }
}
