//! What an event tells of a change: the facts before and after, so that the record says by
//! itself who gave what to whom. The facts of a new record tell what it was made with.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue_rules;
use super::event::Field;
use super::{
    AccountId, Change, Detail, EntryDraft, EventAction, GroupId, Level, Login, ModuleId, Name,
    Rules, ScopeId, Settings, Token, draft,
};

/// What changed of a token; of a new one, whose it is and what it may reach. Its first end
/// is told where it is set.
pub fn of_token(before: Option<&Token>, after: &Token) -> Vec<Detail> {
    let Some(before) = before else { return of_new_token(after) };
    let mut facts: Vec<_> =
        draft::changed(before, &Settings::of(after)).into_iter().map(named).collect();
    facts.extend(name((&before.name, &after.name)));
    if before.owner != after.owner {
        facts.push(Detail::Owner { before: before.owner, after: after.owner });
    }
    facts.extend(levels(&before.access, &after.access));
    facts.extend(groups(&before.groups, &after.groups));
    facts.extend(scopes(&before.scopes, &after.scopes));
    if before.enabled != after.enabled {
        facts.push(Detail::Enabled { before: before.enabled, after: after.enabled });
    }
    if before.valid_from != after.valid_from {
        facts.push(Detail::Start { before: before.valid_from, after: after.valid_from });
    }
    if before.valid_to != after.valid_to {
        facts.push(Detail::End { before: before.valid_to, after: after.valid_to });
    }
    facts
}

fn of_new_token(token: &Token) -> Vec<Detail> {
    let mut facts = vec![Detail::Account { account: token.account }];
    if token.owner.is_some() {
        facts.push(Detail::Owner { before: None, after: token.owner });
    }
    facts.extend(levels(&BTreeMap::new(), &token.access));
    facts.extend(groups(&BTreeSet::new(), &token.groups));
    facts.extend(scopes(&BTreeSet::new(), &token.scopes));
    if !token.enabled {
        facts.push(Detail::Enabled { before: true, after: false });
    }
    if token.valid_from.is_some() {
        facts.push(Detail::Start { before: None, after: token.valid_from });
    }
    facts
}

/// What changed of an entry of the catalogue; of a new one, what it was made with. Both
/// drafts are whole: what of them somebody may not know is kept from them later.
pub fn of_entry(before: Option<&EntryDraft>, after: &EntryDraft) -> Vec<Detail> {
    let Some(before) = before else { return of_new_entry(after) };
    let mut facts: Vec<_> =
        catalogue_rules::changed(before, after).into_iter().map(named).collect();
    facts.extend(name((before.name(), after.name())));
    match (before, after) {
        (EntryDraft::Account(was), EntryDraft::Account(is)) => {
            let status = || Detail::AccountStatus { before: Some(was.status), after: is.status };
            facts.extend((was.status != is.status).then(status));
            facts.extend(rules(was.rules, is.rules));
        }
        (EntryDraft::Module(was), EntryDraft::Module(is)) => {
            facts.extend(accounts(&was.accounts, &is.accounts));
            facts.extend(paths(&was.paths, &is.paths));
        }
        (EntryDraft::Group(was), EntryDraft::Group(is)) => {
            facts.extend(levels(&was.access, &is.access));
        }
        (EntryDraft::User(was), EntryDraft::User(is)) => {
            facts.extend(login(Some(&was.login), &is.login));
            if was.role != is.role {
                facts.push(Detail::Role { before: Some(was.role), after: is.role });
            }
            if was.manage_tokens != is.manage_tokens {
                let (before, after) = (was.manage_tokens, is.manage_tokens);
                facts.push(Detail::ManageTokens { before, after });
            }
            facts.extend(accounts(&was.accounts, &is.accounts));
            facts.extend(scopes(&was.scopes, &is.scopes));
        }
        // The account of a scope stays for ever, and drafts of two kinds have nothing to
        // compare.
        (
            EntryDraft::Account(_)
            | EntryDraft::Module(_)
            | EntryDraft::Scope(_)
            | EntryDraft::Group(_)
            | EntryDraft::User(_),
            _,
        ) => {}
    }
    facts
}

fn of_new_entry(entry: &EntryDraft) -> Vec<Detail> {
    let mut facts: Vec<_> = Name::of(entry.name())
        .map(|after| Detail::Name { before: None, after })
        .into_iter()
        .collect();
    match entry {
        EntryDraft::Account(account) => {
            facts.push(Detail::AccountStatus { before: None, after: account.status });
            facts.extend(rules(Rules::default(), account.rules));
        }
        EntryDraft::Module(module) => {
            facts.extend(accounts(&BTreeSet::new(), &module.accounts));
            facts.extend(paths(&[], &module.paths));
        }
        EntryDraft::Scope(scope) => facts.push(Detail::Account { account: Some(scope.account) }),
        EntryDraft::Group(group) => {
            facts.push(Detail::Account { account: group.account });
            facts.extend(levels(&BTreeMap::new(), &group.access));
        }
        EntryDraft::User(user) => {
            facts.extend(login(None, &user.login));
            facts.push(Detail::Role { before: None, after: user.role });
            if user.manage_tokens {
                facts.push(Detail::ManageTokens { before: false, after: true });
            }
            facts.extend(accounts(&BTreeSet::new(), &user.accounts));
            facts.extend(scopes(&BTreeSet::new(), &user.scopes));
        }
    }
    facts
}

/// Tells what entries were made with, where nothing tells it yet.
pub fn tell_new(changes: &mut [Change]) {
    for change in changes {
        let (entry, event) = match change {
            Change::Account(entry, event) => (EntryDraft::Account(entry.draft()), event),
            Change::User(entry, event) => (EntryDraft::User(entry.draft()), event),
            Change::Module(entry, event) => (EntryDraft::Module(entry.draft()), event),
            Change::Scope(entry, event) => (EntryDraft::Scope(entry.draft()), event),
            Change::Group(entry, event) => (EntryDraft::Group(entry.draft()), event),
            Change::Token(_)
            | Change::RemoveUser(..)
            | Change::RemoveModule(..)
            | Change::RemoveScope(..)
            | Change::RemoveGroup(..)
            | Change::Job(_)
            | Change::ReserveTokens(_)
            | Change::Draw(..)
            | Change::Forget(_)
            | Change::OperatorCredential(..)
            | Change::Clock(..)
            | Change::Record(_) => continue,
        };
        if event.action == EventAction::Created && event.details.is_empty() {
            event.details = of_entry(None, &entry);
        }
    }
}

fn named(field: Field) -> Detail {
    Detail::Changed { field }
}

fn name((before, after): (&str, &str)) -> Option<Detail> {
    let after = Name::of(after).filter(|_| before != after)?;
    Some(Detail::Name { before: Name::of(before), after })
}

fn login(before: Option<&str>, after: &str) -> Option<Detail> {
    let after = Login::of(after).filter(|_| before != Some(after))?;
    Some(Detail::Login { before: before.and_then(Login::of), after })
}

/// One fact for each module whose level is another one.
fn levels(before: &BTreeMap<ModuleId, Level>, after: &BTreeMap<ModuleId, Level>) -> Vec<Detail> {
    let modules: BTreeSet<ModuleId> = before.keys().chain(after.keys()).copied().collect();
    let fact = |module: ModuleId| {
        let (before, after) = (before.get(&module).copied(), after.get(&module).copied());
        (before != after).then_some(Detail::Level { module, before, after })
    };
    modules.into_iter().filter_map(fact).collect()
}

fn groups(before: &BTreeSet<GroupId>, after: &BTreeSet<GroupId>) -> Option<Detail> {
    let fact = || Detail::Groups { before: before.clone(), after: after.clone() };
    (before != after).then(fact)
}

fn scopes(before: &BTreeSet<ScopeId>, after: &BTreeSet<ScopeId>) -> Option<Detail> {
    let fact = || Detail::Scopes { before: before.clone(), after: after.clone() };
    (before != after).then(fact)
}

fn accounts(before: &BTreeSet<AccountId>, after: &BTreeSet<AccountId>) -> Option<Detail> {
    let fact = || Detail::Accounts { before: before.clone(), after: after.clone() };
    (before != after).then(fact)
}

fn rules(before: Rules, after: Rules) -> Option<Detail> {
    (before != after).then_some(Detail::Rules { before, after })
}

/// Of path prefixes only how many there are: they are texts.
fn paths(before: &[String], after: &[String]) -> Option<Detail> {
    let count = |paths: &[String]| paths.len() as u64;
    let (before, after) = (count(before), count(after));
    (before != after).then_some(Detail::Paths { before, after })
}

/// The fields whose content a fact tells, so that "changed" by itself need not be said of them.
pub fn tells(fact: &Detail) -> &'static [Field] {
    match fact {
        Detail::Level { .. } => &[Field::Access],
        Detail::Groups { .. } => &[Field::Groups],
        Detail::Scopes { .. } => &[Field::Scopes],
        Detail::Accounts { .. } => &[Field::Accounts],
        Detail::Paths { .. } => &[Field::Paths],
        Detail::Start { .. } => &[Field::ValidFrom],
        Detail::End { .. } | Detail::ValidTo { .. } => &[Field::ValidTo],
        Detail::Account { .. } => &[Field::Account],
        Detail::Owner { .. } => &[Field::Owner],
        Detail::Enabled { .. } => &[Field::Enabled],
        Detail::Role { .. } => &[Field::Role],
        Detail::ManageTokens { .. } => &[Field::ManageTokens],
        Detail::AccountStatus { .. } => &[Field::Status],
        Detail::Rules { .. } => {
            &[Field::LongestDays, Field::NeverForbidden, Field::IdleDays, Field::Breach]
        }
        Detail::Name { .. } => &[Field::Name],
        Detail::Login { .. } => &[Field::Login],
        Detail::Changed { .. }
        | Detail::From { .. }
        | Detail::NewGuid { .. }
        | Detail::Guid { .. }
        | Detail::OldGuid { .. }
        | Detail::User { .. }
        | Detail::Module { .. }
        | Detail::Count { .. }
        | Detail::Credential { .. }
        | Detail::Clock { .. }
        | Detail::Schema { .. }
        | Detail::Reason { .. }
        | Detail::Other(_) => &[],
    }
}
