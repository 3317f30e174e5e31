//! The data key of a store, the slots that wrap it, and values sealed under it.
//! Knows neither what a store looks like inside nor who may see a value.
//!
//! ```text
//! key file (0600) --wraps--> data key (in a slot of the store) --seals--> values
//! ```

mod cipher;
mod data_key;
mod key_file;
pub mod random;

pub use data_key::DataKey;
pub use key_file::KeyFile;

use crate::store::{KeySlot, NewPlace, StoreError, StorePlace};

/// A new data key for a store that is about to be made at `store`, with the slot
/// to make it with. The folder and the key file are made where they are missing;
/// a key file that is there already is used and never overwritten, so that of two
/// processes which make one store both hold its key.
pub fn prepare(store: &NewPlace, id: &[u8; 16]) -> Result<(DataKey, KeySlot), StoreError> {
    let file = KeyFile::open_or_create(&KeyFile::path_for(store.path()))?;
    let key = DataKey::generate()?;
    let slot = file.wrap(id, &key)?;
    Ok((key, slot))
}

/// The data key of the store at `store`, out of its slots and its key file.
pub fn unlock(store: &StorePlace, id: &[u8; 16], slots: &[KeySlot]) -> Result<DataKey, StoreError> {
    let path = KeyFile::path_for(store.path());
    let slot = slots.iter().find(|slot| slot.kind == key_file::KIND).ok_or_else(|| {
        StoreError::Key("the store keeps no data key, so it cannot show values".to_owned())
    })?;
    KeyFile::open(&path)?.unwrap(id, slot)
}
