//! What became of a change whose answer never came: the record is read back, and where
//! that proves that it was done, it is said to be. Otherwise it stays unknown. What is
//! only in the lost answer, a value, can't be read back.

use super::RemoteBackend;
use super::exchange::Ask;
use crate::backend::{Answer, Backend, BackendError, BulkBackend, Cause, Silence, until_over};
use crate::domain::outcome::{self, Found};
use crate::domain::{
    Catalogue, EntryDraft, EntryId, Guid, HandOver, JobAct, JobId, JobState, Switch, UserId, Verb,
};
use crate::wire::http::{HttpCall, calls};
use crate::wire::{Edit, EntryEdit, EntryView, Issued, Job, Report, RowId, TokenView};

impl RemoteBackend {
    pub(super) async fn settle_act(
        &self,
        verb: Verb,
        id: RowId,
        version: Option<u64>,
        error: BackendError,
    ) -> Answer<TokenView> {
        let seen = self.read_back::<TokenView>(&calls::SHOW, &id.to_string(), &error).await;
        let done = |view: &TokenView| outcome::of_act(verb, version, Some(&view.token));
        seen.filter(|view| done(view) == Found::Done).ok_or(error)
    }

    /// A new value can't be read back, so an edit that asked for one stays unknown.
    pub(super) async fn settle_edit(
        &self,
        id: RowId,
        edit: &Edit,
        error: BackendError,
    ) -> Answer<Issued> {
        if edit.new_value {
            return Err(error);
        }
        let seen = self.read_back::<TokenView>(&calls::SHOW, &id.to_string(), &error).await;
        let done = |view: &TokenView| outcome::of_edit(edit.wish(), Some(&view.token));
        let token = seen.filter(|view| done(view) == Found::Done).ok_or(error)?;
        Ok(Issued { token, value: None })
    }

    /// A new value can't be read back, so a hand-over that asked for one stays unknown.
    pub(super) async fn settle_hand_over(
        &self,
        id: RowId,
        order: HandOver,
        error: BackendError,
    ) -> Answer<Issued> {
        let seen = self.read_back::<TokenView>(&calls::SHOW, &id.to_string(), &error).await;
        let done = |view: &TokenView| outcome::of_hand_over(order, Some(&view.token));
        let token = seen.filter(|view| done(view) == Found::Done).ok_or(error)?;
        Ok(Issued { token, value: None })
    }

    /// A plan that was started is found by the job that it became.
    pub(super) async fn settle_start(
        &self,
        plan: Option<Guid>,
        error: BackendError,
    ) -> Answer<Job> {
        self.job_of(plan, &error).await.ok_or(error)
    }

    /// The same, and its end is waited for.
    pub(super) async fn settle_run(
        &self,
        plan: Option<Guid>,
        error: BackendError,
    ) -> Answer<Report> {
        let job = self.settle_start(plan, error).await?;
        let job = until_over(self, job, |_| {}).await?;
        self.reported(job.id).await
    }

    /// The error of values that never came. They are nobody's: their job is given up, so that
    /// it is certain that no token was changed.
    pub(super) async fn given_up_stage(
        &self,
        plan: Option<Guid>,
        error: BackendError,
    ) -> BackendError {
        let Some(job) = self.job_of(plan, &error).await else { return error };
        if job.state != JobState::Staged || self.abandon(job.id).await.is_err() {
            return error;
        }
        let message = format!(
            "no token was changed: '{}' did not answer with the values, so {} was given up. \
             Export again",
            self.client.place(),
            job.id
        );
        BackendError::new(Cause::Silent(Silence::BrokenOff), message)
    }

    pub(super) async fn settle_activate(&self, id: JobId, error: BackendError) -> Answer<Job> {
        let job = self.read_back::<Job>(&calls::JOB, &id.to_string(), &error).await;
        job.filter(|job| outcome::of_activation(job.state) == Found::Done).ok_or(error)
    }

    pub(super) async fn settle_control(
        &self,
        act: JobAct,
        id: JobId,
        error: BackendError,
    ) -> Answer<Job> {
        let job = self.read_back::<Job>(&calls::JOB, &id.to_string(), &error).await;
        job.filter(|job| outcome::of_job_act(act, job.state) == Found::Done).ok_or(error)
    }

    /// Of two alike only one can be there, so the one that is there is the one added.
    pub(super) async fn settle_add(
        &self,
        draft: &EntryDraft,
        error: BackendError,
    ) -> Answer<EntryView> {
        let Some(all) = self.catalogue_after(&error).await else { return Err(error) };
        if outcome::of_entry(None, None, draft, &all) != Found::Done {
            return Err(error);
        }
        let id = outcome::named_like(draft, &all).ok_or(error)?;
        Ok(EntryView { id, entry: draft.clone(), look_alikes: vec![] })
    }

    pub(super) async fn settle_entry(
        &self,
        id: EntryId,
        edit: &EntryEdit,
        error: BackendError,
    ) -> Answer<EntryView> {
        let all = self.catalogue_after(&error).await;
        let found = |all| outcome::of_entry(Some(id), edit.seen.as_ref(), &edit.draft, &all);
        match all.map(found) {
            Some(Found::Done) => {
                Ok(EntryView { id, entry: edit.draft.clone(), look_alikes: vec![] })
            }
            Some(Found::NotDone | Found::Changed | Found::Open) | None => Err(error),
        }
    }

    pub(super) async fn settle_removal(&self, id: EntryId, error: BackendError) -> Answer<()> {
        let all = self.catalogue_after(&error).await;
        match all.map(|all| outcome::of_removal(id, &all)) {
            Some(Found::Done) => Ok(()),
            Some(Found::NotDone | Found::Changed | Found::Open) | None => Err(error),
        }
    }

    /// Whoever is in service or not as was asked for: it was done, by this order or another.
    pub(super) async fn settle_switch(
        &self,
        id: UserId,
        switch: Switch,
        error: BackendError,
    ) -> Answer<EntryView> {
        let all = self.catalogue_after(&error).await;
        let user = all.and_then(|all| all.users.get(&id).cloned());
        match user {
            Some(user) if outcome::of_switch(switch, &user) == Found::Done => Ok(EntryView {
                id: EntryId::User(id),
                entry: EntryDraft::User(user.draft()),
                look_alikes: vec![],
            }),
            Some(_) | None => Err(error),
        }
    }

    async fn catalogue_after(&self, error: &BackendError) -> Option<Catalogue> {
        if error.cause != Cause::Open {
            return None;
        }
        self.catalogue().await.ok()
    }

    /// The job that a plan became.
    async fn job_of(&self, plan: Option<Guid>, error: &BackendError) -> Option<Job> {
        if error.cause != Cause::Open || plan.is_none() {
            return None;
        }
        self.jobs().await.ok()?.into_iter().find(|job| job.plan == plan)
    }

    async fn read_back<T: serde::de::DeserializeOwned>(
        &self,
        call: &'static HttpCall,
        id: &str,
        error: &BackendError,
    ) -> Option<T> {
        if error.cause != Cause::Open {
            return None;
        }
        self.get(Ask::of(call).at(&[id])).await.ok()
    }
}
