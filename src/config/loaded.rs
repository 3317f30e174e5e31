//! The settings in force, each with where it comes from, and what is said of them on the
//! command line.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use super::contents::Config;
use super::remote::Remote;
use crate::domain::view::Views;

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
pub enum SettingSource {
    /// A flag of the command line.
    Flag(&'static str),
    /// A variable of the environment.
    Variable(&'static str),
    /// The settings file.
    File,
    /// Built in.
    Default,
}

impl fmt::Display for SettingSource {
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
pub struct LoadedSetting {
    /// The key in the file, or the name of the flag.
    pub key: String,
    /// The value as text.
    pub value: String,
    /// Where it comes from.
    pub source: SettingSource,
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
    /// Whether nothing may be changed at the backend to open.
    pub read_only: bool,
    /// Why not, where the settings of that backend say so, and no flag or variable.
    pub held: Option<String>,
    /// Whether nothing may be changed anywhere: a flag or a variable says so.
    pub read_only_everywhere: bool,
    /// The form of the output, by its word.
    pub output: Option<String>,
    /// The views that are kept beside the settings.
    pub views: Views,
    /// The file they are kept in; none where there is no home folder.
    pub views_file: Option<PathBuf>,
    /// Every value with its source.
    pub settings: Vec<LoadedSetting>,
}

/// The environment, by name; a test gives its own.
pub type Environment<'e> = &'e dyn Fn(&str) -> Option<OsString>;
