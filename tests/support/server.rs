//! A store that behaves like a server with faults, told by its mood.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use tokendeck::backend::{Answer, Backend, BackendError};
use tokendeck::domain::verify::Request;
use tokendeck::domain::{
    Catalogue, Draft, Expiry, Overlap, Query, TokenId, TokenValue, Verb, Window,
};
use tokendeck::tui::Options;
use tokendeck::wire::{
    BackendKind, Edit, EventPage, EventQuery, Issued, LookupAnswer, Page, Plan, Report, Revealed,
    Run, Session, Target, TokenView, VerifyAnswer,
};
use tokio::sync::watch;

use super::desk::runtime;
use super::seats::unreachable;
use super::{App, Desk};

/// How the server behaves.
pub(crate) const WELL: u8 = 0;
pub(crate) const DOWN: u8 = 1;
pub(crate) const DONE_BUT_SILENT: u8 = 2;
pub(crate) const HANGS: u8 = 3;

/// The example's store as a server that can stop answering.
pub(crate) struct Server {
    inner: Arc<dyn Backend>,
    mood: Arc<AtomicU8>,
    wake: watch::Sender<u64>,
}

fn unknown<T>() -> Answer<T> {
    Err(BackendError::Unavailable {
        code: "outcome_unknown",
        message: "outcome unknown, it may have been done: no answer in time".to_owned(),
        exit_code: 6,
    })
}

impl Server {
    pub(crate) fn new(inner: Arc<dyn Backend>, mood: &Arc<AtomicU8>) -> Self {
        Self { inner, mood: Arc::clone(mood), wake: watch::Sender::new(0) }
    }

    async fn gate(&self) -> Answer<()> {
        match self.mood.load(Ordering::SeqCst) {
            WELL => Ok(()),
            HANGS => {
                tokio::time::sleep(Duration::from_secs(5)).await;
                Ok(())
            }
            _ => Err(unreachable()),
        }
    }
}

#[async_trait]
impl Backend for Server {
    async fn session(&self) -> Answer<Session> {
        self.gate().await?;
        let session = self.inner.session().await?;
        let place = "https://tokens.example".to_owned();
        Ok(Session { backend: "team".to_owned(), kind: BackendKind::Remote, place, ..session })
    }
    async fn catalogue(&self) -> Answer<Catalogue> {
        self.gate().await?;
        self.inner.catalogue().await
    }
    async fn list(&self, query: Query, window: Window) -> Answer<Page> {
        self.gate().await?;
        self.inner.list(query, window).await
    }
    async fn position(&self, query: Query, id: TokenId) -> Answer<Option<usize>> {
        self.gate().await?;
        self.inner.position(query, id).await
    }
    async fn found(&self, query: Query) -> Answer<Vec<TokenId>> {
        self.gate().await?;
        self.inner.found(query).await
    }
    async fn show(&self, reference: String) -> Answer<TokenView> {
        self.gate().await?;
        self.inner.show(reference).await
    }
    async fn lookup(&self, text: SecretString) -> Answer<LookupAnswer> {
        self.inner.lookup(text).await
    }
    async fn events(&self, query: EventQuery, window: Window) -> Answer<EventPage> {
        self.gate().await?;
        self.inner.events(query, window).await
    }
    async fn reveal(&self, id: TokenId) -> Answer<Revealed> {
        self.inner.reveal(id).await
    }
    async fn create(&self, draft: Draft, run: Run) -> Answer<Issued> {
        self.inner.create(draft, run).await
    }
    async fn edit(&self, id: TokenId, edit: Edit, run: Run) -> Answer<Issued> {
        self.inner.edit(id, edit, run).await
    }
    async fn regenerate(
        &self,
        id: TokenId,
        expiry: Expiry,
        overlap: Overlap,
        run: Run,
    ) -> Answer<Issued> {
        self.inner.regenerate(id, expiry, overlap, run).await
    }
    async fn act(&self, verb: Verb, id: TokenId, version: Option<u64>) -> Answer<TokenView> {
        match self.mood.load(Ordering::SeqCst) {
            WELL => self.inner.act(verb, id, version).await,
            DONE_BUT_SILENT => {
                self.inner.act(verb, id, version).await?;
                unknown()
            }
            _ => unknown(),
        }
    }
    async fn plan(&self, verb: Verb, target: Target) -> Answer<Plan> {
        self.inner.plan(verb, target).await
    }
    async fn run(&self, plan: Plan) -> Answer<Report> {
        self.inner.run(plan).await
    }
    async fn verify(&self, value: TokenValue, request: Request) -> Answer<VerifyAnswer> {
        self.inner.verify(value, request).await
    }
    fn changes(&self) -> watch::Receiver<u64> {
        self.wake.subscribe()
    }
    async fn close(&self) -> Answer<()> {
        self.inner.close().await
    }
}

/// The screen of ada at that server, and what makes it behave otherwise.
pub(crate) fn remote(desk: &Desk, options: &Options, size: (u16, u16)) -> (App, Arc<AtomicU8>) {
    let runtime = runtime();
    let (inner, mood) = (desk.backend(&runtime, "ada"), Arc::new(AtomicU8::new(WELL)));
    let server = Arc::new(Server::new(inner, &mood));
    let options = Options { frozen_clock: true, ..options.clone() };
    let app = App::start(runtime, server, desk.memory(), options, size);
    (app, mood)
}
