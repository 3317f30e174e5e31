//! The rows of a file as the items of a job: each is decided again under the lock, and one
//! that fails spoils no other.

use super::item::{ImportEnd, ImportItem, drawn, report};
use super::making::{Making, Standing};
use crate::authority::holders::proof_of;
use crate::authority::jobs::{EndedChunk, read, write};
use crate::authority::plans::tally;
use crate::authority::scene::Scene;
use crate::authority::{Authority, Ruling};
use crate::domain::{Change, JobChunk, Refusal, TokenChange, TokenId};
use crate::store::{CommitError, StoreError};
use crate::wire::{ImportKind, ImportReport, Outcome};

/// Decides the rows of a chunk on the state under the lock.
pub(in crate::authority) fn decide_chunk(
    authority: &Authority,
    plan: &str,
    scene: &Scene,
) -> Ruling<EndedChunk> {
    let items: Vec<ImportItem> = read(authority, plan)?;
    let mut making = Making::new(authority, scene);
    let mut next = scene.state.next_token_id()?.number();
    let (mut changes, mut ends) =
        (Vec::with_capacity(items.len()), Vec::with_capacity(items.len()));
    for item in &items {
        let end = match made(&mut making, item, TokenId::new(next), scene) {
            Ok(change) => {
                let id = change.token.id;
                next += u64::from(id.number() == next);
                changes.push(Change::Token(Box::new(change)));
                ImportEnd { token: Some(id), outcome: Outcome::Done }
            }
            Err(CommitError::Refused(refusal)) => {
                ImportEnd { token: None, outcome: Outcome::failed(&refusal) }
            }
            Err(error) => return Err(error),
        };
        ends.push(end);
    }
    let tally = tally(ends.iter().map(|end| &end.outcome));
    Ok(EndedChunk { changes, outcome: write(&ends)?, tally })
}

fn made(
    making: &mut Making,
    item: &ImportItem,
    next: TokenId,
    scene: &Scene,
) -> Ruling<TokenChange> {
    scene.operator.must_manage()?;
    let (draft, held) = match making.look(&item.row)? {
        Standing::New(draft, held) => (draft, held),
        // It came since the row was looked at.
        Standing::Exists(_) => return Err(Refusal::field("name", "Name already in use").into()),
    };
    let (id, credential) = match (item.row.kind(), &item.drawn) {
        (ImportKind::Drawn, Some(drawn)) => (drawn.token, Some(drawn.credential())),
        (ImportKind::Drawn, None) => {
            return Err(StoreError::Fault("a value was never drawn".to_owned()).into());
        }
        (ImportKind::Held | ImportKind::Request, _) => (next, held),
    };
    Ok(making.token((&draft, credential), id)?)
}

/// What the file of a staged import has to hold.
pub(in crate::authority) fn sheet_of(
    authority: &Authority,
    chunks: &[JobChunk],
) -> Result<String, StoreError> {
    Ok(proof_of(drawn(authority, chunks)?))
}

/// How each row ended.
pub(in crate::authority) fn report_of(
    authority: &Authority,
    chunks: &[JobChunk],
    unreached: &Outcome,
) -> Ruling<ImportReport> {
    let mut items = Vec::new();
    for chunk in chunks {
        items.extend(report(authority, chunk, unreached)?);
    }
    Ok(ImportReport { items })
}
