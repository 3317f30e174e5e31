//! What an edit by somebody who does not see all of an entry makes of it, and in
//! which fields two states of an entry differ.

use crate::domain::event::Field;
use crate::domain::{Catalogue, EntryDraft, Operator, Role};

/// The draft with what the operator can't see of the entry `before` put back, so
/// that an edit neither loses it nor shows it. `known` is what they know.
pub fn keep_hidden(
    draft: &EntryDraft,
    before: &EntryDraft,
    (operator, known): (&Operator, &Catalogue),
) -> EntryDraft {
    let mut merged = draft.clone();
    match (&mut merged, before) {
        (EntryDraft::User(user), EntryDraft::User(before)) => {
            let hidden = before.accounts.iter().filter(|id| !known.accounts.contains_key(id));
            user.accounts.extend(hidden);
            let hidden = before.scopes.iter().filter(|id| !known.scopes.contains_key(id));
            user.scopes.extend(hidden);
        }
        (EntryDraft::Group(group), EntryDraft::Group(before)) => {
            let hidden = before.access.iter().filter(|(id, _)| !known.modules.contains_key(id));
            group.access.extend(hidden);
        }
        (EntryDraft::Module(module), EntryDraft::Module(before))
            if operator.role != Role::Superadmin =>
        {
            let hidden = before.accounts.iter().filter(|id| !known.accounts.contains_key(id));
            module.accounts.extend(hidden);
        }
        _ => {}
    }
    merged
}

/// The fields in which the two differ. Drafts of two kinds differ in none.
pub fn changed(before: &EntryDraft, after: &EntryDraft) -> Vec<Field> {
    let mut pairs = vec![(Field::Name, before.name() != after.name())];
    match (before, after) {
        (EntryDraft::Account(a), EntryDraft::Account(b)) => pairs.extend([
            (Field::Status, a.status != b.status),
            (Field::Endpoint, a.endpoint != b.endpoint),
            (Field::LongestDays, a.rules.longest_days != b.rules.longest_days),
            (Field::NeverForbidden, a.rules.never_forbidden != b.rules.never_forbidden),
            (Field::IdleDays, a.rules.idle_days != b.rules.idle_days),
            (Field::Breach, a.rules.breach != b.rules.breach),
        ]),
        (EntryDraft::Module(a), EntryDraft::Module(b)) => pairs.extend([
            (Field::Accounts, a.accounts != b.accounts),
            (Field::Paths, a.paths != b.paths),
        ]),
        (EntryDraft::Scope(a), EntryDraft::Scope(b)) => {
            pairs.push((Field::Account, a.account != b.account));
        }
        (EntryDraft::Group(a), EntryDraft::Group(b)) => pairs.extend([
            (Field::Account, a.account != b.account),
            (Field::Access, a.access != b.access),
        ]),
        (EntryDraft::User(a), EntryDraft::User(b)) => pairs.extend([
            (Field::Login, a.login != b.login),
            (Field::Email, a.email != b.email),
            (Field::Role, a.role != b.role),
            (Field::ManageTokens, a.manage_tokens != b.manage_tokens),
            (Field::Accounts, a.accounts != b.accounts),
            (Field::Scopes, a.scopes != b.scopes),
        ]),
        _ => return vec![],
    }
    pairs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}
