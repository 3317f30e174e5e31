//! A store in a temporary folder, and operators who sit down at it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;
use tokendeck::backend::Backend;
use tokendeck::backend::local::{InitKind, LocalBackend, LocalOptions, init};
use tokendeck::cli::state_file::StateFile;
use tokendeck::domain::entry::UserDraft;
use tokendeck::domain::verify::Request;
use tokendeck::domain::{
    EntryDraft, EntryId, Module, ModuleId, Query, Settings, Time, TokenValue, Verb, Window,
};
use tokendeck::tui::{Memory, Options, PageSize};
use tokendeck::wire::{Edit, EntryEdit, Run, TokenView};
use tokio::runtime::{Builder, Runtime};

use super::App;
use super::seats::{Seat, Seats};

/// The moment of all checks.
pub(crate) const NOW: &str = "2026-03-10T12:00:00Z";

/// A store that several may open.
pub(crate) struct Desk {
    folder: TempDir,
    now: Option<Time>,
}

impl Desk {
    /// The example store.
    pub(crate) fn example() -> Self {
        let desk = Self { folder: TempDir::new().unwrap(), now: Some(NOW.parse().unwrap()) };
        init(&desk.path(), InitKind::Example { shift_to: None }, "tester").unwrap();
        desk
    }

    /// The example store, looked at another day.
    pub(crate) fn example_at(now: &str) -> Self {
        Self { now: Some(now.parse().unwrap()), ..Self::example() }
    }

    /// A new store with nothing in it.
    pub(crate) fn empty() -> Self {
        let desk = Self { folder: TempDir::new().unwrap(), now: None };
        init(&desk.path(), InitKind::Normal, "tester").unwrap();
        desk
    }

    /// Where it is.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }

    /// Where the view state of those who sit here is kept.
    pub(crate) fn state_path(&self) -> PathBuf {
        self.folder.path().join("state/state.toml")
    }

    /// What keeps it.
    pub(crate) fn memory(&self) -> Arc<dyn Memory> {
        Arc::new(StateFile::new(self.state_path()))
    }

    /// The store as that user's backend. The runtime is to outlive it.
    pub(crate) fn backend(&self, runtime: &Runtime, login: &str) -> Arc<dyn Backend> {
        #[cfg(feature = "server")]
        if super::served::is_wanted() {
            return runtime.block_on(super::served::backend(self.local_options("rosa"), login));
        }
        let options = self.local_options(login);
        runtime.block_on(async { LocalBackend::open(options).unwrap() })
    }

    fn local_options(&self, login: &str) -> LocalOptions {
        LocalOptions {
            path: self.path(),
            login: Some(login.to_owned()),
            system_login: "tester".to_owned(),
            now: self.now,
            read_only: false,
            name: "local".to_owned(),
        }
    }

    /// What the store is opened with for that user, from a screen that calls it `demo`.
    fn options(&self, login: &str) -> LocalOptions {
        LocalOptions {
            path: self.path(),
            login: Some(login.to_owned()),
            system_login: "tester".to_owned(),
            now: self.now,
            read_only: false,
            name: "demo".to_owned(),
        }
    }

    /// The screen of the first of these users, from which the others are a switch
    /// away; and these backends beside them.
    pub(crate) fn seat_among(
        &self,
        logins: &[&str],
        others: Vec<(&str, Seat)>,
        size: (u16, u16),
    ) -> App {
        let runtime = runtime();
        let (first, store) = (logins[0], |login: &str| Seat::Store(self.options(login)));
        let mut seats: BTreeMap<_, _> =
            logins.iter().map(|login| ((*login).to_owned(), store(login))).collect();
        seats.extend(others.into_iter().map(|(name, seat)| (name.to_owned(), seat)));
        let backend = runtime.block_on(async { LocalBackend::open(self.options(first)).unwrap() });
        let seats = Arc::new(Seats { first: first.to_owned(), seats });
        let options = Options { frozen_clock: self.now.is_some(), ..options() };
        App::start_among(runtime, (backend, seats), self.memory(), options, size)
    }

    /// Does something to a token as another process of that user would.
    pub(crate) fn act(&self, login: &str, verb: &str, name: &str) {
        let runtime = runtime();
        let backend = self.backend(&runtime, login);
        let verb = verb.parse::<Verb>().unwrap();
        runtime.block_on(async {
            let id = backend.show(name.to_owned()).await.unwrap().token.id;
            backend.act(verb, id, None).await.unwrap();
        });
    }

    /// Adds modules to Acme, called `extra-001` and so on.
    pub(crate) fn add_modules(&self, login: &str, count: usize) {
        let runtime = runtime();
        let backend = self.backend(&runtime, login);
        let mut all = runtime.block_on(backend.catalogue()).unwrap();
        let like = all.modules.values().next().unwrap().clone();
        for number in 1..=count {
            let id = ModuleId::new(1_000 + number as u64);
            let (name, paths) = (format!("extra-{number:03}"), vec![]);
            all.modules.insert(id, Module { id, name, paths, accounts: like.accounts.clone() });
        }
        runtime.block_on(backend.import_catalogue(all, Run::Real)).unwrap();
    }

    /// Gives a token another name.
    pub(crate) fn rename(&self, name: &str, to: &str) {
        let runtime = runtime();
        let backend = self.backend(&runtime, "rosa");
        runtime.block_on(async {
            let token = backend.show(name.to_owned()).await.unwrap().token;
            let settings = Settings { name: to.to_owned(), ..Settings::of(&token) };
            let edit = Edit { version: token.version, settings, new_value: false, guid: None };
            backend.edit(token.id, edit, Run::Real).await.unwrap();
        });
    }

    /// Takes the permission to manage tokens from a user.
    pub(crate) fn take_permission(&self, login: &str) {
        let runtime = runtime();
        let backend = self.backend(&runtime, "rosa");
        runtime.block_on(async {
            let catalogue = backend.catalogue().await.unwrap();
            let user = catalogue.users.values().find(|user| user.login == login).unwrap();
            let draft = UserDraft { manage_tokens: false, ..user.draft() };
            let edit = EntryEdit { seen: None, draft: EntryDraft::User(draft) };
            backend.edit_entry(EntryId::User(user.id), edit, Run::Real).await.unwrap();
        });
    }

    /// Whether a gateway would let a value pass, and if not, why.
    pub(crate) fn verify(&self, value: &str) -> Result<(), String> {
        self.verify_as("rosa", value)
    }

    /// The same, asked as that user.
    pub(crate) fn verify_as(&self, login: &str, value: &str) -> Result<(), String> {
        let runtime = runtime();
        let backend = self.backend(&runtime, login);
        let value = TokenValue::parse(value).unwrap();
        let answer = runtime.block_on(backend.verify(value, Request::default())).unwrap();
        answer.reason.map_or(Ok(()), |reason| Err(reason.to_string()))
    }

    /// Whether it would be let pass to a module with that method, and if not, why.
    pub(crate) fn verify_for(&self, value: &str, module: &str, method: &str) -> Result<(), String> {
        let runtime = runtime();
        let backend = self.backend(&runtime, "rosa");
        let request =
            Request { module: Some(module.parse().unwrap()), method: method.parse().unwrap() };
        let value = TokenValue::parse(value).unwrap();
        let answer = runtime.block_on(backend.verify(value, request)).unwrap();
        answer.reason.map_or(Ok(()), |reason| Err(reason.to_string()))
    }

    /// Every token with its status and version.
    pub(crate) fn statuses(&self) -> Vec<String> {
        let runtime = runtime();
        let backend = self.backend(&runtime, "rosa");
        let page = runtime.block_on(backend.list(Query::default(), Window::ALL)).unwrap();
        let line =
            |view: &TokenView| format!("{} {} {}", view.token.id, view.status, view.token.version);
        page.tokens.iter().map(line).collect()
    }

    /// The screen of that user as the checks want it: 160x50, ten rows a page.
    pub(crate) fn seat(&self, login: &str) -> App {
        self.seat_with(login, &options(), (160, 50))
    }

    /// The screen of that user with these settings and of that size.
    pub(crate) fn seat_with(&self, login: &str, options: &Options, size: (u16, u16)) -> App {
        let runtime = runtime();
        let backend = self.backend(&runtime, login);
        let options = Options { frozen_clock: self.now.is_some(), ..options.clone() };
        App::start(runtime, backend, self.memory(), options, size)
    }
}

/// The settings of the checks.
pub(crate) fn options() -> Options {
    Options { page_size: PageSize::Rows(10), unicode: false, ..Options::default() }
}

/// One thread for the loop; the backend's calls have their own.
pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// A value of the example, from the list beside it.
pub(crate) fn value(name: &str) -> String {
    let values: toml::Table = include_str!("../../config/demo/values.toml").parse().unwrap();
    values[name].as_str().unwrap().to_owned()
}
