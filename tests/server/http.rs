//! HTTP as the RFCs have it: methods, media types, conditions, challenges, numbers of
//! requests, and what no cache and no browser may do with a reply.

use serde_json::{Value, json};
use tokendeck::wire::http::calls;

use crate::support::{Raw, Served, value};

async fn ada() -> (Served, Raw) {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    (served, raw)
}

fn code(got: &crate::support::Got) -> (u16, String) {
    (got.status, got.json()["code"].as_str().unwrap_or_default().to_owned())
}

fn settings(name: &str) -> Value {
    json!({
        "name": name, "description": "", "access": { "MOD-0001": "read" }, "groups": [],
        "scopes": ["SCP-0001"], "enabled": true, "valid_from": null, "valid_to": null, "labels": {},
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn another_method_is_405_with_those_there_are_whoever_asks() {
    let served = Served::example().await;
    let nobody = Raw::new(&served.url, None);
    for call in calls::ALL {
        let path = call.path.replace("{verb}", "enable").replace(['{', '}'], "");
        for method in ["TRACE", "PATCH"] {
            let got = nobody.send(method, &path, &[("idempotency-key", "a b")], None).await;
            assert_eq!(code(&got), (405, "wrong_method".to_owned()), "{method} {path}");
            let allowed =
                got.header("allow").split(',').any(|name| name == call.method.to_string());
            assert!(allowed, "{path}: {}", got.header("allow"));
        }
        let got = nobody.send("OPTIONS", &path, &[], None).await;
        assert_eq!((got.status, got.text.as_str()), (204, ""), "{path}");
        assert!(!got.header("allow").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn head_says_what_get_says_without_the_body() {
    let (_served, ada) = ada().await;
    for path in ["/v1/tokens/TKN-1000-0001", "/v1/me", "/healthz"] {
        let (head, get) = (ada.send("HEAD", path, &[], None).await, ada.get(path).await);
        assert_eq!((head.status, head.text.as_str()), (get.status, ""), "{path}");
        assert_eq!(head.header("etag"), get.header("etag"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_must_be_plain_json_by_its_own_account() {
    let (served, _) = ada().await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let credential = served.credential("ada").await;
    let asked = |kind: &'static str, encoding: &'static str| {
        let mut request = client.post(format!("{}/v1/lookup", served.url));
        request = request.bearer_auth(&credential).body("{\"text\":\"TKN-1000-0001\"}");
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        if !encoding.is_empty() {
            request = request.header("content-encoding", encoding);
        }
        async { request.send().await.unwrap() }
    };
    for kind in ["application/json", "Application/JSON ; charset=utf-8"] {
        assert_eq!(asked(kind, "identity").await.status(), 200, "{kind}");
    }
    for (kind, encoding) in [
        ("", ""),
        ("text/plain", ""),
        ("application/x-www-form-urlencoded", ""),
        ("application/jsonx", ""),
        ("application/json", "gzip"),
    ] {
        let got = asked(kind, encoding).await;
        assert_eq!(got.status(), 415, "{kind} {encoding}");
        assert_eq!(got.headers()["accept"], "application/json");
        assert_eq!(got.headers()["accept-encoding"], "identity");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_call_does_not_know_is_named_and_not_passed_over() {
    let (_served, ada) = ada().await;
    let draft = |settings| json!({ "account": "ACC-0001-0001", "settings": settings });
    let mut odd = settings("odd");
    odd["colour"] = json!("blue");
    let got = ada.send("POST", "/v1/tokens?dry_run=true", &[], Some(&draft(odd))).await;
    assert_eq!(code(&got), (400, "malformed".to_owned()));
    assert_eq!(got.json()["errors"][0]["field"], "settings.colour");
    // Where a field chooses the form of the body, too.
    let scope = json!({ "kind": "scope", "name": "New", "account": "ACC-0001-0001", "colour": 1 });
    for (method, path, body, field) in [
        ("POST", "", scope.clone(), "colour"),
        ("PUT", "/SCP-0001", json!({ "draft": scope }), "draft.colour"),
    ] {
        let path = format!("/v1/catalogue/entries{path}?dry_run=true");
        let got = ada.send(method, &path, &[], Some(&body)).await;
        assert_eq!(got.json()["errors"][0]["field"], field, "{}", got.text);
    }
    let got = ada.get("/v1/tokens?colour=blue").await;
    assert_eq!((got.status, got.json()["errors"][0]["field"].clone()), (422, json!("colour")));
    // A name that may be a secret is not repeated.
    let secret = value("robot-1");
    let got = ada.send("POST", "/v1/lookup", &[], Some(&json!({ "text": "x", &secret: 1 }))).await;
    assert!(got.status == 400 && !got.text.contains(&secret), "{}", got.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_says_which_version_it_is_of() {
    let (_served, ada) = ada().await;
    let path = "/v1/tokens/TKN-1000-0001";
    let edit = |headers: &'static [(&'static str, &'static str)], name: &str| {
        let body = json!({ "settings": settings(name) });
        let ada = &ada;
        async move { ada.send("PUT", path, headers, Some(&body)).await }
    };
    let got = edit(&[], "first").await;
    assert_eq!(code(&got), (428, "precondition_required".to_owned()));
    let version = ada.get(path).await.header("etag").to_owned();
    assert!(version.starts_with('"') && version.ends_with('"'), "a strong one: {version}");
    for stale in ["\"999\"", "W/\"1\"", "\"abc\"", ""] {
        let headers = [("if-match", stale)];
        let body = json!({ "settings": settings("stale") });
        let got = ada.send("PUT", path, &headers, Some(&body)).await;
        assert_eq!(code(&got), (412, "stale_version".to_owned()), "{stale}");
    }
    assert_eq!(edit(&[("if-match", "abc")], "x").await.status, 400);
    let list = format!("\"999\", {version}");
    let body = json!({ "settings": settings("second") });
    let got = ada.send("PUT", path, &[("if-match", &list)], Some(&body)).await;
    assert_eq!(got.status, 200, "{}", got.text);
    assert_ne!(got.header("etag"), version);
    assert_eq!(edit(&[("if-match", "*")], "third").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_is_201_with_its_place_and_a_dry_run_is_200() {
    let (_served, ada) = ada().await;
    let body = json!({ "account": "ACC-0001-0001", "settings": settings("made") });
    let dry = ada.send("POST", "/v1/tokens?dry_run=true", &[], Some(&body)).await;
    assert_eq!((dry.status, dry.header("location")), (200, ""));
    let made = ada.send("POST", "/v1/tokens", &[], Some(&body)).await;
    assert_eq!(made.status, 201);
    assert_eq!(ada.get(made.header("location")).await.json()["name"], "made");
    let plan = json!({ "verb": "disable", "target": { "tokens": ["TKN-1000-0001"] } });
    let plan = ada.send("POST", "/v1/plans", &[], Some(&plan)).await.json();
    let job = ada.send("POST", "/v1/jobs", &[], Some(&plan)).await;
    assert_eq!(job.status, 201);
    assert_eq!(ada.get(job.header("location")).await.json()["id"], job.json()["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_signed_in_is_told_how_and_not_why() {
    let served = Served::example().await;
    let nobody = Raw::new(&served.url, None);
    let plain = nobody.get("/v1/me").await;
    assert_eq!(plain.header("www-authenticate"), "Bearer realm=\"tokendeck\"");
    let credential = served.credential("ada").await;
    let good = format!("Bearer {credential}");
    for wrong in [
        vec![("authorization", "Bearer tdo_x")],
        vec![("authorization", "Basic YWRhOng=")],
        vec![("authorization", credential.as_str())],
        // Of two, a proxy may have looked at the other one.
        vec![("authorization", "Bearer tdo_x"), ("authorization", good.as_str())],
    ] {
        let got = nobody.send("GET", "/v1/me", &wrong, None).await;
        assert_eq!(got.status, 401, "{wrong:?}");
        let challenge = got.header("www-authenticate");
        assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
    }
    let got = nobody.send("GET", "/v1/me", &[("authorization", &good)], None).await;
    assert_eq!(got.status, 200);
    let got = nobody.get(&format!("/v1/me?access_token={credential}")).await;
    assert!(got.status == 401 && !got.text.contains(&credential), "none is taken from a query");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_keeps_its_number_where_that_is_fit_for_a_log() {
    let (_served, ada) = ada().await;
    let secret = value("robot-1");
    let numbered = |id: &str| {
        let (ada, id) = (&ada, id.to_owned());
        async move { ada.send("GET", "/v1/nothing", &[("x-request-id", &id)], None).await }
    };
    let got = numbered("trace-7.a_B").await;
    assert_eq!(got.header("x-request-id"), "trace-7.a_B");
    assert_eq!(got.json()["request_id"], "trace-7.a_B");
    for hostile in ["a b", "a\"b", &"x".repeat(65), &secret] {
        let got = numbered(hostile).await;
        assert_eq!(got.header("x-request-id").len(), 16, "{hostile}");
        assert!(!got.text.contains(hostile), "{hostile}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_cache_keeps_a_reply_and_no_browser_makes_a_page_of_it() {
    let (_served, ada) = ada().await;
    for path in ["/v1/me", "/v1/nothing", "/openapi.json", "/healthz"] {
        for method in ["GET", "DELETE", "OPTIONS"] {
            let got = ada.send(method, path, &[("origin", "https://evil.example")], None).await;
            assert_eq!(got.header("cache-control"), "no-store", "{method} {path}");
            assert_eq!(got.header("x-content-type-options"), "nosniff", "{method} {path}");
            assert!(got.header("content-security-policy").contains("default-src 'none'"));
            assert_eq!(got.header("access-control-allow-origin"), "", "no page may read it");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_lies_within_four_digit_years() {
    let (_served, ada) = ada().await;
    let path = "/v1/tokens/TKN-1000-0001/regenerate?dry_run=true";
    let months = json!({ "expiry": { "months": 4_000_000_000_u32 } });
    let got = ada.send("POST", path, &[], Some(&months)).await;
    assert_eq!(got.json()["token"]["valid_to"], "9999-12-31T23:59:59Z");
    let late = json!({ "expiry": { "at": "9999-12-31T23:59:59-01:00" } });
    let got = ada.send("POST", path, &[], Some(&late)).await;
    assert_eq!((got.status, got.json()["errors"][0]["field"].clone()), (422, json!("valid_to")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a02_a_lookup_finds_all_values_in_a_text_and_repeats_none() {
    let (_served, ada) = ada().await;
    let (one, other) = (value("robot-1"), value("robot-2"));
    let (head, rest) = other.split_at(50);
    let text = format!("TOKEN=\"{one}\",\n> {head}\n> {rest}\nBearer {}", value("sync-agent"));
    let got = ada.send("POST", "/v1/lookup", &[], Some(&json!({ "text": text }))).await;
    assert_eq!(got.status, 200, "{}", got.text);
    let answer = got.json();
    let name = |at: usize| answer["found"][at]["token"]["name"].clone();
    assert_eq!((name(0), name(1), name(2)), (json!("robot-1"), json!("robot-2"), Value::Null));
    assert_eq!((&answer["matched"], &answer["elsewhere"]), (&json!("current value"), &json!(1)));
    for secret in [&one, &other] {
        assert!(!got.text.contains(&secret[60..]), "{}", got.text);
    }
    let nothing = json!({ "text": format!("Bearer {}", value("sync-agent")) });
    let got = ada.send("POST", "/v1/lookup", &[], Some(&nothing)).await;
    assert_eq!(code(&got), (404, "not_found".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn d06_no_problem_repeats_a_value_of_the_request() {
    let (_served, ada) = ada().await;
    let value = value("robot-1");
    for secret in [value.clone(), value.replace("tdk_", "tdo_"), value[..60].to_owned()] {
        let draft = json!({ "account": "ACC-0001-0001", "settings": settings(&secret) });
        let entry = json!({ "kind": "scope", "name": secret, "account": secret });
        let asked = [
            ada.get(&format!("/v1/resolve?ref={secret}")).await,
            ada.get(&format!("/v1/tokens/{secret}")).await,
            ada.get(&format!("/v1/tokens?status={secret}")).await,
            ada.get(&format!("/v1/tokens?account={secret}")).await,
            ada.get(&format!("/v1/tokens?{secret}=1")).await,
            ada.send("POST", "/v1/tokens?dry_run=true", &[], Some(&draft)).await,
            ada.send("POST", "/v1/catalogue/entries?dry_run=true", &[], Some(&entry)).await,
            ada.send("POST", "/v1/verify", &[], Some(&json!({ "value": "x", "request": secret })))
                .await,
        ];
        for got in asked {
            // The first letters of its secret half.
            assert!(!got.text.contains(&secret[27..40]), "{secret}: {}", got.text);
        }
    }
}
