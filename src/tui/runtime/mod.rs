//! Does what effects ask for. The only part of the terminal program, with the
//! loop, that knows tokio and the backend; what it learns it tells as messages.

mod jobs;
mod look;
mod opener;
mod recall;
mod save;
mod timer;
mod tokens;
mod trail;
mod users;
mod views;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::{AbortHandle, Id, JoinError, JoinSet};

use crate::backend::{Answer, Backend, BackendError, Cause, Silence, export};
use crate::domain::{GivenReason, Window, known_version};
use crate::wire::{AnyPlan, EntryEdit, EntryView, Run};

use super::call::Call;
use super::clipboard::{Clip, Copying, Way};
use super::memory::Memory;
use super::message::Msg;
use super::orders::{EntrySave, Gift, Renewal, Save};
use super::reply::{Answered, Known, Reply};
use super::ticket::Ticket;
use super::waits::Tie;

pub use opener::Backends;
use opener::Opener;
pub(super) use recall::recall;
pub use timer::{SystemTimer, Timer};

/// How many events the audit trail of a token shows.
const EVENTS: usize = 200;

/// As many messages of progress may wait to be taken.
const PROGRESS: usize = 4;

/// How long a clipboard may take; a desktop that hangs must not be waited for.
const COPY_PATIENCE: Duration = Duration::from_secs(3);

/// A call that was started.
struct UnderWay {
    ticket: Ticket,
    call: Call,
    /// How often the backend had been switched by then.
    at: u64,
    handle: AbortHandle,
}

/// What a task came to.
enum Done {
    /// A call was answered.
    Call(Answer<Reply>),
    /// Something else happened, of which nobody keeps a ticket.
    Aside(Box<Msg>),
}

/// Calls to the backend that are under way.
pub(super) struct Calls {
    backend: Arc<dyn Backend>,
    memory: Arc<dyn Memory>,
    opener: Arc<Opener>,
    tasks: JoinSet<Done>,
    under_way: HashMap<Id, UnderWay>,
    /// How far a call is that tells of it.
    progress: (mpsc::Sender<Msg>, mpsc::Receiver<Msg>),
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
        let progress = mpsc::channel(PROGRESS);
        Self { backend, memory, opener, tasks, under_way, progress, switched: 0 }
    }

    /// The backend that is asked.
    pub(super) fn backend(&self) -> &Arc<dyn Backend> {
        &self.backend
    }

    /// From now on asks the backend that was opened under a ticket; says whether there is one.
    /// The one before writes what it still holds.
    pub(super) fn switch(&mut self, ticket: Ticket) -> bool {
        let Some(opened) = self.opener.take(ticket) else { return false };
        let before = std::mem::replace(&mut self.backend, opened);
        self.switched += 1;
        self.tasks.spawn(async move { Done::Aside(Box::new(Msg::Closed(before.close().await))) });
        true
    }

    /// Drops a backend that was opened and is not wanted.
    pub(super) fn drop_opened(&self) {
        self.opener.clear();
    }

    /// Starts a call. However it ends, it comes back as a message.
    pub(super) fn start(&mut self, ticket: Ticket, call: Call, reason: Option<GivenReason>) {
        let memory = Arc::clone(&self.memory);
        let saying = reason.and_then(|reason| self.backend.because(reason));
        let backend = saying.unwrap_or_else(|| Arc::clone(&self.backend));
        let (opener, progress) = (Arc::clone(&self.opener), self.progress.0.clone());
        let asked = Asked { backend, memory, opener, ticket, progress };
        let (row, wanted) = (call.row(), call.clone());
        let task = async move {
            let patience = Duration::from_secs(row.patience);
            let answer = tokio::time::timeout(patience, perform(asked, wanted)).await;
            Done::Call(answer.unwrap_or_else(|_| Err(timed_out(row.patience, row.writes))))
        };
        let handle = self.tasks.spawn(task);
        let under_way = UnderWay { ticket, call, at: self.switched, handle };
        self.under_way.insert(under_way.handle.id(), under_way);
    }

    /// Gives up the answers that the operator no longer waits for.
    pub(super) fn stop(&self) {
        let loose = |under_way: &&UnderWay| under_way.call.row().tie == Tie::Loose;
        for under_way in self.under_way.values().filter(loose) {
            under_way.handle.abort();
        }
    }

    /// Gives up the list that is being written to a file; nothing of it stays.
    pub(super) fn stop_export(&self) {
        let exports = |under_way: &&UnderWay| matches!(under_way.call, Call::Export(_));
        for under_way in self.under_way.values().filter(exports) {
            under_way.handle.abort();
        }
    }

    /// Waits for a copy to arrive, for a moment.
    pub(super) fn copy(&mut self, clip: Clip, way: Way, copying: Copying) {
        self.tasks.spawn(async move {
            let result = tokio::time::timeout(COPY_PATIENCE, copying).await;
            let silent = format!("no answer in {} s", COPY_PATIENCE.as_secs());
            let result = result.unwrap_or(Err(silent.into()));
            Done::Aside(Box::new(Msg::Copied { clip, way, result }))
        });
    }

    /// Whether nothing is under way.
    pub(super) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Waits for the next answer; for ever where nothing is under way. None where it was
    /// one that nobody wants any more.
    pub(super) async fn next(&mut self) -> Option<Msg> {
        let joined = tokio::select! {
            biased;
            // Never none: one end of it is here.
            Some(msg) = self.progress.1.recv() => return Some(msg),
            Some(joined) = self.tasks.join_next_with_id() => joined,
            else => std::future::pending().await,
        };
        self.finish(joined)
    }

    /// An answer that is already there.
    pub(super) fn try_next(&mut self) -> Option<Msg> {
        if let Ok(msg) = self.progress.1.try_recv() {
            return Some(msg);
        }
        let joined = self.tasks.try_join_next_with_id()?;
        self.finish(joined)
    }

    /// The message of a task that ended; a fault in it is one, too.
    fn finish(&mut self, joined: Result<(Id, Done), JoinError>) -> Option<Msg> {
        let id = joined.as_ref().map_or_else(JoinError::id, |(id, _)| *id);
        let under_way = self.under_way.remove(&id);
        let result = match joined {
            Ok((_, Done::Aside(msg))) => return Some(*msg),
            Ok((_, Done::Call(result))) => Ok(result),
            Err(error) => Err(error),
        };
        let UnderWay { ticket, call, at, .. } = under_way?;
        // What another backend said about records means nothing at this one.
        if at != self.switched && !call.row().outlives {
            return None;
        }
        let result = result.unwrap_or_else(|error| {
            Err(if error.is_cancelled() { stopped(call.row().writes) } else { fault() })
        });
        Some(Msg::Answered(Box::new(Answered { ticket, call, result })))
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

/// What a call needs to be answered.
struct Asked {
    backend: Arc<dyn Backend>,
    memory: Arc<dyn Memory>,
    opener: Arc<Opener>,
    ticket: Ticket,
    progress: mpsc::Sender<Msg>,
}

async fn perform(asked: Asked, call: Call) -> Answer<Reply> {
    fn reply<T: Into<Reply>>(answer: Answer<T>) -> Answer<Reply> {
        answer.map(Into::into)
    }
    let Asked { backend, memory, opener, ticket, progress } = asked;
    let at = backend.as_ref();
    match call {
        Call::Who => reply(who(at).await),
        Call::Open(name) => reply(opener.open(ticket, &name).await),
        Call::ReadBack { look, .. } => reply(look::look(at, look).await),
        Call::List(wanted) => reply(tokens::list(at, *wanted).await),
        Call::Show(id) | Call::Reread(id) | Call::OpenSubject(id) => {
            reply(at.show(id.to_string()).await.map(Box::new))
        }
        Call::Lookup(sought) => {
            let guids: Vec<_> = sought.iter().map(|sought| sought.guid.to_string()).collect();
            reply(at.lookup(guids.join("\n").into()).await.map(Box::new))
        }
        Call::Events(id) => {
            reply(tokens::events(at, &id, Window { offset: 0, limit: EVENTS }).await)
        }
        Call::OwnTokens(_, ids) => reply(tokens::subjects(&backend, &ids).await),
        Call::Evidence(ids, path) => reply(save::evidence(at, &ids, path).await),
        Call::Trail(wanted) => reply(trail::stretch(at, *wanted).await),
        Call::NameSubject(text) => reply(at.show(text).await.map(Box::new)),
        Call::ExportEvents(sheet) => reply(trail::export(at, *sheet).await),
        Call::Views(account) => reply(views::counted(at, memory, account).await),
        Call::KeepView(name, view) => reply(views::keep(memory, name, view).await),
        Call::CopyGuids(ids) => reply(tokens::guids(&backend, &ids).await),
        Call::CopyValue(id) | Call::Reveal(id) => reply(at.reveal(id).await),
        Call::Act(order) => {
            reply(at.act(order.verb, order.id, known_version(order.version)).await.map(Box::new))
        }
        Call::Found(query) => reply(at.found(*query).await),
        Call::Plan(proposal) => reply(tokens::plan(at, *proposal).await),
        Call::Start(bulk) => {
            reply(at.start(AnyPlan::Tokens(bulk.plan.clone())).await.map(Box::new))
        }
        Call::Follow(job) => reply(jobs::follow(at, &job).await),
        Call::Jobs => reply(export::jobs(at).await),
        Call::Export(sheet) => {
            // Where nobody hears it for a moment, the next part tells more.
            let tell = |rows, of| {
                let _ = progress.try_send(Msg::Exporting { ticket, rows, of });
            };
            reply(save::export(at, *sheet, tell).await)
        }
        Call::Folder(folder) => reply(save::names(folder).await),
        Call::Report(job) => reply(at.job_report(job.id).await),
        Call::Steer(steer) => reply(jobs::steer(at, &steer).await.map(Box::new)),
        Call::Regenerate(Renewal { order, expiry, overlap }) => {
            let issued = at.regenerate(order.id, Some(expiry), overlap, Run::Real).await;
            reply(issued.map(Box::new))
        }
        Call::Give(Gift { order, how }) => {
            reply(at.hand_over(order.id, how, Run::Real).await.map(Box::new))
        }
        Call::Rotate(renewal) => reply(tokens::rotate(at, *renewal).await),
        Call::Users(wanted) => reply(users::list(at, *wanted).await),
        Call::FoundUsers(query) => reply(users::found(at, *query).await),
        Call::PlanHolders(proposal) => reply(users::plan(at, *proposal).await),
        Call::StartHolders(holders) => {
            reply(at.start(AnyPlan::Holders(holders.plan.clone())).await.map(Box::new))
        }
        Call::Generate(holders) => reply(users::generate(at, &holders).await),
        Call::Replaced(order) => reply(users::replaced(at, &order).await),
        Call::Accept(order) => reply(at.accept(order.id, Run::Real).await.map(Box::new)),
        Call::SaveEntry(save) => reply(save_entry(at, *save).await),
        Call::Named(asked) => reply(tokens::is_taken(at, &asked).await),
        Call::Working(order) => reply(users::working(at, order.id).await),
        Call::SwitchUser(order) => {
            reply(at.switch_user(order.id, order.switch, Run::Real).await.map(drop))
        }
        Call::RemoveEntry(removal, run) => reply(at.remove_entry(removal.id, run).await),
        Call::ProposeGuid => reply(at.propose_guid().await),
        Call::Save(Save::New(draft)) => reply(at.create(*draft, Run::Real).await.map(Box::new)),
        Call::Save(Save::Edit { id, edit }) => {
            reply(at.edit(id, *edit, Run::Real).await.map(Box::new))
        }
        Call::Remember(changes) => reply(recall::remember(memory, changes).await),
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
pub(super) async fn who(backend: &dyn Backend) -> Answer<Known> {
    // One after the other: what changes after the session was read is told of.
    Ok(Box::new((backend.session().await?, backend.catalogue().await?)))
}
