//! A store in a temporary folder, and operators who sit down at it.

use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;
use tokendeck::backend::Backend;
use tokendeck::backend::local::{InitKind, LocalBackend, LocalOptions, init};
use tokendeck::domain::Time;
use tokendeck::tui::{Options, PageSize};
use tokio::runtime::{Builder, Runtime};

use super::App;

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

    /// The store as that user's backend. The runtime is to outlive it.
    pub(crate) fn backend(&self, runtime: &Runtime, login: &str) -> Arc<dyn Backend> {
        let options = LocalOptions {
            path: self.path(),
            login: Some(login.to_owned()),
            system_login: "tester".to_owned(),
            now: self.now,
            read_only: false,
            name: "local".to_owned(),
        };
        runtime.block_on(async { LocalBackend::open(options).unwrap() })
    }

    /// The screen of that user as the checks want it: 160x50, ten rows a page.
    pub(crate) fn seat(&self, login: &str) -> App {
        self.seat_with(login, options(), (160, 50))
    }

    /// The screen of that user with these settings and of that size.
    pub(crate) fn seat_with(&self, login: &str, options: Options, size: (u16, u16)) -> App {
        let runtime = runtime();
        let backend = self.backend(&runtime, login);
        let options = Options { frozen_clock: self.now.is_some(), ..options };
        App::start(runtime, backend, options, size)
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
