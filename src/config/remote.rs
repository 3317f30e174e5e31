//! Backends that are servers: where each is, where its credential lies, and the file
//! beside the settings into which `backend add` writes them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Backend, Config, ConfigError, Kind, place};

/// The name of that file.
const BESIDE: &str = "backends.toml";

/// A server as the settings know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// Its address.
    pub url: String,
    /// Where its credential is.
    pub credential: CredentialSource,
    /// Certificates to trust beside the platform's.
    pub ca_file: Option<PathBuf>,
}

/// Where a credential is. It is never in the settings themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialSource {
    /// In a file that nobody else can read.
    File(PathBuf),
    /// On the standard output of a command, given word by word.
    Command(Vec<String>),
}

impl Backend {
    /// The server it is, if it is one and all of it is given.
    pub fn remote(&self) -> Option<Remote> {
        let credential = match (&self.credential_file, &self.credential_command) {
            (Some(path), None) => CredentialSource::File(place::expand(path)),
            (None, Some(words)) => CredentialSource::Command(words.clone()),
            _ => return None,
        };
        let url = self.url.clone().filter(|_| self.kind == Kind::Remote)?;
        let ca_file = self.ca_file.as_deref().map(place::expand);
        Some(Remote { url, credential, ca_file })
    }
}

/// What is wrong with the parts of a backend, as its kind has them or not.
pub(super) fn faults(name: &str, backend: &Backend) -> Vec<String> {
    let told = |message: &str| format!("backends.{name}: {message}");
    let remote = [
        ("url", backend.url.is_some()),
        ("credential_file", backend.credential_file.is_some()),
        ("credential_command", backend.credential_command.is_some()),
        ("ca_file", backend.ca_file.is_some()),
    ];
    if backend.kind == Kind::Local {
        let foreign = remote.iter().filter(|(_, given)| *given);
        return foreign
            .map(|(key, _)| told(&format!("'{key}' is of kind = \"remote\"; this one is local")))
            .collect();
    }
    let mut wrong = Vec::new();
    if backend.url.as_ref().is_none_or(|url| url.trim().is_empty()) {
        wrong.push(told("a server needs its url, such as https://tokens.example"));
    }
    if backend.path.is_some() {
        wrong.push(told("'path' is of kind = \"local\"; this one is a server"));
    }
    match (&backend.credential_file, &backend.credential_command) {
        (Some(_), Some(_)) => {
            wrong.push(told("give credential_file or credential_command, not both"));
        }
        (None, None) => {
            wrong.push(told("a server needs a credential_file or a credential_command"));
        }
        (None, Some(words)) if words.is_empty() => {
            wrong.push(told(
                "credential_command is empty; give its words: [\"pass\", \"show\", \"x\"]",
            ));
        }
        _ => {}
    }
    wrong
}

/// What the file beside the settings holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Beside {
    #[serde(default)]
    backends: BTreeMap<String, Backend>,
}

/// The file beside these settings.
pub fn backends_file(settings: &Path) -> PathBuf {
    settings.with_file_name(BESIDE)
}

/// Adds the backends of the file beside the settings; a name stands in one of both.
pub(super) fn add_beside(config: &mut Config, settings: &Path) -> Result<(), ConfigError> {
    let path = backends_file(settings);
    let shown = path.display();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(ConfigError::one(format!("cannot read '{shown}': {error}"))),
    };
    let beside: Beside = toml::from_str(&text)
        .map_err(|error| ConfigError::one(format!("{shown}: {error}").trim_end()))?;
    for (name, backend) in beside.backends {
        let wrong = faults(&name, &backend);
        if !wrong.is_empty() {
            return Err(ConfigError(
                wrong.iter().map(|wrong| format!("{shown}: {wrong}")).collect(),
            ));
        }
        let taken = name == super::LOCAL || config.backends.insert(name.clone(), backend).is_some();
        if taken {
            let both = format!("{shown}: there is a backend '{name}' in the settings already");
            return Err(ConfigError::one(both));
        }
    }
    Ok(())
}
