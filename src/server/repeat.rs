//! A change that is sent twice happens once: under one Idempotency-Key of one
//! operator, the second request gets the reply of the first, be it still under way.
//! A client that goes away in the middle stops nothing.
//!
//! Replies are kept in memory only and not for long, for they may hold a secret.

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
use super::answer::{Code, Reply, fault, malformed, problem};
use super::body;
use super::options::Allowance;
use super::sign_in::By;
use crate::domain::UserId;
use crate::wire::http::{Call, IDEMPOTENCY_KEY, Problem};

/// How long a reply is kept.
const KEPT: Duration = Duration::from_mins(10);
/// Replies kept at once; the oldest go first.
const MOST: usize = 2_000;
/// Characters of a key.
const LONGEST: usize = 128;

/// Says that a reply is that of an earlier request.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A reply as it is kept.
struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    body: Zeroizing<Vec<u8>>,
    problem: Option<Problem>,
    code: Option<Code>,
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
    let Some(key) = request.headers().get(IDEMPOTENCY_KEY).filter(|_| call.changes).cloned() else {
        return next.run(request).await;
    };
    let Some(By(user)) = request.extensions().get::<By>().copied() else {
        return problem(&fault());
    };
    let Some(key) = read(&key) else {
        let detail = format!("Idempotency-Key takes 1 to {LONGEST} visible ASCII characters");
        return problem(&malformed(detail));
    };
    let (parts, body) = request.into_parts();
    let Allowance { body: most, time } = deck.limits.of(call);
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
        Found::Again(waiting) => reply_of(waiting, true).await,
        Found::New(sender, waiting) => {
            let request = Request::from_parts(parts, Body::from(bytes));
            let deck = Arc::clone(&deck);
            // A task of its own goes on when the connection ends.
            tokio::spawn(async move {
                let kept = keep(next.run(request).await).await;
                if must_be_tried_again(&kept) {
                    deck.repeats.forget(&name);
                }
                // Whoever waited may be gone.
                let _ = sender.send(Some(Arc::new(kept)));
            });
            reply_of(waiting, false).await
        }
    }
}

fn read(key: &HeaderValue) -> Option<String> {
    let text = key.to_str().ok()?.trim();
    let plain = text.chars().all(|c| c.is_ascii_graphic());
    ((1..=LONGEST).contains(&text.len()) && plain).then(|| text.to_owned())
}

async fn keep(reply: Reply) -> Kept {
    let (mut parts, body) = reply.into_parts();
    let body = to_bytes(body, usize::MAX).await.map(|bytes| bytes.to_vec()).unwrap_or_default();
    Kept {
        status: parts.status,
        problem: parts.extensions.remove::<Problem>(),
        code: parts.extensions.remove::<Code>(),
        headers: parts.headers,
        body: Zeroizing::new(body),
    }
}

/// Where the server failed nothing was done, except where it took too long.
fn must_be_tried_again(kept: &Kept) -> bool {
    let late = kept.problem.as_ref().is_some_and(|problem| problem.code == "timeout");
    kept.status.is_server_error() && !late
}

async fn reply_of(mut waiting: Waiting, again: bool) -> Reply {
    let kept = match waiting.wait_for(Option::is_some).await {
        Ok(kept) => kept.clone(),
        // The task broke down before it had a reply.
        Err(_) => None,
    };
    let Some(kept) = kept else { return problem(&fault()) };
    let mut reply = Reply::new(Body::from(kept.body.to_vec()));
    *reply.status_mut() = kept.status;
    *reply.headers_mut() = kept.headers.clone();
    if let Some(problem) = &kept.problem {
        reply.extensions_mut().insert(problem.clone());
    }
    if let Some(code) = &kept.code {
        reply.extensions_mut().insert(code.clone());
    }
    if again {
        reply.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    reply
}
