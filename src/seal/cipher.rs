//! XChaCha20-Poly1305 as it is used here: a random nonce before the ciphertext,
//! and additional data that no two uses can write alike.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::random;
use crate::store::StoreError;

/// A key in memory: overwritten when dropped.
pub(super) type CipherKey = Zeroizing<[u8; 32]>;

const NONCE_LEN: usize = 24;

/// Additional data: the parts, each after its length, so that no two lists of
/// parts read the same.
pub(super) fn bound_to(parts: &[&[u8]]) -> Vec<u8> {
    let mut data = Vec::new();
    for part in parts {
        data.extend_from_slice(&(part.len() as u64).to_be_bytes());
        data.extend_from_slice(part);
    }
    data
}

/// Nonce and ciphertext of `plain`.
pub(super) fn lock(key: &CipherKey, plain: &[u8], bound: &[u8]) -> Result<Vec<u8>, StoreError> {
    let nonce: [u8; NONCE_LEN] = random::bytes()?;
    let cipher = XChaCha20Poly1305::new((&**key).into());
    let text = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: bound })
        .map_err(|_| StoreError::Fault("sealing failed".to_owned()))?;
    Ok([&nonce[..], &text].concat())
}

/// The plain text, or nothing where a single bit of key, nonce, ciphertext or
/// additional data differs.
pub(super) fn unlock(key: &CipherKey, locked: &[u8], bound: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, text) = locked.split_first_chunk::<NONCE_LEN>()?;
    let cipher = XChaCha20Poly1305::new((&**key).into());
    cipher
        .decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: bound })
        .ok()
        .map(Zeroizing::new)
}
