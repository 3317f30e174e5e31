//! One setting after the other: the flag, else the variable, else the file, else
//! the default. Knows the order of the layers, not how a file is read.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::contents::{BackendSettings, Config, LOCAL, ReachedBy};
use super::error::ConfigError;
use super::fault::SettingFault;
use super::judge::Judge;
use super::loaded::{Environment, Flags, Loaded, LoadedSetting, SettingSource};
use super::settings::ROWS;
use super::written::SettingsFile;
use super::{place, validate};
use crate::domain::view::Views;

/// The environment, read safely.
pub(super) struct Variables<'e>(pub(super) Environment<'e>);

impl Variables<'_> {
    /// An empty variable is as good as none, as `VARIABLE= command` unsets it for one run.
    fn raw(&self, name: &str) -> Option<OsString> {
        (self.0)(name).filter(|value| !value.is_empty())
    }

    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        self.raw(name).map(|value| place::from_here(Path::new(&value)))
    }

    fn text(&self, name: &str) -> Option<Result<String, String>> {
        self.raw(name).map(|value| {
            value.into_string().map_err(|_| format!("{name}: holds bytes that are not UTF-8"))
        })
    }
}

/// What has been laid together so far.
pub(super) struct Layers<'l> {
    pub(super) flags: &'l Flags,
    pub(super) variables: Variables<'l>,
    pub(super) file: &'l SettingsFile,
    pub(super) config: Config,
    pub(super) settings: Vec<LoadedSetting>,
    pub(super) wrong: Vec<String>,
}

impl Layers<'_> {
    pub(super) fn note(
        &mut self,
        key: impl Into<String>,
        value: impl Into<String>,
        source: SettingSource,
    ) {
        self.settings.push(LoadedSetting { key: key.into(), value: value.into(), source });
    }

    pub(super) fn merge(mut self, judge: &dyn Judge) -> Result<Loaded, ConfigError> {
        self.fixed();
        let store = self.store();
        let login = self.word("as", self.flags.login.clone(), "--as", "TOKENDECK_AS");
        let output = self.word("output", self.flags.output.clone(), "--output", "TOKENDECK_OUTPUT");
        let read_only = self.read_only();
        self.judge(judge);
        self.finish(store, login, output, read_only)
    }

    fn file_or_default(&self, key: &str) -> SettingSource {
        if self.file.holds(key) { SettingSource::File } else { SettingSource::Default }
    }

    /// The settings of the table.
    fn fixed(&mut self) {
        for row in ROWS {
            let flag = self.flags.backend.clone().filter(|_| row.key == "default_backend");
            let (text, source) = match (flag, self.variables.text(row.variable)) {
                (Some(text), _) => (Some(text), SettingSource::Flag("--backend")),
                (None, Some(Ok(text))) => (Some(text), SettingSource::Variable(row.variable)),
                (None, Some(Err(message))) => {
                    self.wrong.push(message);
                    continue;
                }
                (None, None) => (None, self.file_or_default(row.key)),
            };
            if let Some(Err(message)) = text.map(|text| (row.set)(&mut self.config, &text)) {
                self.wrong.push(format!("{}: {message}", row.variable));
            }
            let value = (row.get)(&self.config);
            self.note(row.key, value, source);
        }
    }

    /// The backends; the path of the chosen one may come from a flag or variable.
    fn store(&mut self) -> Option<PathBuf> {
        let chosen = self.config.default_backend.clone();
        let given = match (&self.flags.store, self.variables.path("TOKENDECK_STORE")) {
            (Some(path), _) => Some((place::from_here(path), SettingSource::Flag("--store"))),
            (None, Some(path)) => Some((path, SettingSource::Variable("TOKENDECK_STORE"))),
            (None, None) => None,
        };
        let mut store = None;
        for (name, backend) in self.config.backends.clone() {
            let kind = format!("backends.{name}.kind");
            // All but one are named in a file, be it the one beside.
            let source = match (backend.kind, name.as_str()) {
                (ReachedBy::Local, LOCAL) => self.file_or_default(&kind),
                (ReachedBy::Local | ReachedBy::Remote, _) => SettingSource::File,
            };
            self.note(kind, backend.kind.to_string(), source);
            self.marks(&name, &backend);
            if backend.kind == ReachedBy::Remote {
                self.server(&name, &backend);
                if name == chosen {
                    store = place::data_file();
                    self.wrong.extend(given.as_ref().map(|(_, source)| {
                        format!("{source} names a file, and '{name}' is a server: leave it out")
                    }));
                }
                continue;
            }
            let path = backend.path;
            let key = format!("backends.{name}.path");
            let (path, source) = match given.clone().filter(|_| name == chosen) {
                Some((path, source)) => (Some(path), source),
                None if path.is_some() => (path, SettingSource::File),
                None => (place::data_file(), SettingSource::Default),
            };
            let shown = path.as_ref().map_or_else(|| "-".to_owned(), |p| p.display().to_string());
            self.note(key, shown, source);
            if name == chosen {
                store = path;
            }
        }
        store
    }

    /// What sets a backend apart from the others.
    fn marks(&mut self, name: &str, backend: &BackendSettings) {
        if let Some(colour) = backend.colour {
            self.note(format!("backends.{name}.colour"), colour.to_string(), SettingSource::File);
        }
        if backend.read_only {
            self.note(format!("backends.{name}.read_only"), "true", SettingSource::File);
        }
    }

    /// What is said of a server. Its credential is not.
    fn server(&mut self, name: &str, backend: &BackendSettings) {
        let shown = |path: &PathBuf| path.display().to_string();
        let parts = [
            ("url", backend.url.clone()),
            ("credential_file", backend.credential_file.as_ref().map(shown)),
            (
                "credential_command",
                backend.credential_command.as_ref().map(|words| words.join(" ")),
            ),
            ("ca_file", backend.ca_file.as_ref().map(shown)),
        ];
        for (key, value) in parts {
            if let Some(value) = value {
                self.note(format!("backends.{name}.{key}"), value, SettingSource::File);
            }
        }
    }

    fn word(
        &mut self,
        key: &str,
        flag: Option<String>,
        flag_name: &'static str,
        variable: &'static str,
    ) -> Option<String> {
        let (word, source) = match (flag, self.variables.text(variable)) {
            (Some(word), _) => (Some(word), SettingSource::Flag(flag_name)),
            (None, Some(Ok(word))) => (Some(word), SettingSource::Variable(variable)),
            (None, Some(Err(message))) => {
                self.wrong.push(message);
                (None, SettingSource::Default)
            }
            (None, None) => (None, SettingSource::Default),
        };
        self.note(key, word.clone().unwrap_or_else(|| "-".to_owned()), source);
        word
    }

    fn read_only(&mut self) -> bool {
        const VARIABLE: &str = "TOKENDECK_READ_ONLY";
        let (read_only, source) = match (self.flags.read_only, self.variables.text(VARIABLE)) {
            (true, _) => (true, SettingSource::Flag("--read-only")),
            (false, None) => (false, SettingSource::Default),
            (false, Some(text)) => match text.as_deref() {
                Ok("1" | "true" | "yes") => (true, SettingSource::Variable(VARIABLE)),
                Ok("0" | "false" | "no") => (false, SettingSource::Variable(VARIABLE)),
                // Whoever asks for less power with a slip of the pen must not get more.
                _ => {
                    self.wrong.push(format!("{VARIABLE}: write true or false"));
                    (true, SettingSource::Variable(VARIABLE))
                }
            },
        };
        self.note("read_only", read_only.to_string(), source);
        read_only
    }

    /// What holds only for all layers together. What is wrong in the file alone is
    /// told already, with the file's name.
    fn judge(&mut self, judge: &dyn Judge) {
        if self.wrong.is_empty() {
            let rules = validate::validate(&self.config, judge);
            let rules = [rules, validate::default_backend(&self.config)].concat();
            self.wrong.extend(rules.iter().map(|fault| self.by_source(fault)).collect::<Vec<_>>());
        }
        let theme = judge.theme(&self.config.ui.theme);
        let theme = theme.into_iter().map(|message| SettingFault::at(&["ui", "theme"], message));
        self.wrong.extend(theme.map(|fault| self.by_source(&fault)).collect::<Vec<_>>());
    }

    /// Names the flag, the variable or the place in the file that gave what is wrong.
    fn by_source(&self, fault: &SettingFault) -> String {
        let key = fault.key();
        let setting = self.settings.iter().find(|setting| setting.key == key);
        match setting.map(|setting| &setting.source) {
            Some(SettingSource::Flag(name) | SettingSource::Variable(name)) => {
                format!("{name}: {}", fault.message)
            }
            Some(SettingSource::File) => fault.told(&self.file.text, &self.file.name),
            Some(SettingSource::Default) | None => format!("{key}: {}", fault.message),
        }
    }

    fn chosen(&self) -> Option<&BackendSettings> {
        self.config.backends.get(&self.config.default_backend)
    }

    fn finish(
        mut self,
        store: Option<PathBuf>,
        login: Option<String>,
        output: Option<String>,
        read_only: bool,
    ) -> Result<Loaded, ConfigError> {
        if store.is_none() && self.wrong.is_empty() {
            self.wrong.push(
                "there is no home folder to keep the store in: name a file with --store".to_owned(),
            );
        }
        match store {
            Some(store) if self.wrong.is_empty() => Ok(Loaded {
                read_only: read_only || self.chosen().is_some_and(|backend| backend.read_only),
                held: self
                    .chosen()
                    .filter(|_| !read_only)
                    .and_then(|backend| backend.held(&self.config.default_backend)),
                read_only_everywhere: read_only,
                remote: self.chosen().and_then(BackendSettings::remote),
                backend: self.config.default_backend.clone(),
                config: self.config,
                store,
                login,
                output,
                views: Views::new(),
                views_file: None,
                settings: self.settings,
            }),
            _ => Err(ConfigError(self.wrong)),
        }
    }
}
