//! What a screen or a command may ask for, and who answers it. The rules live
//! behind this trait, so that a local store and a server give the same answer.

mod bulk;
mod cause;
mod error;
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

use async_trait::async_trait;
use tokio::sync::watch;

use crate::domain::event::Point;
use crate::domain::verify::Request;
use crate::domain::{
    Catalogue, Draft, EntryDraft, EntryId, Expiry, Guid, HandOver, HolderVerb, JobId, Overlap,
    Query, Refusal, Switch, TokenId, TokenValue, UserId, Verb, Window,
};
use crate::wire::{
    AnyPlan, ChainView, Edit, EntryEdit, EntryView, EventPage, EventQuery, ImportCheck, ImportPlan,
    ImportRow, Imported, Issued, Job, JobReport, LookupAnswer, Page, Plan, PlanAsk, Report,
    Revealed, Rotation, RotationRow, Run, Session, Staged, StagedImport, TokenView, UserPage,
    UserQuery, VerifyAnswer,
};

/// A short name for what every call returns.
pub type Answer<T> = Result<T, BackendError>;

/// The store or server that answers. Every call acts as the session's operator.
#[async_trait]
pub trait Backend: Send + Sync {
    /// Who is at work here, and what is the time.
    async fn session(&self) -> Answer<Session>;

    /// What exists, as far as the operator may know of it.
    async fn catalogue(&self) -> Answer<Catalogue>;

    /// A window of the tokens that a query finds.
    async fn list(&self, query: Query, window: Window) -> Answer<Page>;

    /// The place of a token in the answer to a query, if it is in it.
    async fn position(&self, query: Query, id: TokenId) -> Answer<Option<usize>>;

    /// The ids of all that a query finds, in its order.
    async fn found(&self, query: Query) -> Answer<Vec<TokenId>>;

    /// One token by id, GUID or unambiguous name.
    async fn show(&self, reference: String) -> Answer<TokenView>;

    /// Whose the values and GUIDs in a text are, or an id or name. The text may be a secret.
    async fn lookup(&self, text: secrecy::SecretString) -> Answer<LookupAnswer>;

    /// A window of the audit trail.
    async fn events(&self, query: EventQuery, window: Window) -> Answer<EventPage>;

    /// Checks the log from the first event to the last, and whether it goes through a place
    /// that was kept elsewhere; for a Superadmin.
    async fn verify_log(&self, _expected: Option<Point>) -> Answer<ChainView> {
        unsupported("check the log")
    }

    /// The value of an account token; recorded before it is returned.
    async fn reveal(&self, id: TokenId) -> Answer<Revealed>;

    /// Makes a token.
    async fn create(&self, draft: Draft, run: Run) -> Answer<Issued>;

    /// Changes the settings of a token that is still at the version read, and its
    /// value too where that is asked for.
    async fn edit(&self, id: TokenId, edit: Edit, run: Run) -> Answer<Issued>;

    /// Gives a token a new value. Without an expiry it lives as long as the one before
    /// was to live.
    async fn regenerate(
        &self,
        id: TokenId,
        expiry: Option<Expiry>,
        overlap: Overlap,
        run: Run,
    ) -> Answer<Issued>;

    /// Gives a token to another user of its account, or back to the account.
    async fn hand_over(&self, _id: TokenId, _order: HandOver, _run: Run) -> Answer<Issued> {
        unsupported("hand tokens over")
    }

    /// Enables, disables, revokes or deletes one token. With a version, only if it
    /// is still at it; revoke and disable ignore the version.
    async fn act(&self, verb: Verb, id: TokenId, version: Option<u64>) -> Answer<TokenView>;

    /// Freezes what doing something to many would come to. Changes nothing.
    async fn plan(&self, ask: PlanAsk) -> Answer<AnyPlan>;

    /// Does what a plan says, as a job, and waits for its end.
    async fn run(&self, plan: Plan) -> Answer<Report>;

    /// A GUID that no value ever had, for a form to show (R95).
    async fn propose_guid(&self) -> Answer<Guid> {
        unsupported("propose a GUID")
    }

    /// Takes a requested or exported token into service, as its owner (R126). A
    /// requested one gets its value now.
    async fn accept(&self, _id: TokenId, _run: Run) -> Answer<Issued> {
        unsupported("accept tokens")
    }

    /// A window of the users and what they hold (R115 to R117).
    async fn users(&self, _query: UserQuery, _window: Window) -> Answer<UserPage> {
        unsupported("list users")
    }

    /// Draws the new values of a generate & export and keeps their hashes aside.
    /// Nothing is in force until [`Backend::activate`]. `file` is where the caller
    /// will write the values, for whoever finds the job unfinished.
    async fn stage(&self, _plan: Plan<HolderVerb>, _file: String) -> Answer<Staged> {
        unsupported("generate and export tokens")
    }

    /// Draws new values for the tokens of a plan to regenerate. None is in force until
    /// [`Backend::activate`]. `file` is where the caller will write them.
    async fn stage_rotation(
        &self,
        _rotation: Rotation,
        _file: String,
    ) -> Answer<Staged<RotationRow>> {
        unsupported("regenerate tokens into a file")
    }

    /// Puts staged values in force, once they are safe in their file.
    async fn activate(&self, _job: JobId) -> Answer<Job> {
        unsupported("generate and export tokens")
    }

    /// What would come of each of these tokens out of a file. Changes nothing.
    async fn check_import(&self, _rows: Vec<ImportRow>) -> Answer<ImportCheck> {
        unsupported("import tokens")
    }

    /// Draws the values of an import and keeps their hashes aside. Nothing is made until
    /// [`Backend::activate`]. `file` is where the caller will write the values; none where
    /// none is drawn.
    async fn stage_import(&self, _plan: ImportPlan, _file: Option<String>) -> Answer<StagedImport> {
        unsupported("import tokens")
    }

    /// Starts what a plan says as a job and returns while it works.
    async fn start(&self, _plan: AnyPlan) -> Answer<Job> {
        unsupported("start jobs")
    }

    /// The jobs the operator may know of, the newest first: their own, and all for a
    /// Superadmin.
    async fn jobs(&self) -> Answer<Vec<Job>> {
        unsupported("list jobs")
    }

    /// One job.
    async fn job(&self, _id: JobId) -> Answer<Job> {
        unsupported("show jobs")
    }

    /// How each item of a job ended.
    async fn job_report(&self, _id: JobId) -> Answer<JobReport> {
        unsupported("show jobs")
    }

    /// Goes on with a job that was interrupted or stopped.
    async fn resume(&self, _id: JobId) -> Answer<Job> {
        unsupported("resume jobs")
    }

    /// Stops a job after the chunk under way; it can be resumed.
    async fn stop(&self, _id: JobId) -> Answer<Job> {
        unsupported("stop jobs")
    }

    /// Gives a job up; what is committed stays.
    async fn abandon(&self, _id: JobId) -> Answer<Job> {
        unsupported("abandon jobs")
    }

    /// Adds an entry to the catalogue (R139).
    async fn add_entry(&self, _draft: EntryDraft, _run: Run) -> Answer<EntryView> {
        unsupported("change the catalogue")
    }

    /// Changes an entry of the catalogue.
    async fn edit_entry(&self, _id: EntryId, _edit: EntryEdit, _run: Run) -> Answer<EntryView> {
        unsupported("change the catalogue")
    }

    /// Removes an entry that nothing uses.
    async fn remove_entry(&self, _id: EntryId, _run: Run) -> Answer<()> {
        unsupported("change the catalogue")
    }

    /// Takes a user out of service, or brings them back; their credentials and tokens
    /// pass as long as they are in service.
    async fn switch_user(&self, _id: UserId, _switch: Switch, _run: Run) -> Answer<EntryView> {
        unsupported("disable users")
    }

    /// Adds and changes entries so that all of these are there, all or nothing;
    /// removes none. Entries are found by id, else by name (users by login).
    async fn import_catalogue(&self, _catalogue: Catalogue, _run: Run) -> Answer<Imported> {
        unsupported("import a catalogue")
    }

    /// Whether a presented value may pass.
    async fn verify(&self, value: TokenValue, request: Request) -> Answer<VerifyAnswer>;

    /// Wakes whenever something here changed, be it by another process.
    fn changes(&self) -> watch::Receiver<u64>;

    /// Writes what is still in memory only. Called before the program ends.
    async fn close(&self) -> Answer<()>;
}

fn unsupported<T>(what: &str) -> Answer<T> {
    Err(Refusal::Unsupported(what.to_owned()).into())
}
