//! Names beside names: which clash, and which only look the same.

use std::collections::BTreeSet;

use crate::domain::{Catalogue, EntryDraft, EntryId, FieldError, name};

type Named<'c> = Box<dyn Iterator<Item = (EntryId, &'c str)> + 'c>;

/// Names and logins that another entry bears. `own` is the entry itself: what it is
/// called already stays its own, though another should bear it by the rules of today.
pub fn clashes(draft: &EntryDraft, catalogue: &Catalogue, own: Option<EntryId>) -> Vec<FieldError> {
    let before = own.and_then(|id| catalogue.draft(id));
    if before.is_some_and(|before| unique(&before) == unique(draft)) {
        return vec![];
    }
    if !is_borne(draft, catalogue, own) {
        return vec![];
    }
    vec![match draft {
        EntryDraft::User(_) => FieldError::new("login", "Login already in use"),
        EntryDraft::Account(_)
        | EntryDraft::Module(_)
        | EntryDraft::Scope(_)
        | EntryDraft::Group(_) => FieldError::new("name", "Name already in use"),
    }]
}

/// Whether another entry bears the name, or a user's login.
pub fn is_borne(draft: &EntryDraft, catalogue: &Catalogue, own: Option<EntryId>) -> bool {
    let key = name::key(unique(draft));
    beside(draft, catalogue).any(|(id, other)| own != Some(id) && name::key(other) == key)
}

/// Entries of the kind whose names, or logins, look like the draft's and are others.
pub fn look_alikes(
    draft: &EntryDraft,
    catalogue: &Catalogue,
    own: Option<EntryId>,
) -> Vec<(EntryId, String)> {
    let skeleton = |text: &str| (name::skeleton(text), name::key(text));
    let mine: Vec<_> =
        BTreeSet::from([unique(draft), draft.name()]).into_iter().map(skeleton).collect();
    let like = |other: &str| {
        let (looks, key) = skeleton(other);
        mine.iter().any(|(mine, own)| *mine == looks && *own != key)
    };
    let names: Named<'_> = match draft {
        EntryDraft::User(_) => Box::new(
            catalogue.users.values().map(|user| (EntryId::User(user.id), user.name.as_str())),
        ),
        EntryDraft::Account(_)
        | EntryDraft::Module(_)
        | EntryDraft::Scope(_)
        | EntryDraft::Group(_) => Box::new(std::iter::empty()),
    };
    let mut found: Vec<_> = beside(draft, catalogue)
        .chain(names)
        .filter(|(id, other)| own != Some(*id) && like(other))
        .map(|(id, other)| (id, other.to_owned()))
        .collect();
    found.sort();
    found.dedup_by_key(|(id, _)| *id);
    found
}

/// What no two of a kind may have: the login of a user, else the name.
fn unique(draft: &EntryDraft) -> &str {
    match draft {
        EntryDraft::User(user) => &user.login,
        EntryDraft::Account(_)
        | EntryDraft::Module(_)
        | EntryDraft::Scope(_)
        | EntryDraft::Group(_) => draft.name(),
    }
}

/// What the entries are called among which the draft has to have a name of its own.
fn beside<'c>(draft: &EntryDraft, catalogue: &'c Catalogue) -> Named<'c> {
    match draft {
        EntryDraft::Account(_) => {
            Box::new(catalogue.accounts.values().map(|a| (EntryId::Account(a.id), a.name.as_str())))
        }
        EntryDraft::Module(_) => {
            Box::new(catalogue.modules.values().map(|m| (EntryId::Module(m.id), m.name.as_str())))
        }
        EntryDraft::Scope(draft) => Box::new(
            catalogue
                .scopes_of(Some(draft.account))
                .map(|scope| (EntryId::Scope(scope.id), scope.name.as_str())),
        ),
        // A token may carry its account's groups and those of all accounts, so the
        // two share their names.
        EntryDraft::Group(draft) => {
            let account = draft.account;
            Box::new(
                catalogue
                    .groups
                    .values()
                    .filter(move |g| {
                        account.is_none() || g.account.is_none() || g.account == account
                    })
                    .map(|group| (EntryId::Group(group.id), group.name.as_str())),
            )
        }
        EntryDraft::User(_) => {
            Box::new(catalogue.users.values().map(|u| (EntryId::User(u.id), u.login.as_str())))
        }
    }
}
