//! Replies: what a call answered, and problems (RFC 9457) for what it did not.

use std::any::TypeId;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LOCATION,
    RETRY_AFTER, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Response, StatusCode};
use serde::Serialize;

use crate::backend::{BackendError, Cause, Complaint, Trouble};
use crate::domain::{FieldError, Guid, JobId, Refusal, TokenId, leak};
use crate::wire::Run;
use crate::wire::http::{BLANK, BUSY, MALFORMED, PROBLEM_TYPE, Problem};

pub(super) type HttpReply = Response<Body>;

/// What a call says: its body, the version of the token it is about, and whether
/// something new came of it.
pub(super) struct Said<T> {
    pub(super) body: T,
    version: Option<u64>,
    made: bool,
    place: Option<String>,
    code: Option<Code>,
    handed: Option<Handed<T>>,
}

/// Values that a reply hands out. It is not kept with them for longer than it takes to
/// send it twice.
#[derive(Debug, Clone)]
pub(super) enum Handed<T> {
    /// A new value of a token: once more to who could still draw it, then without.
    Value {
        token: TokenId,
        guid: Guid,
        /// The same reply, with how to get a new value in the place of that one.
        without: T,
    },
    /// Those of an export: never again, for they are not in force.
    Staged(JobId),
}

/// The same of a reply that was written.
pub(super) type HandedBytes = Handed<Bytes>;

/// What the log says of a reply that is no problem and still a no.
#[derive(Debug, Clone)]
pub(super) struct Code(pub(super) String);

impl<T> From<T> for Said<T> {
    fn from(body: T) -> Self {
        Self { body, version: None, made: false, place: None, code: None, handed: None }
    }
}

impl<T> Said<T> {
    /// With the version of the token, for the next If-Match.
    pub(super) fn at(body: T, version: u64) -> Self {
        Self { version: Some(version), ..body.into() }
    }

    /// Something was made, unless it was a dry run.
    pub(super) fn made(self, run: Run) -> Self {
        Self { made: run == Run::Real, ..self }
    }

    /// A no, by its code.
    pub(super) fn denied(self, code: Option<String>) -> Self {
        Self { code: code.map(Code), ..self }
    }

    /// With these values in it.
    pub(super) fn handing(self, handed: Option<Handed<T>>) -> Self {
        Self { handed, ..self }
    }

    /// It can be asked for there.
    pub(super) fn found_at(self, place: String) -> Self {
        Self { place: Some(place).filter(|_| self.made), ..self }
    }
}

/// The reply of a call that went well; empty where it has nothing to say.
pub(super) fn said<T: Serialize + 'static>(said: &Said<T>) -> HttpReply {
    if nothing::<T>() {
        return with(Response::new(Body::empty()), StatusCode::NO_CONTENT, None);
    }
    let Ok(text) = serde_json::to_vec(&said.body) else {
        return problem(&fault());
    };
    let handed = match &said.handed {
        None => None,
        Some(Handed::Staged(job)) => Some(Handed::Staged(*job)),
        Some(Handed::Value { token, guid, without }) => match serde_json::to_vec(without) {
            Ok(text) => {
                let (token, guid, without) = (*token, *guid, text.into());
                Some(Handed::Value { token, guid, without })
            }
            Err(_) => return problem(&fault()),
        },
    };
    let Said { version, made, place, code, .. } = said;
    written(text, *made, (*version, place.as_deref(), code.as_ref()), handed)
}

/// The same for every kind of answer, once it is written.
fn written(
    text: Vec<u8>,
    made: bool,
    (version, place, code): (Option<u64>, Option<&str>, Option<&Code>),
    handed: Option<HandedBytes>,
) -> HttpReply {
    let status = if made { StatusCode::CREATED } else { StatusCode::OK };
    let mut reply = with(Response::new(text.into()), status, Some("application/json"));
    if let Some(tag) = version.and_then(|version| format!("\"{version}\"").parse().ok()) {
        reply.headers_mut().insert(ETAG, tag);
    }
    if let Some(place) = place.and_then(|place| place.parse().ok()) {
        reply.headers_mut().insert(LOCATION, place);
    }
    if let Some(code) = code {
        reply.extensions_mut().insert(code.clone());
    }
    if let Some(handed) = handed {
        reply.extensions_mut().insert(handed);
    }
    reply
}

/// Whether a type says nothing.
pub(super) fn nothing<T: 'static>() -> bool {
    TypeId::of::<T>() == TypeId::of::<()>()
}

/// The reply of one that did not. Its body is written at the door, which knows the
/// request's number.
pub(super) fn problem(problem: &Problem) -> HttpReply {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut reply = with(Response::new(Body::empty()), status, Some(PROBLEM_TYPE));
    let headers = reply.headers_mut();
    let mut say = |name, text| headers.insert(name, HeaderValue::from_static(text));
    match (status, Cause::of_code(&problem.code)) {
        (StatusCode::UNAUTHORIZED, _) => {
            say(WWW_AUTHENTICATE, "Bearer realm=\"tokendeck\"");
        }
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, _) => {
            say(ACCEPT, "application/json");
            say(ACCEPT_ENCODING, "identity");
        }
        (_, Cause::Store(Trouble::Busy) | Cause::Server(Complaint::NotReady)) => {
            say(RETRY_AFTER, "5");
        }
        _ => {}
    }
    reply.extensions_mut().insert(problem.clone());
    reply
}

/// With status, media type and what every reply says.
pub(super) fn with(
    mut reply: HttpReply,
    status: StatusCode,
    kind: Option<&'static str>,
) -> HttpReply {
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    // Answers hold what is true now for one operator, and sometimes a secret.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Where a browser is led here, nothing is shown in somebody else's frame.
    let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    headers.insert(CONTENT_SECURITY_POLICY, nothing);
    if let Some(kind) = kind {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    reply
}

/// Says to come back after so many seconds.
pub(super) fn too_soon(seconds: u64) -> HttpReply {
    let detail = format!("too many requests: try again in {seconds} s");
    let mut reply = problem(&Problem::new(429, BUSY, detail));
    reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    reply
}

const NO_STORE: &str = "the server can't use its store: ask whoever runs it";
const FAULT: &str = "a fault of the server: ask whoever runs it";

/// What the backend did not do. Files and causes are for whoever runs the server;
/// operators elsewhere are told what they can do about it.
pub(super) fn of_error(error: &BackendError) -> Box<Problem> {
    let detail = match &error.cause {
        Cause::Refused(refusal) => return refusal.clone().into(),
        Cause::Store(trouble) => match trouble {
            Trouble::Busy => "the server's store is busy: try again",
            Trouble::Full => {
                "the server's disk is full: nothing was changed. Until there is room only revoke \
                 and disable work"
            }
            Trouble::Key => "the server can't read its key file: ask whoever runs it",
            Trouble::Missing
            | Trouble::Exists
            | Trouble::Foreign
            | Trouble::TooNew
            | Trouble::Corrupt
            | Trouble::Unreachable
            | Trouble::Gone
            | Trouble::Denied
            | Trouble::Io => NO_STORE,
        },
        Cause::Fault => FAULT,
        // A server's own store answers none of these.
        Cause::Silent(_)
        | Cause::Open
        | Cause::NotAwaited
        | Cause::Stopped
        | Cause::Server(_)
        | Cause::File
        | Cause::FileOnly
        | Cause::Listen
        | Cause::Settings => NO_STORE,
    };
    let (code, message) = (error.code(), leak::hide(&error.to_string()));
    tracing::error!(code, message, "the store did not answer");
    Box::new(Problem::new(error.cause.http_status(), code, detail))
}

/// A request that can't be read. What is in it is not repeated: it may be a secret.
pub(super) fn malformed(detail: impl Into<String>) -> Box<Problem> {
    Box::new(Problem::new(400, MALFORMED, detail))
}

/// A parameter or path that does not mean anything.
pub(super) fn invalid(error: FieldError) -> Box<Problem> {
    Refusal::Invalid(vec![error]).into()
}

/// A parameter that is there and says nothing: a filter out of an unset variable finds
/// nothing, instead of all.
pub(super) fn blank(name: &str) -> Box<Problem> {
    let detail = format!("'{name}' is blank: leave it out, or say what is meant");
    let errors = vec![FieldError::new(name, "blank: leave it out, or say what is meant")];
    let refusal = Some(Refusal::Invalid(errors.clone()));
    Box::new(Problem { errors, refusal, ..Problem::new(400, BLANK, detail) })
}

/// A fault of ours.
pub(super) fn fault() -> Box<Problem> {
    Box::new(Problem::new(500, Cause::Fault.code(), FAULT))
}
