//! The query language by HTTP: what is found, and what is said of wrong terms.

use serde_json::{Value, json};
use tokendeck::backend::Backend as _;
use tokendeck::domain::{Query, Window};

use crate::support::{Raw, Served};

fn names(page: &Value) -> Vec<&str> {
    page["tokens"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a11_lists_and_targets_take_terms_and_refuse_wrong_ones_by_name() {
    let served = Served::example().await;
    let ada = Raw::new(&served.url, Some(served.credential("ada").await));
    let list = async |filter: &str| ada.get(&format!("/v1/tokens?filter={filter}")).await;
    let found = list("level:Billing%3Dfull%20status:active").await;
    assert_eq!(names(&found.json()), ["robot-2"], "{}", found.text);
    assert_eq!(names(&list("exp%3C9m").await.json()), ["robot-2", "summer-batch"]);
    // A bare word is anything of it in a list, its name where something is done.
    let described = list("plants").await.json();
    assert_eq!(names(&described), ["robot-1"]);
    assert_eq!(described["tokens"][0]["matched"], json!(["description"]));
    let plan = async |filter: &str| {
        let body = json!({ "verb": "disable", "target": { "found": { "filter": filter } } });
        ada.send("POST", "/v1/plans", &[], Some(&body)).await
    };
    assert_eq!(plan("plants").await.json()["items"], json!([]));
    let planned = plan("text:plants").await.json();
    assert_eq!(planned["items"][0]["matched"], json!(["description"]));
    for (wrong, said) in [
        ("levle:Billing=full", "did you mean 'level:'?"),
        ("exp<soon", "'soon' is not a time"),
        ("scope:\"North", "a quote is not closed"),
        ("exp<9999y", "outside the calendar"),
    ] {
        let got = plan(wrong).await;
        assert_eq!(got.status, 422, "{wrong}: {}", got.text);
        assert_eq!(got.json()["errors"][0]["field"], "filter", "{}", got.text);
        assert!(got.text.contains(said), "{wrong}: {}", got.text);
    }
    for nothing in ["status:all", "account:all -status:deleted"] {
        let got = plan(nothing).await;
        assert_eq!(got.status, 400, "{nothing}: {}", got.text);
    }
    for path in ["/v1/tokens", "/v1/token-ids", "/v1/tokens/TKN-1000-0001/position"] {
        let got = ada.get(&format!("{path}?filter=module:Nowhere")).await;
        assert_eq!(got.status, 404, "{path}: {}", got.text);
        assert_eq!(ada.get(&format!("{path}?filter=nope:1")).await.status, 422, "{path}");
    }
    // What one may not know reads like what there is not.
    let (hidden, none) = (list("by:kim").await, list("by:nim").await);
    assert_eq!((hidden.status, none.status), (404, 404));
    assert_eq!(hidden.text.replace("kim", "nim").len(), none.text.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a11_every_term_finds_the_same_by_both_backends() {
    let served = Served::example().await;
    let (local, remote) = (served.local("rosa"), served.remote("rosa").await);
    for filter in [
        "robot -never",
        "text:\"North plant\"",
        "-account:Acme level:*=full",
        "owner:\"Carl Clerk\"",
        "by:kim,pia",
        "group:\"Order readers\"",
        "status:deleted",
        "unused:5d used>9d",
        "id:TKN-1000-0003",
    ] {
        let query = Query { filter: filter.to_owned(), ..Query::default() };
        let here = local.list(query.clone(), Window::ALL).await.unwrap();
        assert_eq!(here, remote.list(query, Window::ALL).await.unwrap(), "{filter}");
    }
    let words = Query { search: "-plants & é?#".to_owned(), ..Query::default() };
    let here = local.list(words.clone(), Window::ALL).await.unwrap();
    assert_eq!(here, remote.list(words, Window::ALL).await.unwrap());
}
