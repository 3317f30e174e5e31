//! What holds of each call to the backend: one row for each, so that none that writes can
//! be forgotten. Pure.

use std::time::Duration;

use super::effect::Call;
use super::waits::Tie;
use crate::wire::Run;

/// What holds of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    /// How it is waited for.
    tie: Tie,
    /// Whether leaving has to wait for it, and whether it may have been done where its
    /// answer does not come.
    writes: bool,
    /// Whether its answer means the same once another backend is open.
    outlives: bool,
    /// How long to wait for the answer, in seconds.
    patience: u64,
}

/// A look, which is asked for again.
const LOOK: Row = Row { tie: Tie::Loose, writes: false, outlives: false, patience: 15 };
/// A change. It waits for another process' lock first.
const CHANGE: Row = Row { writes: true, patience: 30, ..LOOK };
/// A change whose answer may hold a value that nothing else ever shows.
const VALUE: Row = Row { tie: Tie::Firm, ..CHANGE };
/// What works in the background, or has a sign of its own.
const ASIDE: Row = Row { tie: Tie::None, ..LOOK };

impl Call {
    fn row(&self) -> Row {
        match self {
            Self::Who
            | Self::List(_)
            | Self::Show { .. }
            | Self::Guids { .. }
            | Self::Lookup { .. }
            | Self::Events { .. }
            | Self::Found { .. }
            | Self::Plan(_)
            | Self::Jobs { .. }
            | Self::Users(_)
            | Self::FoundUsers { .. }
            | Self::PlanHolders(_)
            | Self::Replaced { .. }
            | Self::ProposeGuid { .. }
            | Self::Reread { .. }
            // It is put on record, and nothing else comes of it: it may be asked again.
            | Self::Reveal { .. }
            | Self::RemoveEntry(_, Run::Dry) => LOOK,
            Self::Report(job) => Row { patience: 15 + job.total / 1_000, ..LOOK },
            Self::Act(_)
            | Self::Steer(_)
            | Self::SaveEntry { .. }
            | Self::SwitchUser(_)
            | Self::RemoveEntry(_, Run::Real) => CHANGE,
            // The plan is put on record before its first part is done.
            Self::Start(bulk) => {
                Row { patience: 30 + bulk.plan.items.len() as u64 / 1_000, ..CHANGE }
            }
            Self::StartHolders(holders) => {
                Row { patience: 30 + holders.plan.items.len() as u64 / 100, ..CHANGE }
            }
            Self::Save { .. } | Self::Regenerate(_) | Self::Accept(_) => VALUE,
            // Its values go into a file, which stays; a bar shows how far it is.
            Self::Generate(holders) => {
                let patience = 30 + holders.plan.items.len() as u64 / 100;
                Row { tie: Tie::None, patience, ..CHANGE }
            }
            Self::Follow(job) => Row { patience: 60 + job.total / 1_000, ..ASIDE },
            Self::Remember(_) | Self::Open { .. } | Self::ReadBack { .. } => {
                Row { outlives: true, ..ASIDE }
            }
            // A million rows are a lot of text for a slow disk.
            Self::Export(_) => Row { outlives: true, patience: 120, ..ASIDE },
        }
    }

    /// Whether leaving has to wait for it, and whether it may have been done where its
    /// answer does not come.
    pub(super) fn writes(&self) -> bool {
        self.row().writes
    }

    /// Whether its answer means the same at another backend.
    pub(super) fn outlives_backend(&self) -> bool {
        self.row().outlives
    }

    /// How it is waited for.
    pub(super) fn tie(&self) -> Tie {
        self.row().tie
    }

    /// How long to wait for the answer.
    pub(super) fn patience(&self) -> Duration {
        Duration::from_secs(self.row().patience)
    }
}
