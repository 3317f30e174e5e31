//! A route: a call of the wire, the function that answers it, and what the document
//! says of it, all from the types of that function.

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Extension;
use axum::extract::Request;
use axum::routing::{MethodFilter, MethodRouter, on};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::answer::{HttpReply, Said, nothing, of_error, problem, said};
use super::asked::{Asking, PathParts};
use super::deck::Service;
use super::options::Limits;
use crate::backend::Answer;
use crate::wire::http::{HttpCall, HttpMethod, LATE, Parameter, Parameters, Problem, Version};

/// A call with its answer.
pub(super) struct Route {
    pub(super) call: &'static HttpCall,
    pub(super) answers: MethodRouter,
    pub(super) describe: fn(&mut Generators) -> Described,
}

/// What writes the schemas of bodies: of those that are sent, which may have no field
/// that is not known, and of those that come back, which may get more in time.
pub(super) struct Generators {
    pub(super) asked: SchemaGenerator,
    pub(super) answered: SchemaGenerator,
}

/// What the document says of a call.
pub(super) struct Described {
    pub(super) path: Vec<(&'static str, Schema)>,
    pub(super) query: Vec<&'static Parameter>,
    pub(super) takes: Option<Schema>,
    pub(super) answers: Option<Schema>,
}

/// The route of a call for operators.
pub(super) fn route<P, Q, B, R, F, A>(call: &'static HttpCall, limits: Limits, answer: F) -> Route
where
    P: PathParts + Send + 'static,
    Q: Parameters + Send + 'static,
    B: DeserializeOwned + JsonSchema + Send + 'static,
    R: Serialize + JsonSchema + Send + 'static,
    F: Fn(Asking<P, Q, B>) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Answer<Said<R>>> + Send + 'static,
{
    let handler = move |request: Request| async move {
        let allowance = limits.of(call);
        // A body that is late is told as that, however the time of the call is measured.
        let start = Instant::now();
        let asked = match Asking::read(call, request, allowance).await {
            Ok(asked) if call.version == Version::Needed && asked.version.is_none() => {
                return problem(&unconditional());
            }
            Ok(asked) => asked,
            Err(refused) => return problem(&refused),
        };
        let left = allowance.time.saturating_sub(start.elapsed());
        let answered = answer(asked);
        let reply = Box::pin(async {
            match answered.await {
                Ok(body) => said(&body),
                Err(error) => problem(&of_error(&error)),
            }
        });
        in_time(call, left, reply).await
    };
    Route { call, answers: on(filter(call.method), handler), describe: describe::<P, Q, B, R> }
}

/// The reply, if it comes in time. Boxed, so that the wait is compiled once for all calls.
async fn in_time(
    call: &HttpCall,
    left: Duration,
    reply: Pin<Box<dyn Future<Output = HttpReply> + Send + '_>>,
) -> HttpReply {
    tokio::time::timeout(left, reply).await.unwrap_or_else(|_| problem(&too_slow(call)))
}

fn describe<P, Q, B, R>(generators: &mut Generators) -> Described
where
    P: PathParts,
    Q: Parameters,
    B: JsonSchema + 'static,
    R: JsonSchema + 'static,
{
    Described {
        path: P::parts(&mut SchemaGenerator::default()),
        query: Q::list(),
        takes: (!nothing::<B>()).then(|| generators.asked.subschema_for::<B>()),
        answers: (!nothing::<R>()).then(|| generators.answered.subschema_for::<R>()),
    }
}

/// A change that does not say of which version it is.
fn unconditional() -> Box<Problem> {
    let detail = "send the ETag of the token as it was read as If-Match, so that nobody's change \
                  is lost";
    Box::new(Problem::new(428, "precondition_required", detail))
}

fn too_slow(call: &HttpCall) -> Problem {
    let detail = if call.changes {
        "the server took too long: whether it was done is not known, so look before you repeat it"
    } else {
        "the server took too long: try again"
    };
    Problem::new(503, LATE, detail)
}

pub(super) fn filter(method: HttpMethod) -> MethodFilter {
    match method {
        HttpMethod::Get => MethodFilter::GET,
        HttpMethod::Post => MethodFilter::POST,
        HttpMethod::Put => MethodFilter::PUT,
        HttpMethod::Delete => MethodFilter::DELETE,
    }
}

/// A route for anyone. It is asked nothing and tells nothing of the store.
pub(super) fn open<R, F, A>(call: &'static HttpCall, answer: F) -> Route
where
    R: Serialize + JsonSchema + Send + 'static,
    F: Fn(Arc<Service>) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Result<R, Box<Problem>>> + Send + 'static,
{
    let handler = move |Extension(deck): Extension<Arc<Service>>| async move {
        match answer(deck).await {
            Ok(body) => said(&body.into()),
            Err(refused) => problem(&refused),
        }
    };
    Route { call, answers: on(filter(call.method), handler), describe: describe::<(), (), (), R> }
}
