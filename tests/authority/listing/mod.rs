//! The listing answers like a naive filter and sort over all tokens, and following
//! the events ends where loading afresh does.

mod memory;
mod random;
mod terms;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::collection::vec;
use proptest::prelude::*;
use tokendeck::domain::query::Bare;
use tokendeck::domain::{
    AccountId, AccountStatus, ModuleId, Operator, Query, Status, Subject, Time, Token, TokenId,
    UserId, Window, name,
};
use tokendeck::search::{Asker, TokenIndex};
use tokendeck::store::StoreState;

use crate::support::now;
use memory::Memory;
use random::{a_query, a_token, catalogue};

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
    let mut memory = Memory::default();
    memory.catalogue = catalogue();
    for token in tokens {
        memory.put(token);
    }
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

        let listing = TokenIndex::load(&memory).unwrap();
        let located = listing.found(&query, asker, Bare::Text).unwrap();
        prop_assert_eq!(&located.iter().map(|(id, _)| *id).collect::<Vec<_>>(), &ids);
        let (offset, limit) = window;
        let found = listing.answer(&query, asker, Window { offset, limit }).unwrap();
        prop_assert_eq!(found.total, ids.len());
        prop_assert_eq!(found.totals.values().sum::<usize>(), ids.len());
        let shown: Vec<_> = ids.iter().skip(offset).take(limit).copied().collect();
        prop_assert_eq!(found.ids, shown);
        for (status, count) in &found.totals {
            let counted = expected.iter().filter(|t| Status::of(t, &memory.catalogue, now()) == *status).count();
            prop_assert_eq!(*count, counted);
        }
        for id in (1..30).map(TokenId::new) {
            let place = ids.iter().position(|found| *found == id);
            prop_assert_eq!(listing.position(&query, asker, id).unwrap(), place);
        }
    }

    #[test]
    fn following_ends_where_loading_afresh_does(
        tokens in vec(a_token(), 0..20),
        rounds in vec((vec(a_token(), 0..6), vec((1_u64..30, 0_i64..9), 0..4), any::<bool>()), 1..5),
        query in a_query(),
    ) {
        let mut memory = filled(tokens);
        let mut listing = TokenIndex::load(&memory).unwrap();
        for (changed, used, renames) in rounds {
            let before = memory.head().unwrap();
            for token in changed {
                memory.put(token);
            }
            for (id, hours) in used {
                memory.use_token(TokenId::new(id), now() + TimeDelta::hours(hours));
            }
            if renames {
                let id = ModuleId::new(1);
                memory.catalogue.modules.get_mut(&id).unwrap().name.push('a');
                memory.record(Subject::Module(id));
                let id = AccountId::new(1);
                let account = memory.catalogue.accounts.get_mut(&id).unwrap();
                account.status = match account.status {
                    AccountStatus::Active => AccountStatus::Disabled,
                    AccountStatus::Disabled => AccountStatus::Active,
                };
                memory.record(Subject::Account(id));
            }
            let moved = memory.head().unwrap() != before;
            prop_assert_eq!(listing.follow(&memory).unwrap(), moved);
            prop_assert!(!listing.follow(&memory).unwrap());
        }
        let fresh = TokenIndex::load(&memory).unwrap();
        prop_assert_eq!(listing.head(), fresh.head());
        prop_assert_eq!(listing.catalogue(), fresh.catalogue());
        for user in 1..5 {
            let operator = operator(&memory, user);
            let asker = Asker { operator: &operator, now: now() };
            for owner in (1..6).map(UserId::new) {
                let owned: Vec<_> = listing.owned_by(owner, &operator).collect();
                prop_assert_eq!(owned, fresh.owned_by(owner, &operator).collect::<Vec<_>>());
            }
            let answer = listing.answer(&query, asker, Window::ALL);
            prop_assert_eq!(answer.unwrap(), fresh.answer(&query, asker, Window::ALL).unwrap());
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
        let mut listing = TokenIndex::load(&filled(new)).unwrap();
        let restored = filled(old);
        prop_assert!(listing.follow(&restored).unwrap());
        let fresh = TokenIndex::load(&restored).unwrap();
        let operator = operator(&restored, 1);
        let asker = Asker { operator: &operator, now: now() };
        let query = Query { sort: vec![], ..Query::default() };
        prop_assert_eq!(
            listing.found(&query, asker, Bare::Text).unwrap(),
            fresh.found(&query, asker, Bare::Text).unwrap()
        );
    }
}

#[test]
fn the_next_change_is_the_first_that_the_operator_would_see() {
    let world = crate::support::World::example();
    let store = world.store();
    let listing = tokendeck::store::read(&store, |state| TokenIndex::load(state)).unwrap();
    let catalogue = listing.catalogue();
    let next = |login: &str| {
        let operator = Operator::of(catalogue.user_by_login(login).unwrap(), None);
        let asker = Asker { operator: &operator, now: now() };
        listing
            .answer(&Query::default(), asker, Window { offset: 0, limit: 1 })
            .unwrap()
            .next_change
    };
    let start_of_summer: Time = "2026-06-01T00:00:00Z".parse().unwrap();
    assert_eq!(next("ada"), Some(start_of_summer));
    assert_eq!(next("max"), None);
    let end_of_carls: Time = "2026-08-11T08:30:00Z".parse().unwrap();
    assert_eq!(next("carl"), Some(end_of_carls));
}
