//! From flags to entries: what is named changes, all else stays.

use std::collections::BTreeSet;

use crate::cli::args::{AccountFields, GroupFields, ModuleFields, RuleDays, UserFields};
use crate::cli::deck::Deck;
use crate::cli::failure::Failure;
use crate::cli::resolve;
use crate::domain::entry::{AccountDraft, GroupDraft, ModuleDraft, UserDraft};
use crate::domain::{AccountId, AccountStatus, Catalogue, Role};

pub(super) fn account(draft: &mut AccountDraft, flags: &AccountFields) {
    if let Some(endpoint) = &flags.endpoint {
        draft.endpoint = Some(endpoint.clone());
    }
    if flags.disabled {
        draft.status = AccountStatus::Disabled;
    }
    let (flags, rules) = (&flags.rules, &mut draft.rules);
    if let Some(RuleDays(days)) = flags.longest_life {
        rules.longest_days = days;
    }
    if flags.never_forbidden || flags.never_allowed {
        rules.never_forbidden = flags.never_forbidden;
    }
    if let Some(RuleDays(days)) = flags.idle {
        rules.idle_days = days;
    }
    rules.breach = flags.breach.unwrap_or(rules.breach);
}

pub(super) fn module(
    draft: &mut ModuleDraft,
    flags: &ModuleFields,
    catalogue: &Catalogue,
) -> Result<(), Failure> {
    draft.accounts.extend(accounts(&flags.account, catalogue)?);
    draft.paths.extend(flags.path.iter().cloned());
    Ok(())
}

/// `MODULE=read`; the last `=` counts, for a name may hold one.
pub(super) fn group(
    draft: &mut GroupDraft,
    flags: &GroupFields,
    catalogue: &Catalogue,
) -> Result<(), Failure> {
    for text in &flags.module {
        let form =
            || Failure::Usage(format!("--module: '{text}' is not MODULE=read, =full or =no"));
        let (module, level) = text.rsplit_once('=').ok_or_else(form)?;
        let module = resolve::module(catalogue, module)?;
        if level.eq_ignore_ascii_case("no") {
            draft.access.remove(&module);
        } else {
            draft.access.insert(module, level.parse().map_err(|_| form())?);
        }
    }
    Ok(())
}

/// A role that can't change tokens loses the permission, unless it is asked for in
/// so many words: then the rules say why not.
pub(super) fn user(
    draft: &mut UserDraft,
    flags: &UserFields,
    catalogue: &Catalogue,
) -> Result<(), Failure> {
    if let Some(name) = &flags.name {
        draft.name.clone_from(name);
    }
    if let Some(email) = &flags.email {
        draft.email = Some(email.clone());
    }
    if let Some(role) = flags.role {
        draft.role = role;
        draft.manage_tokens &= role.can_manage();
    }
    if flags.manage_tokens {
        draft.manage_tokens = true;
    }
    if flags.no_manage_tokens {
        draft.manage_tokens = false;
    }
    draft.accounts.extend(accounts(&flags.account, catalogue)?);
    for text in &flags.scope {
        draft.scopes.insert(resolve::scope(catalogue, None, text)?);
    }
    Ok(())
}

pub(super) fn accounts(
    texts: &[String],
    catalogue: &Catalogue,
) -> Result<BTreeSet<AccountId>, Failure> {
    texts.iter().map(|text| resolve::account(catalogue, text)).collect()
}

/// The account named, or the only one there is.
pub(super) fn own_account(
    deck: &Deck,
    named: Option<&str>,
    catalogue: &Catalogue,
) -> Result<AccountId, Failure> {
    if let Some(text) = named {
        return resolve::account(catalogue, text);
    }
    match deck.operator().accounts_in(catalogue).as_slice() {
        [only] => Ok(only.id),
        several => {
            let choices: Vec<_> = several.iter().map(|account| account.name.as_str()).collect();
            Err(Failure::Usage(format!("name an account with --account: {}", choices.join(", "))))
        }
    }
}

/// Whether a new user of that role gets the permission unasked: whoever has it not
/// can't give it.
pub(super) fn manages_unasked(deck: &Deck, role: Role) -> bool {
    let gives = deck.operator().manage_tokens || deck.operator().role == Role::Superadmin;
    role.can_manage() && gives
}
