//! Users and what they hold, and the bulk actions for them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::{
    AccountFilter, AccountId, Direction, Guid, HolderVerb, Holding, JobId, ModuleId, Role, Time,
    TokenId, TokenValue, User, UserId, filled, whole,
};
use crate::text::thousands;

use super::http::MAX_ITEMS;
use super::{Names, Outcome, Step};

/// What a list of users can be ordered by.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum UserColumn {
    /// Name.
    #[default]
    Name,
    /// Id.
    Id,
    /// What they hold of the modules asked about.
    Token,
    /// When that ends.
    Expires,
}

/// Which users by what they hold of the modules asked about.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum HoldingFilter {
    /// With an accepted token.
    Has,
    /// With a request that waits.
    Pending,
    /// With neither.
    Nothing,
}

/// Which users to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct UserQuery {
    /// Words that all must be found in name, login, id or e-mail (R129).
    pub words: Vec<String>,
    /// Of which account.
    pub account: AccountFilter,
    /// The modules asked about; none chosen = all, counted (R117).
    pub modules: BTreeSet<ModuleId>,
    /// Only users who hold this.
    pub holding: Option<HoldingFilter>,
    /// Only users of these roles; none = all.
    pub roles: Vec<Role>,
    /// The order.
    pub sort: (UserColumn, Direction),
}

/// A user as an operator sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct UserView {
    /// The record, without accounts and scopes the operator may not know of.
    #[serde(flatten)]
    pub user: User,
    /// What they hold of the modules asked about.
    pub holding: Holding,
    /// When the last of it ends: of the accepted ones, else of the pending; none =
    /// never, or nothing held.
    pub expires: Option<Time>,
    /// Names of accounts and scopes.
    pub names: Names,
}

/// A window of the users.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct UserPage {
    /// How many users fit the query.
    pub total: usize,
    /// How many there are without words, holding and roles.
    pub all: usize,
    /// The place of the first.
    pub offset: usize,
    /// The users.
    pub users: Vec<UserView>,
}

/// For whom and for what a bulk action is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HolderTarget {
    /// For these users.
    #[serde(deserialize_with = "filled::several")]
    #[schemars(length(min = 1))]
    pub users: BTreeSet<UserId>,
    /// For these modules, one token per user and module (R130); left out where the
    /// account has only one.
    #[serde(
        default,
        deserialize_with = "filled::several",
        skip_serializing_if = "BTreeSet::is_empty"
    )]
    #[schemars(length(min = 1))]
    pub modules: BTreeSet<ModuleId>,
    /// In this account.
    pub account: AccountId,
}

/// A token that a step replaces or removes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Lost {
    /// Which.
    pub id: TokenId,
    /// Its name when the plan was made.
    pub name: String,
    /// Its version when the plan was made.
    #[serde(deserialize_with = "whole::read")]
    pub version: u64,
    /// Whether it waits for its owner: a request, or an exported value.
    pub pending: bool,
    /// How many values of it pass now, an exported one among them, for its first use
    /// would accept it: two in an overlap.
    #[serde(default, deserialize_with = "whole::read")]
    pub values: usize,
    /// Modules it reaches besides, by name: "also Catalog" (D27).
    pub also: Vec<String>,
}

impl Lost {
    /// Whether it is a request that nobody has a value of.
    pub fn is_request(&self) -> bool {
        self.pending && self.values == 0
    }
}

/// What a plan takes away, counted once for every question about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Toll {
    /// Tokens, the requests among them, each once.
    pub tokens: usize,
    /// Requests that nobody has a value of.
    pub requests: usize,
    /// Values that pass now and stop doing so.
    pub values: usize,
    /// Those of them that were exported and wait for their owner.
    pub exported: usize,
}

impl Toll {
    /// "3 values stop working, 1 of them exported": nothing where none works.
    pub fn values(self) -> Option<String> {
        let values = match self.values {
            0 => return None,
            1 if self.exported == 1 => return Some("1 exported value stops working".to_owned()),
            1 => return Some("1 value stops working".to_owned()),
            values if values == self.exported => {
                return Some(format!("{} exported values stop working", thousands(values)));
            }
            values => thousands(values),
        };
        let exported = match self.exported {
            0 => String::new(),
            exported => format!(", {} of them exported", thousands(exported)),
        };
        Some(format!("{values} values stop working{exported}"))
    }

    /// "1 exported value stops working", for whoever speaks of the other values apart.
    pub fn exported(self) -> Option<String> {
        Self { values: self.exported, ..self }.values()
    }
}

/// One user and module of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HolderItem {
    /// Who.
    pub user: UserId,
    /// Their name when the plan was made.
    pub user_name: String,
    /// For what.
    pub module: ModuleId,
    /// Its name when the plan was made.
    pub module_name: String,
    /// The tokens that go.
    pub lost: Vec<Lost>,
    /// What will be done; never `CancelRequest`.
    pub step: Step,
}

/// A frozen set of users and what will be done for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HolderPlan {
    /// Names it, so that it is started once however often it is sent, and its job is
    /// found again; none = each time anew.
    #[serde(default)]
    pub id: Option<Guid>,
    /// The action.
    pub verb: HolderVerb,
    /// In which account.
    pub account: AccountId,
    /// Every user and module, by name.
    #[schemars(length(max = MAX_ITEMS))]
    pub items: Vec<HolderItem>,
    /// When it was made.
    pub made_at: Time,
}

impl HolderPlan {
    /// The items that will be done.
    pub fn acting(&self) -> impl Iterator<Item = &HolderItem> {
        self.items.iter().filter(|item| !matches!(item.step, Step::Skip { .. }))
    }

    /// How many will be done.
    pub fn count(&self) -> usize {
        self.acting().count()
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

    /// The tokens that go, each once.
    pub fn lost(&self) -> Vec<&Lost> {
        let mut seen = BTreeSet::new();
        self.acting().flat_map(|item| &item.lost).filter(|lost| seen.insert(lost.id)).collect()
    }

    /// What it takes away.
    pub fn toll(&self) -> Toll {
        self.lost().into_iter().fold(Toll::default(), |toll, lost| Toll {
            tokens: toll.tokens + 1,
            requests: toll.requests + usize::from(lost.is_request()),
            values: toll.values + lost.values,
            exported: toll.exported + if lost.pending { lost.values } else { 0 },
        })
    }

    /// What must be typed to confirm it: always for generate, for remove above one
    /// token (R120, R124).
    pub fn phrase(&self) -> Option<String> {
        match self.verb {
            HolderVerb::Generate => Some(format!("generate {}", self.count())),
            HolderVerb::Remove if self.lost().len() > 1 => {
                Some(format!("delete {}", self.lost().len()))
            }
            HolderVerb::Remove | HolderVerb::Request | HolderVerb::Cancel => None,
        }
    }
}

/// A token that went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Gone {
    /// Which.
    pub id: TokenId,
    /// Its name when the plan was made.
    pub name: String,
}

/// One user and module of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HolderReportItem {
    /// Who.
    pub user: UserId,
    /// Their name when the plan was made.
    pub user_name: String,
    /// For what.
    pub module: ModuleId,
    /// Its name when the plan was made.
    pub module_name: String,
    /// The token that was made, or the first that went.
    pub token: Option<TokenId>,
    /// The tokens that went; one that went with another item is named there.
    #[serde(default)]
    pub gone: Vec<Gone>,
    /// How it ended.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What came of a plan for users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HolderReport {
    /// The action.
    pub verb: HolderVerb,
    /// Every item of the plan.
    pub items: Vec<HolderReportItem>,
}

impl HolderReport {
    /// The tokens that went: what the question counted.
    pub fn gone(&self) -> impl Iterator<Item = &Gone> {
        self.items.iter().flat_map(|item| &item.gone)
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

/// One row of an export: the only place a value of a user's token leaves (R125).
pub struct ExportRow {
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
    pub value: TokenValue,
    /// When it ends.
    pub expires_at: Option<Time>,
}

/// New values that are drawn but not in force: they are to be written to a file
/// before [`crate::backend::Backend::activate`] puts them in force, or given up.
pub struct Staged<R = ExportRow> {
    /// The job that will put them in force.
    pub job: JobId,
    /// The values.
    pub rows: Vec<R>,
}
