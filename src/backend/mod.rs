//! What a screen or a command may ask for, and who answers it. The rules live
//! behind this trait, so that a local store and a server give the same answer.

mod error;
pub mod local;

pub use error::BackendError;

use async_trait::async_trait;
use tokio::sync::watch;

use crate::domain::verify::Request;
use crate::domain::{Catalogue, Draft, Expiry, Overlap, Query, TokenId, TokenValue, Verb, Window};
use crate::wire::{
    Edit, EventPage, EventQuery, Issued, LookupAnswer, Page, Plan, Report, Revealed, Run, Session,
    Target, TokenView, VerifyAnswer,
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

    /// Whose a value, GUID or id is. The text may be a secret.
    async fn lookup(&self, text: secrecy::SecretString) -> Answer<LookupAnswer>;

    /// A window of the audit trail.
    async fn events(&self, query: EventQuery, window: Window) -> Answer<EventPage>;

    /// The value of an account token; recorded before it is returned.
    async fn reveal(&self, id: TokenId) -> Answer<Revealed>;

    /// Makes a token.
    async fn create(&self, draft: Draft, run: Run) -> Answer<Issued>;

    /// Changes the settings of a token that is still at the version read, and its
    /// value too where that is asked for.
    async fn edit(&self, id: TokenId, edit: Edit, run: Run) -> Answer<Issued>;

    /// Gives a token a new value.
    async fn regenerate(
        &self,
        id: TokenId,
        expiry: Expiry,
        overlap: Overlap,
        run: Run,
    ) -> Answer<Issued>;

    /// Enables, disables, revokes or deletes one token. With a version, only if it
    /// is still at it; revoke and disable ignore the version.
    async fn act(&self, verb: Verb, id: TokenId, version: Option<u64>) -> Answer<TokenView>;

    /// Freezes what a bulk action would do. Changes nothing.
    async fn plan(&self, verb: Verb, target: Target) -> Answer<Plan>;

    /// Does what a plan says.
    async fn run(&self, plan: Plan) -> Answer<Report>;

    /// Whether a presented value may pass.
    async fn verify(&self, value: TokenValue, request: Request) -> Answer<VerifyAnswer>;

    /// Wakes whenever something here changed, be it by another process.
    fn changes(&self) -> watch::Receiver<u64>;

    /// Writes what is still in memory only. Called before the program ends.
    async fn close(&self) -> Answer<()>;
}
