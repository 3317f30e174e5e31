//! A change that is sent twice happens once: under one Idempotency-Key of one
//! operator, the second request gets the outcome of the first, be it still under way.
//! A client that goes away in the middle stops nothing.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use sha2::{Digest, Sha256};

use super::answer::{HttpReply, fault, malformed, problem};
use super::body;
use super::deck::{By, Service};
use super::kept::{KeptReply, KeyState, Waiting};
use super::options::Allowance;
use crate::backend::local::LocalBackend;
use crate::wire::http::{HttpCall, IDEMPOTENCY_KEY, Keyed, Problem};

/// How much longer values are held, for who is just being answered.
const GRACE: Duration = Duration::from_secs(1);
/// Characters of a key.
const LONGEST: usize = 128;

/// Says that a reply is that of an earlier request.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The call of a route and what it is answered with.
#[derive(Clone)]
pub(super) struct KeyedCall {
    pub(super) deck: Arc<Service>,
    pub(super) call: &'static HttpCall,
}

pub(super) async fn once(
    State(KeyedCall { deck, call }): State<KeyedCall>,
    request: Request,
    next: Next,
) -> HttpReply {
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
        KeyState::Other => problem(&Problem::new(
            422,
            "idempotency_key_reused",
            "this Idempotency-Key belongs to another request: use a new one",
        )),
        KeyState::Again(waiting) => match kept(waiting).await {
            Some(kept) => {
                let again = kept.again(&backend, deck.limits.value_kept).await;
                again.map_or_else(|refused| refused, replayed)
            }
            None => problem(&fault()),
        },
        KeyState::New(sender, waiting) => {
            let request = Request::from_parts(parts, Body::from(bytes));
            let deck = Arc::clone(&deck);
            // A task of its own goes on when the connection ends.
            tokio::spawn(async move {
                let kept = Arc::new(KeptReply::of(next.run(request).await).await);
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
async fn kept(mut waiting: Waiting) -> Option<Arc<KeptReply>> {
    waiting.wait_for(Option::is_some).await.ok()?.clone()
}

fn replayed(mut reply: HttpReply) -> HttpReply {
    reply.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    reply
}
