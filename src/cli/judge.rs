//! Lets screen and backend judge the settings that are their own: keys, theme and
//! addresses. Settings and these know nothing of each other; they meet here.

use super::themes::ThemeShelf;
use crate::backend::remote::check_url;
use crate::config::{self, Keys, OwnCommands, SettingFault};
use crate::domain::Refusal;
use crate::tui::{self, Keymap};

/// The word of those who know.
pub(super) struct Owners;

impl config::Judge for Owners {
    fn keys(&self, keys: &Keys) -> Vec<SettingFault> {
        let faults = Keymap::remapped(keys).err().unwrap_or_default();
        let faults = faults.into_iter().map(|fault| {
            let path = [Some("keys".to_owned()), Some(fault.scope), fault.command];
            SettingFault { path: path.into_iter().flatten().collect(), message: fault.message }
        });
        faults.collect()
    }

    fn commands(&self, commands: &OwnCommands, keys: &Keys) -> Vec<SettingFault> {
        let at = |name: &str, key: &[&str], message: String| {
            SettingFault::at(&[&["commands", name][..], key].concat(), message)
        };
        let taken = commands.keys().filter(|name| tui::is_command(name));
        let taken = taken.map(|name| at(name, &[], "is the name of a command already".to_owned()));
        // Keys that are wrong by themselves are told as that.
        let keymap = Keymap::remapped(keys).unwrap_or_default();
        let clashes = keymap.with_own(&own_commands(commands)).err().unwrap_or_default();
        let clashes = clashes.into_iter().map(|(name, message)| at(&name, &["key"], message));
        taken.chain(clashes).collect()
    }

    fn url(&self, url: &str) -> Option<String> {
        check_url(url).err().map(|refusal| match refusal {
            Refusal::Invalid(fields) => {
                fields.into_iter().map(|field| field.message).collect::<Vec<_>>().join("; ")
            }
            other => other.to_string(),
        })
    }

    fn theme(&self, name: &str) -> Vec<String> {
        ThemeShelf::read(name).faults(name)
    }
}

/// The operator's own commands, as the screen knows them.
pub(super) fn own_commands(commands: &OwnCommands) -> tui::OwnCommands {
    let command = |(name, command): (&String, &config::OwnCommandSettings)| tui::OwnCommand {
        name: name.clone(),
        key: command.key.clone(),
        run: command.run.clone(),
        description: command.description.clone(),
        on: match command.on {
            config::OwnGround::Row => tui::OwnGround::Row,
            config::OwnGround::Selection => tui::OwnGround::Selection,
        },
        confirm: command.confirm,
        wait: command.wait,
    };
    tui::OwnCommands(commands.iter().map(command).collect())
}
