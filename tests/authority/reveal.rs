//! Showing a value: who may, and that the audit has it first.

use tokendeck::backend::Backend;
use tokendeck::domain::{EventAction, Subject, Verb, Window};
use tokendeck::store::sqlite::{NewStore, SqliteStore};
use tokendeck::store::{CommitError, StoreError};
use tokendeck::wire::{EventQuery, Retention, Run, StoreKind};

use crate::full::full_after;
use crate::support::{World, code, draft, rejection, text, token, value};

#[tokio::test]
async fn r076_the_value_of_an_account_token_can_be_shown() {
    let world = World::example();
    let revealed = world.backend("ada").reveal(token(1).into()).await.unwrap();
    assert_eq!(revealed.token, token(1));
    assert_eq!(revealed.value.expose(), value("robot-1").expose());
}

#[tokio::test]
async fn a_reveal_is_on_record_with_who_did_it() {
    let world = World::example();
    let ada = world.backend("ada");
    let before = world.head().sequence;
    ada.reveal(token(1).into()).await.unwrap();
    assert_eq!(world.head().sequence, before + 1);
    let query =
        EventQuery { subject: Some(Subject::Token(token(1).into())), ..EventQuery::default() };
    let newest = &ada.events(query, Window { offset: 0, limit: 1 }).await.unwrap().events[0];
    assert_eq!(newest.event.action, EventAction::Revealed);
    assert_eq!(newest.by_name.as_deref(), Some("Ada Admin"));
}

#[tokio::test]
async fn a_refused_reveal_is_no_reveal() {
    let world = World::example();
    let before = world.head();
    let cases = [
        ("vic", 1, "Needs the manage_tokens permission"),
        ("ada", 5, "Value no longer exists"),
        ("kim", 10, "The value of a user token is shown only once"),
        ("carl", 10, "Needs the manage_tokens permission"),
        ("kim", 11, "The value of a user token is shown only once"),
        ("ned", 2, "no token 'TKN-1000-0002' here"),
        ("rosa", 9, "Value no longer exists"),
    ];
    for (login, number, reason) in cases {
        let refused = text(world.backend(login).reveal(token(number).into()).await);
        assert_eq!(refused, reason, "{login} {number}");
    }
    assert_eq!(world.head(), before);
}

#[tokio::test]
async fn r065_a_revoked_value_no_longer_exists() {
    let world = World::example();
    let ada = world.backend("ada");
    ada.act(Verb::Revoke, token(1).into(), None).await.unwrap();
    assert_eq!(code(ada.reveal(token(1).into()).await), "value_gone");
}

#[test]
fn a_reveal_that_cannot_be_recorded_shows_nothing() {
    let world = World::example();
    let authority = full_after(&world, 0);
    let ada = authority.sign_in("ada", "tester").unwrap();
    let error = authority.reveal(&ada, token(1)).expect_err("the disk is full");
    assert!(matches!(error, CommitError::Store(StoreError::Full(_))), "{error}");
}

#[tokio::test]
async fn a_store_that_keeps_hashes_only_shows_no_value() {
    let world = World::empty();
    let new = NewStore {
        id: [7; 16],
        kind: StoreKind::Normal,
        prefix: "acme".to_owned(),
        retention: Retention::HashOnly,
        slots: vec![],
    };
    drop(SqliteStore::create(&world.path(), &new).unwrap());
    let backend = world.backend("tester");
    let mut first = draft("first");
    first.settings.scopes.clear();
    let issued = backend.create(first, Run::Real).await.unwrap();
    let value = issued.value.unwrap();
    assert!(value.expose().starts_with("acme_"));
    assert_eq!(code(backend.reveal(issued.token.token.id).await), "not_retained");
    assert_eq!(rejection(&backend, value).await, None);
}
