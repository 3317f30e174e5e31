//! Opens the backend that the settings name: a store on this machine, or a server
//! with the credential that lies in a file or comes from a command.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::call::Call;
use super::failure::Failure;
use crate::backend::local::LocalBackend;
use crate::backend::remote::{Patience, RemoteBackend, RemoteOptions};
use crate::backend::{Backend, BackendError};
use crate::config::{CredentialSource, Remote};
use crate::domain::{OperatorSecret, Time};
use crate::wire::Run;

/// A backend, and the store itself where it is one on this machine.
pub(super) type Opened = (Arc<dyn Backend>, Option<Arc<LocalBackend>>);

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
pub(super) fn open(call: &Call, what: For) -> Result<Opened, Failure> {
    if let Some(remote) = &call.settings.remote {
        let server = server(&Asker::of(call), &call.settings.backend, remote)?;
        return Ok((server, None));
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
    Ok((Arc::clone(&store) as Arc<dyn Backend>, Some(store)))
}

/// Where there is no store here, the backends that may have been meant.
fn or_elsewhere(error: BackendError, call: &Call) -> BackendError {
    let others = call.settings.config.backends.keys();
    let others: Vec<_> = others.filter(|name| **name != call.settings.backend).collect();
    match error {
        BackendError::Unavailable { code: code @ "store_missing", message, exit_code }
            if !others.is_empty() =>
        {
            let flags: Vec<_> = others.iter().map(|name| format!("--backend {name}")).collect();
            let message = format!(
                "{message}; or did you mean {}? default_backend in the settings saves the flag",
                flags.join(" or ")
            );
            BackendError::Unavailable { code, message, exit_code }
        }
        error => error,
    }
}

/// Who opens a server, and from where.
#[derive(Debug, Clone)]
pub(super) struct Asker {
    /// Whom a local store is to take the operator for.
    login: Option<String>,
    /// The time a clock is frozen at.
    now: Option<Time>,
    read_only: bool,
    /// Whether a command that prints a credential has the terminal to itself.
    has_terminal: bool,
}

impl Asker {
    /// Whoever calls the program.
    pub(super) fn of(call: &Call) -> Self {
        Self {
            login: call.settings.login.clone(),
            now: call.common.now,
            read_only: call.settings.read_only,
            has_terminal: true,
        }
    }

    /// The same from within the screen: the terminal is taken.
    pub(super) fn on_screen(self) -> Self {
        Self { has_terminal: false, ..self }
    }
}

/// A server by its settings. Nothing is sent yet.
pub(super) fn server(
    asker: &Asker,
    name: &str,
    remote: &Remote,
) -> Result<Arc<dyn Backend>, Failure> {
    if asker.login.is_some() {
        return Err(Failure::Usage(format!(
            "'{name}' is a server and knows you by your credential: leave --as out"
        )));
    }
    if asker.now.is_some() {
        let message = format!("'{name}' is a server with a clock of its own: leave --now out");
        return Err(Failure::Usage(message));
    }
    let ca = remote.ca_file.as_deref().map(read).transpose()?;
    let options = RemoteOptions {
        name: name.to_owned(),
        url: remote.url.clone(),
        credential: credential(&remote.credential, asker.has_terminal)?,
        ca,
        read_only: asker.read_only,
        patience: Patience::default(),
    };
    Ok(RemoteBackend::open(options)?)
}

/// The credential in that file.
pub(super) fn credential_in(path: &Path) -> Result<SecretString, Failure> {
    credential(&CredentialSource::File(path.to_owned()), true)
}

/// The credential. Its text is never told, not even where it is none.
fn credential(source: &CredentialSource, has_terminal: bool) -> Result<SecretString, Failure> {
    let (text, place) = match source {
        CredentialSource::File(path) => (private(path)?, format!("'{}'", path.display())),
        CredentialSource::Command(words) => {
            (printed(words, has_terminal)?, format!("'{}'", words.join(" ")))
        }
    };
    let secret = OperatorSecret::parse(&text).ok_or_else(|| {
        Failure::Usage(format!(
            "{place} holds no operator credential: 'tokendeck operator create' prints one"
        ))
    })?;
    Ok(SecretString::from(secret.expose().to_owned()))
}

/// The text of a file that nobody else can read.
fn private(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let shown = path.display();
    let failed = |error: io::Error| Failure::Usage(format!("cannot read '{shown}': {error}"));
    let mut file = File::open(path).map_err(failed)?;
    let mode = file.metadata().map_err(failed)?.mode();
    if mode & 0o077 != 0 {
        return Err(Failure::Usage(format!(
            "'{shown}' can be read by others: chmod 600 '{shown}', and make a new credential if it was"
        )));
    }
    let mut text = Zeroizing::new(String::new());
    file.read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}

fn printed(words: &[String], has_terminal: bool) -> Result<Zeroizing<String>, Failure> {
    let shown = words.join(" ");
    let failed = |why: String| Failure::Usage(format!("credential_command '{shown}': {why}"));
    let (program, arguments) = words.split_first().ok_or_else(|| failed("is empty".to_owned()))?;
    // Its questions and errors are for the person at the terminal, if it is free.
    let output = Command::new(program)
        .args(arguments)
        .stderr(if has_terminal { Stdio::inherit() } else { Stdio::null() })
        .output()
        .map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8(output.stdout).map(Zeroizing::new);
    if !output.status.success() {
        return Err(failed(format!("ended with {}", output.status)));
    }
    text.map_err(|_| failed("printed bytes that are not UTF-8".to_owned()))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path)
        .map_err(|error| Failure::Usage(format!("cannot read '{}': {error}", path.display())))
}
