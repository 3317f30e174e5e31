//! A server whose machine's clock jumped: what it refuses, what it still does, and who is
//! told.

use std::sync::Arc;

use serde_json::json;
use tokendeck::backend::Backend as _;
use tokendeck::backend::local::{self, InitKind, LocalBackend, LocalOptions};
use tokendeck::domain::{Expiry, UserId};
use tokendeck::server::{Server, ServerOptions};
use tokendeck::wire::{CredentialAsk, Run};

use crate::support::{Got, Raw, usual};

fn settings(name: &str) -> serde_json::Value {
    let settings = json!({
        "name": name, "description": "", "access": { "MOD-0001": "read" }, "groups": [],
        "scopes": [], "enabled": true, "valid_from": null, "valid_to": null,
    });
    json!({
        "account": "ACC-0001-0001", "owner": null, "guid": null, "settings": settings,
    })
}

fn code(got: &Got) -> (u16, String) {
    (got.status, got.json()["code"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn d01_a_server_refuses_all_but_the_brake_until_the_clock_is_accepted_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    local::init(&local::NewPlace::of(&path).unwrap(), InitKind::Normal, "tester").unwrap();
    let options = LocalOptions {
        path: path.clone(),
        login: None,
        system_login: "tester".to_owned(),
        now: None,
        read_only: false,
        name: "local".to_owned(),
    };
    let store = LocalBackend::open(options.clone()).unwrap();
    let ask = CredentialAsk::new(UserId::new(1_0001), Expiry::Months(3));
    let secret = store.create_credential(ask, Run::Real).await.unwrap().1.unwrap();
    let listen = "127.0.0.1:0".parse().unwrap();
    let serving = ServerOptions { listen, tls: None, behind_proxy: false, limits: usual() };
    let server = Server::bind(Arc::clone(&store), serving).await.unwrap();
    let url = format!("http://localhost:{}", server.address().port());
    let (stop, told) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(async move { drop(told.await) }));
    let raw = Raw::new(&url, Some(secret.expose().to_owned()));

    let made = raw.send("POST", "/v1/tokens", &[], Some(&settings("one"))).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let (made, id) = (made.json(), made.json()["token"]["id"].as_str().unwrap().to_owned());
    assert_eq!(raw.get("/readyz").await.status, 204);

    // As if the store had last been used 100 days ago, by a process that starts now.
    drop(stop);
    running.await.unwrap();
    store.close().await.unwrap();
    drop(store);
    let past = "UPDATE head SET clock_mark = clock_mark - 8640000000";
    rusqlite::Connection::open(&path).unwrap().execute(past, []).unwrap();
    let store = LocalBackend::open(options).unwrap();
    let serving = ServerOptions { listen, tls: None, behind_proxy: false, limits: usual() };
    let server = Server::bind(Arc::clone(&store), serving).await.unwrap();
    let url = format!("http://localhost:{}", server.address().port());
    let (stop, told) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(async move { drop(told.await) }));
    let raw = Raw::new(&url, Some(secret.expose().to_owned()));

    let ready = raw.get("/readyz").await;
    assert_eq!(code(&ready), (503, "not_ready".to_owned()));
    assert!(ready.text.contains("clock"), "{}", ready.text);
    assert_eq!(raw.get("/healthz").await.status, 204);
    assert_eq!(raw.get(&format!("/v1/tokens/{id}")).await.status, 200);
    let refused = raw.send("POST", "/v1/tokens", &[], Some(&settings("two"))).await;
    assert_eq!(code(&refused), (503, "clock_jumped".to_owned()));
    assert!(refused.text.contains("store accept-clock"), "{}", refused.text);
    let body = json!({ "value": made["value"] });
    let passed = raw.send("POST", "/v1/verify", &[], Some(&body)).await;
    assert_eq!(passed.json()["accepted"], true, "{}", passed.text);
    let path = format!("/v1/tokens/{id}/actions/disable");
    assert_eq!(raw.send("POST", &path, &[], None).await.status, 200);

    let looked = store.accept_clock(None).await.unwrap();
    store.accept_clock(Some(looked.to)).await.unwrap();
    assert_eq!(raw.get("/readyz").await.status, 204);
    let made = raw.send("POST", "/v1/tokens", &[], Some(&settings("two"))).await;
    assert_eq!(made.status, 201, "{}", made.text);
    drop(stop);
    running.await.unwrap();
}
