//! Opens the backend that the settings name: a store on this machine, or a server
//! with the operator's credential.

use std::path::Path;
use std::sync::Arc;

use secrecy::SecretString;

use super::call::Invocation;
use super::credential::{self, AskedBy};
use super::failure::Failure;
use crate::backend::derived::JobsHere;
use crate::backend::local::LocalBackend;
use crate::backend::remote::{Patience, RemoteBackend, RemoteOptions};
use crate::backend::{Backend, BackendError, Cause, Trouble};
use crate::config::Remote;
use crate::domain::Time;
use crate::wire::Run;

/// A backend, and the store itself where it is one on this machine.
pub(super) type OpenedBackend = (Arc<dyn Backend>, Option<Arc<LocalBackend>>);

/// What a store on this machine is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// A command.
    Command,
    /// The screen: a first start makes the store.
    Screen,
    /// Whoever presents a value.
    Bearer,
}

/// The backend in force.
pub(super) async fn open(call: &Invocation<'_>, what: For) -> Result<OpenedBackend, Failure> {
    if let Some(remote) = &call.settings.remote {
        let moment = match what {
            For::Command | For::Bearer => AskedBy::ForCommand,
            For::Screen => AskedBy::BeforeScreen,
        };
        let asker = ServerOpener { asked: moment, ..ServerOpener::of(call) };
        let server = opened(&asker, &call.settings.backend, remote).await?;
        let server = match &call.reason {
            Some(reason) => Arc::new(server.because(reason.clone())),
            None => server,
        };
        return Ok((JobsHere::over(server), None));
    }
    let options = call.local_options();
    let opened = match what {
        For::Command => LocalBackend::open(options),
        For::Screen => LocalBackend::open_or_init(options),
        // What is only tried is no use of the token.
        For::Bearer if call.common.dry_run => LocalBackend::open_for_verify(options, Run::Dry),
        For::Bearer => LocalBackend::open_for_verify(options, Run::Real),
    };
    let store = opened.map_err(|error| or_elsewhere(error, call))?;
    let store = match &call.reason {
        Some(reason) => Arc::new(store.because(reason.clone())),
        None => store,
    };
    Ok((Arc::clone(&store) as Arc<dyn Backend>, Some(store)))
}

/// Where there is no store here, the backends that may have been meant.
fn or_elsewhere(error: BackendError, call: &Invocation) -> BackendError {
    let others = call.settings.config.backends.keys();
    let others: Vec<_> = others.filter(|name| **name != call.settings.backend).collect();
    if error.cause != Cause::Store(Trouble::Missing) || others.is_empty() {
        return error;
    }
    let flags: Vec<_> = others.iter().map(|name| format!("--backend {name}")).collect();
    let message = format!(
        "{error}; or did you mean {}? default_backend in the settings saves the flag",
        flags.join(" or ")
    );
    BackendError::new(error.cause, message)
}

/// Who opens a server, and from where.
#[derive(Debug, Clone)]
pub(super) struct ServerOpener {
    /// Whom a local store is to take the operator for.
    login: Option<String>,
    /// The time a clock is frozen at.
    now: Option<Time>,
    read_only: bool,
    /// When a credential is asked for.
    asked: AskedBy,
}

impl ServerOpener {
    /// Whoever calls the program.
    pub(super) fn of(call: &Invocation) -> Self {
        Self {
            login: call.settings.login.clone(),
            now: call.common.now,
            read_only: call.settings.read_only_everywhere,
            asked: AskedBy::ForCommand,
        }
    }

    /// The same from within the screen: the terminal is taken.
    pub(super) fn on_screen(self) -> Self {
        Self { asked: AskedBy::OnScreen, ..self }
    }

    /// Refuses what can't be said to a server.
    fn may_ask(&self, name: &str) -> Result<(), Failure> {
        if self.login.is_some() {
            return Err(Failure::Usage(format!(
                "'{name}' is a server and knows you by your credential: leave --as out"
            )));
        }
        if self.now.is_some() {
            return Err(Failure::Usage(format!(
                "'{name}' is a server with a clock of its own: leave --now out"
            )));
        }
        Ok(())
    }

    /// The credential for a server.
    pub(super) async fn credential(
        &self,
        name: &str,
        remote: &Remote,
    ) -> Result<SecretString, Failure> {
        self.may_ask(name)?;
        credential::of(&remote.credential, self.asked).await
    }
}

/// A server by its settings. Nothing is sent yet.
pub(super) async fn server(
    asker: &ServerOpener,
    name: &str,
    remote: &Remote,
) -> Result<Arc<dyn Backend>, Failure> {
    Ok(JobsHere::over(opened(asker, name, remote).await?))
}

async fn opened(
    asker: &ServerOpener,
    name: &str,
    remote: &Remote,
) -> Result<Arc<RemoteBackend>, Failure> {
    let credential = asker.credential(name, remote).await?;
    reached(credential, asker, name, remote)
}

/// A server whose credential is there.
pub(super) fn with(
    credential: SecretString,
    asker: &ServerOpener,
    name: &str,
    remote: &Remote,
) -> Result<Arc<dyn Backend>, Failure> {
    Ok(JobsHere::over(reached(credential, asker, name, remote)?))
}

fn reached(
    credential: SecretString,
    asker: &ServerOpener,
    name: &str,
    remote: &Remote,
) -> Result<Arc<RemoteBackend>, Failure> {
    let ca = remote.ca_file.as_deref().map(read).transpose()?;
    let options = RemoteOptions {
        name: name.to_owned(),
        url: remote.url.clone(),
        credential,
        ca,
        read_only: asker.read_only || remote.read_only,
        patience: Patience::default(),
    };
    Ok(RemoteBackend::open(options)?)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path)
        .map_err(|error| Failure::Usage(format!("cannot read '{}': {error}", path.display())))
}
