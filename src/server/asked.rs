//! What a request asks, read strictly: an unknown parameter is an error, as a slip
//! of the pen in a filter would find more than was meant.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::Arc;

use axum::RequestExt as _;
use axum::body::to_bytes;
use axum::extract::{Query, RawPathParams, Request};
use axum::http::header::IF_MATCH;
use axum::http::{HeaderMap, Uri};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

use super::answer::{fault, invalid, malformed};
use crate::backend::local::LocalBackend;
use crate::domain::{EntryId, FieldError, JobId, Refusal, Subject, TokenId};
use crate::wire::http::{ActVerb, Given, Parameters, Problem};

/// A request in the words of the domain.
pub(super) struct Asked<P = (), Q = (), B = ()> {
    /// The store, as whoever asks may use it.
    pub(super) backend: Arc<LocalBackend>,
    /// What the path names.
    pub(super) path: P,
    /// What stands behind the `?`.
    pub(super) query: Q,
    /// The body.
    pub(super) body: B,
    /// The version of If-Match.
    pub(super) version: Option<u64>,
}

impl<P, Q, B> Asked<P, Q, B>
where
    P: Place,
    Q: Parameters,
    B: DeserializeOwned + 'static,
{
    /// Reads a request whose body may have so many bytes.
    pub(super) async fn read(mut request: Request, most: usize) -> Result<Self, Box<Problem>> {
        let backend = request.extensions().get::<Arc<LocalBackend>>().cloned();
        let backend = backend.ok_or(Refusal::NotSignedIn)?;
        let params = request.extract_parts::<RawPathParams>().await.map_err(|_| fault())?;
        let texts: Vec<&str> = params.iter().map(|(_, text)| text).collect();
        let path = P::read(&texts)?;
        let query = query::<Q>(request.uri())?;
        let version = version(request.headers())?;
        let body = body(request, most).await?;
        Ok(Self { backend, path, query, body, version })
    }
}

fn query<Q: Parameters>(uri: &Uri) -> Result<Q, Box<Problem>> {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri)
        .map_err(|_| malformed("what stands behind the ? can't be read"))?;
    let known = Q::list();
    let mut given = BTreeMap::new();
    for (name, text) in pairs.0 {
        if known.iter().all(|parameter| parameter.name != name) {
            let names: Vec<_> = known.iter().map(|parameter| parameter.name).collect();
            let message = match names.as_slice() {
                [] => "this call has no parameters".to_owned(),
                names => format!("no parameter of this call: {}", names.join(", ")),
            };
            return Err(invalid(FieldError::new(&name, message)));
        }
        if given.insert(name.clone(), text).is_some() {
            return Err(invalid(FieldError::new(&name, "given twice")));
        }
    }
    Q::read(&Given(given)).map_err(invalid)
}

fn version(headers: &HeaderMap) -> Result<Option<u64>, Box<Problem>> {
    let Some(tag) = headers.get(IF_MATCH) else { return Ok(None) };
    let number = tag
        .to_str()
        .ok()
        .and_then(|tag| tag.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok());
    let wrong =
        || malformed("If-Match holds no version: send the ETag of the token as it was read");
    number.map(Some).ok_or_else(wrong)
}

async fn body<B: DeserializeOwned + 'static>(
    request: Request,
    most: usize,
) -> Result<B, Box<Problem>> {
    let wanted = TypeId::of::<B>() != TypeId::of::<()>();
    let too_long = || {
        Box::new(Problem::new(413, "too_large", format!("the body is longer than {most} bytes")))
    };
    let bytes = to_bytes(request.into_body(), most).await.map_err(|_| too_long())?;
    if !wanted && bytes.is_empty() {
        return serde_json::from_slice(b"null").map_err(|_| fault());
    }
    serde_json::from_slice(&bytes).map_err(|error| {
        // serde says what it found, and that may be a secret: only the place is told.
        let (line, column) = (error.line(), error.column());
        malformed(format!(
            "the body is not what this call takes, at line {line}, column {column}; \
             /openapi.json says what it takes"
        ))
    })
}

/// What a path names.
pub(super) trait Place: Sized {
    /// The names and forms of its parts, in order.
    fn parts(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema)>;
    /// It out of the texts of the path. An id that can't be one names nothing.
    fn read(texts: &[&str]) -> Result<Self, Box<Problem>>;
}

impl Place for () {
    fn parts(_: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        vec![]
    }

    fn read(_: &[&str]) -> Result<Self, Box<Problem>> {
        Ok(())
    }
}

impl Place for TokenId {
    fn parts(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        vec![("token", Self::json_schema(generator))]
    }

    fn read(texts: &[&str]) -> Result<Self, Box<Problem>> {
        let text = texts.first().copied().unwrap_or_default();
        text.parse().map_err(|_| Refusal::no_token(text).into())
    }
}

impl Place for JobId {
    fn parts(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        vec![("job", Self::json_schema(generator))]
    }

    fn read(texts: &[&str]) -> Result<Self, Box<Problem>> {
        let text = texts.first().copied().unwrap_or_default();
        text.parse().map_err(|_| no("job", text))
    }
}

impl Place for EntryId {
    fn parts(_: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        let pattern = "^(ACC|MOD|SCP|GRP|USR)(-[0-9]{4})+$";
        vec![("entry", schemars::json_schema!({ "type": "string", "pattern": pattern }))]
    }

    fn read(texts: &[&str]) -> Result<Self, Box<Problem>> {
        let text = texts.first().copied().unwrap_or_default();
        text.parse()
            .ok()
            .and_then(|subject: Subject| Self::of(subject))
            .ok_or_else(|| no("record", text))
    }
}

impl Place for (TokenId, ActVerb) {
    fn parts(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        let verb = ActVerb::json_schema(generator);
        [TokenId::parts(generator), vec![("verb", verb)]].concat()
    }

    fn read(texts: &[&str]) -> Result<Self, Box<Problem>> {
        let verb = texts.get(1).copied().unwrap_or_default();
        let verb = verb.parse().map_err(|_| no("record", verb))?;
        Ok((TokenId::read(texts)?, verb))
    }
}

fn no(what: &'static str, name: &str) -> Box<Problem> {
    Refusal::NotFound { what, name: name.to_owned() }.into()
}
