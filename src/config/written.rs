//! A file of settings as it was read, and what is wrong in it with the place where it stands.

use std::path::Path;

use super::contents::{Config, LOCAL};
use super::error::ConfigError;
use super::fault::SettingFault;
use super::file::read_if_there;
use super::judge::Judge;
use super::settings::WORDS;
use super::trust::changeable_by_others;
use super::{place, validate};
use crate::text::did_you_mean;

/// A file of settings as it was read.
#[derive(Debug, Default)]
pub(super) struct SettingsFile {
    /// Its path, or what stands for it in messages.
    pub(super) name: String,
    pub(super) text: String,
    /// To know which keys are in it.
    pub(super) table: toml::Table,
    pub(super) config: Config,
}

impl SettingsFile {
    /// The text of a file, of which nothing is understood yet; none where nothing is there.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, ConfigError> {
        let name = path.display().to_string();
        let text = read_if_there(path).map_err(|error| {
            ConfigError::one(format!("cannot read the settings '{name}': {error}"))
        })?;
        Ok(text.map(|text| Self { name, text, ..Self::default() }))
    }

    /// The settings in the text.
    pub(super) fn understood(self) -> Result<Self, ConfigError> {
        let mut config: Config =
            toml::from_str(&self.text).map_err(|error| explain(&self, &error))?;
        config.backends.entry(LOCAL.to_owned()).or_default();
        // The text was read as settings already, so it is a table.
        let table = toml::from_str(&self.text).unwrap_or_default();
        Ok(Self { table, config, ..self })
    }

    pub(super) fn holds(&self, key: &str) -> bool {
        let mut parts = key.split('.');
        let first = parts.next().and_then(|part| self.table.get(part));
        parts.fold(first, |value, part| value?.get(part)).is_some()
    }

    /// Its paths from the root, wherever the program was started.
    pub(super) fn based_on(mut self, folder: &Path) -> Self {
        for backend in self.config.backends.values_mut() {
            backend.based_on(folder);
            backend.written_in.clone_from(&self.name);
        }
        for command in self.config.commands.values_mut() {
            command.based_on(folder);
        }
        let ui = &mut self.config.ui;
        if place::is_theme_path(&ui.theme) {
            ui.theme = place::from(folder, Path::new(&ui.theme)).display().to_string();
        }
        if self.table.get("ui").is_some_and(|ui| ui.get("export_dir").is_some()) {
            ui.export_dir = place::from(folder, &ui.export_dir);
        }
        self
    }

    /// What the file says in the right form and can't mean.
    pub(super) fn faults(&self, judge: &dyn Judge) -> Vec<SettingFault> {
        let Config { keys, commands, .. } = &self.config;
        let taken = judge.commands(commands, keys);
        [validate::validate(&self.config, judge), judge.keys(keys), taken].concat()
    }

    /// What is wrong where others can write to a file that names a command.
    pub(super) fn open_to_others(&self) -> Vec<SettingFault> {
        let backends = self.config.backends.iter();
        let commands = backends.filter(|(_, backend)| backend.credential_command.is_some());
        let path = |name: &str| {
            [String::from("backends"), name.to_owned(), "credential_command".to_owned()]
        };
        let own = self.config.commands.keys();
        let own = own.map(|name| vec!["commands".to_owned(), name.clone(), "run".to_owned()]);
        let commands = commands.map(|(name, _)| path(name).to_vec()).chain(own);
        let mut commands = commands.peekable();
        if commands.peek().is_none() {
            return vec![];
        }
        let why = match changeable_by_others(Path::new(&self.name)) {
            Ok(None) => return vec![],
            Ok(Some(why)) => why,
            Err(error) => error.to_string(),
        };
        let message = format!("is not run, as others could put their own in its place: {why}");
        commands.map(|path| SettingFault { path, message: message.clone() }).collect()
    }

    /// The faults with their places, in the order of the text.
    pub(super) fn told(&self, mut faults: Vec<SettingFault>) -> Vec<String> {
        faults.sort_by_key(|fault| fault.place(&self.text));
        faults.iter().map(|fault| fault.told(&self.text, &self.name)).collect()
    }
}

/// Reads the text of a settings file. `name` stands for it in messages.
pub fn parse(text: &str, name: &str, judge: &dyn Judge) -> Result<Config, ConfigError> {
    let (name, text) = (name.to_owned(), text.to_owned());
    let written = SettingsFile { name, text, ..SettingsFile::default() }.understood()?;
    let faults = [written.faults(judge), validate::default_backend(&written.config)].concat();
    let wrong = written.told(faults);
    if wrong.is_empty() { Ok(written.config) } else { Err(ConfigError(wrong)) }
}

/// TOML's own message has line, column and a caret; the nearest known word is ours.
pub(super) fn explain(written: &SettingsFile, error: &toml::de::Error) -> ConfigError {
    let SettingsFile { name, text, .. } = written;
    let unknown = error.message().starts_with("unknown field");
    let word = error.span().and_then(|span| text.get(span)).unwrap_or_default();
    let word = word.trim().trim_matches(['"', '\'']);
    let hint = Some(word)
        .filter(|_| unknown)
        .and_then(|word| did_you_mean(word, WORDS.iter().copied()))
        .map_or_else(String::new, |hint| format!("{hint}\n"));
    ConfigError::one(format!("{name}: {error}{hint}").trim_end())
}
