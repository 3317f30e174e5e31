//! Users and modules of a plan as a job keeps them. Of values that are on their way
//! into a file it keeps GUID and hash, never the value.

use serde::{Deserialize, Serialize};

use crate::authority::Authority;
use crate::authority::jobs::read;
use crate::domain::{
    AccountId, Credential, Guid, JobChunk, Time, TokenId, TokenValue, UserId, ValueHash,
};
use crate::store::StoreError;
use crate::wire::{HolderItem, Outcome};

/// What one commit of a job is about.
#[derive(Serialize, Deserialize)]
pub(super) struct Chunk {
    pub(super) account: AccountId,
    /// Who planned it, and when: what they took away since then is the job's doing.
    pub(super) by: UserId,
    pub(super) made_at: Time,
    pub(super) items: Vec<FrozenHolder>,
}

/// A user and a module, and what was drawn for them.
#[derive(Clone, Serialize, Deserialize)]
pub struct FrozenHolder {
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
pub struct HolderEnd {
    pub(super) token: Option<TokenId>,
    /// The tokens that went with it.
    #[serde(default)]
    pub(super) gone: Vec<TokenId>,
    pub(super) outcome: Outcome,
}

/// Nothing was made and nothing went.
impl From<Outcome> for HolderEnd {
    fn from(outcome: Outcome) -> Self {
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
