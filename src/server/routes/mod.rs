//! Every route, and the steps that each request takes before it gets there.

mod bulk;
mod catalogue;
mod session;
mod tokens;

use std::sync::Arc;

use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};

use tower_http::catch_panic::CatchPanicLayer;

use super::route::Route;
use super::{Deck, Limits, answer, door, repeat, sign_in};
use crate::wire::http::{Door, Problem};

/// Every route, in the order of the document.
pub(super) fn all(limits: Limits) -> Vec<Route> {
    [
        session::routes(limits),
        tokens::routes(limits),
        bulk::routes(limits),
        catalogue::routes(limits),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The server's answers to everything.
pub(super) fn router(deck: &Arc<Deck>) -> Router {
    let (mut open, mut closed) = (Router::new(), Router::new());
    for route in all(deck.limits) {
        match route.call.door {
            Door::Anyone => open = open.route(route.call.path, route.answers),
            Door::Operator => closed = closed.route(route.call.path, route.answers),
        }
    }
    let closed = closed
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(Arc::clone(deck), repeat::once))
        .layer(from_fn_with_state(Arc::clone(deck), sign_in::must_sign_in));
    open.method_not_allowed_fallback(wrong_method)
        .merge(closed)
        .fallback(nothing_here)
        .layer(Extension(Arc::clone(deck)))
        .layer(CatchPanicLayer::custom(door::broken))
        .layer(from_fn(door::logged))
}

async fn nothing_here() -> answer::Reply {
    let detail = "no such call here: /openapi.json lists them";
    answer::problem(&Problem::new(404, "no_route", detail))
}

async fn wrong_method() -> answer::Reply {
    let detail = "this call has another method: /openapi.json lists them";
    answer::problem(&Problem::new(405, "wrong_method", detail))
}
