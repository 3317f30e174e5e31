//! What a decision is made in: one state of the store, what exists in it, who
//! asks and what time it is. The checks that every door shares stand here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::draft::SettingsPlace;
use crate::domain::{
    AccountId, Action, Catalogue, Detail, EventAction, GivenReason, NewEvent, Operator,
    OutOfService, Receiver, Refusal, Status, Subject, Time, Token, TokenChange, TokenId, UserId,
    Verb, access, hand_over, lifecycle, name, policy,
};
use crate::search::Asker;
use crate::store::{NameAsked, StoreError, StoreState};
use crate::wire::{Abilities, LookAlike, Names, RowId, TokenView};

use super::answer::Ruling;
use super::caller::Caller;
use super::uses::Uses;

/// One state of the store, and who asks.
pub struct Scene<'a> {
    pub(super) state: &'a dyn StoreState,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) operator: Operator,
    pub(super) now: Time,
    /// Why it is done, where whoever asks says so.
    pub(super) reason: Option<GivenReason>,
    uses: &'a Uses,
}

impl<'a> Scene<'a> {
    /// Refused where the caller is no user any more.
    pub(super) fn new(
        state: &'a dyn StoreState,
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

    /// That values leave, to be put on record before the first of them does.
    pub(super) fn exported(&self, subject: Subject, details: Vec<Detail>) -> NewEvent {
        let by = lifecycle::actor(&self.operator);
        NewEvent { at: self.now, by, subject, action: EventAction::Exported, details }
    }

    /// A token the operator may know of.
    pub(super) fn token(&self, id: TokenId) -> Ruling<Token> {
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

    /// Whether the operator may give the token to that receiver now.
    pub(super) fn may_hand_over(&self, token: &Token, to: Receiver) -> Result<(), Refusal> {
        self.allowed(Verb::HandOver, token)?;
        hand_over::may_receive(token, to, (&self.operator, &self.catalogue))
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

    /// Refuses a name that another token of the account bears (R90). What a token is
    /// called already stays its own, though another should bear it by the rules of today.
    pub(super) fn name_must_be_free(
        &self,
        account: Option<AccountId>,
        wanted: &str,
        own: Option<&Token>,
    ) -> Ruling<()> {
        if own.is_some_and(|own| own.name == wanted) {
            return Ok(());
        }
        let id = own.map(|own| own.id);
        let key = name::key(wanted);
        let taken = self.state.token_named(account, &key)?.is_some_and(|other| id != Some(other));
        if taken || self.is_borne(&NameAsked { id, account, name: wanted }, &key)? {
            return Err(Refusal::field("name", "Name already in use").into());
        }
        Ok(())
    }

    /// Whether a token of the account bears the name that kept the key it had before names
    /// were compared as they are now.
    fn is_borne(&self, asked: &NameAsked<'_>, key: &str) -> Result<bool, StoreError> {
        let found = self.state.look_alikes(&[*asked])?;
        let ids: Vec<_> = found.into_iter().map(|(_, id)| id).collect();
        let others = self.state.tokens(&ids)?;
        Ok(others.iter().any(|o| o.account == asked.account && name::key(&o.name) == *key))
    }

    pub(super) fn place<'s>(
        &'s self,
        account: Option<AccountId>,
        before: Option<&'s Token>,
    ) -> SettingsPlace<'s> {
        let (catalogue, operator) = (&*self.catalogue, &self.operator);
        SettingsPlace { catalogue, operator, account, before, now: self.now }
    }

    pub(super) fn user(&self, id: UserId) -> String {
        self.catalogue.user_called(id)
    }

    pub(super) fn views(&self, ids: &[TokenId]) -> Result<Vec<TokenView>, StoreError> {
        let tokens = self.state.tokens(ids)?;
        let found = self.look_alikes(&tokens.iter().collect::<Vec<_>>())?;
        let mut views: Vec<_> = tokens.into_iter().map(|token| self.view(token)).collect();
        for (place, other) in found {
            if let Some(view) = views.get_mut(place) {
                view.look_alikes.push(other);
            }
        }
        Ok(views)
    }

    /// The token as it is shown, with those whose names look like its own.
    pub(super) fn marked(&self, token: Token) -> Result<TokenView, StoreError> {
        let look_alikes = self.look_alikes(&[&token])?.into_iter().map(|(_, other)| other);
        let look_alikes = look_alikes.collect();
        Ok(TokenView { look_alikes, ..self.view(token) })
    }

    /// The tokens that the operator sees and whose names look like those of these, each
    /// with the place of the one it looks like. What was deleted is taken for nothing any
    /// more.
    pub(super) fn look_alikes(
        &self,
        tokens: &[&Token],
    ) -> Result<Vec<(usize, LookAlike)>, StoreError> {
        let asked = tokens.iter().map(|token| NameAsked {
            id: Some(token.id),
            account: token.account,
            name: &token.name,
        });
        let mut found = self.alike(&asked.collect::<Vec<_>>())?;
        let is_there = |place: &usize| tokens.get(*place).is_some_and(|t| t.deleted.is_none());
        found.retain(|(place, _)| is_there(place));
        Ok(found)
    }

    /// The tokens that the operator sees and whose names look like these, each with the
    /// place of the one it looks like.
    pub(super) fn alike(
        &self,
        asked: &[NameAsked<'_>],
    ) -> Result<Vec<(usize, LookAlike)>, StoreError> {
        let found = self.state.look_alikes(asked)?;
        let ids: BTreeSet<_> = found.iter().map(|(_, id)| *id).collect();
        let others = self.state.tokens(&ids.into_iter().collect::<Vec<_>>())?;
        let others: BTreeMap<_, _> = others
            .into_iter()
            .filter(|token| self.operator.sees(token))
            .map(|token| (token.id, token))
            .collect();
        let told = |(place, id): &(usize, TokenId)| {
            let Token { id, name, account, .. } = others.get(id)?;
            let account = self.catalogue.account_name(*account);
            Some((*place, LookAlike { id: (*id).into(), name: name.clone(), account }))
        };
        Ok(found.iter().filter_map(told).collect())
    }

    /// The token as it is shown: with uses that are not written yet, and the names of
    /// all it refers to.
    pub(super) fn view(&self, token: Token) -> TokenView {
        let token = self.uses.told(token);
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
            look_alikes: vec![],
            own: BTreeMap::new(),
            abilities: Abilities::default(),
            token: token.called(RowId::from),
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
