//! A program at work on made-up tokens, for the tests of `update` and `view`.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::backend::{Answer, BackendError, Cause, Silence};
use crate::domain::job::Work;
use crate::domain::{
    Catalogue, Guid, Operator, Role, Stamp, Status, Time, Token, UserId, ValueInfo,
};
use crate::domain::{JobId, Tally, Verb};
use crate::tui::message::Msg;
use crate::tui::model::Model;
use crate::tui::moment::Moment;
use crate::tui::options::Options;
use crate::tui::reply::Listing;
use crate::wire::{
    Abilities, BackendKind, Descriptors, Names, Page, Retention, RowId, Session, StoreKind,
    TokenView,
};

use crate::wire::{Job, JobState};

use super::call::{Call, Line};
use super::effect::Effect;
use super::orders::Portion;
use super::reply::{Answered, Reply};
use super::ticket::Ticket;

const NOON: i64 = 1_773_144_000;

pub(super) fn second(n: u64) -> Moment {
    Moment::new(Duration::from_secs(n))
}

pub(super) fn time(after_noon: i64) -> Time {
    Time::from_timestamp(NOON + after_noon, 0).expect("a time")
}

pub(super) fn token(number: u64) -> TokenView {
    let created = Stamp { at: time(-1_000), by: Some(UserId::new(10_001)) };
    let guid = Guid::from_bytes([1; 16]);
    let token = Token {
        id: RowId::from(crate::domain::TokenId::new(number)),
        name: format!("robot-{number}"),
        description: String::new(),
        account: None,
        owner: None,
        access: BTreeMap::new(),
        groups: BTreeSet::new(),
        scopes: BTreeSet::new(),
        labels: BTreeMap::new(),
        enabled: true,
        valid_from: None,
        valid_to: None,
        value: Some(ValueInfo { guid, retained: true, issued_at: None, last_used_at: None }),
        planned_end: None,
        previous: None,
        created,
        updated: created,
        accepted: Some(created),
        revoked: None,
        deleted: None,
        last_used_at: None,
        version: 1,
    };
    TokenView {
        matched: std::collections::BTreeSet::new(),
        token,
        guid: Some(guid),
        status: Status::Active,
        out_of_service: None,
        effective: vec![],
        offences: vec![],
        endpoint: None,
        names: Names::default(),
        look_alikes: vec![],
        own: BTreeMap::new(),
        abilities: Abilities::default(),
    }
}

pub(super) fn page(tokens: Vec<TokenView>) -> Page {
    Page { total: tokens.len(), tokens, as_of: Some(time(0)), ..Page::default() }
}

/// The rows that the latest question for the list comes back with.
pub(super) fn listed(model: &Model, tokens: Vec<TokenView>) -> Msg {
    let all = tokens.len();
    listing(model, Ok(Listing { page: page(tokens), all }))
}

/// How the latest question for the list ends.
pub(super) fn listing(model: &Model, result: Answer<Listing>) -> Msg {
    let (ticket, query) =
        (model.link.latest(Line::Tokens), model.screens.tokens().list.query.clone());
    let call = Call::List(Box::new(Portion { query, keep: None, index: 0, span: 0 }));
    Msg::Answered(Box::new(Answered { ticket, call, result: result.map(Into::into) }))
}

/// How the one call among these effects ends.
pub(super) fn reply<T: Into<Reply>>(effects: &[Effect], result: Answer<T>) -> Msg {
    let call = |effect: &Effect| match effect {
        Effect::Call(ticket, call) => Some((*ticket, call.clone())),
        _ => None,
    };
    let (ticket, call) = effects.iter().find_map(call).expect("a call");
    Msg::Answered(Box::new(Answered { ticket, call, result: result.map(Into::into) }))
}

/// How that call ends, whenever it was asked.
pub(super) fn reply_to<T: Into<Reply>>(call: Call, result: Answer<T>) -> Msg {
    let ticket = Ticket::default();
    Msg::Answered(Box::new(Answered { ticket, call, result: result.map(Into::into) }))
}

/// A program at work on three tokens, in a window where the details are closed.
pub(super) fn model() -> Model {
    let operator = Operator {
        user: UserId::new(10_001),
        login: "rosa".to_owned(),
        name: "Rosa Root".to_owned(),
        role: Role::Superadmin,
        manage_tokens: true,
        accounts: BTreeSet::new(),
        scopes: BTreeSet::new(),
        system_login: None,
    };
    let session = Session {
        backend: "local".to_owned(),
        kind: BackendKind::Local,
        place: "/store".to_owned(),
        store: StoreKind::Normal,
        retention: Retention::Sealed,
        operator,
        now: time(0),
        credential_expires_at: None,
        clock_jump: None,
        abilities: Abilities::default(),
        bulk_here: false,
        descriptors: Descriptors::default(),
    };
    let mut model = Model::new(Options::default(), session, Catalogue::default());
    model.start(80, 24);
    let rows = listed(&model, vec![token(1), token(2), token(3)]);
    model.update(rows, second(1));
    model
}

/// A backend that does not answer.
pub(super) fn unreachable() -> BackendError {
    let message = "cannot reach 'https://vault.example'".to_owned();
    BackendError::new(Cause::Silent(Silence::Unreachable), message)
}

/// The job that the bulk action became.
pub(super) fn job(state: JobState, done: u64) -> Job {
    Job {
        id: JobId::new(7),
        work: Work::Tokens(Verb::Revoke),
        title: "100,000 tokens of Acme".to_owned(),
        plan: None,
        by: model().session.operator.user,
        by_name: "Ada Admin".to_owned(),
        made_at: time(0),
        state,
        total: 100_000,
        tally: Tally { done, ..Tally::default() },
        file: None,
        sheet: None,
        ended_at: None,
        problem: None,
        reason: None,
        lease_until: None,
    }
}
