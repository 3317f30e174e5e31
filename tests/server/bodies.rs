//! A body that does not fit is told which field and what it wants; what was given there
//! is never repeated.

use serde_json::{Value, json};
use tokendeck::backend::Backend as _;
use tokendeck::server::document;
use tokendeck::wire::http::calls;

use crate::support::{Raw, Served, value};

async fn ada() -> (Served, Raw) {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    (served, raw)
}

/// Every place of a value, by its path.
fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    let below =
        |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(fields) => {
            for (name, inside) in fields {
                found.push(below(name));
                places(inside, &below(name), found);
            }
        }
        Value::Array(items) => {
            if let Some(first) = items.first() {
                let place = format!("{path}[0]");
                found.push(place.clone());
                places(first, &place, found);
            }
        }
        _ => {}
    }
}

/// Puts something of another kind there.
fn put(value: &mut Value, path: &str) {
    let pointer = format!("/{}", path.replace("[0]", ".0").replace('.', "/"));
    let place = value.pointer_mut(&pointer).unwrap();
    *place = match place {
        Value::Object(_) | Value::Null => json!("tdk_secret, expected tdk_secret"),
        _ => json!({ "tdk_secret, expected tdk_secret": 1 }),
    };
}

#[tokio::test(flavor = "multi_thread")]
async fn a27_every_field_of_every_body_is_named_with_what_it_wants() {
    let (_served, ada) = ada().await;
    let document = document();
    let mut tried = 0;
    for call in calls::ALL {
        let operation = &document["paths"][call.path][call.method.to_string().to_lowercase()];
        let example = &operation["requestBody"]["content"]["application/json"]["example"];
        if example.is_null() {
            continue;
        }
        let path = call.path.replace("{token}", "TKN-1000-0001").replace("{entry}", "MOD-0001");
        let mut found = Vec::new();
        places(example, "", &mut found);
        for place in found {
            let mut body = example.clone();
            put(&mut body, &place);
            let method = call.method.to_string();
            let got = ada.send(&method, &path, &[("if-match", "*")], Some(&body)).await;
            let what = format!("{} {place}: {}", call.id, got.text);
            assert_eq!((got.status, &got.json()["code"]), (400, &"malformed".into()), "{what}");
            let error = &got.json()["errors"][0];
            assert_eq!(error["field"], place.as_str(), "{what}");
            let message = error["message"].as_str().unwrap_or_default();
            assert!(message.starts_with("must be "), "{what}");
            assert!(!got.text.contains("line ") && !got.text.contains("tdk"), "{what}");
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a27_what_is_missing_or_no_json_is_said() {
    let (_served, ada) = ada().await;
    let said = |body: Value| {
        let ada = &ada;
        async move {
            let got = ada.send("POST", "/v1/verify", &[], Some(&body)).await;
            (got.status, got.json()["detail"].as_str().unwrap().to_owned())
        }
    };
    let (status, detail) = said(json!({})).await;
    assert_eq!(status, 400);
    assert!(detail.starts_with("the field 'value' of the body is missing"), "{detail}");
    let (_, detail) = said(json!([])).await;
    assert!(detail.starts_with("the body "), "{detail}");
    let module = json!({ "value": "x", "request": { "module": 7 } });
    let (status, detail) = said(module).await;
    assert_eq!(status, 400);
    assert!(
        detail.starts_with("the field 'request.module' of the body must be a text"),
        "{detail}"
    );
    let got = ada.send_text("POST", "/v1/verify", &[], Some("{\"value\": ".to_owned())).await;
    assert_eq!((got.status, &got.json()["code"]), (400, &"malformed".into()));
    assert!(got.text.contains("is no JSON"), "{}", got.text);
    let entry =
        json!({ "kind": "group", "name": "x", "account": null, "access": { "MOD-0001": 7 } });
    let got = ada.send("POST", "/v1/catalogue/entries", &[], Some(&entry)).await;
    assert_eq!(got.json()["errors"][0]["field"], "access.MOD-0001", "{}", got.text);
    let kind = json!({ "kind": "colour", "name": "x" });
    let got = ada.send("POST", "/v1/catalogue/entries", &[], Some(&kind)).await;
    assert_eq!(got.json()["errors"][0]["field"], "kind", "{}", got.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a27_verify_takes_the_name_of_a_module_as_the_command_does() {
    let (served, ada) = ada().await;
    let ask = |module: Value| {
        let ada = &ada;
        async move {
            let body = json!({
                "value": value("robot-1"), "request": { "module": module, "method": "GET" },
            });
            ada.send("POST", "/v1/verify", &[], Some(&body)).await
        }
    };
    for module in
        [json!("Catalog"), json!("catalog"), json!("MOD-0001"), json!("mod-0001"), json!(null)]
    {
        let got = ask(module.clone()).await;
        assert_eq!(got.json()["accepted"], true, "{module}: {}", got.text);
    }
    let got = ask(json!("Billing")).await;
    assert_eq!(got.json()["reason"], "no_access", "{}", got.text);
    // Nothing, and something that is not to be repeated.
    for odd in ["", " ", "No such module", "tdk_secret"] {
        let got = ask(json!(odd)).await;
        assert_eq!(got.status, 422, "{}", got.text);
        assert_eq!(got.json()["errors"][0]["field"], "request.module", "{}", got.text);
        assert!(!got.text.contains("secret"), "{}", got.text);
    }
    // The remote backend says ids, which are taken as before.
    let remote = served.remote("ada").await;
    let value = tokendeck::domain::TokenValue::parse(&value("robot-1")).unwrap();
    let module = Some("MOD-0001".parse().unwrap());
    let request = tokendeck::domain::verify::Request { module, ..Default::default() };
    assert!(remote.verify(value, request).await.unwrap().accepted);
}
