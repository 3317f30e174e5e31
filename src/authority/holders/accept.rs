//! Acceptance by the owner, and what an accepted token replaces (R126).

use crate::authority::scene::Scene;
use crate::authority::{Authority, Caller, Ruling};
use crate::domain::{
    Action, Actor, Catalogue, Change, Time, Token, TokenChange, TokenId, Verb, holding, lifecycle,
    policy,
};
use crate::store::{StoreError, StoreState};
use crate::wire::{Issued, Run};

impl Authority {
    /// Takes a requested or exported token into service, as its owner. A requested
    /// one gets its value now, and nobody sees that value again.
    pub fn accept(&self, caller: &Caller, id: TokenId, run: Run) -> Ruling<Issued> {
        self.decide(caller, run, |scene| {
            let token = scene.token(id)?;
            scene.allowed(Verb::Accept, &token)?;
            let draw = || self.issue(id, token.owner);
            let fresh = if token.value.is_none() { Some(draw()?) } else { None };
            let (value, credential) = fresh.unzip();
            let end = policy::default_end(token.account, &scene.catalogue, scene.now);
            let action = Action::Accept { credential, end };
            let change = scene.act(&token, &action)?;
            let issued = Issued {
                token: scene.marked(change.token.clone())?,
                // The value of a dry run was never stored, so nobody may take it for one.
                value: value.filter(|_| run == Run::Real),
            };
            let by = lifecycle::actor(&scene.operator);
            Ok((accepted(scene, change, &by)?, issued))
        })
    }
}

fn accepted(scene: &Scene, change: TokenChange, by: &Actor) -> Result<Vec<Change>, StoreError> {
    supersede(scene.state, &scene.catalogue, change, (by, scene.now))
}

/// The acceptance together with the end of the tokens it replaces, in one commit:
/// there is no moment with both or with neither.
pub(in crate::authority) fn supersede(
    state: &dyn StoreState,
    catalogue: &Catalogue,
    change: TokenChange,
    (by, now): (&Actor, Time),
) -> Result<Vec<Change>, StoreError> {
    let older: Vec<Token> = match change.token.owner {
        Some(owner) => state.tokens_of(owner)?,
        None => vec![],
    };
    let ended: Vec<Change> = holding::replaced_by(&change.token, &older, catalogue, now)
        .into_iter()
        .map(|token| Change::Token(Box::new(lifecycle::replaced(token, by.clone(), now))))
        .collect();
    Ok([vec![Change::Token(Box::new(change))], ended].concat())
}
