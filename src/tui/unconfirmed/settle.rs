//! What is read back to find out what became of an attempt, and what that proves.

use super::attempt::{Attempt, Bulky, Export};
use crate::domain::outcome::{self, Found};
use crate::domain::{Catalogue, Guid, JobState, Time, Token, Verb, known_version};
use crate::tui::orders::{EntrySave, Order};
use crate::wire::{Job, RowId, TokenView};

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
pub(in crate::tui) enum Evidence {
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
    pub(super) fn settle(&self, seen: &Evidence) -> Found {
        match self {
            Self::Token(Order { verb, version, .. }) => {
                seen.token(|token| outcome::of_act(*verb, known_version(*version), token))
            }
            Self::Create(draft) => seen.token(|token| outcome::of_create(draft, token)),
            Self::Edit { edit, .. } => seen.token(|token| outcome::of_edit(edit.wish(), token)),
            Self::Start(bulk) if bulk.verb == Verb::Regenerate => seen.job(outcome::of_rotation),
            Self::Start(_) => seen.job(outcome::of_start),
            Self::Holders(export) => {
                seen.job(|state| outcome::of_start_for_users(export.verb, state))
            }
            Self::Entry(save) => {
                let EntrySave { before, draft } = &**save;
                let (id, before) = before.as_ref().map(|(id, entry)| (*id, entry)).unzip();
                seen.catalogue(|all| outcome::of_entry(id, before, draft, all))
            }
            Self::Removal { id, .. } => seen.catalogue(|all| outcome::of_removal(*id, all)),
        }
    }
}

/// What was read of another kind than was looked for proves nothing.
impl Evidence {
    fn token(&self, found: impl FnOnce(Option<&Token<RowId>>) -> Found) -> Found {
        match self {
            Self::Token(view) => found(Some(&view.token)),
            Self::NoToken => found(None),
            Self::Job(_) | Self::NoJob | Self::JobsBeyond | Self::Catalogue(_) => Found::Open,
        }
    }

    fn job(&self, found: impl FnOnce(Option<JobState>) -> Found) -> Found {
        match self {
            Self::Job(job) => found(Some(job.state)),
            Self::NoJob => found(None),
            Self::JobsBeyond | Self::Token(_) | Self::NoToken | Self::Catalogue(_) => Found::Open,
        }
    }

    fn catalogue(&self, found: impl FnOnce(&Catalogue) -> Found) -> Found {
        match self {
            Self::Catalogue(all) => found(all),
            Self::Token(_) | Self::NoToken | Self::Job(_) | Self::NoJob | Self::JobsBeyond => {
                Found::Open
            }
        }
    }
}
