//! The settings: their defaults, and how flags, the environment and the file are
//! laid over them. Knows where a setting comes from, not what it does, and never
//! writes a file.

mod beside;
mod colour;
mod contents;
mod error;
mod fault;
mod file;
mod judge;
mod layers;
mod load;
mod loaded;
mod own;
mod page_size;
mod place;
mod remote;
mod settings;
mod trust;
mod validate;
mod views;
mod written;

pub use beside::backends_file;
pub use colour::Colour;
pub use contents::{BackendSettings, ClipboardUse, Config, Keys, LOCAL, ReachedBy, Ui};
pub use error::ConfigError;
pub use fault::SettingFault;
pub use file::{dead_link, read_if_there};
pub use judge::Judge;
pub use load::load;
pub use loaded::{Environment, Flags, Loaded, LoadedSetting, SettingSource};
pub use own::{OwnCommandSettings, OwnCommands, OwnGround};
pub use page_size::RowsOfPage;
pub use place::{
    config_file, data_file, expand, from_here, is_theme_path, state_file, themes_folder,
};
pub use remote::{CredentialSource, Remote};
pub use trust::changeable_by_others;
pub use validate::name_fault;
pub use views::{read_views, views_file, views_text};
pub use written::parse;

/// The file that documents every setting, as `config default` prints it.
pub const DEFAULT_FILE: &str = include_str!("../../config/default.toml");
