//! A store that behaves like a server with faults, told by its mood. It answers like
//! the example's; what a real connection does wrong, tests/server shows.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use tokendeck::backend::{Answer, Backend, BackendError, Cause};
use tokendeck::domain::verify::Request;
use tokendeck::domain::{
    Catalogue, EntryDraft, EntryId, Expiry, Guid, HandOver, HolderVerb, JobId, Overlap, Query,
    Refusal, Switch, TokenDraft, TokenValue, UserId, Verb, Window,
};
use tokendeck::tui::Options;
use tokendeck::wire::{
    AnyPlan, BackendKind, Edit, EntryEdit, EntryView, EventPage, EventQuery, Imported, Issued, Job,
    JobReport, LookupAnswer, Page, Plan, PlanAsk, Report, Revealed, Rotation, RotationRow, RowId,
    Run, Session, Staged, TokenView, UserPage, UserQuery, VerifyAnswer,
};
use tokio::sync::watch;

use super::desk::runtime;
use super::seats::unreachable;
use super::{App, Desk};

/// How the server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// It answers.
    Well,
    /// Nobody listens: nothing is done.
    Down,
    /// It answers after five seconds.
    Slow,
    /// It takes what it is sent and never answers; nothing is done.
    Mute,
    /// A change is lost on its way: nothing is done, and nobody knows.
    Lost,
    /// A change is done, its answer is lost, and then it is down.
    DoneButSilent,
    /// A change is done and its answer is lost; what is looked at is answered.
    Silent,
    /// It no longer knows who asks: the credential was revoked.
    SignedOut,
    /// A change or a reveal meets a fault of ours.
    Faulty,
}

/// What changes the mood, and counts what is asked.
#[derive(Debug, Clone)]
pub(crate) struct Moods {
    mood: Arc<Mutex<Mood>>,
    asked: Arc<Mutex<Asked>>,
}

impl Default for Moods {
    fn default() -> Self {
        Self { mood: Arc::new(Mutex::new(Mood::Well)), asked: Arc::default() }
    }
}

/// How often the way to the server was gone.
#[derive(Debug, Default)]
struct Asked {
    under_way: usize,
    turns: usize,
}

impl Moods {
    /// From now on it behaves like this.
    pub(crate) fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    fn now(&self) -> Mood {
        *self.mood.lock().unwrap()
    }

    /// How often something was asked while nothing else was under way: what is asked
    /// at once is one turn, whatever the way to the server takes.
    pub(crate) fn turns(&self) -> usize {
        self.asked.lock().unwrap().turns
    }

    fn ask(&self) -> UnderWay {
        let mut asked = self.asked.lock().unwrap();
        asked.turns += usize::from(asked.under_way == 0);
        asked.under_way += 1;
        UnderWay(Arc::clone(&self.asked))
    }
}

/// A question until its answer is there, or nobody waits for it any more.
struct UnderWay(Arc<Mutex<Asked>>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.lock().unwrap().under_way -= 1;
    }
}

/// The example's store as a server that can stop answering.
pub(crate) struct Server {
    inner: Arc<dyn Backend>,
    moods: Moods,
    wake: watch::Sender<u64>,
    /// What it says of itself.
    kind: BackendKind,
}

fn unknown() -> BackendError {
    let message = "outcome unknown, it may have been done: no answer in time";
    BackendError::new(Cause::Open, message)
}

impl Server {
    pub(crate) fn new(inner: Arc<dyn Backend>, moods: &Moods) -> Self {
        let wake = watch::Sender::new(0);
        Self { inner, moods: moods.clone(), wake, kind: BackendKind::Remote }
    }

    /// What a look at something comes to.
    async fn read<T>(&self, answer: impl Future<Output = Answer<T>>) -> Answer<T> {
        let _under_way = self.moods.ask();
        // No server answers before the next question is on its way.
        tokio::task::yield_now().await;
        match self.moods.now() {
            Mood::Well | Mood::Silent | Mood::Faulty => answer.await,
            Mood::Slow => {
                tokio::time::sleep(Duration::from_secs(5)).await;
                answer.await
            }
            Mood::Mute => std::future::pending().await,
            Mood::SignedOut => Err(Refusal::NotSignedIn.into()),
            Mood::Down | Mood::Lost | Mood::DoneButSilent => Err(unreachable()),
        }
    }

    /// What a change comes to.
    async fn change<T>(&self, answer: impl Future<Output = Answer<T>>) -> Answer<T> {
        match self.moods.now() {
            Mood::Lost => Err(unknown()),
            Mood::DoneButSilent | Mood::Silent => {
                answer.await?;
                Err(unknown())
            }
            Mood::Faulty => panic!("planted"),
            _ => self.read(answer).await,
        }
    }
}

/// Passes calls on, as the mood has it.
macro_rules! passed_on {
    ($($way:ident $call:ident($($name:ident: $what:ty),*) -> $answer:ty;)*) => {
        #[async_trait]
        impl Backend for Server {
            async fn session(&self) -> Answer<Session> {
                let session = self.read(self.inner.session()).await?;
                let (backend, place) = match self.kind {
                    BackendKind::Remote => ("team", "https://tokens.example"),
                    BackendKind::Local => ("local", "/var/lib/tokendeck/store.db"),
                };
                let (backend, place) = (backend.to_owned(), place.to_owned());
                Ok(Session { backend, kind: self.kind, place, ..session })
            }

            $(async fn $call(&self, $($name: $what),*) -> Answer<$answer> {
                self.$way(self.inner.$call($($name),*)).await
            })*

            fn changes(&self) -> watch::Receiver<u64> {
                self.wake.subscribe()
            }

            async fn close(&self) -> Answer<()> {
                self.inner.close().await
            }
        }
    };
}

passed_on! {
    read catalogue() -> Catalogue;
    read list(query: Query, window: Window) -> Page;
    read position(query: Query, id: RowId) -> Option<usize>;
    read found(query: Query) -> Vec<RowId>;
    read show(reference: String) -> TokenView;
    read lookup(text: SecretString) -> LookupAnswer;
    read events(query: EventQuery, window: Window) -> EventPage;
    change reveal(id: RowId) -> Revealed;
    change create(draft: TokenDraft, run: Run) -> Issued;
    change edit(id: RowId, edit: Edit, run: Run) -> Issued;
    change regenerate(id: RowId, expiry: Option<Expiry>, overlap: Overlap, run: Run) -> Issued;
    change hand_over(id: RowId, order: HandOver, run: Run) -> Issued;
    change act(verb: Verb, id: RowId, version: Option<u64>) -> TokenView;
    read plan(ask: PlanAsk) -> AnyPlan;
    change run(plan: Plan) -> Report;
    read propose_guid() -> Guid;
    change accept(id: RowId, run: Run) -> Issued;
    read users(query: UserQuery, window: Window) -> UserPage;
    change stage(plan: Plan<HolderVerb>, file: String) -> Staged;
    change stage_rotation(rotation: Rotation, file: String) -> Staged<RotationRow>;
    change activate(job: JobId) -> Job;
    change start(plan: AnyPlan) -> Job;
    read jobs() -> Vec<Job>;
    read job(id: JobId) -> Job;
    read job_report(id: JobId) -> JobReport;
    change resume(id: JobId) -> Job;
    change stop(id: JobId) -> Job;
    change abandon(id: JobId) -> Job;
    change add_entry(draft: EntryDraft, run: Run) -> EntryView;
    change edit_entry(id: EntryId, edit: EntryEdit, run: Run) -> EntryView;
    change remove_entry(id: EntryId, run: Run) -> ();
    change switch_user(id: UserId, switch: Switch, run: Run) -> EntryView;
    change import_catalogue(catalogue: Catalogue, run: Run) -> Imported;
    read verify(value: TokenValue, request: Request) -> VerifyAnswer;
}

/// The screen of ada at that server, and what makes it behave otherwise.
pub(crate) fn remote(desk: &Desk, options: &Options, size: (u16, u16)) -> (App, Moods) {
    remote_of("ada", desk, options, size)
}

/// The same with somebody else at it.
pub(crate) fn remote_of(
    login: &str,
    desk: &Desk,
    options: &Options,
    size: (u16, u16),
) -> (App, Moods) {
    at(BackendKind::Remote, login, desk, (options, size))
}

/// A store of this machine that can be slow.
pub(crate) fn near(login: &str, desk: &Desk, options: &Options, size: (u16, u16)) -> (App, Moods) {
    at(BackendKind::Local, login, desk, (options, size))
}

fn at(
    kind: BackendKind,
    login: &str,
    desk: &Desk,
    (options, size): (&Options, (u16, u16)),
) -> (App, Moods) {
    let runtime = runtime();
    let (inner, moods) = (desk.backend(&runtime, login), Moods::default());
    let server = Arc::new(Server { kind, ..Server::new(inner, &moods) });
    let options = Options { frozen_clock: true, ..options.clone() };
    let app = App::start(runtime, server, desk.memory(), options, size);
    (app, moods)
}
