//! A filter that is there and says nothing, by HTTP: refused by its name, wherever it
//! stands, so that a script with an unset variable finds nothing instead of all.

use serde_json::{Value, json};
use tokendeck::server::document;
use tokendeck::wire::http::{HttpMethod, calls};

use crate::support::{Got, Raw, Served};

async fn as_user(login: &str) -> (Served, Raw) {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential(login).await));
    (served, raw)
}

#[track_caller]
fn names(got: &Got, field: &str, what: &str) {
    assert_eq!(got.status, 400, "{what}: {}", got.text);
    assert_eq!(got.json()["errors"][0]["field"], field, "{what}: {}", got.text);
}

/// What is blank where a value of this schema should be.
fn blanks(schema: &Value) -> Vec<Value> {
    let mut blanks = vec![Value::Null];
    match schema["type"].as_str() {
        Some("string") => blanks.extend([json!(""), json!(" \u{3000}")]),
        Some("array") => blanks.push(json!([])),
        _ => {}
    }
    blanks
}

#[tokio::test(flavor = "multi_thread")]
async fn a01_a_blank_key_of_a_target_is_400_whatever_stands_beside_it() {
    let (_served, ada) = as_user("ada").await;
    let document = document();
    let schemas = &document["components"]["schemas"];
    let query =
        ["QueryInput", "Query"].iter().find_map(|name| schemas[*name]["properties"].as_object());
    let keys = query.expect("the document tells of queries");
    assert!(keys.len() > 9, "{keys:?}");
    let head = ada.get("/v1/head").await.text;
    for (key, schema) in keys.iter().filter(|(key, _)| *key != "sort") {
        let mut blanks = blanks(schema);
        if key == "guid" {
            blanks.push(json!("-"));
        }
        for blank in blanks {
            for beside in [json!({}), json!({ "account": { "one": "ACC-0001-0001" } })] {
                let mut found = beside;
                found[key] = blank.clone();
                for verb in ["enable", "disable", "revoke", "delete"] {
                    let body = json!({ "verb": verb, "target": { "found": found } });
                    let got = ada.send("POST", "/v1/plans", &[], Some(&body)).await;
                    names(&got, &format!("target.found.{key}"), &body.to_string());
                }
            }
        }
    }
    assert_eq!(ada.get("/v1/head").await.text, head);
}

#[tokio::test(flavor = "multi_thread")]
async fn a01_a_target_without_a_term_is_400() {
    let (_served, ada) = as_user("ada").await;
    let every = ["active", "scheduled", "pending", "disabled", "expired", "revoked"];
    for found in [
        json!({}),
        json!({ "account": "any" }),
        json!({ "never_used": false, "sort": [] }),
        json!({ "statuses": every }),
    ] {
        for verb in ["enable", "disable", "revoke", "delete"] {
            let body = json!({ "verb": verb, "target": { "found": found } });
            let got = ada.send("POST", "/v1/plans", &[], Some(&body)).await;
            names(&got, "target", &body.to_string());
        }
    }
    let none = json!({ "verb": "revoke", "target": { "tokens": [] } });
    let got = ada.send("POST", "/v1/plans", &[], Some(&none)).await;
    names(&got, "target.tokens", "no tokens");
    let whose = json!({ "verb": "disable", "target": { "found": { "account": { "one": "ACC-0001-0001" } } } });
    let got = ada.send("POST", "/v1/plans", &[], Some(&whose)).await;
    assert_eq!(got.status, 200, "{}", got.text);
    let acme = json!({ "verb": "disable", "target": { "found": {
        "account": { "one": "ACC-0001-0001" }, "text": "robot",
    } } });
    let got = ada.send("POST", "/v1/plans", &[], Some(&acme)).await;
    assert_eq!(got.json()["items"].as_array().unwrap().len(), 2, "{}", got.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a01_a_plan_for_users_names_them_and_its_modules() {
    let (_served, kim) = as_user("kim").await;
    for (field, target) in [
        (
            "target.users",
            json!({ "users": [], "modules": ["MOD-0004"], "account": "ACC-0001-0003" }),
        ),
        (
            "target.modules",
            json!({ "users": ["USR-0002-0003"], "modules": [], "account": "ACC-0001-0003" }),
        ),
        (
            "target.account",
            json!({ "users": ["USR-0002-0003"], "modules": ["MOD-0004"], "account": "" }),
        ),
    ] {
        for verb in ["request", "cancel", "remove", "generate"] {
            let body = json!({ "verb": verb, "target": target });
            names(&kim.send("POST", "/v1/user-plans", &[], Some(&body)).await, field, verb);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a01_a_blank_parameter_is_400_by_its_name() {
    let (_served, ada) = as_user("ada").await;
    let document = document();
    let mut tried = 0;
    for call in calls::ALL.iter().filter(|call| call.method == HttpMethod::Get) {
        let path = call.path.replace("{token}", "TKN-1000-0001");
        let operation = &document["paths"][call.path]["get"];
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            if parameter["in"] != "query" || name == "sort" {
                continue;
            }
            for blank in ["", "%20", "%E3%80%80"] {
                let asked = format!("{path}?{name}={blank}");
                names(&ada.get(&asked).await, name, &asked);
                tried += 1;
            }
        }
    }
    assert!(tried > 60, "{tried}");
    for list in ["status=active,", "module=,MOD-0001", "guid=-"] {
        let name = list.split('=').next().unwrap();
        names(&ada.get(&format!("/v1/token-ids?{list}")).await, name, list);
    }
}
