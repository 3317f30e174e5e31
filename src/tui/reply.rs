//! What a call comes back with: one kind of answer for each kind of thing asked for, so
//! that failures, lateness and signs of life are said once for all of them.

use std::path::PathBuf;

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::view::{SavedView, Views};
use crate::domain::{Catalogue, Guid, HolderVerb, UserId};
use crate::wire::{
    EntryView, EventPage, Issued, Job, JobReport, LookupAnswer, Page, Revealed, RowId, Session,
    TokenView, UserPage,
};

use super::bulk::{Planned, Rotated};
use super::call::Call;
use super::own::OwnSubject;
use super::ticket::Ticket;
use super::unconfirmed::Evidence;
use super::users::Generated;

/// A call with its answer.
#[derive(Debug)]
pub(super) struct Answered {
    /// Under which ticket it was asked.
    pub(super) ticket: Ticket,
    /// What was asked.
    pub(super) call: Call,
    /// How it ended.
    pub(super) result: Answer<Reply>,
}

/// Who is at work, and what exists.
pub(super) type Known = Box<(Session, Catalogue)>;

/// Each kind of answer with what it holds, and the way into it and out of it again.
macro_rules! replies {
    ($($(#[$doc:meta])* $name:ident($of:ty),)*) => {
        /// What a backend answers.
        #[derive(Debug)]
        pub(super) enum Reply {
            $($(#[$doc])* $name($of),)*
        }

        $(impl From<$of> for Reply {
            fn from(of: $of) -> Self {
                Self::$name(of)
            }
        }

        impl TryFrom<Reply> for $of {
            type Error = BackendError;

            fn try_from(reply: Reply) -> Result<Self, BackendError> {
                match reply {
                    Reply::$name(of) => Ok(of),
                    _ => Err(BackendError::new(Cause::Fault, MIXED_UP)),
                }
            }
        })*
    };
}

/// What is said where the runtime answers with something else than was asked for.
const MIXED_UP: &str = "a fault of ours: the answer is to another question";

replies! {
    /// It was done, and there is no more to say.
    Done(()),
    /// Who is at work, and what exists.
    Known(Known),
    /// What a change of unknown outcome was about, as it is now.
    Seen(Evidence),
    /// A part of the list.
    Listing(Listing),
    /// One token.
    Token(Box<TokenView>),
    /// Whose the GUIDs are or were.
    Owners(Box<LookupAnswer>),
    /// An audit trail.
    Events(EventPage),
    /// GUIDs, each with the name of its token, as far as they have one.
    Guids(Vec<(String, Guid)>),
    /// Tokens, as a command of the operator's own knows them.
    Subjects(Vec<OwnSubject>),
    /// A value.
    Revealed(Revealed),
    /// The ids of all tokens that were found.
    Ids(Vec<RowId>),
    /// What a bulk action would do.
    Planned(Planned),
    /// A job.
    Job(Box<Job>),
    /// A job came further, or to its end.
    News(Box<JobNews>),
    /// The jobs.
    Jobs(Vec<Job>),
    /// A list in a file.
    Saved(Saved),
    /// Events in a file.
    EventsSaved(EventsSaved),
    /// The views there are now.
    Views(Views),
    /// The same, each with how many tokens it has.
    CountedViews(CountedViews),
    /// How each item of a job ended.
    Report(JobReport),
    /// An entry of the catalogue.
    Entry(EntryView),
    /// A GUID for a form.
    Guid(Guid),
    /// A token, and its value where it got one.
    Issued(Box<Issued>),
    /// A part of the users.
    UserPage(UserPage),
    /// The ids of all users who were found.
    PeopleIds(Vec<UserId>),
    /// What a bulk action for users would do.
    HoldersPlanned(Planned<HolderVerb>),
    /// How each user of an export ended, and where the values are.
    Generated(Generated),
    /// Whether it is so.
    Truth(bool),
    /// How many there are.
    Count(usize),
    /// How each token of a rotation ended, and where the values are.
    Rotated(Rotated),
    /// Names and ids, for a question.
    Names(Vec<String>),
}

/// The answer as what was asked for.
pub(super) fn answer<T: TryFrom<Reply, Error = BackendError>>(result: Answer<Reply>) -> Answer<T> {
    result.and_then(T::try_from)
}

/// A list in a file.
#[derive(Debug)]
pub(super) struct Saved {
    /// Where.
    pub(super) path: PathBuf,
    /// How many tokens.
    pub(super) rows: usize,
}

/// Events in a file.
#[derive(Debug)]
pub(super) struct EventsSaved {
    /// Where.
    pub(super) path: PathBuf,
    /// How many.
    pub(super) rows: usize,
}

/// Every view, with how many tokens it has, or why that is not known.
#[derive(Debug)]
pub(super) struct CountedViews {
    /// Those that the operator keeps.
    pub(super) own: Views,
    /// All in their order.
    pub(super) all: Vec<(String, SavedView, Result<usize, String>)>,
}

/// News of a job.
#[derive(Debug)]
pub(super) struct JobNews {
    /// The job now.
    pub(super) job: Job,
    /// How its items ended, once nobody works on it any more.
    pub(super) report: Option<JobReport>,
}

/// A window of the list, and how many tokens there are without the filters.
#[derive(Debug)]
pub(super) struct Listing {
    /// The window.
    pub(super) page: Page,
    /// The number of tokens when nothing narrows the list.
    pub(super) all: usize,
}
