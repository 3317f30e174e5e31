//! New values: drawn, hashed, and sealed where the store retains them.

use crate::domain::{Credential, Guid, Refusal, TokenId, TokenValue, UserId};
use crate::seal::{DataKey, random};
use crate::store::StoreError;
use crate::wire::Retention;

use super::scene::Scene;
use super::{Authority, Ruling};

impl Authority {
    /// A new value for a token. It is sealed only where nobody owns the token: an
    /// owner's value is shown once and then known to no one else (D11).
    pub(super) fn issue(
        &self,
        id: TokenId,
        owner: Option<UserId>,
    ) -> Result<(TokenValue, Credential), StoreError> {
        self.issue_as(self.propose_guid()?, id, owner)
    }

    /// A GUID drawn at random.
    pub fn propose_guid(&self) -> Result<Guid, StoreError> {
        random::bytes().map(Guid::from_random)
    }

    /// A new value with the GUID that a form proposed, where it was never used.
    pub(super) fn issue_proposed(
        &self,
        scene: &Scene,
        guid: Option<Guid>,
        id: TokenId,
        owner: Option<UserId>,
    ) -> Ruling<(TokenValue, Credential)> {
        let Some(guid) = guid else { return Ok(self.issue(id, owner)?) };
        if scene.state.credential(guid)?.is_some() {
            return Err(Refusal::field("guid", "This GUID was used before: draw another").into());
        }
        Ok(self.issue_as(guid, id, owner)?)
    }

    fn issue_as(
        &self,
        guid: Guid,
        id: TokenId,
        owner: Option<UserId>,
    ) -> Result<(TokenValue, Credential), StoreError> {
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
