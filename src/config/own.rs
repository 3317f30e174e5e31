//! Commands of the operator's own: what the settings may say of them. Which names and keys
//! are taken already is not known here: a [`Judge`](super::Judge) says.

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;

use super::fault::SettingFault;
use super::place;

/// The longest name of a command.
const LONGEST: usize = 32;

/// Commands of the operator's own, by name.
pub type OwnCommands = BTreeMap<String, OwnCommandSettings>;

/// A program that is run on tokens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename = "OwnCommand", deny_unknown_fields)]
pub struct OwnCommandSettings {
    /// The program and what it is given, word by word: no shell reads them.
    pub run: Vec<String>,
    /// The keys that it is on, such as `Ctrl-o` or `! x`; none = by its name only.
    #[serde(default)]
    pub key: Option<String>,
    /// What it does, for the help and the command line.
    #[serde(default)]
    pub description: String,
    /// Which tokens it is for.
    #[serde(default)]
    pub on: OwnGround,
    /// Whether it is asked first.
    #[serde(default = "yes")]
    pub confirm: bool,
    /// Whether Enter is waited for when it has ended, so that what it wrote can be read.
    #[serde(default = "yes")]
    pub wait: bool,
}

fn yes() -> bool {
    true
}

/// Which tokens a command is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OwnGround {
    /// The one under the cursor; refused while others are selected.
    Row,
    /// The selected ones, else the one under the cursor.
    #[default]
    Selection,
}

impl OwnCommandSettings {
    /// A program that is named by its path is meant from the folder of the settings.
    pub(super) fn based_on(&mut self, folder: &Path) {
        if let Some(program) = self.run.first_mut().filter(|program| program.contains('/')) {
            *program = place::from(folder, Path::new(program)).display().to_string();
        }
    }
}

/// What is wrong with a command by itself.
pub(super) fn faults(name: &str, command: &OwnCommandSettings) -> Vec<SettingFault> {
    let mut wrong = Vec::new();
    let plain = name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !plain {
        let message = format!(
            "'{name}' is not a name: up to {LONGEST} small letters, digits, hyphens, a letter first"
        );
        wrong.push(SettingFault::at(&["commands", name], message));
    }
    if command.run.first().is_none_or(|program| program.trim().is_empty()) {
        let message = "names no program; give its words: [\"prog\", \"x\"]";
        wrong.push(SettingFault::at(&["commands", name, "run"], message));
    }
    if command.run.iter().any(|word| word.contains('\0')) {
        let message = "holds a zero byte, which no program can be given";
        wrong.push(SettingFault::at(&["commands", name, "run"], message));
    }
    if command.description.contains(['\n', '\r']) {
        let message = "has more than one line";
        wrong.push(SettingFault::at(&["commands", name, "description"], message));
    }
    wrong
}
