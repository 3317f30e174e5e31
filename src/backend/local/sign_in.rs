//! Operator credentials of the store on this machine, and what a server does with
//! one: it turns it into a backend for the user it belongs to.

use std::sync::Arc;

use crate::authority::Authority;
use crate::backend::Answer;
use crate::domain::clock::Jump;
use crate::domain::{Guid, OperatorSecret, Time, TokenId, UserId};
use crate::store::StoreHead;
use crate::wire::{ClockTaken, CredentialAsk, CredentialView, Run, StoreKind};

use super::LocalBackend;

impl LocalBackend {
    /// Makes an operator credential. The secret is told here and never again.
    pub async fn create_credential(
        &self,
        ask: CredentialAsk,
        run: Run,
    ) -> Answer<(CredentialView, Option<OperatorSecret>)> {
        self.may_run(run)?;
        self.ask(move |authority, caller| authority.create_credential(caller, &ask, run)).await
    }

    /// The operator credentials the operator may look after.
    pub async fn credentials(&self) -> Answer<Vec<CredentialView>> {
        self.ask(Authority::credentials).await
    }

    /// Revokes one operator credential of a user, or all of them.
    pub async fn revoke_credentials(
        &self,
        user: UserId,
        only: Option<Guid>,
        run: Run,
    ) -> Answer<Vec<CredentialView>> {
        self.may_run(run)?;
        self.ask(move |authority, caller| authority.revoke_credentials(caller, user, only, run))
            .await
    }

    /// This store for whoever the credential belongs to.
    pub async fn signed_in_by(&self, secret: OperatorSecret) -> Answer<Arc<Self>> {
        let trace = self.trace;
        let caller =
            self.ask_as_anyone(move |authority| authority.recognise(&secret, trace)).await?;
        Ok(Arc::new(self.for_caller(caller)))
    }

    /// Puts on record that a new value, whose reply may have been lost, is handed to the
    /// operator once more; refused where they could not draw it any more.
    pub async fn hand_again(&self, id: TokenId, guid: Guid) -> Answer<()> {
        self.must_write()?;
        self.ask(move |authority, caller| authority.hand_again(caller, id, guid)).await
    }

    /// Whom this backend takes its operator for.
    pub fn user(&self) -> Answer<UserId> {
        Ok(self.caller.as_ref().map_err(Clone::clone)?.user())
    }

    /// Has the store go by the machine's clock. Only whoever is at that machine can tell
    /// whether it is right, so that no server offers this.
    pub async fn accept_clock(&self, seen: Option<Time>) -> Answer<ClockTaken> {
        if seen.is_some() {
            self.must_write()?;
        }
        self.ask(move |authority, caller| authority.accept_clock(caller, seen)).await
    }

    /// The jump of the clock that keeps the store from all but the brake; none = the clock
    /// is believed.
    pub async fn clock_jump(&self) -> Answer<Option<Jump>> {
        self.ask_as_anyone(|authority| Ok(authority.clock_jump()?)).await
    }

    /// How far the store has come: the same again means that nothing changed.
    pub async fn head(&self) -> Answer<StoreHead> {
        self.ask_as_anyone(|authority| Ok(authority.head()?)).await
    }

    /// What the store is for.
    pub fn store_kind(&self) -> StoreKind {
        self.authority.info().kind
    }
}
