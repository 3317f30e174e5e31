//! Backends that are servers: where each is, and where its credential lies.

use std::path::{Path, PathBuf};

use super::contents::{BackendSettings, ReachedBy};
use super::fault::SettingFault;
use super::place;

/// A server as the settings know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// Its address.
    pub url: String,
    /// Where its credential is.
    pub credential: CredentialSource,
    /// Certificates to trust beside the platform's.
    pub ca_file: Option<PathBuf>,
    /// Whether this program changes nothing there.
    pub read_only: bool,
}

/// Where a credential is. It is never in the settings themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialSource {
    /// In a file that nobody else can read.
    File(PathBuf),
    /// On the standard output of a command, given word by word.
    Command(Vec<String>),
}

impl BackendSettings {
    /// The server it is, if it is one and all of it is given.
    pub fn remote(&self) -> Option<Remote> {
        let credential = match (&self.credential_file, &self.credential_command) {
            (Some(path), None) => CredentialSource::File(path.clone()),
            (None, Some(words)) => CredentialSource::Command(words.clone()),
            _ => return None,
        };
        let url = self.url.clone().filter(|_| self.kind == ReachedBy::Remote)?;
        Some(Remote { url, credential, ca_file: self.ca_file.clone(), read_only: self.read_only })
    }

    /// Its paths from the root; relative ones are meant from the folder of the file that
    /// holds them, and so is a command that is named by its path.
    pub(super) fn based_on(&mut self, folder: &Path) {
        for path in [&mut self.path, &mut self.credential_file, &mut self.ca_file] {
            *path = path.take().map(|path| place::from(folder, &path));
        }
        let program = self.credential_command.as_mut().and_then(|words| words.first_mut());
        if let Some(program) = program.filter(|program| program.contains('/')) {
            *program = place::from(folder, Path::new(program)).display().to_string();
        }
    }
}

/// What is wrong with the parts of a backend, as its kind has them or not.
pub(super) fn faults(name: &str, backend: &BackendSettings) -> Vec<SettingFault> {
    let told = |message: &str| SettingFault::at(&["backends", name], message);
    let foreign = |key: &str, message: &str| {
        SettingFault::at(&["backends", name, key], format!("is of kind = {message}"))
    };
    let remote = [
        ("url", backend.url.is_some()),
        ("credential_file", backend.credential_file.is_some()),
        ("credential_command", backend.credential_command.is_some()),
        ("ca_file", backend.ca_file.is_some()),
    ];
    if backend.kind == ReachedBy::Local {
        let given = remote.iter().filter(|(_, given)| *given);
        return given.map(|(key, _)| foreign(key, "\"remote\"; this one is local")).collect();
    }
    let mut wrong = Vec::new();
    if backend.url.as_ref().is_none_or(|url| url.trim().is_empty()) {
        wrong.push(told("a server needs its url, such as https://tokens.example"));
    }
    if backend.path.is_some() {
        wrong.push(foreign("path", "\"local\"; this one is a server"));
    }
    match (&backend.credential_file, &backend.credential_command) {
        (Some(_), Some(_)) => {
            wrong.push(told("give credential_file or credential_command, not both"));
        }
        (None, None) => {
            wrong.push(told("a server needs a credential_file or a credential_command"));
        }
        (None, Some(words)) if words.is_empty() => {
            let message = "is empty; give its words: [\"pass\", \"show\", \"x\"]";
            wrong.push(SettingFault::at(&["backends", name, "credential_command"], message));
        }
        _ => {}
    }
    wrong
}
