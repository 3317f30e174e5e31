//! What is read back to find out what became of an attempt, and what that proves.

use super::attempt::{Attempt, Bulky, Export};
use crate::domain::{Catalogue, Draft, EntryDraft, Guid, Settings, Time, Verb};
use crate::tui::effect::Order;
use crate::tui::form::EntrySave;
use crate::wire::{Edit, Job, JobState, TokenView};

/// What is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) enum Look {
    /// A token, by id, GUID or name.
    Token(String),
    /// The job that a plan became.
    Job {
        /// The plan's id.
        plan: Option<Guid>,
        /// When it was made.
        made_at: Time,
    },
    /// The catalogue.
    Catalogue,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) enum Seen {
    /// The token.
    Token(Box<TokenView>),
    /// There is no such token, or none in sight.
    NoToken,
    /// The job.
    Job(Box<Job>),
    /// There is no such job, and the jobs that are told of reach back far enough.
    NoJob,
    /// There is none among the jobs that are told of, which proves nothing.
    JobsBeyond,
    /// The catalogue.
    Catalogue(Box<Catalogue>),
}

/// What that showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum Found {
    /// It was done, by this order or another.
    Done,
    /// It was not, and it can't be any more.
    NotDone,
    /// Something else was: it is not as it was when this was ordered.
    Changed,
    /// It may still come.
    Open,
}

impl Attempt {
    /// What to read back.
    pub(in crate::tui) fn look(&self) -> Look {
        match self {
            Self::Token(Order { id, .. }) | Self::Edit { id, .. } => Look::Token(id.to_string()),
            Self::Create(draft) => Look::Token(match draft.guid {
                Some(guid) => guid.to_string(),
                None => draft.settings.name.clone(),
            }),
            Self::Start(Bulky { plan, made_at, .. })
            | Self::Holders(Export { plan, made_at, .. }) => {
                Look::Job { plan: *plan, made_at: *made_at }
            }
            Self::Entry(_) | Self::Removal { .. } => Look::Catalogue,
        }
    }

    /// What it proves, but for what a server may still do later.
    pub(super) fn settle(&self, seen: &Seen) -> Found {
        match (self, seen) {
            (Self::Token(order), Seen::Token(view)) => token(order, view),
            // A token that was deleted may be out of sight.
            (Self::Token(order), Seen::NoToken) if order.verb == Verb::Delete => Found::Done,
            (Self::Token(_) | Self::Edit { .. }, Seen::NoToken) => Found::Changed,
            (Self::Create(draft), Seen::Token(view)) => created(draft, view),
            (Self::Edit { edit, .. }, Seen::Token(view)) => edited(edit, view),
            // Of an export only its staging is known: no value is in force.
            (Self::Holders(_), Seen::Job(job)) if job.state == JobState::Staged => Found::NotDone,
            (Self::Start(_) | Self::Holders(_), Seen::Job(_)) => Found::Done,
            (Self::Create(_), Seen::NoToken) | (Self::Start(_) | Self::Holders(_), Seen::NoJob) => {
                Found::NotDone
            }
            (Self::Entry(save), Seen::Catalogue(all)) => entry(save, all),
            (Self::Removal { id, .. }, Seen::Catalogue(all)) => match all.draft(*id) {
                None => Found::Done,
                Some(_) => Found::NotDone,
            },
            _ => Found::Open,
        }
    }
}

fn token(order: &Order, view: &TokenView) -> Found {
    let token = &view.token;
    let changed = token.version != order.version;
    let done = match order.verb {
        Verb::Revoke => token.revoked.is_some(),
        Verb::Delete => token.deleted.is_some(),
        Verb::Accept => token.accepted.is_some(),
        Verb::Enable => changed && token.enabled,
        Verb::Disable => changed && !token.enabled,
        Verb::DropOld => changed && token.previous.is_none(),
        Verb::Edit | Verb::Regenerate | Verb::Reveal => false,
    };
    match (done, changed) {
        (true, _) => Found::Done,
        (false, true) => Found::Changed,
        (false, false) => Found::NotDone,
    }
}

/// A GUID is nobody else's; a name may be.
fn created(draft: &Draft, view: &TokenView) -> Found {
    let token = &view.token;
    let alike = token.account == draft.account && Settings::of(token) == draft.settings;
    if draft.guid.is_some() || alike { Found::Done } else { Found::Open }
}

/// With a new value the GUID that the form drew tells; else the settings do.
fn edited(edit: &Edit, view: &TokenView) -> Found {
    let token = &view.token;
    let value = token.value.map(|value| value.guid);
    let done = match edit.guid.filter(|_| edit.new_value) {
        Some(guid) => value == Some(guid),
        None => {
            !edit.new_value
                && token.version == edit.version + 1
                && Settings::of(token) == edit.settings
        }
    };
    match (done, token.version == edit.version) {
        (true, _) => Found::Done,
        (false, true) => Found::NotDone,
        (false, false) => Found::Changed,
    }
}

fn entry(save: &EntrySave, all: &Catalogue) -> Found {
    let Some((id, before)) = &save.before else {
        let there = all.ids(save.draft.kind());
        let mut there = there.into_iter().filter_map(|id| all.draft(id));
        return match there.find(|entry| is_named_alike(entry, &save.draft)) {
            Some(entry) if entry == save.draft => Found::Done,
            Some(_) => Found::Changed,
            None => Found::NotDone,
        };
    };
    match all.draft(*id) {
        Some(entry) if entry == save.draft => Found::Done,
        Some(entry) if entry == *before => Found::NotDone,
        _ => Found::Changed,
    }
}

/// Whether both can't be there at once, so that one of this name is this one.
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
        (one, other) => one.name() == other.name(),
    }
}
