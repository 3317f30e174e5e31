//! Making and changing one token. All is decided on the state under the write
//! lock: permission, state, version, content, in this order.

use crate::domain::{
    Action, Change, Expiry, HandOver, Overlap, Refusal, TokenChange, TokenDraft, TokenId,
    TokenValue, Verb, draft, lifecycle, policy,
};
use crate::wire::{Edit, Issued, Run, TokenView};

use super::scene::Scene;
use super::{Authority, Caller, Ruling};

impl Authority {
    /// Makes a token, accepted on creation.
    pub fn create(&self, caller: &Caller, draft: &TokenDraft, run: Run) -> Ruling<Issued> {
        self.decide(caller, run, |scene| {
            scene.operator.must_manage()?;
            let place = scene.place(draft.account, None);
            let checked = draft::check_new(draft, &place).map_err(Refusal::Invalid)?;
            scene.name_must_be_free(checked.account, &checked.settings.name, None)?;
            let id = scene.state.next_token_id()?;
            let (value, credential) = self.issue_proposed(scene, draft.guid, id, checked.owner)?;
            let change = lifecycle::create(&checked, id, credential, &scene.operator, scene.now);
            policy::judge(&change.token, &scene.catalogue)?;
            issued(scene, change, Some(value), run)
        })
    }

    /// Changes the settings of a token that is still at the version read, and its
    /// value too where that is asked for. An edit that changes nothing leaves no
    /// trace.
    pub fn edit(&self, caller: &Caller, id: TokenId, edit: &Edit, run: Run) -> Ruling<Issued> {
        self.decide(caller, run, |scene| {
            let token = scene.token(id)?;
            scene.allowed(Verb::Edit, &token)?;
            scene.must_be_current(&token, edit.version)?;
            let place = scene.place(token.account, Some(&token));
            let settings = draft::check(&edit.settings, &place).map_err(Refusal::Invalid)?;
            scene.name_must_be_free(token.account, &settings.name, Some(&token))?;
            if !edit.new_value && draft::changed(&token, &settings).is_empty() {
                return Ok((vec![], Issued { token: scene.marked(token)?, value: None }));
            }
            let draw = || self.issue_proposed(scene, edit.guid, id, token.owner);
            let fresh = edit.new_value.then(draw).transpose()?;
            let (value, credential) = fresh.unzip();
            let action = Action::Edit { settings, credential };
            let change = scene.act(&token, &action)?;
            issued(scene, change, value, run)
        })
    }

    /// Gives a token a new value and a new end.
    pub fn regenerate(
        &self,
        caller: &Caller,
        id: TokenId,
        (expiry, overlap): (Option<Expiry>, Overlap),
        run: Run,
    ) -> Ruling<Issued> {
        self.decide(caller, run, |scene| {
            let token = scene.token(id)?;
            scene.allowed(Verb::Regenerate, &token)?;
            let (value, credential) = self.issue(id, token.owner)?;
            let action = Action::Regenerate { credential, expiry, overlap };
            let change = scene.act(&token, &action)?;
            issued(scene, change, Some(value), run)
        })
    }

    /// Gives a token to another user of its account, or back to the account, with a new
    /// value where that is asked for.
    pub fn hand_over(
        &self,
        caller: &Caller,
        id: TokenId,
        order: HandOver,
        run: Run,
    ) -> Ruling<Issued> {
        self.decide(caller, run, |scene| {
            let token = scene.token(id)?;
            scene.may_hand_over(&token, order.to)?;
            order.check()?;
            let draw = || self.issue(id, order.to.owner());
            let (value, credential) = order.new_value.then(draw).transpose()?.unzip();
            let action = Action::HandOver { to: order.to, credential, overlap: order.overlap };
            let change = scene.act(&token, &action)?;
            issued(scene, change, value, run)
        })
    }

    /// Enables, disables, revokes or deletes one token. Revoke and disable ignore
    /// the version: taking a token out of service must not wait for a reload.
    pub fn act(
        &self,
        caller: &Caller,
        verb: Verb,
        id: TokenId,
        version: Option<u64>,
    ) -> Ruling<TokenView> {
        let action = Action::plain(verb)?;
        self.decide(caller, Run::Real, |scene| {
            let token = scene.token(id)?;
            scene.allowed(verb, &token)?;
            if let Some(version) = version.filter(|_| heeds_version(verb)) {
                scene.must_be_current(&token, version)?;
            }
            let change = scene.act(&token, &action)?;
            let view = scene.marked(change.token.clone())?;
            Ok((vec![Change::Token(Box::new(change))], view))
        })
    }
}

/// Whether a verb is refused where somebody changed the token meanwhile.
pub(super) fn heeds_version(verb: Verb) -> bool {
    match verb {
        // Nothing keeps a token in service that somebody wants out of it.
        Verb::Revoke | Verb::Disable | Verb::DropOld => false,
        Verb::Edit
        | Verb::Enable
        | Verb::Regenerate
        | Verb::Delete
        | Verb::Accept
        | Verb::HandOver
        | Verb::Reveal => true,
    }
}

fn issued(
    scene: &Scene,
    change: TokenChange,
    value: Option<TokenValue>,
    run: Run,
) -> Ruling<(Vec<Change>, Issued)> {
    // The value of a dry run was never stored, so nobody may take it for one.
    let value = value.filter(|_| run == Run::Real);
    let issued = Issued { token: scene.marked(change.token.clone())?, value };
    Ok((vec![Change::Token(Box::new(change))], issued))
}
