//! What a gateway is told, and what a use leaves behind.

use tokendeck::authority::Trace;
use tokendeck::backend::Backend;
use tokendeck::domain::verify::{Rejection, Request};
use tokendeck::domain::{
    AccountStatus, Actor, Change, CredentialChange, EventAction, Expiry, Guid, NewEvent, Overlap,
    Status, Subject, TokenChange, TokenValue, Verb, calendar,
};
use tokendeck::store::{CommitError, Store, StoreError};
use tokendeck::wire::Run;

use crate::full::full_after;
use crate::support::{World, draft, module, now, rejection, show, status, token, value};

fn asking(number: u64, method: &str) -> Request {
    Request { module: Some(module(number)), method: method.parse().unwrap() }
}

#[tokio::test]
async fn r134_only_an_active_token_passes() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let cases = [
        ("robot-1", None, ""),
        ("carl-erecording", None, ""),
        ("nightly-export", Some(Rejection::Disabled), "disabled"),
        ("old-report", Some(Rejection::Expired), "expired"),
        ("leaked-key", Some(Rejection::Revoked), "revoked"),
        ("summer-batch", Some(Rejection::Scheduled), "scheduled"),
        ("gone", Some(Rejection::Deleted), "deleted"),
    ];
    for (name, reason, word) in cases {
        let answer = rosa.verify(value(name), Request::default()).await.unwrap();
        assert_eq!(answer.reason, reason, "{name}");
        assert_eq!(answer.accepted, reason.is_none(), "{name}");
        assert_eq!(answer.name.as_deref(), Some(name));
        assert_eq!(answer.reason.map(|reason| reason.to_string()).unwrap_or_default(), word);
    }
}

#[tokio::test]
async fn r029_a_value_reaches_granted_modules_only() {
    let world = World::example();
    let ada = world.backend("ada");
    let cases = [
        ("robot-1", asking(1, "GET"), None),
        ("robot-1", asking(1, "DELETE"), None),
        ("robot-1", asking(3, "GET"), Some(Rejection::NoAccess)),
        ("robot-2", asking(2, "GET"), None),
        ("robot-2", asking(2, "POST"), Some(Rejection::ReadOnly)),
        ("bulk-01", asking(1, "PUT"), Some(Rejection::ReadOnly)),
    ];
    for (name, request, reason) in cases {
        let answer = ada.verify(value(name), request.clone()).await.unwrap();
        assert_eq!(answer.reason, reason, "{name} {request:?}");
    }
}

#[tokio::test]
async fn a_value_nobody_made_is_unknown_and_names_no_token() {
    let world = World::example();
    let ada = world.backend("ada");
    let fill = |bytes: &mut [u8]| -> Result<(), std::convert::Infallible> {
        bytes.fill(7);
        Ok(())
    };
    let guids = [Guid::from_random([1; 16]), value("robot-1").guid()];
    for guid in guids {
        let forged = TokenValue::generate("tdk", guid, fill).unwrap();
        let answer = ada.verify(forged, Request::default()).await.unwrap();
        assert_eq!(answer.reason, Some(Rejection::Unknown));
        assert_eq!((answer.token, answer.name), (None, None));
    }
}

#[tokio::test]
async fn a_replaced_value_is_unknown() {
    let world = World::example();
    let ada = world.backend("ada");
    ada.regenerate(token(1).into(), Some(Expiry::Never), Overlap::NONE, Run::Real).await.unwrap();
    assert_eq!(rejection(&ada, value("robot-1")).await, Some(Rejection::Unknown));
}

#[tokio::test]
async fn a_value_of_a_disabled_account_is_refused() {
    let world = World::example();
    let ada = world.backend("ada");
    world
        .store()
        .commit(&mut |state| {
            let id = "ACC-0001-0001".parse().unwrap();
            let mut account = state.catalogue()?.accounts[&id].clone();
            account.status = AccountStatus::Disabled;
            Ok(vec![Change::Account(account, event(Subject::Account(id), EventAction::Edited))])
        })
        .unwrap();
    assert_eq!(rejection(&ada, value("robot-1")).await, Some(Rejection::AccountDisabled));
}

#[tokio::test]
async fn r135_a_use_is_written_in_time_and_at_close() {
    let world = World::example();
    let ada = world.backend("ada");
    assert_eq!(show(&ada, token(2)).await.token.last_used_at, None);
    let mut changes = ada.changes();
    assert_eq!(rejection(&ada, value("robot-2")).await, None);
    // Whoever looks where it was used sees it at once.
    assert_eq!(show(&ada, token(2)).await.token.last_used_at, Some(now()));
    // The follower writes it without being asked and tells of it.
    changes.changed().await.unwrap();
    let used = show(&ada, token(2)).await.token.last_used_at.unwrap();
    assert_eq!(calendar::minutes(used), "2026-03-10 12:00");
    assert_eq!(rejection(&ada, value("bulk-01")).await, None);
    ada.close().await.unwrap();
    let other = world.backend("vic");
    assert_eq!(show(&other, token(101)).await.token.last_used_at, Some(now()));
    assert_eq!(show(&other, token(101)).await.token.version, 1);
}

#[tokio::test]
async fn a_refused_use_leaves_no_trace() {
    let world = World::example();
    let ada = world.backend("ada");
    let before = (show(&ada, token(3)).await.token, world.head());
    rejection(&ada, value("nightly-export")).await.unwrap();
    ada.verify(value("bulk-02"), asking(4, "GET")).await.unwrap();
    ada.close().await.unwrap();
    assert_eq!((show(&ada, token(3)).await.token, world.head()), before);
    assert_eq!(show(&ada, token(102)).await.token.last_used_at, None);
}

fn event(subject: Subject, action: EventAction) -> NewEvent {
    NewEvent { at: now(), by: Actor::default(), subject, action, details: vec![] }
}

/// Turns a fresh token into an exported one: Pending, with a value.
fn export(world: &World, id: tokendeck::domain::TokenId) -> Result<(), CommitError> {
    world.store().commit(&mut |state| {
        let mut token = state.token(id)?.unwrap();
        token.accepted = None;
        token.version += 1;
        let events = vec![event(Subject::Token(id), EventAction::Exported)];
        let change = TokenChange { token, credential: CredentialChange::Keep, events };
        Ok(vec![Change::Token(Box::new(change))])
    })?;
    Ok(())
}

#[tokio::test]
async fn r126_the_first_use_accepts_an_exported_token() {
    let world = World::example();
    let ada = world.backend("ada");
    let issued = ada.create(draft("exported"), Run::Real).await.unwrap();
    let (id, value) = (issued.token.token.id.token().unwrap(), issued.value.unwrap());
    export(&world, id).unwrap();
    assert_eq!(status(&ada, id).await, Status::Pending);
    let again = TokenValue::parse(value.expose()).unwrap();
    let third = TokenValue::parse(value.expose()).unwrap();
    // A request it may not make accepts nothing.
    let refused = ada.verify(value, asking(4, "GET")).await.unwrap();
    assert_eq!(refused.reason, Some(Rejection::NoAccess));
    assert_eq!(status(&ada, id).await, Status::Pending);
    assert_eq!(rejection(&ada, again).await, None);
    let view = show(&ada, id).await;
    assert_eq!(view.status, Status::Active);
    assert_eq!(view.token.accepted.unwrap().by, None);
    assert_eq!(rejection(&ada, third).await, None);
    assert_eq!(show(&ada, id).await.token.version, view.token.version);
}

#[tokio::test]
async fn an_exported_token_that_was_disabled_is_not_accepted() {
    let world = World::example();
    let ada = world.backend("ada");
    let issued = ada.create(draft("exported"), Run::Real).await.unwrap();
    let id = issued.token.token.id.token().unwrap();
    ada.act(Verb::Disable, id.into(), None).await.unwrap();
    export(&world, id).unwrap();
    assert_eq!(rejection(&ada, issued.value.unwrap()).await, Some(Rejection::Disabled));
    assert_eq!(status(&ada, id).await, Status::Pending);
}

#[tokio::test]
async fn d04_a_full_disk_changes_no_verdict_that_needs_no_writing() {
    let world = World::example();
    let ada = world.backend("ada");
    let issued = ada.create(draft("exported"), Run::Real).await.unwrap();
    export(&world, issued.token.token.id.token().unwrap()).unwrap();
    let full = full_after(&world, 0);
    let verdict = |value: &TokenValue, trace| full.verify(value, &Request::default(), trace);
    assert!(verdict(&value("robot-1"), Trace::Kept).unwrap().accepted);
    assert!(matches!(full.flush_uses(), Err(StoreError::Full(_))));
    assert!(!verdict(&value("leaked-key"), Trace::Kept).unwrap().accepted);
    // It would take the token into service, and that can't be written.
    let exported = issued.value.unwrap();
    let error = verdict(&exported, Trace::Kept).unwrap_err();
    assert!(matches!(error, CommitError::Store(StoreError::FirstUse(_))), "{error}");
    assert!(error.to_string().contains("first use of an exported token"), "{error}");
    assert!(verdict(&exported, Trace::Trial).unwrap().accepted);
    let none = verdict(&exported, Trace::None).unwrap();
    assert_eq!(none.reason, Some(Rejection::Pending));
}
