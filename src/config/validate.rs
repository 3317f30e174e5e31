//! What a settings file can say in the right form and still not mean. One
//! function a rule; all failures are reported at once.

use super::contents::{BackendSettings, Config};
use super::fault::SettingFault;
use super::judge::Judge;
use super::{own, remote};
use crate::text::meant_or_known;

/// Checks every rule but that of the default backend, which may stand in another file.
pub(super) fn validate(config: &Config, judge: &dyn Judge) -> Vec<SettingFault> {
    let backends = config.backends.iter().flat_map(|(name, found)| backend(name, found, judge));
    let rules = [export_dir, reveal_seconds, escape_ms];
    let own = config.commands.iter().flat_map(|(name, command)| own::faults(name, command));
    backends.chain(own).chain(rules.iter().flat_map(|rule| rule(config))).collect()
}

/// Checks that the default backend is one there is.
pub(super) fn default_backend(config: &Config) -> Vec<SettingFault> {
    let wanted = &config.default_backend;
    if config.backends.contains_key(wanted) {
        return vec![];
    }
    let hint = meant_or_known(wanted, config.backends.keys().map(String::as_str));
    vec![SettingFault::at(&["default_backend"], format!("there is no backend '{wanted}'; {hint}"))]
}

/// What is wrong with the name of a backend, which is also said on command lines and shown
/// in every title; none = nothing.
pub fn name_fault(name: &str) -> Option<String> {
    let plain = !name.is_empty()
        && name.len() <= 32
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let message =
        || format!("'{name}' is not a name: up to 32 letters, digits, hyphens, underscores");
    (!plain).then(message)
}

fn backend(name: &str, backend: &BackendSettings, judge: &dyn Judge) -> Vec<SettingFault> {
    let mut wrong = Vec::new();
    wrong.extend(name_fault(name).map(|message| SettingFault::at(&["backends", name], message)));
    let files = [
        ("path", &backend.path),
        ("credential_file", &backend.credential_file),
        ("ca_file", &backend.ca_file),
    ];
    let empty = |path: &Option<std::path::PathBuf>| {
        path.as_ref().is_some_and(|path| path.as_os_str().is_empty())
    };
    let empty = files.iter().filter(|(_, path)| empty(path));
    wrong.extend(
        empty.map(|(key, _)| SettingFault::at(&["backends", name, key], "is empty; name a file")),
    );
    wrong.extend(remote::faults(name, backend));
    let url = backend.url.as_ref().filter(|url| !url.trim().is_empty());
    let url = url.and_then(|url| judge.url(url));
    wrong.extend(url.map(|why| SettingFault::at(&["backends", name, "url"], why)));
    wrong
}

fn export_dir(config: &Config) -> Vec<SettingFault> {
    let empty = config.ui.export_dir.as_os_str().is_empty();
    empty
        .then(|| SettingFault::at(&["ui", "export_dir"], "is empty; name a folder"))
        .into_iter()
        .collect()
}

fn reveal_seconds(config: &Config) -> Vec<SettingFault> {
    within("reveal_seconds", config.ui.reveal_seconds, 3_600)
}

fn escape_ms(config: &Config) -> Vec<SettingFault> {
    within("escape_ms", config.ui.escape_ms, 1_000)
}

fn within(key: &str, value: u32, most: u32) -> Vec<SettingFault> {
    if (1..=most).contains(&value) {
        return vec![];
    }
    vec![SettingFault::at(&["ui", key], format!("'{value}' is out of range: 1 to {most}"))]
}
