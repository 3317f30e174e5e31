//! Showing a value: who may, and that the audit has it first.

use std::sync::Arc;

use tokendeck::authority::{Authority, Clock};
use tokendeck::backend::Backend;
use tokendeck::domain::{EventAction, Subject, Time, TokenId, Verb, Window};
use tokendeck::seal;
use tokendeck::store::sqlite::SqliteStore;
use tokendeck::store::{
    self, ChainReport, Commit, CommitError, Decide, Finding, Read, Store, StoreError, StoreInfo,
};
use tokendeck::wire::EventQuery;

use crate::support::{World, code, now, text, token, value};

#[tokio::test]
async fn r076_the_value_of_an_account_token_can_be_shown() {
    let world = World::example();
    let revealed = world.backend("ada").reveal(token(1)).await.unwrap();
    assert_eq!(revealed.token, token(1));
    assert_eq!(revealed.value.expose(), value("robot-1").expose());
}

#[tokio::test]
async fn a_reveal_is_on_record_with_who_did_it() {
    let world = World::example();
    let ada = world.backend("ada");
    let before = world.head().sequence;
    ada.reveal(token(1)).await.unwrap();
    assert_eq!(world.head().sequence, before + 1);
    let query = EventQuery { subject: Some(Subject::Token(token(1))), ..EventQuery::default() };
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
        let refused = text(world.backend(login).reveal(token(number)).await);
        assert_eq!(refused, reason, "{login} {number}");
    }
    assert_eq!(world.head(), before);
}

#[tokio::test]
async fn r065_a_revoked_value_no_longer_exists() {
    let world = World::example();
    let ada = world.backend("ada");
    ada.act(Verb::Revoke, token(1), None).await.unwrap();
    assert_eq!(code(ada.reveal(token(1)).await), "value_gone");
}

/// A store whose every commit fails at the last moment.
struct Full(SqliteStore);

impl Store for Full {
    fn info(&self) -> &StoreInfo {
        self.0.info()
    }

    fn read(
        &self,
        visit: &mut dyn FnMut(&dyn Read) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.0.read(visit)
    }

    fn commit(&self, decide: &mut Decide<'_>) -> Result<Commit, CommitError> {
        self.0.read(&mut |state| {
            decide(state).map(drop).map_err(|error| match error {
                CommitError::Store(error) => error,
                CommitError::Refused(refusal) => StoreError::Fault(refusal.to_string()),
            })
        })?;
        Err(StoreError::Full(self.info().place.clone().into()).into())
    }

    fn record_uses(&self, uses: &[(TokenId, Time)]) -> Result<(), StoreError> {
        self.0.record_uses(uses)
    }

    fn verify_events(&self) -> Result<ChainReport, StoreError> {
        self.0.verify_events()
    }

    fn check(&self) -> Result<Vec<Finding>, StoreError> {
        self.0.check()
    }
}

#[test]
fn a_reveal_that_cannot_be_recorded_shows_nothing() {
    let world = World::example();
    let store = world.store();
    let slots = store::read(&store, |state| state.key_slots()).unwrap();
    let key = seal::unlock(&world.path(), &store.info().id, &slots).unwrap();
    let authority = Authority::open(Arc::new(Full(store)), Ok(key), Clock::Frozen(now())).unwrap();
    let ada = authority.sign_in("ada", "tester").unwrap();
    let error = authority.reveal(&ada, token(1)).expect_err("the disk is full");
    assert!(matches!(error, CommitError::Store(StoreError::Full(_))), "{error}");
}
