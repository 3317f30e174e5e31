//! Operator credentials: kept by their hash, revoked once and for good.

use tokendeck::domain::{
    Change, Detail, EventAction, NewEvent, OperatorCredential, Stamp, Subject, UserId, ValueHash,
};
use tokendeck::store::{EventFilter, LogOrder, Store};

use crate::support::{ADA, ask, at, commit, event, guid, try_commit};

fn credential(number: u64) -> OperatorCredential {
    OperatorCredential {
        guid: guid(number),
        user: ADA,
        hash: ValueHash::from_bytes([7; 32]),
        name: Some("the laptop".to_owned()),
        created: Stamp { at: at(5), by: Some(ADA) },
        expires_at: at(900),
        revoked: None,
        last_used_at: None,
    }
}

fn put(credential: OperatorCredential, action: EventAction) -> Change {
    let details = vec![Detail::Credential { guid: credential.guid }];
    let told = NewEvent { details, ..event(Subject::User(ADA), action) };
    Change::OperatorCredential(credential, told)
}

fn plain(credential: &OperatorCredential) -> (String, [u8; 32]) {
    (format!("{credential:?}"), *credential.hash.as_bytes())
}

pub(crate) fn an_operator_credential_comes_back_as_it_went_in(store: &dyn Store) {
    let by_nobody = OperatorCredential { created: Stamp { at: at(4), by: None }, ..credential(2) };
    commit(store, vec![put(credential(1), EventAction::Created)]);
    commit(store, vec![put(by_nobody.clone(), EventAction::Created)]);
    let found = ask(store, |state| state.operator_credential(guid(1))).unwrap();
    assert_eq!(plain(&found), plain(&credential(1)));
    assert!(ask(store, |state| state.operator_credential(guid(3))).is_none());
    let all: Vec<_> = ask(store, |state| state.operator_credentials()).iter().map(plain).collect();
    assert_eq!(all, [plain(&by_nobody), plain(&credential(1))]);
    let filter = EventFilter { subject: Some(Subject::User(ADA)), ..EventFilter::default() };
    let window = tokendeck::domain::Window::ALL;
    let told = ask(store, |state| state.events(&filter, LogOrder::Ascending, window));
    assert_eq!(told[0].details, [Detail::Credential { guid: guid(1) }]);
    assert_eq!(store.verify_events().unwrap().broken, None);
}

pub(crate) fn a_revoked_operator_credential_stays_revoked(store: &dyn Store) {
    commit(store, vec![put(credential(1), EventAction::Created)]);
    let stamp = Stamp { at: at(9), by: Some(ADA) };
    let revoked = OperatorCredential { revoked: Some(stamp), ..credential(1) };
    commit(store, vec![put(revoked.clone(), EventAction::Revoked)]);
    assert!(try_commit(store, vec![put(credential(1), EventAction::Edited)]).is_err());
    let found = ask(store, |state| state.operator_credential(guid(1))).unwrap();
    assert_eq!(plain(&found), plain(&revoked));
}

pub(crate) fn nothing_else_of_an_operator_credential_changes(store: &dyn Store) {
    commit(store, vec![put(credential(1), EventAction::Created)]);
    let other = OperatorCredential {
        user: UserId::new(9),
        hash: ValueHash::from_bytes([8; 32]),
        expires_at: at(9_000),
        ..credential(1)
    };
    commit(store, vec![put(other, EventAction::Edited)]);
    let found = ask(store, |state| state.operator_credential(guid(1))).unwrap();
    assert_eq!(plain(&found), plain(&credential(1)));
}
