//! The listing answers like a naive filter and sort over all tokens, and following
//! the events ends where loading afresh does.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use tokendeck::domain::{
    Account, AccountFilter, AccountId, AccountStatus, Actor, Catalogue, Column, Credential,
    Direction, Event, EventAction, Group, GroupId, Guid, Level, Module, ModuleId, Operator, Query,
    Role, Scope, ScopeId, SortKey, Stamp, Status, Subject, Time, Token, TokenId, User, UserId,
    ValueInfo, Window, name,
};
use tokendeck::search::{Asker, Listing};
use tokendeck::store::{EventFilter, Head, KeySlot, Order, Read, StoreError};

use crate::support::now;

/// A store in memory, as far as a listing reads it.
#[derive(Default)]
struct Memory {
    catalogue: Catalogue,
    tokens: BTreeMap<TokenId, Token>,
    events: Vec<Event>,
    uses: Vec<(TokenId, Time)>,
}

impl Memory {
    fn record(&mut self, subject: Subject) {
        self.events.push(Event {
            sequence: self.events.len() as u64 + 1,
            at: now(),
            by: Actor::default(),
            subject,
            action: EventAction::Edited,
            details: vec![],
        });
    }

    fn put(&mut self, token: Token) {
        self.record(Subject::Token(token.id));
        self.tokens.insert(token.id, token);
    }

    fn use_token(&mut self, id: TokenId, at: Time) {
        if let Some(token) = self.tokens.get_mut(&id) {
            token.last_used_at = token.last_used_at.max(Some(at));
            self.uses.push((id, at));
        }
    }
}

impl Read for Memory {
    fn head(&self) -> Result<Head, StoreError> {
        let (sequence, uses) = (self.events.len() as u64, self.uses.len() as u64);
        Ok(Head { sequence, at: self.events.last().map(|event| event.at), uses })
    }

    fn catalogue(&self) -> Result<Catalogue, StoreError> {
        Ok(self.catalogue.clone())
    }

    fn tokens(&self, ids: &[TokenId]) -> Result<Vec<Token>, StoreError> {
        Ok(ids.iter().filter_map(|id| self.tokens.get(id).cloned()).collect())
    }

    fn scan(&self, visit: &mut dyn FnMut(Token)) -> Result<(), StoreError> {
        self.tokens.values().cloned().for_each(visit);
        Ok(())
    }

    fn credential(&self, _: Guid) -> Result<Option<(TokenId, Credential)>, StoreError> {
        Ok(None)
    }

    fn token_named(&self, _: Option<AccountId>, _: &str) -> Result<Option<TokenId>, StoreError> {
        Ok(None)
    }

    fn next_token_id(&self) -> Result<TokenId, StoreError> {
        Ok(TokenId::new(1))
    }

    fn events(
        &self,
        filter: &EventFilter,
        _: Order,
        window: Window,
    ) -> Result<Vec<Event>, StoreError> {
        let later = self.events.iter().filter(|event| event.sequence > filter.after);
        Ok(later.skip(window.offset).take(window.limit).cloned().collect())
    }

    fn count_events(&self, _: &EventFilter) -> Result<usize, StoreError> {
        Ok(self.events.len())
    }

    fn uses_after(&self, batch: u64) -> Result<Vec<(TokenId, Time)>, StoreError> {
        Ok(self.uses.iter().skip(usize::try_from(batch).unwrap()).copied().collect())
    }

    fn key_slots(&self) -> Result<Vec<KeySlot>, StoreError> {
        Ok(vec![])
    }
}

fn catalogue() -> Catalogue {
    let accounts = [1, 2].map(|id| Account {
        id: AccountId::new(id),
        name: ["Zeta", "Alpha"][usize::try_from(id).unwrap() - 1].to_owned(),
        status: AccountStatus::Active,
        endpoint: None,
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
    });
    Catalogue {
        accounts: accounts.into_iter().map(|entry| (entry.id, entry)).collect(),
        users: users.into_iter().map(|entry| (entry.id, entry)).collect(),
        modules: modules.into_iter().map(|entry| (entry.id, entry)).collect(),
        scopes: scopes.into_iter().map(|entry| (entry.id, entry)).collect(),
        groups: [(group.id, group)].into(),
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
    fn a_token()(
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
            enabled,
            valid_from,
            valid_to,
            value: guid.map(|byte| ValueInfo { guid: Guid::from_bytes([byte; 16]), retained: true }),
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

fn sort_key() -> impl Strategy<Value = SortKey> {
    let columns: Vec<Column> = <Column as strum::IntoEnumIterator>::iter().collect();
    let directions = vec![Direction::Ascending, Direction::Descending];
    (proptest::sample::select(columns), proptest::sample::select(directions))
        .prop_map(|(column, direction)| SortKey { column, direction })
}

prop_compose! {
    fn a_query()(
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
            text, guid, account, owner, statuses, modules, scopes,
            expires_before, unused_since, never_used, sort,
        }
    }
}

fn operator(memory: &Memory, user: u64) -> Operator {
    Operator::of(&memory.catalogue.users[&UserId::new(user)], None)
}

fn naive<'m>(memory: &'m Memory, query: &Query, operator: &Operator) -> Vec<&'m Token> {
    let mut tokens: Vec<_> = memory
        .tokens
        .values()
        .filter(|token| operator.sees(token) && query.matches(token, &memory.catalogue, now()))
        .collect();
    tokens.sort_by(|a, b| query.compare(a, b, &memory.catalogue, now()));
    tokens
}

fn filled(tokens: Vec<Token>) -> Memory {
    let mut memory = Memory { catalogue: catalogue(), ..Memory::default() };
    tokens.into_iter().for_each(|token| memory.put(token));
    memory
}

proptest! {
    #[test]
    fn answers_equal_a_naive_filter_and_sort(
        tokens in vec(a_token(), 0..40),
        query in a_query(),
        user in 1_u64..5,
        window in (0_usize..10, 0_usize..10),
    ) {
        let memory = filled(tokens);
        let operator = operator(&memory, user);
        let asker = Asker { operator: &operator, now: now() };
        let expected = naive(&memory, &query, &operator);
        let ids: Vec<_> = expected.iter().map(|token| token.id).collect();

        let listing = Listing::load(&memory).unwrap();
        prop_assert_eq!(&listing.found(&query, asker), &ids);
        let (offset, limit) = window;
        let found = listing.answer(&query, asker, Window { offset, limit });
        prop_assert_eq!(found.total, ids.len());
        prop_assert_eq!(found.totals.values().sum::<usize>(), ids.len());
        let shown: Vec<_> = ids.iter().skip(offset).take(limit).copied().collect();
        prop_assert_eq!(found.ids, shown);
        for (status, count) in &found.totals {
            let counted = expected.iter().filter(|t| Status::of(t, now()) == *status).count();
            prop_assert_eq!(*count, counted);
        }
        for id in (1..30).map(TokenId::new) {
            let place = ids.iter().position(|found| *found == id);
            prop_assert_eq!(listing.position(&query, asker, id), place);
        }
    }

    #[test]
    fn following_ends_where_loading_afresh_does(
        tokens in vec(a_token(), 0..20),
        rounds in vec((vec(a_token(), 0..6), vec((1_u64..30, 0_i64..9), 0..4), any::<bool>()), 1..5),
        query in a_query(),
    ) {
        let mut memory = filled(tokens);
        let mut listing = Listing::load(&memory).unwrap();
        for (changed, used, renames) in rounds {
            let before = memory.head().unwrap();
            changed.into_iter().for_each(|token| memory.put(token));
            for (id, hours) in used {
                memory.use_token(TokenId::new(id), now() + TimeDelta::hours(hours));
            }
            if renames {
                let id = ModuleId::new(1);
                memory.catalogue.modules.get_mut(&id).unwrap().name.push('a');
                memory.record(Subject::Module(id));
            }
            let moved = memory.head().unwrap() != before;
            prop_assert_eq!(listing.follow(&memory).unwrap(), moved);
            prop_assert!(!listing.follow(&memory).unwrap());
        }
        let fresh = Listing::load(&memory).unwrap();
        prop_assert_eq!(listing.head(), fresh.head());
        prop_assert_eq!(listing.catalogue(), fresh.catalogue());
        for user in 1..5 {
            let operator = operator(&memory, user);
            let asker = Asker { operator: &operator, now: now() };
            let answer = listing.answer(&query, asker, Window::ALL);
            prop_assert_eq!(answer, fresh.answer(&query, asker, Window::ALL));
            for token in memory.tokens.values() {
                let named: BTreeSet<_> = listing.named(&operator, &token.name).into_iter().collect();
                let key = name::key(&token.name);
                let expected: BTreeSet<_> = memory.tokens.values()
                    .filter(|t| t.deleted.is_none() && operator.sees(t) && name::key(&t.name) == key)
                    .map(|t| t.id).collect();
                prop_assert_eq!(named, expected);
                prop_assert_eq!(listing.sees(&operator, token.id), operator.sees(token));
                prop_assert_eq!(listing.name(token.id), Some(token.name.as_str()));
            }
        }
    }

    #[test]
    fn a_store_put_back_from_a_backup_is_loaded_afresh(
        old in vec(a_token(), 0..10),
        new in vec(a_token(), 11..20),
    ) {
        let mut listing = Listing::load(&filled(new)).unwrap();
        let restored = filled(old);
        prop_assert!(listing.follow(&restored).unwrap());
        let fresh = Listing::load(&restored).unwrap();
        let operator = operator(&restored, 1);
        let asker = Asker { operator: &operator, now: now() };
        let query = Query { sort: vec![], ..Query::default() };
        prop_assert_eq!(listing.found(&query, asker), fresh.found(&query, asker));
    }
}

#[test]
fn the_next_change_is_the_first_that_the_operator_would_see() {
    let world = crate::support::World::example();
    let store = world.store();
    let listing = tokendeck::store::read(&store, |state| Listing::load(state)).unwrap();
    let catalogue = listing.catalogue();
    let next = |login: &str| {
        let operator = Operator::of(catalogue.user_by_login(login).unwrap(), None);
        let asker = Asker { operator: &operator, now: now() };
        listing.answer(&Query::default(), asker, Window { offset: 0, limit: 1 }).next_change
    };
    let start_of_summer: Time = "2026-06-01T00:00:00Z".parse().unwrap();
    assert_eq!(next("ada"), Some(start_of_summer));
    assert_eq!(next("max"), None);
    let end_of_carls: Time = "2026-08-11T08:30:00Z".parse().unwrap();
    assert_eq!(next("carl"), Some(end_of_carls));
}
