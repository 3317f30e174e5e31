//! Generate & export in two steps, so that there is no moment with values in force
//! outside the file, nor with dead tokens and no file: the values are drawn and kept
//! aside as hashes; once they are safe in their file, a job puts them in force.

use crate::authority::jobs::{Frozen, JobTurn};
use crate::authority::scene::Scene;
use crate::authority::{Authority, Caller, Ruling};
use crate::domain::job::check_file;
use crate::domain::{
    Change, Detail, HolderVerb, JobId, NewEvent, Refusal, Subject, TokenId, TokenValue, holding,
    policy,
};
use crate::seal::random;
use crate::store::StoreError;
use crate::wire::{ExportRow, HolderItem, Job, JobState, Plan, Run, Staged};

use super::frozen::in_own_words;
use super::item::{Drawn, FrozenHolder};
use super::plan::{holder, must_be_in_service, must_reach};
use super::run::title;
use crate::authority::plans::{BulkRules, KeptPlan};

impl Authority {
    /// Draws the values of a plan to generate and records that they leave (anchor 2
    /// of the reliability paper). Nothing else changes until they are activated.
    pub fn stage(&self, caller: &Caller, plan: &Plan<HolderVerb>, file: &str) -> Ruling<Staged> {
        if plan.verb != HolderVerb::Generate {
            return Err(Refusal::Unsupported(format!("export what is {}", plan.verb.past())).into());
        }
        let values = self.draw(plan.count())?;
        let (job, made) = self.decide(caller, Run::Real, |scene| {
            scene.operator.must_manage()?;
            must_reach(scene, plan.account)?;
            plan.must_act()?;
            check_file(file).map_err(|error| Refusal::Invalid(vec![error]))?;
            let plan = &in_own_words(plan, scene)?;
            let first = scene.state.next_token_id()?.number();
            let (items, events) = Stage { plan, scene, first }.items(&values)?;
            let made: Vec<(HolderItem, Drawn)> = items
                .iter()
                .filter_map(|item| Some((item.planned.clone(), item.drawn.clone()?)))
                .collect();
            let kept = KeptPlan { title: title(plan, scene), by: scene.operator.user, items };
            let frozen = kept.frozen(plan, HolderVerb::CHUNK)?;
            let frozen = Frozen { file: Some(file.to_owned()), ..frozen };
            let (job, mut changes) = self.set_aside(&frozen, scene)?;
            changes.extend(made.last().map(|(_, drawn)| Change::ReserveTokens(drawn.token)));
            changes.extend(events.into_iter().map(Change::Record));
            Ok((changes, (job, made)))
        })?;
        let row = |((item, drawn), value): ((HolderItem, Drawn), TokenValue)| ExportRow {
            user: item.user,
            user_name: item.user_name,
            account: plan.account,
            service: item.module_name,
            token: drawn.token,
            guid: value.guid(),
            value,
            expires_at: drawn.valid_to,
        };
        Ok(Staged { job, rows: made.into_iter().zip(values).map(row).collect() })
    }

    /// Gives the caller the turn to put staged values in force. Only whoever has
    /// them safe in a file may ask for it.
    pub fn activate(&self, caller: &Caller, id: JobId) -> Ruling<(Job, JobTurn)> {
        self.take(caller, id, |state| match state {
            JobState::Staged | JobState::Written => Ok(()),
            JobState::Running | JobState::Interrupted | JobState::Stopped => {
                Err(Refusal::JobRunning { until: None })
            }
            JobState::Done | JobState::Abandoned => Err(Refusal::JobOver),
        })
    }

    pub(in crate::authority) fn draw(&self, count: usize) -> Result<Vec<TokenValue>, StoreError> {
        let draw = |_| {
            let guid = self.propose_guid()?;
            TokenValue::generate(&self.info().prefix, guid, random::fill)
        };
        (0..count).map(draw).collect()
    }
}

/// What staging is decided in.
struct Stage<'s> {
    plan: &'s Plan<HolderVerb>,
    scene: &'s Scene<'s>,
    first: u64,
}

impl Stage<'_> {
    fn items(&self, values: &[TokenValue]) -> Ruling<(Vec<FrozenHolder>, Vec<NewEvent>)> {
        let (account, all) = (Some(self.plan.account), &self.scene.catalogue);
        let valid_to = policy::default_end(account, all, self.scene.now);
        let (mut items, mut events, mut drawn) =
            (Vec::new(), Vec::new(), values.iter().enumerate());
        for planned in &self.plan.items {
            let fresh = if planned.step.acts() { drawn.next() } else { None };
            let mut item = FrozenHolder { planned: planned.clone(), drawn: None };
            if let Some((place, value)) = fresh {
                item.planned = self.still(planned)?;
                let token = TokenId::new(self.first + place as u64);
                item.drawn = Some(Drawn::new(token, value, valid_to));
                events.push(self.exported(planned, value));
            }
            items.push(item);
        }
        Ok((items, events))
    }

    /// The item with its names of now. A plan that is no longer true gives no value
    /// away.
    fn still(&self, planned: &HolderItem) -> Result<HolderItem, Refusal> {
        let (account, all) = (self.plan.account, &*self.scene.catalogue);
        let user = holder(planned.user, account, self.scene)?;
        must_be_in_service(user)?;
        holding::scopes_for(user, account, &self.scene.operator, all)?;
        let module = all.modules.get(&planned.module);
        let module = module.filter(|module| module.accounts.contains(&account));
        let module_name = module.ok_or(Refusal::StalePlan)?.name.clone();
        Ok(HolderItem { user_name: user.name.clone(), module_name, ..planned.clone() })
    }

    fn exported(&self, planned: &HolderItem, value: &TokenValue) -> NewEvent {
        let details =
            vec![Detail::Module { module: planned.module }, Detail::NewGuid { guid: value.guid() }];
        self.scene.exported(Subject::User(planned.user), details)
    }
}
