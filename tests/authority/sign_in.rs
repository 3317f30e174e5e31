//! Operator credentials: who may give one to whom, whom one signs in, and when it
//! does no more.

use std::sync::Arc;

use tokendeck::backend::Backend;
use tokendeck::backend::local::LocalBackend;
use tokendeck::domain::value::OPERATOR_PREFIX;
use tokendeck::domain::{
    EventAction, Expiry, OperatorSecret, Subject, TokenValue, UserId, Verb, Window,
};
use tokendeck::store::{self, Store};
use tokendeck::wire::{CredentialAsk, CredentialState, EventQuery, Run};

use crate::support::{World, change_user, code, now, remove_user, text, token};

const ADA: UserId = UserId::new(1_0003);
const PIA: UserId = UserId::new(1_0002);
const ROSA: UserId = UserId::new(1_0001);
const NED: UserId = UserId::new(1_0004);
const VIC: UserId = UserId::new(1_0006);
const KIM: UserId = UserId::new(2_0009);
const CARL: UserId = UserId::new(2_0001);

const QUARTER: Expiry = Expiry::Months(3);

async fn made(backend: &LocalBackend, user: UserId) -> OperatorSecret {
    backend
        .create_credential(CredentialAsk::new(user, QUARTER), Run::Real)
        .await
        .unwrap()
        .1
        .unwrap()
}

fn again(secret: &OperatorSecret) -> OperatorSecret {
    OperatorSecret::parse(secret.expose()).unwrap()
}

async fn login(backend: &LocalBackend, secret: &OperatorSecret) -> String {
    let signed_in: Arc<LocalBackend> = backend.signed_in_by(again(secret)).await.unwrap();
    signed_in.session().await.unwrap().operator.login
}

#[tokio::test]
async fn a_credential_signs_its_user_in() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let secret = made(&rosa, KIM).await;
    assert!(secret.expose().starts_with("tdo_"), "it says what it is");
    assert_eq!(login(&rosa, &secret).await, "kim");
    let kim = rosa.signed_in_by(again(&secret)).await.unwrap();
    assert_eq!(code(kim.act(Verb::Revoke, token(1).into(), None).await), "not_found");
    kim.act(Verb::Revoke, token(10).into(), None).await.unwrap();
}

#[tokio::test]
async fn who_may_give_a_credential_to_whom_follows_what_they_could_do_themselves() {
    let world = World::example();
    let cases = [
        ("rosa", ROSA, None),
        ("rosa", KIM, None),
        ("pia", ADA, None),
        ("pia", PIA, None),
        ("pia", ROSA, Some("not_found")),
        ("pia", KIM, Some("not_found")),
        ("ada", ADA, None),
        ("ada", NED, None),
        ("ada", VIC, None),
        ("ada", PIA, Some("not_permitted")),
        // Ada holds a scope that ned lacks: her credential would give it to him.
        ("ned", ADA, Some("not_permitted")),
        ("kim", CARL, None),
        ("vic", VIC, None),
        ("vic", ADA, Some("not_permitted")),
        ("carl", CARL, None),
        ("carl", KIM, Some("not_found")),
    ];
    for (who, whom, refused) in cases {
        let backend = world.backend(who);
        let answer = backend.create_credential(CredentialAsk::new(whom, QUARTER), Run::Dry).await;
        assert_eq!(answer.err().map(|error| error.code()), refused, "{who} for {whom}");
    }
}

#[tokio::test]
async fn only_the_hash_is_kept_and_the_audit_has_it_first() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let secret = made(&rosa, KIM).await;
    rosa.close().await.unwrap();
    for file in std::fs::read_dir(world.path().parent().unwrap()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let hidden = secret.expose().split('_').next_back().unwrap().as_bytes();
        assert!(!bytes.windows(hidden.len()).any(|part| part == hidden));
    }
    let query = EventQuery { subject: Some(Subject::User(KIM)), ..EventQuery::default() };
    let newest = &rosa.events(query, Window { offset: 0, limit: 1 }).await.unwrap().events[0];
    assert_eq!(newest.event.action, EventAction::Created);
    assert_eq!(newest.by_name.as_deref(), Some("Rosa Root"));
    assert!(!format!("{secret:?}").contains("tdo_"));
}

#[tokio::test]
async fn a_revoked_credential_signs_nobody_in_any_more() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let (first, second) = (made(&rosa, KIM).await, made(&rosa, KIM).await);
    let ended = rosa.revoke_credentials(KIM, Some(first.guid()), Run::Real).await.unwrap();
    assert_eq!(ended[0].state, CredentialState::Revoked);
    assert_eq!(code(rosa.signed_in_by(again(&first)).await.map(drop)), "not_signed_in");
    assert_eq!(login(&rosa, &second).await, "kim");
    let twice = rosa.revoke_credentials(KIM, Some(first.guid()), Run::Real).await;
    assert_eq!(code(twice), "already_revoked");
    assert_eq!(rosa.revoke_credentials(KIM, None, Run::Real).await.unwrap().len(), 1);
    assert_eq!(code(rosa.signed_in_by(again(&second)).await.map(drop)), "not_signed_in");
    assert_eq!(code(rosa.revoke_credentials(KIM, None, Run::Real).await), "not_found");
}

#[tokio::test]
async fn a_credential_has_an_end() {
    let world = World::example();
    let rosa = world.backend("rosa");
    for expiry in [Expiry::Never, Expiry::Months(13), Expiry::At(now())] {
        assert_eq!(
            code(rosa.create_credential(CredentialAsk::new(KIM, expiry), Run::Dry).await),
            "invalid"
        );
    }
    let secret = made(&rosa, KIM).await;
    let mut later = world.options("rosa");
    later.now = Some("2026-06-10T12:00:00Z".parse().unwrap());
    let later = LocalBackend::open(later).unwrap();
    assert_eq!(code(later.signed_in_by(again(&secret)).await.map(drop)), "not_signed_in");
    assert_eq!(later.credentials().await.unwrap()[0].state, CredentialState::Expired);
}

#[tokio::test]
async fn a_credential_is_worth_what_its_user_is_worth_at_each_call() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let secret = made(&rosa, NED).await;
    let ned = rosa.signed_in_by(again(&secret)).await.unwrap();
    change_user(&world, "ned", |user| user.manage_tokens = false);
    assert_eq!(code(ned.act(Verb::Revoke, token(1).into(), None).await), "not_permitted");
    remove_user(&world, "ned");
    assert_eq!(code(ned.session().await), "unknown_user");
    assert_eq!(code(rosa.signed_in_by(secret).await.map(drop)), "not_signed_in");
}

#[tokio::test]
async fn a_wrong_secret_under_a_known_guid_is_as_unknown_as_any() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let secret = made(&rosa, KIM).await;
    let fill = |bytes: &mut [u8]| tokendeck::seal::random::fill(bytes);
    let forged = OperatorSecret::generate(secret.guid(), fill).unwrap();
    let stranger = OperatorSecret::generate(rosa.propose_guid().await.unwrap(), fill).unwrap();
    let said = text(rosa.signed_in_by(forged).await.map(drop));
    assert_eq!(said, text(rosa.signed_in_by(stranger).await.map(drop)));
    assert!(!said.contains("kim"), "{said}");
}

#[tokio::test]
async fn the_list_shows_whom_one_may_look_after_and_no_secret() {
    let world = World::example();
    let rosa = world.backend("rosa");
    for user in [ADA, NED, KIM] {
        made(&rosa, user).await;
    }
    let logins = async |who: &str| {
        let list = world.backend(who).credentials().await.unwrap();
        list.into_iter().map(|view| view.login).collect::<Vec<_>>()
    };
    assert_eq!(logins("rosa").await.len(), 3);
    assert_eq!(logins("ned").await, ["ned"]);
    assert_eq!(logins("kim").await, ["kim"]);
    assert!(logins("vic").await.is_empty());
    let store = world.store();
    let kept = store::read(&store as &dyn Store, |state| state.operator_credentials()).unwrap();
    assert_eq!(kept.len(), 3);
}

#[test]
fn a_token_value_is_no_operator_credential_and_the_other_way_round() {
    let value = crate::support::value("robot-1");
    assert!(OperatorSecret::parse(value.expose()).is_none());
    let fill = |bytes: &mut [u8]| tokendeck::seal::random::fill(bytes);
    let secret = OperatorSecret::generate(value.guid(), fill).unwrap();
    let cut = &secret.expose()[..secret.expose().len() - 1];
    assert!(OperatorSecret::parse(cut).is_none());
    let as_value = TokenValue::parse(secret.expose()).unwrap();
    assert_ne!(as_value.hash().as_bytes(), secret.hash().as_bytes());
    assert!(tokendeck::domain::value::is_prefix(OPERATOR_PREFIX));
}
