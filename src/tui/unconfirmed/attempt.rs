//! What was attempted, with all that it takes to find out what became of it, and what
//! it is called. No secret: ids, names and settings only.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::{EntryId, Guid, HolderVerb, Time, TokenDraft, Verb};
use crate::text::{counted, safe_line};
use crate::tui::orders::{EntrySave, Order, Save, doing};
use crate::wire::{Edit, Plan, RowId};

/// A change that was ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::tui) enum Attempt {
    /// Something was to be done to one token.
    Token(Order),
    /// A token was to be made.
    Create(Box<TokenDraft>),
    /// The settings of a token were to become others.
    Edit {
        /// Which.
        #[serde(with = "crate::wire::any_row")]
        id: RowId,
        /// What it was to become.
        edit: Box<Edit>,
    },
    /// A bulk action on tokens.
    Start(Bulky),
    /// A bulk action for users.
    Holders(Export),
    /// An entry of the catalogue was to be added, or to become another.
    Entry(Box<EntrySave>),
    /// An entry of the catalogue was to go.
    Removal {
        /// Which.
        id: EntryId,
        /// Its name.
        name: String,
    },
}

/// A bulk action on tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::tui) struct Bulky {
    /// The plan's id, by which its job is found.
    pub(in crate::tui) plan: Option<Guid>,
    /// When it was planned.
    pub(in crate::tui) made_at: Time,
    /// What was to be done.
    pub(in crate::tui) verb: Verb,
    /// To how many tokens.
    pub(in crate::tui) count: usize,
    /// To which.
    #[serde(with = "crate::wire::any_rows")]
    pub(in crate::tui) tokens: BTreeSet<RowId>,
}

/// A bulk action for users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::tui) struct Export {
    /// The plan's id, by which its job is found.
    pub(in crate::tui) plan: Option<Guid>,
    /// When it was planned.
    pub(in crate::tui) made_at: Time,
    /// What was to be done.
    pub(in crate::tui) verb: HolderVerb,
    /// How many tokens that is about.
    pub(in crate::tui) count: usize,
}

impl From<&Plan> for Attempt {
    fn from(plan: &Plan) -> Self {
        Self::Start(Bulky {
            plan: plan.id,
            made_at: plan.made_at,
            verb: plan.verb,
            count: plan.count(),
            tokens: plan.acting().map(|item| item.id.clone()).collect(),
        })
    }
}

impl From<&Plan<HolderVerb>> for Attempt {
    fn from(plan: &Plan<HolderVerb>) -> Self {
        let (made_at, verb, count) = (plan.made_at, plan.verb, plan.count());
        Self::Holders(Export { plan: plan.id, made_at, verb, count })
    }
}

impl From<Save> for Attempt {
    fn from(save: Save) -> Self {
        match save {
            Save::New(draft) => Self::Create(draft),
            Save::Edit { id, edit } => Self::Edit { id, edit },
        }
    }
}

impl Attempt {
    /// What it is about; two attempts at one subject are not kept side by side.
    pub(in crate::tui) fn subject(&self) -> String {
        match self {
            Self::Token(Order { id, .. }) | Self::Edit { id, .. } => id.to_string(),
            Self::Create(draft) => match draft.guid {
                Some(guid) => format!("new {guid}"),
                None => format!("new {}", draft.settings.name),
            },
            Self::Start(Bulky { plan: Some(plan), .. })
            | Self::Holders(Export { plan: Some(plan), .. }) => format!("plan {plan}"),
            Self::Start(Bulky { made_at, .. }) | Self::Holders(Export { made_at, .. }) => {
                format!("plan {made_at}")
            }
            Self::Entry(save) => match &save.before {
                Some((id, _)) => id.to_string(),
                None => format!("new {} {}", save.draft.kind(), save.draft.name()),
            },
            Self::Removal { id, .. } => id.to_string(),
        }
    }

    /// Whether it takes something out of service: it is not dropped before that is
    /// confirmed or an operator says so (anchor 7 of the reliability paper).
    pub(in crate::tui) fn is_guarded(&self) -> bool {
        let verb = match self {
            Self::Token(order) => order.verb,
            Self::Start(bulk) => bulk.verb,
            // Removing for users takes out of service, too; what is left of it is seen on
            // their screen.
            Self::Create(_)
            | Self::Edit { .. }
            | Self::Holders(_)
            | Self::Entry(_)
            | Self::Removal { .. } => return false,
        };
        match verb {
            Verb::Revoke | Verb::Disable => true,
            Verb::Edit
            | Verb::Enable
            | Verb::Regenerate
            | Verb::Accept
            | Verb::Delete
            | Verb::Reveal
            | Verb::HandOver
            | Verb::DropOld => false,
        }
    }

    /// Whether a value was to come of it; `keeps` says that the one which the token had before
    /// stays.
    pub(in crate::tui) fn makes_value(&self, keeps: bool) -> bool {
        match self {
            Self::Token(order) => match order.verb {
                Verb::Regenerate => true,
                // The value of an exported token is in its owner's hands already.
                Verb::Accept | Verb::HandOver => !keeps,
                Verb::Edit
                | Verb::Enable
                | Verb::Disable
                | Verb::Revoke
                | Verb::Delete
                | Verb::Reveal
                | Verb::DropOld => false,
            },
            Self::Create(_) => true,
            Self::Edit { edit, .. } => edit.new_value,
            // Their values go into a file, or there are none.
            Self::Start(_) | Self::Holders(_) | Self::Entry(_) | Self::Removal { .. } => false,
        }
    }

    /// `revoke robot-1`, `create API token robot-9`: what it is called in a sentence.
    pub(in crate::tui) fn doing(&self) -> String {
        let text = match self {
            Self::Token(order) => doing(order.verb, &order.name),
            Self::Create(draft) => format!("create API token {}", draft.settings.name),
            Self::Edit { edit, .. } => format!("update API token {}", edit.settings.name),
            Self::Start(bulk) => format!("{} {}", bulk.verb, tokens(bulk.count)),
            Self::Holders(bulk) if bulk.verb == HolderVerb::Generate => {
                format!("generate & export {}", tokens(bulk.count))
            }
            Self::Holders(bulk) => format!("{} {}", bulk.verb, tokens(bulk.count)),
            Self::Entry(save) => {
                let verb = if save.before.is_some() { "update" } else { "add" };
                format!("{verb} {} {}", save.draft.kind(), save.draft.name())
            }
            Self::Removal { id, name } => format!("remove {} {name}", id.kind()),
        };
        safe_line(&text)
    }

    /// The verb alone, where it is about one token: `revoke`.
    pub(in crate::tui) fn verb(&self) -> String {
        match self {
            Self::Token(order) => order.verb.to_string(),
            Self::Start(bulk) => bulk.verb.to_string(),
            Self::Edit { .. } => "update".to_owned(),
            _ => "change".to_owned(),
        }
    }
}

/// "1 API token", "19 API tokens".
fn tokens(count: usize) -> String {
    counted(count, "API token")
}
