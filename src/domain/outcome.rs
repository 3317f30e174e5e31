//! Was it done? What a record, as it is now, proves of a change whose answer never came:
//! decided here once, for whoever lost the answer. Pure; that a server may still be at
//! work on it, and what to do about it, is for the caller.

use super::{
    Catalogue, EntryDraft, EntryId, Guid, HandOver, HolderVerb, JobAct, JobState, Settings, Switch,
    Token, TokenDraft, User, Verb, known_version,
};

/// What a look at the record showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It was done, by this order or another.
    Done,
    /// It was not: the record is as it was.
    NotDone,
    /// Something else was: it is not as it was when this was ordered.
    Changed,
    /// That proves nothing.
    Open,
}

/// What was to become of a token's settings.
#[derive(Debug, Clone, Copy)]
pub struct WantedSettings<'w> {
    /// The version that was to be changed.
    pub version: u64,
    /// The settings afterwards.
    pub settings: &'w Settings,
    /// Whether there was to be a new value, too.
    pub new_value: bool,
    /// Its GUID, where that was known before.
    pub guid: Option<Guid>,
}

/// A verb on one token, ordered when that was at `version`. `seen` is the token now; none
/// where it is gone or out of sight.
///
/// What can be undone shows only by a newer version: of a token that was so already the
/// order was refused. Whoever named no version wanted the state, whatever was before.
pub fn of_act(verb: Verb, version: Option<u64>, seen: Option<&Token<impl Sized>>) -> Found {
    let Some(token) = seen else {
        // A token that was deleted may be out of sight.
        return if verb == Verb::Delete { Found::Done } else { Found::Changed };
    };
    let changed = version.is_none_or(|version| token.version != version);
    let done = match verb {
        Verb::Revoke => token.revoked.is_some(),
        Verb::Delete => token.deleted.is_some(),
        Verb::Accept => token.accepted.is_some(),
        Verb::Enable => changed && token.enabled,
        Verb::Disable => changed && !token.enabled,
        Verb::DropOld => changed && token.previous.is_none(),
        // A value or settings show by more than the verb says.
        Verb::Edit | Verb::Regenerate | Verb::Reveal | Verb::HandOver => false,
    };
    match (done, changed && version.is_some()) {
        (true, _) => Found::Done,
        (false, true) => Found::Changed,
        (false, false) => Found::NotDone,
    }
}

/// A token that was to be made, and the one that has its GUID, or else its name. A GUID is
/// nobody else's; a name may be.
pub fn of_create(draft: &TokenDraft, seen: Option<&Token<impl Sized>>) -> Found {
    let Some(token) = seen else { return Found::NotDone };
    let alike = token.account == draft.account && Settings::of(token) == draft.settings;
    if draft.guid.is_some() || alike { Found::Done } else { Found::Open }
}

/// An edit of a token. A new value is known by its GUID alone, and all else by the
/// settings at the very next version.
pub fn of_edit(wish: WantedSettings<'_>, seen: Option<&Token<impl Sized>>) -> Found {
    let Some(token) = seen else { return Found::Changed };
    let done = match (wish.new_value, wish.guid) {
        (true, Some(guid)) => token.value.is_some_and(|value| value.guid == guid),
        (true, None) => false,
        (false, _) => {
            let next = known_version(wish.version).is_none_or(|read| token.version == read + 1);
            next && Settings::of(token) == *wish.settings
        }
    };
    match (done, token.version == wish.version) {
        (true, _) => Found::Done,
        (false, true) => Found::NotDone,
        (false, false) => Found::Changed,
    }
}

/// A token that was to be handed over and keep its value. A new one can't be read back.
pub fn of_hand_over(order: HandOver, seen: Option<&Token<impl Sized>>) -> Found {
    match seen {
        Some(token) if token.owner != order.to.owner() => Found::NotDone,
        Some(_) if !order.new_value => Found::Done,
        Some(_) => Found::Open,
        None => Found::Changed,
    }
}

/// A plan for tokens, and the job it became: from then on it is on record.
pub fn of_start(seen: Option<JobState>) -> Found {
    if seen.is_some() { Found::Done } else { Found::NotDone }
}

/// A plan of new values for tokens, and the job it became: until those are put in force the
/// old ones are.
pub fn of_rotation(seen: Option<JobState>) -> Found {
    seen.map_or(Found::NotDone, of_activation)
}

/// A plan for users, and the job it became.
pub fn of_start_for_users(verb: HolderVerb, seen: Option<JobState>) -> Found {
    match (verb, seen) {
        (HolderVerb::Generate, Some(state)) => of_activation(state),
        (HolderVerb::Request | HolderVerb::Remove | HolderVerb::Cancel, Some(_)) => Found::Done,
        (
            HolderVerb::Generate | HolderVerb::Request | HolderVerb::Remove | HolderVerb::Cancel,
            None,
        ) => Found::NotDone,
    }
}

/// Whether the values of an export are being put in force. While it is staged none is.
pub fn of_activation(state: JobState) -> Found {
    match state {
        JobState::Running | JobState::Interrupted | JobState::Stopped | JobState::Done => {
            Found::Done
        }
        JobState::Staged | JobState::Written => Found::NotDone,
        JobState::Abandoned => Found::Changed,
    }
}

/// What was to be done to a job that stands like this now.
pub fn of_job_act(act: JobAct, state: JobState) -> Found {
    let done = match act {
        JobAct::Resume => match state {
            JobState::Running | JobState::Done => true,
            JobState::Interrupted
            | JobState::Stopped
            | JobState::Staged
            | JobState::Written
            | JobState::Abandoned => false,
        },
        // There is nothing left to stop of one that is done.
        JobAct::Stop => match state {
            JobState::Stopped | JobState::Done => true,
            JobState::Running
            | JobState::Interrupted
            | JobState::Staged
            | JobState::Written
            | JobState::Abandoned => false,
        },
        JobAct::Abandon => state == JobState::Abandoned,
    };
    // How it stood before is not known, so nothing is proved by how it stands else.
    if done { Found::Done } else { Found::Open }
}

/// An entry that was to be added, or this one, which was like `before`, to become another.
pub fn of_entry(
    id: Option<EntryId>,
    before: Option<&EntryDraft>,
    draft: &EntryDraft,
    seen: &Catalogue,
) -> Found {
    let there = match id {
        Some(id) => seen.draft(id),
        None => named_like(draft, seen).and_then(|id| seen.draft(id)),
    };
    match (there, id) {
        (Some(entry), _) if entry == *draft => Found::Done,
        (Some(entry), Some(_)) if Some(&entry) == before => Found::NotDone,
        (None, None) => Found::NotDone,
        (Some(_), _) | (None, Some(_)) => Found::Changed,
    }
}

/// An entry that was to go.
pub fn of_removal(id: EntryId, seen: &Catalogue) -> Found {
    if seen.draft(id).is_some() { Found::NotDone } else { Found::Done }
}

/// A user who was to be taken out of service, or brought back.
pub fn of_switch(switch: Switch, seen: &User) -> Found {
    let done = match switch {
        Switch::Enable => !seen.is_disabled(),
        Switch::Disable => seen.is_disabled(),
    };
    if done { Found::Done } else { Found::NotDone }
}

/// The entry that can't be there beside this one, so that one of its name is this one.
pub fn named_like(draft: &EntryDraft, seen: &Catalogue) -> Option<EntryId> {
    let mut there = seen.ids(draft.kind()).into_iter();
    there.find(|id| seen.draft(*id).is_some_and(|entry| is_named_alike(&entry, draft)))
}

fn is_named_alike(entry: &EntryDraft, draft: &EntryDraft) -> bool {
    match (entry, draft) {
        (EntryDraft::User(one), EntryDraft::User(other)) => {
            one.login.eq_ignore_ascii_case(&other.login)
        }
        (EntryDraft::Scope(one), EntryDraft::Scope(other)) => {
            one.account == other.account && one.name == other.name
        }
        (EntryDraft::Group(one), EntryDraft::Group(other)) => {
            one.account == other.account && one.name == other.name
        }
        (one, other) => one.kind() == other.kind() && one.name() == other.name(),
    }
}
