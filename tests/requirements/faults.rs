//! A backend that fails: nothing is shown as done, and the program lives on (R14).

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use tokendeck::backend::{Answer, Backend, BackendError};
use tokendeck::domain::verify::Request;
use tokendeck::domain::{
    Catalogue, Draft, Expiry, Overlap, Query, TokenId, TokenValue, Verb, Window,
};
use tokendeck::wire::{
    Edit, EventPage, EventQuery, Issued, LookupAnswer, Page, Plan, Report, Revealed, Run, Session,
    Target, TokenView, VerifyAnswer,
};
use tokio::sync::watch;

use crate::support::desk::runtime;
use crate::support::{App, Desk, options};

/// How a change fails.
#[derive(Clone, Copy)]
enum Fault {
    Unreachable,
    Panic,
}

/// The example's backend, but for the calls that fail.
struct Faulty {
    inner: Arc<dyn Backend>,
    fault: Fault,
}

impl Faulty {
    fn fail<T>(&self) -> Answer<T> {
        match self.fault {
            Fault::Unreachable => Err(BackendError::Unavailable {
                code: "unreachable",
                message: "cannot reach 'https://vault.example'".to_owned(),
                exit_code: 6,
            }),
            Fault::Panic => panic!("planted"),
        }
    }
}

#[async_trait]
impl Backend for Faulty {
    async fn act(&self, _: Verb, _: TokenId, _: Option<u64>) -> Answer<TokenView> {
        self.fail()
    }
    async fn reveal(&self, _: TokenId) -> Answer<Revealed> {
        self.fail()
    }
    async fn events(&self, _: EventQuery, _: Window) -> Answer<EventPage> {
        self.fail()
    }
    async fn session(&self) -> Answer<Session> {
        self.inner.session().await
    }
    async fn catalogue(&self) -> Answer<Catalogue> {
        self.inner.catalogue().await
    }
    async fn list(&self, query: Query, window: Window) -> Answer<Page> {
        self.inner.list(query, window).await
    }
    async fn position(&self, query: Query, id: TokenId) -> Answer<Option<usize>> {
        self.inner.position(query, id).await
    }
    async fn found(&self, query: Query) -> Answer<Vec<TokenId>> {
        self.inner.found(query).await
    }
    async fn show(&self, reference: String) -> Answer<TokenView> {
        self.inner.show(reference).await
    }
    async fn lookup(&self, text: SecretString) -> Answer<LookupAnswer> {
        self.inner.lookup(text).await
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
        self.inner.changes()
    }
    async fn close(&self) -> Answer<()> {
        self.inner.close().await
    }
}

fn seat(desk: &Desk, fault: Fault) -> App {
    let runtime = runtime();
    let inner = desk.backend(&runtime, "ada");
    let backend = Arc::new(Faulty { inner, fault });
    App::start(runtime, backend, desk.memory(), options(), (160, 50))
}

#[test]
fn r014_a_failure_is_said_and_nothing_is_shown_as_done() {
    let desk = Desk::example();
    let mut app = seat(&desk, Fault::Unreachable);
    app.keys("/ robot-1 Enter ! r Right Enter Right Enter");
    app.sees("Could not revoke robot-1: cannot reach 'https://vault.example'");
    app.sees("robot-1 + Active").sees_no("successfully");
    app.keys("Enter x").sees("Could not show the value").sees("********");
    app.keys("S-Tab").sees("Could not read the audit trail");
}

#[test]
fn a_fault_in_a_call_is_a_message_and_not_the_end() {
    let desk = Desk::example();
    let mut app = seat(&desk, Fault::Panic);
    app.keys("/ robot-1 Enter t Right Enter");
    app.sees("Could not disable robot-1: a fault of ours ended it; refresh and look");
    app.keys("M").sees("a fault of ours").sees_no("planted").keys("q Ctrl-r").sees("Refreshed");
}
