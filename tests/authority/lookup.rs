//! Whose is it: every way to ask, and that nothing asked is repeated.

use secrecy::SecretString;
use tokendeck::backend::Backend;
use tokendeck::domain::{Expiry, Overlap, Status};
use tokendeck::wire::Run;

use crate::support::{World, token, value};

fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

#[tokio::test]
async fn a_token_is_recognised_by_all_that_names_it() {
    let world = World::example();
    let ada = world.backend("ada");
    let robot = value("robot-1");
    let cases = [
        (robot.expose().to_owned(), "current value"),
        (format!("  {}\n", robot.expose()), "current value"),
        (robot.guid().to_string(), "GUID of its current value"),
        ("tkn-1000-0001".to_owned(), "id"),
        ("ROBOT-1".to_owned(), "name"),
    ];
    for (text, matched) in cases {
        let answer = ada.lookup(secret(&text)).await.unwrap();
        assert_eq!((answer.token.token.id, answer.matched.as_str()), (token(1), matched));
    }
}

#[tokio::test]
async fn a_leaked_value_is_recognised_after_its_end() {
    let world = World::example();
    let rosa = world.backend("rosa");
    for (name, status) in [("leaked-key", Status::Revoked), ("gone", Status::Deleted)] {
        let answer = rosa.lookup(secret(value(name).expose())).await.unwrap();
        assert_eq!(answer.token.token.name, name);
        assert_eq!(answer.token.status, status);
    }
}

#[tokio::test]
async fn a_replaced_value_is_said_to_be_one() {
    let world = World::example();
    let ada = world.backend("ada");
    ada.regenerate(token(1), Expiry::Never, Overlap::Day, Run::Real).await.unwrap();
    ada.regenerate(token(2), Expiry::Never, Overlap::None, Run::Real).await.unwrap();
    let matched = |name: &str| {
        let (ada, text) = (ada.clone(), secret(value(name).expose()));
        async move { ada.lookup(text).await.unwrap().matched }
    };
    assert_eq!(matched("robot-1").await, "previous value, accepted until 2026-03-11 12:00:00 UTC");
    assert_eq!(matched("robot-2").await, "replaced value");
}

#[tokio::test]
async fn what_is_not_found_is_not_repeated() {
    let world = World::example();
    let ada = world.backend("ada");
    let cut = value("robot-1").expose().replace("tdk_", "tdx_");
    let hidden = value("sync-agent");
    let cases = [
        ("hunter2", "not_found"),
        (cut.as_str(), "invalid"),
        (hidden.expose(), "not_found"),
        ("", "not_found"),
    ];
    for (text, code) in cases {
        let error = ada.lookup(secret(text)).await.unwrap_err();
        assert_eq!(error.code(), code, "{text}");
        assert!(text.is_empty() || !format!("{error} {error:?}").contains(text));
    }
}
