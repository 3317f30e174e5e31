//! The table of settings: the key in the file, the environment variable, how it
//! is read and how it is shown. A new setting is a field of [`Config`], a row
//! here and a paragraph in `config/default.toml`.

use std::path::Path;

use super::contents::Config;
use super::place;

/// One setting that has a fixed key.
pub(super) struct SettingRow {
    /// Its path in the file.
    pub(super) key: &'static str,
    /// Its environment variable.
    pub(super) variable: &'static str,
    /// Its value as text.
    pub(super) get: fn(&Config) -> String,
    /// Takes its value from a text.
    pub(super) set: fn(&mut Config, &str) -> Result<(), String>,
}

/// Every such setting, in the order of the file.
pub(super) const ROWS: &[SettingRow] = &[
    SettingRow {
        key: "default_backend",
        variable: "TOKENDECK_BACKEND",
        get: |config| config.default_backend.clone(),
        set: |config, text| {
            text.clone_into(&mut config.default_backend);
            Ok(())
        },
    },
    SettingRow {
        key: "ui.theme",
        variable: "TOKENDECK_THEME",
        get: |config| config.ui.theme.clone(),
        set: |config, text| {
            let path = place::is_theme_path(text).then(|| place::from_here(Path::new(text)));
            config.ui.theme =
                path.map_or_else(|| text.to_owned(), |path| path.display().to_string());
            Ok(())
        },
    },
    SettingRow {
        key: "ui.page_size",
        variable: "TOKENDECK_PAGE_SIZE",
        get: |config| config.ui.page_size.to_string(),
        set: |config, text| text.parse().map(|size| config.ui.page_size = size),
    },
    SettingRow {
        key: "ui.reveal_seconds",
        variable: "TOKENDECK_REVEAL_SECONDS",
        get: |config| config.ui.reveal_seconds.to_string(),
        set: |config, text| number(text).map(|seconds| config.ui.reveal_seconds = seconds),
    },
    SettingRow {
        key: "ui.escape_ms",
        variable: "TOKENDECK_ESCAPE_MS",
        get: |config| config.ui.escape_ms.to_string(),
        set: |config, text| number(text).map(|wait| config.ui.escape_ms = wait),
    },
    SettingRow {
        key: "ui.clipboard",
        variable: "TOKENDECK_CLIPBOARD",
        get: |config| config.ui.clipboard.to_string(),
        set: |config, text| {
            let wrong = |_| format!("'{text}' is not auto, native, osc52 or off");
            text.parse().map(|way| config.ui.clipboard = way).map_err(wrong)
        },
    },
    SettingRow {
        key: "ui.export_dir",
        variable: "TOKENDECK_EXPORT_DIR",
        // The default is the folder that the program was started in.
        get: |config| place::from_here(&config.ui.export_dir).display().to_string(),
        set: |config, text| {
            config.ui.export_dir = place::from_here(Path::new(text));
            Ok(())
        },
    },
];

fn number(text: &str) -> Result<u32, String> {
    text.trim().parse().map_err(|_| format!("'{text}' is not a whole number"))
}

/// Every word that may stand left of `=` or in brackets, to guess a mistyped one.
pub(super) const WORDS: &[&str] = &[
    "default_backend",
    "backends",
    "kind",
    "path",
    "url",
    "credential_file",
    "credential_command",
    "ca_file",
    "colour",
    "read_only",
    "ui",
    "theme",
    "page_size",
    "reveal_seconds",
    "escape_ms",
    "clipboard",
    "export_dir",
    "keys",
    "commands",
    "run",
    "key",
    "description",
    "on",
    "confirm",
    "wait",
];
