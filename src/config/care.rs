//! How much of the settings a command needs. A slip in the keys or the theme must
//! not stop a gateway's verify: whoever draws no screen leaves those parts unread.

use toml::{Table, Value};

use super::{Config, Ui};

/// How much of the settings is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// All of them: for the terminal program and whoever shows or checks settings.
    Everything,
    /// All but keys and whatever only a screen looks at.
    NoScreen,
}

/// The one setting under `[ui]` that commands follow too.
const SHARED: &str = "export_dir";

impl Care {
    /// Whether a setting of the table counts.
    pub(super) fn heeds(self, key: &str) -> bool {
        let of_screen = key.strip_prefix("ui.").is_some_and(|key| key != SHARED);
        self == Self::Everything || !of_screen
    }

    /// The settings with defaults in place of what does not count.
    pub(super) fn weed(self, config: &mut Config) {
        if self == Self::NoScreen {
            let export_dir = std::mem::take(&mut config.ui.export_dir);
            config.ui = Ui { export_dir, ..Ui::default() };
            config.keys.clear();
        }
    }
}

/// The file without what only a screen looks at; none where it is no TOML at all.
pub(super) fn without_screen(text: &str) -> Option<Result<Config, toml::de::Error>> {
    let mut table: Table = toml::from_str(text).ok()?;
    table.remove("keys");
    match table.get_mut("ui") {
        Some(Value::Table(ui)) => ui.retain(|key, _| key == SHARED),
        _ => drop(table.remove("ui")),
    }
    Some(table.try_into())
}
