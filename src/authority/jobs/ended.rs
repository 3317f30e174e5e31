//! A chunk as it is kept, and as it ended. What its items are is nothing to this.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::authority::Authority;
use crate::domain::{Change, Tally};
use crate::store::StoreError;

/// A chunk that was decided, to be committed whole.
pub(in crate::authority) struct EndedChunk {
    /// What the items change.
    pub(in crate::authority) changes: Vec<Change>,
    /// How they ended, for [`Authority::report_of`] to read.
    pub(in crate::authority) outcome: String,
    /// The same in numbers.
    pub(in crate::authority) tally: Tally,
}

/// Writes items or outcomes as a chunk keeps them.
pub(in crate::authority) fn write<T: Serialize + ?Sized>(items: &T) -> Result<String, StoreError> {
    serde_json::to_string(items).map_err(|error| StoreError::Fault(error.to_string()))
}

/// Reads them again.
pub(in crate::authority) fn read<T: DeserializeOwned>(
    authority: &Authority,
    text: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| damaged(authority, "a job's chunk can't be read"))
}

/// The store holds what no job of this program could have left.
pub(super) fn damaged(authority: &Authority, reason: &str) -> StoreError {
    let path = authority.info().place.clone().into();
    StoreError::Corrupt { path, reason: reason.to_owned() }
}
