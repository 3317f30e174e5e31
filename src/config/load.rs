//! Lays flags over the environment over the file over the defaults, and keeps the
//! source of each value.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use super::judge::Judge;
use super::layers::{Layers, Variables};
use super::settings::WORDS;
use super::{Config, ConfigError, LOCAL, place, validate};
use crate::text::nearest;

/// What the command line says about settings.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--backend`.
    pub backend: Option<String>,
    /// `--store`.
    pub store: Option<PathBuf>,
    /// `--as`.
    pub login: Option<String>,
    /// `--read-only`.
    pub read_only: bool,
    /// `--output`, by its word.
    pub output: Option<String>,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A flag of the command line.
    Flag(&'static str),
    /// A variable of the environment.
    Variable(&'static str),
    /// The settings file.
    File,
    /// Built in.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "flag {name}"),
            Self::Variable(name) => write!(f, "environment {name}"),
            Self::File => f.write_str("file"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// One value in force, for `config show`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The key in the file, or the name of the flag.
    pub key: String,
    /// The value as text.
    pub value: String,
    /// Where it comes from.
    pub source: Source,
}

/// The settings in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The settings a file can hold.
    pub config: Config,
    /// The name of the backend to open.
    pub backend: String,
    /// The file of its store.
    pub store: PathBuf,
    /// Whom the store is to take the operator for; none = the system's login.
    pub login: Option<String>,
    /// Whether nothing may be changed.
    pub read_only: bool,
    /// The form of the output, by its word.
    pub output: Option<String>,
    /// Every value with its source.
    pub settings: Vec<Setting>,
}

/// The environment, by name; a test gives its own.
pub type Environment<'e> = &'e dyn Fn(&str) -> Option<OsString>;

/// Reads the text of a settings file. `name` stands for it in messages.
pub fn parse(text: &str, name: &str, judge: &dyn Judge) -> Result<Config, ConfigError> {
    let config = read(text, name)?;
    let wrong = faults(&config, text, name, judge);
    if wrong.is_empty() { Ok(config) } else { Err(ConfigError(wrong)) }
}

fn read(text: &str, name: &str) -> Result<Config, ConfigError> {
    let mut config: Config = toml::from_str(text).map_err(|error| explain(text, name, &error))?;
    config.backends.entry(LOCAL.to_owned()).or_default();
    Ok(config)
}

/// What the file says in the right form and can't mean.
fn faults(config: &Config, text: &str, name: &str, judge: &dyn Judge) -> Vec<String> {
    let rules = validate(config).err().map(|error| error.0).unwrap_or_default();
    let rules = rules.into_iter().map(|message| format!("{name}: {message}"));
    let mut keys = judge.keys(&config.keys);
    keys.sort_by_key(|fault| fault.place(text));
    rules.chain(keys.iter().map(|fault| fault.told(text, name))).collect()
}

/// TOML's own message has line, column and a caret; the nearest known word is ours.
fn explain(text: &str, name: &str, error: &toml::de::Error) -> ConfigError {
    let unknown = error.message().starts_with("unknown field");
    let word = error.span().and_then(|span| text.get(span)).unwrap_or_default();
    let word = word.trim().trim_matches(['"', '\'']);
    let hint = Some(word)
        .filter(|_| unknown)
        .and_then(|word| nearest(word, WORDS.iter().copied()))
        .map_or_else(String::new, |known| format!("did you mean '{known}'?\n"));
    ConfigError::one(format!("{name}: {error}{hint}").trim_end())
}

/// The settings in force under these flags and this environment.
pub fn load(
    flags: &Flags,
    environment: Environment<'_>,
    judge: &dyn Judge,
) -> Result<Loaded, ConfigError> {
    let variables = Variables(environment);
    let (file, file_source) = find_file(flags, &variables);
    let (text, config) = read_file(file.as_deref(), &file_source)?;
    let name = file.as_ref().map_or_else(String::new, |path| path.display().to_string());
    let wrong = faults(&config, &text, &name, judge);
    // The text was read as settings already, so it is a table.
    let table: toml::Table = toml::from_str(&text).unwrap_or_default();
    let mut layers = Layers { flags, variables, table, config, settings: vec![], wrong };
    layers.note("config", if name.is_empty() { "-".to_owned() } else { name }, file_source);
    layers.merge(judge)
}

fn find_file(flags: &Flags, variables: &Variables<'_>) -> (Option<PathBuf>, Source) {
    if let Some(path) = &flags.config {
        return (Some(place::expand(path)), Source::Flag("--config"));
    }
    match variables.path("TOKENDECK_CONFIG") {
        Some(path) => (Some(path), Source::Variable("TOKENDECK_CONFIG")),
        None => (place::config_file(), Source::Default),
    }
}

/// A file that was named must be there; the one in the usual place need not.
fn read_file(path: Option<&Path>, source: &Source) -> Result<(String, Config), ConfigError> {
    let Some(path) = path else { return Ok((String::new(), Config::default())) };
    match std::fs::read_to_string(path) {
        Ok(text) => {
            let config = read(&text, &path.display().to_string())?;
            Ok((text, config))
        }
        Err(error)
            if error.kind() == std::io::ErrorKind::NotFound && *source == Source::Default =>
        {
            Ok((String::new(), Config::default()))
        }
        Err(error) => {
            Err(ConfigError::one(format!("cannot read the settings '{}': {error}", path.display())))
        }
    }
}
