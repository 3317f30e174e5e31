//! The bodies of new values for many tokens: what is asked, and the values that are drawn
//! and not in force yet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::job::MAX_FILE;
use crate::domain::{AccountId, Expiry, Guid, JobId, Overlap, Time, TokenId};
use crate::wire::{Plan, RotationRow, Staged};

use super::SecretText;

/// New values for many tokens, to be staged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RotationAsk {
    /// The tokens: a plan to regenerate.
    pub plan: Plan,
    /// The end of the new values; none = each lives as long as the one before was to live
    /// from its issue, and six months where nobody knows when that was.
    #[serde(default)]
    pub expiry: Option<Expiry>,
    /// How long the old values still pass, counted from when the new ones are in force.
    #[serde(default)]
    pub overlap: Overlap,
    /// Where the caller will write the values, for whoever finds the job unfinished.
    #[schemars(length(min = 1, max = MAX_FILE))]
    pub file: String,
}

/// New values of many tokens that are drawn but not in force.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct StagedRotationBody {
    /// The job that will put them in force.
    pub job: JobId,
    /// The values.
    pub rows: Vec<RotationBody>,
}

/// One new value of a token.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct RotationBody {
    /// Whose it is.
    pub token: TokenId,
    /// Its name.
    pub name: String,
    /// Its account; none = all accounts.
    pub account: Option<AccountId>,
    /// The account, by name.
    pub account_name: String,
    /// The public half of the value.
    pub guid: Guid,
    /// The value.
    pub value: SecretText,
    /// When it ends.
    pub expires_at: Option<Time>,
}

impl From<Staged<RotationRow>> for StagedRotationBody {
    fn from(staged: Staged<RotationRow>) -> Self {
        let row = |row: RotationRow| RotationBody {
            token: row.token,
            name: row.name,
            account: row.account,
            account_name: row.account_name,
            guid: row.guid,
            value: (&row.value).into(),
            expires_at: row.expires_at,
        };
        Self { job: staged.job, rows: staged.rows.into_iter().map(row).collect() }
    }
}

impl TryFrom<StagedRotationBody> for Staged<RotationRow> {
    type Error = ();

    fn try_from(body: StagedRotationBody) -> Result<Self, ()> {
        let row = |row: RotationBody| {
            Ok(RotationRow {
                token: row.token,
                name: row.name,
                account: row.account,
                account_name: row.account_name,
                guid: row.guid,
                value: row.value.value().ok_or(())?,
                expires_at: row.expires_at,
            })
        };
        Ok(Self { job: body.job, rows: body.rows.into_iter().map(row).collect::<Result<_, ()>>()? })
    }
}
