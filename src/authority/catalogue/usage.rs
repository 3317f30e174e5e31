//! What still uses an entry, in words: nothing that is used can be removed.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    AccountId, Catalogue, EntryId, FieldError, ModuleId, Operator, Refusal, access,
};
use crate::store::StoreState;

use crate::authority::Ruling;
use crate::text::{counted, thousands};

/// Names that are said before the rest is only counted.
const NAMED: usize = 5;

/// Refuses where tokens, groups or users refer to the entry. A scope that only the
/// operator holds is not used: it goes with them.
pub(super) fn must_be_unused(
    state: &dyn StoreState,
    all: &Catalogue,
    operator: &Operator,
    id: EntryId,
) -> Ruling<()> {
    let mut users = Vec::new();
    match state.tokens_using(id)? {
        0 => {}
        using => users.push(counted(using, "token")),
    }
    let (named, unnamed) = match id {
        EntryId::Module(id) => {
            let groups = all.groups.values().filter(|group| group.access.contains_key(&id));
            (named("group", groups.map(|group| group.name.as_str())), None)
        }
        EntryId::Scope(id) => {
            let holders = all.users.values().filter(|user| user.scopes.contains(&id));
            let others = holders.filter(|user| user.id != operator.user);
            let (known, hidden): (Vec<_>, Vec<_>) = others.partition(|user| operator.knows(user));
            (named("user", known.iter().map(|user| user.name.as_str())), unnamed(hidden.len()))
        }
        EntryId::Account(_) | EntryId::Group(_) | EntryId::User(_) => (None, None),
    };
    users.extend(named.into_iter().chain(unnamed));
    if users.is_empty() { Ok(()) } else { Err(Refusal::InUse(users.join(" and ")).into()) }
}

/// Refuses to take a module from accounts with tokens that reach it: they would go on
/// reaching what their account no longer has.
pub(super) fn must_be_unused_in(
    state: &dyn StoreState,
    all: &Catalogue,
    module: ModuleId,
    left: &BTreeSet<AccountId>,
) -> Ruling<()> {
    let mut users: BTreeMap<AccountId, u64> = BTreeMap::new();
    if !left.is_empty() {
        state.scan(&mut |token| {
            let account = token.account.filter(|account| left.contains(account));
            let ended = token.revoked.is_some() || token.deleted.is_some();
            if let (Some(account), false) = (account, ended)
                && access::level_of(&token, module, all).is_some()
            {
                *users.entry(account).or_default() += 1;
            }
        })?;
    }
    if users.is_empty() {
        return Ok(());
    }
    let named = |(account, count): (&AccountId, &u64)| {
        let tokens = if *count == 1 { "token" } else { "tokens" };
        format!("{} {tokens} of {}", thousands(count), all.account_name(Some(*account)))
    };
    let used = users.iter().map(named).collect::<Vec<_>>().join(", ");
    Err(Refusal::Invalid(vec![FieldError::new("accounts", format!("used by {used}"))]).into())
}

/// Users that the operator may not know of: that they are there must be told, as the
/// entry stays for their sake, and no more.
fn unnamed(users: usize) -> Option<String> {
    match users {
        0 => None,
        users => Some(format!("{} you do not see", counted(users, "user"))),
    }
}

/// "groups Order readers, Support"; none where there are none.
fn named<'n>(what: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: Vec<_> = names.collect();
    let said = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => None,
        1 => Some(format!("{what} {said}")),
        many if many > NAMED => Some(format!("{what}s {said} and {} more", many - NAMED)),
        _ => Some(format!("{what}s {said}")),
    }
}
