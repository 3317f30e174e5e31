//! The keys of commands of the operator's own, beside those of the table.

use super::{Binding, Keymap, rules};
use crate::tui::command::{Command, Scope};
use crate::tui::key;
use crate::tui::own::OwnCommands;

impl Keymap {
    /// These keys and those of the commands; or what is wrong, by the name of the command.
    pub fn with_own(mut self, commands: &OwnCommands) -> Result<Self, Vec<(String, String)>> {
        let mut faults = Vec::new();
        for (id, own) in commands.iter() {
            let Some(text) = &own.key else { continue };
            let command = Command::Own(id);
            let read = key::parse_sequence(text).and_then(|keys| {
                let objection = rules::objection(command, &keys);
                objection.map_or(Ok(keys), |why| Err(format!("'{text}' can't be used: {why}")))
            });
            let keys = match read {
                Ok(keys) => keys,
                Err(message) => {
                    faults.push((own.name.clone(), message));
                    continue;
                }
            };
            let binding = Binding { scope: Scope::Act, keys, command };
            let other = self.bindings.iter().find(|other| rules::clash(&binding, other));
            match other {
                Some(other) => {
                    let keys = key::sequence(&other.keys);
                    let whose = match other.command {
                        Command::Own(id) => {
                            commands.get(id).map(|own| own.name.clone()).unwrap_or_default()
                        }
                        known => known.to_string(),
                    };
                    let message =
                        format!("'{text}' would hide '{keys}' of '{whose}', or be hidden");
                    faults.push((own.name.clone(), message));
                }
                None => self.bindings.push(binding),
            }
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }
}
