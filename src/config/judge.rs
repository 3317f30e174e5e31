//! Whoever knows what may be written under `[keys]`, as a theme and as an address.
//! The settings do not: commands and themes are the screen's, addresses the backend's.

use super::contents::Keys;
use super::fault::SettingFault;
use super::own::OwnCommands;

/// Says what is wrong with the parts of the settings that others understand.
pub trait Judge {
    /// Every fault of the keys.
    fn keys(&self, keys: &Keys) -> Vec<SettingFault>;
    /// Every name and key of these commands that is taken, beside such keys of others.
    fn commands(&self, commands: &OwnCommands, keys: &Keys) -> Vec<SettingFault>;
    /// Every fault of the theme of that name.
    fn theme(&self, name: &str) -> Vec<String>;
    /// Why no credential may be sent to that address.
    fn url(&self, url: &str) -> Option<String>;
}

/// Nobody there who knows better: all is taken as it stands.
impl Judge for () {
    fn keys(&self, _: &Keys) -> Vec<SettingFault> {
        vec![]
    }

    fn commands(&self, _: &OwnCommands, _: &Keys) -> Vec<SettingFault> {
        vec![]
    }

    fn theme(&self, _: &str) -> Vec<String> {
        vec![]
    }

    fn url(&self, _: &str) -> Option<String> {
        None
    }
}
