//! The key under which a store seals the values that it can show again. It is
//! never written anywhere but wrapped.

use std::fmt;

use zeroize::Zeroizing;

use super::cipher::{self, CipherKey};
use super::random;
use crate::domain::{Guid, Sealed, TokenId, TokenValue, ValueHash};
use crate::store::StoreError;

const LABEL: &[u8] = b"tokendeck sealed value v1";

/// The data key of one store. It has no Clone and shows nothing of itself.
pub struct DataKey(CipherKey);

impl DataKey {
    /// A new one.
    pub fn generate() -> Result<Self, StoreError> {
        let mut key = Zeroizing::new([0; 32]);
        random::fill(&mut *key)?;
        Ok(Self(key))
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals a value for its place: this store, this token, this GUID.
    pub fn seal(
        &self,
        store: &[u8; 16],
        token: TokenId,
        value: &TokenValue,
    ) -> Result<Sealed, StoreError> {
        let bound = place(store, token, value.guid());
        cipher::lock(&self.0, value.expose().as_bytes(), &bound).map(Sealed)
    }

    /// The value that was sealed for this place. It must also have the hash that
    /// the store knows it by, so that whoever can write to the store cannot pass
    /// off another value.
    pub fn open(
        &self,
        store: &[u8; 16],
        token: TokenId,
        guid: Guid,
        sealed: &Sealed,
        expected: &ValueHash,
    ) -> Result<TokenValue, StoreError> {
        cipher::unlock(&self.0, &sealed.0, &place(store, token, guid))
            .and_then(|plain| TokenValue::parse(std::str::from_utf8(&plain).ok()?).ok())
            .filter(|value| value.guid() == guid && value.hash().matches(expected))
            .ok_or_else(|| {
                StoreError::Key(format!(
                    "the stored value of {token} cannot be opened: it was altered, or sealed \
                     under another key. Verify still works; to see a value, regenerate the token"
                ))
            })
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(hidden)")
    }
}

fn place(store: &[u8; 16], token: TokenId, guid: Guid) -> Vec<u8> {
    cipher::bound_to(&[LABEL, store, &token.number().to_be_bytes(), guid.as_bytes()])
}
