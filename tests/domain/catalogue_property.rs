//! Whatever users do to users, in any order: nobody comes to hold what nobody who
//! changed them held, and the last Superadmin stays.

use std::collections::BTreeMap;

use proptest::prelude::*;
use strum::IntoEnumIterator;
use tokendeck::domain::catalogue_rules::{
    EntryPlace, check, keep_hidden, known_to, may_add, may_change, may_remove, must_hold_all_of,
    must_hold_what_changes,
};
use tokendeck::domain::entry::UserDraft;
use tokendeck::domain::{
    AccountId, Catalogue, EntryDraft, EntryId, EntryKind, Operator, Role, ScopeId, User, UserId,
};

use super::tokens::{ACME, BOREALIS, HARBOR, NORTH, SOUTH, catalogue, user};

/// One attempt: who, on whom, and what they would make of them.
#[derive(Debug, Clone)]
struct Attempt {
    by: usize,
    on: usize,
    what: What,
    draft: UserDraft,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Add,
    Edit,
    Remove,
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let what = prop_oneof![2 => Just(What::Add), 6 => Just(What::Edit), 1 => Just(What::Remove)];
    let role = proptest::sample::select(Role::iter().collect::<Vec<_>>());
    let accounts = proptest::sample::subsequence(vec![ACME, BOREALIS], 0..=2);
    let scopes = proptest::sample::subsequence(vec![NORTH, SOUTH, HARBOR], 0..=3);
    let rest = (role, accounts, scopes, any::<bool>(), 0..1_000_u32);
    (0..8_usize, 0..8_usize, what, rest).prop_map(|(by, on, what, rest)| {
        let (role, accounts, scopes, manage_tokens, number) = rest;
        let draft = UserDraft {
            login: format!("user-{number}"),
            name: format!("User {number}"),
            email: None,
            role,
            manage_tokens,
            accounts: accounts.into_iter().collect::<std::collections::BTreeSet<AccountId>>(),
            scopes: scopes.into_iter().collect::<std::collections::BTreeSet<ScopeId>>(),
            disabled_at: None,
        };
        Attempt { by, on, what, draft }
    })
}

fn people() -> BTreeMap<UserId, User> {
    let roles =
        [Role::Superadmin, Role::Partner, Role::Admin, Role::Admin, Role::Viewer, Role::Member];
    let mut people = BTreeMap::new();
    for (number, role) in (1..).zip(roles) {
        let id = UserId::new(number);
        let mut person = user(id, &format!("p{number}"), role);
        match number {
            1 => person.accounts.clear(),
            4 => person.scopes = [NORTH].into(),
            5 => {
                person.accounts = [ACME, BOREALIS].into();
                person.scopes = [NORTH, HARBOR].into();
            }
            _ => {}
        }
        people.insert(id, person);
    }
    people
}

/// How high a role stands: who may give it to whom follows from it.
fn height(role: Role) -> u8 {
    match role {
        Role::Superadmin => 4,
        Role::Partner => 3,
        Role::Admin => 2,
        Role::Viewer => 1,
        Role::Member => 0,
    }
}

/// Fails where `after` has what neither they nor whoever changed them had.
fn assert_not_raised(all: &Catalogue, by: &Operator, before: Option<&User>, after: &User) {
    if by.role == Role::Superadmin {
        return;
    }
    let role = before.map_or(0, |user| height(user.role)).max(2);
    assert!(height(after.role) <= role, "{} became {}", after.login, after.role);
    let could = before.is_some_and(|user| user.manage_tokens && user.role.can_manage());
    assert!(!after.manage_tokens || could || by.manage_tokens);
    for account in &after.accounts {
        let had = before.is_some_and(|user| user.accounts.contains(account));
        assert!(had || by.reaches(*account), "{account} was given by {}", by.login);
    }
    for scope in &after.scopes {
        let had = before.is_some_and(|user| user.scopes.contains(scope));
        assert!(had || by.holds(&all.scopes[scope]), "{scope} was given by {}", by.login);
    }
    // Accounts of others are neither given nor taken.
    let foreign = |user: &User| -> Vec<AccountId> {
        user.accounts.iter().copied().filter(|id| !by.reaches(*id)).collect()
    };
    assert_eq!(before.map(foreign).unwrap_or_default(), foreign(after));
}

/// Whether an operator holds everything that a user holds, said anew.
fn holds_all(all: &Catalogue, by: &Operator, user: &User) -> bool {
    by.role == Role::Superadmin
        || (height(user.role) <= height(by.role)
            && user.accounts.iter().all(|id| by.reaches(*id))
            && user.scopes.iter().all(|id| by.holds(&all.scopes[id]))
            && (by.manage_tokens || !Operator::of(user, None).manage_tokens))
}

/// Fails where anything but name and e-mail changed by the hand of somebody who holds
/// less than the user did, or does.
fn assert_held(all: &Catalogue, by: &Operator, before: &User, after: &User) {
    let named = User { name: after.name.clone(), email: after.email.clone(), ..before.clone() };
    let both = [before, after].iter().all(|user| holds_all(all, by, user));
    assert!(named == *after || both, "{} made of {before:?} {after:?}", by.login);
}

/// Makes the attempt as the authority does.
fn make(all: &mut Catalogue, attempt: &Attempt) {
    let ids: Vec<_> = all.users.keys().copied().collect();
    let by = Operator::of(&all.users[&ids[attempt.by % ids.len()]], None);
    let on = ids[attempt.on % ids.len()];
    let known = known_to(&by, all);
    match attempt.what {
        What::Add => {
            let place = EntryPlace { catalogue: &known, operator: &by, before: None };
            let id = UserId::new(ids.iter().map(|id| id.number()).max().unwrap_or_default() + 1);
            let draft = EntryDraft::User(attempt.draft.clone());
            let Ok(()) = may_add(&by, EntryKind::User) else { return };
            let Ok(EntryDraft::User(draft)) = check(&draft, &place) else { return };
            let after = draft.with_id(id);
            assert_not_raised(all, &by, None, &after);
            all.users.insert(id, after);
        }
        What::Edit => {
            let place =
                EntryPlace { catalogue: &known, operator: &by, before: Some(EntryId::User(on)) };
            let draft = EntryDraft::User(attempt.draft.clone());
            let Ok(()) = may_change(&by, &known, EntryId::User(on)) else { return };
            let Ok(draft) = check(&draft, &place) else { return };
            let before = all.users[&on].clone();
            let whole = EntryDraft::User(before.draft());
            let draft = keep_hidden(&draft, &whole, (&by, &known));
            let Ok(()) = must_hold_what_changes(&by, all, (&whole, &draft)) else { return };
            let EntryDraft::User(draft) = draft else { return };
            let after = draft.with_id(on);
            assert_not_raised(all, &by, Some(&before), &after);
            assert_held(all, &by, &before, &after);
            all.users.insert(on, after);
        }
        What::Remove => {
            let Ok(()) = may_remove(&by, &known, EntryId::User(on)) else { return };
            let Ok(()) = must_hold_all_of(&by, all, &all.users[&on]) else { return };
            let gone = all.users.remove(&on).unwrap();
            assert!(holds_all(all, &by, &gone), "{} removed {}", by.login, gone.login);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nobody_is_raised_by_those_who_hold_less_and_the_last_superadmin_stays(
        attempts in proptest::collection::vec(attempt(), 1..60),
    ) {
        let mut all = catalogue();
        all.users = people();
        for attempt in &attempts {
            make(&mut all, attempt);
            prop_assert!(all.users.values().any(|user| user.role == Role::Superadmin));
        }
    }
}
