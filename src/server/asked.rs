//! What a request asks, read strictly: an unknown parameter is an error, as a slip
//! of the pen in a filter would find more than was meant.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::Arc;

use axum::RequestExt as _;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{Query, RawPathParams, Request};
use axum::http::Uri;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

use super::answer::{blank, fault, invalid, malformed};
use super::body;
use super::if_match::IfMatch;
use super::options::Allowance;
use crate::backend::Answer;
use crate::backend::Backend as _;
use crate::backend::local::LocalBackend;
use crate::domain::{EntryId, FieldError, JobId, Refusal, Subject, Switch, TokenId, UserId};
use crate::wire::http::{ActVerb, Given, HttpCall, Parameters, Problem, Why};

/// A request in the words of the domain.
pub(super) struct Asking<P = (), Q = (), B = ()> {
    /// The store, as whoever asks may use it.
    pub(super) backend: Arc<LocalBackend>,
    /// What the path names.
    pub(super) path: P,
    /// What stands behind the `?`.
    pub(super) query: Q,
    /// The body.
    pub(super) body: B,
    /// What If-Match says.
    pub(super) version: Option<IfMatch>,
    /// Items of a plan at the most.
    pub(super) most_items: usize,
}

impl<P, Q, B> Asking<P, Q, B>
where
    P: PathParts,
    Q: Parameters,
    B: DeserializeOwned + 'static,
{
    /// Reads a request within what its call allows.
    pub(super) async fn read(
        call: &HttpCall,
        mut request: Request,
        allowance: Allowance,
    ) -> Result<Self, Box<Problem>> {
        let backend = request.extensions().get::<Arc<LocalBackend>>().cloned();
        let mut backend = backend.ok_or(Refusal::NotSignedIn)?;
        let params =
            request.extract_parts::<RawPathParams>().await.map_err(|error| unread_path(&error))?;
        let texts: Vec<&str> = params.iter().map(|(_, text)| text).collect();
        let path = P::read(&texts)?;
        // Whatever may change something takes a reason for it.
        let query = if call.changes {
            let (query, Why(reason)) = query::<(Q, Why)>(request.uri())?;
            if let Some(reason) = reason {
                backend = Arc::new(backend.because(reason));
            }
            query
        } else {
            query::<Q>(request.uri())?
        };
        let version = IfMatch::read(request.headers())?;
        let body = given(request, allowance).await?;
        Ok(Self { backend, path, query, body, version, most_items: allowance.items })
    }

    /// Refuses a plan of more items than one may have, be it asked for or brought.
    pub(super) fn must_be_bounded(&self, count: usize) -> Result<(), Refusal> {
        let most = self.most_items;
        if count > most { Err(Refusal::TooManyItems { count, most }) } else { Ok(()) }
    }

    /// The version a token must have to be changed; none = whatever it is.
    pub(super) async fn seen(&self, id: TokenId) -> Answer<Option<u64>> {
        match &self.version {
            None => Ok(None),
            Some(IfMatch::Of(tags)) if tags.len() == 1 => Ok(tags.first().copied()),
            Some(tags) => {
                let current = self.backend.show(id.to_string()).await?.token.version;
                Ok(tags.wanted(current))
            }
        }
    }
}

/// The body; `null` for a call that takes none.
async fn given<B: DeserializeOwned + 'static>(
    request: Request,
    allowance: Allowance,
) -> Result<B, Box<Problem>> {
    let (parts, body) = request.into_parts();
    let Allowance { body: most, time, .. } = allowance;
    let bytes = body::taken(&parts.headers, body, most, time).await?;
    if TypeId::of::<B>() == TypeId::of::<()>() {
        if !bytes.is_empty() {
            return Err(malformed("this call takes no body"));
        }
        return body::read(b"null");
    }
    if !bytes.is_empty() {
        body::must_be_json(&parts.headers)?;
    }
    body::read(&bytes)
}

fn query<Q: Parameters>(uri: &Uri) -> Result<Q, Box<Problem>> {
    let known = Q::list();
    let mut given = BTreeMap::new();
    for (name, text) in pairs(uri)? {
        let Some(parameter) = known.iter().find(|parameter| parameter.name == name) else {
            let names: Vec<_> = known.iter().map(|parameter| parameter.name).collect();
            let message = match names.as_slice() {
                [] => "this call has no parameters".to_owned(),
                names => format!("no parameter of this call: {}", names.join(", ")),
            };
            return Err(invalid(FieldError::new(&name, message)));
        };
        if parameter.form.is_blank(&text) {
            return Err(blank(&name));
        }
        if given.insert(name.clone(), text).is_some() {
            return Err(invalid(FieldError::new(&name, "given twice")));
        }
    }
    Q::read(&Given(given)).map_err(invalid)
}

/// A path of other bytes than those of a text names nothing.
fn unread_path(rejection: &RawPathParamsRejection) -> Box<Problem> {
    match rejection {
        RawPathParamsRejection::InvalidUtf8InPathParam(_) => {
            malformed("the path can't be read: it must be UTF-8, percent-encoded")
        }
        _ => fault(),
    }
}

/// The names and texts behind the `?`. A text that is not what its sender meant would
/// find something else, so what is broken is refused and not mended.
fn pairs(uri: &Uri) -> Result<Vec<(String, String)>, Box<Problem>> {
    let unread =
        || malformed("what stands behind the ? can't be read: it must be UTF-8, percent-encoded");
    if !is_encoded(uri.query().unwrap_or_default()) {
        return Err(unread());
    }
    Ok(Query::<Vec<(String, String)>>::try_from_uri(uri).map_err(|_| unread())?.0)
}

/// Whether each `%` begins two hexadecimal digits, and all of them together are UTF-8.
fn is_encoded(text: &str) -> bool {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let (Some(high), Some(low)) = (digit(), digit()) else { return false };
        decoded.extend(u8::try_from(high * 16 + low));
    }
    std::str::from_utf8(&decoded).is_ok()
}

/// What a path names.
pub(super) trait PathParts: Sized {
    /// The names and forms of its parts, in order.
    fn parts(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema)>;
    /// It out of the texts of the path. An id that can't be one names nothing.
    fn read(texts: &[&str]) -> Result<Self, Box<Problem>>;
}

impl PathParts for () {
    fn parts(_: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        vec![]
    }

    fn read(_: &[&str]) -> Result<Self, Box<Problem>> {
        Ok(())
    }
}

impl PathParts for TokenId {
    fn parts(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        vec![("token", Self::json_schema(generator))]
    }

    fn read(texts: &[&str]) -> Result<Self, Box<Problem>> {
        let text = texts.first().copied().unwrap_or_default();
        text.parse().map_err(|_| Refusal::no_token(text).into())
    }
}

impl PathParts for JobId {
    fn parts(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        vec![("job", Self::json_schema(generator))]
    }

    fn read(texts: &[&str]) -> Result<Self, Box<Problem>> {
        let text = texts.first().copied().unwrap_or_default();
        text.parse().map_err(|_| no("job", text))
    }
}

impl PathParts for EntryId {
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

impl PathParts for (TokenId, ActVerb) {
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

impl PathParts for (UserId, Switch) {
    fn parts(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        vec![("user", UserId::json_schema(generator)), ("switch", Switch::json_schema(generator))]
    }

    fn read(texts: &[&str]) -> Result<Self, Box<Problem>> {
        let [user, switch] = [0, 1].map(|place| texts.get(place).copied().unwrap_or_default());
        let switch = switch.parse().map_err(|_| no("record", switch))?;
        Ok((user.parse().map_err(|_| no("user", user))?, switch))
    }
}

fn no(what: &'static str, name: &str) -> Box<Problem> {
    Refusal::NotFound { what, name: name.to_owned() }.into()
}

#[cfg(test)]
mod tests {
    use super::is_encoded;

    #[test]
    fn only_whole_escapes_of_utf_8_are_read() {
        for whole in ["", "search=a+b&x", "search=%C3%A9", "a=100%25", "a=é"] {
            assert!(is_encoded(whole), "{whole}");
        }
        for broken in ["%", "a=%f", "a=%zz", "a=%ff", "%c3=1", "a=%C3&b=%A9", "a=100%"] {
            assert!(!is_encoded(broken), "{broken}");
        }
    }
}
