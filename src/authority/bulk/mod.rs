//! Work on many tokens: which a plan is for and what would be done with each, and a job
//! that does it token by token, each decided again under the lock.

mod item;
mod order;
mod plan;
mod rotate;
mod run;

pub(super) use plan::{order_of, planned};
pub(super) use run::{asked, decide_chunk};

use crate::authority::Authority;
use crate::authority::scene::Scene;
use crate::domain::{Change, JobChunk, JobRecord, Verb};
use crate::store::StoreError;

/// What ends with a job that ends before it is done.
pub(super) fn left_behind(
    authority: &Authority,
    (verb, record): (Verb, &JobRecord),
    scene: &Scene,
) -> Result<Vec<Change>, StoreError> {
    if verb == Verb::Regenerate { rotate::forgotten(authority, record, scene) } else { Ok(vec![]) }
}

/// What the file of a staged job has to hold.
pub(super) fn sheet_of(authority: &Authority, chunks: &[JobChunk]) -> Result<String, StoreError> {
    rotate::sheet_of(authority, chunks)
}
