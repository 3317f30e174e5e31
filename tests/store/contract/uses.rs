//! Last uses: apart from changes, in batches that can be followed.

use tokendeck::domain::{Change, EventAction, NewEvent, Subject};
use tokendeck::store::{Kept, Store, StoreError};

use crate::support::{all_tokens, ask, at, commit, creation, event, id};

fn batch(store: &dyn Store) -> u64 {
    ask(store, |state| state.head()).uses
}

pub(crate) fn a_last_use_shows_on_the_token_and_changes_no_version(store: &dyn Store) {
    commit(store, vec![creation(1), creation(2)]);
    let before = ask(store, |state| state.head());
    store.record_uses(&[(id(2), at(5))]).unwrap();
    let tokens = all_tokens(store);
    assert_eq!((tokens[0].last_used_at, tokens[1].last_used_at), (None, Some(at(5))));
    assert_eq!(tokens[1].version, 1);
    let after = ask(store, |state| state.head());
    assert_eq!((after.sequence, after.at), (before.sequence, before.at));
    assert_eq!(after.uses, before.uses + 1);
}

pub(crate) fn an_earlier_use_does_not_replace_a_later_one(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    store.record_uses(&[(id(1), at(5)), (id(1), at(3))]).unwrap();
    store.record_uses(&[(id(1), at(4))]).unwrap();
    assert_eq!(all_tokens(store)[0].last_used_at, Some(at(5)));
}

pub(crate) fn uses_are_followed_by_batch(store: &dyn Store) {
    commit(store, vec![creation(1), creation(2)]);
    store.record_uses(&[(id(1), at(1)), (id(2), at(1))]).unwrap();
    let seen = batch(store);
    store.record_uses(&[(id(2), at(2))]).unwrap();
    let later = ask(store, |state| state.uses_after(seen));
    assert_eq!(later, [(id(2), at(2))]);
    let all = ask(store, |state| state.uses_after(0));
    assert_eq!(all, [(id(1), at(1)), (id(2), at(2))]);
}

pub(crate) fn a_batch_that_brings_nothing_new_does_not_count(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    store.record_uses(&[(id(1), at(5))]).unwrap();
    let before = batch(store);
    store.record_uses(&[(id(1), at(5))]).unwrap();
    store.record_uses(&[]).unwrap();
    assert_eq!(batch(store), before);
}

pub(crate) fn a_use_of_no_token_is_a_fault(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    let answer = store.record_uses(&[(id(1), at(5)), (id(404), at(5))]);
    assert!(matches!(answer, Err(StoreError::Fault(_))), "{answer:?}");
    assert_eq!(all_tokens(store)[0].last_used_at, None);
}

fn kept(mark: i64, base: Option<i64>) -> Kept {
    Kept { mark: at(mark), base: base.map(at), signed_in: vec![] }
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
    store.record_uses(&[(id(1), at(5_000)), (id(2), at(50))]).unwrap();
    let batch_before = batch(store);
    let told = NewEvent { at: at(100), ..event(Subject::Store, EventAction::ClockAccepted) };
    commit(store, vec![Change::Clock(at(100), told)]);
    let head = ask(store, |state| state.head());
    assert_eq!((head.at, head.clock_mark), (Some(at(100)), Some(at(100))));
    // Nothing was used in the future, and whoever follows uses hears of that.
    let tokens = all_tokens(store);
    assert_eq!((tokens[0].last_used_at, tokens[1].last_used_at), (Some(at(100)), Some(at(50))));
    assert_eq!(ask(store, |state| state.uses_after(batch_before)), [(id(1), at(100))]);
    // What was gathered before it is not kept after it.
    store.keep_time(&kept(5_100, Some(5_000))).unwrap();
    assert_eq!(ask(store, |state| state.head()).clock_mark, Some(at(100)));
    store.keep_time(&kept(200, Some(100))).unwrap();
    assert_eq!(ask(store, |state| state.head()).clock_mark, Some(at(200)));
    assert_eq!(store.verify_events().unwrap().broken, None);
}
