//! Bulk work: a frozen plan before it, a report after it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::LookAlike;
use super::http::MAX_ITEMS;
use crate::domain::query::Part;
use crate::domain::{
    AccountId, Guid, Query, Receiver, Status, Time, TokenId, UserId, Verb, filled, whole,
};
use crate::text::thousands;

/// Which tokens a bulk action is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "there is one target at a time, and none is kept")]
pub enum Target {
    /// These.
    Tokens(
        #[serde(deserialize_with = "filled::several")]
        #[schemars(length(min = 1, max = MAX_ITEMS))]
        Vec<TokenId>,
    ),
    /// All that a query finds.
    Found(Query),
    /// All tokens of an account that the operator sees (R53).
    Account(AccountId),
    /// All tokens of a user (R54).
    Owner(UserId),
}

/// What will be done with one token of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The action itself.
    Act,
    /// It is handed over to this receiver and keeps its value.
    Give(
        /// Who gets it.
        Receiver,
    ),
    /// The request is cancelled, as revoking many tokens leaves none that could come alive.
    CancelRequest,
    /// Nothing, for this reason.
    Skip {
        /// The refusal's code.
        code: String,
        /// The refusal's sentence.
        reason: String,
    },
}

/// One token of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PlanItem {
    /// Which.
    pub id: TokenId,
    /// Its name when the plan was made.
    pub name: String,
    /// Its status when the plan was made.
    pub status: Status,
    /// Its version when the plan was made.
    #[serde(deserialize_with = "whole::read")]
    pub version: u64,
    /// Whether a bearer used it in the last 24 hours.
    pub used_lately: bool,
    /// How many values of it pass now, an exported one among them, for its first use
    /// would accept it: two in an overlap.
    #[serde(default, deserialize_with = "whole::read")]
    pub values: usize,
    /// What of it holds the words that were searched for, where its name does not.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub matched: BTreeSet<Part>,
    /// What will be done.
    pub step: Step,
    /// A token whose name looks like its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looks_like: Option<LookAlike>,
}

/// A frozen set of tokens and what will be done with each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Plan {
    /// Names it, so that it is started once however often it is sent, and its job is
    /// found again; none = each time anew.
    #[serde(default)]
    pub id: Option<Guid>,
    /// The action.
    pub verb: Verb,
    /// Every token concerned, in the order of the list.
    #[schemars(length(max = MAX_ITEMS))]
    pub items: Vec<PlanItem>,
    /// When it was made.
    pub made_at: Time,
}

impl Plan {
    /// How many tokens will change.
    pub fn count(&self) -> usize {
        self.acting().count()
    }

    /// The tokens that will change.
    pub fn acting(&self) -> impl Iterator<Item = &PlanItem> {
        self.items.iter().filter(|item| !matches!(item.step, Step::Skip { .. }))
    }

    /// How many will be skipped, for each reason.
    pub fn skipped(&self) -> BTreeMap<&str, usize> {
        let mut reasons = BTreeMap::new();
        for item in &self.items {
            if let Step::Skip { reason, .. } = &item.step {
                *reasons.entry(reason.as_str()).or_default() += 1;
            }
        }
        reasons
    }

    /// Whether nothing but requests is concerned: to revoke those is to cancel them.
    pub fn only_cancels(&self) -> bool {
        self.count() > 0 && self.acting().all(|item| item.step == Step::CancelRequest)
    }

    /// How many values pass now and stop doing so, where the action ends them.
    pub fn values(&self) -> usize {
        self.acting().map(|item| item.values).sum()
    }

    /// How many of those values were exported and wait for their owner.
    pub fn exported(&self) -> usize {
        let waits = |item: &&PlanItem| item.status == Status::Pending;
        self.acting().filter(waits).map(|item| item.values).sum()
    }

    /// Which of the tokens that will change look like another by name, in a line; none
    /// where no one does. Not yet safe for a terminal.
    pub fn look_alikes(&self) -> Option<String> {
        const NAMED: usize = 3;
        let like = |item: &PlanItem| {
            let other = item.looks_like.clone()?;
            Some(format!("{} ({}) like '{}' ({})", item.name, item.id, other.name, other.id))
        };
        let told: Vec<_> = self.acting().filter_map(like).collect();
        let more = if told.len() > NAMED { ", ..." } else { "" };
        let named: Vec<_> = told.iter().take(NAMED).map(String::as_str).collect();
        let what = match told.len() {
            0 => return None,
            1 => "1 looks like another by name".to_owned(),
            count => format!("{} look like others by name", thousands(count)),
        };
        Some(format!("{what}: {}{more}", named.join(", ")))
    }

    /// What must be typed to confirm it, where it can't be taken back and concerns
    /// more than one token: "revoke 19". An old value that was replaced is no more, too.
    pub fn phrase(&self) -> Option<String> {
        let count = self.count();
        let done = if self.only_cancels() { "cancel".to_owned() } else { self.verb.to_string() };
        let ends = self.verb.is_final() || self.verb == Verb::Regenerate;
        (ends && count > 1).then(|| format!("{done} {count}"))
    }
}

/// How one token of a plan ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// There was nothing to do.
    Skipped {
        /// The refusal's code.
        code: String,
        /// The refusal's sentence.
        reason: String,
    },
    /// It could not be done.
    Failed {
        /// The refusal's code.
        code: String,
        /// The refusal's sentence.
        reason: String,
    },
}

/// One token of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ReportItem {
    /// Which.
    pub id: TokenId,
    /// Its name when the plan was made.
    pub name: String,
    /// Whether it was a request, which is cancelled instead of revoked.
    #[serde(default)]
    pub request: bool,
    /// How it ended.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What came of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Report {
    /// The action.
    pub verb: Verb,
    /// Every token of the plan.
    pub items: Vec<ReportItem>,
}

impl Report {
    /// Whether it was about nothing but requests.
    pub fn only_cancels(&self) -> bool {
        let acted = |item: &&ReportItem| !matches!(item.outcome, Outcome::Skipped { .. });
        let mut acted = self.items.iter().filter(acted).peekable();
        acted.peek().is_some() && acted.all(|item| item.request)
    }

    /// How many were done, skipped and failed.
    pub fn counts(&self) -> (usize, usize, usize) {
        self.items.iter().fold((0, 0, 0), |(done, skipped, failed), item| match item.outcome {
            Outcome::Done => (done + 1, skipped, failed),
            Outcome::Skipped { .. } => (done, skipped + 1, failed),
            Outcome::Failed { .. } => (done, skipped, failed + 1),
        })
    }
}
