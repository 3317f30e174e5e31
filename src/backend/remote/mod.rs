//! The backend on a server: every call over HTTP. It holds no rule and keeps no
//! state but its connection; what the server refuses is the same refusal here.

mod cause;
mod client;
mod exchange;
mod fault;
mod follow;
mod options;
mod proxy;
mod rows;
mod settle;

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;

pub use options::{Patience, RemoteOptions};

use super::{Answer, Backend};
use crate::domain::event::Point;
use crate::domain::verify::Request;
use crate::domain::{
    Catalogue, EntryDraft, EntryId, Expiry, GivenReason, Guid, HandOver, HolderVerb, JobId,
    Overlap, Query, Refusal, Subject, Switch, TokenDraft, TokenValue, UserId, Verb, Window,
};
use crate::wire::http::{
    ActVerb, EditAsk, GuidBody, HttpCall, ImportCheckAsk, IssuedBody, LookupAsk, Me, PositionBody,
    Reference, RegenerateAsk, RevealedBody, RotationAsk, StageAsk, StageImportAsk, StagedBody,
    StagedImportBody, StagedRotationBody, VerifyAsk, Whole, calls,
};
use crate::wire::{
    AnyPlan, BackendKind, ChainView, Edit, EntryEdit, EntryView, EventPage, EventQuery,
    ImportCheck, ImportPlan, ImportRow, Imported, Issued, Job, JobAct, JobReport, LookupAnswer,
    Page, Plan, PlanAsk, Report, Revealed, Rotation, RotationRow, RowId, Run, Session, Staged,
    StagedImport, TokenView, UserPage, UserQuery, VerifyAnswer,
};
use client::Client;
use exchange::Ask;
use follow::RemoteFollower;

/// Refuses an address that no credential should be sent to.
pub fn check_url(text: &str) -> Result<(), Refusal> {
    client::address(text).map(drop)
}

/// A server, and the operator whose credential it is asked with.
pub struct RemoteBackend {
    name: String,
    client: Arc<Client>,
    follower: Arc<RemoteFollower>,
    /// Why the operator does what they do.
    reason: Option<GivenReason>,
}

impl RemoteBackend {
    /// Makes ready to ask; nothing is sent yet. Refuses an address to which the
    /// credential would travel unencrypted. Needs a runtime around it.
    pub fn open(options: RemoteOptions) -> Answer<Arc<Self>> {
        let name = options.name.clone();
        let client = Arc::new(Client::new(options)?);
        let follower = Arc::new(RemoteFollower::start(&client));
        Ok(Arc::new(Self { name, client, follower, reason: None }))
    }

    /// The same, for an operator who says why: whatever is changed through it is on record
    /// with that reason.
    #[must_use]
    pub fn because(&self, reason: GivenReason) -> Self {
        Self {
            name: self.name.clone(),
            client: Arc::clone(&self.client),
            follower: Arc::clone(&self.follower),
            reason: Some(reason),
        }
    }

    async fn get<T: DeserializeOwned>(&self, ask: Ask) -> Answer<T> {
        self.client.ask(ask.because(self.reason.as_ref())).await
    }

    async fn post<T: DeserializeOwned>(
        &self,
        call: &'static HttpCall,
        body: &impl Serialize,
    ) -> Answer<T> {
        self.get(Ask::of(call).with(body)?).await
    }

    async fn about<T: DeserializeOwned>(&self, call: &'static HttpCall, job: JobId) -> Answer<T> {
        self.get(Ask::of(call).at(&[&job.to_string()])).await
    }

    async fn control(&self, call: &'static HttpCall, act: JobAct, id: JobId) -> Answer<Job> {
        match self.about(call, id).await {
            Ok(job) => Ok(job),
            Err(error) => self.settle_control(act, id, error).await,
        }
    }

    /// A token with its new value. A repeat that came too late has none to give.
    fn issued(&self, body: IssuedBody) -> Answer<Issued> {
        match &body.value_gone {
            Some(advice) => Err(self.client.value_gone(&body.token.token.id, advice)),
            None => self.whole(body),
        }
    }

    /// A value that came over the wire. One that is none is the server's fault.
    fn whole<B, T: TryFrom<B>>(&self, body: B) -> Answer<T> {
        T::try_from(body).map_err(|_| self.client.fault("it sent a value that is none"))
    }

    /// Values that were drawn for this plan.
    async fn staged<B: DeserializeOwned, T: TryFrom<B>>(
        &self,
        plan: Option<Guid>,
        call: &'static HttpCall,
        ask: &impl Serialize,
    ) -> Answer<T> {
        match self.post(call, ask).await {
            Ok(body) => self.whole::<B, T>(body),
            Err(error) => Err(self.given_up_stage(plan, error).await),
        }
    }
}

#[async_trait]
impl Backend for RemoteBackend {
    async fn session(&self) -> Answer<Session> {
        let me: Me = self.get(Ask::of(&calls::ME)).await?;
        self.client.must_speak(&me.api)?;
        self.follower.begin_at(me.head);
        Ok(Session {
            backend: self.name.clone(),
            kind: BackendKind::Remote,
            place: self.client.place().to_owned(),
            store: me.store,
            retention: me.retention,
            operator: me.operator,
            now: me.now,
            credential_expires_at: me.credential_expires_at,
            clock_jump: me.clock_jump,
            abilities: me.abilities.or_by_calls(&me.calls),
            bulk_here: false,
            descriptors: me.descriptors,
        })
    }

    async fn catalogue(&self) -> Answer<Catalogue> {
        self.get(Ask::of(&calls::CATALOGUE)).await
    }

    async fn list(&self, query: Query, window: Window) -> Answer<Page> {
        let ask = |window| Ask::of(&calls::LIST).asking(&(query.clone(), window));
        rows::all(&self.client, window, ask).await
    }

    async fn position(&self, query: Query, id: RowId) -> Answer<Option<usize>> {
        let ask = Ask::of(&calls::POSITION).at(&[&id.to_string()]).asking(&query);
        self.get::<PositionBody>(ask).await.map(|body| body.position)
    }

    async fn found(&self, query: Query) -> Answer<Vec<RowId>> {
        self.get(Ask::of(&calls::FOUND).asking(&query)).await
    }

    async fn show(&self, reference: String) -> Answer<TokenView> {
        self.get(Ask::of(&calls::RESOLVE).asking(&Reference(reference))).await
    }

    async fn lookup(&self, text: SecretString) -> Answer<LookupAnswer> {
        self.post(&calls::LOOKUP, &LookupAsk { text: text.into() }).await
    }

    async fn events(&self, query: EventQuery, window: Window) -> Answer<EventPage> {
        if let Some(Subject::Token(row)) = &query.subject {
            row.token()?;
        }
        let ask = |window| Ask::of(&calls::EVENTS).asking(&(query.clone(), window));
        rows::all(&self.client, window, ask).await
    }

    async fn verify_log(&self, expected: Option<Point>) -> Answer<ChainView> {
        self.get(Ask::of(&calls::CHECK_LOG).asking(&expected)).await
    }

    async fn reveal(&self, id: RowId) -> Answer<Revealed> {
        let body = self.get(Ask::of(&calls::REVEAL).at(&[&id.to_string()])).await?;
        self.whole::<RevealedBody, _>(body)
    }

    async fn create(&self, draft: TokenDraft, run: Run) -> Answer<Issued> {
        let ask = Ask::of(&calls::CREATE).asking(&run).with(&draft)?;
        self.issued(self.get(ask).await?)
    }

    async fn edit(&self, id: RowId, edit: Edit, run: Run) -> Answer<Issued> {
        let Edit { version, settings, new_value, guid } = edit.clone();
        let body = EditAsk { settings: Whole(settings), new_value, guid };
        let ask = Ask::of(&calls::EDIT).at(&[&id.to_string()]).asking(&run).with(&body)?;
        match self.get(ask.seen(version)).await {
            Ok(body) => self.issued(body),
            Err(error) => self.settle_edit(id, &edit, error).await,
        }
    }

    async fn regenerate(
        &self,
        id: RowId,
        expiry: Option<Expiry>,
        overlap: Overlap,
        run: Run,
    ) -> Answer<Issued> {
        let body = RegenerateAsk { expiry, overlap };
        let ask = Ask::of(&calls::REGENERATE).at(&[&id.to_string()]).asking(&run).with(&body)?;
        self.issued(self.get(ask).await?)
    }

    async fn hand_over(&self, id: RowId, order: HandOver, run: Run) -> Answer<Issued> {
        let ask = Ask::of(&calls::HAND_OVER).at(&[&id.to_string()]).asking(&run).with(&order)?;
        match self.get(ask).await {
            Ok(body) => self.issued(body),
            Err(error) if run == Run::Real => self.settle_hand_over(id, order, error).await,
            Err(error) => Err(error),
        }
    }

    async fn act(&self, verb: Verb, id: RowId, version: Option<u64>) -> Answer<TokenView> {
        let more = || Refusal::Unsupported(format!("{verb} a token without more being said"));
        let act = ActVerb::of(verb).ok_or_else(more)?;
        let ask = Ask::of(&calls::ACT).at(&[&id.to_string(), &act.to_string()]);
        let ask = version.into_iter().fold(ask, Ask::seen);
        match self.get(ask).await {
            Ok(view) => Ok(view),
            Err(error) => self.settle_act(verb, id, version, error).await,
        }
    }

    async fn plan(&self, ask: PlanAsk) -> Answer<AnyPlan> {
        Ok(match ask {
            PlanAsk::Tokens(ask) => AnyPlan::Tokens(self.post(&calls::PLAN, &ask).await?),
            PlanAsk::Holders(ask) => AnyPlan::Holders(self.post(&calls::PLAN_HOLDERS, &ask).await?),
        })
    }

    async fn run(&self, plan: Plan) -> Answer<Report> {
        match self.post(&calls::RUN, &plan).await {
            Ok(report) => Ok(report),
            Err(error) => self.settle_run(plan.id, error).await,
        }
    }

    async fn propose_guid(&self) -> Answer<Guid> {
        self.get::<GuidBody>(Ask::of(&calls::PROPOSE)).await.map(|body| body.guid)
    }

    async fn accept(&self, id: RowId, run: Run) -> Answer<Issued> {
        let ask = Ask::of(&calls::ACCEPT).at(&[&id.to_string()]).asking(&run);
        self.issued(self.get(ask).await?)
    }

    async fn users(&self, query: UserQuery, window: Window) -> Answer<UserPage> {
        let ask = |window| Ask::of(&calls::USERS).asking(&(query.clone(), window));
        rows::all(&self.client, window, ask).await
    }

    async fn stage(&self, plan: Plan<HolderVerb>, file: String) -> Answer<Staged> {
        let id = plan.id;
        self.staged::<StagedBody, _>(id, &calls::STAGE, &StageAsk { plan, file }).await
    }

    async fn check_import(&self, rows: Vec<ImportRow>) -> Answer<ImportCheck> {
        self.post(&calls::CHECK_IMPORT, &ImportCheckAsk { rows }).await
    }

    async fn stage_import(&self, plan: ImportPlan, file: Option<String>) -> Answer<StagedImport> {
        let id = plan.id;
        let ask = StageImportAsk { plan, file };
        self.staged::<StagedImportBody, _>(id, &calls::STAGE_IMPORT, &ask).await
    }

    async fn stage_rotation(
        &self,
        rotation: Rotation,
        file: String,
    ) -> Answer<Staged<RotationRow>> {
        let Rotation { plan, expiry, overlap } = rotation;
        let id = plan.id;
        let ask = RotationAsk { plan, expiry, overlap, file };
        self.staged::<StagedRotationBody, _>(id, &calls::STAGE_ROTATION, &ask).await
    }

    async fn activate(&self, job: JobId) -> Answer<Job> {
        match self.about(&calls::ACTIVATE, job).await {
            Ok(job) => Ok(job),
            Err(error) => self.settle_activate(job, error).await,
        }
    }

    async fn start(&self, plan: AnyPlan) -> Answer<Job> {
        let started = match &plan {
            AnyPlan::Tokens(plan) => self.post(&calls::START, plan).await,
            AnyPlan::Holders(plan) => self.post(&calls::START_HOLDERS, plan).await,
        };
        match started {
            Ok(job) => Ok(job),
            Err(error) => self.settle_start(plan.id(), error).await,
        }
    }

    async fn jobs(&self) -> Answer<Vec<Job>> {
        self.get(Ask::of(&calls::JOBS)).await
    }

    async fn job(&self, id: JobId) -> Answer<Job> {
        self.about(&calls::JOB, id).await
    }

    async fn job_report(&self, id: JobId) -> Answer<JobReport> {
        self.about(&calls::JOB_REPORT, id).await
    }

    async fn resume(&self, id: JobId) -> Answer<Job> {
        self.control(&calls::RESUME, JobAct::Resume, id).await
    }

    async fn stop(&self, id: JobId) -> Answer<Job> {
        self.control(&calls::STOP, JobAct::Stop, id).await
    }

    async fn abandon(&self, id: JobId) -> Answer<Job> {
        self.control(&calls::ABANDON, JobAct::Abandon, id).await
    }

    async fn add_entry(&self, draft: EntryDraft, run: Run) -> Answer<EntryView> {
        match self.get(Ask::of(&calls::ADD_ENTRY).asking(&run).with(&draft)?).await {
            Err(error) if run == Run::Real => self.settle_add(&draft, error).await,
            answer => answer,
        }
    }

    async fn edit_entry(&self, id: EntryId, edit: EntryEdit, run: Run) -> Answer<EntryView> {
        let ask = Ask::of(&calls::EDIT_ENTRY).at(&[&id.to_string()]).asking(&run);
        match self.get(ask.with(&edit)?).await {
            Err(error) if run == Run::Real => self.settle_entry(id, &edit, error).await,
            answer => answer,
        }
    }

    async fn remove_entry(&self, id: EntryId, run: Run) -> Answer<()> {
        match self.get(Ask::of(&calls::REMOVE_ENTRY).at(&[&id.to_string()]).asking(&run)).await {
            Err(error) if run == Run::Real => self.settle_removal(id, error).await,
            answer => answer,
        }
    }

    async fn switch_user(&self, id: UserId, switch: Switch, run: Run) -> Answer<EntryView> {
        let ask = Ask::of(&calls::SWITCH_USER).at(&[&id.to_string(), &switch.to_string()]);
        match self.get(ask.asking(&run)).await {
            Err(error) if run == Run::Real => self.settle_switch(id, switch, error).await,
            answer => answer,
        }
    }

    async fn import_catalogue(&self, catalogue: Catalogue, run: Run) -> Answer<Imported> {
        self.get(Ask::of(&calls::IMPORT).asking(&run).with(&catalogue)?).await
    }

    async fn verify(&self, value: TokenValue, request: Request) -> Answer<VerifyAnswer> {
        let ask = VerifyAsk { value: (&value).into(), request: request.into() };
        self.post(&calls::VERIFY, &ask).await
    }

    fn because(&self, reason: GivenReason) -> Option<Arc<dyn Backend>> {
        Some(Arc::new(Self::because(self, reason)))
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.follower.changes()
    }

    /// Nothing is held back here that could be lost.
    async fn close(&self) -> Answer<()> {
        Ok(())
    }
}
