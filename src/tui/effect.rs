//! What the program wants done outside itself, as plain data.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::backend::BackendError;
use crate::domain::{Column, EntryId, Expiry, HolderVerb, Overlap, Query, TokenId, UserId, Verb};
use crate::wire::{self, HolderTarget, Job, Target, UserQuery};

use super::bulk::Bulk;
use super::clipboard::Copy;
use super::form::{EntrySave, Save};
use super::jobs::Steer;
use super::message::Msg;
use super::sought::Sought;
use super::state::Change;
use super::unconfirmed::Look;
use super::users::Holders;

/// Something the runtime is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// Ask the backend; the answer comes back as a message.
    Call(Call),
    /// Copy a text to a clipboard; whether that went well comes back as a message.
    Copy(Copy),
    /// Give up the answers that the operator no longer waits for; each comes back as a
    /// message that it failed.
    StopWaiting,
    /// From now on ask the backend that this request opened.
    Switch {
        /// The request's number.
        request: u64,
    },
    /// Paint the whole screen anew.
    Repaint,
    /// Give the terminal back to the shell until it is resumed.
    Suspend,
    /// End the program.
    Quit,
}

/// A question to the backend, or an order. The request number comes back with
/// the answer, so that a late answer to an old question is known as such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Call {
    /// Who is at work, and what exists.
    Who,
    /// Open another backend, and ask it the same.
    Open {
        /// The request's number.
        request: u64,
        /// Its name.
        name: String,
    },
    /// What a change of unknown outcome was about, as it is now.
    ReadBack {
        /// The change's number.
        number: u64,
        /// What to read.
        look: Look,
    },
    /// A window of the list around a row.
    List(Box<Wanted>),
    /// One token.
    Show {
        /// The request's number.
        request: u64,
        /// Which token.
        id: TokenId,
    },
    /// Whose the GUIDs are or were that somebody gave away.
    Lookup(Vec<Sought>),
    /// The audit trail of a token.
    Events {
        /// The request's number.
        request: u64,
        /// Which token.
        id: TokenId,
    },
    /// The GUIDs of tokens.
    Guids {
        /// The request's number.
        request: u64,
        /// Which tokens.
        ids: Vec<TokenId>,
    },
    /// The value of a token.
    Reveal {
        /// The request's number.
        request: u64,
        /// Which token.
        id: TokenId,
    },
    /// A change of one token.
    Act(Order),
    /// Keep these changes of the view state for the next run.
    Remember(Vec<Change>),
    /// The ids of all that a query finds.
    Found {
        /// The request's number.
        request: u64,
        /// What to find.
        query: Box<Query>,
    },
    /// What a bulk action would do.
    Plan(Box<Proposal>),
    /// A bulk action, as it was planned and confirmed.
    Start(Arc<Bulk>),
    /// News of a job that was like this.
    Follow(Box<Job>),
    /// The jobs.
    Jobs {
        /// The request's number.
        request: u64,
    },
    /// How each item of a job ended.
    Report(Box<Job>),
    /// Something done to a job.
    Steer(Steer),
    /// The list in a file.
    Export(Box<Sheet>),
    /// A new value for a token.
    Regenerate(Renewal),
    /// A part of the users.
    Users(Box<WantedUsers>),
    /// The ids of all users that a query finds.
    FoundUsers {
        /// The request's number.
        request: u64,
        /// Who to find.
        query: Box<UserQuery>,
    },
    /// What a bulk action for users would do.
    PlanHolders(Box<HolderProposal>),
    /// A bulk action for users, as it was planned and confirmed.
    StartHolders(Arc<Holders>),
    /// New values for users, into a file, as planned and confirmed.
    Generate(Arc<Holders>),
    /// Which tokens accepting this one would replace.
    Replaced {
        /// The request's number.
        request: u64,
        /// What is to be accepted.
        order: Order,
    },
    /// A requested token is taken into service.
    Accept(Order),
    /// What the form of an entry says.
    SaveEntry {
        /// The request's number.
        request: u64,
        /// What to save.
        save: Box<EntrySave>,
    },
    /// Take an entry out of the catalogue, or find out whether that can be done.
    RemoveEntry(Removal, wire::Run),
    /// A user is taken out of service, or brought back.
    SwitchUser(UserSwitch),
    /// A GUID for a form.
    ProposeGuid {
        /// The request's number.
        request: u64,
    },
    /// What a form says.
    Save {
        /// The request's number.
        request: u64,
        /// What to save.
        save: Save,
    },
    /// The token of a form as it is now.
    Reread {
        /// The request's number.
        request: u64,
        /// Which token.
        id: TokenId,
    },
}

/// A part of the users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WantedUsers {
    /// The request's number.
    pub(super) request: u64,
    /// Who to list.
    pub(super) query: UserQuery,
    /// The user to list around, if they are still in the answer.
    pub(super) keep: Option<UserId>,
    /// Else the row to list around.
    pub(super) index: usize,
    /// How many rows are wanted on either side.
    pub(super) span: usize,
}

/// A bulk action for users that is to be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HolderProposal {
    /// The request's number.
    pub(super) request: u64,
    /// What to do.
    pub(super) verb: HolderVerb,
    /// For whom and for what.
    pub(super) target: HolderTarget,
    /// Who is listed, to know which of the users it hides.
    pub(super) query: UserQuery,
}

/// A bulk action that is to be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proposal {
    /// The request's number.
    pub(super) request: u64,
    /// What to do; nothing stands for enable or disable, whichever all can have.
    pub(super) verb: Option<Verb>,
    /// To which tokens.
    pub(super) target: Target,
    /// What is listed, to know which of the tokens it hides.
    pub(super) query: Query,
}

/// A list that is to be written to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The file, which must not exist.
    pub(super) path: PathBuf,
    /// What is listed.
    pub(super) query: Query,
    /// The columns.
    pub(super) columns: Vec<Column>,
}

/// A confirmed new value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Renewal {
    /// For which token.
    pub(super) order: Order,
    /// How long it lives.
    pub(super) expiry: Expiry,
    /// How long the old one still passes.
    pub(super) overlap: Overlap,
}

/// An entry of the catalogue that is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Removal {
    /// The request's number.
    pub(super) request: u64,
    /// Which entry.
    pub(super) id: EntryId,
    /// Its name, for the message.
    pub(super) name: String,
}

/// A user who is to be taken out of service, or brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UserSwitch {
    /// Who.
    pub(super) id: UserId,
    /// Their name, for the message.
    pub(super) name: String,
    /// Which of both.
    pub(super) switch: crate::domain::Switch,
}

/// What a confirmation stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Deed {
    /// A change of one token.
    Act(Order),
    /// A new value for a token, on the terms in the dialog.
    Regenerate(Order),
    /// A bulk action.
    Run(Arc<Bulk>),
    /// A bulk action for users.
    Holders(Arc<Holders>),
    /// Leaving a value that can't be shown again.
    Leave(Exit),
    /// Taking an entry out of the catalogue.
    RemoveEntry(Removal),
    /// Taking a user out of service, or bringing them back.
    SwitchUser(UserSwitch),
    /// Closing a form with what was typed.
    Discard,
    /// Going on with a form from the token as it is now.
    Reload,
    /// Something done to a job.
    Steer(Steer),
    /// The question whether to give a job up.
    AskAbandon(Box<Job>),
    /// Going to another backend, though something here is lost by it.
    Switch(String),
    /// The end of the program, though a job runs.
    Quit,
    /// The end of the program, though changes are unconfirmed.
    QuitUnconfirmed,
    /// An unconfirmed change, once more.
    OrderAgain(u64),
    /// The same, and again and again until it is confirmed.
    Insist(u64),
    /// Keeping track of an unconfirmed change no longer.
    Dismiss(u64),
    /// Nothing: what was asked about is no longer so, and the box only says that.
    Nothing,
}

impl From<Order> for Deed {
    fn from(order: Order) -> Self {
        match order.verb {
            Verb::Regenerate => Self::Regenerate(order),
            _ => Self::Act(order),
        }
    }
}

/// Where the value dialog is left to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Exit {
    /// The details of the token.
    #[default]
    Details,
    /// What lies under it.
    Close,
}

/// A part of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The request's number.
    pub(super) request: u64,
    /// What to list.
    pub(super) query: Query,
    /// The token to list around, if it is still in the answer.
    pub(super) keep: Option<TokenId>,
    /// Else the row to list around.
    pub(super) index: usize,
    /// How many rows are wanted on either side.
    pub(super) span: usize,
}

/// A confirmed change of one token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Order {
    /// What to do.
    pub(super) verb: Verb,
    /// To which token.
    pub(super) id: TokenId,
    /// Its name, for the message.
    pub(super) name: String,
    /// The version that was confirmed.
    pub(super) version: u64,
}

impl Call {
    /// The message that it failed.
    pub(super) fn failed(self, error: BackendError) -> Msg {
        match self {
            Self::Who => Msg::Known(Err(error)),
            Self::Open { request, .. } => Msg::Opened { request, result: Err(error) },
            Self::ReadBack { number, .. } => Msg::ReadBack { number, result: Err(error) },
            Self::List(wanted) => Msg::Listed { request: wanted.request, result: Err(error) },
            Self::Show { request, id } => Msg::Shown { request, id, result: Err(error) },
            Self::Lookup(sought) => Msg::LookedUp { sought, result: Err(error) },
            Self::Events { request, .. } => Msg::Events { request, result: Err(error) },
            Self::Guids { request, .. } => Msg::Guids { request, result: Err(error) },
            Self::Reveal { request, .. } => Msg::Revealed { request, result: Err(error) },
            Self::Act(order) => Msg::Acted { order, result: Err(error) },
            Self::ProposeGuid { request } => Msg::Proposed { request, result: Err(error) },
            Self::Save { request, save } => Msg::Saved { request, save, result: Err(error) },
            Self::Reread { request, .. } => Msg::Reread { request, result: Err(error) },
            Self::Remember(_) => Msg::Remembered(Err(error.to_string())),
            Self::Found { request, .. } => Msg::Found { request, result: Err(error) },
            Self::Plan(proposal) => Msg::Planned { request: proposal.request, result: Err(error) },
            Self::Start(bulk) => Msg::Started { bulk, result: Err(error) },
            Self::Follow(job) => Msg::Followed { id: job.id, result: Err(error) },
            Self::Jobs { request } => Msg::Jobs { request, result: Err(error) },
            Self::Report(job) => Msg::Reported { job, result: Err(error) },
            Self::Export(_) => Msg::Exported(Err(error)),
            Self::Steer(steer) => Msg::Steered { steer, result: Err(error) },
            Self::Regenerate(Renewal { order, .. }) => {
                Msg::Regenerated { order, result: Err(error) }
            }
            Self::Users(wanted) => Msg::UsersListed { request: wanted.request, result: Err(error) },
            Self::FoundUsers { request, .. } => Msg::UsersFound { request, result: Err(error) },
            Self::PlanHolders(proposal) => {
                Msg::HoldersPlanned { request: proposal.request, result: Err(error) }
            }
            Self::StartHolders(holders) => Msg::HoldersStarted { holders, result: Err(error) },
            Self::Generate(holders) => Msg::Generated { holders, result: Err(error) },
            Self::Replaced { request, .. } => Msg::Replaced { request, result: Err(error) },
            Self::Accept(order) => Msg::Accepted { order, result: Err(error) },
            Self::SaveEntry { request, save } => {
                Msg::EntrySaved { request, save, result: Err(error) }
            }
            Self::SwitchUser(order) => Msg::UserSwitched { order, result: Err(error) },
            Self::RemoveEntry(removal, run) => {
                Msg::EntryRemoved { removal, run, result: Err(error) }
            }
        }
    }
}
