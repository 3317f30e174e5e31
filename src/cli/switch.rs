//! The backends that the screens can go to: those of the settings, or in the demo the
//! people of the example. Opening one never holds up the screen.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

use async_trait::async_trait;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::backends::path;
use super::call::Invocation;
use super::connect::{self, ServerOpener};
use super::deck::realm;
use super::failure::Failure;
use crate::backend::local::{LocalBackend, LocalOptions};
use crate::backend::{Answer, Backend, BackendError, Cause};
use crate::config;
use crate::domain::{Catalogue, Operator, User};
use crate::tui::{BackendChoice, Backends, Hue};

/// Those of the settings.
pub(super) struct Configured {
    known: BTreeMap<String, config::BackendSettings>,
    /// What the one in force is opened with, where it is a store: `--store` may have
    /// put it elsewhere.
    first: LocalOptions,
    /// Whether nothing may be changed anywhere.
    read_only: bool,
    asker: ServerOpener,
}

impl Configured {
    /// Those that this call knows of.
    pub(super) fn of(call: &Invocation) -> Self {
        Self {
            known: call.settings.config.backends.clone(),
            first: call.local_options(),
            read_only: call.settings.read_only_everywhere,
            asker: ServerOpener::of(call).on_screen(),
        }
    }

    fn options(&self, name: &str, backend: &config::BackendSettings) -> LocalOptions {
        if name == self.first.name {
            return self.first.clone();
        }
        let read_only = self.read_only || backend.read_only;
        LocalOptions { path: path(backend), name: name.to_owned(), read_only, ..self.first.clone() }
    }
}

#[async_trait]
impl Backends for Configured {
    fn offers(&self) -> Vec<BackendChoice> {
        let place = |name: &str, backend: &config::BackendSettings| {
            let here = || self.options(name, backend).path.display().to_string();
            backend.url.clone().unwrap_or_else(here)
        };
        let offer = |(name, backend): (&String, &config::BackendSettings)| BackendChoice {
            name: name.clone(),
            kind: backend.kind.to_string(),
            place: place(name, backend),
            hue: backend.colour.and_then(|colour| Hue::named(&colour.to_string())),
            held: backend.held(name),
        };
        self.known.iter().map(offer).collect()
    }

    fn first(&self) -> String {
        self.first.name.clone()
    }

    async fn open(&self, name: &str) -> Answer<Arc<dyn Backend>> {
        let unknown = || Failure::Usage(format!("there is no backend '{name}' in the settings"));
        let backend = self.known.get(name).ok_or_else(unknown).map_err(told)?;
        let (name, options) = (name.to_owned(), self.options(name, backend));
        let Some(remote) = backend.remote() else {
            return aside(move || Ok(LocalBackend::open_or_init(options)? as _)).await;
        };
        let asker = self.asker.clone();
        // A command that prints it ends with this wait, so it is no thread's.
        let credential = asker.credential(&name, &remote).await.map_err(told)?;
        aside(move || connect::with(credential, &asker, &name, &remote)).await
    }
}

/// The people of the example, each at work on the same copy of it.
pub(super) struct DemoPeople {
    options: LocalOptions,
    first: String,
    offers: Vec<BackendChoice>,
}

impl DemoPeople {
    /// All of this catalogue; the one at work first.
    pub(super) fn of(options: LocalOptions, at_work: &Operator, catalogue: &Catalogue) -> Self {
        let mut users: Vec<_> = catalogue.users.values().collect();
        users.sort_by_key(|user| (user.login != at_work.login, user.id));
        let offer = |user: &&User| BackendChoice {
            name: user.login.clone(),
            kind: user.role.to_string(),
            place: format!("{}, {}", user.name, realm(&Operator::of(user, None), catalogue)),
            hue: None,
            held: None,
        };
        let offers = users.iter().map(offer).collect();
        Self { options, first: at_work.login.clone(), offers }
    }
}

#[async_trait]
impl Backends for DemoPeople {
    fn offers(&self) -> Vec<BackendChoice> {
        self.offers.clone()
    }

    fn first(&self) -> String {
        self.first.clone()
    }

    async fn open(&self, name: &str) -> Answer<Arc<dyn Backend>> {
        let options = LocalOptions { login: Some(name.to_owned()), ..self.options.clone() };
        aside(move || Ok(LocalBackend::open(options)? as Arc<dyn Backend>)).await
    }
}

/// Opens on a thread of its own: a disk may be slow. Nobody waits for that thread when
/// the program ends.
async fn aside(
    open: impl FnOnce() -> Result<Arc<dyn Backend>, Failure> + Send + 'static,
) -> Answer<Arc<dyn Backend>> {
    let (done, opened) = oneshot::channel();
    let runtime = Handle::current();
    thread::spawn(move || {
        // A backend has tasks that follow it.
        let _inside = runtime.enter();
        // Whoever asked may have given up.
        drop(done.send(open()));
    });
    let gone = || Failure::Screen("a fault of ours ended it".to_owned());
    opened.await.unwrap_or_else(|_| Err(gone())).map_err(told)
}

/// A failure in the words of a backend.
fn told(failure: Failure) -> BackendError {
    let cause = match failure {
        Failure::Backend { error, .. } => return error,
        Failure::Screen(_) => Cause::Fault,
        Failure::Unknown { .. } | Failure::Undelivered { .. } => Cause::Open,
        Failure::Write { .. } | Failure::Folder(_) | Failure::Stream(_) => Cause::File,
        Failure::Arguments(_)
        | Failure::Usage(_)
        | Failure::Unreadable(_)
        | Failure::Config(_)
        | Failure::Declined => Cause::Settings,
    };
    BackendError::new(cause, failure.message())
}
