//! Random tokens and queries over a small catalogue, so that they often meet.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use proptest::collection::btree_set;
use proptest::collection::vec;
use proptest::prelude::*;
use tokendeck::domain::{
    Account, AccountFilter, AccountId, AccountStatus, Catalogue, Column, Direction, Group, GroupId,
    Guid, Level, Module, ModuleId, PreviousValue, Query, Role, Rules, Scope, ScopeId, SortKey,
    Stamp, Status, Time, Token, TokenId, User, UserId, ValueInfo,
};

use crate::support::now;

pub(crate) fn catalogue() -> Catalogue {
    let accounts = [1, 2].map(|id| Account {
        id: AccountId::new(id),
        name: ["Zeta", "Alpha"][usize::try_from(id).unwrap() - 1].to_owned(),
        // A quarter of all random tokens is out of service by it.
        status: if id == 2 { AccountStatus::Disabled } else { AccountStatus::Active },
        endpoint: None,
        rules: Rules { never_forbidden: id == 1, ..Rules::default() },
    });
    let modules = [1, 2, 3].map(|id| Module {
        id: ModuleId::new(id),
        name: format!("module {}", 9 - id),
        accounts: [AccountId::new(1)].into(),
        paths: vec![],
    });
    let scopes = [1, 2].map(|id| Scope {
        id: ScopeId::new(id),
        name: format!("scope {id}"),
        account: AccountId::new(1),
    });
    let group = Group {
        id: GroupId::new(1),
        name: "group".to_owned(),
        account: None,
        access: [(ModuleId::new(3), Level::Full)].into(),
    };
    let users = [(1, Role::Superadmin), (2, Role::Partner), (3, Role::Admin), (4, Role::Member)];
    let users = users.map(|(id, role)| User {
        id: UserId::new(id),
        login: format!("user{id}"),
        name: format!("{} user", ["d", "c", "b", "a"][usize::try_from(id).unwrap() - 1]),
        email: None,
        role,
        manage_tokens: true,
        accounts: [AccountId::new(1)].into(),
        scopes: [ScopeId::new(1)].into(),
        disabled_at: (id == 4).then(now),
    });
    Catalogue {
        accounts: accounts.into_iter().map(|entry| (entry.id, entry)).collect(),
        users: users.into_iter().map(|entry| (entry.id, entry)).collect(),
        modules: modules.into_iter().map(|entry| (entry.id, entry)).collect(),
        scopes: scopes.into_iter().map(|entry| (entry.id, entry)).collect(),
        groups: [(group.id, group)].into(),
        ..Catalogue::default()
    }
}

fn instant() -> impl Strategy<Value = Option<Time>> {
    prop_oneof![
        2 => Just(None),
        3 => (-3_i64..4).prop_map(|days| Some(now() + TimeDelta::days(days))),
    ]
}

fn stamp() -> impl Strategy<Value = Option<Stamp>> {
    let by = proptest::option::of((1_u64..6).prop_map(UserId::new));
    (instant(), by).prop_map(|(at, by)| at.map(|at| Stamp { at, by }))
}

prop_compose! {
    pub(crate) fn a_token()(
        id in 1_u64..30,
        name in "[aAbBéÉ]{1,3}( x)?",
        account in proptest::option::of((1_u64..3).prop_map(AccountId::new)),
        owner in proptest::option::weighted(0.3, (1_u64..5).prop_map(UserId::new)),
        modules in btree_set(1_u64..4, 0..3),
        grouped in any::<bool>(),
        scopes in btree_set((1_u64..3).prop_map(ScopeId::new), 0..3),
        (enabled, accepted, revoked, deleted) in
            (any::<bool>(), any::<bool>(), stamp(), stamp()),
        (ended, gone) in (proptest::bool::weighted(0.2), proptest::bool::weighted(0.2)),
        (valid_from, valid_to, last_used_at) in (instant(), instant(), instant()),
        guid in proptest::option::of(0_u8..8),
        created in stamp(),
    ) -> Token {
        let made = created.unwrap_or(Stamp { at: now(), by: None });
        Token {
            id: TokenId::new(id),
            name,
            description: String::new(),
            account,
            owner,
            access: modules.into_iter().map(|id| (ModuleId::new(id), Level::Read)).collect(),
            groups: grouped.then(|| GroupId::new(1)).into_iter().collect(),
            scopes,
            labels: [].into(),
            enabled,
            valid_from,
            valid_to,
            value: guid.map(|byte| ValueInfo {
                guid: Guid::from_bytes([byte; 16]),
                retained: true,
                issued_at: None,
                last_used_at: None,
            }),
            planned_end: None,
            previous: None,
            created: made,
            updated: made,
            accepted: accepted.then_some(made),
            revoked: revoked.filter(|_| ended),
            deleted: deleted.filter(|_| gone),
            last_used_at,
            version: 1,
        }
    }
}

/// An older value that passes until then.
pub(crate) fn previous(guid: Guid, until: Time) -> PreviousValue {
    PreviousValue { guid, until, last_used_at: None }
}

/// An active token of account 1 without anything else.
pub(crate) fn plain(number: u64) -> Token {
    let made = Stamp { at: now(), by: None };
    Token {
        id: TokenId::new(number),
        name: format!("plain-{number}"),
        description: String::new(),
        account: Some(AccountId::new(1)),
        owner: None,
        access: [(ModuleId::new(1), Level::Read)].into(),
        groups: BTreeSet::new(),
        scopes: BTreeSet::new(),
        enabled: true,
        valid_from: None,
        valid_to: None,
        value: None,
        previous: None,
        created: made,
        updated: made,
        accepted: Some(made),
        revoked: None,
        deleted: None,
        last_used_at: None,
        labels: BTreeMap::new(),
        planned_end: None,
        version: 1,
    }
}

fn sort_key() -> impl Strategy<Value = SortKey> {
    let columns: Vec<Column> = <Column as strum::IntoEnumIterator>::iter().collect();
    let directions = vec![Direction::Ascending, Direction::Descending];
    (proptest::sample::select(columns), proptest::sample::select(directions))
        .prop_map(|(column, direction)| SortKey { column, direction })
}

prop_compose! {
    pub(crate) fn a_query()(
        filter in prop_oneof![4 => Just(String::new()), 1 => Just("-never b".to_owned())],
        search in prop_oneof![5 => Just(String::new()), 1 => "[aBé]|user|1000"],
        text in prop_oneof![3 => Just(String::new()), 1 => "[aBé]( x)?"],
        guid in prop_oneof![5 => Just(String::new()), 1 => Just("0303".to_owned())],
        account in proptest::option::weighted(0.2, 1_u64..3),
        owner in proptest::option::weighted(0.1, (1_u64..5).prop_map(UserId::new)),
        statuses in prop_oneof![
            2 => Just(BTreeSet::new()),
            1 => btree_set(
                proptest::sample::select(
                    <Status as strum::IntoEnumIterator>::iter().collect::<Vec<_>>()), 1..5),
        ],
        modules in prop_oneof![
            3 => Just(BTreeSet::new()),
            1 => btree_set((1_u64..4).prop_map(ModuleId::new), 1..3),
        ],
        scopes in prop_oneof![
            3 => Just(BTreeSet::new()),
            1 => btree_set((1_u64..3).prop_map(ScopeId::new), 1..3),
        ],
        expires_before in proptest::option::weighted(0.2, Just(now())),
        unused_since in proptest::option::weighted(0.2, Just(now())),
        never_used in proptest::bool::weighted(0.1),
        sort in vec(sort_key(), 0..4),
    ) -> Query {
        let account = account.map_or(AccountFilter::Any, |id| AccountFilter::One(AccountId::new(id)));
        Query {
            filter, search, text, guid, account, owner, statuses, modules, scopes,
            expires_before, unused_since, never_used, sort,
        }
    }
}
