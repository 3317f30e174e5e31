//! What a server takes of whom, and what it refuses to read.

use std::time::Duration;

use serde_json::json;
use tokendeck::backend::Backend;
use tokendeck::server::{Limits, Server, ServerOptions};

use crate::support::{Raw, Served, usual, value};

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_who_asks_too_much_is_told_when_to_come_back() {
    let limits = Limits { per_second: 0.5, burst: 3.0, ..usual() };
    let served = Served::with(limits, None).await;
    let ada = Raw::new(&served.url, Some(served.credential("ada").await));
    for _ in 0..3 {
        assert_eq!(ada.get("/v1/me").await.status, 200);
    }
    let got = ada.get("/v1/me").await;
    assert_eq!((got.status, got.header("retry-after")), (429, "2"));
    assert_eq!(got.json()["code"], "too_many_requests");
    let pia = Raw::new(&served.url, Some(served.credential("pia").await));
    assert_eq!(pia.get("/v1/me").await.status, 200, "nobody else is slowed down");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_is_slowed_down_and_nobody_is_kept_out_by_it() {
    let served = Served::with(Limits { refusals: 2.0, ..usual() }, None).await;
    let guess = Raw::new(&served.url, Some("tdo_guess".to_owned()));
    assert_eq!(guess.get("/v1/me").await.status, 401);
    assert_eq!(guess.get("/v1/me").await.status, 401);
    assert_eq!(guess.get("/v1/me").await.status, 429);
    let ada = Raw::new(&served.url, Some(served.credential("ada").await));
    assert_eq!(ada.get("/v1/me").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_remote_backend_waits_where_it_is_asked_to() {
    let served = Served::with(Limits { per_second: 2.0, burst: 1.0, ..usual() }, None).await;
    let mut options = served.options("ada").await;
    options.patience.look = Duration::from_mins(10);
    let ada = tokendeck::backend::remote::RemoteBackend::open(options).unwrap();
    for _ in 0..3 {
        ada.session().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_are_too_long_or_no_json_are_refused_without_a_word_of_theirs() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    let long = "x".repeat(1024 * 1024 + 1);
    assert_eq!(raw.send_text("POST", "/v1/lookup", &[], Some(long)).await.status, 413);
    let secret = value("robot-1");
    for body in [
        format!("{{\"text\": [\"{secret}\"]}}"),
        format!("{{\"text\": \"{secret}\", \"{secret}\": 1}}"),
        format!("{{\"text\": \"{secret}"),
        String::new(),
    ] {
        let got = raw.send_text("POST", "/v1/lookup", &[], Some(body)).await;
        assert_eq!(got.json()["code"], "malformed", "{}", got.text);
        assert!(!got.text.contains(&secret), "{}", got.text);
    }
    let got = raw.send("POST", "/v1/tokens/TKN-1000-0001/actions/fly", &[], None).await;
    assert_eq!(got.status, 404);
    let got = raw
        .send("POST", "/v1/tokens/TKN-1000-0001/actions/enable", &[("if-match", "x")], None)
        .await;
    assert_eq!(got.status, 400);
    assert_eq!(raw.get("/v1/tokens?search=a&search=b").await.status, 422);
    assert_eq!(raw.get("/v1/tokens?serach=a").await.status, 422);
    assert_eq!(raw.get("/v1/tokens?search=%ff").await.status, 400);
    let edit = json!({ "settings": {} });
    assert_eq!(raw.send("PUT", "/v1/tokens/TKN-1000-0001", &[], Some(&edit)).await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reply_has_a_number_and_is_not_kept_by_anyone() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    for path in ["/v1/me", "/v1/nothing", "/v1/tokens/TKN-9999-9999", "/healthz"] {
        let got = raw.get(path).await;
        assert_eq!(got.header("x-request-id").len(), 16, "{path}");
        assert_eq!(got.header("cache-control"), "no-store", "{path}");
        if got.status >= 400 {
            assert_eq!(got.header("content-type"), "application/problem+json");
            assert_eq!(got.json()["request_id"], got.header("x-request-id"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_others_reach_wants_tls_and_an_example_stays_at_home() {
    let served = Served::example().await;
    let open = ServerOptions {
        listen: "0.0.0.0:0".parse().unwrap(),
        tls: None,
        behind_proxy: true,
        limits: usual(),
    };
    let example = Server::bind(served.store.clone(), open.clone()).await.err().unwrap();
    assert!(example.to_string().contains("public"), "{example}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let place = tokendeck::backend::local::NewPlace::of(&path).unwrap();
    tokendeck::backend::local::init(&place, tokendeck::backend::local::InitKind::Normal, "tester")
        .unwrap();
    let real =
        tokendeck::backend::local::LocalBackend::open(tokendeck::backend::local::LocalOptions {
            path,
            login: None,
            system_login: "tester".to_owned(),
            now: None,
            read_only: false,
            name: "local".to_owned(),
        })
        .unwrap();
    let plain = ServerOptions { behind_proxy: false, ..open.clone() };
    let refused = Server::bind(real.clone(), plain).await.err().unwrap();
    assert!(refused.to_string().contains("--tls-cert"), "{refused}");
    assert!(Server::bind(real, open).await.is_ok());
}
