//! What comes back is what went in, in the order and the part asked for.

use std::collections::{BTreeMap, BTreeSet};

use tokendeck::domain::{
    Change, CredentialChange, Detail, EventAction, GroupId, Level, ModuleId, NewEvent,
    PreviousValue, ScopeId, Stamp, Status, Subject, Time, Token, ValueInfo, Window, event::Field,
};
use tokendeck::store::{EventFilter, LogOrder, Store};

use crate::support::{
    ACME, ADA, BOREALIS, account, all_tokens, ask, at, change, commit, creation, credential, event,
    guid, id, token,
};

const ALL: EventFilter = EventFilter {
    subject: None,
    by: None,
    actions: BTreeSet::new(),
    since: None,
    until: None,
    after: 0,
    before: None,
};

fn full_token() -> Token {
    Token {
        description: "two\nlines, \"quotes\" and ünïcödé 🗝".to_owned(),
        owner: Some(ADA),
        groups: [GroupId::new(3), GroupId::new(1)].into(),
        scopes: [ScopeId::new(5), ScopeId::new(2)].into(),
        labels: [("team".to_owned(), "pay".to_owned()), ("vault".to_owned(), "ops".to_owned())]
            .into(),
        enabled: false,
        planned_end: Some(at(4)),
        valid_from: Some(at(-5)),
        previous: Some(PreviousValue { guid: guid(77), until: at(3600), last_used_at: None }),
        accepted: Some(Stamp { at: at(1), by: None }),
        revoked: Some(Stamp { at: at(2), by: Some(ADA) }),
        deleted: Some(Stamp { at: at(3), by: None }),
        ..token(1)
    }
}

fn bare_token() -> Token {
    Token {
        account: None,
        access: BTreeMap::new(),
        scopes: BTreeSet::new(),
        valid_to: None,
        value: None,
        accepted: None,
        description: String::new(),
        ..token(2)
    }
}

fn keep(token: Token) -> Change {
    change(token, CredentialChange::Keep, EventAction::Created)
}

pub(crate) fn a_value_comes_back_with_the_time_of_its_issue(store: &dyn Store) {
    let value = token(1).value.map(|value| ValueInfo { issued_at: Some(at(5)), ..value });
    let issued = Token { value, ..token(1) };
    let credential = CredentialChange::Issue(credential(1));
    commit(store, vec![change(issued.clone(), credential, EventAction::Created)]);
    assert_eq!(all_tokens(store), [issued]);
}

pub(crate) fn a_token_comes_back_as_it_went_in(store: &dyn Store) {
    commit(store, vec![keep(full_token()), keep(bare_token())]);
    assert_eq!(all_tokens(store), [full_token(), bare_token()]);
}

pub(crate) fn times_come_back_to_the_millisecond(store: &dyn Store) {
    let instant = Time::from_timestamp_millis(-62_135_596_799_999).unwrap();
    let token = Token { valid_from: Some(instant), ..token(1) };
    commit(store, vec![keep(token.clone())]);
    assert_eq!(all_tokens(store), [token]);
}

pub(crate) fn scan_and_tokens_agree_and_keep_their_orders(store: &dyn Store) {
    // More than one list of ids holds, made out of their order.
    commit(store, (1..=2500).rev().map(creation).collect());
    let scanned = all_tokens(store);
    assert!(scanned.is_sorted_by_key(|token| token.id));
    let mut ids: Vec<_> = scanned.iter().map(|token| token.id).collect();
    ids.reverse();
    ids.insert(1, id(9999));
    let by_id = ask(store, |state| state.tokens(&ids));
    assert!(by_id.iter().eq(scanned.iter().rev()));
    assert_eq!(ask(store, |state| state.tokens(&[])), []);
    assert_eq!(ask(store, |state| state.token(id(9999))), None);
}

pub(crate) fn an_edit_replaces_access_groups_and_scopes(store: &dyn Store) {
    commit(store, vec![keep(token(1)), keep(token(2))]);
    let edited = Token {
        version: 2,
        access: BTreeMap::from([(ModuleId::new(2), Level::Full)]),
        groups: [GroupId::new(8)].into(),
        scopes: BTreeSet::new(),
        ..token(1)
    };
    commit(store, vec![change(edited.clone(), CredentialChange::Keep, EventAction::Edited)]);
    assert_eq!(all_tokens(store), [edited, token(2)]);
}

pub(crate) fn a_name_finds_its_token(store: &dyn Store) {
    commit(store, vec![creation(1), keep(bare_token())]);
    let named = |account, key| ask(store, |state| state.token_named(account, key));
    assert_eq!(named(Some(ACME), "token-1"), Some(id(1)));
    assert_eq!(named(None, "token-2"), Some(id(2)));
    assert_eq!(named(Some(BOREALIS), "token-1"), None);
    assert_eq!(named(None, "token-1"), None);
}

pub(crate) fn events_come_back_in_order_and_in_windows(store: &dyn Store) {
    let details = vec![
        Detail::Changed { field: Field::Name },
        Detail::From { status: Status::Active },
        Detail::OldGuid { guid: guid(1), until: Some(at(5)) },
        Detail::ValidTo { at: None },
    ];
    let told =
        NewEvent { details: details.clone(), ..event(Subject::Store, EventAction::Exported) };
    commit(store, vec![creation(1), creation(2), Change::Record(told)]);
    let read = |order, offset, limit| {
        ask(store, |state| state.events(&ALL, order, Window { offset, limit }))
    };
    let all = read(LogOrder::Ascending, 0, usize::MAX);
    let sequences: Vec<_> = all.iter().map(|event| event.sequence).collect();
    assert_eq!(sequences, [1, 2, 3, 4, 5]);
    assert_eq!(all[4].details, details);
    assert_eq!(all[4].by.system_login.as_deref(), Some("ada"));
    let newest: Vec<_> =
        read(LogOrder::Descending, 1, 2).iter().map(|event| event.sequence).collect();
    assert_eq!(newest, [4, 3]);
    assert_eq!(read(LogOrder::Ascending, 9, 9), []);
}

pub(crate) fn events_are_found_by_subject_user_action_and_time(store: &dyn Store) {
    let late = NewEvent {
        at: at(500),
        by: tokendeck::domain::Actor::default(),
        ..event(Subject::Token(id(1)), EventAction::Accepted)
    };
    commit(store, vec![creation(1), creation(2), Change::Record(late)]);
    let found = |filter: EventFilter| {
        let events = ask(store, |state| state.events(&filter, LogOrder::Ascending, Window::ALL));
        assert_eq!(ask(store, |state| state.count_events(&filter)), events.len());
        events.into_iter().map(|event| event.sequence).collect::<Vec<_>>()
    };
    let subject = Some(Subject::Token(id(1)));
    assert_eq!(found(EventFilter { subject, ..ALL }), [3, 5]);
    assert_eq!(found(EventFilter { subject: Some(Subject::Account(ACME)), ..ALL }), [1]);
    assert_eq!(found(EventFilter { by: Some(ADA), ..ALL }), [1, 2, 3, 4]);
    assert_eq!(found(EventFilter { actions: [EventAction::Accepted].into(), ..ALL }), [5]);
    let several = [EventAction::Accepted, EventAction::Created].into();
    assert_eq!(found(EventFilter { actions: several, ..ALL }), [1, 2, 3, 4, 5]);
    assert_eq!(
        found(EventFilter { actions: [EventAction::Migrated].into(), ..ALL }),
        Vec::<u64>::new()
    );
    assert_eq!(found(EventFilter { since: Some(at(500)), ..ALL }), [5]);
    assert_eq!(found(EventFilter { since: Some(at(501)), ..ALL }), Vec::<u64>::new());
    assert_eq!(found(EventFilter { until: Some(at(500)), ..ALL }), [1, 2, 3, 4], "half open");
    assert_eq!(found(EventFilter { since: Some(at(0)), until: Some(at(501)), ..ALL }).len(), 5);
    assert_eq!(found(EventFilter { after: 3, ..ALL }), [4, 5]);
    assert_eq!(found(EventFilter { after: 1, before: Some(4), ..ALL }), [2, 3]);
    assert_eq!(found(EventFilter { before: Some(u64::MAX), ..ALL }).len(), 5);
    assert_eq!(found(EventFilter { subject, by: Some(ADA), after: 3, ..ALL }), Vec::<u64>::new());
}

pub(crate) fn a_read_sees_one_state_while_others_write(store: &dyn Store) {
    ask(store, |state| {
        let before = state.head()?;
        commit(store, vec![creation(1)]);
        assert_eq!(state.head()?, before);
        assert_eq!(state.token(id(1))?, None);
        Ok(())
    });
    assert!(ask(store, |state| state.token(id(1))).is_some());
}

pub(crate) fn the_head_tells_the_newest_event(store: &dyn Store) {
    let told = NewEvent { at: at(42), ..event(Subject::Store, EventAction::Exported) };
    commit(store, vec![Change::Record(told)]);
    let head = ask(store, |state| state.head());
    assert_eq!((head.sequence, head.at), (3, Some(at(42))));
    commit(store, vec![account(ACME, "Again")]);
    assert_eq!(ask(store, |state| state.head()).at, Some(at(0)));
}
