//! What a backend with jobs of this process answers: all but bulk work is the backend's own.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use tokio::sync::watch;

use super::JobsHere;
use crate::backend::{Answer, Backend};
use crate::domain::event::Point;
use crate::domain::verify::Request;
use crate::domain::{
    Catalogue, EntryDraft, EntryId, Expiry, GivenReason, Guid, HandOver, HolderVerb, JobAct, JobId,
    Overlap, Query, Switch, TokenDraft, TokenValue, UserId, Verb, Window,
};
use crate::wire::{
    AnyPlan, ChainView, Edit, EntryEdit, EntryView, EventPage, EventQuery, ImportCheck, ImportPlan,
    ImportRow, Imported, Issued, Job, JobReport, LookupAnswer, Page, Plan, PlanAsk, Report,
    Revealed, Rotation, RotationRow, RowId, Run, Session, Staged, StagedImport, TokenView,
    UserPage, UserQuery, VerifyAnswer,
};

macro_rules! passed_on {
    ($($call:ident($($name:ident: $what:ty),*) -> $answer:ty;)*) => {
        #[async_trait]
        impl Backend for JobsHere {
            $(async fn $call(&self, $($name: $what),*) -> Answer<$answer> {
                self.inner.$call($($name),*).await
            })*

            async fn session(&self) -> Answer<Session> {
                self.asked().await
            }

            async fn plan(&self, ask: PlanAsk) -> Answer<AnyPlan> {
                self.planned(ask).await
            }

            async fn run(&self, plan: Plan) -> Answer<Report> {
                self.done(plan).await
            }

            async fn start(&self, plan: AnyPlan) -> Answer<Job> {
                self.started(plan).await
            }

            async fn jobs(&self) -> Answer<Vec<Job>> {
                self.all().await
            }

            async fn job(&self, id: JobId) -> Answer<Job> {
                self.one(id).await
            }

            async fn job_report(&self, id: JobId) -> Answer<JobReport> {
                self.told(id).await
            }

            async fn resume(&self, id: JobId) -> Answer<Job> {
                self.steered(JobAct::Resume, id).await
            }

            async fn stop(&self, id: JobId) -> Answer<Job> {
                self.steered(JobAct::Stop, id).await
            }

            async fn abandon(&self, id: JobId) -> Answer<Job> {
                self.steered(JobAct::Abandon, id).await
            }

            fn because(&self, reason: GivenReason) -> Option<Arc<dyn Backend>> {
                self.saying(reason)
            }

            fn changes(&self) -> watch::Receiver<u64> {
                self.inner.changes()
            }

            async fn close(&self) -> Answer<()> {
                self.closed().await
            }
        }
    };
}

passed_on! {
    list(query: Query, window: Window) -> Page;
    show(reference: String) -> TokenView;
    create(draft: TokenDraft, run: Run) -> Issued;
    edit(id: RowId, edit: Edit, run: Run) -> Issued;
    act(verb: Verb, id: RowId, version: Option<u64>) -> TokenView;
    catalogue() -> Catalogue;
    position(query: Query, id: RowId) -> Option<usize>;
    found(query: Query) -> Vec<RowId>;
    lookup(text: SecretString) -> LookupAnswer;
    events(query: EventQuery, window: Window) -> EventPage;
    reveal(id: RowId) -> Revealed;
    regenerate(id: RowId, expiry: Option<Expiry>, overlap: Overlap, run: Run) -> Issued;
    verify(value: TokenValue, request: Request) -> VerifyAnswer;
    verify_log(expected: Option<Point>) -> ChainView;
    hand_over(id: RowId, order: HandOver, run: Run) -> Issued;
    propose_guid() -> Guid;
    accept(id: RowId, run: Run) -> Issued;
    users(query: UserQuery, window: Window) -> UserPage;
    stage(plan: Plan<HolderVerb>, file: String) -> Staged;
    stage_rotation(rotation: Rotation, file: String) -> Staged<RotationRow>;
    activate(job: JobId) -> Job;
    check_import(rows: Vec<ImportRow>) -> ImportCheck;
    stage_import(plan: ImportPlan, file: Option<String>) -> StagedImport;
    add_entry(draft: EntryDraft, run: Run) -> EntryView;
    edit_entry(id: EntryId, edit: EntryEdit, run: Run) -> EntryView;
    remove_entry(id: EntryId, run: Run) -> ();
    switch_user(id: UserId, switch: Switch, run: Run) -> EntryView;
    import_catalogue(catalogue: Catalogue, run: Run) -> Imported;
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_question_of_a_backend_is_forgotten() {
        let (asked, answered) = (include_str!("../../mod.rs"), include_str!("passed_on.rs"));
        let name = |line: &'static str| {
            let line = line.trim().trim_start_matches("async ").strip_prefix("fn ")?;
            line.split('(').next()
        };
        let body =
            asked.split("pub trait Backend").nth(1).and_then(|rest| rest.split("\n}\n").next());
        let names: Vec<_> = body.unwrap_or_default().lines().filter_map(name).collect();
        assert!(names.len() > 30, "{names:?}");
        for name in names {
            assert!(answered.contains(&format!(" {name}(")), "{name}");
        }
    }
}
