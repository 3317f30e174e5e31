//! What is put on record by HTTP: why something is done, and records that are replaced as
//! a whole.

use serde_json::{Value, json};
use tokendeck::backend::{Backend as _, BulkBackend};
use tokendeck::domain::{Detail, GivenReason, Query, Verb, Window};
use tokendeck::server::document;
use tokendeck::wire::{EventQuery, Run, Target};

use crate::support::{Raw, Served, token, value};

async fn ada() -> (Served, Raw) {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    (served, raw)
}

/// The reasons of the newest events.
async fn reasons(served: &Served, limit: usize) -> Vec<Option<String>> {
    let window = Window { offset: 0, limit };
    let page = served.local("rosa").events(EventQuery::default(), window).await.unwrap();
    let reason = |details: &[Detail]| {
        details.iter().find_map(|fact| match fact {
            Detail::Reason { reason } => Some(reason.to_string()),
            _ => None,
        })
    };
    page.events.iter().map(|view| reason(&view.event.details)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a03_a_reason_comes_as_a_parameter_of_whatever_changes() {
    let (served, ada) = ada().await;
    let path = "/v1/tokens/TKN-1000-0001/actions/disable?reason=INC-12%3A%20left%20open";
    assert_eq!(ada.send("POST", path, &[], None).await.status, 200);
    assert_eq!(reasons(&served, 1).await, [Some("INC-12: left open".to_owned())]);
    let got = ada.get("/v1/tokens?reason=x").await;
    assert_eq!((got.status, got.json()["errors"][0]["field"].clone()), (422, json!("reason")));
    let long = "x".repeat(501);
    for wrong in [value("robot-2").as_str(), &long, "a%E2%80%8Bb"] {
        let path = format!("/v1/tokens/TKN-1000-0001/actions/enable?reason={wrong}");
        let got = ada.send("POST", &path, &[], None).await;
        assert_eq!(got.status, 422, "{}", got.text);
        assert!(!got.text.contains("tdk_"), "{}", got.text);
    }
    let blank = ada.send("POST", "/v1/tokens/TKN-1000-0001/actions/enable?reason=%20", &[], None);
    assert_eq!(blank.await.status, 400);
    let document = document();
    for (path, method, takes) in [
        ("/v1/tokens", "post", true),
        ("/v1/catalogue/entries/{entry}", "delete", true),
        ("/v1/plans/run", "post", true),
        ("/v1/tokens", "get", false),
        ("/v1/verify", "post", false),
    ] {
        let parameters = document["paths"][path][method]["parameters"].as_array();
        let named = |one: &Value| one["name"] == "reason" && one["schema"]["maxLength"] == 500;
        let found = parameters.is_some_and(|all| all.iter().any(named));
        assert_eq!(found, takes, "{method} {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a03_both_backends_put_the_same_reason_on_record() {
    let why = || GivenReason::of("INC-12").unwrap();
    for remote in [false, true] {
        let served = Served::example().await;
        let backend: std::sync::Arc<dyn tokendeck::backend::Backend> = if remote {
            std::sync::Arc::new(served.remote("ada").await.because(why()))
        } else {
            std::sync::Arc::new(served.local("ada").because(why()))
        };
        backend.act(Verb::Disable, token(1).into(), None).await.unwrap();
        let target = Target::Tokens(vec![token(2).into(), token(6).into()]);
        let plan = backend.planned(Verb::Disable, target).await.unwrap();
        backend.run(plan).await.unwrap();
        let jobs = backend.jobs().await.unwrap();
        assert_eq!(jobs[0].reason, Some(why()));
        backend.list(Query::default(), Window::ALL).await.unwrap();
        let dry = tokendeck::domain::EntryId::Scope(tokendeck::domain::ScopeId::new(3));
        assert!(backend.remove_entry(dry, Run::Dry).await.is_err());
        assert_eq!(reasons(&served, 3).await, vec![Some("INC-12".to_owned()); 3], "{remote}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a31_a_put_of_a_token_names_every_field() {
    let (served, ada) = ada().await;
    let settings = |served: &Served| {
        let backend = served.local("ada");
        async move {
            let view = backend.show("robot-2".to_owned()).await.unwrap();
            let settings = tokendeck::domain::Settings::of(&view.token);
            (serde_json::to_value(settings).unwrap(), format!("\"{}\"", view.token.version))
        }
    };
    let (whole, version) = settings(&served).await;
    let names: Vec<String> = whole.as_object().unwrap().keys().cloned().collect();
    assert!(names.len() >= 8, "{names:?}");
    for name in &names {
        let mut short = whole.clone();
        short.as_object_mut().unwrap().remove(name);
        let body = json!({ "settings": short });
        let path = "/v1/tokens/TKN-1000-0002";
        let got = ada.send("PUT", path, &[("if-match", &version)], Some(&body)).await;
        assert_eq!(got.status, 400, "{name}: {}", got.text);
        assert_eq!(got.json()["errors"][0]["field"], format!("settings.{name}"));
    }
    let mut endless = whole.clone();
    endless["valid_to"] = Value::Null;
    let body = json!({ "settings": endless });
    let path = "/v1/tokens/TKN-1000-0002";
    let got = ada.send("PUT", path, &[("if-match", &version)], Some(&body)).await;
    assert_eq!((got.status, got.json()["token"]["valid_to"].clone()), (200, Value::Null));
    let odd = json!({ "settings": { "colour": 1 } });
    let got = ada.send("PUT", path, &[("if-match", "*")], Some(&odd)).await;
    assert_eq!(got.status, 400, "{}", got.text);
    let required = &document()["components"]["schemas"]["WholeSettings"]["required"];
    let required: Vec<String> = serde_json::from_value(required.clone()).unwrap();
    assert!(names.iter().all(|name| required.contains(name)), "{required:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a31_a_put_of_an_entry_names_every_field() {
    let served = Served::example().await;
    let rosa = Raw::new(&served.url, Some(served.credential("rosa").await));
    let catalogue = served.local("rosa").catalogue().await.unwrap();
    let ids = ["ACC-0001-0001", "MOD-0001", "SCP-0001", "GRP-0001", "USR-0001-0006"];
    let document = document();
    let kinds = document["components"]["schemas"]["WholeEntryDraft"]["oneOf"].as_array().unwrap();
    for (id, kind) in ids.into_iter().zip(["account", "module", "scope", "group", "user"]) {
        let subject: tokendeck::domain::Subject = id.parse().unwrap();
        let entry = tokendeck::domain::EntryId::of(subject).unwrap();
        let whole = serde_json::to_value(catalogue.draft(entry).unwrap()).unwrap();
        let path = format!("/v1/catalogue/entries/{id}");
        let of_kind = |form: &&Value| form["properties"]["kind"]["const"] == kind;
        let form = kinds.iter().find(of_kind).unwrap_or_else(|| panic!("{kinds:#?}"));
        let required: Vec<String> = serde_json::from_value(form["required"].clone()).unwrap();
        for name in whole.as_object().unwrap().keys() {
            assert!(required.contains(name), "{kind} {name}");
            let mut short = whole.clone();
            short.as_object_mut().unwrap().remove(name);
            let got = rosa.send("PUT", &path, &[], Some(&json!({ "draft": short }))).await;
            assert_eq!(got.status, 400, "{id} {name}: {}", got.text);
            assert_eq!(got.json()["errors"][0]["field"], format!("draft.{name}"), "{id}");
        }
        let got = rosa.send("PUT", &path, &[], Some(&json!({ "draft": whole }))).await;
        assert_eq!(got.status, 200, "{}", got.text);
    }
}
