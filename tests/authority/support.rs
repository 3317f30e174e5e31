//! An example store in a folder of its own, and backends on it at a fixed time.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;
use tokendeck::authority::{Authority, Caller};
use tokendeck::backend::local::{self, InitKind, LocalBackend, LocalOptions, StorePlace};
use tokendeck::backend::{Backend, BackendError};
use tokendeck::domain::verify::{Rejection, Request};
use tokendeck::domain::{
    Actor, Change, EventAction, Level, ModuleId, NewEvent, Query, ScopeId, Settings, Status,
    Subject, Time, TokenDraft, TokenId, TokenValue, User, Window,
};
use tokendeck::store::sqlite::SqliteStore;
use tokendeck::store::{self, Store, StoreHead};
use tokendeck::wire::{BulkCall, Plan, TokenView};

pub(crate) fn now() -> Time {
    "2026-03-10T12:00:00Z".parse().unwrap()
}

pub(crate) struct World {
    folder: TempDir,
    kind: Option<InitKind>,
}

impl World {
    pub(crate) fn example() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap(), kind: None };
        let kind = InitKind::Example { shift_to: None };
        local::init(&local::NewPlace::of(&world.path()).unwrap(), kind, "tester").unwrap();
        Self { kind: Some(kind), ..world }
    }

    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), kind: None }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("deck").join("store.db")
    }

    /// The place of its store, as it is now.
    pub(crate) fn place(&self) -> StorePlace {
        StorePlace::of(&self.path()).unwrap()
    }

    pub(crate) fn options(&self, login: &str) -> LocalOptions {
        LocalOptions {
            path: self.path(),
            login: Some(login.to_owned()),
            system_login: "tester".to_owned(),
            now: self.kind.map(|_| now()),
            read_only: false,
            name: "local".to_owned(),
        }
    }

    pub(crate) fn backend(&self, login: &str) -> Arc<LocalBackend> {
        LocalBackend::open(self.options(login)).unwrap()
    }

    pub(crate) fn store(&self) -> SqliteStore {
        SqliteStore::open(&self.path()).unwrap()
    }

    pub(crate) fn head(&self) -> StoreHead {
        let store = self.store();
        store::read(&store as &dyn Store, |state| state.head()).unwrap()
    }
}

/// The id of the token of that number: `token(1)` is robot-1.
/// What doing this would come to.
pub(crate) fn planned<V: BulkCall>(
    authority: &Authority,
    caller: &Caller,
    verb: V,
    target: V::Target,
) -> Plan<V> {
    V::plan(authority.plan(caller, &verb.ask(target)).unwrap()).unwrap()
}

pub(crate) fn token(number: u64) -> TokenId {
    TokenId::new(1000_0000 + number)
}

pub(crate) fn value(name: &str) -> TokenValue {
    let values: BTreeMap<String, String> =
        toml::from_str(include_str!("../../config/demo/values.toml")).unwrap();
    TokenValue::parse(&values[name]).unwrap()
}

pub(crate) fn module(number: u64) -> ModuleId {
    ModuleId::new(number)
}

pub(crate) fn draft(name: &str) -> TokenDraft {
    TokenDraft {
        account: Some("ACC-0001-0001".parse().unwrap()),
        owner: None,
        guid: None,
        settings: Settings {
            name: name.to_owned(),
            access: BTreeMap::from([(module(1), Level::Read)]),
            scopes: [ScopeId::new(1)].into(),
            enabled: true,
            ..Settings::default()
        },
    }
}

pub(crate) async fn all(backend: &LocalBackend) -> Vec<TokenView> {
    backend.list(Query::default(), Window::ALL).await.unwrap().tokens
}

pub(crate) async fn names(backend: &LocalBackend, query: Query) -> Vec<String> {
    let page = backend.list(query, Window::ALL).await.unwrap();
    page.tokens.into_iter().map(|view| view.token.name).collect()
}

pub(crate) async fn show(backend: &LocalBackend, id: TokenId) -> TokenView {
    backend.show(id.to_string()).await.unwrap()
}

pub(crate) async fn status(backend: &LocalBackend, id: TokenId) -> Status {
    show(backend, id).await.status
}

/// Nothing where the value passes, else why not.
pub(crate) async fn rejection(backend: &LocalBackend, value: TokenValue) -> Option<Rejection> {
    backend.verify(value, Request::default()).await.unwrap().reason
}

pub(crate) fn code<T: std::fmt::Debug>(answer: Result<T, BackendError>) -> &'static str {
    answer.expect_err("it should be refused").code()
}

pub(crate) fn text<T: std::fmt::Debug>(answer: Result<T, BackendError>) -> String {
    answer.expect_err("it should be refused").to_string()
}

/// Changes a user as another process would.
pub(crate) fn change_user(world: &World, login: &str, change: impl Fn(&mut User)) {
    world
        .store()
        .commit(&mut |state| {
            let catalogue = state.catalogue()?;
            let mut user = catalogue.user_by_login(login).unwrap().clone();
            change(&mut user);
            let event = NewEvent {
                at: now(),
                by: Actor::default(),
                subject: Subject::User(user.id),
                action: EventAction::Edited,
                details: vec![],
            };
            Ok(vec![Change::User(user, event)])
        })
        .unwrap();
}

/// Removes a user as another process would.
pub(crate) fn remove_user(world: &World, login: &str) {
    world
        .store()
        .commit(&mut |state| {
            let id = state.catalogue()?.user_by_login(login).unwrap().id;
            let (by, subject) = (Actor::default(), Subject::User(id));
            let action = EventAction::Deleted;
            let event = NewEvent { at: now(), by, subject, action, details: vec![] };
            Ok(vec![Change::RemoveUser(id, event)])
        })
        .unwrap();
}

/// Commits an event of that time, as a process with another clock would.
pub(crate) fn event_at(world: &World, at: Time) {
    let (by, subject) = (Actor::default(), Subject::Store);
    let event = NewEvent { at, by, subject, action: EventAction::Migrated, details: vec![] };
    world.store().commit(&mut |_| Ok(vec![Change::Record(event.clone())])).unwrap();
}
