//! Who asks: a bearer credential becomes the backend of its user. Refused sign-ins
//! of one address are slowed down; valid ones never wait for them.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;

use super::answer::{HttpReply, of_error, problem, too_soon};
use super::deck::{By, Service};
use super::listen::Peer;
use super::rate::Who;
use crate::backend::local::LocalBackend;
use crate::backend::{Answer, BackendError, Cause};
use crate::domain::{OperatorSecret, Refusal, UserId};
use crate::wire::http::Problem;

pub(super) async fn must_sign_in(
    State(deck): State<Arc<Service>>,
    mut request: Request,
    next: Next,
) -> HttpReply {
    let (backend, user) = match signed_in(&deck, request.headers()).await {
        Ok(found) => found,
        Err(BackendError { cause: Cause::Refused(refusal), .. }) => {
            let address = client(&deck, &request);
            return match deck.rate.take(Who::Refused(address)) {
                Ok(()) => refused(&request, refusal),
                Err(seconds) => too_soon(seconds),
            };
        }
        Err(error) => return problem(&of_error(&error)),
    };
    if let Err(seconds) = deck.rate.take(Who::User(user)) {
        return too_soon(seconds);
    }
    request.extensions_mut().insert(backend);
    request.extensions_mut().insert(By(user));
    let mut reply = next.run(request).await;
    reply.extensions_mut().insert(By(user));
    reply
}

/// The reply of a refused sign-in, with the error code of RFC 6750 where a
/// credential was presented. Which of the reasons it was, nobody learns.
fn refused(request: &Request, refusal: Refusal) -> HttpReply {
    let mut reply = problem(&Problem::from(refusal));
    if request.headers().contains_key(AUTHORIZATION) {
        let scheme = "Bearer realm=\"tokendeck\", error=\"invalid_token\", \
                      error_description=\"no operator credential in force\"";
        reply.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(scheme));
    }
    reply
}

async fn signed_in(deck: &Service, headers: &HeaderMap) -> Answer<(Arc<LocalBackend>, UserId)> {
    let secret = credential(headers).ok_or(Refusal::NotSignedIn)?;
    let backend = deck.backend.signed_in_by(secret).await?;
    let user = backend.user()?;
    Ok((backend, user))
}

fn credential(headers: &HeaderMap) -> Option<OperatorSecret> {
    let mut given = headers.get_all(AUTHORIZATION).iter();
    // Of two, a proxy may have looked at the other one.
    let (Some(text), None) = (given.next(), given.next()) else { return None };
    let text = text.to_str().ok()?;
    let (scheme, secret) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| OperatorSecret::parse(secret))?
}

/// The client's address: what the proxy says of it where there is one. Only its own
/// word counts, which is the last one.
fn client(deck: &Service, request: &Request) -> IpAddr {
    let peer = request.extensions().get::<Peer>().map(|Peer(address)| *address);
    let told = request.headers().get_all("x-forwarded-for").iter().next_back();
    let told = told
        .filter(|_| deck.behind_proxy)
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    told.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}
