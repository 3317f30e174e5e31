//! Lays flags over the environment over the file over the defaults, and keeps the
//! source of each value.

use std::path::{Path, PathBuf};

use super::error::ConfigError;
use super::judge::Judge;
use super::layers::{Layers, Variables};
use super::loaded::{Environment, Flags, Loaded, SettingSource};
use super::written::SettingsFile;
use super::{beside, place, validate, views};
use crate::domain::view::Views;

/// The settings in force under these flags and this environment, all of them checked:
/// whoever needs only some of them is told of a slip in the rest as well.
pub fn load(
    flags: &Flags,
    environment: Environment<'_>,
    judge: &dyn Judge,
) -> Result<Loaded, ConfigError> {
    let variables = Variables(environment);
    let (path, source) = find_file(flags, &variables);
    let mut file = read_file(path.as_deref(), &source)?;
    let mut faults = [file.faults(judge), file.open_to_others()].concat();
    let mut wrong = Vec::new();
    if let Some(path) = &path {
        let folder = path.parent().unwrap_or(Path::new("/"));
        file = file.based_on(folder);
        let added = beside::read_beside(path)?.based_on(folder);
        let mut theirs = [added.faults(judge), added.open_to_others()].concat();
        theirs.extend(beside::add_beside(&mut file.config, &added.config));
        wrong = added.told(theirs);
    }
    let views_file = path.as_deref().map(views::views_file);
    let views = views_file.as_deref().map_or_else(|| Ok(Views::new()), views::read_views);
    let views = views.unwrap_or_else(|error| {
        wrong.extend(error.0);
        Views::new()
    });
    let default = validate::default_backend(&file.config);
    faults.extend(default.into_iter().filter(|fault| fault.is_in(&file.text)));
    wrong.splice(..0, file.told(faults));
    let shown = if file.name.is_empty() { "-".to_owned() } else { file.name.clone() };
    let mut layers = Layers {
        flags,
        variables,
        file: &file,
        config: file.config.clone(),
        settings: vec![],
        wrong,
    };
    layers.note("config", shown, source);
    Ok(Loaded { views, views_file, ..layers.merge(judge)? })
}

fn find_file(flags: &Flags, variables: &Variables<'_>) -> (Option<PathBuf>, SettingSource) {
    if let Some(path) = &flags.config {
        return (Some(place::from_here(path)), SettingSource::Flag("--config"));
    }
    match variables.path("TOKENDECK_CONFIG") {
        Some(path) => (Some(path), SettingSource::Variable("TOKENDECK_CONFIG")),
        None => (place::config_file(), SettingSource::Default),
    }
}

/// A file that was named must be there; the one in the usual place need not.
fn read_file(path: Option<&Path>, source: &SettingSource) -> Result<SettingsFile, ConfigError> {
    let Some(path) = path else { return Ok(SettingsFile::default()) };
    let name = path.display().to_string();
    match SettingsFile::read(path)? {
        Some(written) => written.understood(),
        None if *source == SettingSource::Default => {
            Ok(SettingsFile { name, ..SettingsFile::default() })
        }
        None => Err(ConfigError::one(format!(
            "cannot read the settings '{name}': there is no such file, and {source} names it"
        ))),
    }
}
