//! Users and modules of a plan as a job keeps them. Of values that are on their way
//! into a file it keeps GUID and hash, never the value.

use serde::{Deserialize, Serialize};

use crate::authority::Authority;
use crate::authority::jobs::read;
use crate::domain::{
    AccountId, Credential, Guid, JobChunk, Time, TokenId, TokenValue, UserId, ValueHash,
};
use crate::store::StoreError;
use crate::wire::{Gone, HolderItem, HolderReportItem, Lost, Outcome, Step};

/// Users and modules of one commit, at the most: others wait for the lock meanwhile.
pub(super) const SIZE: usize = 200;

/// What one commit of a job is about.
#[derive(Serialize, Deserialize)]
pub(super) struct Chunk {
    pub(super) account: AccountId,
    /// Who planned it, and when: what they took away since then is the job's doing.
    pub(super) by: UserId,
    pub(super) made_at: Time,
    pub(super) items: Vec<Item>,
}

/// A user and a module, and what was drawn for them.
#[derive(Serialize, Deserialize)]
pub(super) struct Item {
    pub(super) planned: HolderItem,
    pub(super) drawn: Option<Drawn>,
}

/// A token that gets into force once its value is safe in its file.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::authority) struct Drawn {
    pub(in crate::authority) token: TokenId,
    pub(in crate::authority) valid_to: Option<Time>,
    guid: Guid,
    hash: [u8; 32],
}

impl Drawn {
    pub(in crate::authority) fn new(
        token: TokenId,
        value: &TokenValue,
        valid_to: Option<Time>,
    ) -> Self {
        Self { token, valid_to, guid: value.guid(), hash: *value.hash().as_bytes() }
    }

    /// It is not sealed: an owner's value never is (D11), and one that went into a file is
    /// there alone.
    pub(in crate::authority) fn credential(&self) -> Credential {
        Credential { guid: self.guid, hash: ValueHash::from_bytes(self.hash), sealed: None }
    }
}

/// How an item ended.
#[derive(Serialize, Deserialize)]
pub(super) struct End {
    pub(super) token: Option<TokenId>,
    /// The tokens that went with it.
    #[serde(default)]
    pub(super) gone: Vec<TokenId>,
    pub(super) outcome: Outcome,
}

impl End {
    /// Nothing was made and nothing went.
    pub(super) fn without_change(outcome: Outcome) -> Self {
        Self { token: None, gone: vec![], outcome }
    }
}

/// What the file of an export has to hold: each value that was drawn for it.
pub(super) fn proof(authority: &Authority, chunks: &[JobChunk]) -> Result<String, StoreError> {
    let mut drawn = Vec::new();
    for chunk in chunks {
        let planned: Chunk = read(authority, &chunk.plan)?;
        drawn.extend(planned.items.into_iter().filter_map(|item| item.drawn));
    }
    Ok(proof_of(drawn))
}

/// The digest over values that were drawn for a file.
pub(in crate::authority) fn proof_of(drawn: Vec<Drawn>) -> String {
    let row = |drawn: Drawn| (drawn.token, drawn.guid, ValueHash::from_bytes(drawn.hash));
    crate::domain::proof::of_rows(drawn.into_iter().map(row))
}

/// How each item of a chunk ended; those of a chunk that did not end were not reached.
pub(super) fn report(
    authority: &Authority,
    chunk: &JobChunk,
    unreached: &Outcome,
) -> Result<Vec<HolderReportItem>, StoreError> {
    let planned: Chunk = read(authority, &chunk.plan)?;
    let ends: Option<Vec<End>> =
        chunk.outcome.as_deref().map(|text| read(authority, text)).transpose()?;
    let mut ends = ends.unwrap_or_default().into_iter();
    let told = |item: Item| {
        let HolderItem { user, user_name, module, module_name, lost, step } = item.planned;
        let end = ends.next().unwrap_or_else(|| match step {
            Step::Skip { code, reason } => End::without_change(Outcome::Skipped { code, reason }),
            Step::Act | Step::Give(_) | Step::CancelRequest => {
                End::without_change(unreached.clone())
            }
        });
        let End { token, gone, outcome } = end;
        let went =
            |lost: Lost| gone.contains(&lost.id).then_some(Gone { id: lost.id, name: lost.name });
        let gone = lost.into_iter().filter_map(went).collect();
        HolderReportItem { user, user_name, module, module_name, token, gone, outcome }
    };
    Ok(planned.items.into_iter().map(told).collect())
}
