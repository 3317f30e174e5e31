//! Users and what they hold, and the bulk actions for them.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ability::Ability;
use super::http::MAX_ITEMS;
use super::plan::{BulkEnd, BulkItem, BulkVerb, Outcome, Plan, Report, Step, Toll};
use super::view::Names;
use crate::domain::job::Work;
use crate::domain::{
    AccountFilter, AccountId, Direction, Guid, HolderVerb, Holding, JobId, ModuleId, Refusal, Role,
    Time, TokenId, TokenValue, User, UserId, filled, whole,
};

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
    JsonSchema,
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
    JsonSchema,
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// One user and module of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

impl BulkItem for HolderItem {
    fn step(&self) -> &Step {
        &self.step
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.user, self.module, &self.lost, &self.step)
            == (other.user, other.module, &other.lost, &other.step)
    }

    fn size(&self) -> usize {
        self.lost.len().saturating_add(1)
    }
}

/// A frozen set of users and what will be done for each.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "HolderPlan")]
pub struct HolderPlanForm {
    /// Names it, so that it is started once however often it is sent, and its job is
    /// found again; none = each time anew.
    #[serde(default)]
    id: Option<Guid>,
    /// The action.
    verb: HolderVerb,
    /// In which account.
    account: AccountId,
    /// Every user and module, by name.
    #[schemars(length(max = MAX_ITEMS))]
    items: Vec<HolderItem>,
    /// When it was made.
    made_at: Time,
}

impl From<HolderPlanForm> for Plan<HolderVerb> {
    fn from(form: HolderPlanForm) -> Self {
        let HolderPlanForm { id, verb, account, items, made_at } = form;
        Self { id, verb, account, items, made_at }
    }
}

impl BulkVerb for HolderVerb {
    type Target = HolderTarget;
    type Account = AccountId;
    type Item = HolderItem;
    type End = HolderReportItem;
    type Form = HolderPlanForm;
    const REPORT: [&str; 3] =
        ["HolderReport", "What came of a plan for users.", "Every item of the plan."];

    fn is_nowhere(_account: &AccountId) -> bool {
        false
    }

    fn work(self) -> Work {
        Work::Holders(self)
    }

    fn nothing_to_do(self) -> Refusal {
        Refusal::NothingToBe(self)
    }

    fn abilities(plan: &Plan<Self>) -> Vec<Ability> {
        vec![Ability::of_holders(plan.verb)]
    }

    fn toll(plan: &Plan<Self>) -> Toll {
        plan.lost().into_iter().fold(Toll::default(), |toll, lost| Toll {
            tokens: toll.tokens + 1,
            requests: toll.requests + usize::from(lost.is_request()),
            values: toll.values + lost.values,
            exported: toll.exported + if lost.pending { lost.values } else { 0 },
        })
    }

    fn words(plan: &Plan<Self>) -> String {
        let lost = plan.lost().len();
        match plan.verb {
            Self::Generate => format!("generate {}", plan.count()),
            Self::Remove => format!("delete {lost}"),
            Self::Request | Self::Cancel => format!("{} {lost}", plan.verb),
        }
    }

    /// Always for generate, for remove above one token (R120, R124).
    fn wants_words(plan: &Plan<Self>) -> bool {
        match plan.verb {
            Self::Generate => true,
            Self::Remove => plan.lost().len() > 1,
            Self::Request | Self::Cancel => false,
        }
    }
}

impl Plan<HolderVerb> {
    /// The tokens that go, each once.
    pub fn lost(&self) -> Vec<&Lost> {
        let mut seen = BTreeSet::new();
        self.acting().flat_map(|item| &item.lost).filter(|lost| seen.insert(lost.id)).collect()
    }
}

/// A token that went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gone {
    /// Which.
    pub id: TokenId,
    /// Its name when the plan was made.
    pub name: String,
}

/// One user and module of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

impl BulkEnd for HolderReportItem {
    fn outcome(&self) -> &Outcome {
        &self.outcome
    }
}

impl Report<HolderVerb> {
    /// The tokens that went: what the question counted.
    pub fn gone(&self) -> impl Iterator<Item = &Gone> {
        self.items.iter().flat_map(|item| &item.gone)
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
