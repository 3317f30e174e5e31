//! What a screen or a command may ask for, and who answers it. The rules live
//! behind this trait, so that a local store and a server give the same answer.

mod bulk;
mod cause;
pub mod derived;
mod error;
pub mod event_file;
pub mod evidence;
pub mod export;
pub mod list_file;
pub mod local;
pub mod remote;
mod waiting;

pub use crate::store::Trouble;
pub use bulk::BulkBackend;
pub use cause::{Cause, Complaint, Silence};
pub use error::BackendError;
pub use waiting::until_over;

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::watch;

use crate::domain::event::Point;
use crate::domain::verify::Request;
use crate::domain::{
    Catalogue, EntryDraft, EntryId, Expiry, GivenReason, Guid, HandOver, HolderVerb, JobId,
    Overlap, Query, Refusal, Switch, TokenDraft, TokenValue, UserId, Verb, Window,
};
use crate::wire::{
    Ability, AnyPlan, ChainView, Edit, EntryEdit, EntryView, EventPage, EventQuery, ImportCheck,
    ImportPlan, ImportRow, Imported, Issued, Job, JobReport, LookupAnswer, Page, Plan, PlanAsk,
    Report, Revealed, Rotation, RotationRow, RowId, Run, Session, Staged, StagedImport, TokenView,
    UserPage, UserQuery, VerifyAnswer,
};

/// A short name for what every call returns.
pub type Answer<T> = Result<T, BackendError>;

/// The store or server that answers. Every call acts as the session's operator.
///
/// Eight methods are every backend's own: who is at work, the rows, what is done to one token,
/// and how news come. The rest either follows from these ([`derived`]) and is said anew only
/// by who knows quicker, or is an ability, refused in the backend's own sentence where it is
/// lacked ([`absent`]).
#[async_trait]
pub trait Backend: Send + Sync {
    /// Who is at work here, what is the time, and what can be asked for.
    async fn session(&self) -> Answer<Session>;

    /// A window of the tokens that a query finds.
    async fn list(&self, query: Query, window: Window) -> Answer<Page>;

    /// One token by id, GUID or unambiguous name.
    async fn show(&self, reference: String) -> Answer<TokenView>;

    /// Makes a token.
    async fn create(&self, draft: TokenDraft, run: Run) -> Answer<Issued>;

    /// Changes the settings of a token that is still at the version read, and its
    /// value too where that is asked for.
    async fn edit(&self, id: RowId, edit: Edit, run: Run) -> Answer<Issued>;

    /// Enables, disables, revokes or deletes one token. With a version, only if it
    /// is still at it; revoke and disable ignore the version.
    async fn act(&self, verb: Verb, id: RowId, version: Option<u64>) -> Answer<TokenView>;

    /// The same for an operator who says why: whatever is changed through it is on record with
    /// that reason. None where nothing of the kind is kept.
    fn because(&self, _reason: GivenReason) -> Option<Arc<dyn Backend>> {
        None
    }

    /// Wakes whenever something here changed, be it by another process.
    fn changes(&self) -> watch::Receiver<u64>;

    /// Writes what is still in memory only. Called before the program ends.
    async fn close(&self) -> Answer<()>;

    /// What exists, as far as the operator may know of it: nothing, where there is no
    /// catalogue.
    async fn catalogue(&self) -> Answer<Catalogue> {
        Ok(Catalogue::default())
    }

    /// The place of a token in the answer to a query, if it is in it.
    async fn position(&self, query: Query, id: RowId) -> Answer<Option<usize>> {
        derived::position(self, &query, id).await
    }

    /// The ids of all that a query finds, in its order.
    async fn found(&self, query: Query) -> Answer<Vec<RowId>> {
        derived::found(self, &query).await
    }

    /// Freezes what doing something to many would come to. Changes nothing.
    async fn plan(&self, ask: PlanAsk) -> Answer<AnyPlan> {
        derived::plan(self, ask).await
    }

    /// Does what a plan says, as a job where there are any, and waits for its end.
    async fn run(&self, plan: Plan) -> Answer<Report> {
        derived::run(self, plan).await
    }

    /// Whose the values and GUIDs in a text are, or an id or name. The text may be a secret.
    async fn lookup(&self, _text: secrecy::SecretString) -> Answer<LookupAnswer> {
        absent(self, Ability::Lookup).await
    }

    /// A window of the audit trail.
    async fn events(&self, _query: EventQuery, _window: Window) -> Answer<EventPage> {
        absent(self, Ability::Events).await
    }

    /// The value of an account token; recorded before it is returned.
    async fn reveal(&self, _id: RowId) -> Answer<Revealed> {
        absent(self, Ability::Reveal).await
    }

    /// Gives a token a new value. Without an expiry it lives as long as the one before
    /// was to live.
    async fn regenerate(
        &self,
        _id: RowId,
        _expiry: Option<Expiry>,
        _overlap: Overlap,
        _run: Run,
    ) -> Answer<Issued> {
        absent(self, Ability::Regenerate).await
    }

    /// Whether a presented value may pass.
    async fn verify(&self, _value: TokenValue, _request: Request) -> Answer<VerifyAnswer> {
        absent(self, Ability::Verify).await
    }

    /// Checks the log from the first event to the last, and whether it goes through a place
    /// that was kept elsewhere; for a Superadmin.
    async fn verify_log(&self, _expected: Option<Point>) -> Answer<ChainView> {
        absent(self, Ability::CheckLog).await
    }

    /// Gives a token to another user of its account, or back to the account.
    async fn hand_over(&self, _id: RowId, _order: HandOver, _run: Run) -> Answer<Issued> {
        absent(self, Ability::HandOver).await
    }

    /// A GUID that no value ever had, for a form to show (R95).
    async fn propose_guid(&self) -> Answer<Guid> {
        absent(self, Ability::ProposeGuid).await
    }

    /// Takes a requested or exported token into service, as its owner (R126). A
    /// requested one gets its value now.
    async fn accept(&self, _id: RowId, _run: Run) -> Answer<Issued> {
        absent(self, Ability::Accept).await
    }

    /// A window of the users and what they hold (R115 to R117).
    async fn users(&self, _query: UserQuery, _window: Window) -> Answer<UserPage> {
        absent(self, Ability::Users).await
    }

    /// Draws the new values of a generate & export and keeps their hashes aside.
    /// Nothing is in force until [`Backend::activate`]. `file` is where the caller
    /// will write the values, for whoever finds the job unfinished.
    async fn stage(&self, _plan: Plan<HolderVerb>, _file: String) -> Answer<Staged> {
        absent(self, Ability::GenerateExport).await
    }

    /// Draws new values for the tokens of a plan to regenerate. None is in force until
    /// [`Backend::activate`]. `file` is where the caller will write them.
    async fn stage_rotation(
        &self,
        _rotation: Rotation,
        _file: String,
    ) -> Answer<Staged<RotationRow>> {
        absent(self, Ability::RegenerateMany).await
    }

    /// Puts staged values in force, once they are safe in their file.
    async fn activate(&self, _job: JobId) -> Answer<Job> {
        absent(self, Ability::GenerateExport).await
    }

    /// What would come of each of these tokens out of a file. Changes nothing.
    async fn check_import(&self, _rows: Vec<ImportRow>) -> Answer<ImportCheck> {
        absent(self, Ability::ImportTokens).await
    }

    /// Draws the values of an import and keeps their hashes aside. Nothing is made until
    /// [`Backend::activate`]. `file` is where the caller will write the values; none where
    /// none is drawn.
    async fn stage_import(&self, _plan: ImportPlan, _file: Option<String>) -> Answer<StagedImport> {
        absent(self, Ability::ImportTokens).await
    }

    /// Starts what a plan says as a job and returns while it works.
    async fn start(&self, plan: AnyPlan) -> Answer<Job> {
        match plan {
            AnyPlan::Tokens(_) => absent(self, Ability::Jobs).await,
            AnyPlan::Holders(plan) => absent(self, Ability::of_holders(plan.verb)).await,
        }
    }

    /// The jobs the operator may know of, the newest first: their own, and all for a
    /// Superadmin.
    async fn jobs(&self) -> Answer<Vec<Job>> {
        absent(self, Ability::Jobs).await
    }

    /// One job.
    async fn job(&self, _id: JobId) -> Answer<Job> {
        absent(self, Ability::Jobs).await
    }

    /// How each item of a job ended.
    async fn job_report(&self, _id: JobId) -> Answer<JobReport> {
        absent(self, Ability::Jobs).await
    }

    /// Goes on with a job that was interrupted or stopped.
    async fn resume(&self, _id: JobId) -> Answer<Job> {
        absent(self, Ability::SteerJobs).await
    }

    /// Stops a job after the chunk under way; it can be resumed.
    async fn stop(&self, _id: JobId) -> Answer<Job> {
        absent(self, Ability::SteerJobs).await
    }

    /// Gives a job up; what is committed stays.
    async fn abandon(&self, _id: JobId) -> Answer<Job> {
        absent(self, Ability::SteerJobs).await
    }

    /// Adds an entry to the catalogue (R139).
    async fn add_entry(&self, _draft: EntryDraft, _run: Run) -> Answer<EntryView> {
        absent(self, Ability::AddEntry).await
    }

    /// Changes an entry of the catalogue.
    async fn edit_entry(&self, _id: EntryId, _edit: EntryEdit, _run: Run) -> Answer<EntryView> {
        absent(self, Ability::EditEntry).await
    }

    /// Removes an entry that nothing uses.
    async fn remove_entry(&self, _id: EntryId, _run: Run) -> Answer<()> {
        absent(self, Ability::RemoveEntry).await
    }

    /// Takes a user out of service, or brings them back; their credentials and tokens
    /// pass as long as they are in service.
    async fn switch_user(&self, _id: UserId, _switch: Switch, _run: Run) -> Answer<EntryView> {
        absent(self, Ability::SwitchUser).await
    }

    /// Adds and changes entries so that all of these are there, all or nothing;
    /// removes none. Entries are found by id, else by name (users by login).
    async fn import_catalogue(&self, _catalogue: Catalogue, _run: Run) -> Answer<Imported> {
        absent(self, Ability::ImportCatalogue).await
    }
}

/// What comes of asking a backend for what it lacks: a refusal in its own sentence, where it
/// has one.
pub async fn absent<T, B: Backend + ?Sized>(backend: &B, ability: Ability) -> Answer<T> {
    let session = backend.session().await.ok();
    let said = session.as_ref().and_then(|session| session.abilities.refusal(ability));
    Err(said.map_or_else(|| ability.refusal(), |why| Refusal::Lacking(why.to_owned())).into())
}
