//! Lays the operator's own keys over those of the command table. Knows names and
//! keys only; which keys a command may not have is `rules`' word, and where the
//! wish was written that of whoever read it.

use std::collections::{BTreeMap, BTreeSet};

use strum::IntoEnumIterator as _;

use super::{Binding, Keymap, rules};
use crate::text::{did_you_mean, meant_or_known};
use crate::tui::command::{Command, Scope};
use crate::tui::key::{self, Key};

/// Keys by the name of the scope and that of the command: `list`, `search`, `/`.
pub type WantedKeys = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// What is wrong with a wish, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFault {
    /// The name of the scope it stands under.
    pub scope: String,
    /// The name of the command; none = the scope itself is wrong.
    pub command: Option<String>,
    /// What is wrong.
    pub message: String,
}

/// A command and the keys it is to have.
struct Wish {
    command: Command,
    section: String,
    sequences: Vec<Vec<Key>>,
}

#[derive(Default)]
struct Reader {
    wishes: Vec<Wish>,
    faults: Vec<KeyFault>,
}

impl Keymap {
    /// The keys of the table with these in place of a command's own. Every fault is
    /// told at once.
    pub fn remapped(wanted: &WantedKeys) -> Result<Self, Vec<KeyFault>> {
        let mut reader = Reader::default();
        for (section, commands) in wanted {
            reader.section(section, commands);
        }
        let Reader { wishes, mut faults } = reader;
        let map = Self::default().with(&wishes);
        faults.extend(clashes(&map, &wishes));
        if faults.is_empty() { Ok(map) } else { Err(faults) }
    }

    fn with(&self, wishes: &[Wish]) -> Self {
        let mut bindings = Vec::new();
        for command in Command::all() {
            match wishes.iter().find(|wish| wish.command == command) {
                Some(wish) => bindings.extend(wish.sequences.iter().map(|keys| Binding {
                    scope: command.row().scope,
                    keys: keys.clone(),
                    command,
                })),
                None => bindings
                    .extend(self.bindings.iter().filter(|known| known.command == command).cloned()),
            }
        }
        Self { bindings }
    }
}

impl Reader {
    fn section(&mut self, name: &str, commands: &BTreeMap<String, Vec<String>>) {
        let Some(scope) = Scope::iter().find(|scope| scope.name() == name) else {
            let hint = hint(name, Scope::iter().map(Scope::name));
            let message = format!("there is no scope '{name}'; {hint}");
            self.fail(name, None, message);
            return;
        };
        for (command, texts) in commands {
            match known(scope, command) {
                Ok(found) => self.command(name, found, texts),
                Err(message) => self.fail(name, Some(command), message),
            }
        }
    }

    fn command(&mut self, section: &str, command: Command, texts: &[String]) {
        let name = Some(command.name());
        if let Some(other) = self.wishes.iter().find(|wish| wish.command == command) {
            let message = format!("stands in [keys.{}] already", other.section);
            return self.fail(section, name, message);
        }
        let mut sequences = Vec::new();
        for text in texts {
            let read = key::parse_sequence(text).and_then(|keys| {
                let objection = rules::objection(command, &keys);
                objection.map_or(Ok(keys), |why| Err(format!("'{text}' can't be used: {why}")))
            });
            match read {
                Ok(keys) => sequences.push(keys),
                Err(message) => self.fail(section, name, message),
            }
        }
        // A key that could not be read is told already.
        let all_read = sequences.len() == texts.len();
        if let Some(message) = rules::lacking(command, &sequences).filter(|_| all_read) {
            self.fail(section, name, message);
        }
        self.wishes.push(Wish { command, section: section.to_owned(), sequences });
    }

    fn fail(&mut self, scope: &str, command: Option<&str>, message: String) {
        let command = command.map(str::to_owned);
        self.faults.push(KeyFault { scope: scope.to_owned(), command, message });
    }
}

/// The command of that name, if it may stand under that scope.
fn known(section: Scope, name: &str) -> Result<Command, String> {
    let command =
        name.parse::<Command>().ok().filter(|command| !matches!(command, Command::Own(_)));
    let command = command.ok_or_else(|| {
        let hint = hint(name, Command::all().map(Command::name));
        format!("there is no command '{name}'; {hint}")
    })?;
    if command.may_stand_under(section) {
        return Ok(command);
    }
    Err(format!("the command '{name}' belongs under [keys.{}]", command.section().name()))
}

fn hint<'c>(name: &str, known: impl Iterator<Item = &'c str>) -> String {
    let known: Vec<_> = known.collect();
    if known.len() > 12 {
        return did_you_mean(name, known)
            .unwrap_or_else(|| "'tokendeck config show' lists them".to_owned());
    }
    meant_or_known(name, known)
}

/// What each wish takes away from another command. What the table itself does, such
/// as Esc that leaves a dialog and not the list, is meant.
fn clashes(map: &Keymap, wishes: &[Wish]) -> Vec<KeyFault> {
    let table = Keymap::default();
    let meant: Vec<_> = rules::clashes(&table.bindings).collect();
    let mut told = BTreeSet::new();
    let mut faults = Vec::new();
    for (one, other) in rules::clashes(&map.bindings).filter(|pair| !meant.contains(pair)) {
        let wish_of = |binding: &Binding| wishes.iter().find(|w| w.command == binding.command);
        let Some(wish) = wish_of(one).or_else(|| wish_of(other)) else { continue };
        let message = rules::describe(one, other);
        if told.insert(message.clone()) {
            let command = Some(wish.command.name().to_owned());
            faults.push(KeyFault { scope: wish.section.clone(), command, message });
        }
    }
    faults
}
