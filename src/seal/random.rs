//! Bytes of the operating system's generator, the only source of keys, nonces,
//! GUIDs and secrets.

use crate::store::StoreError;

/// Fills `bytes`.
pub fn fill(bytes: &mut [u8]) -> Result<(), StoreError> {
    getrandom::fill(bytes)
        .map_err(|error| StoreError::Fault(format!("the system gives no random bytes: {error}")))
}

/// So many bytes.
pub fn bytes<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    fill(&mut bytes)?;
    Ok(bytes)
}
