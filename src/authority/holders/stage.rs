//! Generate & export in two steps, so that there is no moment with values in force
//! outside the file, nor with dead tokens and no file: the values are drawn and kept
//! aside as hashes; once they are safe in their file, a job puts them in force.

use crate::authority::jobs::{self, Turn};
use crate::authority::scene::Scene;
use crate::authority::{Answer, Authority, Caller};
use crate::domain::{
    Change, Detail, EventAction, Expiry, HolderVerb, JobId, JobStage, NewEvent, Refusal, Subject,
    TokenId, TokenValue, holding, lifecycle,
};
use crate::seal::random;
use crate::store::StoreError;
use crate::wire::{ExportRow, HolderItem, HolderPlan, Job, Run, Staged, Step};

use super::item::{Drawn, Item};
use super::plan::holder;
use super::run::{frozen, must_act, title};

impl Authority {
    /// Draws the values of a plan to generate and records that they leave (anchor 2
    /// of the reliability paper). Nothing else changes until they are activated.
    pub fn stage(&self, caller: &Caller, plan: &HolderPlan, file: &str) -> Answer<Staged> {
        if plan.verb != HolderVerb::Generate {
            return Err(Refusal::Unsupported(format!("export what is {}", plan.verb.past())).into());
        }
        must_act(plan)?;
        let mut values = self.draw(plan.count())?;
        let (job, tokens) = self.decide(caller, Run::Real, |scene| {
            scene.operator.must_manage()?;
            let first = scene.state.next_token_id()?.number();
            let stage = Stage { plan, scene, first };
            let (items, events) = stage.items(&values)?;
            let tokens: Vec<TokenId> =
                items.iter().filter_map(|item| item.drawn.as_ref().map(|d| d.token)).collect();
            let place = (title(plan, scene), scene.operator.user);
            let frozen =
                jobs::Frozen { file: Some(file.to_owned()), ..frozen(plan, items, place)? };
            let (job, mut changes) = jobs::set_aside(&frozen, scene)?;
            changes.extend(tokens.last().map(|last| Change::ReserveTokens(*last)));
            changes.extend(events.into_iter().map(Change::Record));
            let valid_to = Expiry::DEFAULT_OF_USER.valid_to(scene.now);
            Ok((changes, (job, tokens.into_iter().map(|id| (id, valid_to)).collect::<Vec<_>>())))
        })?;
        let known = self.glance(caller, |scene| names(plan, scene))?;
        let rows = known.into_iter().zip(tokens).zip(values.drain(..));
        let rows = rows.map(|((item, (token, expires_at)), value)| ExportRow {
            user: item.user,
            user_name: item.user_name,
            account: plan.account,
            service: item.module_name,
            token,
            guid: value.guid(),
            value,
            expires_at,
        });
        Ok(Staged { job, rows: rows.collect() })
    }

    /// Gives the caller the turn to put staged values in force. Only whoever has
    /// them safe in a file may ask for it.
    pub fn activate(&self, caller: &Caller, id: JobId) -> Answer<(Job, Turn)> {
        self.take(caller, id, |record| match record.stage {
            JobStage::Staged => Ok(()),
            JobStage::Open | JobStage::Stopped => Err(Refusal::JobRunning),
            JobStage::Done | JobStage::Abandoned => Err(Refusal::JobOver),
        })
    }

    fn draw(&self, count: usize) -> Result<Vec<TokenValue>, StoreError> {
        let draw = |_| {
            let guid = self.propose_guid()?;
            TokenValue::generate(&self.info().prefix, guid, random::fill)
        };
        (0..count).map(draw).collect()
    }
}

/// The users and modules whose tokens are made, with their names of now.
fn names(plan: &HolderPlan, scene: &Scene) -> Answer<Vec<HolderItem>> {
    let all = &scene.catalogue;
    let named = |item: &HolderItem| {
        let user = all.users.get(&item.user).map(|user| user.name.clone());
        let module = all.modules.get(&item.module).map(|module| module.name.clone());
        HolderItem {
            user_name: user.unwrap_or_else(|| item.user_name.clone()),
            module_name: module.unwrap_or_else(|| item.module_name.clone()),
            ..item.clone()
        }
    };
    Ok(plan.acting().map(named).collect())
}

/// What staging is decided in.
struct Stage<'s> {
    plan: &'s HolderPlan,
    scene: &'s Scene<'s>,
    first: u64,
}

impl Stage<'_> {
    fn items(&self, values: &[TokenValue]) -> Answer<(Vec<Item>, Vec<NewEvent>)> {
        let valid_to = Expiry::DEFAULT_OF_USER.valid_to(self.scene.now);
        let (mut items, mut events, mut drawn) =
            (Vec::new(), Vec::new(), values.iter().enumerate());
        for planned in &self.plan.items {
            let fresh = match planned.step {
                Step::Skip { .. } => None,
                Step::Act | Step::CancelRequest => drawn.next(),
            };
            let mut item = Item { planned: planned.clone(), drawn: None };
            if let Some((place, value)) = fresh {
                self.must_hold(planned)?;
                let token = TokenId::new(self.first + place as u64);
                item.drawn = Some(Drawn::new(token, value, valid_to));
                events.push(self.exported(planned, value));
            }
            items.push(item);
        }
        Ok((items, events))
    }

    /// A plan that is no longer true gives no value away.
    fn must_hold(&self, planned: &HolderItem) -> Result<(), Refusal> {
        let (account, all) = (self.plan.account, &*self.scene.catalogue);
        let user = holder(planned.user, account, self.scene)?;
        holding::scopes_for(user, account, &self.scene.operator, all)?;
        let module = all.modules.get(&planned.module);
        if module.is_none_or(|module| !module.accounts.contains(&account)) {
            return Err(Refusal::StalePlan);
        }
        Ok(())
    }

    fn exported(&self, planned: &HolderItem, value: &TokenValue) -> NewEvent {
        let details =
            vec![Detail::Module { module: planned.module }, Detail::NewGuid { guid: value.guid() }];
        NewEvent {
            at: self.scene.now,
            by: lifecycle::actor(&self.scene.operator),
            subject: Subject::User(planned.user),
            action: EventAction::Exported,
            details,
        }
    }
}
