//! The body of a request: taken within its limits of length and time, and read
//! strictly. What is in it is never repeated, for it may hold a secret.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use serde::de::DeserializeOwned;
use serde_json::{Deserializer, Error};

use super::answer::malformed;
use crate::domain::FieldError;
use crate::wire::http::misfit::{self, Misfit};
use crate::wire::http::{Problem, TOO_LARGE};

/// The whole body, if it comes in time and is not longer than that.
pub(super) async fn taken(
    headers: &HeaderMap,
    body: Body,
    most: usize,
    time: Duration,
) -> Result<Bytes, Box<Problem>> {
    let said = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if said.is_some_and(|length: usize| length > most.saturating_mul(2)) {
        return Err(too_long(most));
    }
    tokio::time::timeout(time, collected(body, most)).await.unwrap_or_else(|_| {
        let detail = format!("the body did not come within {} s", time.as_secs());
        Err(Box::new(Problem::new(408, "request_timeout", detail)))
    })
}

fn too_long(most: usize) -> Box<Problem> {
    let detail = format!("the body is longer than {most} bytes");
    Box::new(Problem::new(413, TOO_LARGE, detail))
}

/// What is a little too long is read to its end and thrown away, as a client that is
/// cut off while it writes never sees why.
async fn collected(mut body: Body, most: usize) -> Result<Bytes, Box<Problem>> {
    let (mut all, mut length) = (Vec::new(), 0_usize);
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(data) = frame.map_err(|_| malformed("the body broke off"))?.into_data() else {
            continue;
        };
        length = length.saturating_add(data.len());
        if length > most.saturating_mul(2) {
            break;
        }
        if length <= most {
            all.extend_from_slice(&data);
        }
    }
    if length > most { Err(too_long(most)) } else { Ok(all.into()) }
}

/// Refuses a body that is not plain JSON by its own account.
pub(super) fn must_be_json(headers: &HeaderMap) -> Result<(), Box<Problem>> {
    let unsupported = |detail| Err(Box::new(Problem::new(415, "unsupported_media_type", detail)));
    let encoding = headers.get(CONTENT_ENCODING);
    if encoding.is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return unsupported("the body is compressed: send it as it is");
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    unsupported("the body must be JSON: send it with Content-Type: application/json")
}

/// What the body says. A field that the call does not know is an error, as it would
/// be asked for in vain.
pub(super) fn read<B: DeserializeOwned>(bytes: &[u8]) -> Result<B, Box<Problem>> {
    if bytes.is_empty() {
        return Err(malformed("the body is missing; /openapi.json says what this call takes"));
    }
    // Serde would take a list for an object whose fields may all be left out.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(malformed(
            "the body must be an object; /openapi.json says what this call takes",
        ));
    }
    let mut left_over = None;
    let mut json = Deserializer::from_slice(bytes);
    let read = serde_ignored::deserialize(&mut json, |path| {
        left_over.get_or_insert_with(|| path.to_string());
    });
    let body = read.and_then(|body| json.end().map(|()| body));
    let body = body.map_err(|error| unread::<B>(bytes, &error))?;
    left_over.map_or(Ok(body), |path| Err(unknown(&path)))
}

/// Why a body could not be read; read once more for it, as who succeeds should not pay.
fn unread<B: DeserializeOwned>(bytes: &[u8], error: &Error) -> Box<Problem> {
    let Ok(given) = serde_json::from_slice(bytes) else {
        let (line, column) = (error.line(), error.column());
        return malformed(format!("the body is no JSON from line {line}, column {column} on"));
    };
    let said = || Misfit::new("", &error.to_string());
    let Misfit { field, message } = Misfit::of::<B>(given).unwrap_or_else(said);
    let detail = match field.as_str() {
        "" => format!("the body {message}"),
        field => format!("the field '{field}' of the body {message}"),
    };
    let errors = vec![FieldError::new(&field, message)];
    let detail = format!("{detail}; /openapi.json says what this call takes");
    Box::new(Problem { errors, ..*malformed(detail) })
}

fn unknown(path: &str) -> Box<Problem> {
    let path = path.replace(".?", "");
    let name = misfit::plain(&path);
    if name != path {
        return malformed("the body has a field that this call does not know");
    }
    let errors = vec![FieldError::new(&name, "no field of this call")];
    let detail = format!("the body has the field '{name}', which this call does not know");
    Box::new(Problem { errors, ..*malformed(detail) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::TokenDraft;

    #[test]
    fn a_field_that_nobody_knows_is_named_and_a_secret_is_not() {
        let named =
            |text: &str| read::<TokenDraft>(text.as_bytes()).err().map(|problem| problem.detail);
        let settings = r#""settings":{"name":"x","description":"","access":{},"groups":[],
            "scopes":[],"enabled":true"#;
        assert_eq!(named(&format!("{{{settings}}}}}")), None);
        let odd = named(&format!("{{{settings},\"colour\":1}}}}")).unwrap_or_default();
        assert!(odd.contains("'settings.colour'"), "{odd}");
        let secret = named(&format!("{{{settings}}},\"tdk_A1\":1}}")).unwrap_or_default();
        assert!(secret.contains("a field that") && !secret.contains("tdk"), "{secret}");
    }
}
