//! What the terminal program is told once, at its start.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::clipboard::Plan;
use super::keymap::Keymap;
use super::own::OwnCommands;
use super::theme::Themes;

/// How many rows of the list make a page (R46).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageSize {
    /// As many as fit; the list scrolls by row.
    #[default]
    Auto,
    /// This many, at least one; the list turns pages.
    Rows(usize),
}

/// What the key for it goes through after [`PageSize::Auto`].
const SIZES: [usize; 4] = [10, 25, 50, 100];

impl PageSize {
    /// The next larger one of those to choose from; after the largest, as many as fit.
    pub(super) fn next(self) -> Self {
        let now = match self {
            Self::Auto => 0,
            Self::Rows(rows) => rows,
        };
        SIZES.into_iter().find(|size| *size > now).map_or(Self::Auto, Self::Rows)
    }
}

/// In which zone times are shown besides UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Zone {
    /// In none.
    #[default]
    Utc,
    /// In that of the machine.
    Local,
}

/// The settings of the terminal program.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Options {
    /// Rows of a page.
    pub page_size: PageSize,
    /// Seconds after which a shown value is hidden again.
    pub reveal_seconds: u64,
    /// Milliseconds that decide whether an Esc is a key or the start of a sequence.
    pub escape_ms: u64,
    /// The keys in force.
    pub keymap: Keymap,
    /// Commands of the operator's own.
    pub own: OwnCommands,
    /// The themes there are.
    pub themes: Themes,
    /// The name of the one in force.
    pub theme: String,
    /// Whether to use colours; off where `NO_COLOR` is set.
    pub color: bool,
    /// Whether the terminal shows more than ASCII.
    pub unicode: bool,
    /// Whether every byte counts, as over SSH: fewer frames a second.
    pub slow_link: bool,
    /// Whether nothing is to be changed (`--read-only`).
    pub read_only: bool,
    /// Whether the backend's clock stands still (`--now`).
    pub frozen_clock: bool,
    /// Where generated values are written to.
    pub export_dir: PathBuf,
    /// By which ways to copy.
    pub clipboard: Plan,
    /// In which zone the forms show times besides UTC.
    pub zone: Zone,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            page_size: PageSize::Auto,
            reveal_seconds: 30,
            escape_ms: 50,
            keymap: Keymap::default(),
            own: OwnCommands::default(),
            themes: Themes::default(),
            theme: "default".to_owned(),
            color: true,
            unicode: true,
            slow_link: false,
            read_only: false,
            frozen_clock: false,
            export_dir: PathBuf::from("."),
            clipboard: Plan::default(),
            zone: Zone::default(),
        }
    }
}

impl Options {
    /// The least time between two frames.
    pub fn frame(&self) -> Duration {
        Duration::from_millis(if self.slow_link { 50 } else { 16 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r046_the_page_sizes_go_round() {
        let sizes: Vec<_> =
            std::iter::successors(Some(PageSize::Auto), |size| Some(size.next())).take(6).collect();
        let rows = SIZES.map(PageSize::Rows);
        assert_eq!(sizes.first(), sizes.last());
        assert_eq!(sizes.get(1..5), Some(&rows[..]));
        assert_eq!(PageSize::Rows(30).next(), PageSize::Rows(50));
        assert_eq!(PageSize::Rows(500).next(), PageSize::Auto);
    }
}
