//! What a settings file can say in the right form and still not mean. One
//! function a rule; all failures are reported at once.

use super::{Config, ConfigError, remote};
use crate::text::nearest;

/// Checks every rule.
pub fn validate(config: &Config) -> Result<(), ConfigError> {
    let rules = [
        validate_default_backend,
        validate_backend_names,
        validate_paths,
        validate_kinds,
        validate_reveal_seconds,
        validate_escape_ms,
    ];
    let problems: Vec<_> = rules.iter().flat_map(|rule| rule(config)).collect();
    if problems.is_empty() { Ok(()) } else { Err(ConfigError(problems)) }
}

fn validate_default_backend(config: &Config) -> Vec<String> {
    let names = || config.backends.keys().map(String::as_str);
    let wanted = &config.default_backend;
    if config.backends.contains_key(wanted) {
        return vec![];
    }
    let hint = nearest(wanted, names()).map_or_else(
        || format!("known are: {}", names().collect::<Vec<_>>().join(", ")),
        |name| format!("did you mean '{name}'?"),
    );
    vec![format!("default_backend: there is no backend '{wanted}'; {hint}")]
}

fn validate_backend_names(config: &Config) -> Vec<String> {
    let plain = |name: &str| {
        !name.is_empty()
            && name.len() <= 32
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    let wrong = config.backends.keys().filter(|name| !plain(name));
    wrong
        .map(|name| {
            format!(
                "backends: '{name}' is not a name: up to 32 letters, digits, hyphens, underscores"
            )
        })
        .collect()
}

fn validate_paths(config: &Config) -> Vec<String> {
    let folder = Some(&config.ui.export_dir).filter(|path| path.as_os_str().is_empty());
    let folder = folder.map(|_| "ui.export_dir: is empty; name a folder".to_owned());
    let empty = config.backends.iter().filter(|(_, backend)| {
        backend.path.as_ref().is_some_and(|path| path.as_os_str().is_empty())
    });
    let empty = empty.map(|(name, _)| format!("backends.{name}.path: is empty; name a file"));
    empty.chain(folder).collect()
}

fn validate_kinds(config: &Config) -> Vec<String> {
    config.backends.iter().flat_map(|(name, backend)| remote::faults(name, backend)).collect()
}

fn validate_reveal_seconds(config: &Config) -> Vec<String> {
    within("ui.reveal_seconds", config.ui.reveal_seconds, 3_600)
}

fn validate_escape_ms(config: &Config) -> Vec<String> {
    within("ui.escape_ms", config.ui.escape_ms, 1_000)
}

fn within(key: &str, value: u32, most: u32) -> Vec<String> {
    if (1..=most).contains(&value) {
        vec![]
    } else {
        vec![format!("{key}: '{value}' is out of range: 1 to {most}")]
    }
}
