//! Tokens out of a file: what is asked for each row, and what comes of it.

use serde::{Deserialize, Serialize};

use super::{LookAlike, Outcome, http::MAX_ITEMS};
use crate::domain::{
    AccountId, Guid, JobId, Refusal, Settings, Time, TokenId, TokenValue, UserId, filled, whole,
};

/// A value that somebody holds already, as far as a file may tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HeldValue {
    /// Its public half.
    pub guid: Guid,
    /// What it begins with: the prefix of this store, or it is another store's.
    #[schemars(length(max = 40))]
    pub prefix: String,
    /// Its hash, as 64 hexadecimal digits.
    #[schemars(length(max = 200))]
    pub hash: String,
}

/// A token that is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ImportRow {
    /// The line of its file, by which answers name it.
    #[serde(deserialize_with = "whole::read")]
    pub line: u64,
    /// The account; none = all accounts, for a Superadmin alone.
    pub account: Option<AccountId>,
    /// The user it is issued to; none = a token of the account.
    pub owner: Option<UserId>,
    /// The rest.
    pub settings: Settings,
    /// The value its holder has; none = one is drawn, or asked for where it has an owner.
    pub value: Option<HeldValue>,
}

impl ImportRow {
    /// What it becomes.
    pub fn kind(&self) -> ImportKind {
        match (&self.value, self.owner) {
            (Some(_), _) => ImportKind::Held,
            (None, Some(_)) => ImportKind::Request,
            (None, None) => ImportKind::Drawn,
        }
    }
}

/// What a row becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ImportKind {
    /// A token with a new value.
    Drawn,
    /// A token with the value that its holder has.
    Held,
    /// A request, which gets its value when its owner accepts it.
    Request,
}

/// Tokens that are to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportPlan {
    /// Names it, so that it is staged once however often it is sent, and its job is found
    /// again; none = each time anew.
    #[serde(default)]
    pub id: Option<Guid>,
    /// They.
    #[serde(deserialize_with = "filled::several")]
    #[schemars(length(min = 1, max = MAX_ITEMS))]
    pub rows: Vec<ImportRow>,
}

/// What would come of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// It would be made.
    New {
        /// As what.
        kind: ImportKind,
    },
    /// It is there already, and stays as it is.
    Exists {
        /// Which token it is.
        id: TokenId,
    },
    /// It can't be made.
    Refused {
        /// Why not.
        refusal: Refusal,
    },
}

/// A row that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct CheckedRow {
    /// The line of its file.
    pub line: u64,
    /// What would come of it.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Tokens that the operator sees and whose names look like the one it would have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub look_alikes: Vec<LookAlike>,
}

/// What would come of all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ImportCheck {
    /// For the plan that is made of those that can be made.
    pub id: Guid,
    /// Every row, in the order in which they were asked about.
    pub rows: Vec<CheckedRow>,
}

/// A value that was drawn for a row.
pub struct ImportedValue {
    /// The line of its file.
    pub line: u64,
    /// The name of the token.
    pub name: String,
    /// The name of its account.
    pub account: String,
    /// The record that it becomes.
    pub token: TokenId,
    /// The value.
    pub value: TokenValue,
    /// When it ends.
    pub expires_at: Option<Time>,
}

/// Tokens that are not made yet: their values are to be written to a file before
/// [`crate::backend::Backend::activate`] makes them, or given up.
pub struct StagedImport {
    /// The job that will make them.
    pub job: JobId,
    /// The values that were drawn for them.
    pub values: Vec<ImportedValue>,
}

/// How one row ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ImportReportItem {
    /// The line of its file.
    pub line: u64,
    /// The name of the token.
    pub name: String,
    /// The token that it became.
    pub token: Option<TokenId>,
    /// What it was to become.
    pub kind: ImportKind,
    /// How it ended.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ImportReport {
    /// Every row.
    pub items: Vec<ImportReportItem>,
}

impl ImportReport {
    /// How many were made, and how many were not.
    pub fn counts(&self) -> (usize, usize) {
        let made = self.items.iter().filter(|item| item.outcome == Outcome::Done).count();
        (made, self.items.len() - made)
    }
}
