//! What became of a change whose answer never came: the record is read back, and
//! where it is as it was to become, it was done. Otherwise it stays unknown. What is
//! only in the lost answer, a value, can't be read back.

use super::RemoteBackend;
use super::exchange::Ask;
use super::fault::UNKNOWN;
use crate::backend::{Answer, Backend, BackendError, until_over};
use crate::domain::{
    Catalogue, EntryDraft, EntryId, Guid, JobId, Refusal, Settings, Token, TokenId,
};
use crate::wire::http::{ActVerb, Call, calls};
use crate::wire::{
    Edit, EntryView, Issued, Job, JobAct, JobReport, JobState, Report, Staged, TokenView,
};

impl RemoteBackend {
    pub(super) async fn settle_act(
        &self,
        verb: ActVerb,
        id: TokenId,
        error: BackendError,
    ) -> Answer<TokenView> {
        match self.read_back::<TokenView>(&calls::SHOW, &id.to_string(), &error).await {
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
        match self.read_back::<TokenView>(&calls::SHOW, &id.to_string(), &error).await {
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
        match self.job_report(job.id).await? {
            JobReport::Tokens(report) => Ok(report),
            JobReport::Holders(_) => Err(Refusal::StalePlan.into()),
        }
    }

    /// Values whose answer was lost are nobody's: their job is given up, so that it is
    /// certain that no token was changed.
    pub(super) async fn settle_stage(
        &self,
        plan: Option<Guid>,
        error: BackendError,
    ) -> Answer<Staged> {
        let Some(job) = self.job_of(plan, &error).await else { return Err(error) };
        if job.state != JobState::Staged || self.abandon(job.id).await.is_err() {
            return Err(error);
        }
        let message = format!(
            "no token was changed: '{}' did not answer with the values, so {} was given up. \
             Export again",
            self.client.place(),
            job.id
        );
        Err(BackendError::Unavailable { code: "broken_off", message, exit_code: 6 })
    }

    pub(super) async fn settle_activate(&self, id: JobId, error: BackendError) -> Answer<Job> {
        let job = self.read_back::<Job>(&calls::JOB, &id.to_string(), &error).await;
        job.filter(|job| !matches!(job.state, JobState::Staged | JobState::Abandoned)).ok_or(error)
    }

    pub(super) async fn settle_control(
        &self,
        act: JobAct,
        id: JobId,
        error: BackendError,
    ) -> Answer<Job> {
        let job = self.read_back::<Job>(&calls::JOB, &id.to_string(), &error).await;
        let done = |job: &Job| match act {
            JobAct::Resume => matches!(job.state, JobState::Running | JobState::Done),
            JobAct::Stop => matches!(job.state, JobState::Stopped | JobState::Done),
            JobAct::Abandon => job.state == JobState::Abandoned,
        };
        job.filter(done).ok_or(error)
    }

    /// Of two alike only one can be there, so the one that is there is the one added.
    pub(super) async fn settle_add(
        &self,
        draft: &EntryDraft,
        error: BackendError,
    ) -> Answer<EntryView> {
        let Some(all) = self.catalogue_after(&error).await else { return Err(error) };
        let mut ids = all.ids(draft.kind()).into_iter();
        match ids.find(|id| all.draft(*id).as_ref() == Some(draft)) {
            Some(id) => Ok(EntryView { id, entry: draft.clone() }),
            None => Err(error),
        }
    }

    pub(super) async fn settle_entry(
        &self,
        id: EntryId,
        draft: &EntryDraft,
        error: BackendError,
    ) -> Answer<EntryView> {
        let all = self.catalogue_after(&error).await;
        match all.and_then(|all| all.draft(id)) {
            Some(entry) if entry == *draft => Ok(EntryView { id, entry }),
            _ => Err(error),
        }
    }

    pub(super) async fn settle_removal(&self, id: EntryId, error: BackendError) -> Answer<()> {
        match self.catalogue_after(&error).await {
            Some(all) if all.draft(id).is_none() => Ok(()),
            _ => Err(error),
        }
    }

    async fn catalogue_after(&self, error: &BackendError) -> Option<Catalogue> {
        if error.code() != UNKNOWN {
            return None;
        }
        self.catalogue().await.ok()
    }

    /// The job that a plan became.
    async fn job_of(&self, plan: Option<Guid>, error: &BackendError) -> Option<Job> {
        if error.code() != UNKNOWN || plan.is_none() {
            return None;
        }
        self.jobs().await.ok()?.into_iter().find(|job| job.plan == plan)
    }

    async fn read_back<T: serde::de::DeserializeOwned>(
        &self,
        call: &'static Call,
        id: &str,
        error: &BackendError,
    ) -> Option<T> {
        if error.code() != UNKNOWN {
            return None;
        }
        self.get(Ask::of(call).at(&[id])).await.ok()
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
