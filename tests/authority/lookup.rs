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
        assert_eq!((answer.token.token.id, answer.matched.as_str()), (token(1).into(), matched));
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
    ada.regenerate(token(1).into(), Some(Expiry::Never), Overlap::DAY, Run::Real).await.unwrap();
    ada.regenerate(token(2).into(), Some(Expiry::Never), Overlap::NONE, Run::Real).await.unwrap();
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
    let hidden = value("sync-agent");
    let cut = hidden.expose().replace("tdk_", "tdx_");
    let cases = [
        ("hunter2", "not_found"),
        (cut.as_str(), "not_found"),
        (hidden.expose(), "not_found"),
        ("", "not_found"),
    ];
    for (text, code) in cases {
        let error = ada.lookup(secret(text)).await.unwrap_err();
        assert_eq!(error.code(), code, "{text}");
        assert!(text.is_empty() || !format!("{error} {error:?}").contains(text));
    }
}

#[tokio::test]
async fn a02_all_that_a_text_holds_is_found_and_told_apart() {
    let world = World::example();
    let ada = world.backend("ada");
    ada.regenerate(token(2).into(), Some(Expiry::Never), Overlap::NONE, Run::Real).await.unwrap();
    let (robot, old, hidden) = (value("robot-1"), value("robot-2"), value("sync-agent"));
    let slip = robot.expose().replace("tdk_", "tdx_");
    let text = format!(
        "TOKEN=\"{}\", cut: {}\nBearer {} {}",
        old.expose(),
        value("leaked-key").expose().get(..40).unwrap(),
        hidden.expose(),
        robot.expose(),
    );
    let answer = ada.lookup(secret(&text)).await.unwrap();
    let found: Vec<_> = answer
        .found
        .iter()
        .map(|found| (found.token.token.name.as_str(), found.matched.as_str(), found.replaced))
        .collect();
    let expected = [
        ("robot-2", "replaced value", true),
        ("leaked-key", "GUID of its current value, cut or mistyped", false),
        ("robot-1", "current value", false),
    ];
    assert_eq!(found, expected);
    assert_eq!(
        (answer.token.token.id, answer.matched.as_str()),
        (token(2).into(), "replaced value")
    );
    assert_eq!(answer.elsewhere, 1, "what another account holds is as if nobody did");
    let answer = ada.lookup(secret(&slip)).await.unwrap();
    assert_eq!(answer.matched, "GUID of its current value, cut or mistyped");
    let fill = |bytes: &mut [u8]| -> Result<(), std::convert::Infallible> {
        bytes.fill(7);
        Ok(())
    };
    let forged = tokendeck::domain::TokenValue::generate("tdk", robot.guid(), fill).unwrap();
    let answer = ada.lookup(secret(forged.expose())).await.unwrap();
    assert_eq!(answer.matched, "GUID of its current value, with another secret");
}
