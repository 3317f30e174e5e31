//! Bulk work order by order: what is true of each token is told, and one that fails spoils no
//! other.

use crate::backend::{Answer, Backend, BackendError};
use crate::domain::{Refusal, Verb, known_version};
use crate::wire::{Outcome, Plan, PlanItem, Report, ReportItem, Step};

/// Does what a plan says, one token after the other, and waits for the end. Where the
/// backend is out of reach, the rest is told as not reached instead of asked in vain.
pub async fn run<B: Backend + ?Sized>(backend: &B, plan: Plan) -> Answer<Report> {
    plan.must_act()?;
    let verb = plan.verb;
    let mut lost: Option<Outcome> = None;
    let mut items = Vec::with_capacity(plan.items.len());
    for item in plan.items {
        let outcome = match (item.step.skipped(), &lost) {
            (Some(skipped), _) => skipped,
            (None, Some(lost)) => lost.clone(),
            (None, None) => match order(backend, verb, &item).await {
                Ok(()) => Outcome::Done,
                Err(error) => {
                    lost = error.refusal().is_none().then(|| not_reached(&error));
                    error.refusal().map_or_else(|| failed(&error), Outcome::refused)
                }
            },
        };
        let request = item.step == Step::CancelRequest;
        items.push(ReportItem { id: item.id, name: item.name, request, outcome });
    }
    Ok(Report { verb, items })
}

/// Gives the order that an item of a plan stands for.
pub(super) async fn order<B: Backend + ?Sized>(
    backend: &B,
    verb: Verb,
    item: &PlanItem,
) -> Answer<()> {
    let verb = match item.step {
        Step::CancelRequest => Verb::Delete,
        // To give needs a receiver, which one order of this kind has no room for.
        Step::Give(_) => return Err(Refusal::StalePlan.into()),
        Step::Act | Step::Skip { .. } => verb,
    };
    backend.act(verb, item.id.clone(), known_version(item.version)).await.map(drop)
}

fn failed(error: &BackendError) -> Outcome {
    Outcome::Failed { code: error.code().to_owned(), reason: error.to_string() }
}

fn not_reached(error: &BackendError) -> Outcome {
    let reason = format!("Not reached: {error}");
    Outcome::Failed { code: error.code().to_owned(), reason }
}
