//! Plans of work on many: what is asked for is frozen, so that it can be confirmed as it is.

use super::scene::Scene;
use super::{Authority, Caller, Ruling};
use super::{bulk, holders};
use crate::search::TokenIndex;
use crate::wire::{AnyPlan, BulkVerb, HolderPlanAsk, Plan, PlanAsk};

impl Authority {
    /// Freezes what doing something to many would come to. Changes nothing.
    pub fn plan(&self, caller: &Caller, ask: &PlanAsk) -> Ruling<AnyPlan> {
        Ok(match ask {
            PlanAsk::Tokens(ask) => {
                let order = bulk::order_of(ask)?;
                AnyPlan::Tokens(self.freeze(caller, (ask.verb, ()), |scene, listing| {
                    bulk::planned(order, &ask.target, scene, listing)
                })?)
            }
            PlanAsk::Holders(HolderPlanAsk { verb, target }) => AnyPlan::Holders(self.freeze(
                caller,
                (*verb, target.account),
                |scene, listing| holders::planned(*verb, target, scene, listing),
            )?),
        })
    }

    fn freeze<V: BulkVerb>(
        &self,
        caller: &Caller,
        (verb, account): (V, V::Account),
        items: impl Fn(&Scene, &TokenIndex) -> Ruling<Vec<V::Item>>,
    ) -> Ruling<Plan<V>> {
        self.look(caller, |scene, listing| {
            let items = items(scene, listing)?;
            Ok(Plan { id: Some(self.propose_guid()?), verb, account, items, made_at: scene.now })
        })
    }
}
