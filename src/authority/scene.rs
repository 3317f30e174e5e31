//! What a decision is made in: one state of the store, what exists in it, who
//! asks and what time it is. The checks that every door shares stand here.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::draft::Place;
use crate::domain::{
    AccountId, Action, Catalogue, Operator, OutOfService, Reason, Refusal, Status, Time, Token,
    TokenChange, TokenId, UserId, Verb, access, lifecycle, name, policy,
};
use crate::search::Asker;
use crate::store::{Read, StoreError};
use crate::wire::{Names, TokenView};

use super::uses::Uses;
use super::{Answer, Caller};

pub(super) struct Scene<'a> {
    pub(super) state: &'a dyn Read,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) operator: Operator,
    pub(super) now: Time,
    /// Why it is done, where whoever asks says so.
    pub(super) reason: Option<Reason>,
    uses: &'a Uses,
}

impl<'a> Scene<'a> {
    /// Refused where the caller is no user any more.
    pub(super) fn new(
        state: &'a dyn Read,
        catalogue: Arc<Catalogue>,
        (caller, now): (&Caller, Time),
        uses: &'a Uses,
    ) -> Result<Self, Refusal> {
        let operator = caller.operator(&catalogue)?;
        let reason = caller.reason().cloned();
        Ok(Self { state, catalogue, operator, now, reason, uses })
    }

    pub(super) fn asker(&self) -> Asker<'_> {
        Asker { operator: &self.operator, now: self.now }
    }

    /// A token the operator may know of.
    pub(super) fn token(&self, id: TokenId) -> Answer<Token> {
        let token = self.state.token(id)?.filter(|token| self.operator.sees(token));
        token.ok_or_else(|| Refusal::no_token(id.to_string()).into())
    }

    /// What takes a token out of service beside itself.
    pub(super) fn out(&self, token: &Token) -> Option<OutOfService> {
        OutOfService::of(token, &self.catalogue)
    }

    /// Whether the operator may do this to the token now.
    pub(super) fn allowed(&self, verb: Verb, token: &Token) -> Result<(), Refusal> {
        lifecycle::allowed(verb, token, &self.operator, self.out(token), self.now)
    }

    /// What the token becomes when the operator does this to it now, as far as the rules of
    /// its account allow it.
    pub(super) fn act(&self, token: &Token, action: &Action) -> Result<TokenChange, Refusal> {
        let change = lifecycle::decide(token, action, &self.operator, self.out(token), self.now)?;
        if policy::sets_life(action, token, &change.token) {
            policy::judge(&change.token, &self.catalogue)?;
        }
        Ok(change)
    }

    /// Refuses a version that somebody has overtaken (R138).
    pub(super) fn must_be_current(&self, token: &Token, version: u64) -> Result<(), Refusal> {
        if token.version == version {
            return Ok(());
        }
        let by = token.updated.by.map_or_else(|| "its bearer".to_owned(), |id| self.user(id));
        Err(Refusal::StaleVersion { by, at: token.updated.at })
    }

    /// Refuses a name that another token of the account bears (R90).
    pub(super) fn name_must_be_free(
        &self,
        account: Option<AccountId>,
        wanted: &str,
        own: Option<TokenId>,
    ) -> Answer<()> {
        let taken = self.state.token_named(account, &name::key(wanted))?;
        if taken.is_some_and(|id| own != Some(id)) {
            return Err(Refusal::field("name", "Name already in use").into());
        }
        Ok(())
    }

    pub(super) fn place<'s>(
        &'s self,
        account: Option<AccountId>,
        before: Option<&'s Token>,
    ) -> Place<'s> {
        let (catalogue, operator) = (&*self.catalogue, &self.operator);
        Place { catalogue, operator, account, before, now: self.now }
    }

    pub(super) fn user(&self, id: UserId) -> String {
        self.catalogue.user_called(id)
    }

    pub(super) fn views(&self, ids: &[TokenId]) -> Result<Vec<TokenView>, StoreError> {
        Ok(self.state.tokens(ids)?.into_iter().map(|token| self.view(token)).collect())
    }

    /// The token as it is shown: with uses that are not written yet, and the names of
    /// all it refers to.
    pub(super) fn view(&self, mut token: Token) -> TokenView {
        token.last_used_at = token.last_used_at.max(self.uses.of(token.id));
        let account = token.account.and_then(|id| self.catalogue.accounts.get(&id));
        TokenView {
            guid: token.value.map(|value| value.guid),
            status: Status::of(&token, &self.catalogue, self.now),
            out_of_service: self.out(&token),
            effective: access::effective(&token, &self.catalogue),
            offences: policy::offences(&token, &self.catalogue, self.now),
            endpoint: account.and_then(|account| account.endpoint.clone()),
            names: self.names(&token),
            matched: BTreeSet::new(),
            token,
        }
    }

    fn names(&self, token: &Token) -> Names {
        let known = &self.catalogue;
        let stamps = [Some(token.created), Some(token.updated), token.accepted, token.revoked];
        let stamps = stamps.into_iter().chain([token.deleted]).flatten();
        let users = stamps.filter_map(|stamp| stamp.by).chain(token.owner);
        let groups = token.groups.iter().filter_map(|id| known.groups.get(id));
        let granted = groups.flat_map(|group| group.access.keys());
        let modules = token.access.keys().chain(granted);
        Names {
            accounts: token
                .account
                .and_then(|id| known.accounts.get(&id))
                .map(|account| (account.id, account.name.clone()))
                .into_iter()
                .collect(),
            users: users.map(|id| (id, known.user_called(id))).collect(),
            modules: modules.map(|id| (*id, known.module_called(*id))).collect(),
            scopes: token.scopes.iter().map(|id| (*id, known.scope_called(*id))).collect(),
            groups: token.groups.iter().map(|id| (*id, known.group_called(*id))).collect(),
        }
    }
}
