//! What a settings file can hold, and what holds without one.

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::colour::Colour;
use super::own::OwnCommands;
use super::page_size::RowsOfPage;

/// All settings that a file can hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The backend to open where none is named.
    pub default_backend: String,
    /// The backends by name. There is always one called `local`.
    pub backends: BTreeMap<String, BackendSettings>,
    /// The terminal program.
    pub ui: Ui,
    /// Keys in place of those that ship.
    pub keys: Keys,
    /// Commands of your own.
    pub commands: OwnCommands,
}

/// Keys by the name of their scope and that of the command. Which names and keys
/// there are is not known here: a [`Judge`](super::Judge) says.
pub type Keys = BTreeMap<String, BTreeMap<String, Vec<String>>>;

impl Default for Config {
    fn default() -> Self {
        Self {
            default_backend: LOCAL.to_owned(),
            backends: BTreeMap::from([(LOCAL.to_owned(), BackendSettings::default())]),
            ui: Ui::default(),
            keys: Keys::new(),
            commands: OwnCommands::new(),
        }
    }
}

/// The name of the backend that is there without a file.
pub const LOCAL: &str = "local";

/// A place that keeps tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename = "Backend", deny_unknown_fields)]
pub struct BackendSettings {
    /// How it is reached.
    pub kind: ReachedBy,
    /// The file of a local store; none = in the platform's data folder.
    pub path: Option<PathBuf>,
    /// The address of a server: `https://tokens.example`.
    pub url: Option<String>,
    /// The file with the operator credential of a server; nobody else may read it.
    pub credential_file: Option<PathBuf>,
    /// A command that prints the operator credential of a server, word by word.
    pub credential_command: Option<Vec<String>>,
    /// Certificates to trust beside the platform's, PEM.
    pub ca_file: Option<PathBuf>,
    /// What marks it on screen, so that it is not taken for another.
    pub colour: Option<Colour>,
    /// Whether this program changes nothing there, whoever asks.
    #[serde(default)]
    pub read_only: bool,
    /// The file that all this stands in.
    #[serde(skip)]
    pub written_in: String,
}

impl BackendSettings {
    /// Why nothing is changed at the backend of that name, if its settings say so.
    pub fn held(&self, name: &str) -> Option<String> {
        let file = &self.written_in;
        let why = format!(
            "Read-only: nothing is changed at '{name}', as read_only of [backends.{name}] is true \
             in '{file}'"
        );
        self.read_only.then_some(why)
    }
}

/// How a backend is reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema, strum::Display)]
#[serde(rename = "Kind", rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum ReachedBy {
    /// A file on this machine.
    #[default]
    Local,
    /// A server.
    Remote,
}

/// The terminal program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Ui {
    /// The theme: one that ships, one in the themes folder, or the path of a file.
    pub theme: String,
    /// Rows of a page.
    pub page_size: RowsOfPage,
    /// Seconds after which a shown value is hidden again.
    pub reveal_seconds: u32,
    /// Milliseconds to wait after a lone Esc for the rest of a key sequence.
    pub escape_ms: u32,
    /// Where copied text goes.
    pub clipboard: ClipboardUse,
    /// The folder that exported values are written to.
    pub export_dir: PathBuf,
}

impl Default for Ui {
    fn default() -> Self {
        Self {
            theme: "default".to_owned(),
            page_size: RowsOfPage::Auto,
            reveal_seconds: 30,
            escape_ms: 50,
            clipboard: ClipboardUse::Auto,
            export_dir: PathBuf::from("."),
        }
    }
}

/// Where copied text goes.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Deserialize,
    JsonSchema,
    strum::Display,
    strum::EnumString,
)]
#[serde(rename = "Clipboard", rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum ClipboardUse {
    /// To the desktop's clipboard where there is one, to the terminal's over SSH.
    #[default]
    Auto,
    /// To the desktop's.
    Native,
    /// To the terminal's.
    Osc52,
    /// Nowhere: it is shown in a plain box.
    Off,
}
