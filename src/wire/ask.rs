//! What a plan is asked for, and a plan of whatever kind: so that one call of a backend
//! stands for work on tokens and on what users hold.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bulk::Target;
use super::job::JobReport;
use super::plan::{BulkVerb, Plan, Report};
use super::users::HolderTarget;
use crate::domain::{Guid, HolderVerb, Receiver, Verb};

/// A plan for tokens to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PlanAsk")]
pub struct TokenPlanAsk {
    /// What would be done.
    pub verb: Verb,
    /// Who would get them, where they are to be handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Receiver>,
    /// To which tokens.
    pub target: Target,
}

/// A plan for users to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HolderPlanAsk {
    /// What would be done.
    pub verb: HolderVerb,
    /// For which users.
    pub target: HolderTarget,
}

/// What a plan is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time, and none is kept")]
pub enum PlanAsk {
    /// This for tokens.
    Tokens(TokenPlanAsk),
    /// This for users.
    Holders(HolderPlanAsk),
}

/// A plan, for whatever it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnyPlan {
    /// For tokens.
    Tokens(Plan),
    /// For users.
    Holders(Plan<HolderVerb>),
}

impl AnyPlan {
    /// What names it.
    pub fn id(&self) -> Option<Guid> {
        match self {
            Self::Tokens(plan) => plan.id,
            Self::Holders(plan) => plan.id,
        }
    }
}

/// A verb that is on its way to a backend and back.
pub trait BulkCall: BulkVerb {
    /// Asks for a plan to do this.
    fn ask(self, target: Self::Target) -> PlanAsk;
    /// The plan, for whoever takes any.
    fn any(plan: Plan<Self>) -> AnyPlan;
    /// The plan, if it is one of these.
    fn plan(plan: AnyPlan) -> Option<Plan<Self>>;
    /// The report, if it is one of these.
    fn report(report: JobReport) -> Option<Report<Self>>;
}

impl BulkCall for Verb {
    fn ask(self, target: Target) -> PlanAsk {
        PlanAsk::Tokens(TokenPlanAsk { verb: self, to: None, target })
    }

    fn any(plan: Plan) -> AnyPlan {
        AnyPlan::Tokens(plan)
    }

    fn plan(plan: AnyPlan) -> Option<Plan> {
        match plan {
            AnyPlan::Tokens(plan) => Some(plan),
            AnyPlan::Holders(_) => None,
        }
    }

    fn report(report: JobReport) -> Option<Report> {
        match report {
            JobReport::Tokens(report) => Some(report),
            JobReport::Holders(_) | JobReport::Imports(_) => None,
        }
    }
}

impl BulkCall for HolderVerb {
    fn ask(self, target: HolderTarget) -> PlanAsk {
        PlanAsk::Holders(HolderPlanAsk { verb: self, target })
    }

    fn any(plan: Plan<Self>) -> AnyPlan {
        AnyPlan::Holders(plan)
    }

    fn plan(plan: AnyPlan) -> Option<Plan<Self>> {
        match plan {
            AnyPlan::Holders(plan) => Some(plan),
            AnyPlan::Tokens(_) => None,
        }
    }

    fn report(report: JobReport) -> Option<Report<Self>> {
        match report {
            JobReport::Holders(report) => Some(report),
            JobReport::Tokens(_) | JobReport::Imports(_) => None,
        }
    }
}
