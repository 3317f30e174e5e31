//! New values: drawn, hashed, and sealed where the store retains them.

use crate::domain::{Credential, Guid, TokenId, TokenValue, UserId};
use crate::seal::{DataKey, random};
use crate::store::StoreError;
use crate::wire::Retention;

use super::Authority;

impl Authority {
    /// A new value for a token. It is sealed only where nobody owns the token: an
    /// owner's value is shown once and then known to no one else (D11).
    pub(super) fn issue(
        &self,
        id: TokenId,
        owner: Option<UserId>,
    ) -> Result<(TokenValue, Credential), StoreError> {
        let guid = Guid::from_random(random::bytes()?);
        let value = TokenValue::generate(&self.info().prefix, guid, random::fill)?;
        let retained = owner.is_none() && self.info().retention == Retention::Sealed;
        let sealed =
            retained.then(|| self.data_key()?.seal(&self.info().id, id, &value)).transpose()?;
        let credential = Credential { guid, hash: value.hash(), sealed };
        Ok((value, credential))
    }

    pub(super) fn data_key(&self) -> Result<&DataKey, StoreError> {
        self.key.as_ref().map_err(|reason| StoreError::Key(reason.clone()))
    }
}
