//! A clock that is wrong: what a store believes, what it refuses meanwhile, and how it is
//! put right. The clocks are moved by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use tokendeck::authority::{Authority, Caller, Clock, Hand, Trace};
use tokendeck::backend::local::{self, InitKind};
use tokendeck::domain::verify::{Rejection, Request};
use tokendeck::domain::{
    Detail, EntryDraft, EventAction, Expiry, Level, OperatorSecret, Refusal, Role, Settings, Time,
    TokenDraft, TokenId, TokenValue, Verb, Window,
};
use tokendeck::seal;
use tokendeck::store::{self, CommitError, EventFilter, LogOrder, Store};
use tokendeck::wire::{CredentialAsk, EventQuery, Run};

use crate::support::{World, event_at, module, planned};

const YEARS: TimeDelta = TimeDelta::days(1_095);
const HOUR: TimeDelta = TimeDelta::hours(1);

/// A store of real tokens, which keeps a mark.
fn real() -> (World, Time) {
    let world = World::empty();
    local::init(&local::NewPlace::of(&world.path()).unwrap(), InitKind::Normal, "tester").unwrap();
    let mark = world.head().clock_mark.unwrap();
    (world, mark)
}

/// A process that has just started on it.
fn process(world: &World, hand: &Arc<Hand>) -> (Authority, Caller) {
    let store = world.store();
    let slots = store::read(&store, |state| state.key_slots()).unwrap();
    let key = seal::unlock(store.place(), &store.info().id, &slots).unwrap();
    let authority = Authority::new(Arc::new(store), Ok(key), Clock::Hand(Arc::clone(hand)));
    let caller = authority.sign_in("tester", "tester").unwrap();
    (authority, caller)
}

fn started(world: &World, wall: Time) -> (Authority, Caller, Arc<Hand>) {
    let hand = Hand::at(wall);
    let (authority, caller) = process(world, &hand);
    (authority, caller, hand)
}

fn draft(name: &str, valid_to: Option<Time>) -> TokenDraft {
    let settings = Settings {
        name: name.to_owned(),
        access: BTreeMap::from([(module(1), Level::Read)]),
        enabled: true,
        valid_to,
        ..Settings::default()
    };
    let account = Some("ACC-0001-0001".parse().unwrap());
    TokenDraft { account, owner: None, guid: None, settings }
}

fn made(
    (authority, caller): (&Authority, &Caller),
    name: &str,
    valid_to: Option<Time>,
) -> (TokenId, TokenValue) {
    let issued = authority.create(caller, &draft(name, valid_to), Run::Real).unwrap();
    (issued.token.token.id.token().unwrap(), issued.value.unwrap())
}

fn verified(authority: &Authority, value: &TokenValue) -> Result<(), Rejection> {
    let answer = authority.verify(value, &Request::default(), Trace::Kept).unwrap();
    answer.reason.map_or(Ok(()), Err)
}

fn is_jump<T>(answer: &Result<T, CommitError>) -> bool {
    matches!(answer, Err(CommitError::Refused(Refusal::ClockJumped(_))))
}

#[test]
fn d01_a_clock_that_jumped_before_the_start_stops_all_but_the_brake() {
    let (world, mark) = real();
    let (authority, caller, _) = started(&world, mark + HOUR);
    let (first, _) = made((&authority, &caller), "first", None);
    let (second, value) = made((&authority, &caller), "second", Some(mark + TimeDelta::days(30)));
    let (third, lasting) = made((&authority, &caller), "third", None);
    let mark = world.head().clock_mark.unwrap();

    let (authority, caller, hand) = started(&world, mark + YEARS);
    assert!(authority.clock_jump().unwrap().is_some());
    assert!(is_jump(&authority.create(&caller, &draft("late", None), Run::Real)));
    assert!(is_jump(&authority.create(&caller, &draft("late", None), Run::Dry)), "dry runs alike");
    assert!(is_jump(&authority.reveal(&caller, first)), "a reveal is put on record");
    assert!(is_jump(&authority.act(&caller, Verb::Delete, first, None)));
    authority.act(&caller, Verb::Disable, first, None).unwrap();
    assert!(is_jump(&authority.act(&caller, Verb::Enable, first, None)));
    authority.act(&caller, Verb::Revoke, first, None).unwrap();
    let events = authority.events(&caller, &EventQuery::default(), Window { offset: 0, limit: 1 });
    let newest = events.unwrap().events.remove(0).event;
    assert_eq!((newest.action, newest.at), (EventAction::Revoked, mark), "dated by what is known");
    assert_eq!(world.head().clock_mark, Some(mark), "nothing moved the mark");
    // A verdict that holds at both times is said; of another nobody knows.
    assert_eq!(verified(&authority, &lasting), Ok(()));
    assert!(is_jump(&authority.verify(&value, &Request::default(), Trace::Kept)));
    authority.act(&caller, Verb::Revoke, second, None).unwrap();
    assert_eq!(verified(&authority, &value), Err(Rejection::Revoked));
    // Bulk work that brakes is done too, whatever would be tidied up beside it.
    let target = tokendeck::wire::Target::Tokens(vec![third.into()]);
    let plan = planned(&authority, &caller, Verb::Revoke, target);
    let report = authority.run(&caller, &plan).unwrap();
    assert_eq!(report.items[0].outcome, tokendeck::wire::Outcome::Done);
    authority.flush_uses().unwrap();
    assert_eq!(world.head().clock_mark, Some(mark));
    // Once the clock is right, all is as ever.
    hand.set(mark + HOUR);
    assert_eq!(authority.clock_jump().unwrap(), None);
    made((&authority, &caller), "late", None);
}

#[test]
fn d01_a_running_process_believes_a_day_more_than_the_monotonic_clock() {
    let (world, mark) = real();
    let (authority, caller, hand) = started(&world, mark);
    hand.pass(TimeDelta::days(200));
    made((&authority, &caller), "slept", None);
    hand.set(mark + TimeDelta::days(201) + HOUR);
    assert!(is_jump(&authority.create(&caller, &draft("jumped", None), Run::Real)));
    // A process that starts then measures by the mark, which the first has moved.
    let (other, by, _) = started(&world, mark + TimeDelta::days(201) + HOUR);
    made((&other, &by), "started", None);
    made((&authority, &caller), "heeded", None);
}

#[test]
fn d01_running_processes_move_the_mark_on_by_the_hour() {
    let (world, mark) = real();
    let (authority, _, hand) = started(&world, mark);
    hand.pass(TimeDelta::minutes(59));
    authority.move_mark_on(world.head()).unwrap();
    assert_eq!(world.head().clock_mark, Some(mark));
    hand.pass(TimeDelta::minutes(1));
    let before = world.head();
    authority.move_mark_on(before).unwrap();
    assert_eq!(world.head().clock_mark, Some(mark + HOUR));
    assert!(world.head().is_state_of(before), "time that goes by is no news");
    hand.set(mark + YEARS);
    authority.move_mark_on(world.head()).unwrap();
    assert_eq!(world.head().clock_mark, Some(mark + HOUR), "not by a clock that jumped");
}

#[test]
fn d01_a_time_that_was_taken_is_given_up_again_and_what_it_ended_lives() {
    let (world, mark) = real();
    let (authority, caller, hand) = started(&world, mark);
    let end = mark + TimeDelta::days(365);
    let (id, value) = made((&authority, &caller), "yearly", Some(end));
    let (dead, dead_value) = made((&authority, &caller), "dead", Some(end));
    let (used, used_value) = made((&authority, &caller), "lasting", None);
    let ask = CredentialAsk::new(caller.user(), Expiry::Months(3));
    authority.create_credential(&caller, &ask, Run::Real).unwrap();
    // Somebody believes the wrong clock: what ends by that is said before.
    hand.set(mark + YEARS);
    let looked = authority.accept_clock(&caller, None).unwrap();
    assert!(looked.is_needed);
    assert_eq!((looked.tokens_ended, looked.tokens_again), (2, 0));
    assert_eq!(world.head().clock_mark, Some(mark), "a look takes nothing");
    authority.accept_clock(&caller, Some(looked.to)).unwrap();
    assert_eq!(world.head().clock_mark, Some(mark + YEARS));
    assert_eq!(verified(&authority, &value), Err(Rejection::Expired));
    assert_eq!(verified(&authority, &used_value), Ok(()));
    authority.flush_uses().unwrap();
    authority.act(&caller, Verb::Revoke, used, None).unwrap();
    let poisoned = world.head();
    // The clock is right again, and the store is not: time never runs behind its mark.
    hand.set(mark + HOUR);
    let (other, by, _) = started(&world, mark + HOUR);
    assert_eq!(verified(&other, &value), Err(Rejection::Expired));
    let looked = other.accept_clock(&by, None).unwrap();
    assert_eq!((looked.tokens_again, looked.values_again), (2, 2));
    assert_eq!(looked.names_again, ["yearly", "dead"]);
    assert_eq!((looked.credentials_again, looked.tokens_ended), (1, 0));
    let event = looked.event.unwrap();
    assert_eq!((event.sequence, event.at), (poisoned.sequence - 1, mark + YEARS));
    let taken = other.accept_clock(&by, Some(looked.to)).unwrap();
    assert_eq!((taken.from, taken.to), (Some(mark + YEARS), mark + HOUR));
    let head = world.head();
    assert_eq!((head.at, head.clock_mark), (Some(mark + HOUR), Some(mark + HOUR)));
    // Whoever runs on heeds it, and writes nothing of the time that was given up.
    for authority in [&authority, &other] {
        assert_eq!(verified(authority, &value), Ok(()));
        assert_eq!(verified(authority, &used_value), Err(Rejection::Revoked));
    }
    authority.flush_uses().unwrap();
    assert_eq!(world.head().clock_mark, Some(mark + HOUR));
    let shown = other.show(&by, &used.to_string()).unwrap().token;
    assert_eq!(shown.last_used_at, Some(mark + HOUR), "not used years from now");
    assert_eq!(verified(&other, &dead_value), Ok(()));
    other.act(&by, Verb::Revoke, dead, None).unwrap();
    other.act(&by, Verb::Revoke, id, None).unwrap();
    // The chain goes on where times step back, and tells of both.
    let report = world.store().verify_events().unwrap();
    assert_eq!(report.broken, None);
    let filter =
        EventFilter { actions: [EventAction::ClockAccepted].into(), ..EventFilter::default() };
    let store = world.store();
    let told = store::read(&store, |state| state.events(&filter, LogOrder::Ascending, Window::ALL))
        .unwrap();
    let facts: Vec<_> = told.into_iter().flat_map(|event| event.details).collect();
    let (far, near) = (mark + YEARS, mark + HOUR);
    let expected =
        [Detail::Clock { from: Some(mark), to: far }, Detail::Clock { from: Some(far), to: near }];
    assert_eq!(facts, expected);
}

#[test]
fn d01_uses_of_a_time_that_was_given_up_do_not_bring_it_back() {
    let (world, mark) = real();
    let (server, caller, hand) = started(&world, mark);
    let (_, value) = made((&server, &caller), "lasting", None);
    hand.set(mark + YEARS);
    let far = server.accept_clock(&caller, None).unwrap().to;
    server.accept_clock(&caller, Some(far)).unwrap();
    hand.pass(HOUR);
    assert_eq!(verified(&server, &value), Ok(()));
    // Not written yet, and meanwhile another process puts the time right.
    let (other, by, _) = started(&world, mark + HOUR);
    let near = other.accept_clock(&by, None).unwrap().to;
    other.accept_clock(&by, Some(near)).unwrap();
    server.flush_uses().unwrap();
    assert_eq!(world.head().clock_mark, Some(mark + HOUR));
    hand.set(mark + HOUR);
    assert_eq!(verified(&server, &value), Ok(()));
}

#[test]
fn d01_a_store_that_was_poisoned_before_is_mended_by_the_same_verb() {
    let (world, mark) = real();
    let (authority, caller, _) = started(&world, mark);
    let (_, value) = made((&authority, &caller), "yearly", Some(mark + TimeDelta::days(365)));
    event_at(&world, mark + YEARS);
    let (authority, caller, _) = started(&world, mark + HOUR);
    assert_eq!(verified(&authority, &value), Err(Rejection::Expired));
    let looked = authority.accept_clock(&caller, None).unwrap();
    assert_eq!(looked.event.unwrap().sequence, world.head().sequence);
    authority.accept_clock(&caller, Some(looked.to)).unwrap();
    assert_eq!(verified(&authority, &value), Ok(()));
    assert!(!authority.accept_clock(&caller, None).unwrap().is_needed);
    let head = world.head();
    assert!(!authority.accept_clock(&caller, Some(looked.to)).unwrap().is_needed);
    assert_eq!(world.head(), head, "a clock that is believed leaves no trace");
}

#[test]
fn d01_only_a_superadmin_takes_the_time_that_they_saw() {
    let (world, mark) = real();
    let (authority, caller, hand) = started(&world, mark);
    let admin = EntryDraft::User(tokendeck::domain::entry::UserDraft {
        login: "ann".to_owned(),
        name: "Ann".to_owned(),
        email: None,
        role: Role::Admin,
        manage_tokens: false,
        disabled_at: None,
        accounts: ["ACC-0001-0001".parse().unwrap()].into(),
        scopes: [].into(),
    });
    authority.add_entry(&caller, &admin, Run::Real).unwrap();
    let ann = authority.sign_in("ann", "tester").unwrap();
    hand.set(mark + YEARS);
    let head = world.head();
    for seen in [None, Some(mark + YEARS)] {
        let refused = authority.accept_clock(&ann, seen);
        let role = Refusal::NeedsRole { role: "Superadmin" };
        assert!(matches!(refused, Err(CommitError::Refused(why)) if why == role));
    }
    let wrong = authority.accept_clock(&caller, Some(mark + HOUR));
    assert!(matches!(wrong, Err(CommitError::Refused(Refusal::NotConfirmed(_)))));
    assert_eq!(world.head(), head);
}

#[test]
fn d02_what_was_refused_stays_refused_when_the_clock_is_set_back() {
    let (world, mark) = real();
    let (authority, caller, hand) = started(&world, mark);
    let (_, value) = made((&authority, &caller), "short", Some(mark + HOUR));
    hand.pass(HOUR * 2);
    assert_eq!(verified(&authority, &value), Err(Rejection::Expired));
    // At once, before anything is written, and in another process after that.
    hand.set(mark + TimeDelta::minutes(5));
    assert_eq!(verified(&authority, &value), Err(Rejection::Expired));
    let events = world.head().sequence;
    authority.flush_uses().unwrap();
    let head = world.head();
    assert_eq!((head.sequence, head.clock_mark), (events, Some(mark + HOUR * 2)));
    let (other, ..) = started(&world, mark + TimeDelta::minutes(5));
    assert_eq!(verified(&other, &value), Err(Rejection::Expired));
}

#[test]
fn d02_uses_move_the_mark_and_a_trial_does_not() {
    let (world, mark) = real();
    let (authority, caller, hand) = started(&world, mark);
    let (_, lasting) = made((&authority, &caller), "lasting", None);
    hand.pass(HOUR * 2);
    for trace in [Trace::Trial, Trace::None] {
        authority.verify(&lasting, &Request::default(), trace).unwrap();
        authority.flush_uses().unwrap();
        assert_eq!(world.head().clock_mark, Some(mark), "{trace:?} writes nothing");
    }
    assert_eq!(verified(&authority, &lasting), Ok(()));
    authority.flush_uses().unwrap();
    assert_eq!(world.head().clock_mark, Some(mark + HOUR * 2));
}

#[test]
fn d02_an_operator_credential_that_was_refused_stays_so_too() {
    let (world, mark) = real();
    let (authority, caller, hand) = started(&world, mark);
    let ask = CredentialAsk::new(caller.user(), Expiry::At(mark + HOUR));
    let secret = authority.create_credential(&caller, &ask, Run::Real).unwrap().1.unwrap();
    let again = || OperatorSecret::parse(secret.expose()).unwrap();
    hand.pass(HOUR * 2);
    authority.recognise(&again(), Trace::Kept).unwrap_err();
    authority.flush_uses().unwrap();
    let (other, ..) = started(&world, mark);
    other.recognise(&again(), Trace::Kept).unwrap_err();
}

#[test]
fn a36_the_last_use_of_a_credential_is_kept_in_batches_to_the_minute() {
    let (world, mark) = real();
    let (authority, caller, hand) = started(&world, mark);
    let ask = CredentialAsk {
        name: Some("ci-runner".to_owned()),
        ..CredentialAsk::new(caller.user(), Expiry::Months(3))
    };
    let (view, secret) = authority.create_credential(&caller, &ask, Run::Real).unwrap();
    assert_eq!((view.name.as_deref(), view.last_used_at), (Some("ci-runner"), None));
    let secret = secret.unwrap();
    let signs_in = || {
        let again = OperatorSecret::parse(secret.expose()).unwrap();
        authority.recognise(&again, Trace::Kept).unwrap();
    };
    let shown = || authority.credentials(&caller).unwrap()[0].last_used_at;
    let stored = || {
        let store = world.store();
        let all = store::read(&store, |state| state.operator_credentials()).unwrap();
        all[0].last_used_at
    };
    hand.pass(HOUR);
    signs_in();
    assert_eq!((shown(), stored()), (Some(mark + HOUR), None), "shown before it is written");
    let before = world.head();
    authority.flush_uses().unwrap();
    assert_eq!(stored(), Some(mark + HOUR));
    assert!(world.head().is_state_of(before), "no deck asks anew because another did");
    hand.pass(TimeDelta::seconds(59));
    signs_in();
    authority.flush_uses().unwrap();
    assert_eq!(stored(), Some(mark + HOUR));
    hand.pass(TimeDelta::seconds(1));
    signs_in();
    authority.flush_uses().unwrap();
    assert_eq!(stored(), Some(mark + HOUR + TimeDelta::minutes(1)));
    // A refused one is no use.
    authority.revoke_credentials(&caller, caller.user(), None, Run::Real).unwrap();
    hand.pass(HOUR);
    let again = OperatorSecret::parse(secret.expose()).unwrap();
    authority.recognise(&again, Trace::Kept).unwrap_err();
    assert_eq!(shown(), Some(mark + HOUR + TimeDelta::minutes(1)));
}

#[test]
fn a36_a_name_that_gives_a_value_away_is_refused() {
    let (world, mark) = real();
    let (authority, caller, _) = started(&world, mark);
    let (_, value) = made((&authority, &caller), "some", None);
    for name in [value.expose(), "", "a\u{202e}b"] {
        let name = Some(name.to_owned());
        let ask = CredentialAsk { name, ..CredentialAsk::new(caller.user(), Expiry::Months(3)) };
        let refused = authority.create_credential(&caller, &ask, Run::Real);
        assert!(matches!(refused, Err(CommitError::Refused(Refusal::Invalid(_)))));
    }
}
