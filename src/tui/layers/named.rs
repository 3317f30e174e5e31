//! Screens that lie over the one that is shown, by their names.

use crate::tui::place::{Place, Seen};

/// Opens a screen that lies over the one that is shown until a step back.
pub(super) type OpenScreen = fn(&Seen<'_>) -> Box<dyn Place>;

/// Such screens, by the name that the command line knows them by. What one takes besides its
/// folder is its `mod` and its row here.
pub(super) const SCREENS: &[(&str, OpenScreen)] = &[
    #[cfg(test)]
    ("trial", |_| Box::new(super::trial::Trial::default())),
];
