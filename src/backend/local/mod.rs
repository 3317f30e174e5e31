//! The backend on this machine: the authority in this process on an embedded
//! store. It moves calls off the caller's thread and follows what other processes
//! do; it holds no rule.

mod follow;
mod init;
mod keep;
mod open;
mod options;
mod sign_in;
mod status;
mod work;

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use tokio::sync::watch;

pub use crate::example::Filling;
pub use crate::store::sqlite::ReserveState;
pub use crate::store::{Finding, NewPlace, PathFound, StoreError, StorePlace};
pub use init::{fill, init, make_reserve, may_fill};
pub use keep::{BackupReport, RestoreReport, back_up, restore};
pub use options::{EXAMPLE_LOGIN, EXAMPLE_ROOT, FillReport, InitKind, InitReport, LocalOptions};
pub use status::{Counts, FileReport, StoreStatus, check, look_over, status, verify_audit};

use super::{Answer, Backend};
use crate::authority::{self, Authority, Caller, JobTurn, Trace};
use crate::domain::event::Point;
use crate::domain::verify::Request;
use crate::domain::{
    Catalogue, EntryDraft, EntryId, Expiry, GivenReason, Guid, HandOver, HolderVerb, JobId,
    Overlap, Query, Refusal, Switch, TokenDraft, TokenValue, UserId, Verb, Window,
};
use crate::wire::{
    Abilities, AnyPlan, BackendKind, ChainView, Descriptors, Edit, EntryEdit, EntryView, EventPage,
    EventQuery, ImportCheck, ImportPlan, ImportRow, Imported, Issued, Job, JobReport, LookupAnswer,
    Page, Plan, PlanAsk, Report, Revealed, Rotation, RotationRow, RowId, Run, Session, Staged,
    StagedImport, TokenView, UserPage, UserQuery, VerifyAnswer,
};
use follow::LocalFollower;
use work::Workers;

/// A store on this machine, and the user at work on it.
pub struct LocalBackend {
    name: String,
    read_only: bool,
    trace: Trace,
    /// Who asks, or why nobody but a bearer may.
    caller: Result<Caller, Refusal>,
    authority: Arc<Authority>,
    // They tell the follower of what they do, so they end before it.
    workers: Arc<Workers>,
    follower: Arc<LocalFollower>,
}

impl LocalBackend {
    /// The same, for an operator who says why: whatever is changed through it is on record
    /// with that reason.
    #[must_use]
    pub fn because(&self, reason: GivenReason) -> Self {
        let caller = self.caller.clone().map(|caller| caller.because(reason));
        Self { caller, ..self.shared() }
    }

    /// The same store for another user: what a server hands to each who asks.
    fn for_caller(&self, caller: Caller) -> Self {
        Self { caller: Ok(caller), ..self.shared() }
    }

    fn shared(&self) -> Self {
        Self {
            name: self.name.clone(),
            read_only: self.read_only,
            trace: self.trace,
            caller: self.caller.clone(),
            authority: Arc::clone(&self.authority),
            workers: Arc::clone(&self.workers),
            follower: Arc::clone(&self.follower),
        }
    }

    /// Why stored values can be neither shown nor made; none = they can.
    pub fn key_problem(&self) -> Option<&str> {
        self.authority.key_problem()
    }

    /// Asks the authority as the operator.
    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Authority, &Caller) -> authority::Ruling<T> + Send + 'static,
    ) -> Answer<T> {
        let caller = self.caller.clone()?;
        self.ask_as_anyone(move |authority| question(authority, &caller)).await
    }

    /// Asks the authority on a thread that may wait for files.
    async fn ask_as_anyone<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Authority) -> authority::Ruling<T> + Send + 'static,
    ) -> Answer<T> {
        let authority = Arc::clone(&self.authority);
        let asked = tokio::task::spawn_blocking(move || question(&authority));
        // The text of a panic is left out, for it may hold what was asked.
        let broken = |_| StoreError::Fault("a call to the local store broke off".to_owned());
        Ok(asked.await.map_err(broken)??)
    }

    /// Goes on with a job on a thread of its own.
    fn put_to_work(&self, turn: JobTurn) -> Answer<()> {
        let caller = self.caller.clone()?;
        let Some(wake) = self.follower.waker() else { return Ok(()) };
        Ok(self.workers.put_to_work(&self.authority, (caller, turn), wake)?)
    }

    /// Refuses whatever writes, a reveal among it, as it is put on record.
    fn must_write(&self) -> Answer<()> {
        if self.read_only { Err(Refusal::ReadOnly.into()) } else { Ok(()) }
    }

    fn may_run(&self, run: Run) -> Answer<()> {
        if run == Run::Dry { Ok(()) } else { self.must_write() }
    }
}

#[async_trait]
impl Backend for LocalBackend {
    async fn session(&self) -> Answer<Session> {
        let (operator, now) = self.ask(Authority::session).await?;
        let clock_jump = self.clock_jump().await?;
        let info = self.authority.info();
        Ok(Session {
            backend: self.name.clone(),
            kind: BackendKind::Local,
            place: info.place.clone(),
            store: info.kind,
            retention: info.retention,
            operator,
            now,
            credential_expires_at: self.caller.as_ref().ok().and_then(Caller::until),
            clock_jump,
            abilities: Abilities::default(),
            bulk_here: false,
            descriptors: Descriptors::default(),
        })
    }

    async fn catalogue(&self) -> Answer<Catalogue> {
        self.ask(Authority::catalogue).await
    }

    async fn list(&self, query: Query, window: Window) -> Answer<Page> {
        self.ask(move |authority, caller| authority.list(caller, &query, window)).await
    }

    async fn position(&self, query: Query, id: RowId) -> Answer<Option<usize>> {
        // What goes by no id of ours is in no list of ours.
        let Ok(id) = id.token() else { return Ok(None) };
        self.ask(move |authority, caller| authority.position(caller, &query, id)).await
    }

    async fn found(&self, query: Query) -> Answer<Vec<RowId>> {
        let found = self.ask(move |authority, caller| authority.found(caller, &query)).await?;
        Ok(found.into_iter().map(RowId::from).collect())
    }

    async fn show(&self, reference: String) -> Answer<TokenView> {
        self.ask(move |authority, caller| authority.show(caller, &reference)).await
    }

    async fn lookup(&self, text: SecretString) -> Answer<LookupAnswer> {
        self.ask(move |authority, caller| authority.lookup(caller, &text)).await
    }

    async fn events(&self, query: EventQuery, window: Window) -> Answer<EventPage> {
        self.ask(move |authority, caller| authority.events(caller, &query, window)).await
    }

    async fn verify_log(&self, expected: Option<Point>) -> Answer<ChainView> {
        self.ask(move |authority, caller| authority.verify_log(caller, expected)).await
    }

    async fn reveal(&self, id: RowId) -> Answer<Revealed> {
        self.must_write()?;
        let id = id.token()?;
        self.ask(move |authority, caller| authority.reveal(caller, id)).await
    }

    async fn create(&self, draft: TokenDraft, run: Run) -> Answer<Issued> {
        self.may_run(run)?;
        self.ask(move |authority, caller| authority.create(caller, &draft, run)).await
    }

    async fn edit(&self, id: RowId, edit: Edit, run: Run) -> Answer<Issued> {
        self.may_run(run)?;
        let id = id.token()?;
        self.ask(move |authority, caller| authority.edit(caller, id, &edit, run)).await
    }

    async fn regenerate(
        &self,
        id: RowId,
        expiry: Option<Expiry>,
        overlap: Overlap,
        run: Run,
    ) -> Answer<Issued> {
        self.may_run(run)?;
        let id = id.token()?;
        self.ask(move |authority, caller| authority.regenerate(caller, id, (expiry, overlap), run))
            .await
    }

    async fn hand_over(&self, id: RowId, order: HandOver, run: Run) -> Answer<Issued> {
        self.may_run(run)?;
        let id = id.token()?;
        self.ask(move |authority, caller| authority.hand_over(caller, id, order, run)).await
    }

    async fn act(&self, verb: Verb, id: RowId, version: Option<u64>) -> Answer<TokenView> {
        self.must_write()?;
        let id = id.token()?;
        self.ask(move |authority, caller| authority.act(caller, verb, id, version)).await
    }

    async fn plan(&self, ask: PlanAsk) -> Answer<AnyPlan> {
        self.ask(move |authority, caller| authority.plan(caller, &ask)).await
    }

    async fn run(&self, plan: Plan) -> Answer<Report> {
        self.must_write()?;
        self.ask(move |authority, caller| authority.run(caller, &plan)).await
    }

    async fn add_entry(&self, draft: EntryDraft, run: Run) -> Answer<EntryView> {
        self.may_run(run)?;
        self.ask(move |authority, caller| authority.add_entry(caller, &draft, run)).await
    }

    async fn edit_entry(&self, id: EntryId, edit: EntryEdit, run: Run) -> Answer<EntryView> {
        self.may_run(run)?;
        self.ask(move |authority, caller| authority.edit_entry(caller, id, &edit, run)).await
    }

    async fn remove_entry(&self, id: EntryId, run: Run) -> Answer<()> {
        self.may_run(run)?;
        self.ask(move |authority, caller| authority.remove_entry(caller, id, run)).await
    }

    async fn switch_user(&self, id: UserId, switch: Switch, run: Run) -> Answer<EntryView> {
        self.may_run(run)?;
        self.ask(move |authority, caller| authority.switch_user(caller, id, switch, run)).await
    }

    async fn import_catalogue(&self, catalogue: Catalogue, run: Run) -> Answer<Imported> {
        self.may_run(run)?;
        self.ask(move |authority, caller| authority.import_catalogue(caller, &catalogue, run)).await
    }

    async fn start(&self, plan: AnyPlan) -> Answer<Job> {
        self.must_write()?;
        let (job, turn) =
            self.ask(move |authority, caller| authority.start_any(caller, &plan)).await?;
        turn.map(|turn| self.put_to_work(turn)).transpose()?;
        Ok(job)
    }

    async fn jobs(&self) -> Answer<Vec<Job>> {
        self.ask(Authority::jobs).await
    }

    async fn job(&self, id: JobId) -> Answer<Job> {
        self.ask(move |authority, caller| authority.job(caller, id)).await
    }

    async fn job_report(&self, id: JobId) -> Answer<JobReport> {
        self.ask(move |authority, caller| authority.job_report(caller, id)).await
    }

    async fn resume(&self, id: JobId) -> Answer<Job> {
        self.must_write()?;
        let (job, turn) = self.ask(move |authority, caller| authority.resume(caller, id)).await?;
        self.put_to_work(turn)?;
        Ok(job)
    }

    async fn stop(&self, id: JobId) -> Answer<Job> {
        self.must_write()?;
        self.ask(move |authority, caller| authority.stop(caller, id)).await
    }

    async fn abandon(&self, id: JobId) -> Answer<Job> {
        self.must_write()?;
        self.ask(move |authority, caller| authority.abandon(caller, id)).await
    }

    async fn propose_guid(&self) -> Answer<Guid> {
        self.ask_as_anyone(|authority| Ok(authority.propose_guid()?)).await
    }

    async fn accept(&self, id: RowId, run: Run) -> Answer<Issued> {
        self.may_run(run)?;
        let id = id.token()?;
        self.ask(move |authority, caller| authority.accept(caller, id, run)).await
    }

    async fn users(&self, query: UserQuery, window: Window) -> Answer<UserPage> {
        self.ask(move |authority, caller| authority.users(caller, &query, window)).await
    }

    async fn stage(&self, plan: Plan<HolderVerb>, file: String) -> Answer<Staged> {
        self.must_write()?;
        self.ask(move |authority, caller| authority.stage(caller, &plan, &file)).await
    }

    async fn check_import(&self, rows: Vec<ImportRow>) -> Answer<ImportCheck> {
        self.ask(move |authority, caller| authority.check_import(caller, &rows)).await
    }

    async fn stage_import(&self, plan: ImportPlan, file: Option<String>) -> Answer<StagedImport> {
        self.must_write()?;
        let stage = move |authority: &Authority, caller: &Caller| {
            authority.stage_import(caller, &plan, file.as_deref())
        };
        self.ask(stage).await
    }

    async fn stage_rotation(
        &self,
        rotation: Rotation,
        file: String,
    ) -> Answer<Staged<RotationRow>> {
        self.must_write()?;
        self.ask(move |authority, caller| authority.stage_rotation(caller, &rotation, &file)).await
    }

    async fn activate(&self, job: JobId) -> Answer<Job> {
        self.must_write()?;
        let (job, turn) =
            self.ask(move |authority, caller| authority.activate(caller, job)).await?;
        self.put_to_work(turn)?;
        Ok(job)
    }

    async fn verify(&self, value: TokenValue, request: Request) -> Answer<VerifyAnswer> {
        let trace = self.trace;
        self.ask_as_anyone(move |authority| authority.verify(&value, &request, trace)).await
    }

    fn because(&self, reason: GivenReason) -> Option<Arc<dyn Backend>> {
        Some(Arc::new(Self::because(self, reason)))
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.follower.changes()
    }

    async fn close(&self) -> Answer<()> {
        let workers = Arc::clone(&self.workers);
        self.ask_as_anyone(move |authority| {
            workers.end();
            Ok(authority.flush_uses()?)
        })
        .await
    }
}
