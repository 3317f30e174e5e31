//! Work on many tokens: which, what a plan says of each, and how each ended.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ability::Ability;
use super::http::MAX_ITEMS;
use super::plan::{BulkEnd, BulkItem, BulkVerb, Outcome, Plan, Report, Step, Toll};
use super::row_id::RowId;
use super::view::LookAlike;
use crate::domain::job::Work;
use crate::domain::query::Part;
use crate::domain::{AccountId, Guid, Query, Refusal, Status, Time, UserId, Verb, filled, whole};
use crate::text::thousands;

/// Which tokens a bulk action is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "there is one target at a time, and none is kept")]
pub enum Target {
    /// These.
    Tokens(
        #[serde(deserialize_with = "filled::several")]
        #[schemars(length(min = 1, max = MAX_ITEMS))]
        Vec<RowId>,
    ),
    /// All that a query finds.
    Found(Query),
    /// All tokens of an account that the operator sees (R53).
    Account(AccountId),
    /// All tokens of a user (R54).
    Owner(UserId),
}

/// One token of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanItem {
    /// Which.
    pub id: RowId,
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

impl BulkItem for PlanItem {
    fn step(&self) -> &Step {
        &self.step
    }

    fn is_same(&self, other: &Self) -> bool {
        (&self.id, self.version, &self.step) == (&other.id, other.version, &other.step)
    }

    fn size(&self) -> usize {
        1
    }
}

/// A frozen set of tokens and what will be done with each.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Plan")]
pub struct TokenPlanForm {
    /// Names it, so that it is started once however often it is sent, and its job is
    /// found again; none = each time anew.
    #[serde(default)]
    id: Option<Guid>,
    /// The action.
    verb: Verb,
    /// Every token concerned, in the order of the list.
    #[schemars(length(max = MAX_ITEMS))]
    items: Vec<PlanItem>,
    /// When it was made.
    made_at: Time,
}

impl From<TokenPlanForm> for Plan {
    fn from(TokenPlanForm { id, verb, items, made_at }: TokenPlanForm) -> Self {
        Self { id, verb, account: (), items, made_at }
    }
}

impl BulkVerb for Verb {
    type Target = Target;
    type Account = ();
    type Item = PlanItem;
    type End = ReportItem;
    type Form = TokenPlanForm;
    const REPORT: [&str; 3] = ["Report", "What came of a plan.", "Every token of the plan."];

    fn is_nowhere((): &()) -> bool {
        true
    }

    fn work(self) -> Work {
        Work::Tokens(self)
    }

    fn nothing_to_do(self) -> Refusal {
        Refusal::NothingToDo(self)
    }

    fn abilities(plan: &Plan) -> Vec<Ability> {
        let cancels = plan.acting().any(|item| item.step == Step::CancelRequest);
        let acts = (!plan.only_cancels()).then(|| Ability::of_many(plan.verb));
        acts.into_iter().chain(cancels.then_some(Ability::Delete)).collect()
    }

    fn toll(plan: &Plan) -> Toll {
        plan.acting().fold(Toll::default(), |toll, item| Toll {
            tokens: toll.tokens + 1,
            requests: toll.requests + usize::from(item.step == Step::CancelRequest),
            values: toll.values + item.values,
            exported: toll.exported + if item.status == Status::Pending { item.values } else { 0 },
        })
    }

    fn words(plan: &Plan) -> String {
        let count = plan.count();
        if plan.only_cancels() {
            return format!("cancel {count}");
        }
        format!("{} {count}", plan.verb)
    }

    /// Where it can't be taken back and concerns more than one token. An old value that was
    /// replaced is no more, too.
    fn wants_words(plan: &Plan) -> bool {
        (plan.verb.is_final() || plan.verb == Self::Regenerate) && plan.count() > 1
    }
}

impl Plan {
    /// A plan that does nothing.
    pub fn empty(verb: Verb, made_at: Time) -> Self {
        Self { id: None, verb, account: (), items: vec![], made_at }
    }

    /// Whether nothing but requests is concerned: to revoke those is to cancel them.
    pub fn only_cancels(&self) -> bool {
        self.count() > 0 && self.acting().all(|item| item.step == Step::CancelRequest)
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
}

/// One token of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportItem {
    /// Which.
    pub id: RowId,
    /// Its name when the plan was made.
    pub name: String,
    /// Whether it was a request, which is cancelled instead of revoked.
    #[serde(default)]
    pub request: bool,
    /// How it ended.
    #[serde(flatten)]
    pub outcome: Outcome,
}

impl BulkEnd for ReportItem {
    fn outcome(&self) -> &Outcome {
        &self.outcome
    }
}

impl Report {
    /// Whether it was about nothing but requests.
    pub fn only_cancels(&self) -> bool {
        let acted = |item: &&ReportItem| !matches!(item.outcome, Outcome::Skipped { .. });
        let mut acted = self.items.iter().filter(acted).peekable();
        acted.peek().is_some() && acted.all(|item| item.request)
    }
}
