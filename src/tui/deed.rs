//! What a confirmation stands for.

use std::sync::Arc;

use crate::domain::{GivenReason, HolderVerb, Verb};
use crate::wire::Job;

use super::bulk::{Bulk, BulkRenewal};
use super::jobs::Steer;
use super::orders::{Gift, Order, Removal, Renewal, UserSwitch};
use super::own::OwnRun;

/// What a confirmation stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Deed {
    /// A change of one token.
    Act(Order),
    /// A new value for a token, on the terms in the dialog.
    Regenerate(Order),
    /// The same with the terms that were chosen.
    Renew(Renewal),
    /// A token for somebody else.
    Give(Gift),
    /// A bulk action.
    Run(Arc<Bulk>),
    /// New values for many tokens, on the terms that were chosen.
    Rotate(Box<BulkRenewal>),
    /// A bulk action for users.
    Holders(Arc<Bulk<HolderVerb>>),
    /// Leaving a value that can't be shown again.
    Leave(Exit),
    /// Taking an entry out of the catalogue.
    RemoveEntry(Removal),
    /// Taking a user out of service, or bringing them back.
    SwitchUser(UserSwitch),
    /// What a form says, which lies under the question.
    Save,
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
    /// A command of the operator's own.
    Own(OwnRun),
    /// This, for the reason that was given.
    Because(Box<Deed>, GivenReason),
    /// Nothing: what was asked about is no longer so, and the box only says that.
    Nothing,
}

impl Deed {
    /// Whether it changes a record, so that a reason for it can be on record.
    pub(super) fn takes_reason(&self) -> bool {
        match self {
            Self::Act(_)
            | Self::Regenerate(_)
            | Self::Renew(_)
            | Self::Give(_)
            | Self::Run(_)
            | Self::Rotate(_)
            | Self::Holders(_)
            | Self::RemoveEntry(_)
            | Self::SwitchUser(_)
            | Self::Save => true,
            // With an order that is repeated its first reason goes along.
            Self::OrderAgain(_)
            | Self::Insist(_)
            | Self::Leave(_)
            | Self::Discard
            | Self::Reload
            | Self::Steer(_)
            | Self::AskAbandon(_)
            | Self::Switch(_)
            | Self::Quit
            | Self::QuitUnconfirmed
            | Self::Dismiss(_)
            | Self::Own(_)
            | Self::Because(..)
            | Self::Nothing => false,
        }
    }
}

impl From<Order> for Deed {
    fn from(order: Order) -> Self {
        match order.verb {
            Verb::Regenerate => Self::Regenerate(order),
            _ => Self::Act(order),
        }
    }
}

impl From<Gift> for Deed {
    fn from(gift: Gift) -> Self {
        Self::Give(gift)
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
