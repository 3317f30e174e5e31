//! The replies of the last minutes, for requests that are sent again.
//!
//! What is kept is the outcome, in memory only and not for long. A value in it is kept
//! just as long as a reply may need to be sent again, and leaves a second time only to
//! who could still draw it, on record.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, StatusCode};
use tokio::sync::watch;
use zeroize::Zeroizing;

use super::answer::{Code, Handed, HandedBytes, HttpReply, of_error, problem};
use crate::backend::local::LocalBackend;
use crate::backend::{Backend as _, BackendError};
use crate::domain::{JobId, UserId};
use crate::wire::http::Problem;

/// How long a reply is kept.
const KEPT: Duration = Duration::from_mins(10);
/// Replies kept at once; the oldest go first.
const MOST: usize = 2_000;
/// A reply as it is kept.
pub(super) struct KeptReply {
    status: StatusCode,
    headers: HeaderMap,
    /// None where it held values whose time is over.
    body: Mutex<Option<Zeroizing<Vec<u8>>>>,
    problem: Option<Problem>,
    code: Option<Code>,
    pub(super) handed: Option<HandedBytes>,
    at: Instant,
}

impl KeptReply {
    pub(super) async fn of(reply: HttpReply) -> Self {
        let (mut parts, body) = reply.into_parts();
        let body = to_bytes(body, usize::MAX).await.map(|bytes| bytes.to_vec()).unwrap_or_default();
        Self {
            status: parts.status,
            problem: parts.extensions.remove::<Problem>(),
            code: parts.extensions.remove::<Code>(),
            handed: parts.extensions.remove::<HandedBytes>(),
            headers: parts.headers,
            body: Mutex::new(Some(Zeroizing::new(body))),
            at: Instant::now(),
        }
    }

    /// Where the server failed nothing was done, except where it took too long.
    pub(super) fn must_be_tried_again(&self) -> bool {
        let late = self.problem.as_ref().is_some_and(Problem::is_late);
        self.status.is_server_error() && !late
    }

    /// The body as it was, where it may still be had.
    fn whole(&self) -> Option<Vec<u8>> {
        let body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        body.as_ref().map(|body| body.to_vec())
    }

    pub(super) fn forget_values(&self) {
        drop(self.body.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    fn reply(&self, body: Vec<u8>) -> HttpReply {
        let mut reply = HttpReply::new(Body::from(body));
        *reply.status_mut() = self.status;
        *reply.headers_mut() = self.headers.clone();
        if let Some(problem) = &self.problem {
            reply.extensions_mut().insert(problem.clone());
        }
        if let Some(code) = &self.code {
            reply.extensions_mut().insert(code.clone());
        }
        reply
    }

    /// The reply to the request that it is kept for.
    pub(super) fn first(&self) -> HttpReply {
        self.reply(self.whole().unwrap_or_default())
    }

    /// The reply to a repeat.
    pub(super) async fn again(
        &self,
        backend: &LocalBackend,
        value_kept: Duration,
    ) -> Result<HttpReply, HttpReply> {
        let refused = |error: BackendError| problem(&of_error(&error));
        let (token, guid, without) = match &self.handed {
            None => return Ok(self.first()),
            Some(Handed::Staged(job)) => return Err(problem(&values_gone(*job))),
            Some(Handed::Value { token, guid, without }) => (*token, *guid, without),
        };
        let young = self.at.elapsed() < value_kept;
        if let Some(body) = self.whole().filter(|_| young) {
            match backend.hand_again(token, guid).await {
                Ok(()) => return Ok(self.reply(body)),
                Err(error) if error.refusal().is_some() => {}
                Err(error) => return Err(refused(error)),
            }
        }
        // That it was done is for who may still know of the token.
        backend.show(token.to_string()).await.map_err(refused)?;
        Ok(self.reply(without.to_vec()))
    }
}

fn values_gone(job: JobId) -> Problem {
    let detail = format!(
        "this was done by an earlier request, as {job}; its values were given out then and are not \
         kept, and none is in force: abandon {job} and export anew"
    );
    Problem::new(409, "values_gone", detail)
}

/// Who waits for a reply that is still under way.
pub(super) type Waiting = watch::Receiver<Option<Arc<KeptReply>>>;

struct Slot {
    print: [u8; 32],
    at: Instant,
    reply: Waiting,
}

/// The replies of the last minutes.
#[derive(Default)]
pub(super) struct Repeats(Mutex<HashMap<(UserId, String), Slot>>);

/// What is known of a key.
pub(super) enum KeyState {
    /// Nobody asked this before.
    New(watch::Sender<Option<Arc<KeptReply>>>, Waiting),
    /// Somebody did.
    Again(Waiting),
    /// Somebody asked something else under this key.
    Other,
}

impl Repeats {
    pub(super) fn find(&self, name: &(UserId, String), print: [u8; 32]) -> KeyState {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slots.retain(|_, slot| slot.at.elapsed() < KEPT);
        if let Some(slot) = slots.get(name) {
            let same = slot.print == print;
            return if same { KeyState::Again(slot.reply.clone()) } else { KeyState::Other };
        }
        if slots.len() >= MOST
            && let Some(oldest) =
                slots.iter().min_by_key(|(_, slot)| slot.at).map(|(name, _)| name.clone())
        {
            slots.remove(&oldest);
        }
        let (sender, reply) = watch::channel(None);
        let slot = Slot { print, at: Instant::now(), reply: reply.clone() };
        slots.insert(name.clone(), slot);
        KeyState::New(sender, reply)
    }

    pub(super) fn forget(&self, name: &(UserId, String)) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}
