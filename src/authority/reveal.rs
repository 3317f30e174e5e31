//! Showing the value of an account token: recorded first, opened after. The same for a
//! new value whose reply has to be given once more.

use crate::domain::{Change, Guid, Refusal, TokenId, lifecycle};
use crate::store::StoreError;
use crate::wire::{Revealed, Run};

use super::{Authority, Caller, Ruling};

impl Authority {
    /// The value, once the audit has it on record that it was shown. Where the
    /// record can't be committed, nothing is opened.
    pub fn reveal(&self, caller: &Caller, id: TokenId) -> Ruling<Revealed> {
        let (guid, credential) = self.decide(caller, Run::Real, |scene| {
            let token = scene.token(id)?;
            let event = lifecycle::reveal(&token, &scene.operator, scene.now)?;
            let guid = token.value.map(|value| value.guid).ok_or(Refusal::NoValueYet)?;
            let (_, credential) = scene.state.credential(guid)?.ok_or(Refusal::ValueGone)?;
            self.data_key()?;
            Ok((vec![Change::Record(event)], (guid, credential)))
        })?;
        let sealed = credential
            .sealed
            .ok_or_else(|| StoreError::Fault(format!("the sealed value of {id} is not there")))?;
        let value = self.data_key()?.open(&self.info().id, id, guid, &sealed, &credential.hash)?;
        Ok(Revealed { token: id.into(), value })
    }

    /// Puts on record that a value which was drawn moments ago is handed to its caller
    /// once more; refused where they could not draw it any more.
    pub fn hand_again(&self, caller: &Caller, id: TokenId, guid: Guid) -> Ruling<()> {
        self.decide(caller, Run::Real, |scene| {
            let token = scene.token(id)?;
            let event = lifecycle::hand_again(&token, guid, &scene.operator, scene.now)?;
            Ok((vec![Change::Record(event)], ()))
        })
    }
}
