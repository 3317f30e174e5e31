//! Lets the screen judge the settings that are its own: keys and theme. Settings
//! and screen know nothing of each other; they meet here.

use super::themes::Shelf;
use crate::config::{self, Keys};
use crate::tui::Keymap;

/// The terminal program's word on the settings.
pub(super) struct Screen;

impl config::Judge for Screen {
    fn keys(&self, keys: &Keys) -> Vec<config::KeyFault> {
        let faults = Keymap::remapped(keys).err().unwrap_or_default();
        faults
            .into_iter()
            .map(|fault| config::KeyFault {
                scope: fault.scope,
                command: fault.command,
                message: fault.message,
            })
            .collect()
    }

    fn theme(&self, name: &str) -> Vec<String> {
        Shelf::read(name).faults(name)
    }
}
