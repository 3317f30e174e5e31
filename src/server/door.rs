//! Around every request: its number, its line in the log, and the body of problem
//! replies. The log has the route and never the text of a path, a query, a header or
//! a body, for any of those may hold a secret.

use std::any::Any;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;

use super::answer::{Code, HttpReply, fault, malformed, problem};
use super::deck::By;
use super::listen::Peer;
use super::request_id;
use super::unread::ReadToEnd;
use crate::domain::leak;
use crate::wire::http::{Problem, REQUEST_ID};

/// A line at the level that its status has: what the server failed at is for whoever
/// runs it, and so is whoever was not let in or asks too much.
macro_rules! log {
    ($status:expr, $($line:tt)*) => {
        match $status {
            status if status.is_server_error() => tracing::error!($($line)*),
            StatusCode::UNAUTHORIZED | StatusCode::TOO_MANY_REQUESTS => tracing::warn!($($line)*),
            _ => tracing::info!($($line)*),
        }
    };
}

pub(super) async fn logged(request: Request, next: Next) -> HttpReply {
    let start = Instant::now();
    let id = request_id::of(request.headers(), start);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let peer = request.extensions().get::<Peer>().copied();
    // A credential in an address ends up in logs and histories: none is taken from there.
    let named = request.uri().authority().is_some_and(|place| place.as_str().contains('@'));
    let (request, read) = ReadToEnd::of(request);
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
        // What it repeats of the request may hold a value.
        let text = leak::hide(&serde_json::to_string(&named).unwrap_or_default());
        *reply.body_mut() = Body::from(text);
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        reply.headers_mut().insert(REQUEST_ID, id);
    }
    let user = reply.extensions().get::<By>().map(|By(user)| user.to_string());
    log!(
        reply.status(),
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
pub(super) fn broken(_: Box<dyn Any + Send>) -> HttpReply {
    tracing::error!("a handler broke down");
    problem(&fault())
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should fail there and say so"
)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt as _;

    use super::*;

    /// Keeps what is logged.
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Kept {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(line);
            Ok(line.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The level of the line that a reply of that status leaves.
    async fn level(status: u16) -> String {
        let kept = Kept::default();
        let lines = kept.clone();
        let log = tracing_subscriber::fmt().json().with_writer(move || lines.clone()).finish();
        let _log = tracing::subscriber::set_default(log);
        let answer = move || async move { problem(&Problem::new(status, "x", "x")) };
        let router = Router::new().route("/", get(answer)).layer(from_fn(logged));
        let reply = router.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(reply.status().as_u16(), status);
        let line: serde_json::Value = serde_json::from_slice(&kept.0.lock().unwrap()).unwrap();
        line["level"].as_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn c08_what_the_server_failed_at_is_an_error_in_its_log() {
        for (status, told) in [(500, "ERROR"), (503, "ERROR"), (401, "WARN"), (429, "WARN")] {
            assert_eq!(level(status).await, told, "{status}");
        }
        for status in [400, 403, 404, 409, 422] {
            assert_eq!(level(status).await, "INFO", "{status}");
        }
    }
}
