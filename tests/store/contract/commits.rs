//! What a commit does and what it refuses.

use tokendeck::domain::{Change, CredentialChange, EventAction, Refusal, Token, name};
use tokendeck::store::{CommitError, EventFilter, Store, StoreError};

use crate::support::{
    ACME, BOREALIS, all_tokens, ask, change, commit, creation, credential, deletion, event, guid,
    id, revocation, token, try_commit,
};

fn create(mut token: Token, value: u64) -> Change {
    token.value =
        token.value.map(|info| tokendeck::domain::ValueInfo { guid: guid(value), ..info });
    change(token, CredentialChange::Issue(credential(value)), EventAction::Created)
}

fn edit(mut token: Token) -> Change {
    token.version += 1;
    change(token, CredentialChange::Keep, EventAction::Edited)
}

fn assert_refused(answer: Result<tokendeck::store::Commit, CommitError>, message: &str) {
    match answer {
        Err(CommitError::Refused(refusal)) => assert_eq!(refusal.to_string(), message),
        other => panic!("not refused: {other:?}"),
    }
}

fn assert_fault(answer: &Result<tokendeck::store::Commit, CommitError>) {
    assert!(matches!(answer, Err(CommitError::Store(StoreError::Fault(_)))), "{answer:?}");
}

fn events(store: &dyn Store) -> usize {
    ask(store, |state| state.count_events(&EventFilter::default()))
}

pub(crate) fn r136_a_commit_writes_the_changes_and_their_events_together(store: &dyn Store) {
    let before = ask(store, |state| state.head());
    let done = commit(store, vec![creation(1), creation(2)]);
    assert_eq!(done.changes, 2);
    assert_eq!(done.head.sequence, before.sequence + 2);
    assert_eq!(ask(store, |state| state.head()), done.head);
    assert_eq!(all_tokens(store), [token(1), token(2)]);
    assert_eq!(store.verify_events().unwrap().broken, None);
}

pub(crate) fn a_refused_commit_changes_nothing(store: &dyn Store) {
    let before = ask(store, |state| state.head());
    let answer = store.commit(&mut |_| Err(Refusal::AlreadyRevoked.into()));
    assert_refused(answer, "Already revoked");
    assert_eq!(ask(store, |state| state.head()), before);
}

pub(crate) fn one_bad_change_undoes_all_others(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    let before = (ask(store, |state| state.head()), all_tokens(store));
    let renamed = Token { name: "other".to_owned(), ..token(1) };
    let clash = Token { name: "token-3".to_owned(), ..token(4) };
    let changes = vec![edit(renamed), creation(3), create(clash, 4)];
    assert_refused(try_commit(store, changes), "name: Name already in use");
    assert_eq!((ask(store, |state| state.head()), all_tokens(store)), before);
    assert!(ask(store, |state| state.credential(guid(3))).is_none());
}

pub(crate) fn a_change_without_an_event_is_a_fault(store: &dyn Store) {
    let Change::Token(mut silent) = creation(1) else { panic!("a token's change") };
    silent.events.clear();
    assert_fault(&try_commit(store, vec![Change::Token(silent)]));
    assert_eq!(all_tokens(store), []);
}

pub(crate) fn a_commit_without_changes_leaves_the_head_alone(store: &dyn Store) {
    let before = ask(store, |state| state.head());
    assert_eq!(commit(store, vec![]).head, before);
    assert_eq!(ask(store, |state| state.head()), before);
}

pub(crate) fn deciding_reads_the_state_that_is_changed(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    store
        .commit(&mut |state| {
            let found = state.token(id(1))?.unwrap();
            Ok(vec![revocation(found)])
        })
        .unwrap();
    assert!(all_tokens(store)[0].revoked.is_some());
}

pub(crate) fn a_version_must_be_one_more_than_the_stored_one(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    for version in [1, 3, u64::MAX] {
        let stale = Token { version, enabled: false, ..token(1) };
        let change = change(stale, CredentialChange::Keep, EventAction::Disabled);
        assert_fault(&try_commit(store, vec![change]));
    }
    assert_eq!(all_tokens(store), [token(1)]);
}

pub(crate) fn a_new_token_starts_at_version_one(store: &dyn Store) {
    for version in [0, 2] {
        assert_fault(&try_commit(store, vec![create(Token { version, ..token(1) }, 1)]));
    }
    assert_eq!(all_tokens(store), []);
}

pub(crate) fn r090_a_name_is_taken_once_in_an_account_whatever_its_case(store: &dyn Store) {
    commit(store, vec![create(Token { name: "Größe É".to_owned(), ..token(1) }, 1)]);
    // The same letters in the other case, and with a combining accent.
    let same = Token { name: "größe e\u{301}".to_owned(), ..token(2) };
    assert_refused(try_commit(store, vec![create(same, 2)]), "name: Name already in use");
    let elsewhere = Token { name: "größe é".to_owned(), account: Some(BOREALIS), ..token(3) };
    commit(store, vec![create(elsewhere, 3)]);
}

pub(crate) fn all_accounts_share_names_like_an_account(store: &dyn Store) {
    commit(store, vec![create(Token { account: None, ..token(1) }, 1)]);
    let same = Token { account: None, name: "token-1".to_owned(), ..token(2) };
    assert_refused(try_commit(store, vec![create(same, 2)]), "name: Name already in use");
    commit(store, vec![create(Token { name: "token-1".to_owned(), ..token(3) }, 3)]);
}

pub(crate) fn a_deleted_token_gives_its_name_back(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    commit(store, vec![deletion(token(1))]);
    commit(store, vec![create(Token { name: "token-1".to_owned(), ..token(2) }, 2)]);
    let key = name::key("TOKEN-1");
    assert_eq!(ask(store, |state| state.token_named(Some(ACME), &key)), Some(id(2)));
}

pub(crate) fn a_renamed_token_gives_its_old_name_back(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    commit(store, vec![edit(Token { name: "robot".to_owned(), ..token(1) })]);
    assert_eq!(ask(store, |state| state.token_named(Some(ACME), "token-1")), None);
    commit(store, vec![create(Token { name: "token-1".to_owned(), ..token(2) }, 2)]);
    let back = Token { version: 2, ..token(1) };
    assert_refused(try_commit(store, vec![edit(back)]), "name: Name already in use");
}

pub(crate) fn a_guid_is_never_used_twice(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    assert_refused(try_commit(store, vec![create(token(2), 1)]), "guid: GUID already in use");
    let again = Token { version: 2, ..token(1) };
    let issue = change(again, CredentialChange::Issue(credential(1)), EventAction::Regenerated);
    assert_refused(try_commit(store, vec![issue]), "guid: GUID already in use");
}

pub(crate) fn a_guid_stays_taken_after_its_token_is_deleted(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    commit(store, vec![deletion(token(1))]);
    assert_refused(try_commit(store, vec![create(token(2), 1)]), "guid: GUID already in use");
}

pub(crate) fn an_id_is_never_given_twice(store: &dyn Store) {
    let next = |store: &dyn Store| ask(store, |state| state.next_token_id());
    assert_eq!(next(store), id(1));
    commit(store, vec![creation(7)]);
    assert_eq!(next(store), id(8));
    commit(store, vec![deletion(token(7))]);
    assert_eq!(next(store), id(8));
    // A low id that was left out does not turn the count back.
    commit(store, vec![creation(3)]);
    assert_eq!(next(store), id(8));
}

pub(crate) fn ending_a_token_erases_what_is_sealed_and_keeps_the_hash(store: &dyn Store) {
    for (number, end) in [(1, revocation as fn(Token) -> Change), (2, deletion)] {
        commit(store, vec![creation(number)]);
        let (_, before) = ask(store, |state| state.credential(guid(number))).unwrap();
        assert!(before.sealed.is_some());
        commit(store, vec![end(token(number))]);
        let (owner, after) = ask(store, |state| state.credential(guid(number))).unwrap();
        assert_eq!(owner, id(number));
        assert!(after.sealed.is_none());
        assert!(after.hash.matches(&before.hash));
    }
}

pub(crate) fn a_new_value_erases_the_older_one(store: &dyn Store) {
    commit(store, vec![creation(1)]);
    let mut regenerated = Token { version: 2, ..token(1) };
    regenerated.value =
        regenerated.value.map(|info| tokendeck::domain::ValueInfo { guid: guid(9), ..info });
    let issue = CredentialChange::Issue(credential(9));
    commit(store, vec![change(regenerated, issue, EventAction::Regenerated)]);
    let sealed = |number| ask(store, |state| state.credential(guid(number))).unwrap().1.sealed;
    assert_eq!(sealed(1), None);
    assert_eq!(sealed(9), credential(9).sealed);
}

pub(crate) fn thousands_of_changes_fit_in_one_commit(store: &dyn Store) {
    let before = events(store);
    commit(store, (1..=5000).map(creation).collect());
    commit(store, all_tokens(store).into_iter().map(revocation).collect());
    assert_eq!(all_tokens(store).iter().filter(|token| token.revoked.is_some()).count(), 5000);
    assert_eq!(events(store), before + 10_000);
    let record = Change::Record(event(tokendeck::domain::Subject::Store, EventAction::Exported));
    commit(store, vec![record]);
    assert_eq!(store.verify_events().unwrap().broken, None);
}
