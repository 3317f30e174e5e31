//! Every route, and the steps that each request takes before it gets there.

mod bulk;
mod catalogue;
mod session;
mod tokens;

use std::sync::Arc;

use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};

use tower_http::catch_panic::CatchPanicLayer;

use super::answer::Said;
use super::deck::Service;
use super::options::Limits;
use super::repeat::KeyedCall;
use super::route::Route;
use super::{answer, door, repeat, sign_in};
use crate::wire::http::{Admits, NO_ROUTE, Problem, WRONG_METHOD};

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
pub(super) fn router(deck: &Arc<Service>) -> Router {
    let (mut open, mut closed) = (Router::new(), Router::new());
    for route in all(deck.limits) {
        match route.call.door {
            Admits::Anyone => open = open.route(route.call.path, route.answers),
            Admits::Operator => {
                let around = KeyedCall { deck: Arc::clone(deck), call: route.call };
                let answers = route
                    .answers
                    .route_layer(from_fn_with_state(around, repeat::once))
                    .route_layer(from_fn_with_state(Arc::clone(deck), sign_in::must_sign_in));
                closed = closed.route(route.call.path, answers);
            }
        }
    }
    open.merge(closed)
        .method_not_allowed_fallback(other_method)
        .fallback(nothing_here)
        .layer(Extension(Arc::clone(deck)))
        .layer(CatchPanicLayer::custom(door::broken))
        .layer(from_fn(door::logged))
}

async fn nothing_here() -> answer::HttpReply {
    let detail = "no such call here: /openapi.json lists them";
    answer::problem(&Problem::new(404, NO_ROUTE, detail))
}

/// What every path answers to methods it does not have; the router adds which it has.
async fn other_method(method: Method) -> answer::HttpReply {
    if method == Method::OPTIONS {
        return answer::said(&Said::from(()));
    }
    let detail = "this call has another method: /openapi.json lists them";
    answer::problem(&Problem::new(405, WRONG_METHOD, detail))
}
