//! Plans that nobody made: written by hand, by who may change nothing or with words of
//! their own. What can do nothing becomes no job, and a job's words are the store's.

use serde_json::{Value, json};
use tokendeck::backend::Backend;
use tokendeck::server::Limits;

use crate::support::{Raw, Served, token, usual, value};

/// Stands in every text of a forged plan.
const FORGED: &str = "F0RGED";
const MADE_AT: &str = "2026-03-10T12:00:00Z";

fn skipped() -> Value {
    json!({ "skip": { "code": FORGED, "reason": FORGED } })
}

fn plan(verb: &str, items: &[(&str, Value)]) -> Value {
    let item = |(id, step): &(&str, Value)| {
        json!({
            "id": id, "name": FORGED, "status": "active", "version": 1, "used_lately": false,
            "step": step,
        })
    };
    let items: Vec<Value> = items.iter().map(item).collect();
    json!({ "verb": verb, "items": items, "made_at": MADE_AT })
}

fn user_plan(verb: &str, items: &[(&str, Value)]) -> Value {
    let item = |(user, step): &(&str, Value)| {
        let lost = json!({
            "id": "TKN-1000-0010", "name": FORGED, "version": 1, "pending": false, "values": 1,
            "also": [FORGED],
        });
        json!({
            "user": user, "user_name": FORGED, "module": "MOD-0004", "module_name": FORGED,
            "lost": [lost], "step": step,
        })
    };
    let items: Vec<Value> = items.iter().map(item).collect();
    json!({ "verb": verb, "account": "ACC-0001-0003", "items": items, "made_at": MADE_AT })
}

async fn raw(served: &Served, login: &str) -> Raw {
    Raw::new(&served.url, Some(served.credential(login).await))
}

#[tokio::test(flavor = "multi_thread")]
async fn c05_who_may_change_nothing_makes_no_job() {
    let served = Served::example().await;
    let act = || json!("act");
    let tokens = [("TKN-1000-0001", act()), ("TKN-1000-7777", act()), ("TKN-1000-0007", act())];
    let users = [("USR-0002-0001", act())];
    let stage = json!({ "plan": user_plan("generate", &users), "file": "host:/x.csv" });
    let mut requests = vec![
        ("/v1/user-jobs", user_plan("cancel", &users)),
        ("/v1/user-jobs", user_plan("remove", &users)),
        ("/v1/exports", stage),
        ("/v1/rotations", json!({ "plan": plan("regenerate", &tokens), "file": "host:/x.csv" })),
    ];
    for verb in ["revoke", "disable", "enable", "delete", "drop-old"] {
        let all_skipped = plan(verb, &[("TKN-1000-0001", skipped())]);
        for plan in [plan(verb, &tokens), all_skipped, plan(verb, &[])] {
            requests.extend([("/v1/plans/run", plan.clone()), ("/v1/jobs", plan)]);
        }
    }
    for login in ["max", "vic", "carl", "dora", "eve"] {
        let raw = raw(&served, login).await;
        for (path, body) in &requests {
            let got = raw.send("POST", path, &[], Some(body)).await;
            let code = got.json()["code"].as_str().unwrap().to_owned();
            assert_eq!(
                (got.status, code.as_str()),
                (403, "not_permitted"),
                "{login} {path} {body}"
            );
        }
    }
    assert_eq!(served.local("rosa").jobs().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn c05_owners_still_revoke_their_own_by_a_plan() {
    let served = Served::example().await;
    let carl = raw(&served, "carl").await;
    let own = plan("revoke", &[("TKN-1000-0010", json!("act")), ("TKN-1000-0001", json!("act"))]);
    let got = carl.send("POST", "/v1/plans/run", &[], Some(&own)).await.json();
    let outcomes: Vec<_> =
        got["items"].as_array().unwrap().iter().map(|item| item["outcome"].clone()).collect();
    assert_eq!(outcomes, ["done", "failed"], "{got}");
    let id = token(1).to_string();
    assert!(served.local("rosa").show(id).await.unwrap().token.revoked.is_none());
}

/// Every byte of the store.
fn stored(served: &Served) -> Vec<u8> {
    let path = served.path();
    let all = ["store.db", "store.db-wal"].map(|name| std::fs::read(path.with_file_name(name)));
    all.into_iter().flat_map(Result::unwrap_or_default).collect()
}

fn assert_nothing_forged(served: &Served, texts: &[&str]) {
    for text in texts {
        assert!(!text.contains(FORGED), "{text}");
    }
    let bytes = stored(served);
    assert!(bytes.len() > 100_000, "it is the store that is looked at");
    assert!(!bytes.windows(FORGED.len()).any(|part| part == FORGED.as_bytes()), "it is stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn c05_what_a_job_says_of_tokens_is_the_stores_own() {
    let served = Served::example().await;
    let ada = raw(&served, "ada").await;
    let forged = plan(
        "disable",
        &[
            ("TKN-1000-0001", json!("act")),
            ("TKN-1000-0002", skipped()),
            ("TKN-1000-0005", skipped()),
            ("TKN-1000-0007", skipped()),
            ("TKN-1000-7777", json!("act")),
        ],
    );
    let job = ada.send("POST", "/v1/jobs", &[], Some(&forged)).await;
    assert_eq!(job.status, 201, "{}", job.text);
    let path = format!("/v1/jobs/{}/report", job.json()["id"].as_str().unwrap());
    let report = ada.get(&path).await;
    let items = report.json()["tokens"]["items"].clone();
    let said = |place: usize| -> [String; 3] {
        ["name", "outcome", "reason"].map(|field| items[place][field].as_str().unwrap_or("").into())
    };
    assert_eq!(said(0), ["robot-1", "done", ""]);
    // Nobody confirmed to disable it, so it stays as it is.
    assert_eq!(said(1)[..2], ["robot-2", "skipped"]);
    assert_eq!(said(2), ["leaked-key", "skipped", "Revoked tokens cannot be disabled"]);
    // Hidden and absent ones read the same.
    assert_eq!(said(3), ["TKN-1000-0007", "skipped", "no token 'TKN-1000-0007' here"]);
    assert_eq!(said(4), ["TKN-1000-7777", "failed", "no token 'TKN-1000-7777' here"]);
    let one = plan("disable", &[("TKN-1000-0002", json!("act"))]);
    let only = ada.send("POST", "/v1/jobs", &[], Some(&one)).await;
    assert_eq!(only.json()["title"], "robot-2");
    assert_nothing_forged(&served, &[&job.text, &report.text, &only.text]);
}

#[tokio::test(flavor = "multi_thread")]
async fn c05_what_a_job_says_of_users_is_the_stores_own() {
    let served = Served::example().await;
    let kim = raw(&served, "kim").await;
    let users = [
        ("USR-0002-0001", json!("act")),
        ("USR-0002-0003", skipped()),
        ("USR-0001-0005", skipped()),
        ("USR-0002-7777", json!("act")),
    ];
    let job = kim.send("POST", "/v1/user-jobs", &[], Some(&user_plan("remove", &users))).await;
    assert_eq!(job.status, 201, "{}", job.text);
    let path = format!("/v1/jobs/{}/report", job.json()["id"].as_str().unwrap());
    let report = kim.get(&path).await;
    let items = report.json()["holders"]["items"].clone();
    let named = |place: usize| items[place]["user_name"].as_str().unwrap().to_owned();
    assert_eq!([2, 3].map(named), ["USR-0001-0005", "USR-0002-7777"], "{}", report.text);
    assert!(named(0).contains("Carl") && items[0]["module_name"] == "eRecording", "{items}");
    let plan = user_plan("generate", &[("USR-0002-0003", json!("act")), users[1].clone()]);
    let body = json!({ "plan": plan, "file": "host:/x.csv" });
    let staged = kim.send("POST", "/v1/exports", &[], Some(&body)).await;
    assert_eq!(staged.status, 201, "{}", staged.text);
    assert_nothing_forged(&served, &[&job.text, &report.text, &staged.text]);
}

#[tokio::test(flavor = "multi_thread")]
async fn c05_the_name_of_a_file_is_a_text_that_others_can_be_shown() {
    let served = Served::example().await;
    let kim = raw(&served, "kim").await;
    let plan = user_plan("generate", &[("USR-0002-0003", json!("act"))]);
    for file in ["", "  ", "host:/a\u{1b}[2Jb", "host:/\u{202e}gsm.exe", &"x".repeat(4_201)] {
        let body = json!({ "plan": plan, "file": file });
        let got = kim.send("POST", "/v1/exports", &[], Some(&body)).await;
        assert_eq!((got.status, &got.json()["errors"][0]["field"]), (422, &json!("file")));
    }
    let body = json!({ "plan": plan, "file": format!("host:/{}", value("robot-1")) });
    let got = kim.send("POST", "/v1/exports", &[], Some(&body)).await;
    assert_eq!(got.status, 422, "{}", got.text);
    assert!(!got.text.contains(&value("robot-1")), "{}", got.text);
    assert_eq!(served.local("kim").jobs().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn c05_a_plan_has_no_more_items_than_the_server_takes() {
    let served = Served::with(Limits { items: 3, ..usual() }, None).await;
    let rosa = raw(&served, "rosa").await;
    let ids = ["TKN-1000-0001", "TKN-1000-0002", "TKN-1000-0101", "TKN-1000-0102"];
    let tokens = ids.map(|id| (id, json!("act")));
    let users = ["USR-0002-0001", "USR-0002-0002", "USR-0002-0003"].map(|id| (id, json!("act")));
    let target = json!({
        "users": ["USR-0002-0001", "USR-0002-0002"], "modules": ["MOD-0004", "MOD-0001"],
        "account": "ACC-0001-0003",
    });
    let stage = json!({ "plan": user_plan("generate", &users), "file": "host:/x.csv" });
    for (path, body) in [
        ("/v1/plans/run", plan("disable", &tokens)),
        ("/v1/jobs", plan("disable", &tokens)),
        ("/v1/plans", json!({ "verb": "disable", "target": { "tokens": ids } })),
        ("/v1/plans", json!({ "verb": "disable", "target": { "account": "ACC-0001-0001" } })),
        ("/v1/user-jobs", user_plan("remove", &users)),
        ("/v1/user-plans", json!({ "verb": "request", "target": target })),
        ("/v1/exports", stage),
        ("/v1/rotations", json!({ "plan": plan("regenerate", &tokens), "file": "host:/x.csv" })),
    ] {
        let got = rosa.send("POST", path, &[], Some(&body)).await;
        let code = got.json()["code"].as_str().unwrap().to_owned();
        assert_eq!((got.status, code.as_str()), (413, "too_many_items"), "{path} {}", got.text);
        assert!(got.text.contains("at most 3"), "{}", got.text);
    }
    let three = plan("disable", &tokens[..3]);
    assert_eq!(rosa.send("POST", "/v1/plans/run", &[], Some(&three)).await.status, 200);
}

#[test]
fn c05_the_document_tells_how_many_items_a_plan_may_have() {
    let document = tokendeck::server::document();
    let schemas = document["components"]["schemas"].to_string();
    let told = schemas.matches("\"maxItems\":200000").count();
    assert!(told >= 3, "{told}");
}
