//! The bodies that are no plain wire type: several things asked at once, and
//! answers that carry a value.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::job::MAX_FILE;
use crate::domain::verify::Request;
use crate::domain::{
    AccountId, EntryDraft, Expiry, Guid, HolderVerb, JobId, Method, Operator, Overlap, Settings,
    Time, TokenId, UserId, filled,
};
use crate::wire::{
    Abilities, Descriptors, ExportRow, ImportPlan, ImportRow, ImportedValue, Issued, Plan,
    Retention, Revealed, RowId, Staged, StagedImport, StoreKind, TokenView,
};

use super::{MAX_ITEMS, SecretText, Whole};
use crate::domain::clock::Jump;

/// Who is at work, and on what kind of server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Me {
    /// The version of this interface: another first number is another interface.
    pub api: String,
    /// What the store is for.
    pub store: StoreKind,
    /// Whether it keeps values.
    pub retention: Retention,
    /// Who is at work.
    pub operator: Operator,
    /// The server's clock.
    pub now: Time,
    /// When the operator credential ends that this was asked with.
    #[serde(default)]
    pub credential_expires_at: Option<Time>,
    /// The jump of the server's clock: until somebody there accepts it, only revoke and
    /// disable are done; none = it is believed.
    #[serde(default)]
    pub clock_jump: Option<Jump>,
    /// How far the store has come, as [`HeadBody`] tells it.
    pub head: String,
    /// The ids of the calls there are: what is missing, this server can't do.
    pub calls: Vec<String>,
    /// What it can do with tokens, users and the catalogue, and why not. Servers to come know
    /// more words than these; one that an answer lacks is told by the calls.
    #[serde(default)]
    pub abilities: Abilities,
    /// What its rows consist of: columns, filters, form fields and details tabs.
    #[serde(default)]
    pub descriptors: Descriptors,
}

/// How far the store has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeadBody {
    /// The same text means that nothing changed.
    pub head: String,
}

/// The place of a token in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PositionBody {
    /// Rows before it; none = it is not in the list.
    pub position: Option<usize>,
}

/// A GUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GuidBody {
    /// It.
    pub guid: Guid,
}

/// An edit; the version that was read stands in If-Match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditAsk {
    /// The settings afterwards; each is named, `null` is none.
    pub settings: Whole<Settings>,
    /// Whether the token also gets a new value.
    #[serde(default)]
    pub new_value: bool,
    /// The GUID of that value where a form proposed one.
    #[serde(default)]
    pub guid: Option<Guid>,
}

/// An edit of an entry of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryEditAsk {
    /// The entry as it was read: where somebody changed it since, the edit is stale. None =
    /// whatever it is now.
    pub seen: Option<EntryDraft>,
    /// What it is to become; each field is named, `null` is none.
    pub draft: Whole<EntryDraft>,
}

/// A regenerate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegenerateAsk {
    /// The new end; none = as long from now as the value before was to live from its
    /// issue, and six months where nobody knows when that was.
    #[serde(default)]
    pub expiry: Option<Expiry>,
    /// How long the old value still passes.
    #[serde(default)]
    pub overlap: Overlap,
}

/// A text to be recognised, or to be searched for values. It may be a secret.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookupAsk {
    /// A text with values or GUIDs anywhere in it, or an id or name by itself.
    pub text: SecretText,
}

/// A value to be verified.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyAsk {
    /// The value as its bearer presented it.
    pub value: SecretText,
    /// What the bearer asks for.
    #[serde(default)]
    pub request: RequestAsk,
}

/// What a bearer asks for, as it is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestAsk {
    /// The module to be called, by id or name; none = only whether the token is alive.
    pub module: Option<String>,
    /// The method of the call.
    #[serde(default)]
    pub method: Method,
}

impl From<Request> for RequestAsk {
    fn from(request: Request) -> Self {
        let Request { module, method } = request;
        Self { module: module.map(|id| id.to_string()), method }
    }
}

/// A generate & export to be staged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageAsk {
    /// What would be done.
    pub plan: Plan<HolderVerb>,
    /// Where the caller will write the values, for whoever finds the job unfinished.
    #[schemars(length(min = 1, max = MAX_FILE))]
    pub file: String,
}

/// Tokens out of a file to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportCheckAsk {
    /// They.
    #[serde(deserialize_with = "filled::several")]
    #[schemars(length(min = 1, max = MAX_ITEMS))]
    pub rows: Vec<ImportRow>,
}

/// An import to be staged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageImportAsk {
    /// What is to be made.
    pub plan: ImportPlan,
    /// Where the caller will write the values, for whoever finds the job unfinished; none
    /// where none is drawn.
    #[serde(default)]
    #[schemars(length(min = 1, max = MAX_FILE))]
    pub file: Option<String>,
}

/// A token that was made, changed or given a new value.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct IssuedBody {
    /// The token now.
    pub token: TokenView,
    /// Its new value, where it got one; this may be the only time it is known.
    pub value: Option<SecretText>,
    /// Where this was done by an earlier request under the same Idempotency-Key, and its
    /// value is not given again: how to get a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_gone: Option<String>,
}

impl From<Issued> for IssuedBody {
    fn from(issued: Issued) -> Self {
        let value = issued.value.as_ref().map(SecretText::from);
        Self { token: issued.token, value, value_gone: None }
    }
}

impl TryFrom<IssuedBody> for Issued {
    type Error = ();

    fn try_from(body: IssuedBody) -> Result<Self, ()> {
        let value = body.value.map(|text| text.value().ok_or(())).transpose()?;
        Ok(Self { token: body.token, value })
    }
}

/// A value that was shown.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct RevealedBody {
    /// Whose it is.
    pub token: RowId,
    /// The value.
    pub value: SecretText,
}

impl From<Revealed> for RevealedBody {
    fn from(revealed: Revealed) -> Self {
        Self { token: revealed.token.clone(), value: (&revealed.value).into() }
    }
}

impl TryFrom<RevealedBody> for Revealed {
    type Error = ();

    fn try_from(body: RevealedBody) -> Result<Self, ()> {
        Ok(Self { token: body.token, value: body.value.value().ok_or(())? })
    }
}

/// New values that are drawn but not in force.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct StagedBody {
    /// The job that will put them in force.
    pub job: JobId,
    /// The values.
    pub rows: Vec<ExportBody>,
}

/// One row of an export.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportBody {
    /// Whose it is.
    pub user: UserId,
    /// Their name.
    pub user_name: String,
    /// In which account.
    pub account: AccountId,
    /// For which module, by name.
    pub service: String,
    /// The record.
    pub token: TokenId,
    /// The public half of the value.
    pub guid: Guid,
    /// The value.
    pub value: SecretText,
    /// When it ends.
    pub expires_at: Option<Time>,
}

impl From<Staged> for StagedBody {
    fn from(staged: Staged) -> Self {
        let row = |row: ExportRow| ExportBody {
            user: row.user,
            user_name: row.user_name,
            account: row.account,
            service: row.service,
            token: row.token,
            guid: row.guid,
            value: (&row.value).into(),
            expires_at: row.expires_at,
        };
        Self { job: staged.job, rows: staged.rows.into_iter().map(row).collect() }
    }
}

impl TryFrom<StagedBody> for Staged {
    type Error = ();

    fn try_from(body: StagedBody) -> Result<Self, ()> {
        let row = |row: ExportBody| {
            Ok(ExportRow {
                user: row.user,
                user_name: row.user_name,
                account: row.account,
                service: row.service,
                token: row.token,
                guid: row.guid,
                value: row.value.value().ok_or(())?,
                expires_at: row.expires_at,
            })
        };
        Ok(Self { job: body.job, rows: body.rows.into_iter().map(row).collect::<Result<_, ()>>()? })
    }
}

/// Values that were drawn for tokens which are not made yet.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct StagedImportBody {
    /// The job that will make them.
    pub job: JobId,
    /// The values.
    pub values: Vec<ImportedBody>,
}

/// A value that was drawn for a row of a file.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ImportedBody {
    /// The line of its file.
    pub line: u64,
    /// The name of the token.
    pub name: String,
    /// The name of its account.
    pub account: String,
    /// The record that it becomes.
    pub token: TokenId,
    /// The value.
    pub value: SecretText,
    /// When it ends.
    pub expires_at: Option<Time>,
}

impl From<StagedImport> for StagedImportBody {
    fn from(staged: StagedImport) -> Self {
        let row = |row: ImportedValue| ImportedBody {
            line: row.line,
            name: row.name,
            account: row.account,
            token: row.token,
            value: (&row.value).into(),
            expires_at: row.expires_at,
        };
        Self { job: staged.job, values: staged.values.into_iter().map(row).collect() }
    }
}

impl TryFrom<StagedImportBody> for StagedImport {
    type Error = ();

    fn try_from(body: StagedImportBody) -> Result<Self, ()> {
        let row = |row: ImportedBody| {
            Ok(ImportedValue {
                line: row.line,
                name: row.name,
                account: row.account,
                token: row.token,
                value: row.value.value().ok_or(())?,
                expires_at: row.expires_at,
            })
        };
        let values = body.values.into_iter().map(row).collect::<Result<_, ()>>()?;
        Ok(Self { job: body.job, values })
    }
}
