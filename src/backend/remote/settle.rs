//! What became of a change whose answer never came: the record is read back, and
//! where it is as it was to become, it was done. Otherwise it stays unknown.

use super::RemoteBackend;
use super::exchange::Ask;
use super::fault::UNKNOWN;
use crate::backend::{Answer, BackendError};
use crate::domain::{Settings, Token, TokenId};
use crate::wire::http::{ActVerb, calls};
use crate::wire::{Edit, Issued, TokenView};

impl RemoteBackend {
    pub(super) async fn settle_act(
        &self,
        verb: ActVerb,
        id: TokenId,
        error: BackendError,
    ) -> Answer<TokenView> {
        match self.read_back(id, &error).await {
            Some(view) if is_done(verb, &view.token) => Ok(view),
            _ => Err(error),
        }
    }

    /// A new value can't be read back, so an edit that asked for one stays unknown.
    pub(super) async fn settle_edit(
        &self,
        id: TokenId,
        edit: &Edit,
        error: BackendError,
    ) -> Answer<Issued> {
        match self.read_back(id, &error).await {
            Some(token)
                if !edit.new_value
                    && token.token.version == edit.version + 1
                    && Settings::of(&token.token) == edit.settings =>
            {
                Ok(Issued { token, value: None })
            }
            _ => Err(error),
        }
    }

    async fn read_back(&self, id: TokenId, error: &BackendError) -> Option<TokenView> {
        if error.code() != UNKNOWN {
            return None;
        }
        self.get(Ask::of(&calls::SHOW).at(&[&id.to_string()])).await.ok()
    }
}

fn is_done(verb: ActVerb, token: &Token) -> bool {
    match verb {
        ActVerb::Enable => token.enabled,
        ActVerb::Disable => !token.enabled,
        ActVerb::Revoke => token.revoked.is_some(),
        ActVerb::Delete => token.deleted.is_some(),
        ActVerb::DropOld => token.previous.is_none(),
    }
}
