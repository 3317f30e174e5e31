//! Lays flags over the environment over the file over the defaults, and keeps the
//! source of each value.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use super::fault::Fault;
use super::file::read_if_there;
use super::judge::Judge;
use super::layers::{Layers, Variables};
use super::settings::WORDS;
use super::trust::changeable_by_others;
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

/// A file of settings as it was read.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Its path, or what stands for it in messages.
    pub(super) name: String,
    pub(super) text: String,
    /// To know which keys are in it.
    pub(super) table: toml::Table,
    pub(super) config: Config,
}

impl Written {
    /// The text of a file, of which nothing is understood yet; none where nothing is there.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, ConfigError> {
        let name = path.display().to_string();
        let text = read_if_there(path).map_err(|error| {
            ConfigError::one(format!("cannot read the settings '{name}': {error}"))
        })?;
        Ok(text.map(|text| Self { name, text, ..Self::default() }))
    }

    /// The settings in the text.
    fn understood(self) -> Result<Self, ConfigError> {
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
    fn based_on(mut self, folder: &Path) -> Self {
        for backend in self.config.backends.values_mut() {
            backend.based_on(folder);
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
    fn faults(&self, judge: &dyn Judge) -> Vec<Fault> {
        [validate::validate(&self.config, judge), judge.keys(&self.config.keys)].concat()
    }

    /// What is wrong where others can write to a file that names a command.
    fn open_to_others(&self) -> Vec<Fault> {
        let backends = self.config.backends.iter();
        let commands = backends.filter(|(_, backend)| backend.credential_command.is_some());
        let path = |name: &str| {
            [String::from("backends"), name.to_owned(), "credential_command".to_owned()]
        };
        let mut commands = commands.map(|(name, _)| path(name).to_vec()).peekable();
        if commands.peek().is_none() {
            return vec![];
        }
        let why = match changeable_by_others(Path::new(&self.name)) {
            Ok(None) => return vec![],
            Ok(Some(why)) => why,
            Err(error) => error.to_string(),
        };
        let message = format!("is not run, as others could put their own in its place: {why}");
        commands.map(|path| Fault { path, message: message.clone() }).collect()
    }

    /// The faults with their places, in the order of the text.
    fn told(&self, mut faults: Vec<Fault>) -> Vec<String> {
        faults.sort_by_key(|fault| fault.place(&self.text));
        faults.iter().map(|fault| fault.told(&self.text, &self.name)).collect()
    }
}

/// Reads the text of a settings file. `name` stands for it in messages.
pub fn parse(text: &str, name: &str, judge: &dyn Judge) -> Result<Config, ConfigError> {
    let (name, text) = (name.to_owned(), text.to_owned());
    let written = Written { name, text, ..Written::default() }.understood()?;
    let faults = [written.faults(judge), validate::default_backend(&written.config)].concat();
    let wrong = written.told(faults);
    if wrong.is_empty() { Ok(written.config) } else { Err(ConfigError(wrong)) }
}

/// TOML's own message has line, column and a caret; the nearest known word is ours.
pub(super) fn explain(written: &Written, error: &toml::de::Error) -> ConfigError {
    let Written { name, text, .. } = written;
    let unknown = error.message().starts_with("unknown field");
    let word = error.span().and_then(|span| text.get(span)).unwrap_or_default();
    let word = word.trim().trim_matches(['"', '\'']);
    let hint = Some(word)
        .filter(|_| unknown)
        .and_then(|word| nearest(word, WORDS.iter().copied()))
        .map_or_else(String::new, |known| format!("did you mean '{known}'?\n"));
    ConfigError::one(format!("{name}: {error}{hint}").trim_end())
}

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
        let beside = remote::read_beside(path)?.based_on(folder);
        let mut theirs = [beside.faults(judge), beside.open_to_others()].concat();
        theirs.extend(remote::add_beside(&mut file.config, &beside.config));
        wrong = beside.told(theirs);
    }
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
    layers.merge(judge)
}

fn find_file(flags: &Flags, variables: &Variables<'_>) -> (Option<PathBuf>, Source) {
    if let Some(path) = &flags.config {
        return (Some(place::from_here(path)), Source::Flag("--config"));
    }
    match variables.path("TOKENDECK_CONFIG") {
        Some(path) => (Some(path), Source::Variable("TOKENDECK_CONFIG")),
        None => (place::config_file(), Source::Default),
    }
}

/// A file that was named must be there; the one in the usual place need not.
fn read_file(path: Option<&Path>, source: &Source) -> Result<Written, ConfigError> {
    let Some(path) = path else { return Ok(Written::default()) };
    let name = path.display().to_string();
    match Written::read(path)? {
        Some(written) => written.understood(),
        None if *source == Source::Default => Ok(Written { name, ..Written::default() }),
        None => Err(ConfigError::one(format!(
            "cannot read the settings '{name}': there is no such file, and {source} names it"
        ))),
    }
}
