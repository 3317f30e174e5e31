//! A change that arrives twice happens once, whatever becomes of the connection.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokendeck::backend::Backend;
use tokendeck::domain::entry::UserDraft;
use tokendeck::domain::{EntryDraft, EntryId, EventAction, Query, Window};
use tokendeck::server::Limits;
use tokendeck::wire::{EntryEdit, EventQuery, Run};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::{Got, Raw, Served, token, usual, value};

fn draft(name: &str) -> Value {
    json!({
        "account": "ACC-0001-0001", "owner": null,
        "settings": {
            "name": name, "description": "", "access": { "MOD-0001": "read" }, "groups": [],
            "scopes": ["SCP-0001"], "enabled": true, "valid_from": null, "valid_to": null, "labels": {},
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

/// What the audit trail says of a token, the oldest first.
async fn trail(served: &Served, token: &str) -> Vec<EventAction> {
    let subject = Some(token.parse().unwrap());
    let query = EventQuery { subject, ..EventQuery::default() };
    let page = served.local("rosa").events(query, Window::ALL).await.unwrap();
    page.events.iter().rev().map(|view| view.event.action).collect()
}

/// Gives ada another entry: what it makes of hers.
async fn change_ada(served: &Served, change: impl FnOnce(&mut UserDraft)) {
    let rosa = served.local("rosa");
    let id = rosa.catalogue().await.unwrap().user_by_login("ada").unwrap().id;
    let id = EntryId::User(id);
    let Some(EntryDraft::User(mut draft)) = rosa.catalogue().await.unwrap().draft(id) else {
        panic!("ada is a user");
    };
    change(&mut draft);
    let edit = EntryEdit { seen: None, draft: EntryDraft::User(draft) };
    rosa.edit_entry(id, edit, Run::Real).await.unwrap();
}

const KEY: [(&str, &str); 1] = [("idempotency-key", "k")];

/// A token made by ada under a key: its reply, its id and its value.
async fn made(raw: &Raw) -> (Got, String, String) {
    let got = raw.send("POST", "/v1/tokens", &KEY, Some(&draft("once"))).await;
    assert_eq!(got.status, 201, "{}", got.text);
    let json = got.json();
    let text = |what: &Value| what.as_str().unwrap().to_owned();
    let (id, value) = (text(&json["token"]["id"]), text(&json["value"]));
    (got, id, value)
}

/// A repeat that gives the outcome and nothing more.
fn assert_without(again: &Got, id: &str, value: &str) {
    let json = again.json();
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, "true"));
    assert_eq!((&json["token"]["id"], &json["value"]), (&json!(id), &Value::Null));
    assert!(json["value_gone"].as_str().unwrap().contains("regenerate"), "{}", again.text);
    assert!(!again.text.contains(value), "{}", again.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn c03_a_value_that_is_given_again_is_on_record() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    let (first, id, _) = made(&raw).await;
    assert_eq!(trail(&served, &id).await, [EventAction::Created]);
    let again = raw.send("POST", "/v1/tokens", &KEY, Some(&draft("once"))).await;
    assert_eq!(again.text, first.text);
    assert_eq!(trail(&served, &id).await, [EventAction::Created, EventAction::Revealed]);
}

#[tokio::test(flavor = "multi_thread")]
async fn c03_who_may_not_draw_it_any_more_gets_the_outcome_without_the_value() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    let (_, id, value) = made(&raw).await;
    change_ada(&served, |ada| ada.manage_tokens = false).await;
    let again = raw.send("POST", "/v1/tokens", &KEY, Some(&draft("once"))).await;
    assert_without(&again, &id, &value);
    assert_eq!(trail(&served, &id).await, [EventAction::Created], "nothing was shown");
    // Who may not even know of it any more gets what everybody gets of nothing.
    change_ada(&served, |ada| ada.scopes.clear()).await;
    let again = raw.send("POST", "/v1/tokens", &KEY, Some(&draft("once"))).await;
    assert_eq!((again.status, again.json()["code"].as_str()), (404, Some("not_found")));
    assert!(!again.text.contains(&value), "{}", again.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn c03_after_its_minute_a_value_is_not_given_again() {
    let limits = Limits { value_kept: Duration::ZERO, ..usual() };
    let served = Served::with(limits, None).await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    let (_, id, value) = made(&raw).await;
    let again = raw.send("POST", "/v1/tokens", &KEY, Some(&draft("once"))).await;
    assert_without(&again, &id, &value);
    assert_eq!(trail(&served, &id).await, [EventAction::Created]);
}

#[tokio::test(flavor = "multi_thread")]
async fn c03_a_value_that_was_replaced_or_destroyed_meanwhile_is_not_given_again() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    let (_, id, value) = made(&raw).await;
    let path = format!("/v1/tokens/{id}/regenerate");
    let never = json!({ "expiry": "never" });
    let new = raw.send("POST", &path, &[("idempotency-key", "r")], Some(&never)).await;
    assert_eq!(new.status, 200, "{}", new.text);
    let again = raw.send("POST", "/v1/tokens", &KEY, Some(&draft("once"))).await;
    assert_without(&again, &id, &value);
    raw.send("POST", &format!("/v1/tokens/{id}/actions/revoke"), &[], None).await;
    let again = raw.send("POST", &path, &[("idempotency-key", "r")], Some(&never)).await;
    assert_eq!((again.status, &again.json()["value"]), (200, &Value::Null), "{}", again.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn c03_an_owner_gets_the_value_of_an_acceptance_again_and_on_record() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("dora").await));
    let path = format!("/v1/tokens/{}/accept", token(11));
    let first = raw.send("POST", &path, &KEY, None).await;
    assert!(first.json()["value"].is_string(), "{}", first.text);
    assert_eq!(raw.send("POST", &path, &KEY, None).await.text, first.text);
    let trail = trail(&served, &token(11).to_string()).await;
    assert_eq!(trail.last(), Some(&EventAction::Revealed), "{trail:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn c03_values_of_an_export_are_given_once() {
    let served = Served::example().await;
    let item = json!({
        "user": "USR-0002-0001", "user_name": "x", "module": "MOD-0004", "module_name": "x",
        "lost": [], "step": "act",
    });
    let plan = json!({
        "verb": "generate", "account": "ACC-0001-0003", "items": [item],
        "made_at": "2026-03-10T12:00:00Z",
    });
    let body = json!({ "plan": plan, "file": "host:/x.csv" });
    let raw = Raw::new(&served.url, Some(served.credential("kim").await));
    let first = raw.send("POST", "/v1/exports", &KEY, Some(&body)).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let again = raw.send("POST", "/v1/exports", &KEY, Some(&body)).await;
    assert_eq!((again.status, again.json()["code"].as_str()), (409, Some("values_gone")));
    let job = first.json()["job"].as_str().unwrap().to_owned();
    assert!(again.json()["detail"].as_str().unwrap().contains(&job), "{}", again.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a13_values_of_many_tokens_are_given_once_and_put_in_force_by_their_job() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    let target = json!({ "tokens": ["TKN-1000-0001", "TKN-1000-0002"] });
    let ask = json!({ "verb": "regenerate", "target": target });
    let plan = raw.send("POST", "/v1/plans", &[], Some(&ask)).await.json();
    let body = |overlap: &str| json!({ "plan": plan, "overlap": overlap, "file": "host:/x.csv" });
    for wrong in ["10m", "91d", "0h", ""] {
        let got = raw.send("POST", "/v1/rotations", &[], Some(&body(wrong))).await;
        assert!([400, 422].contains(&got.status), "{} {}", got.status, got.text);
        assert!(got.text.contains("none, or a time up to 90d"), "{}", got.text);
    }
    let body = body("10d");
    let first = raw.send("POST", "/v1/rotations", &KEY, Some(&body)).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let again = raw.send("POST", "/v1/rotations", &KEY, Some(&body)).await;
    assert_eq!((again.status, again.json()["code"].as_str()), (409, Some("values_gone")));
    let rows = first.json()["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 2);
    let verify = json!({ "value": rows[0]["value"] });
    let before = raw.send("POST", "/v1/verify", &[], Some(&verify)).await;
    assert_eq!(before.json()["accepted"], false);
    let job = first.json()["job"].as_str().unwrap().to_owned();
    let path = format!("/v1/exports/{job}/activate");
    assert_eq!(raw.send("POST", &path, &[], None).await.status, 200);
    let ada = served.local("ada");
    let mut changes = ada.changes();
    while ada.job(job.parse().unwrap()).await.unwrap().state == tokendeck::wire::JobState::Running {
        changes.changed().await.unwrap();
    }
    let after = raw.send("POST", "/v1/verify", &[], Some(&verify)).await;
    assert_eq!(after.json()["accepted"], true, "{}", after.text);
    let shown = raw.send("GET", "/v1/tokens/TKN-1000-0001", &[], None).await.json();
    assert_eq!(shown["previous"]["until"], "2026-03-20T12:00:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn c03_a_reveal_takes_no_key() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    let (path, id) = ("/v1/tokens/TKN-1000-0001/reveal", "TKN-1000-0001");
    let before = trail(&served, id).await;
    let got = raw.send("POST", path, &KEY, None).await;
    assert_eq!((got.status, got.json()["code"].as_str()), (400, Some("malformed")));
    assert_eq!(trail(&served, id).await, before);
    for times in 1..=2 {
        assert_eq!(raw.send("POST", path, &[], None).await.status, 200);
        assert_eq!(trail(&served, id).await.len(), before.len() + times);
    }
}
