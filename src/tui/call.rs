//! Every question to the backend and every order, and what holds of each: one row of one
//! table, so that none that writes can be forgotten. Pure.

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::view::SavedView;
use crate::domain::{AccountFilter, HolderVerb, Query, UserId};
use crate::wire::{Job, RowId, Run, UserQuery};

use super::bulk::{Bulk, BulkRenewal, BulkText, Proposal};
use super::command::OwnId;
use super::jobs::Steer;
use super::orders::{
    EntrySave, EventSheet, Gift, NameAsked, Order, Portion, Removal, Renewal, Save, Sheet, Stretch,
    UserSwitch,
};
use super::sought::Sought;
use super::state::Change;
use super::unconfirmed::Look;
use super::waits::Tie;

/// A question to the backend, or an order. It comes back with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Call {
    /// Who is at work, and what exists.
    Who,
    /// Open the backend of that name, and ask it the same.
    Open(String),
    /// What a change of unknown outcome was about, as it is now.
    ReadBack {
        /// The change's number.
        number: u64,
        /// What to read.
        look: Look,
    },
    /// A window of the list around a row.
    List(Box<Portion<Query, RowId>>),
    /// One token.
    Show(RowId),
    /// Whose the GUIDs are or were that somebody gave away.
    Lookup(Vec<Sought>),
    /// The audit trail of a token.
    Events(RowId),
    /// The tokens that a command of the operator's own is to be run on.
    OwnTokens(OwnId, Vec<RowId>),
    /// A report on tokens, in a file.
    Evidence(Vec<RowId>, PathBuf),
    /// A stretch of the audit trail of everything.
    Trail(Box<Stretch>),
    /// The token of that name, id or GUID, to narrow the trail to it.
    NameSubject(String),
    /// The token that an event is about, to go to it.
    OpenSubject(RowId),
    /// Events in a file.
    ExportEvents(Box<EventSheet>),
    /// The GUIDs of tokens, to be copied.
    CopyGuids(Vec<RowId>),
    /// The value of a token, to be copied.
    CopyValue(RowId),
    /// The value of a token, to be shown.
    Reveal(RowId),
    /// A change of one token.
    Act(Order),
    /// Keep these changes of the view state for the next run.
    Remember(Vec<Change>),
    /// The views, and how many tokens each has of these accounts.
    Views(AccountFilter),
    /// Keep a view under that name, or take the one of it away.
    KeepView(String, Option<SavedView>),
    /// The ids of all that a query finds.
    Found(Box<Query>),
    /// What a bulk action would do.
    Plan(Box<Proposal>),
    /// A bulk action, as it was planned and confirmed.
    Start(Arc<Bulk>),
    /// News of a job that was like this.
    Follow(Box<Job>),
    /// The jobs.
    Jobs,
    /// How each item of a job ended.
    Report(Box<Job>),
    /// Something done to a job.
    Steer(Steer),
    /// The list in a file.
    Export(Box<Sheet>),
    /// What is in a folder, for a path that is typed.
    Folder(PathBuf),
    /// A new value for a token.
    Regenerate(Renewal),
    /// A token for somebody else.
    Give(Gift),
    /// New values for many tokens, into a file, as planned and confirmed.
    Rotate(Box<BulkRenewal>),
    /// A part of the users.
    Users(Box<Portion<UserQuery, UserId>>),
    /// The ids of all users that a query finds.
    FoundUsers(Box<UserQuery>),
    /// What a bulk action for users would do.
    PlanHolders(Box<Proposal<HolderVerb>>),
    /// A bulk action for users, as it was planned and confirmed.
    StartHolders(Arc<Bulk<HolderVerb>>),
    /// New values for users, into a file, as planned and confirmed.
    Generate(Arc<Bulk<HolderVerb>>),
    /// Which tokens accepting this one would replace.
    Replaced(Order),
    /// A requested token is taken into service.
    Accept(Order),
    /// What the form of an entry says.
    SaveEntry(Box<EntrySave>),
    /// Take an entry out of the catalogue, or find out whether that can be done.
    RemoveEntry(Removal, Run),
    /// How many tokens of a user work, before they are taken out of service.
    Working(UserSwitch),
    /// A user is taken out of service, or brought back.
    SwitchUser(UserSwitch),
    /// A GUID for a form.
    ProposeGuid,
    /// Whether another token has the name that is typed into a form.
    Named(NameAsked),
    /// What a form says.
    Save(Save),
    /// The token of a form as it is now.
    Reread(RowId),
}

/// What only the latest call of asks for: an answer to one before it is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Line {
    /// The rows of the token list.
    Tokens,
    /// The rows of the users.
    Users,
    /// The token of the details.
    Details,
    /// Its audit trail.
    Events,
    /// The audit trail of everything.
    Trail,
    /// A token that the trail tells of.
    Subject,
    /// A text to copy.
    Copy,
    /// What keys typed meanwhile wait for.
    Question,
    /// The plan of the question on screen.
    Replan,
    /// The views.
    Views,
    /// The jobs.
    Jobs,
    /// What a form asks besides its save.
    Form,
    /// Whether a name is free.
    Name,
    /// Whether an entry can go.
    Removal,
    /// Another backend.
    Backend,
    /// A folder that a path leads into.
    Folder,
}

/// What holds of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    /// How it is waited for.
    pub(super) tie: Tie,
    /// Whether leaving has to wait for it, and whether it may have been done where its
    /// answer does not come.
    pub(super) writes: bool,
    /// Whether its answer means the same once another backend is open.
    pub(super) outlives: bool,
    /// Whether how it ends tells of the connection to the open backend.
    pub(super) tells: bool,
    /// Where only the latest counts.
    pub(super) line: Option<Line>,
    /// How long to wait for the answer, in seconds.
    pub(super) patience: u64,
}

/// A look, which is asked for again.
const LOOK: Row =
    Row { tie: Tie::Loose, writes: false, outlives: false, tells: true, line: None, patience: 15 };
/// A change. It waits for another process' lock first.
const CHANGE: Row = Row { writes: true, patience: 30, ..LOOK };
/// A change whose answer may hold a value that nothing else ever shows.
const VALUE: Row = Row { tie: Tie::Firm, ..CHANGE };
/// What works in the background, or has a sign of its own.
const ASIDE: Row = Row { tie: Tie::None, ..LOOK };
/// What is not of the open backend alone.
const ELSEWHERE: Row = Row { outlives: true, tells: false, ..ASIDE };

/// A look of which the latest counts.
const fn latest(line: Line) -> Row {
    Row { line: Some(line), ..LOOK }
}

impl Call {
    /// What holds of it.
    pub(super) fn row(&self) -> Row {
        match self {
            // A value is put on record, and nothing else comes of it: it may be asked again.
            Self::Who | Self::Lookup(_) | Self::Reveal(_) => LOOK,
            Self::List(_) => latest(Line::Tokens),
            Self::Users(_) => latest(Line::Users),
            Self::Show(_) => latest(Line::Details),
            Self::Events(_) => latest(Line::Events),
            Self::Trail(_) => latest(Line::Trail),
            Self::NameSubject(_) | Self::OpenSubject(_) => latest(Line::Subject),
            Self::CopyGuids(_) | Self::CopyValue(_) => latest(Line::Copy),
            Self::OwnTokens(..)
            | Self::Found(_)
            | Self::FoundUsers(_)
            | Self::Replaced(_)
            | Self::Working(_) => latest(Line::Question),
            Self::Plan(proposal) => planning(proposal, 1_000),
            Self::PlanHolders(proposal) => planning(proposal, 100),
            Self::Views(_) => latest(Line::Views),
            Self::Jobs => latest(Line::Jobs),
            Self::ProposeGuid | Self::Reread(_) => latest(Line::Form),
            Self::Named(_) => Row { line: Some(Line::Name), ..ASIDE },
            Self::RemoveEntry(_, Run::Dry) => latest(Line::Removal),
            Self::Report(job) => Row { patience: 15 + job.total / 1_000, ..LOOK },
            Self::Act(_)
            | Self::Steer(_)
            | Self::SaveEntry(_)
            | Self::SwitchUser(_)
            | Self::RemoveEntry(_, Run::Real) => CHANGE,
            // The plan is put on record before its first part is done.
            Self::Start(bulk) => {
                Row { patience: 30 + bulk.plan.items.len() as u64 / 1_000, ..CHANGE }
            }
            Self::StartHolders(holders) => {
                Row { patience: 30 + holders.plan.items.len() as u64 / 100, ..CHANGE }
            }
            Self::Save(_) | Self::Regenerate(_) | Self::Accept(_) | Self::Give(_) => VALUE,
            // Its values go into a file, which stays; a bar shows how far it is.
            Self::Generate(holders) => {
                let patience = 30 + holders.plan.items.len() as u64 / 100;
                Row { tie: Tie::None, patience, ..CHANGE }
            }
            Self::Rotate(renewal) => {
                let patience = 30 + renewal.bulk.plan.items.len() as u64 / 100;
                Row { tie: Tie::None, patience, ..CHANGE }
            }
            Self::Follow(job) => Row { patience: 60 + job.total / 1_000, ..ASIDE },
            Self::Open(_) => Row { line: Some(Line::Backend), ..ELSEWHERE },
            Self::Folder(_) => Row { line: Some(Line::Folder), ..ELSEWHERE },
            Self::Remember(_) | Self::KeepView(..) | Self::ReadBack { .. } => ELSEWHERE,
            // A million rows are a lot of text for a slow disk.
            Self::ExportEvents(_) => Row { outlives: true, patience: 600, ..ASIDE },
            Self::Evidence(..) => Row { outlives: true, patience: 120, ..ASIDE },
            // Each part has a patience of its own, and a sign of the whole is on screen.
            Self::Export(_) => Row { outlives: true, patience: 3_600, ..ASIDE },
        }
    }
}

/// For how many a plan may be that does not say so before it is made.
const MANY: usize = 20_000;

/// A plan takes its time by how many it is for, so many a second. One that is made anew
/// answers no key.
fn planning<V: BulkText>(proposal: &Proposal<V>, a_second: u64) -> Row {
    let many = V::sized(&proposal.target).unwrap_or(MANY) as u64;
    let line = if proposal.again { Line::Replan } else { Line::Question };
    Row { patience: LOOK.patience + many / a_second, ..latest(line) }
}
