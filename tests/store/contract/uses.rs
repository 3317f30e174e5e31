//! Last uses: apart from changes, in batches that can be followed.

use tokendeck::domain::{
    Change, CredentialChange, EventAction, NewEvent, PreviousValue, Subject, Token, ValueInfo,
};
use tokendeck::store::{CommitError, KeptTime, LastUse, Store, StoreError};

use crate::support::{
    all_tokens, ask, at, change, commit, creation, credential, event, guid, id, token, try_commit,
    used,
};

/// A use of the token as a whole.
fn whole(number: u64, seconds: i64) -> LastUse {
    LastUse { guid: None, ..used(number, seconds) }
}

fn batch(store: &dyn Store) -> u64 {
    ask(store, |state| state.head()).uses
}

pub(crate) fn a_last_use_shows_on_the_token_and_changes_no_version(store: &dyn Store) {
    commit(store, vec![creation(1), creation(2)]);
    let before = ask(store, |state| state.head());
    store.record_uses(&[used(2, 5)]).unwrap();
    let tokens = all_tokens(store);
    assert_eq!((tokens[0].last_used_at, tokens[1].last_used_at), (None, Some(at(5))));
    assert_eq!(tokens[1].value.unwrap().last_used_at, Some(at(5)));
    assert_eq!(tokens[1].version, 1);
    let after = ask(store, |state| state.head());
    assert_eq!((after.sequence, after.at), (before.sequence, before.at));
    assert_eq!(after.uses, before.uses + 1);
}

pub(crate) fn an_earlier_use_does_not_replace_a_later_one(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    store.record_uses(&[used(1, 5), used(1, 3)]).unwrap();
    store.record_uses(&[used(1, 4)]).unwrap();
    assert_eq!(all_tokens(store)[0].last_used_at, Some(at(5)));
}

pub(crate) fn uses_are_followed_by_batch(store: &dyn Store) {
    commit(store, vec![creation(1), creation(2)]);
    store.record_uses(&[used(1, 1), used(2, 1)]).unwrap();
    let seen = batch(store);
    store.record_uses(&[used(2, 2)]).unwrap();
    let later = ask(store, |state| state.uses_after(seen));
    assert_eq!(later, [whole(2, 2), used(2, 2)]);
    let all = ask(store, |state| state.uses_after(0));
    assert_eq!(all, [whole(1, 1), used(1, 1), whole(2, 2), used(2, 2)]);
}

pub(crate) fn a_batch_that_brings_nothing_new_does_not_count(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    store.record_uses(&[used(1, 5)]).unwrap();
    let before = batch(store);
    store.record_uses(&[used(1, 5)]).unwrap();
    store.record_uses(&[]).unwrap();
    assert_eq!(batch(store), before);
}

pub(crate) fn a_use_of_no_token_is_a_fault(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    let answer = store.record_uses(&[used(1, 5), used(404, 5)]);
    assert!(matches!(answer, Err(StoreError::Fault(_))), "{answer:?}");
    assert_eq!(all_tokens(store)[0].last_used_at, None);
}

fn kept(mark: i64, base: Option<i64>) -> KeptTime {
    KeptTime { mark: at(mark), base: base.map(at), signed_in: vec![] }
}

pub(crate) fn the_mark_of_time_is_moved_on_and_never_back(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    let before = ask(store, |state| state.head());
    let mark = |store| ask(store, |state| state.head()).clock_mark;
    assert_eq!(mark(store), before.at, "an event moves it on");
    store.keep_time(&kept(900, None)).unwrap();
    assert_eq!(mark(store), Some(at(900)));
    assert!(ask(store, |state| state.head()).is_state_of(before));
    store.keep_time(&kept(800, Some(900))).unwrap();
    assert_eq!(mark(store), Some(at(900)));
    // An event of a process whose clock is behind does not move it back either.
    commit(store, vec![creation(2)]);
    assert_eq!(mark(store), Some(at(900)));
}

pub(crate) fn a_time_that_is_taken_moves_the_mark_either_way(store: &dyn Store) {
    commit(store, vec![creation(1), creation(2)]);
    store.keep_time(&kept(5_000, None)).unwrap();
    store.record_uses(&[used(1, 5_000), used(2, 50)]).unwrap();
    let batch_before = batch(store);
    let told = NewEvent { at: at(100), ..event(Subject::Store, EventAction::ClockAccepted) };
    commit(store, vec![Change::Clock(at(100), told)]);
    let head = ask(store, |state| state.head());
    assert_eq!((head.at, head.clock_mark), (Some(at(100)), Some(at(100))));
    // Nothing was used in the future, and whoever follows uses hears of that.
    let tokens = all_tokens(store);
    assert_eq!((tokens[0].last_used_at, tokens[1].last_used_at), (Some(at(100)), Some(at(50))));
    assert_eq!(ask(store, |state| state.uses_after(batch_before)), [whole(1, 100), used(1, 100)]);
    // What was gathered before it is not kept after it.
    store.keep_time(&kept(5_100, Some(5_000))).unwrap();
    assert_eq!(ask(store, |state| state.head()).clock_mark, Some(at(100)));
    store.keep_time(&kept(200, Some(100))).unwrap();
    assert_eq!(ask(store, |state| state.head()).clock_mark, Some(at(200)));
    assert_eq!(store.verify_events().unwrap().broken, None);
}

/// The token with value number 2 in force and number 1 passing a while longer.
fn overlapping() -> Change {
    let old = token(1);
    let until = at(3_600);
    let previous = PreviousValue { guid: guid(1), until, last_used_at: None };
    let value = old.value.map(|value| ValueInfo { guid: guid(2), ..value });
    let next = Token { version: 2, value, previous: Some(previous), ..old };
    change(next, CredentialChange::Issue(credential(2)), EventAction::Regenerated)
}

pub(crate) fn a13_each_value_keeps_its_own_last_use(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    store.record_uses(&[used(1, 5)]).unwrap();
    commit(store, vec![overlapping()]);
    let uses = || {
        let token = all_tokens(store).remove(0);
        let of_values = (token.previous.unwrap().last_used_at, token.value.unwrap().last_used_at);
        (of_values, token.last_used_at)
    };
    assert_eq!(uses(), ((Some(at(5)), None), Some(at(5))));
    let seen = batch(store);
    // Both in one batch, and the old one later than the new one.
    let new = LastUse { token: id(1), guid: Some(guid(2)), at: at(7) };
    store.record_uses(&[new, used(1, 9)]).unwrap();
    assert_eq!(uses(), ((Some(at(9)), Some(at(7))), Some(at(9))));
    let mut later = ask(store, |state| state.uses_after(seen));
    later.sort_by_key(|used| (used.guid.is_some(), used.at));
    assert_eq!(later, [whole(1, 9), new, used(1, 9)]);
}

pub(crate) fn a13_a_drawn_value_is_no_ones_until_it_is_adopted(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    commit(store, vec![Change::Draw(id(1), credential(2)), Change::Draw(id(1), credential(3))]);
    assert_eq!(all_tokens(store), [token(1)], "nothing has changed");
    let sealed = |number| {
        let kept = ask(store, |state| state.credential(guid(number))).unwrap();
        (kept.0 == id(1), kept.1.sealed.is_some())
    };
    assert_eq!([sealed(1), sealed(2), sealed(3)], [(true, true); 3]);
    // A GUID that was drawn is given to nobody else.
    let taken = change(token(2), CredentialChange::Issue(credential(2)), EventAction::Created);
    assert!(matches!(try_commit(store, vec![taken]), Err(CommitError::Refused(_))));
    commit(store, vec![Change::Forget(guid(3))]);
    assert_eq!([sealed(2), sealed(3)], [(true, true), (true, false)]);
    let value = token(1).value.map(|value| ValueInfo { guid: guid(2), ..value });
    let next = Token { version: 2, value, ..token(1) };
    let adopted = change(next.clone(), CredentialChange::Adopt(guid(2)), EventAction::Regenerated);
    commit(store, vec![adopted]);
    assert_eq!([sealed(1), sealed(2)], [(true, false), (true, true)], "only the new one is kept");
    assert_eq!(all_tokens(store), std::slice::from_ref(&next));
    let foreign = Token { version: 3, ..next };
    let foreign = change(foreign, CredentialChange::Adopt(guid(9)), EventAction::Regenerated);
    let answer = try_commit(store, vec![foreign]);
    assert!(matches!(answer, Err(CommitError::Store(StoreError::Fault(_)))), "{answer:?}");
}
