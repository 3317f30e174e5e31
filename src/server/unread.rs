//! A reply that is given before the request was read to its end. The rest would be
//! taken for the next request, so the connection ends, and the client is told of it:
//! otherwise it would send its next request into one that is going away.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use axum::Error;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::CONNECTION;
use hyper::body::{Frame, SizeHint};

use super::answer::HttpReply;

/// Whether a request was read to its end.
pub(super) struct ReadToEnd(Arc<AtomicBool>);

impl ReadToEnd {
    /// Watches over the reading of a request.
    pub(super) fn of(request: Request) -> (Request, Self) {
        let (parts, body) = request.into_parts();
        let ended = Arc::new(AtomicBool::new(body.is_end_stream()));
        let watched = Watched { body, ended: Arc::clone(&ended) };
        (Request::from_parts(parts, Body::new(watched)), Self(ended))
    }

    /// Says in the reply that the connection ends, where it has to.
    pub(super) fn tell(&self, reply: &mut HttpReply) {
        if !self.0.load(Ordering::Relaxed) {
            reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
    }
}

struct Watched {
    body: Body,
    ended: Arc<AtomicBool>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = self.get_mut();
        let frame = ready!(Pin::new(&mut this.body).poll_frame(context));
        if frame.is_none() || this.body.is_end_stream() {
            this.ended.store(true, Ordering::Relaxed);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
