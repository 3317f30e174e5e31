//! The file beside the settings, into which `backend add` writes servers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::contents::{BackendSettings, Config, LOCAL};
use super::error::ConfigError;
use super::fault::SettingFault;
use super::written::{SettingsFile, explain};

/// The name of that file.
const BESIDE: &str = "backends.toml";

/// What the file beside the settings holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Beside {
    #[serde(default)]
    backends: BTreeMap<String, BackendSettings>,
}

/// The file beside these settings.
pub fn backends_file(settings: &Path) -> PathBuf {
    settings.with_file_name(BESIDE)
}

/// The file beside the settings, as it was read. Where it is none it is as if empty.
pub(super) fn read_beside(settings: &Path) -> Result<SettingsFile, ConfigError> {
    let path = backends_file(settings);
    let written = SettingsFile::read(&path)?.unwrap_or_default();
    let beside: Beside =
        toml::from_str(&written.text).map_err(|error| explain(&written, &error))?;
    let config = Config { backends: beside.backends, ..Config::default() };
    Ok(SettingsFile { config, ..written })
}

/// Adds the backends of the file beside the settings; a name stands in one of both.
pub(super) fn add_beside(config: &mut Config, beside: &Config) -> Vec<SettingFault> {
    let mut wrong = Vec::new();
    for (name, backend) in &beside.backends {
        if name == LOCAL || config.backends.insert(name.clone(), backend.clone()).is_some() {
            let message = "there is a backend of that name in the settings already";
            wrong.push(SettingFault::at(&["backends", name], message));
        }
    }
    wrong
}
