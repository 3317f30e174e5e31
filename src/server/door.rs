//! Around every request: its number, its line in the log, and the body of problem
//! replies. The log has the route and never the text of a path, a query, a header or
//! a body, for any of those may hold a secret.

use std::any::Any;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::http::HeaderValue;
use axum::middleware::Next;

use super::answer::{Code, Reply, fault, malformed, problem};
use super::listen::Peer;
use super::request_id;
use super::sign_in::By;
use super::unread::Read;
use crate::wire::http::{Problem, REQUEST_ID};

pub(super) async fn logged(request: Request, next: Next) -> Reply {
    let start = Instant::now();
    let id = request_id::of(request.headers(), start);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let peer = request.extensions().get::<Peer>().copied();
    // A credential in an address ends up in logs and histories: none is taken from there.
    let named = request.uri().authority().is_some_and(|place| place.as_str().contains('@'));
    let (request, read) = Read::of(request);
    let mut reply = if named {
        problem(&malformed("the address holds a name or password: send a bearer credential"))
    } else {
        next.run(request).await
    };
    read.tell(&mut reply);
    let told = reply.extensions_mut().remove::<Problem>();
    let denied = reply.extensions_mut().remove::<Code>().map(|Code(code)| code);
    let code = told.as_ref().map(|problem| problem.code.clone()).or(denied);
    if let Some(problem) = told {
        let named = Problem { request_id: Some(id.clone()), ..problem };
        *reply.body_mut() = Body::from(serde_json::to_vec(&named).unwrap_or_default());
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        reply.headers_mut().insert(REQUEST_ID, id);
    }
    let user = reply.extensions().get::<By>().map(|By(user)| user.to_string());
    tracing::info!(
        request = id,
        %method,
        route = route.as_ref().map_or("-", MatchedPath::as_str),
        status = reply.status().as_u16(),
        code = code.as_deref().unwrap_or("-"),
        user = user.as_deref().unwrap_or("-"),
        peer = peer.map_or_else(|| "-".to_owned(), |Peer(address)| address.to_string()),
        ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
        "answered"
    );
    reply
}

/// The reply where a handler broke down. What the panic says may hold data.
pub(super) fn broken(_: Box<dyn Any + Send>) -> Reply {
    tracing::error!("a handler broke down");
    problem(&fault())
}
