//! Does what effects ask for. The only part of the terminal program, with the
//! loop, that knows tokio and the backend; what it learns it tells as messages.

mod jobs;
mod look;
mod opener;
mod recall;
mod save;
mod timer;
mod tokens;
mod users;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{AbortHandle, Id, JoinError, JoinSet};

use super::clipboard::Copy;
use super::effect::{Call, Renewal};
use super::form::{EntrySave, Save};
use super::memory::Memory;
use super::message::Msg;
use super::program::Copying;
use super::waits::Tie;
use crate::backend::{Answer, Backend, BackendError, Cause, Silence, export};
use crate::domain::{Catalogue, Subject, Window};
use crate::wire::{EntryEdit, EntryView, EventQuery, Run, Session};

pub use opener::Backends;
use opener::Opener;
pub(super) use recall::recall;
pub use timer::{SystemTimer, Timer};

/// How many events the audit trail of a token shows.
const EVENTS: usize = 200;

/// How long a clipboard may take; a desktop that hangs must not be waited for.
const COPY_PATIENCE: Duration = Duration::from_secs(3);

/// A call that was started.
struct UnderWay {
    call: Call,
    /// How often the backend had been switched by then.
    at: u64,
    handle: AbortHandle,
}

/// Calls to the backend that are under way.
pub(super) struct Calls {
    backend: Arc<dyn Backend>,
    memory: Arc<dyn Memory>,
    opener: Arc<Opener>,
    tasks: JoinSet<Msg>,
    under_way: HashMap<Id, UnderWay>,
    /// How often another backend took the place of the one before.
    switched: u64,
}

impl Calls {
    pub(super) fn new(
        backend: Arc<dyn Backend>,
        memory: Arc<dyn Memory>,
        backends: Arc<dyn Backends>,
    ) -> Self {
        let opener = Arc::new(Opener::new(backends));
        let (tasks, under_way) = (JoinSet::new(), HashMap::new());
        Self { backend, memory, opener, tasks, under_way, switched: 0 }
    }

    /// The backend that is asked.
    pub(super) fn backend(&self) -> &Arc<dyn Backend> {
        &self.backend
    }

    /// From now on asks the backend that a request opened; says whether there is one.
    /// The one before writes what it still holds.
    pub(super) fn switch(&mut self, request: u64) -> bool {
        let Some(opened) = self.opener.take(request) else { return false };
        let before = std::mem::replace(&mut self.backend, opened);
        self.switched += 1;
        self.tasks.spawn(async move { Msg::Closed(before.close().await) });
        true
    }

    /// Drops a backend that was opened and is not wanted.
    pub(super) fn drop_opened(&self) {
        self.opener.clear();
    }

    /// Starts a call. However it ends, one message comes of it.
    pub(super) fn start(&mut self, call: Call) {
        let (backend, memory) = (Arc::clone(&self.backend), Arc::clone(&self.memory));
        let opener = Arc::clone(&self.opener);
        let (asked, patience) = (call.clone(), call.patience());
        let task = async move {
            let answer =
                tokio::time::timeout(patience, perform(backend, memory, opener, call.clone()))
                    .await;
            answer.unwrap_or_else(|_| {
                let error = timed_out(patience.as_secs(), call.writes());
                call.failed(error)
            })
        };
        let handle = self.tasks.spawn(task);
        let under_way = UnderWay { call: asked, at: self.switched, handle };
        self.under_way.insert(under_way.handle.id(), under_way);
    }

    /// Gives up the answers that the operator no longer waits for.
    pub(super) fn stop(&self) {
        let loose = |under_way: &&UnderWay| under_way.call.tie() == Tie::Loose;
        for under_way in self.under_way.values().filter(loose) {
            under_way.handle.abort();
        }
    }

    /// Waits for a copy to arrive, for a moment.
    pub(super) fn copy(&mut self, copy: Copy, copying: Copying) {
        self.tasks.spawn(async move {
            let result = tokio::time::timeout(COPY_PATIENCE, copying).await;
            let silent = format!("no answer in {} s", COPY_PATIENCE.as_secs());
            Msg::Copied { copy, result: result.unwrap_or(Err(silent.into())) }
        });
    }

    /// Whether nothing is under way.
    pub(super) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Waits for the next answer; for ever where nothing is under way.
    pub(super) async fn next(&mut self) -> Msg {
        loop {
            match self.tasks.join_next_with_id().await {
                None => std::future::pending().await,
                Some(joined) => {
                    if let Some(msg) = self.finish(joined) {
                        return msg;
                    }
                }
            }
        }
    }

    /// An answer that is already there.
    pub(super) fn try_next(&mut self) -> Option<Msg> {
        let joined = self.tasks.try_join_next_with_id()?;
        self.finish(joined)
    }

    /// The message of a task that ended; a fault in it is one, too.
    fn finish(&mut self, joined: Result<(Id, Msg), JoinError>) -> Option<Msg> {
        match joined {
            Ok((id, msg)) => match self.under_way.remove(&id) {
                // What another backend said about records means nothing at this one.
                Some(UnderWay { call, at, .. })
                    if at != self.switched && !call.outlives_backend() =>
                {
                    None
                }
                _ => Some(msg),
            },
            Err(error) => {
                let UnderWay { call, at, .. } = self.under_way.remove(&error.id())?;
                let means = at == self.switched || call.outlives_backend();
                let why = if error.is_cancelled() { stopped(call.writes()) } else { fault() };
                means.then(|| call.failed(why))
            }
        }
    }
}

fn timed_out(seconds: u64, writes: bool) -> BackendError {
    let then = if writes {
        "whether it was done is unknown: refresh and look"
    } else {
        "refresh to try again"
    };
    let message = format!("no answer in {seconds} s; {then}");
    BackendError::new(Cause::Silent(Silence::Late), message)
}

/// What is said of a call that was given up. One that writes may have arrived.
fn stopped(writes: bool) -> BackendError {
    let (cause, message) = if writes {
        (Cause::NotAwaited, "its answer was not waited for: it may have been done")
    } else {
        (Cause::Stopped, "not waited for")
    };
    BackendError::new(cause, message)
}

fn fault() -> BackendError {
    BackendError::new(Cause::Fault, "a fault of ours ended it; refresh and look")
}

#[expect(clippy::too_many_lines, reason = "it is a table: an arm for each call")]
async fn perform(
    backend: Arc<dyn Backend>,
    memory: Arc<dyn Memory>,
    opener: Arc<Opener>,
    call: Call,
) -> Msg {
    match call {
        Call::Who => Msg::Known(who(backend.as_ref()).await),
        Call::Open { request, name } => {
            Msg::Opened { request, result: opener.open(request, &name).await }
        }
        Call::ReadBack { number, look } => {
            Msg::ReadBack { number, result: look::look(backend.as_ref(), look).await }
        }
        Call::List(wanted) => {
            let request = wanted.request;
            Msg::Listed { request, result: tokens::list(backend.as_ref(), *wanted).await }
        }
        Call::Show { request, id } => {
            let result = backend.show(id.to_string()).await.map(Box::new);
            Msg::Shown { request, id, result }
        }
        Call::Lookup(sought) => {
            let guids: Vec<_> = sought.iter().map(|sought| sought.guid.to_string()).collect();
            let result = backend.lookup(guids.join("\n").into()).await;
            Msg::LookedUp { sought, result: result.map(Box::new) }
        }
        Call::Events { request, id } => {
            let query = EventQuery { subject: Some(Subject::Token(id)), ..EventQuery::default() };
            let window = Window { offset: 0, limit: EVENTS };
            Msg::Events { request, result: backend.events(query, window).await }
        }
        Call::Guids { request, ids } => {
            Msg::Guids { request, result: tokens::guids(&backend, &ids).await }
        }
        Call::Reveal { request, id } => Msg::Revealed { request, result: backend.reveal(id).await },
        Call::Act(order) => {
            let result = backend.act(order.verb, order.id, Some(order.version)).await;
            Msg::Acted { order, result: result.map(Box::new) }
        }
        Call::Found { request, query } => {
            Msg::Found { request, result: backend.found(*query).await }
        }
        Call::Plan(proposal) => {
            let request = proposal.request;
            Msg::Planned { request, result: tokens::plan(backend.as_ref(), *proposal).await }
        }
        Call::Start(bulk) => {
            let result = backend.start(bulk.plan.clone()).await.map(Box::new);
            Msg::Started { bulk, result }
        }
        Call::Follow(job) => {
            Msg::Followed { id: job.id, result: jobs::follow(backend.as_ref(), &job).await }
        }
        Call::Jobs { request } => {
            Msg::Jobs { request, result: export::jobs(backend.as_ref()).await }
        }
        Call::Export(sheet) => Msg::Exported(save::export(backend.as_ref(), *sheet).await),
        Call::Report(job) => {
            let result = backend.job_report(job.id).await;
            Msg::Reported { job, result }
        }
        Call::Steer(steer) => {
            let result = jobs::steer(backend.as_ref(), &steer).await.map(Box::new);
            Msg::Steered { steer, result }
        }
        Call::Regenerate(Renewal { order, expiry, overlap }) => {
            let result = backend.regenerate(order.id, Some(expiry), overlap, Run::Real).await;
            Msg::Regenerated { order, result: result.map(Box::new) }
        }
        Call::Users(wanted) => {
            let request = wanted.request;
            Msg::UsersListed { request, result: users::list(backend.as_ref(), *wanted).await }
        }
        Call::FoundUsers { request, query } => {
            Msg::UsersFound { request, result: users::found(backend.as_ref(), *query).await }
        }
        Call::PlanHolders(proposal) => {
            let request = proposal.request;
            Msg::HoldersPlanned { request, result: users::plan(backend.as_ref(), *proposal).await }
        }
        Call::StartHolders(holders) => {
            let result = backend.start_holders(holders.plan.clone()).await.map(Box::new);
            Msg::HoldersStarted { holders, result }
        }
        Call::Generate(holders) => {
            let result = users::generate(backend.as_ref(), &holders).await;
            Msg::Generated { holders, result }
        }
        Call::Replaced { request, order } => {
            Msg::Replaced { request, result: users::replaced(backend.as_ref(), &order).await }
        }
        Call::Accept(order) => {
            let result = backend.accept(order.id, Run::Real).await.map(Box::new);
            Msg::Accepted { order, result }
        }
        Call::SaveEntry { request, save } => {
            let result = save_entry(backend.as_ref(), (*save).clone()).await;
            Msg::EntrySaved { request, save, result }
        }
        Call::SwitchUser(order) => {
            let switched = backend.switch_user(order.id, order.switch, Run::Real).await;
            Msg::UserSwitched { order, result: switched.map(drop) }
        }
        Call::RemoveEntry(removal, run) => {
            let result = backend.remove_entry(removal.id, run).await;
            Msg::EntryRemoved { removal, run, result }
        }
        Call::ProposeGuid { request } => {
            Msg::Proposed { request, result: backend.propose_guid().await }
        }
        Call::Save { request, save } => {
            let result = match save.clone() {
                Save::New(draft) => backend.create(*draft, Run::Real).await,
                Save::Edit { id, edit } => backend.edit(id, *edit, Run::Real).await,
            };
            Msg::Saved { request, save, result: result.map(Box::new) }
        }
        Call::Reread { request, id } => {
            Msg::Reread { request, result: backend.show(id.to_string()).await.map(Box::new) }
        }
        Call::Remember(changes) => Msg::Remembered(recall::remember(memory, changes).await),
    }
}

/// Adds an entry to the catalogue, or changes one that is still as it was read.
async fn save_entry(backend: &dyn Backend, save: EntrySave) -> Answer<EntryView> {
    let EntrySave { before, draft } = save;
    match before {
        None => backend.add_entry(draft, Run::Real).await,
        Some((id, seen)) => {
            backend.edit_entry(id, EntryEdit { seen: Some(seen), draft }, Run::Real).await
        }
    }
}

/// Who is at work, and what exists.
pub(super) async fn who(backend: &dyn Backend) -> Answer<Box<(Session, Catalogue)>> {
    // One after the other: what changes after the session was read is told of.
    Ok(Box::new((backend.session().await?, backend.catalogue().await?)))
}
