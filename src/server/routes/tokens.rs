//! Tokens one by one, lists of them, values and the audit trail.

use crate::backend::local::LocalBackend;
use crate::backend::{Answer, Backend as _, BackendError};
use crate::domain::catalogue::Named;
use crate::domain::event::Point;
use crate::domain::verify::{Rejection, Request};
use crate::domain::{HandOver, Query, Refusal, TokenDraft, TokenId, TokenValue, Window};
use crate::server::Limits;
use crate::server::answer::{Handed, Said};
use crate::server::asked::Asking;
use crate::server::route::{Route, route};
use crate::wire::RowId;
use crate::wire::http::{
    ActVerb, EditAsk, GuidBody, IssuedBody, LookupAsk, PositionBody, Reference, RegenerateAsk,
    RequestAsk, RevealedBody, VerifyAsk, Whole, calls,
};
use crate::wire::{
    ChainView, Edit, EventPage, EventQuery, Issued, LookupAnswer, Page, Run, TokenView,
    VerifyAnswer,
};

pub(super) fn routes(limits: Limits) -> Vec<Route> {
    vec![
        route(&calls::LIST, limits, list),
        route(&calls::CREATE, limits, create),
        route(&calls::FOUND, limits, found),
        route(&calls::RESOLVE, limits, resolve),
        route(&calls::SHOW, limits, show),
        route(&calls::EDIT, limits, edit),
        route(&calls::POSITION, limits, position),
        route(&calls::REGENERATE, limits, regenerate),
        route(&calls::HAND_OVER, limits, hand_over),
        route(&calls::ACCEPT, limits, accept),
        route(&calls::REVEAL, limits, reveal),
        route(&calls::ACT, limits, act),
        route(&calls::LOOKUP, limits, lookup),
        route(&calls::VERIFY, limits, verify),
        route(&calls::PROPOSE, limits, propose),
        route(&calls::EVENTS, limits, events),
        route(&calls::CHECK_LOG, limits, check_log),
    ]
}

fn viewed(view: TokenView) -> Said<TokenView> {
    let version = view.token.version;
    Said::at(view, version)
}

/// How a value that was given out is replaced.
const GONE: &str = "this was done by an earlier request; its value was given out then and is not \
                    kept: regenerate the token, or ask who may, for a new one";

fn issued(issued: Issued) -> Said<IssuedBody> {
    let version = issued.token.token.version;
    let token = issued.token.token.id.token().ok();
    let drawn = token.zip(issued.value.as_ref().map(TokenValue::guid));
    let handed = drawn.map(|(token, guid)| {
        let value_gone = Some(GONE.to_owned());
        let without = IssuedBody { token: issued.token.clone(), value: None, value_gone };
        Handed::Value { token, guid, without }
    });
    Said::at(issued.into(), version).handing(handed)
}

async fn list(asked: Asking<(), (Query, Window)>) -> Answer<Said<Page>> {
    let (query, window) = asked.query;
    Ok(asked.backend.list(query, window).await?.into())
}

async fn found(asked: Asking<(), Query>) -> Answer<Said<Vec<RowId>>> {
    Ok(asked.backend.found(asked.query).await?.into())
}

async fn position(asked: Asking<TokenId, Query>) -> Answer<Said<PositionBody>> {
    let position = asked.backend.position(asked.query, asked.path.into()).await?;
    Ok(PositionBody { position }.into())
}

async fn resolve(asked: Asking<(), Reference>) -> Answer<Said<TokenView>> {
    Ok(viewed(asked.backend.show(asked.query.0).await?))
}

async fn show(asked: Asking<TokenId>) -> Answer<Said<TokenView>> {
    Ok(viewed(asked.backend.show(asked.path.to_string()).await?))
}

async fn create(asked: Asking<(), Run, TokenDraft>) -> Answer<Said<IssuedBody>> {
    let run = asked.query;
    let made = asked.backend.create(asked.body, run).await?;
    let place = format!("/v1/tokens/{}", made.token.token.id);
    Ok(issued(made).made(run).found_at(place))
}

async fn edit(asked: Asking<TokenId, Run, EditAsk>) -> Answer<Said<IssuedBody>> {
    let version = match asked.seen(asked.path).await? {
        Some(version) => version,
        // Whoever says `*` means the token as it is.
        None => asked.backend.show(asked.path.to_string()).await?.token.version,
    };
    let EditAsk { settings: Whole(settings), new_value, guid } = asked.body;
    let edit = Edit { version, settings, new_value, guid };
    Ok(issued(asked.backend.edit(asked.path.into(), edit, asked.query).await?))
}

async fn regenerate(asked: Asking<TokenId, Run, RegenerateAsk>) -> Answer<Said<IssuedBody>> {
    let RegenerateAsk { expiry, overlap } = asked.body;
    Ok(issued(asked.backend.regenerate(asked.path.into(), expiry, overlap, asked.query).await?))
}

async fn hand_over(asked: Asking<TokenId, Run, HandOver>) -> Answer<Said<IssuedBody>> {
    Ok(issued(asked.backend.hand_over(asked.path.into(), asked.body, asked.query).await?))
}

async fn accept(asked: Asking<TokenId, Run>) -> Answer<Said<IssuedBody>> {
    Ok(issued(asked.backend.accept(asked.path.into(), asked.query).await?))
}

async fn reveal(asked: Asking<TokenId>) -> Answer<Said<RevealedBody>> {
    let revealed = asked.backend.reveal(asked.path.into()).await?;
    Ok(RevealedBody::from(revealed).into())
}

async fn act(asked: Asking<(TokenId, ActVerb)>) -> Answer<Said<TokenView>> {
    let (id, verb) = asked.path;
    let version = asked.seen(id).await?;
    Ok(viewed(asked.backend.act(verb.verb(), id.into(), version).await?))
}

async fn lookup(asked: Asking<(), (), LookupAsk>) -> Answer<Said<LookupAnswer>> {
    Ok(asked.backend.lookup(asked.body.text.into_secret()).await?.into())
}

async fn verify(asked: Asking<(), (), VerifyAsk>) -> Answer<Said<VerifyAnswer>> {
    let VerifyAsk { value, request } = asked.body;
    let request = named(&asked.backend, request).await?;
    let answer = match value.value() {
        Some(value) => asked.backend.verify(value, request).await?,
        // What has not even the form of a value is as unknown as one of another store.
        None => VerifyAnswer::unknown(),
    };
    let code = answer.reason.map(Rejection::code);
    Ok(Said::from(answer).denied(code))
}

/// A module by id, which anyone may name, or by a name that the operator may know of.
/// What was given is not repeated: it may be a secret that slipped into the wrong place.
async fn named(backend: &LocalBackend, ask: RequestAsk) -> Answer<Request> {
    let RequestAsk { module, method } = ask;
    let module = match module.map(|text| (text.parse(), text)) {
        None => None,
        Some((Ok(id), _)) => Some(id),
        Some((Err(_), text)) => Some(match backend.catalogue().await?.module_named(&text) {
            Named::One(id) => id,
            Named::Nothing => return Err(unnamed("no module of that id or name here")),
            Named::Several(ids) => {
                let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
                return Err(unnamed(format!(
                    "names several: give an id, one of {}",
                    ids.join(", ")
                )));
            }
        }),
    };
    Ok(Request { module, method })
}

fn unnamed(message: impl Into<String>) -> BackendError {
    Refusal::field("request.module", message).into()
}

async fn propose(asked: Asking) -> Answer<Said<GuidBody>> {
    Ok(GuidBody { guid: asked.backend.propose_guid().await? }.into())
}

async fn events(asked: Asking<(), (EventQuery, Window)>) -> Answer<Said<EventPage>> {
    let (query, window) = asked.query;
    Ok(asked.backend.events(query, window).await?.into())
}

async fn check_log(asked: Asking<(), Option<Point>>) -> Answer<Said<ChainView>> {
    Ok(asked.backend.verify_log(asked.query).await?.into())
}
