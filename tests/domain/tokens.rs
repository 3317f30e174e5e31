//! Makers of tokens in every status, and of a small catalogue.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta};
use tokendeck::domain::{
    Account, AccountId, AccountStatus, Catalogue, Credential, Group, GroupId, Guid, Level, Module,
    ModuleId, PreviousValue, Role, Scope, ScopeId, Sealed, Settings, Stamp, Status, Time, Token,
    TokenId, TokenValue, User, UserId, ValueInfo,
};

pub(crate) const ACME: AccountId = AccountId::new(10_001);
pub(crate) const BOREALIS: AccountId = AccountId::new(10_002);
pub(crate) const CATALOG: ModuleId = ModuleId::new(1);
pub(crate) const ORDERS: ModuleId = ModuleId::new(2);
pub(crate) const ELSEWHERE: ModuleId = ModuleId::new(4);
pub(crate) const NORTH: ScopeId = ScopeId::new(1);
pub(crate) const SOUTH: ScopeId = ScopeId::new(2);
pub(crate) const HARBOR: ScopeId = ScopeId::new(3);
pub(crate) const READERS: GroupId = GroupId::new(1);
pub(crate) const ADA: UserId = UserId::new(10_003);
pub(crate) const MAX: UserId = UserId::new(10_005);

/// The moment at which every table here is read.
pub(crate) fn now() -> Time {
    at("2026-03-10T12:00:00Z")
}

pub(crate) fn at(text: &str) -> Time {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

pub(crate) fn days(count: i64) -> TimeDelta {
    TimeDelta::days(count)
}

/// An accepted, enabled token of Acme with a value, made nine days ago.
pub(crate) fn token() -> Token {
    let made = Stamp { at: now() - days(9), by: Some(ADA) };
    Token {
        id: TokenId::new(10_000_001),
        name: "robot-1".to_owned(),
        description: String::new(),
        account: Some(ACME),
        owner: None,
        access: BTreeMap::from([(CATALOG, Level::Full)]),
        groups: BTreeSet::new(),
        scopes: BTreeSet::from([NORTH]),
        labels: BTreeMap::new(),
        enabled: true,
        valid_from: None,
        valid_to: None,
        value: Some(ValueInfo {
            guid: guid(1),
            retained: true,
            issued_at: None,
            last_used_at: None,
        }),
        planned_end: None,
        previous: None,
        created: made,
        updated: made,
        accepted: Some(made),
        revoked: None,
        deleted: None,
        last_used_at: None,
        version: 1,
    }
}

/// A token that has this status now.
pub(crate) fn in_status(status: Status) -> Token {
    let past = Stamp { at: now() - days(1), by: Some(ADA) };
    let mut token = token();
    match status {
        Status::Active => {}
        Status::Scheduled => token.valid_from = Some(now() + days(1)),
        Status::Pending => token.accepted = None,
        Status::Disabled => token.enabled = false,
        Status::Expired => token.valid_to = Some(now() - days(1)),
        Status::Revoked => {
            token.revoked = Some(past);
            token.valid_to = Some(past.at);
        }
        Status::Deleted => token.deleted = Some(past),
        Status::Unknown => unreachable!("no token of a store is"),
    }
    assert_eq!(Status::alone(&token, now()), status);
    token
}

pub(crate) fn guid(number: u8) -> Guid {
    Guid::from_random([number; 16])
}

pub(crate) fn value(number: u8) -> TokenValue {
    let mut byte = number;
    TokenValue::generate("tdk", guid(number), |buffer| {
        for place in buffer {
            byte = byte.wrapping_mul(167).wrapping_add(13);
            *place = byte;
        }
        Ok::<_, std::convert::Infallible>(())
    })
    .unwrap()
}

pub(crate) fn credential(number: u8) -> Credential {
    let value = value(number);
    Credential { guid: value.guid(), hash: value.hash(), sealed: Some(Sealed(vec![number])) }
}

pub(crate) fn overlapping(guid: Guid, until: Time) -> PreviousValue {
    PreviousValue { guid, until, last_used_at: None }
}

pub(crate) fn settings() -> Settings {
    Settings { name: "moves-parts".to_owned(), ..Settings::of(&token()) }
}

pub(crate) fn user(id: UserId, login: &str, role: Role) -> User {
    User {
        id,
        login: login.to_owned(),
        name: login.to_owned(),
        email: None,
        role,
        manage_tokens: role.can_manage(),
        accounts: BTreeSet::from([ACME]),
        scopes: BTreeSet::from([NORTH, SOUTH]),
        disabled_at: None,
    }
}

/// Acme with Catalog and Orders, two scopes and a group; Borealis beside it.
pub(crate) fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue::default();
    for (id, name) in [(ACME, "Acme"), (BOREALIS, "Borealis")] {
        let account = Account {
            id,
            name: name.to_owned(),
            status: AccountStatus::Active,
            endpoint: None,
            rules: tokendeck::domain::Rules::default(),
        };
        catalogue.accounts.insert(id, account);
    }
    let modules =
        [(CATALOG, "Catalog", ACME), (ORDERS, "Orders", ACME), (ELSEWHERE, "eRecording", BOREALIS)];
    for (id, name, account) in modules {
        let accounts = BTreeSet::from([account]);
        catalogue.modules.insert(id, Module { id, name: name.to_owned(), accounts, paths: vec![] });
    }
    for (id, name, account) in
        [(NORTH, "North plant", ACME), (SOUTH, "South plant", ACME), (HARBOR, "Harbor", BOREALIS)]
    {
        catalogue.scopes.insert(id, Scope { id, name: name.to_owned(), account });
    }
    let access = BTreeMap::from([(ORDERS, Level::Read)]);
    let name = "Order readers".to_owned();
    catalogue.groups.insert(READERS, Group { id: READERS, name, account: Some(ACME), access });
    for (id, login, role) in [(ADA, "ada", Role::Admin), (MAX, "max", Role::Member)] {
        catalogue.users.insert(id, user(id, login, role));
    }
    catalogue
}
