//! What `update` is told: inputs, answers of the backend, and the passing of time.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::backend::Answer;
use crate::domain::{Catalogue, Guid, JobId, TokenId, UserId};
use crate::wire::{
    EntryView, EventPage, Issued, Job, JobReport, LookupAnswer, Page, Plan, Revealed, Run, Session,
    TokenView, UserPage,
};

use super::bulk::Bulk;
use super::clipboard::{Copy, Missed};
use super::effect::{Order, Removal, UserSwitch};
use super::form::{EntrySave, Save};
use super::input::Input;
use super::jobs::Steer;
use super::reach::Sign;
use super::sought::Sought;
use super::unconfirmed::Seen;
use super::users::{Generated, Holders, HoldersPlanned};
use super::waits::Tie;

/// One thing that happened.
#[derive(Debug)]
pub(super) enum Msg {
    /// At the terminal, or to the process.
    Input(Input),
    /// A frame reached the terminal.
    Drawn,
    /// A deadline has come.
    Due,
    /// Something changed in the backend, be it by another process.
    Changed,
    /// Who is at work, and what exists.
    Known(Answer<Box<(Session, Catalogue)>>),
    /// Another backend was opened and answered, or not.
    Opened {
        /// The request's number.
        request: u64,
        /// Who is at work there, and what exists there.
        result: Answer<Box<(Session, Catalogue)>>,
    },
    /// The backend before was closed.
    Closed(Answer<()>),
    /// What a change of unknown outcome was about, as it is now.
    ReadBack {
        /// The change's number.
        number: u64,
        /// The answer.
        result: Answer<Seen>,
    },
    /// A part of the list.
    Listed {
        /// The request's number.
        request: u64,
        /// The answer.
        result: Answer<Listing>,
    },
    /// One token.
    Shown {
        /// The request's number.
        request: u64,
        /// Which one was asked for.
        id: TokenId,
        /// The answer.
        result: Answer<Box<TokenView>>,
    },
    /// Whose the GUIDs are or were.
    LookedUp {
        /// Which ones.
        sought: Vec<Sought>,
        /// The answer.
        result: Answer<Box<LookupAnswer>>,
    },
    /// The audit trail of a token.
    Events {
        /// The request's number.
        request: u64,
        /// The answer.
        result: Answer<EventPage>,
    },
    /// The GUIDs of tokens, as far as they have one.
    Guids {
        /// The request's number.
        request: u64,
        /// The answer: each with the name of its token.
        result: Answer<Vec<(String, Guid)>>,
    },
    /// The value of a token.
    Revealed {
        /// The request's number.
        request: u64,
        /// The answer.
        result: Answer<Revealed>,
    },
    /// A change of one token.
    Acted {
        /// What was ordered.
        order: Order,
        /// The token afterwards.
        result: Answer<Box<TokenView>>,
    },
    /// A text got to a clipboard, as far as can be known, or not.
    Copied {
        /// What was copied.
        copy: Copy,
        /// Why it failed.
        result: Result<(), Missed>,
    },
    /// The view state was kept, or why not.
    Remembered(Result<(), String>),
    /// The ids of all that a query finds.
    Found {
        /// The request's number.
        request: u64,
        /// The answer.
        result: Answer<Vec<TokenId>>,
    },
    /// What a bulk action would do.
    Planned {
        /// The request's number.
        request: u64,
        /// The answer.
        result: Answer<Planned>,
    },
    /// A bulk action is on record, and under way or done.
    Started {
        /// What was ordered.
        bulk: Arc<Bulk>,
        /// The job it became.
        result: Answer<Box<Job>>,
    },
    /// A job came further, or to its end.
    Followed {
        /// Which one.
        id: JobId,
        /// The news.
        result: Answer<Box<News>>,
    },
    /// The jobs.
    Jobs {
        /// The request's number.
        request: u64,
        /// The answer.
        result: Answer<Vec<Job>>,
    },
    /// The list is in a file.
    Exported(Answer<Saved>),
    /// How each item of a job ended.
    Reported {
        /// The job, as it was when it was asked about.
        job: Box<Job>,
        /// The answer.
        result: Answer<JobReport>,
    },
    /// Something was done to a job.
    Steered {
        /// What was ordered.
        steer: Steer,
        /// The job afterwards.
        result: Answer<Box<Job>>,
    },
    /// The form of an entry was saved.
    EntrySaved {
        /// The request's number.
        request: u64,
        /// What was to be saved.
        save: Box<EntrySave>,
        /// The entry now.
        result: Answer<EntryView>,
    },
    /// A user was taken out of service, or brought back.
    UserSwitched {
        /// What was ordered.
        order: UserSwitch,
        /// Whether it went well.
        result: Answer<()>,
    },
    /// An entry left the catalogue, or it was found out whether it can.
    EntryRemoved {
        /// What was ordered.
        removal: Removal,
        /// Whether it was done or only tried.
        run: Run,
        /// Whether it went well.
        result: Answer<()>,
    },
    /// A GUID for a form.
    Proposed {
        /// The request's number.
        request: u64,
        /// The answer.
        result: Answer<Guid>,
    },
    /// A form was saved.
    Saved {
        /// The request's number.
        request: u64,
        /// What was to be saved.
        save: Save,
        /// The token, and its value where it got one.
        result: Answer<Box<Issued>>,
    },
    /// The token of a form as it is now.
    Reread {
        /// The request's number.
        request: u64,
        /// The answer.
        result: Answer<Box<TokenView>>,
    },
    /// A token got a new value.
    Regenerated {
        /// What was ordered.
        order: Order,
        /// The token and its value.
        result: Answer<Box<Issued>>,
    },
    /// A part of the users.
    UsersListed {
        /// The request's number.
        request: u64,
        /// The answer.
        result: Answer<UserPage>,
    },
    /// The ids of all users that a query finds.
    UsersFound {
        /// The request's number.
        request: u64,
        /// The answer.
        result: Answer<Vec<UserId>>,
    },
    /// What a bulk action for users would do.
    HoldersPlanned {
        /// The request's number.
        request: u64,
        /// The answer.
        result: Answer<HoldersPlanned>,
    },
    /// A bulk action for users is on record.
    HoldersStarted {
        /// The job.
        result: Answer<Box<Job>>,
        /// What was ordered.
        holders: Arc<Holders>,
    },
    /// New values were exported, or not.
    Generated {
        /// What was ordered.
        holders: Arc<Holders>,
        /// How each user ended, and where the values are.
        result: Answer<Generated>,
    },
    /// Which tokens accepting one would replace, by name and id.
    Replaced {
        /// The request's number.
        request: u64,
        /// The answer.
        result: Answer<Vec<String>>,
    },
    /// A requested token was taken into service.
    Accepted {
        /// What was ordered.
        order: Order,
        /// The token, and its value where it got one now.
        result: Answer<Box<Issued>>,
    },
}

impl Msg {
    /// How it was waited for, where it is an answer: as its call was.
    pub(super) fn tie(&self) -> Tie {
        match self {
            Self::Input(_)
            | Self::Drawn
            | Self::Due
            | Self::Changed
            | Self::Copied { .. }
            | Self::Remembered(_)
            | Self::Opened { .. }
            | Self::Closed(_)
            | Self::ReadBack { .. }
            | Self::Followed { .. }
            | Self::Exported(_)
            | Self::Generated { .. } => Tie::None,
            Self::Saved { .. } | Self::Regenerated { .. } | Self::Accepted { .. } => Tie::Firm,
            Self::Known(_)
            | Self::Listed { .. }
            | Self::Shown { .. }
            | Self::LookedUp { .. }
            | Self::Events { .. }
            | Self::Guids { .. }
            | Self::Revealed { .. }
            | Self::Acted { .. }
            | Self::Found { .. }
            | Self::Planned { .. }
            | Self::Started { .. }
            | Self::Jobs { .. }
            | Self::Reported { .. }
            | Self::Steered { .. }
            | Self::EntrySaved { .. }
            | Self::EntryRemoved { .. }
            | Self::UserSwitched { .. }
            | Self::Proposed { .. }
            | Self::Reread { .. }
            | Self::UsersListed { .. }
            | Self::UsersFound { .. }
            | Self::HoldersPlanned { .. }
            | Self::HoldersStarted { .. }
            | Self::Replaced { .. } => Tie::Loose,
        }
    }

    /// What it tells of the connection to the open backend, if anything.
    pub(super) fn sign(&self) -> Option<Sign> {
        fn of<T>(result: &Answer<T>) -> Option<Sign> {
            result.as_ref().map_or_else(Sign::of, |_| Some(Sign::Answer))
        }
        match self {
            Self::Input(_)
            | Self::Drawn
            | Self::Due
            | Self::Changed
            | Self::Copied { .. }
            | Self::Remembered(_)
            | Self::Opened { .. }
            | Self::Closed(_)
            // It may be another backend's.
            | Self::ReadBack { .. } => None,
            Self::Known(result) => of(result),
            Self::Shown { result, .. }
            | Self::Acted { result, .. }
            | Self::Reread { result, .. } => of(result),
            Self::Listed { result, .. } => of(result),
            Self::LookedUp { result, .. } => of(result),
            Self::Events { result, .. } => of(result),
            Self::Guids { result, .. } => of(result),
            Self::Revealed { result, .. } => of(result),
            Self::Found { result, .. } => of(result),
            Self::Planned { result, .. } => of(result),
            Self::Started { result, .. }
            | Self::Steered { result, .. }
            | Self::HoldersStarted { result, .. } => of(result),
            Self::Followed { result, .. } => of(result),
            Self::Jobs { result, .. } => of(result),
            Self::Exported(result) => of(result),
            Self::Reported { result, .. } => of(result),
            Self::EntrySaved { result, .. } => of(result),
            Self::EntryRemoved { result, .. } | Self::UserSwitched { result, .. } => of(result),
            Self::Proposed { result, .. } => of(result),
            Self::Saved { result, .. }
            | Self::Regenerated { result, .. }
            | Self::Accepted { result, .. } => of(result),
            Self::UsersListed { result, .. } => of(result),
            Self::UsersFound { result, .. } => of(result),
            Self::HoldersPlanned { result, .. } => of(result),
            Self::Generated { result, .. } => of(result),
            Self::Replaced { result, .. } => of(result),
        }
    }
}

/// A list in a file.
#[derive(Debug)]
pub(super) struct Saved {
    /// Where.
    pub(super) path: PathBuf,
    /// How many tokens.
    pub(super) rows: usize,
}

/// News of a job.
#[derive(Debug)]
pub(super) struct News {
    /// The job now.
    pub(super) job: Job,
    /// How its items ended, once nobody works on it any more.
    pub(super) report: Option<JobReport>,
}

/// What a proposal came to.
#[derive(Debug)]
pub(super) enum Planned {
    /// This would be done.
    Plan {
        /// The frozen set.
        plan: Box<Plan>,
        /// Those in it that the filter hides.
        hidden: BTreeSet<TokenId>,
    },
    /// Some are enabled and some are not, so that neither can be meant for all.
    Mixed,
}

/// A window of the list, and how many tokens there are without the filters.
#[derive(Debug)]
pub(super) struct Listing {
    /// The window.
    pub(super) page: Page,
    /// The number of tokens when nothing narrows the list.
    pub(super) all: usize,
}
