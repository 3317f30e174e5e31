//! Handing a token over: to whom, what becomes of its value, and what is recorded.

use std::collections::BTreeSet;

use tokendeck::domain::hand_over::may_receive;
use tokendeck::domain::{
    Action, Catalogue, CredentialChange, Detail, EventAction, HandOver, Overlap, Receiver, Refusal,
    Role, Status, Token, TokenChange, UserId, Verb, lifecycle,
};

use super::people::operator;
use super::tokens::{
    BOREALIS, MAX, NORTH, SOUTH, at, catalogue, credential, days, guid, in_status, now, token, user,
};

const ZOE: UserId = UserId::new(77);

fn with_zoe(change: impl Fn(&mut tokendeck::domain::User)) -> Catalogue {
    let mut all = catalogue();
    let mut zoe = user(ZOE, "Zoe", Role::Member);
    change(&mut zoe);
    all.users.insert(ZOE, zoe);
    all
}

fn refused(token: &Token, to: Receiver, all: &Catalogue) -> String {
    let answer = may_receive(token, to, (&operator(Role::Admin), all));
    answer.map_or_else(|refusal| refusal.to_string(), |()| String::new())
}

fn handed(token: &Token, to: Receiver, value: Option<u8>, overlap: Overlap) -> TokenChange {
    let action = Action::HandOver { to, credential: value.map(credential), overlap };
    lifecycle::decide(token, &action, &operator(Role::Admin), None, now()).unwrap()
}

#[test]
fn a38_the_receiver_is_in_service_belongs_to_the_account_and_holds_every_scope() {
    let both = Token { scopes: BTreeSet::from([NORTH, SOUTH]), ..token() };
    let ask = |all: &Catalogue| refused(&both, Receiver::User(ZOE), all);
    assert_eq!(ask(&with_zoe(|_| {})), "");
    assert_eq!(ask(&catalogue()), "no user 'USR-0000-0077' here");
    assert_eq!(
        ask(&with_zoe(|zoe| zoe.scopes = BTreeSet::from([NORTH]))),
        "Zoe does not hold South plant"
    );
    let off = ask(&with_zoe(|zoe| zoe.disabled_at = Some(now())));
    assert!(off.starts_with("Zoe is disabled"), "{off}");
    // Of another account as well, so that the operator knows of her at all.
    let elsewhere = Token { account: Some(BOREALIS), scopes: BTreeSet::new(), ..token() };
    let root = operator(Role::Superadmin);
    let answer = may_receive(&elsewhere, Receiver::User(ZOE), (&root, &with_zoe(|_| {})));
    assert_eq!(answer.unwrap_err().to_string(), "Zoe is no user of Borealis");
    // One who holds all by role needs none by name.
    let partner = with_zoe(|zoe| (zoe.role, zoe.scopes) = (Role::Partner, BTreeSet::new()));
    assert_eq!(ask(&partner), "");
    let all_accounts = Token { account: None, scopes: BTreeSet::new(), ..token() };
    let answer = may_receive(&all_accounts, Receiver::User(ZOE), (&root, &with_zoe(|_| {})));
    assert!(answer.is_err(), "only a Superadmin belongs to all accounts");
    let chief = with_zoe(|zoe| zoe.role = Role::Superadmin);
    assert_eq!(may_receive(&all_accounts, Receiver::User(ZOE), (&root, &chief)), Ok(()));
}

#[test]
fn a38_whom_one_does_not_know_reads_like_nobody() {
    let all = with_zoe(|zoe| zoe.accounts = BTreeSet::from([BOREALIS]));
    assert_eq!(refused(&token(), Receiver::User(ZOE), &all), "no user 'USR-0000-0077' here");
}

#[test]
fn a38_it_is_with_somebody_else_before() {
    let theirs = Token { owner: Some(MAX), ..token() };
    assert_eq!(refused(&theirs, Receiver::User(MAX), &catalogue()), "It is theirs already");
    assert_eq!(refused(&token(), Receiver::Account, &catalogue()), "It is theirs already");
    assert_eq!(refused(&theirs, Receiver::Account, &catalogue()), "");
}

#[test]
fn a38_the_state_allows_it_as_it_allows_an_edit() {
    for status in Status::told() {
        let allowed = |verb| {
            let root = operator(Role::Superadmin);
            let answer = lifecycle::allowed(verb, &in_status(status), &root, None, now());
            answer.map_err(|refusal| refusal.code())
        };
        assert_eq!(allowed(Verb::HandOver), allowed(Verb::Edit), "{status}");
    }
    let admin = operator(Role::Admin);
    let pending = in_status(Status::Pending);
    let refused = lifecycle::allowed(Verb::HandOver, &pending, &admin, None, now()).unwrap_err();
    assert_eq!(refused.to_string(), "Pending tokens cannot be handed over");
    assert!(matches!(refused, Refusal::WrongStatus { .. }));
}

#[test]
fn a38_giving_erases_what_is_sealed_and_taking_back_restores_nothing() {
    assert!(token().value.unwrap().retained);
    let given = handed(&token(), Receiver::User(MAX), None, Overlap::NONE);
    assert_eq!(given.token.owner, Some(MAX));
    assert!(!given.token.value.unwrap().retained);
    assert!(matches!(given.credential, CredentialChange::Erase));
    assert_eq!(given.token.value.unwrap().guid, guid(1), "its value stays in force");
    assert_eq!(given.events.len(), 1);
    assert_eq!(given.events[0].action, EventAction::HandedOver);
    let owner = Detail::Owner { before: None, after: Some(MAX) };
    assert!(given.events[0].details.contains(&owner), "{:?}", given.events[0].details);

    let back = handed(&given.token, Receiver::Account, None, Overlap::NONE);
    assert_eq!(back.token.owner, None);
    assert!(!back.token.value.unwrap().retained, "nobody can show it again");
    assert!(matches!(back.credential, CredentialChange::Keep));
    let owner = Detail::Owner { before: Some(MAX), after: None };
    assert!(back.events[0].details.contains(&owner));
    assert_eq!(back.token.version, 3);
}

#[test]
fn a38_a_new_value_shuts_out_who_had_the_old_one_at_once_or_after_an_overlap() {
    let mut before = Token { owner: Some(MAX), ..token() };
    before.valid_to = Some(at("2026-09-01T00:00:00Z"));
    let change = handed(&before, Receiver::User(ZOE), Some(7), Overlap::NONE);
    assert_eq!(change.token.value.unwrap().guid, guid(7));
    assert_eq!(change.token.previous, None);
    assert_eq!(change.token.valid_to, before.valid_to, "the grant is no longer than it was");
    let actions: Vec<_> = change.events.iter().map(|event| event.action).collect();
    assert_eq!(actions, [EventAction::HandedOver, EventAction::Regenerated]);
    let change = handed(&before, Receiver::Account, Some(8), Overlap::DAY);
    assert_eq!(change.token.previous.unwrap().until, now() + days(1));
    before.valid_to = Some(now() + days(1));
    let change = handed(&before, Receiver::Account, Some(8), Overlap::WEEK);
    assert_eq!(change.token.previous.unwrap().until, now() + days(1), "no longer than before");
}

#[test]
fn a38_a_value_that_stays_has_no_overlap() {
    let order = |new_value, overlap| HandOver { to: Receiver::Account, new_value, overlap };
    assert_eq!(order(true, Overlap::DAY).check(), Ok(()));
    assert_eq!(order(false, Overlap::NONE).check(), Ok(()));
    assert!(order(false, Overlap::DAY).check().is_err());
    let ask = |text: &str| serde_json::from_str::<HandOver>(text);
    let default = ask(r#"{ "to": "account" }"#).unwrap();
    assert_eq!(default, order(true, Overlap::NONE), "a new value is the default");
    assert!(ask(r#"{ "to": { "user": "USR-0000-0077" }, "more": 1 }"#).is_err());
}
