//! Names beside names: which clash, and which only look the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Catalogue, EntryDraft, EntryId, EntryKind, FieldError, name};

/// Entries of some kinds by what they are called, for whoever asks of many: each is then
/// held against the few that it may clash with, and not against all.
#[derive(Debug, Default)]
pub struct NameIndex {
    keys: BTreeMap<(EntryKind, String), BTreeSet<EntryId>>,
    looks: BTreeMap<(EntryKind, String), BTreeSet<EntryId>>,
}

impl NameIndex {
    /// All that are called something in a catalogue.
    pub fn of(catalogue: &Catalogue, kinds: impl IntoIterator<Item = EntryKind>) -> Self {
        let mut index = Self::default();
        for id in kinds.into_iter().flat_map(|kind| catalogue.ids(kind)) {
            if let Some(draft) = catalogue.draft(id) {
                index.put(id, None, &draft);
            }
        }
        index
    }

    /// An entry is called what its draft says; `before` is what it was.
    pub fn put(&mut self, id: EntryId, before: Option<&EntryDraft>, draft: &EntryDraft) {
        let kind = id.kind();
        if let Some(before) = before.filter(|before| names(before) != names(draft)) {
            let key = (kind, name::key(unique(before)));
            self.keys.entry(key).or_default().remove(&id);
            for text in names(before) {
                self.looks.entry((kind, name::skeleton(text))).or_default().remove(&id);
            }
        }
        if before.is_some_and(|before| names(before) == names(draft)) {
            return;
        }
        self.keys.entry((kind, name::key(unique(draft)))).or_default().insert(id);
        for text in names(draft) {
            self.looks.entry((kind, name::skeleton(text))).or_default().insert(id);
        }
    }

    /// The entries of a kind whose name has this key; users by their login. In the order
    /// of ids.
    pub fn called(&self, kind: EntryKind, text: &str) -> impl Iterator<Item = EntryId> {
        self.keys.get(&(kind, name::key(text))).into_iter().flatten().copied()
    }

    /// What of the draft clashes with one of these.
    pub fn clashes(
        &self,
        draft: &EntryDraft,
        catalogue: &Catalogue,
        own: Option<EntryId>,
    ) -> Vec<FieldError> {
        clashes_among(self.called(draft.kind(), unique(draft)), draft, (catalogue, own))
    }

    /// Those of these that look like the draft.
    pub fn look_alikes(
        &self,
        draft: &EntryDraft,
        catalogue: &Catalogue,
        own: Option<EntryId>,
    ) -> Vec<(EntryId, String)> {
        let looks = names(draft).into_iter().map(|text| (draft.kind(), name::skeleton(text)));
        let near: BTreeSet<_> =
            looks.filter_map(|looks| self.looks.get(&looks)).flatten().copied().collect();
        look_alikes_among(near, draft, (catalogue, own))
    }
}

/// What an entry is held against: the catalogue, and which of it is the entry itself.
type Beside<'c> = (&'c Catalogue, Option<EntryId>);

/// Names and logins that another entry bears. `own` is the entry itself: what it is
/// called already stays its own, though another should bear it by the rules of today.
pub(super) fn clashes(
    draft: &EntryDraft,
    catalogue: &Catalogue,
    own: Option<EntryId>,
) -> Vec<FieldError> {
    clashes_among(catalogue.ids(draft.kind()), draft, (catalogue, own))
}

fn clashes_among(
    ids: impl IntoIterator<Item = EntryId>,
    draft: &EntryDraft,
    (catalogue, own): Beside,
) -> Vec<FieldError> {
    let before = own.and_then(|id| catalogue.draft(id));
    if before.is_some_and(|before| unique(&before) == unique(draft)) {
        return vec![];
    }
    if !is_borne_among(ids, draft, (catalogue, own)) {
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

/// The entries of a catalogue that bear a name, or a login, which another bears too.
pub fn borne_twice(catalogue: &Catalogue, kinds: &[EntryKind]) -> Vec<(EntryId, EntryDraft)> {
    let index = NameIndex::of(catalogue, kinds.iter().copied());
    let ids = kinds.iter().flat_map(|kind| catalogue.ids(*kind));
    ids.filter_map(|id| Some((id, catalogue.draft(id)?)))
        .filter(|(id, draft)| {
            let near = index.called(draft.kind(), unique(draft));
            is_borne_among(near, draft, (catalogue, Some(*id)))
        })
        .collect()
}

fn is_borne_among(
    ids: impl IntoIterator<Item = EntryId>,
    draft: &EntryDraft,
    (catalogue, own): Beside,
) -> bool {
    let key = name::key(unique(draft));
    let others = ids.into_iter().filter(|id| own != Some(*id));
    others
        .filter_map(|id| catalogue.draft(id))
        .any(|other| is_beside(draft, &other) && name::key(unique(&other)) == key)
}

/// Entries of the kind whose names, or logins, look like the draft's and are others.
fn look_alikes_among(
    ids: impl IntoIterator<Item = EntryId>,
    draft: &EntryDraft,
    (catalogue, own): Beside,
) -> Vec<(EntryId, String)> {
    let mine: Vec<_> =
        names(draft).into_iter().map(|text| (name::skeleton(text), name::key(text))).collect();
    let like = |other: &str| {
        let (looks, key) = (name::skeleton(other), name::key(other));
        mine.iter().any(|(mine, own)| *mine == looks && *own != key)
    };
    let others = ids.into_iter().filter(|id| own != Some(*id));
    let others = others.filter_map(|id| Some((id, catalogue.draft(id)?)));
    let alike = others.filter(|(_, other)| is_beside(draft, other)).filter_map(|(id, other)| {
        let text = names(&other).into_iter().find(|text| like(text))?.to_owned();
        Some((id, text))
    });
    alike.collect()
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

/// All that an entry is called.
fn names(draft: &EntryDraft) -> BTreeSet<&str> {
    BTreeSet::from([unique(draft), draft.name()])
}

/// Whether the draft has to have a name of its own beside that entry.
fn is_beside(draft: &EntryDraft, other: &EntryDraft) -> bool {
    match (draft, other) {
        (EntryDraft::Account(_), EntryDraft::Account(_))
        | (EntryDraft::Module(_), EntryDraft::Module(_))
        | (EntryDraft::User(_), EntryDraft::User(_)) => true,
        (EntryDraft::Scope(one), EntryDraft::Scope(other)) => one.account == other.account,
        // A token may carry its account's groups and those of all accounts, so the
        // two share their names.
        (EntryDraft::Group(one), EntryDraft::Group(other)) => {
            one.account.is_none() || other.account.is_none() || one.account == other.account
        }
        (
            EntryDraft::Account(_)
            | EntryDraft::Module(_)
            | EntryDraft::Scope(_)
            | EntryDraft::Group(_)
            | EntryDraft::User(_),
            _,
        ) => false,
    }
}
