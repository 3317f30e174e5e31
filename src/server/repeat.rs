//! A change that is sent twice happens once: under one Idempotency-Key of one
//! operator, the second request gets the outcome of the first, be it still under way.
//! A client that goes away in the middle stops nothing.
//!
//! What is kept is the outcome, in memory only and not for long. A value in it is kept
//! just as long as a reply may need to be sent again, and leaves a second time only to
//! who could still draw it, on record.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use sha2::{Digest, Sha256};
use tokio::sync::watch;
use zeroize::Zeroizing;

use super::Deck;
use super::answer::{Code, Handed, HandedBytes, Reply, fault, malformed, of_error, problem};
use super::body;
use super::options::Allowance;
use super::sign_in::By;
use crate::backend::local::LocalBackend;
use crate::backend::{Backend as _, BackendError};
use crate::domain::{JobId, UserId};
use crate::wire::http::{Call, IDEMPOTENCY_KEY, Keyed, Problem};

/// How long a reply is kept.
const KEPT: Duration = Duration::from_mins(10);
/// Replies kept at once; the oldest go first.
const MOST: usize = 2_000;
/// How much longer values are held, for who is just being answered.
const GRACE: Duration = Duration::from_secs(1);
/// Characters of a key.
const LONGEST: usize = 128;

/// Says that a reply is that of an earlier request.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A reply as it is kept.
struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    /// None where it held values whose time is over.
    body: Mutex<Option<Zeroizing<Vec<u8>>>>,
    problem: Option<Problem>,
    code: Option<Code>,
    handed: Option<HandedBytes>,
    at: Instant,
}

impl Kept {
    async fn of(reply: Reply) -> Self {
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
    fn must_be_tried_again(&self) -> bool {
        let late = self.problem.as_ref().is_some_and(Problem::is_late);
        self.status.is_server_error() && !late
    }

    /// The body as it was, where it may still be had.
    fn whole(&self) -> Option<Vec<u8>> {
        let body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        body.as_ref().map(|body| body.to_vec())
    }

    fn forget_values(&self) {
        drop(self.body.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    fn reply(&self, body: Vec<u8>) -> Reply {
        let mut reply = Reply::new(Body::from(body));
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
    fn first(&self) -> Reply {
        self.reply(self.whole().unwrap_or_default())
    }

    /// The reply to a repeat.
    async fn again(&self, backend: &LocalBackend, value_kept: Duration) -> Result<Reply, Reply> {
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

type Waiting = watch::Receiver<Option<Arc<Kept>>>;

struct Slot {
    print: [u8; 32],
    at: Instant,
    reply: Waiting,
}

/// The replies of the last minutes.
#[derive(Default)]
pub(super) struct Repeats(Mutex<HashMap<(UserId, String), Slot>>);

enum Found {
    /// Nobody asked this before.
    New(watch::Sender<Option<Arc<Kept>>>, Waiting),
    /// Somebody did.
    Again(Waiting),
    /// Somebody asked something else under this key.
    Other,
}

impl Repeats {
    fn find(&self, name: &(UserId, String), print: [u8; 32]) -> Found {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slots.retain(|_, slot| slot.at.elapsed() < KEPT);
        if let Some(slot) = slots.get(name) {
            let same = slot.print == print;
            return if same { Found::Again(slot.reply.clone()) } else { Found::Other };
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
        Found::New(sender, reply)
    }

    fn forget(&self, name: &(UserId, String)) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

/// The call of a route and what it is answered with.
#[derive(Clone)]
pub(super) struct Around {
    pub(super) deck: Arc<Deck>,
    pub(super) call: &'static Call,
}

pub(super) async fn once(
    State(Around { deck, call }): State<Around>,
    request: Request,
    next: Next,
) -> Reply {
    let key = match (call.keyed, request.headers().get(IDEMPOTENCY_KEY).cloned()) {
        (Keyed::Ignored, _) | (_, None) => return next.run(request).await,
        (Keyed::Refused, Some(_)) => {
            let detail = "this call takes no Idempotency-Key: each time a value is shown is put on \
                          record";
            return problem(&malformed(detail));
        }
        (Keyed::Heeded, Some(key)) => key,
    };
    let extensions = request.extensions();
    let who = extensions.get::<By>().copied().zip(extensions.get::<Arc<LocalBackend>>().cloned());
    let Some((By(user), backend)) = who else {
        return problem(&fault());
    };
    let Some(key) = read(&key) else {
        let detail = format!("Idempotency-Key takes 1 to {LONGEST} visible ASCII characters");
        return problem(&malformed(detail));
    };
    let (parts, body) = request.into_parts();
    let Allowance { body: most, time, .. } = deck.limits.of(call);
    let bytes = match body::taken(&parts.headers, body, most, time).await {
        Ok(bytes) => bytes,
        Err(refused) => return problem(&refused),
    };
    let print = Sha256::new()
        .chain_update(parts.method.as_str())
        .chain_update([0])
        .chain_update(parts.uri.to_string())
        .chain_update([0])
        .chain_update(&bytes)
        .finalize();
    let name = (user, key);
    match deck.repeats.find(&name, print.into()) {
        Found::Other => problem(&Problem::new(
            422,
            "idempotency_key_reused",
            "this Idempotency-Key belongs to another request: use a new one",
        )),
        Found::Again(waiting) => match kept(waiting).await {
            Some(kept) => {
                let again = kept.again(&backend, deck.limits.value_kept).await;
                again.map_or_else(|refused| refused, replayed)
            }
            None => problem(&fault()),
        },
        Found::New(sender, waiting) => {
            let request = Request::from_parts(parts, Body::from(bytes));
            let deck = Arc::clone(&deck);
            // A task of its own goes on when the connection ends.
            tokio::spawn(async move {
                let kept = Arc::new(Kept::of(next.run(request).await).await);
                if kept.must_be_tried_again() {
                    deck.repeats.forget(&name);
                }
                // Whoever waited may be gone.
                let _ = sender.send(Some(Arc::clone(&kept)));
                if kept.handed.is_some() {
                    tokio::time::sleep(deck.limits.value_kept + GRACE).await;
                    kept.forget_values();
                }
            });
            kept(waiting).await.map_or_else(|| problem(&fault()), |kept| kept.first())
        }
    }
}

fn read(key: &HeaderValue) -> Option<String> {
    let text = key.to_str().ok()?.trim();
    let plain = text.chars().all(|c| c.is_ascii_graphic());
    ((1..=LONGEST).contains(&text.len()) && plain).then(|| text.to_owned())
}

/// The reply once it is there; none where the task broke down before.
async fn kept(mut waiting: Waiting) -> Option<Arc<Kept>> {
    waiting.wait_for(Option::is_some).await.ok()?.clone()
}

fn replayed(mut reply: Reply) -> Reply {
    reply.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    reply
}
