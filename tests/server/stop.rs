//! A server that is told to stop ends what it began and loses nothing.

use std::time::Duration;

use tokendeck::backend::Backend;
use tokendeck::domain::verify::Request;
use tokendeck::domain::{TokenValue, Verb};

use crate::support::{Raw, Served, said, token, value};

#[tokio::test(flavor = "multi_thread")]
async fn uses_that_were_only_in_memory_are_written_at_the_end() {
    let mut served = Served::example().await;
    let ada = served.remote("ada").await;
    let value = TokenValue::parse(&value("robot-2")).unwrap();
    assert!(ada.verify(value, Request::default()).await.unwrap().accepted);
    served.stop().await;
    served.store.close().await.unwrap();
    let token = served.local("ada").show("robot-2".to_owned()).await.unwrap().token;
    assert_eq!(token.last_used_at, Some(crate::support::now()));
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_under_way_are_answered_before_the_server_goes() {
    let mut served = Served::example().await;
    let ada = served.remote("ada").await;
    let under_way: Vec<_> = (101..=115)
        .map(|number| {
            let ada = ada.clone();
            let call = async move { ada.act(Verb::Revoke, token(number), None).await };
            (number, tokio::spawn(call))
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(5)).await;
    served.stop().await;
    let there = served.local("rosa");
    for (number, call) in under_way {
        let answer = call.await.unwrap();
        let now = there.show(token(number).to_string()).await.unwrap().token;
        match answer {
            Ok(_) => assert!(now.revoked.is_some(), "{number} was acknowledged and is not there"),
            Err(error) if error.code() == "unreachable" => {
                assert!(now.revoked.is_none(), "{number} was told not to have been done");
            }
            // It was sent as the server went: nobody claims to know.
            Err(error) => assert_eq!(error.code(), "outcome_unknown", "{error}"),
        }
    }
    // Whoever comes later finds nobody.
    let error = said(ada.session().await);
    assert!(error.starts_with("unreachable"), "{error}");
    served.store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_connection_does_not_keep_a_server_up() {
    let mut served = Served::example().await;
    let raw = Raw::new(&served.url, None);
    assert_eq!(raw.get("/healthz").await.status, 204);
    tokio::time::timeout(Duration::from_secs(5), served.stop())
        .await
        .expect("it should stop at once");
}
