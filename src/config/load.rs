//! Lays flags over the environment over the file over the defaults, and keeps the
//! source of each value.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use super::care::{self, Care};
use super::judge::Judge;
use super::layers::{File, Layers, Variables};
use super::settings::WORDS;
use super::{Config, ConfigError, LOCAL, Remote, place, remote, validate};
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
    /// The file of its store; of a server the one that a local store would be in.
    pub store: PathBuf,
    /// Where it is, if it is a server.
    pub remote: Option<Remote>,
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
    let config = read(text, name, Care::Everything)?;
    let wrong = faults(&config, text, name, judge);
    if wrong.is_empty() { Ok(config) } else { Err(ConfigError(wrong)) }
}

fn read(text: &str, name: &str, care: Care) -> Result<Config, ConfigError> {
    let mut config = match toml::from_str(text) {
        Ok(config) => config,
        Err(error) if care == Care::Everything => return Err(explain(text, name, &error)),
        Err(error) => match care::without_screen(text) {
            Some(Ok(config)) => config,
            // Without the screen's part its place is not known any more.
            Some(Err(other)) if other.message() != error.message() => {
                return Err(ConfigError::one(format!("{name}: {other}").trim_end()));
            }
            _ => return Err(explain(text, name, &error)),
        },
    };
    care.weed(&mut config);
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

/// The settings in force under these flags and this environment. Without a judge no
/// screen will be drawn, and what only a screen looks at is left unread.
pub fn load(
    flags: &Flags,
    environment: Environment<'_>,
    judge: Option<&dyn Judge>,
) -> Result<Loaded, ConfigError> {
    let care = if judge.is_some() { Care::Everything } else { Care::NoScreen };
    let judge = judge.unwrap_or(&());
    let variables = Variables(environment);
    let (file, file_source) = find_file(flags, &variables);
    let (text, mut config) = read_file(file.as_deref(), &file_source, care)?;
    if let Some(path) = &file {
        remote::add_beside(&mut config, path)?;
    }
    let name = file.as_ref().map_or_else(String::new, |path| path.display().to_string());
    let wrong = faults(&config, &text, &name, judge);
    // The text was read as settings already, so it is a table.
    let table: toml::Table = toml::from_str(&text).unwrap_or_default();
    let file = File { name: &name, text: &text, table };
    let mut layers = Layers { flags, variables, file, care, config, settings: vec![], wrong };
    let shown = if name.is_empty() { "-".to_owned() } else { name.clone() };
    layers.note("config", shown, file_source);
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
fn read_file(
    path: Option<&Path>,
    source: &Source,
    care: Care,
) -> Result<(String, Config), ConfigError> {
    let Some(path) = path else { return Ok((String::new(), Config::default())) };
    match std::fs::read_to_string(path) {
        Ok(text) => {
            let config = read(&text, &path.display().to_string(), care)?;
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
