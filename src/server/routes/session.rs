//! Who is at work, how far the store is, and whether the server lives.

use std::sync::Arc;

use serde_json::Value;

use crate::backend::local::LocalBackend;
use crate::backend::{Answer, Backend as _};
use crate::server::answer::Said;
use crate::server::asked::Asking;
use crate::server::deck::Service;
use crate::server::options::Limits;
use crate::server::route::{Route, open, route};
use crate::wire::http::{API_VERSION, Admits, HeadBody, Me, Problem, calls};

pub(super) fn routes(limits: Limits) -> Vec<Route> {
    vec![
        open(&calls::HEALTHZ, |_| async { Ok::<(), Box<Problem>>(()) }),
        open(&calls::READYZ, ready),
        open(&calls::OPENAPI, |deck| async move {
            Ok::<Value, Box<Problem>>((deck.document)().clone())
        }),
        route(&calls::ME, limits, me),
        route(&calls::HEAD, limits, head),
    ]
}

/// Tells nothing of the store but that it answers, and does not refuse most of what is
/// asked.
async fn ready(deck: Arc<Service>) -> Result<(), Box<Problem>> {
    let not = |why| Box::new(Problem::new(503, "not_ready", why));
    match deck.backend.clock_jump().await {
        Ok(None) => Ok(()),
        Ok(Some(_)) => Err(not("the clock of the server's machine jumped ahead: only revoke and \
                                disable are done until it is set right or accepted there")),
        Err(_) => Err(not("the store does not answer")),
    }
}

async fn me(asked: Asking) -> Answer<Said<Me>> {
    // Before all else: what changes from here on is news to whoever asks.
    let head = position(&asked.backend).await?;
    let session = asked.backend.session().await?;
    let operators = calls::ALL.iter().filter(|call| call.door == Admits::Operator);
    let me = Me {
        api: API_VERSION.to_owned(),
        store: session.store,
        retention: session.retention,
        operator: session.operator,
        now: session.now,
        credential_expires_at: session.credential_expires_at,
        clock_jump: session.clock_jump,
        head,
        calls: operators.map(|call| call.id.to_owned()).collect(),
        abilities: session.abilities.all(),
        descriptors: session.descriptors,
    };
    Ok(me.into())
}

async fn head(asked: Asking) -> Answer<Said<HeadBody>> {
    Ok(HeadBody { head: position(&asked.backend).await? }.into())
}

async fn position(backend: &LocalBackend) -> Answer<String> {
    let head = backend.head().await?;
    Ok(format!("{}-{}-{}", head.sequence, head.uses, head.jobs))
}
