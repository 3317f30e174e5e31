//! A change that arrives twice happens once, whatever becomes of the connection.

use std::sync::Arc;

use serde_json::{Value, json};
use tokendeck::backend::Backend;
use tokendeck::domain::{Query, Window};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::{Raw, Served, value};

fn draft(name: &str) -> Value {
    json!({
        "account": "ACC-0001-0001", "owner": null,
        "settings": {
            "name": name, "description": "", "access": { "MOD-0001": "read" }, "groups": [],
            "scopes": ["SCP-0001"], "enabled": true, "valid_from": null, "valid_to": null,
        },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_under_one_key_gets_the_same_reply() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    let key = [("idempotency-key", "first-try")];
    let first = raw.send("POST", "/v1/tokens", &key, Some(&draft("once"))).await;
    let again = raw.send("POST", "/v1/tokens", &key, Some(&draft("once"))).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.text, again.text, "the value too");
    assert_eq!(
        (first.header("idempotency-replayed"), again.header("idempotency-replayed")),
        ("", "true")
    );
    assert_eq!(again.header("etag"), "\"1\"");
    let other = raw.send("POST", "/v1/tokens", &key, Some(&draft("twice"))).await;
    assert_eq!(
        (other.status, other.json()["code"].as_str().unwrap()),
        (422, "idempotency_key_reused")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_belongs_to_one_operator() {
    let served = Served::example().await;
    let key = [("idempotency-key", "k")];
    for (login, name) in [("ada", "one"), ("pia", "two")] {
        let raw = Raw::new(&served.url, Some(served.credential(login).await));
        assert_eq!(raw.send("POST", "/v1/tokens", &key, Some(&draft(name))).await.status, 201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_repeated_as_it_was_and_a_bad_key_refused() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("vic").await));
    let key = [("idempotency-key", "k")];
    for _ in 0..2 {
        let got = raw.send("POST", "/v1/tokens", &key, Some(&draft("x"))).await;
        assert_eq!((got.status, got.json()["code"].as_str().unwrap()), (403, "not_permitted"));
    }
    let long = "x".repeat(129);
    for bad in ["a b", long.as_str()] {
        let got =
            raw.send("POST", "/v1/tokens", &[("idempotency-key", bad)], Some(&draft("x"))).await;
        assert_eq!(got.status, 400);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_under_one_key_make_one_token() {
    let served = Served::example().await;
    let credential = served.credential("ada").await;
    let tries: Vec<_> = (0..16)
        .map(|_| {
            let raw = Raw::new(&served.url, Some(credential.clone()));
            tokio::spawn(async move {
                raw.send("POST", "/v1/tokens", &[("idempotency-key", "k")], Some(&draft("one")))
                    .await
                    .text
            })
        })
        .collect();
    let mut said = std::collections::BTreeSet::new();
    for text in tries {
        said.insert(text.await.unwrap());
    }
    assert_eq!(said.len(), 1);
}

/// Sends a part of a request, or all of it, and goes away.
async fn cut(served: &Served, request: &[u8], after: usize) {
    let address = served.url.replace("http://localhost", "127.0.0.1");
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&request[..after.min(request.len())]).await.unwrap();
    stream.flush().await.unwrap();
}

/// Connections in all, and those that are cut side by side.
const CUTS: usize = 1_000;
const LANES: usize = 8;

/// Sends a part of a request, and then the whole of it on another connection.
async fn cut_and_repeat(served: &Served, raw: &Raw, credential: &str, turn: usize) {
    let (name, key) = (format!("cut-{turn}"), format!("key-{turn}"));
    let body = draft(&name).to_string();
    let request = format!(
        "POST /v1/tokens HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {credential}\r\n\
         idempotency-key: {key}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    // From the first byte to the whole request, whose reply nobody reads.
    cut(served, request.as_bytes(), turn * 7_919 % (request.len() * 11 / 10)).await;
    let got =
        raw.send("POST", "/v1/tokens", &[("idempotency-key", &key)], Some(&draft(&name))).await;
    assert_eq!(got.status, 201, "{turn}: {}", got.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_cut_at_any_byte_make_one_token_each() {
    let served = Served::example().await;
    let credential = served.credential("ada").await;
    let served = Arc::new(served);
    let lanes = (0..LANES).map(|lane| {
        let (served, credential) = (Arc::clone(&served), credential.clone());
        tokio::spawn(async move {
            let raw = Raw::new(&served.url, Some(credential.clone()));
            for turn in (lane..CUTS).step_by(LANES) {
                cut_and_repeat(&served, &raw, &credential, turn).await;
            }
        })
    });
    for lane in lanes.collect::<Vec<_>>() {
        lane.await.unwrap();
    }
    let query = Query { text: "cut-".to_owned(), ..Query::default() };
    let page = served.store.list(query, Window::ALL).await.unwrap();
    assert_eq!(page.total, CUTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verify_is_asked_anew_whatever_key_comes_with_it() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    let (key, ask) = ([("idempotency-key", "gate")], json!({ "value": value("robot-1") }));
    let first = raw.send("POST", "/v1/verify", &key, Some(&ask)).await;
    assert_eq!(first.json()["accepted"], true, "{}", first.text);
    let revoke = "/v1/tokens/TKN-1000-0001/actions/revoke";
    assert_eq!(raw.send("POST", revoke, &[], None).await.status, 200);
    let again = raw.send("POST", "/v1/verify", &key, Some(&ask)).await;
    assert_eq!(again.json()["accepted"], false, "{}", again.text);
}
