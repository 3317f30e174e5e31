//! Addresses whose escapes are broken: on every call, in each part of its path and each
//! of its parameters, they are refused as what they are, and never a fault of the server.

use serde_json::Value;
use tokendeck::server::document;
use tokendeck::wire::http::{Admits, HttpCall, calls};

use crate::support::{Got, Raw, Served};

/// Bytes of no text, and escapes that are none.
const BROKEN: [&str; 6] = ["%ff", "%80", "%c3%28", "%ed%a0%80", "%c3", "a%ff"];
const NO_ESCAPES: [&str; 4] = ["%", "%f", "%zz", "100%"];

/// The parameters that the document gives a call in that place: name and example.
fn parameters(document: &Value, call: &HttpCall, place: &str) -> Vec<(String, String)> {
    let operation = &document["paths"][call.path][call.method.to_string().to_lowercase()];
    let all = operation["parameters"].as_array().into_iter().flatten();
    all.filter(|parameter| parameter["in"] == place)
        .map(|parameter| {
            let text = |what: &Value| what.as_str().unwrap_or_default().to_owned();
            (text(&parameter["name"]), text(&parameter["example"]))
        })
        .collect()
}

fn path(call: &HttpCall, names: &[(String, String)]) -> String {
    names
        .iter()
        .fold(call.path.to_owned(), |path, (name, text)| path.replace(&format!("{{{name}}}"), text))
}

async fn ask(raw: &Raw, call: &HttpCall, path: &str) -> Got {
    raw.send(&call.method.to_string(), path, &[], None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn c08_a_path_that_is_no_text_is_refused_on_every_route() {
    let (served, document) = (Served::example().await, document());
    let raw = Raw::new(&served.url, Some(served.credential("rosa").await));
    let mut asked = 0;
    for call in calls::ALL {
        let names = parameters(&document, call, "path");
        for place in 0..names.len() {
            for text in BROKEN.into_iter().chain(["%00", "%zz", "%2f", "..", "%2e%2e"]) {
                let mut broken = names.clone();
                broken[place].1 = text.to_owned();
                let path = path(call, &broken);
                let got = ask(&raw, call, &path).await;
                let what = format!("{} {path}: {} {}", call.method, got.status, got.text);
                assert!([400, 404, 405].contains(&got.status), "{what}");
                assert_eq!(got.header("content-type"), "application/problem+json", "{what}");
                assert!(!got.json()["code"].as_str().unwrap().is_empty(), "{what}");
                asked += 1;
            }
        }
    }
    assert!(asked > 150, "{asked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn c08_what_stands_behind_the_question_mark_is_a_text_or_refused() {
    let (served, document) = (Served::example().await, document());
    let raw = Raw::new(&served.url, Some(served.credential("rosa").await));
    for call in calls::ALL {
        let path = path(call, &parameters(&document, call, "path"));
        let names = parameters(&document, call, "query");
        let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        for text in BROKEN.into_iter().chain(NO_ESCAPES) {
            let asks = names.iter().map(|name| format!("{name}={text}"));
            for asks in asks.chain([text.to_owned(), format!("{text}=1"), format!("x={text}")]) {
                let got = ask(&raw, call, &format!("{path}?{asks}")).await;
                let what = format!("{} {path}?{asks}: {} {}", call.method, got.status, got.text);
                if call.door == Admits::Anyone {
                    assert!(got.status < 500, "{what}");
                    continue;
                }
                assert_eq!(got.status, 400, "{what}");
                assert_eq!(got.json()["code"], "malformed", "{what}");
            }
        }
    }
}
